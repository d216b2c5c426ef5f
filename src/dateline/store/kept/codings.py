"""Codings in the database: added, never changed. Of a report the last coding is linked, a person's before any other."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, or_, select

from dateline.errors import StoreError
from dateline.form import from_dict, from_own, to_dict
from dateline.model import CoderInfo, Coding, Report
from dateline.store.door.versions import is_superseded
from dateline.store.faults import DAMAGED
from dateline.store.kept.reports import from_row
from dateline.store.tables import codings, reports, taken
from dateline.store.tables import settings as settings_records

BY_HAND = "by hand"
"""What stands for the settings of a person's coding: it goes before a machine's, however late that was made."""

BLIND = "by hand, blind"
"""The same for a coding that somebody makes without seeing what others made of the report: it holds of nothing until
it is settled what holds."""

_KEPT_APART = ("text", "blocks")


def identity(info: CoderInfo, settings: str) -> dict[str, str | None]:
    """What tells a coding of one coder from that of another, or of the same with other settings."""
    return {
        "coder": info.name,
        "version": info.version,
        "codebook": info.codebook,
        "model": info.model,
        "settings": settings,
    }


def without_coding(info: CoderInfo, settings: str) -> Select[tuple[int]]:
    """The numbers of the reports that this coder has not coded with these settings, in the order they were added."""
    same = [codings.c[key].is_not_distinct_from(value) for key, value in identity(info, settings).items()]
    there = select(codings.c.number).where(codings.c.report == reports.c.number, *same)
    return select(reports.c.number).where(~there.exists()).order_by(reports.c.number)


def put_coding(db: Connection, report: int, coding: Coding, settings: str, now: str) -> int:
    """Add a coding of a report; its number."""
    form = to_dict(coding)
    for key in _KEPT_APART:
        del form[key]
    return put_form(db, report, coding.coder, form, settings, now)


def put_form(db: Connection, report: int, coder: CoderInfo, form: Mapping[str, Any], settings: str, now: str) -> int:
    """Add a coding, given as :func:`form_of` gives it; its number."""
    turn = select(func.coalesce(func.max(codings.c.turn), 0) + 1).where(codings.c.report == report).scalar_subquery()
    packed = zlib.compress(json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode())
    done = db.execute(
        insert(codings).values(
            report=report,
            turn=turn,
            made=now,
            events=len(form["events"]),
            form=packed,
            **identity(coder, settings),
        )
    )
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def accepted(up_to: int | None = None) -> Select[Any]:
    """The coding of every report that holds, with the report: the last of a person, else the last of a machine.

    Of the versions of a story the newest that is coded holds alone.

    ``up_to``: as it was when the coding of this number was the project's last.
    """
    newer = codings.alias()
    by_hand, newer_by_hand = codings.c.settings == BY_HAND, newer.c.settings == BY_HAND
    before = or_(newer_by_hand > by_hand, and_(newer_by_hand == by_hand, newer.c.turn > codings.c.turn))
    outdated = select(newer.c.number).where(newer.c.report == codings.c.report, newer.c.settings != BLIND, before)
    query = select(
        codings.c.number.label("coding"), codings.c.turn, codings.c.settings.label("coded_by"), codings.c.form, reports
    ).join(reports, reports.c.number == codings.c.report)
    if up_to is not None:
        outdated, query = outdated.where(newer.c.number <= up_to), query.where(codings.c.number <= up_to)
    return query.where(codings.c.settings != BLIND, ~outdated.exists(), ~is_superseded(up_to))


def of_report(report: int) -> Select[Any]:
    """Who made which coding of a report (its number), and when, in the order they were made; not what they hold."""
    there = codings.c
    told = (there.number, there.coder, there.version, there.codebook, there.model, there.settings, there.made)
    return select(*told, there.events).where(there.report == report).order_by(there.turn)


def coding_row(number: int) -> Select[Any]:
    """The coding of a number, with its report."""
    return coding_rows([number])


def coding_rows(numbers: Sequence[int]) -> Select[Any]:
    """Codings, each with its own number (``coding``) and its report."""
    return (
        select(codings.c.number.label("coding"), codings.c.form, reports)
        .join(reports, reports.c.number == codings.c.report)
        .where(codings.c.number.in_(numbers))
    )


def not_taken(query: Select[Any]) -> Select[Any]:
    """Of accepted codings those that linking has not taken up."""
    return query.where(~select(taken.c.coding).where(taken.c.coding == codings.c.number).exists())


def to_take() -> Select[tuple[int]]:
    """The numbers of the accepted codings that linking has not taken up, by day of publication: old news first."""
    last = not_taken(accepted()).with_only_columns(codings.c.number)
    return last.order_by(func.coalesce(reports.c.published, "9999"), reports.c.number)


def form_of(row: Row[Any]) -> dict[str, Any]:
    """The public form of a coding of such a row, without the report's text and blocks. Raises :class:`StoreError`."""
    try:
        form: dict[str, Any] = json.loads(zlib.decompress(row.form))
    except (zlib.error, ValueError) as error:
        raise StoreError(f"the coding of report {row.id!r} cannot be read ({error}); {DAMAGED}") from error
    return form


def unpack(row: Row[Any]) -> Coding:
    """The coding of a row of :func:`accepted` or :func:`coding_row`. Raises :class:`StoreError` where it is damaged."""
    try:
        return _unpacked(row.form, from_row(row))
    except (zlib.error, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(f"the coding of report {row.id!r} cannot be read ({error}); {DAMAGED}") from error


# Who decides row by row of a report needs the same coding again and again, and the next one was just made.
@lru_cache(64)
def _unpacked(packed: bytes, report: Report) -> Coding:
    form = json.loads(zlib.decompress(packed))
    form["text"] = report.text
    form["blocks"] = [{"start": b.start, "end": b.end, "kind": b.kind} for b in report.blocks]
    form["id"] = report.id
    return from_dict(form)


def unpack_kept(row: Row[Any], without: Collection[str] = ()) -> Coding:
    """The same of a coding as it was kept, without its checks: for going through all of a project.

    ``without``: parts of the form that are not needed, and empty then.
    """
    try:
        form = json.loads(zlib.decompress(row.form))
        for part in without:
            form.pop(part, None)
        return from_own(form, from_row(row))
    except (zlib.error, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(f"the coding of report {row.id!r} cannot be read ({error}); {DAMAGED}") from error


def coders(db: Connection) -> Counter[CoderInfo]:
    """Who coded, by which codebook and with which model, and of how many reports that coding holds."""
    there = (codings.c.coder, codings.c.version, codings.c.codebook, codings.c.model)
    rows = db.execute(accepted().with_only_columns(*there, func.count()).group_by(*there))
    return Counter(
        {CoderInfo(coder, version, codebook, model): count for coder, version, codebook, model, count in rows}
    )


def coded_by(db: Connection) -> list[tuple[CoderInfo, dict[str, Any] | None]]:
    """Who coded what holds, sorted, each with its settings as they were recorded; None for what people coded."""
    there = (codings.c.coder, codings.c.version, codings.c.codebook, codings.c.model)
    query = accepted().with_only_columns(*there, codings.c.settings).distinct()
    known = {row.fingerprint: row.form for row in db.execute(select(settings_records))}
    found = [(CoderInfo(*row[:4]), row.settings) for row in db.execute(query)]
    return [(info, known.get(by)) for info, by in sorted(found, key=lambda f: (*map(str, astuple(f[0])), f[1]))]
