"""The record: the codebook, the log, and how far the project is."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path
from fastapi.responses import StreamingResponse

from dateline.errors import NotThereError
from dateline.review.api.models.base import Listed, same
from dateline.review.api.models.calibration import CalibrationTold, ReliabilityTold
from dateline.review.api.models.record import CodebookTold, Link, LogRow, LogState, ProjectState, WholeType
from dateline.review.api.paging import Part, number_of_cursor
from dateline.review.api.routing import counted, lines_of, room
from dateline.review.guard.who import Here, Reader, Viewer
from dateline.review.knowing.calibration import learned
from dateline.review.knowing.codebook import overview, type_of
from dateline.review.knowing.log import seen, wanted, written
from dateline.review.web.problems import answers
from dateline.store.calibration.derive import calibration_of, waiting
from dateline.store.log.entries import Wanted, checked, last_link
from dateline.version import __version__

router = room("record")

Asked = Annotated[Wanted, Depends(wanted)]
_Type = Annotated[str, Path(min_length=1, max_length=100, description="The name of a type.")]


@router.get("/project", operation_id="get_project")
def project(here: Here, _person: Viewer) -> ProjectState:
    """How far the project is, in numbers."""
    state, book = here.project.state(), here.known.codebook
    given = same(ProjectState, state, "version", "codebook", "languages")
    name = f"{book.name} {book.version}"
    return ProjectState(version=__version__, codebook=name, languages=dict(state.languages), **given)


@router.get("/codebook", operation_id="get_codebook", responses=counted())
def codebook(here: Here, _person: Viewer) -> CodebookTold:
    """The codebook in a line a type, with how many rows of the project are of each."""
    return CodebookTold.of(overview(here))


@router.get("/codebook/{type}", operation_id="get_type", responses={**answers(404), **counted()})
def one_type(here: Here, _person: Viewer, type: _Type) -> WholeType:
    """A type whole: definition, modes, words, exclusions, worked examples."""
    return WholeType.of(type_of(here, type))


@router.get("/calibration", operation_id="get_calibration")
def calibration(here: Here, _person: Reader) -> CalibrationTold:
    """Whether the coder's chances are calibrated by the rows that people reviewed, by which curves, and for whom."""
    made = calibration_of(here.project)
    return CalibrationTold.of(made, waiting(here.project, made))


@router.get("/calibration/curve", operation_id="get_reliability", responses=answers(404))
def reliability(here: Here, _person: Reader) -> ReliabilityTold:
    """How far the chances come true: before, and by new curves on reports that these were not fitted to.

    All reviewed reports are read for it. Nothing is changed: `dateline calibrate` does that.
    """
    return ReliabilityTold.of(learned(here.project))


@router.get("/log", operation_id="list_log")
def log(here: Here, person: Reader, filters: Asked, part: Part) -> Listed[LogRow]:
    """The log, the newest rows first. `total` counts the items of this answer alone: a log is long."""
    before = number_of_cursor(part.after)
    found, older = seen(here.project, filters, person, before=before, most=part.limit)
    rows = (LogRow.model_validate(entry) for entry in found)
    return part.items(rows, total=len(found), more=older is not None, after=str(older) if older else None)


@router.get(
    "/log.jsonl", operation_id="download_log", response_class=StreamingResponse, responses=lines_of("application/jsonl")
)
def download(here: Here, person: Reader, filters: Asked) -> StreamingResponse:
    """The log as lines of JSON, the oldest row first; `details` is the text that the chain's links are hashes of."""
    return StreamingResponse(written(here.project, filters, person), media_type="application/jsonl")


@router.get("/log/head", operation_id="get_log_head", responses=answers(404))
def head(here: Here, _person: Reader) -> Link:
    """The last link of the log's chain: written down elsewhere, it holds the whole log fast."""
    found = last_link(here.project)
    if found is None:
        raise NotThereError("the log is empty, so its chain has no link yet; add reports first")
    return Link(number=found[0], link=found[1])


@router.get("/log/check", operation_id="check_log")
def check(here: Here, _person: Reader) -> LogState:
    """Go through the whole log: whether each row is as it was written."""
    found = checked(here.project)
    head = Link(number=found.head[0], link=found.head[1]) if found.head else None
    return LogState(rows=found.rows, head=head, flaws=list(found.flaws))
