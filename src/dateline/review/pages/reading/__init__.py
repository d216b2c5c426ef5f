"""The queue, and a report with its rows, side by side with what others made of it."""

from fastapi import APIRouter

from dateline.review.pages.reading.deciding import router as deciding
from dateline.review.pages.reading.desk import router as desk
from dateline.review.pages.reading.queue import router as queue

router = APIRouter(include_in_schema=False)
router.include_router(queue)
router.include_router(deciding)
router.include_router(desk)
