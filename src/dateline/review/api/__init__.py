"""What the pages do, for programs: one address for each thing, documented by OpenAPI."""

from fastapi import APIRouter

from dateline.review.api.routes import deciding, finding, record, reports

router = APIRouter(prefix="/api/v1")
for _room in (finding, deciding, reports, record):
    router.include_router(_room.router)
