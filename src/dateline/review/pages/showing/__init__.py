"""The map and the time line, and what is published of them."""

from fastapi import APIRouter

from dateline.review.pages.showing import maps, published, times

router = APIRouter(include_in_schema=False)
router.include_router(maps.router)
router.include_router(times.router)
router.include_router(published.router)
