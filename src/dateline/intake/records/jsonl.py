"""JSON Lines to reports: one record a line, ids and texts exactly as given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

from dateline.errors import IntakeError
from dateline.intake.failure import Failure
from dateline.intake.limits import DEFAULT, Limits
from dateline.intake.reader import Keep, Reader, Source, beginning
from dateline.intake.records.fields import FIELDS, by_fields
from dateline.intake.text import read_text
from dateline.model import Report

_MEND = 'write one record a line: {"id": "1", "text": "...", "published": "2020-01-19"}'


def read_jsonl(
    lines: Iterable[str | bytes],
    *,
    path: str = "-",
    limits: Limits = DEFAULT,
    keep: Keep | None = None,
    **meta: str | None,
) -> Iterator[Report | Failure]:
    """A report for each line, in order; for a line that gives none, a :class:`Failure` with its number.

    ``meta`` (``publisher=``, ``published=`` ...) holds for records that do not say it themselves. Blank lines are
    passed over; keys that are no field of a report are named in the log, once. ``sha256`` of a report names the bytes
    of its line without the line break; ``keep`` is given them before they are parsed.
    """
    source = Source(BytesIO(), path, None, limits, meta, keep)
    given = (line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line for line in lines)
    return source.lines(given, lambda line: record_of(parse_json(line), source))


class _JsonLines:
    """One record a line."""

    form = "JSON Lines"
    endings = (".jsonl", ".ndjson")

    def sniff(self, head: bytes) -> bool:
        """Whether the first line opens an object and goes on in it."""
        start = beginning(head)
        return start.startswith(b"{") and start[1:].lstrip(b" \t").startswith((b'"', b"}"))

    def read(self, source: Source) -> Iterator[Report | Failure]:
        """A report a line."""
        return source.each_line(lambda line: record_of(parse_json(line), source))


class _Json:
    """One record, or a list of them."""

    form = "JSON"
    endings = (".json",)

    def sniff(self, head: bytes) -> bool:
        """Whether it begins with an object over several lines, or with a list of objects."""
        start = beginning(head)
        opens = start[:1] in (b"{", b"[") and start[1:].lstrip().startswith((b'"', b"{", b"[", b"]"))
        return opens and not JSON_LINES.sniff(head)

    def read(self, source: Source) -> Iterator[Report | Failure]:
        """A report a record."""
        value = parse_json(source.data().removeprefix(b"\xef\xbb\xbf"))
        records = value if isinstance(value, list) else [value]
        if not records:
            raise IntakeError("the file holds an empty list", "give at least one record")
        for number, record in enumerate(records, start=1):
            where = f"record {number}: " if isinstance(value, list) else ""
            try:
                yield record_of(record, source)
            except IntakeError as error:
                yield source.failure(IntakeError(where + error.error, error.mend))


JSON_LINES: Reader = _JsonLines()
JSON: Reader = _Json()


def record_of(record: object, source: Source) -> Report:
    """A report from one parsed record of a file, whatever names it has for its fields. Raises IntakeError."""
    return read_record(by_fields(record, source), source.sha256, source.limits, source.meta)


def read_record(record: object, sha256: str, limits: Limits, meta: Mapping[str, str | None]) -> Report:
    """A report from one record under dateline's own names: a missing or ill-typed field raises IntakeError.

    Null and an empty string are the same as leaving an optional field out.
    """
    if not isinstance(record, dict):
        raise IntakeError(f"the record is {_name(record)}, not an object", _MEND)
    name = record.get("id")
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if not isinstance(name, str) or not name:
        what = "has no id" if name is None or name == "" else f"has {_name(name)} as its id"
        raise IntakeError(f"the record {what}", 'give each record its own "id", a string')
    text = record.get("text")
    if not isinstance(text, str):
        what = 'has no "text"' if text is None else f'has {_name(text)} as its "text"'
        raise IntakeError(f"the record {name[:60]!r} {what}", _MEND)
    values = dict(meta)
    for field in (name for name in FIELDS if name not in ("id", "text")):
        value = record.get(field)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise IntakeError(f'the record {name[:60]!r} has {_name(value)} as its "{field}"', "write it as a string")
        values[field] = value
    return read_text(text, **(values | {"id": name, "sha256": sha256}), limits=limits)


def parse_json(data: bytes) -> Any:
    """The value of JSON bytes. Raises IntakeError, with the column, for bytes that are none."""
    try:
        return json.loads(data.decode())
    except UnicodeDecodeError as error:
        raise IntakeError(f"byte {error.start} is not UTF-8", "save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise IntakeError(f"not JSON at {where} ({error.msg})", _MEND) from error
    except RecursionError as error:
        raise IntakeError("the JSON is nested too deep", _MEND) from error
    except ValueError as error:
        # Python refuses whole numbers of thousands of digits.
        raise IntakeError(f"a number in the JSON cannot be read ({error})", "write it as a string") from error


def _name(value: object) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
    }
    return "null" if value is None else names.get(type(value), "something else")
