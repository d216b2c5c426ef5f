"""What the pages do, for programs: one address for each thing, documented by OpenAPI."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/v1")
