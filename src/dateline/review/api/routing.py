"""How the API answers: every answer has an entity tag, and one that the asker has already is not sent again."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from dateline.errors import ReviewError, did_you_mean
from dateline.review.web.problems import answers


class Tagged(APIRoute):
    """A route whose answers to GET are tagged by what they hold, where the handler has not tagged them itself."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, and the tag around it."""
        handle = super().get_route_handler()
        known = set(_parameters(self.dependant))

        async def tagged(request: Request) -> Response:
            # A filter that is misspelt and passed over would give everything, as if everything fitted.
            for name in request.query_params:
                if name not in known:
                    mend = did_you_mean(name[:60], known, what="parameters")
                    raise ReviewError(f"there is no parameter {name[:60]!r}. {mend}")
            answer = await handle(request)
            body = getattr(answer, "body", None)
            if request.method != "GET" or answer.status_code != 200 or body is None:
                return answer
            answer.headers.setdefault("Cache-Control", "private, no-cache")
            answer.headers.setdefault("Vary", "Authorization, Cookie")
            counts = LEFT_OUT in self.responses.get(200, {}).get("headers", {})
            if counts and (left_out := getattr(request.state, "left_out", "")):
                answer.headers.setdefault(LEFT_OUT, left_out)
            tag = answer.headers.setdefault("ETag", f'W/"{sha256(body).hexdigest()[:24]}"')
            if not matches(tag, request.headers.get("If-None-Match")):
                return answer
            kept = {name: value for name, value in answer.headers.items() if not name.startswith("content-")}
            return Response(status_code=304, headers=kept)

        return tagged


def _parameters(dependant: Dependant) -> Iterator[str]:
    """The names that may stand in the address, those of what a handler depends on among them."""
    yield from (parameter.alias for parameter in dependant.query_params)
    for one in dependant.dependencies:
        yield from _parameters(one)


def matches(tag: str, told: str | None) -> bool:
    """Whether a header ``If-None-Match`` or ``If-Match`` names the tag (compared weakly, RFC 9110)."""
    if told is None:
        return False
    named = {one.strip().removeprefix("W/") for one in told.split(",")}
    return "*" in named or tag.removeprefix("W/") in named


def room(tag: str, *, counts: bool = False) -> APIRouter:
    """A router for operations of one kind; ``counts``: what they give lacks reports that who asks codes blind."""
    return APIRouter(
        tags=[tag],
        route_class=Tagged,
        responses={**answers(401, 403, 422, 429, 503), **(counted() if counts else {})},
    )


LEFT_OUT = "Dateline-Left-Out"
"""The header that tells what an answer lacks."""


def counted() -> dict[int | str, dict[str, Any]]:
    """That an answer says what it lacks, for its documentation."""
    about = "What is left out, in words: reports that who asks codes blind. Without it nothing is."
    return {200: {"headers": {LEFT_OUT: {"description": about, "schema": {"type": "string"}}}}}


def lines_of(media_type: str) -> dict[int | str, dict[str, Any]]:
    """That an operation answers with a text of this kind, for its documentation."""
    content = {media_type: {"schema": {"type": "string"}}}
    return {200: {"description": "The text.", "content": content}}


CODED = "coded-report"
"""The name of the schema of a coded report in the document."""


def coded_report() -> dict[int | str, dict[str, Any]]:
    """That an operation answers with a coded report, for its documentation."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{CODED}"}}}
    return {200: {"description": "A coded report, in the public form.", "content": content}}
