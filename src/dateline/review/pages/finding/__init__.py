"""What one looks for and through: search, table, inbox, sources."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
