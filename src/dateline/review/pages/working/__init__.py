"""The team: assignments, comments, the feed, agreement."""

from fastapi import APIRouter

from dateline.review.pages.working import agreement, comments, feed, settling, team

router = APIRouter(include_in_schema=False)
for _page in (team, comments, feed, agreement, settling):
    router.include_router(_page.router)
