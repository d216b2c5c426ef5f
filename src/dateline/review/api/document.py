"""The document of the API (OpenAPI 3.1), and the same as a page reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from dateline import form
from dateline.review.api.routing import CODED
from dateline.review.web.problems import Problem
from dateline.version import __version__

SUMMARY = "What the pages of the workspace do, for programs."
DESCRIPTION = """\
Who has a token sends it as `Authorization: Bearer TOKEN`; it may do what its person may, and with the scope `read` only
look. Where somebody works alone, the key in the address that `dateline review` printed is the token.

Lists are paged by cursors: `next` and the header `Link` lead to the next items. Every answer to GET has an `ETag`: ask
again with `If-None-Match`, and what has not changed is answered by 304. What went wrong is told as problem details
(RFC 9457). Who codes reports blind is given nothing of what others made of them: the header `Dateline-Left-Out` says so
beside what is listed and counted.
"""
_SCHEMAS = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter or a field: its name, what it holds, whether it must be there, what it is."""

    name: str
    place: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as the page shows it; ``body`` and ``gives`` are examples as JSON, empty where there is none."""

    name: str
    method: str
    path: str
    about: str
    parameters: tuple[Value, ...]
    body: str
    body_about: str
    gives: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Room:
    """The operations of one kind."""

    name: str
    about: str
    operations: tuple[Operation, ...] = ()


ROOMS = (
    Room("finding", "Rows, events and reports by filters, and how many there are of what."),
    Room("reports", "A report with its codings, and what was done to it."),
    Room("events", "One event with its sources, what people say of whether events are one, confidential marks."),
    Room("deciding", "What people decide; each decision can be undone."),
    Room("team", "Assignments, comments, agreement."),
    Room("record", "The codebook, the log, the project."),
    Room("accounts", "Who may log in, for admins; the tokens of programs, for whom they are of."),
    Room("giving out", "Files for others: what is confidential is left out."),
)


def documented(app: FastAPI, cookie: str) -> None:
    """Have the application describe its API; ``cookie`` is the name of the one that a session has."""

    def whole() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = document(app.routes, cookie)
        return app.openapi_schema

    app.openapi = whole  # type: ignore[method-assign]


def document(routes: Sequence[BaseRoute], cookie: str) -> dict[str, Any]:
    """The document of these routes."""
    tags = [{"name": room.name, "description": room.about} for room in ROOMS]
    made = get_openapi(
        title="dateline",
        version=__version__,
        summary=SUMMARY,
        description=DESCRIPTION,
        routes=routes,
        tags=tags,
        license_info={"name": "MIT", "identifier": "MIT"},
    )
    parts = made.setdefault("components", {})
    schema = Problem.model_json_schema(ref_template=f"{_SCHEMAS}{{model}}")
    parts.setdefault("schemas", {}).update({**schema.pop("$defs", {}), "Problem": schema})
    parts["schemas"].update(_coded())
    parts["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token of the settings' page."},
        "session": {"type": "apiKey", "in": "cookie", "name": cookie, "description": "A browser that is logged in."},
    }
    made["security"] = [{"token": []}, {"session": []}]
    for schema in parts["schemas"].values():
        if "example" in schema:
            _with_nulls(made, schema, schema["example"])
    return made


def _with_nulls(document: dict[str, Any], schema: dict[str, Any], example: Any) -> None:
    """Put the nulls back into an example: the framework leaves them out, and they say that nothing is stated."""
    schema = _resolved(document, schema)
    if isinstance(example, list):
        for one in example:
            _with_nulls(document, schema.get("items", {}), one)
    elif isinstance(example, dict):
        properties = schema.get("properties", {})
        for name in schema.get("required", ()):
            example.setdefault(name, None)
        for name, value in example.items():
            _with_nulls(document, properties.get(name, {}), value)


def _coded() -> dict[str, Any]:
    """The schema of a coded report and of its parts, under names of their own."""
    whole = form.schema()
    whole["$defs"][""] = {name: value for name, value in whole.items() if not name.startswith("$")}
    text = json.dumps(whole["$defs"]).replace("#/$defs/", f"{_SCHEMAS}{CODED}.")
    return {f"{CODED}.{name}".rstrip("."): schema for name, schema in json.loads(text).items()}


def rooms(document: dict[str, Any]) -> tuple[Room, ...]:
    """The operations of a document, by kind."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            found.setdefault(told["tags"][0], []).append(_operation(document, path, method, told))
    return tuple(replace(room, operations=tuple(found[room.name])) for room in ROOMS if room.name in found)


def _operation(document: dict[str, Any], path: str, method: str, told: dict[str, Any]) -> Operation:
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    answers = told["responses"]
    given = answers.get("200", answers.get("201", {})).get("content", {}).get("application/json", {})
    return Operation(
        told["operationId"],
        method.upper(),
        path,
        told.get("description") or told.get("summary", ""),
        tuple(_parameters(document, told)),
        _json(document, body),
        _resolved(document, body).get("description", "") if body else "",
        _json(document, given.get("schema", {})),
        tuple((status, answer["description"]) for status, answer in sorted(answers.items())),
    )


def _parameters(document: dict[str, Any], told: dict[str, Any]) -> Iterator[Value]:
    for one in told.get("parameters", ()):
        kind = _kind(document, one["schema"])
        yield Value(one["name"], one["in"], kind, one.get("required", False), one.get("description", ""))


def _kind(document: dict[str, Any], schema: dict[str, Any]) -> str:
    """What a value is, in words."""
    schema = _resolved(document, schema)
    if choices := schema.get("enum"):
        return " or ".join(map(str, choices))
    if either := schema.get("anyOf"):
        return " or ".join(_kind(document, one) for one in either if one.get("type") != "null")
    if schema.get("type") == "array":
        return f"{_kind(document, schema.get('items', {}))}, any number of times"
    return str(schema.get("type", "any"))


def _json(document: dict[str, Any], schema: dict[str, Any]) -> str:
    """An example of a schema, as JSON; empty where it has none."""
    found = _example(document, schema)
    return "" if found is None else json.dumps(found, indent=2, ensure_ascii=False)


def _example(document: dict[str, Any], schema: dict[str, Any]) -> Any:
    schema = _resolved(document, schema)
    if "example" in schema:
        return schema["example"]
    if schema.get("type") == "array":
        item = _example(document, schema.get("items", {}))
        return None if item is None else [item]
    items = schema.get("properties", {}).get("items")
    if items is not None and "next" in schema["properties"]:
        found = _example(document, items)
        return None if found is None else {"items": found, "total": 1, "more": False, "next": None}
    return None


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").removeprefix(_SCHEMAS)
    found: dict[str, Any] = document["components"]["schemas"][name] if name else schema
    return found
