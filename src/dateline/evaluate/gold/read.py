"""Files that people coded by hand, read as codings: coded reports in JSON Lines, or a sheet with one row an event."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dateline.errors import FormError, InputError, SheetError
from dateline.evaluate.gold.columns import Header, header
from dateline.evaluate.gold.sheet import Row, codings
from dateline.evaluate.gold.table import read_file, read_rows
from dateline.evaluate.model import COUNT_KINDS, FIELDS, Field
from dateline.form import from_dict
from dateline.intake import Failure, read_text
from dateline.intake.records.jsonl import parse_json
from dateline.model import CoderInfo, Coding, Report

_JSON_ENDINGS = (".jsonl", ".ndjson", ".json")


@dataclass(frozen=True, slots=True)
class CodedFile:
    """What was read: the codings in order, the fields that the file codes, what could not be read, and remarks.

    ``pieced`` are the ids of reports whose text is not known but for the sentences that the file quotes.
    """

    codings: tuple[Coding, ...]
    fields: tuple[Field, ...]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...]
    pieced: frozenset[str] = frozenset()

    def texts(self) -> dict[str, Report]:
        """The reports whose whole text the file holds, by id."""
        return {c.report.id: c.report for c in self.codings if c.report.id not in self.pieced}


def read_codings(
    path: Path,
    *,
    reports: Mapping[str, Report] | None = None,
    columns: Mapping[str, str] | None = None,
    renamed: Mapping[str, str] | None = None,
) -> CodedFile:
    """Read a coded file of either form; which it is, is told from each record.

    A record with ``events`` or ``attributions`` is a coded report (:mod:`dateline.form`); of these, quotes and the
    coder may be left out. Everything else is a row of a sheet: CSV with commas, semicolons or tabs, a workbook's first
    sheet, or JSON Lines with the same names for keys. ``reports`` holds texts by id for sheets without any; ``columns``
    maps our name of a column to the sheet's; ``renamed`` a type to the one that is meant. A record that cannot be read
    costs its report and is named. Raises :class:`SheetError` where the whole file cannot be used, and
    :class:`OSError`.
    """
    known, given = dict(reports or {}), dict(columns or {})
    types = {old.casefold(): new for old, new in (renamed or {}).items()}
    coder = CoderInfo(path.name, "", "")
    try:
        text = read_file(path)
        read = (_read_json if _is_json(path, text) else _read_table)(text, str(path), coder, known, given, types)
    except InputError as error:
        raise SheetError(f"{path}: {error.error}", error.mend) from error
    return _without_doubles(read, str(path))


def _is_json(path: Path, text: str) -> bool:
    return path.name.removesuffix(".gz").endswith(_JSON_ENDINGS) or text.lstrip()[:1] in {"{", "["}


def _read_json(
    text: str, path: str, coder: CoderInfo, known: dict[str, Report], given: dict[str, str], types: dict[str, str]
) -> CodedFile:
    found: list[Coding] = []
    failures: list[Failure] = []
    keys: set[str] = set()
    rows: list[tuple[int, dict[str, Any]]] = []
    for line, record in _records(text, path, failures):
        if not isinstance(record, dict):
            failures.append(Failure(path, line, "the record is no object", 'write {"id": "1", "text": "..."} a line'))
        elif "events" in record or "attributions" in record:
            try:
                found.append(_coded_report(record, coder, known, types))
                keys |= _keys(record)
            except InputError as error:
                failures.append(Failure(path, line, error.error, error.mend))
            except (FormError, RecursionError) as error:
                what = "the coded report is nested too deep" if isinstance(error, RecursionError) else str(error)[:500]
                failures.append(Failure(path, line, what, "write it in the form that `dateline schema` prints"))
        else:
            rows.append((line, record))
    fields = _fields_of_keys(keys) if keys else frozenset(FIELDS)
    unread: tuple[str, ...] = ()
    pieced: frozenset[str] = frozenset()
    if rows:
        names = tuple(dict.fromkeys(key for _, row in rows for key in row))
        columns = header(names, given)
        cells = [Row(line, _cells({k: _cell(v) for k, v in row.items()}, columns)) for line, row in rows]
        pieced = _pieced(cells, known)
        _sort(codings(cells, path, coder, known, types), found, failures)
        # Of a file with both forms, only what both code can be compared.
        fields = columns.fields() & fields if found and keys else columns.fields()
        unread = columns.unread
    return CodedFile(tuple(found), _in_order(fields), tuple(failures), _unread(unread), pieced)


def _records(text: str, path: str, failures: list[Failure]) -> Iterator[tuple[int, Any]]:
    """Each record with its line; a list of records counts its records."""
    if text.lstrip()[:1] == "[":
        try:
            yield from enumerate(parse_json(text.encode("utf-8", "surrogatepass")), 1)
        except InputError as error:
            raise SheetError(error.error, "write a list of records, or a record a line") from error
        return
    for line, part in enumerate(io.StringIO(text, newline="\n"), 1):
        if part.strip():
            try:
                yield line, parse_json(part.encode("utf-8", "surrogatepass"))
            except InputError as error:
                failures.append(Failure(path, line, error.error, error.mend))


def _coded_report(record: dict[str, Any], coder: CoderInfo, known: dict[str, Report], types: dict[str, str]) -> Coding:
    form = dict(record)
    if isinstance(form.get("id"), int):
        form["id"] = str(form["id"])
    if "text" not in form and form.get("id") in known:
        form["text"] = known[form["id"]].text
    if "text" not in form:
        raise SheetError(
            f"the text of report {str(form.get('id'))[:60]!r} is not known", "add it, or give it with --reports FILE"
        )
    form.setdefault("coder", {"name": coder.name, "version": coder.version, "codebook": coder.codebook})
    coding = from_dict(_quoted(form, str(form["text"])))
    report = coding.report
    if not report.blocks:
        # Written by hand: which parts of the text are to be coded was not said.
        report = read_text(
            report.text,
            id=report.id,
            url=report.url,
            publisher=report.publisher,
            published=report.published,
            title=report.title,
            author=report.author,
            language=report.language,
            retrieved=report.retrieved,
            sha256=report.sha256,
        )
    events = []
    for event in coding.events:
        kind, _, mode = types.get(event.type.casefold(), event.type).partition("/")
        events.append(replace(event, type=kind, mode=event.mode or mode or None))
    return replace(coding, report=report, events=tuple(events))


def _quoted(value: Any, text: str) -> Any:
    """The value with the quotes of its spans filled in where they are left out."""
    if isinstance(value, list):
        return [_quoted(item, text) for item in value]
    if not isinstance(value, dict):
        return value
    filled = {key: _quoted(item, text) for key, item in value.items()}
    start, end = value.get("start"), value.get("end")
    if isinstance(start, int) and isinstance(end, int):
        filled.setdefault("quote", text[start:end])
    return filled


def _keys(record: dict[str, Any]) -> set[str]:
    keys = {"attributions"} & set(record)
    for event in record.get("events") or ():
        keys |= {f"event {key}" for key in event} | {"events"}
    return keys


def _fields_of_keys(keys: set[str]) -> frozenset[Field]:
    """The fields that coded reports code: those whose key is in one of their events at least."""
    fields: set[Field] = {f for f in FIELDS if f"event {f}" in keys or (f == "event" and "events" in keys)}
    if "event counts" in keys:
        fields |= set(COUNT_KINDS)
    if "event attribution" in keys:
        fields.add("according_to")
    if "attributions" in keys:
        fields |= {"source", "cue", "content"}
    return frozenset(fields)


def _read_table(
    text: str, path: str, coder: CoderInfo, known: dict[str, Report], given: dict[str, str], types: dict[str, str]
) -> CodedFile:
    found: list[Coding] = []
    failures: list[Failure] = []
    lines = read_rows(text)
    names = lines[0][1]
    columns = header(names, given)
    rows = []
    for line, cells in lines[1:]:
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            error = f"the row has {len(cells)} cells, the heading {len(names)}"
            failures.append(Failure(path, line, error, "put cells that hold a comma between quotation marks"))
            continue
        rows.append(Row(line, _cells(dict(zip(names, cells, strict=False)), columns)))
    _sort(codings(rows, path, coder, known, types), found, failures)
    fields = _in_order(columns.fields())
    return CodedFile(tuple(found), fields, tuple(failures), _unread(columns.unread), _pieced(rows, known))


def _pieced(rows: Iterable[Row], known: Mapping[str, Report]) -> frozenset[str]:
    kept = list(rows)
    whole = {row.cell("report") for row in kept if row.cell("text")}
    return frozenset(row.cell("report") for row in kept) - whole - set(known)


def _cells(row: Mapping[str, str], columns: Header) -> dict[str, str]:
    return {ours: row.get(theirs, "") for ours, theirs in columns.at.items()}


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " | ".join(map(str, value))
    return "" if value is None else str(value)


def _sort(read: Iterable[Coding | Failure], found: list[Coding], failures: list[Failure]) -> None:
    for item in read:
        if isinstance(item, Coding):
            found.append(item)
        else:
            failures.append(item)


def read_both(
    gold: Path,
    other: Path,
    *,
    reports: Mapping[str, Report],
    columns: Mapping[str, str] | None = None,
    renamed: Mapping[str, str] | None = None,
) -> tuple[CodedFile, CodedFile]:
    """Two coded files of the same reports: a text that one of them lacks is taken from the other.

    ``renamed`` concerns the types of ``gold`` alone; see :func:`read_codings` for the rest.
    """
    second = read_codings(other, reports=reports, columns=columns)
    first = read_codings(gold, reports={**reports, **second.texts()}, columns=columns, renamed=renamed)
    if second.failures or second.pieced:
        second = read_codings(other, reports={**reports, **first.texts()}, columns=columns)
    return first, second


def _without_doubles(read: CodedFile, path: str) -> CodedFile:
    """One coding a report: of a second one nobody could say which of them is meant."""
    kept: dict[str, Coding] = {}
    failures = list(read.failures)
    for coding in read.codings:
        if coding.report.id in kept:
            error = f"report {coding.report.id[:60]!r} is coded twice; the first coding is kept"
            failures.append(Failure(path, None, error, "give each report its own id, and each coder an own file"))
        kept.setdefault(coding.report.id, coding)
    return replace(read, codings=tuple(kept.values()), failures=tuple(failures))


def _in_order(fields: frozenset[Field]) -> tuple[Field, ...]:
    return tuple(f for f in FIELDS if f in fields)


def _unread(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        return ()
    shown = ", ".join(name.strip()[:40] for name in names[:12]) + (" ..." if len(names) > 12 else "")
    return (f"columns that are not read: {shown} (to have one read: --column OURS=THEIRS)",)
