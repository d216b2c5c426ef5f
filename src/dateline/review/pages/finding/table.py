"""The table of rows: columns and orders as one likes, values edited in place, decisions on many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form, Request, Response
from fastapi import Query as Parameter

from dateline.errors import ReviewError
from dateline.review.blind import not_blind
from dateline.review.finding.bulk import Told, decide_rows, edit
from dateline.review.finding.choices import choices_of
from dateline.review.finding.columns import COLUMNS, Column, chance_words, chosen, column_of
from dateline.review.guard.who import Coder, Here, Viewer
from dateline.review.showing.filters import filters_of
from dateline.review.web.page import page
from dateline.review.workspace import Workspace
from dateline.store.index.lines import RowLine
from dateline.store.index.query import Query
from dateline.store.review.people import Person

router = APIRouter()
_USUAL = "-stake"
_LIMITS = (25, 50, 100, 200)

Columns = Annotated[list[str], Parameter()]


@router.get("/table")
def table(
    request: Request,
    here: Here,
    person: Viewer,
    columns: Columns = [],  # noqa: B006 (FastAPI copies it)
    order: str = _USUAL,
    after: str | None = None,
    limit: int = 50,
) -> Response:
    """The rows that fit, a page of them."""
    query = Query.read(request.query_params.multi_items())
    return _shown(request, here, person, query, _State(chosen(columns), order, after, limit), ())


class _State:
    """What makes the table the same again beside its query."""

    def __init__(self, columns: tuple[Column, ...], order: str, after: str | None, limit: int) -> None:
        self.columns, self.order, self.after = columns, order, after
        self.limit = min(max(limit, 1), _LIMITS[-1])

    @property
    def is_usual(self) -> bool:
        return self.columns == chosen(())

    def parameters(self, **other: str) -> dict[str, str]:
        """As parameters of an address; what is usual is left out."""
        told = {
            "columns": "" if self.is_usual else ",".join(column.name for column in self.columns),
            "order": "" if self.order == _USUAL else self.order,
            "limit": "" if self.limit == 50 else str(self.limit),
        }
        return told | other

    @classmethod
    def read(cls, address: str) -> tuple[Query, _State]:
        """The query and the state of the parameters of an address."""
        pairs = parse_qsl(address)
        told = dict(pairs)
        limit = told.get("limit", "50")
        state = cls(
            chosen([told.get("columns", "")]),
            told.get("order", _USUAL),
            told.get("after"),
            int(limit) if limit.isdecimal() else 50,
        )
        return Query.read(pairs), state


def _shown(
    request: Request, here: Workspace, person: Person, query: Query, state: _State, said: Sequence[Told]
) -> Response:
    found = here.index.rows(query, order=state.order, after=state.after, limit=state.limit)
    return page(
        request,
        "table.html",
        person,
        title="Table",
        query=query,
        filters=filters_of(here.index, query, "/table", person, **state.parameters()),
        rows=found,
        state=state,
        every_column=COLUMNS,
        limits=_LIMITS,
        said=said,
        again=query.address("", **state.parameters(after=state.after or "")).removeprefix("?"),
        address=lambda **other: query.address("/table", **state.parameters(**other)),
        turned=_turned,
        edited=[column for column in COLUMNS if column.edits],
        chance_words=chance_words,
    )


def _turned(column: Column, order: str) -> str:
    """The order that a click on a heading gives: the other way round where it is ordered by it already."""
    falling = column.figure or column.name == "stake"
    first = f"-{column.order}" if falling else f"{column.order}"
    other = f"{column.order}" if falling else f"-{column.order}"
    return other if order == first else first


@router.get("/table/cell")
def cell(request: Request, here: Here, person: Coder, key: str, column: str, columns: str = "") -> Response:
    """The field in which a value of a row is edited."""
    row, told = not_blind(_row(here, key)), column_of(column)
    if not told.edits:
        raise ReviewError(f"the column {told.heading!r} is not edited here; open the report")
    return page(
        request,
        "table_cell.html",
        person,
        row=row,
        column=told,
        choices=choices_of(here, told, row),
        columns=columns,
    )


@router.post("/table/cell")
def put_cell(
    request: Request,
    here: Here,
    person: Coder,
    key: Annotated[str, Form()],
    column: Annotated[str, Form()],
    value: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
    seen: Annotated[int | None, Form()] = None,
    columns: Annotated[str, Form()] = "",
) -> Response:
    """Keep a value; the row as it is then."""
    row = not_blind(_row(here, key))
    edit(here, row, column_of(column), value, person, why=why, seen=seen)
    return _row_piece(request, here, person, key, columns)


@router.get("/table/row")
def row(request: Request, here: Here, person: Viewer, key: str, columns: str = "") -> Response:
    """A row of the table as it is now."""
    return _row_piece(request, here, person, key, columns)


def _row_piece(request: Request, here: Workspace, person: Person, key: str, columns: str) -> Response:
    found = here.index.row(key)
    values: dict[str, Any] = {"row": found and not_blind(found), "key": key}
    shown = chosen([columns])
    return page(request, "table_row_piece.html", person, shown=shown, chance_words=chance_words, **values)


def _row(here: Workspace, key: str) -> RowLine:
    found = here.index.row(key)
    if found is None:
        raise ReviewError(f"there is no row {key[:80]!r} any more; load the table again")
    return found


@router.post("/table/decide")
def decide(
    request: Request,
    here: Here,
    person: Coder,
    do: Annotated[str, Form()],
    row: Annotated[list[str], Form()] = [],  # noqa: B006 (FastAPI copies it)
    column: Annotated[str, Form()] = "",
    value: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Decide on the chosen rows, each report whole or not at all; the table as it is then, with what came of it."""
    said = decide_rows(here, row, do, person, column=column, value=value, why=why)
    query, state = _State.read(again)
    return _shown(request, here, person, query, state, said)
