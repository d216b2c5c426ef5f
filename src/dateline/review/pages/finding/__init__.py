"""What one looks for and through: search, table, inbox, sources, and anything by Ctrl-K."""

from fastapi import APIRouter

from dateline.review.pages.finding import anything, inbox, search, sources, table

router = APIRouter(include_in_schema=False)
for room in (anything, inbox, search, sources, table):
    router.include_router(room.router)
