"""The team: assignments, comments, the feed, agreement."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
