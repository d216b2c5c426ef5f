"""The queue, and a report with its rows, side by side with what others made of it."""

from fastapi import APIRouter

from dateline.review.pages.reading import deciding, desk, queue

router = APIRouter(include_in_schema=False)
router.include_router(queue.router)
router.include_router(deciding.router)
router.include_router(desk.router)
