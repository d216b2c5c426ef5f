"""The codebook and the log."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
