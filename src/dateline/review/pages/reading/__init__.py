"""The queue, and a report with its rows, side by side with what others made of it."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
