"""The events, one event with its sources in parallel, and what is marked as confidential."""

from fastapi import APIRouter

from dateline.review.pages.happening import events, marking

router = APIRouter(include_in_schema=False)
router.include_router(events.router)
router.include_router(marking.router)
