"""The pages of the workspace, a router for each room."""

from fastapi import APIRouter

from dateline.review.pages import finding, happening, home, keeping, knowing, reading, showing, working

PAGES: tuple[APIRouter, ...] = tuple(
    room.router for room in (home, reading, finding, happening, showing, working, knowing, keeping)
)
