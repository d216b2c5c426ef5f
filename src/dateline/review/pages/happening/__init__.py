"""The events, and one event with its sources in parallel."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
