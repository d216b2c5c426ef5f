"""The codebook, the log, and what programs can ask for."""

from fastapi import APIRouter

from dateline.review.pages.knowing import api, codebook, log

router = APIRouter(include_in_schema=False)
for _page in (api, codebook, log):
    router.include_router(_page.router)
