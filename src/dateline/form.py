"""The public JSON form of a coding: one object a report, written and read without loss, with a JSON Schema.

The form is the dataclasses of :mod:`dateline.model` as they are, with the report's own fields at the top level.
Unknown keys are ignored on reading, so that a file with a user's own additions can still be read.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from dateline.errors import FormError
from dateline.model import Coding, Report

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FORM_VERSION = "1"
_REPORT_KEYS = (
    *("id", "url", "publisher", "title", "author", "published", "updated", "retrieved", "language"),
    *("kind", "sha256", "stated", "text", "blocks"),
)
_CODING_KEYS = tuple(f.name for f in fields(Coding) if f.name != "report")


def to_dict(coding: Coding) -> dict[str, Any]:
    """The coding as plain JSON values, in the documented order of keys."""
    form = {key: plain(getattr(coding.report, key)) for key in _REPORT_KEYS}
    form.update((key, plain(getattr(coding, key))) for key in _CODING_KEYS)
    return form


def to_json(coding: Coding) -> str:
    """The coding as one line of JSON, the same bytes for the same coding."""
    return json.dumps(to_dict(coding), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_dict(form: dict[str, Any]) -> Coding:
    """A coding from its JSON form. Raises :class:`FormError` that names the value and what was expected."""
    from pydantic import ValidationError

    if not isinstance(form, dict):
        raise FormError(f"a coded report is a JSON object, this is {type(form).__name__}")
    nested = {key: form[key] for key in _CODING_KEYS if key in form}
    for key in ("events", "suggestions"):
        if isinstance(nested.get(key), list):
            nested[key] = [background_beside(event) for event in nested[key]]
    nested["report"] = {key: form[key] for key in _REPORT_KEYS if key in form}
    try:
        return _adapter().validate_python(nested)
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()[:5])
        raise FormError(f"coded report {form.get('id')!r}: {problems}") from error


def from_json(line: str) -> Coding:
    """A coding from one line of JSON."""
    try:
        form = json.loads(line)
    except json.JSONDecodeError as error:
        raise FormError(f"not JSON: {error.msg} at character {error.pos}") from error
    return from_dict(form)


def background_beside(event: Any) -> Any:
    """An event's values with background told beside its modality; older files have it as a modality of its own."""
    if isinstance(event, dict) and event.get("modality") == "historical":
        return event | {"modality": "asserted", "historical": True}
    return event


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a coded report."""
    coding = _adapter().json_schema()
    definitions: dict[str, Any] = coding.pop("$defs")
    report = definitions.pop(Report.__name__)
    properties = coding["properties"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Coded report",
        "description": f"What one coder made of one report (form {FORM_VERSION}). Offsets are Unicode code points "
        "into text, half-open; every quote is the text at its offsets.",
        "type": "object",
        "properties": {key: report["properties"][key] for key in _REPORT_KEYS}
        | {key: properties[key] for key in _CODING_KEYS},
        "required": ["id", "text", "coder"],
        "$defs": dict(sorted(definitions.items())),
    }


def plain(value: Any) -> Any:
    """Dataclasses and tuples, however deep, as objects and lists; other values as they are."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if names := _names(type(value)):
        return {name: plain(getattr(value, name)) for name in names}
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a class; none of what is no dataclass."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


@cache
def _adapter() -> TypeAdapter[Coding]:
    # Imported here so that writing codings, and the command line's help, start without pydantic.
    from pydantic import TypeAdapter

    return TypeAdapter(Coding)
