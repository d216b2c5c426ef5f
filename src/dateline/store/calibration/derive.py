"""A project's machine codings with the chances of its calibration: derived from the codings as the coder made them.

Nothing is parsed again, and nothing is changed: a derived coding is added beside the one that it was made from, under a
fingerprint of its own, and the coder's own is added anew where a calibration is taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from dateline.model import CoderInfo, Coding
from dateline.settings import AT_LEAST
from dateline.store.calibration.model import Calibration, recalibrated
from dateline.store.kept.codings import BLIND, BY_HAND, accepted, form_of, put_form, unpack
from dateline.store.project import Project
from dateline.store.tables import codings, log, reports, settings

TOGETHER = 256
"""Codings that are acknowledged together: each takes a few milliseconds, and the disk is waited for once."""
_OF, _BY = "of", "calibration"
"""The members of the record of a derived coding: the settings it was made from, and the calibration's fingerprint."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A report that a person coded: that coding, and the machine's."""

    report: int
    by_hand: Coding
    machine: Coding


def calibration_of(project: Project) -> Calibration | None:
    """The calibration that the project's settings name; None where there is no such file."""
    return Calibration.read(project.folder / project.settings.calibration)


def newest_coder(project: Project) -> CoderInfo | None:
    """Who made the project's newest machine coding; None where no machine has coded."""
    with project.database.reading() as db:
        query = select(codings).where(codings.c.settings.not_in((BY_HAND, BLIND))).order_by(codings.c.number.desc())
        row = db.execute(query.limit(1)).first()
        return None if row is None else _coder(row)


def reviewed(project: Project, *, own: bool = True) -> Iterator[Reviewed]:
    """The reports that people coded, where a machine did so too, in the order of the reports.

    The machine's is the newest coding that it made itself; without ``own`` the newest, with calibrated chances or not.
    """
    with project.database.reading() as db:
        derived = _derived(db) if own else {}
        query = accepted().where(codings.c.settings == BY_HAND).order_by(reports.c.number)
        for row in db.execute(query):
            made = db.execute(_whole(_own(derived, row.number))).first()
            if made is not None:
                yield Reviewed(row.number, unpack(row), unpack(made))


def waiting(project: Project, calibration: Calibration | None) -> int:
    """How many reports :func:`derive` has to see to."""
    with project.database.reading() as db:
        return len(_waiting(db, calibration))


def derive(project: Project, calibration: Calibration | None) -> Iterator[int]:
    """Give every report of the calibration's coder its coding with the calibrated chances, or without one its own back.

    What was yielded, a number of reports at a time, is acknowledged; who is interrupted goes on where it stopped.
    """
    with project.database.reading() as db:
        todo = iter(_waiting(db, calibration))
    while batch := list(islice(todo, TOGETHER)):
        with project.database.writing() as db:
            derived, known = _derived(db), _bounds(db)
            for own in db.execute(_own_of(derived, batch)).all():
                _put(db, project.now(), own, calibration, known)
        yield len(batch)


def log_calibration(project: Project, what: str, who: str, details: Mapping[str, Any]) -> None:
    """Say in the log that chances were calibrated, or are no longer."""
    with project.database.writing() as db:
        about = project.settings.calibration
        db.execute(insert(log).values(made=project.now(), who=who, what=what, about=about, details=dict(details)))


def _put(db: Connection, now: str, own: Row[Any], calibration: Calibration | None, bounds: Mapping[str, float]) -> None:
    """Add the coding that is to hold of a report, made from the machine's own."""
    form = form_of(own)
    coder = CoderInfo(**form["coder"])
    if calibration is None or coder != calibration.coder:
        put_form(db, own.report, coder, form, own.made_by, now)
        return
    record = {_OF: own.made_by, _BY: calibration.fingerprint}
    name = _fingerprint(record)
    if db.execute(select(settings.c.fingerprint).where(settings.c.fingerprint == name)).first() is None:
        db.execute(insert(settings).values(fingerprint=name, form=record))
    at_least = bounds.get(own.made_by, AT_LEAST)
    put_form(db, own.report, coder, recalibrated(form, calibration, at_least), name, now)


def _waiting(db: Connection, calibration: Calibration | None) -> list[int]:
    """The numbers of the reports whose newest machine coding is not the one that the calibration asks for."""
    derived = _derived(db)
    newest = (
        select(codings.c.report, func.max(codings.c.turn).label("turn"))
        .where(codings.c.settings.not_in((BY_HAND, BLIND)))
        .group_by(codings.c.report)
        .subquery()
    )
    query = (
        select(codings.c.report, codings.c.settings, codings.c.coder, codings.c.version, codings.c.codebook)
        .add_columns(codings.c.model)
        .join(newest, (newest.c.report == codings.c.report) & (newest.c.turn == codings.c.turn))
        .order_by(codings.c.report)
    )
    found = []
    for row in db.execute(query):
        of = derived.get(row.settings)
        wanted = calibration is not None and _coder(row) == calibration.coder
        there = of is not None and calibration is not None and of == calibration.fingerprint
        if there if wanted else of is None:
            continue
        found.append(row.report)
    return found


def _derived(db: Connection) -> dict[str, str]:
    """The fingerprints of the settings of derived codings, each with that of its calibration."""
    rows = db.execute(select(settings.c.fingerprint, settings.c.form))
    return {row.fingerprint: str(row.form[_BY]) for row in rows if _BY in row.form}


def _bounds(db: Connection) -> dict[str, float]:
    """The chance from which on a row was shown, by the fingerprint of the settings."""
    rows = db.execute(select(settings.c.fingerprint, settings.c.form))
    return {row.fingerprint: float(row.form["at_least"]) for row in rows if "at_least" in row.form}


def _own(derived: Mapping[str, str], report: int) -> Select[Any]:
    """The number of a report's newest coding that the machine itself made."""
    made = select(codings.c.number).where(
        codings.c.report == report, codings.c.settings.not_in((BY_HAND, BLIND, *derived))
    )
    return made.order_by(codings.c.turn.desc()).limit(1)


def _own_of(derived: Mapping[str, str], batch: Sequence[int]) -> Select[Any]:
    """The same of several reports, whole, in the order of the reports."""
    made = codings.c.settings.not_in((BY_HAND, BLIND, *derived))
    newest = (
        select(codings.c.report, func.max(codings.c.turn).label("turn"))
        .where(codings.c.report.in_(batch), made)
        .group_by(codings.c.report)
        .subquery()
    )
    return (
        select(codings.c.form, codings.c.report, codings.c.settings.label("made_by"), reports.c.id)
        .join(newest, (newest.c.report == codings.c.report) & (newest.c.turn == codings.c.turn))
        .join(reports, reports.c.number == codings.c.report)
        .order_by(codings.c.report)
    )


def _whole(number: Select[Any]) -> Select[Any]:
    return (
        select(codings.c.form, codings.c.report, codings.c.settings.label("made_by"), reports)
        .join(reports, reports.c.number == codings.c.report)
        .where(codings.c.number == number.scalar_subquery())
    )


def _coder(row: Row[Any]) -> CoderInfo:
    return CoderInfo(row.coder, row.version, row.codebook, row.model)


def _fingerprint(record: Mapping[str, str]) -> str:
    text = json.dumps(record, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
