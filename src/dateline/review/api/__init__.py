"""What the pages do, for programs: one address for each thing, documented by OpenAPI."""

from fastapi import APIRouter

from dateline.review.api.routes import (
    accounts,
    deciding,
    events,
    finding,
    giving,
    incoming,
    record,
    reports,
    settling,
    team,
)

ROOMS: tuple[APIRouter, ...] = tuple(
    room.router for room in (finding, incoming, events, deciding, settling, team, reports, record, giving, accounts)
)
"""The operations by what they are for; of two whose addresses a request fits, the first is asked."""

router = APIRouter(prefix="/api/v1")
for _room in ROOMS:
    router.include_router(_room)
