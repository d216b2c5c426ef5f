"""The map and the time line, and what is published of them."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
