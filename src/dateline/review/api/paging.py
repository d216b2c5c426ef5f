"""How lists are paged: by cursors that hold however the list grows meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import Field, dataclass, fields
from inspect import Parameter, Signature
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response

from dateline.errors import ReviewError
from dateline.review.api.models.base import MOST, Listed
from dateline.store.index import query as asked
from dateline.store.index.lines import Page

Line = TypeVar("Line")
Item = TypeVar("Item")

MOST_VALUES = 50
"""Values of one filter that an address may give."""
MOST_LETTERS = 300


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list: ``limit`` items behind the cursor ``after``."""

    request: Request
    response: Response
    after: str | None
    limit: int

    def next(self, cursor: str) -> str:
        """The address of the items behind a cursor."""
        told = [(name, value) for name, value in self.request.query_params.multi_items() if name != "after"]
        return f"{self.request.url.path}?{urlencode([*told, ('after', cursor)])}"

    def listed(self, page: Page[Line], made: Callable[[Line], Item]) -> Listed[Item]:
        """A page of the index as the API gives it, with the header ``Link``."""
        return self.items(map(made, page.lines), total=page.total, more=page.more, after=page.after)

    def items(self, items: Iterable[Item], *, total: int, more: bool = False, after: str | None = None) -> Listed[Item]:
        """Items as the API gives them; ``after`` leads to the next ones."""
        following = self.next(after) if after else None
        if following:
            self.response.headers["Link"] = f'<{following}>; rel="next"'
        return Listed(items=list(items), total=total, more=more, next=following)


def paging(
    request: Request,
    response: Response,
    after: Annotated[
        str | None, Query(max_length=600, description="The cursor that `next` of the items before has.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="How many items at most.")] = 50,
) -> Paging:
    """The part of a list that is asked for: a dependency."""
    return Paging(request, response, after, limit)


def number_of_cursor(after: str | None) -> int | None:
    """The number that the cursor of a list by numbers is. Raises :class:`ReviewError` for any other text."""
    if after is None:
        return None
    if not (after.isascii() and after.isdigit() and 0 < int(after[:30]) <= MOST):
        raise ReviewError(f"{after[:40]!r} is no cursor of this list; take the one that `next` has")
    return int(after)


Part = Annotated[Paging, Depends(paging)]


def query(request: Request, **_: object) -> asked.Query:
    """The filters of an address: a dependency. Raises :class:`ReviewError` for one that is there twice."""
    return asked.Query.read(request.query_params.multi_items())


def _parameter(one: Field[Any]) -> Parameter:
    """A filter as FastAPI reads and documents it."""
    about = one.metadata[asked.ABOUT]
    kind: Any
    if one.default == ():
        kind = Annotated[tuple[str, ...], Query(description=about, max_length=MOST_VALUES)]
    else:
        kind = Annotated[str, Query(description=about, max_length=MOST_LETTERS)]
    return Parameter(one.name, Parameter.KEYWORD_ONLY, default=one.default, annotation=kind)


# The parameters are the filters themselves, so that the documentation says what each means.
query.__signature__ = Signature(  # type: ignore[attr-defined]
    [
        Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=Request),
        *map(_parameter, fields(asked.Query)),
    ]
)

Filters = Annotated[asked.Query, Depends(query)]
