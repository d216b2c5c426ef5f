"""How far coders agree."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from dateline.evaluate.agreement import By
from dateline.evaluate.agreement.agree import BATCH
from dateline.evaluate.agreement.model import RELIABLE, TENTATIVE
from dateline.evaluate.compare import LEVEL, RESAMPLES, SEED
from dateline.review.guard.who import Here, Reader
from dateline.review.team.agreeing import Asked
from dateline.review.web.page import page
from dateline.store.review.team.coded import Among

router = APIRouter()
MOST_DRAWS = 5000


@router.get("/agreement")
def agreement(
    request: Request,
    here: Here,
    person: Reader,
    among: Among = "blind",
    by: By = "month",
    batch: Annotated[int, Query(ge=1, le=100_000)] = BATCH,
    level: Literal["0.9", "0.95", "0.99"] = "0.95",
    draws: Annotated[int, Query(ge=0, le=MOST_DRAWS)] = RESAMPLES,
    seed: Annotated[int, Query(ge=0, lt=2**32)] = SEED,
) -> Response:
    """Agreement by field, pair by pair and over time."""
    asked = Asked(among, by, batch, draws, float(level) if level else LEVEL, seed)
    chosen = {"among": among, "by": by, "batch": batch, "level": level, "draws": draws, "seed": seed}
    return page(
        request,
        "working/agreement.html",
        person,
        title="Agreement",
        asked=asked,
        chosen=chosen,
        address=f"/agreement?{urlencode(chosen)}",
        answer=here.agreements.of(asked),
        reliable=RELIABLE,
        tentative=TENTATIVE,
    )
