"""The public JSON form of a coding: one object a report, written and read without loss, with a JSON Schema.

The form is the dataclasses of :mod:`dateline.model` as they are, with the report's own fields at the top level.
Unknown keys are ignored on reading, so that a file with a user's own additions can still be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

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


def from_own(form: dict[str, Any], report: Report) -> Coding:
    """A coding from a form that was checked when it was kept, with its report: nothing is checked a second time.

    For going through many: it takes a fifth of the time of :func:`from_dict`. Raises :class:`KeyError`,
    :class:`TypeError` or :class:`AttributeError` where the form is not as it was kept.
    """
    told = {
        "report": None,
        "events": [background_beside(event) for event in form.get("events", ())],
        "suggestions": [background_beside(event) for event in form.get("suggestions", ())],
    }
    coding: Coding = _maker(Coding)(form | told)
    object.__setattr__(coding, "report", report)
    return coding


def unchecked(coding: Coding, **changes: Any) -> Coding:
    """A coding with other parts, made of what was checked already."""
    made = object.__new__(Coding)
    for name in ("report", *_CODING_KEYS):
        object.__setattr__(made, name, changes[name] if name in changes else getattr(coding, name))
    return made


@cache
def _maker(kind: type) -> Callable[[Any], Any]:
    """What makes an object of a class of the model from its form, without its checks."""
    # Written out a field a line, as dataclasses write theirs: a loop over the fields takes twice the time.
    hints = get_type_hints(kind)
    known: dict[str, Any] = {"new": object.__new__, "kind": kind}
    lines = ["def make(form):", " made, get = new(kind), form.get"]
    for n, field in enumerate(fields(kind)):
        name, convert, required = repr(field.name), _converter(hints[field.name]), field.default is MISSING
        known |= {f"put{n}": getattr(kind, field.name).__set__, f"convert{n}": convert, f"default{n}": field.default}
        # What is required has no default, and its absence is told by its name.
        if convert is None:
            value = f"form[{name}]" if required else f"get({name}, default{n})"
        elif required:
            value = f"convert{n}(form[{name}])"
        else:
            value = f"convert{n}(value) if (value := get({name})) else default{n}"
        lines.append(f" put{n}(made, {value})")
    exec("\n".join([*lines, " return made"]), known)
    make: Callable[[Any], Any] = known["make"]
    return make


def _converter(hint: Any) -> Callable[[Any], Any] | None:
    """What makes a field's value of its form; None where it is its form."""
    if hint is Report:
        return None  # it has a row of its own
    if isinstance(hint, type) and is_dataclass(hint):
        return _maker(hint)
    if get_origin(hint) is tuple:
        inner = _converter(get_args(hint)[0])
        return tuple if inner is None else lambda values: tuple([inner(value) for value in values])
    among = [arg for arg in get_args(hint) if isinstance(arg, type) and is_dataclass(arg)]
    if not among:
        return None
    make = _maker(among[0])
    return lambda value: None if value is None else make(value)


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
    kind: Any = type(value)
    if names := _names(kind):
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
