"""Logging in, accounts, settings, and pages as they were captured."""

from fastapi import APIRouter

from dateline.review.pages.keeping import account, captured, login, people

router = APIRouter(include_in_schema=False)
for room in (login, account, people, captured):
    router.include_router(room.router)
