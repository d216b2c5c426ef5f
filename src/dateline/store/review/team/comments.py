"""What people say of a report, a row or an event. Nothing is taken away: who takes a comment back adds that they do.

An ``@`` before the name of an account calls upon that person.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Select, and_, insert, or_, select

from dateline.errors import NotAllowedError, ReviewError
from dateline.store.project import Project
from dateline.store.review.people import Person
from dateline.store.review.tables import comments
from dateline.store.review.team.assignments import blind_of
from dateline.store.tables import events, log, reports

Kind = Literal["report", "row", "event"]
KINDS: tuple[Kind, ...] = get_args(Kind)
COMMENTED, TAKEN_BACK = "commented", "comment taken back"
LONGEST = 4000
"""Characters of a comment."""
_CALL = re.compile(r"(?<![\w@.])@([\w.-]*\w)")


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said. ``about`` is the id of the report or event, or the key of the row; ``report`` that of the
    report (None: of an event). ``words`` is None where it was taken back. ``mentions`` are accounts.
    """

    number: int
    kind: Kind
    about: str
    who: str
    made: str
    words: str | None
    mentions: tuple[str, ...]
    answers: int | None

    @property
    def report(self) -> str | None:
        """The id of the report that it is about; None where it is about an event."""
        return report_of(self.kind, self.about)


def report_of(kind: str, about: str) -> str | None:
    """The id of the report that something is about; None for an event."""
    return None if kind == "event" else about.rpartition("#")[0] if kind == "row" else about


def comment(
    project: Project,
    kind: Kind,
    about: str,
    words: str,
    person: Person,
    *,
    names: Collection[str] = (),
    answers: int | None = None,
) -> Comment:
    """Say something; kept before this returns. ``names`` are the accounts that can be called upon.

    Raises :class:`ReviewError` for what there is not, for an answer to a comment on something else, and for a comment
    of no words or too many.
    """
    said = words.strip()
    if not said:
        raise ReviewError("the comment has no words; write some")
    if len(said) > LONGEST:
        raise ReviewError(f"the comment has {len(said):,} characters; write at most {LONGEST:,}")
    with project.database.writing() as db:
        _there(db, kind, about)
        if answers is not None:
            answered = _one(db, answers)
            if (answered.kind, answered.about) != (kind, about):
                raise ReviewError(f"comment {answers} is about something else; answer it there")
        called = tuple(dict.fromkeys(name for name in calls(said) if name in names))
        now = project.now()
        row = {"kind": kind, "about": about, "who": person.shown, "made": now, "words": said, "answers": answers}
        done = db.execute(insert(comments).values(mentions=list(called), withdraws=None, **row))
        number = int(done.inserted_primary_key[0])  # type: ignore[index]
        details = {"comment": number, "kind": kind, "mentions": list(called), "answers": answers}
        db.execute(insert(log).values(made=now, who=person.shown, what=COMMENTED, about=about, details=details))
    return Comment(number, kind, about, person.shown, now, said, called, answers)


def take_back(project: Project, number: int, person: Person) -> None:
    """Take back a comment of one's own; an admin may take back any. That there was one stays to be seen."""
    with project.database.writing() as db:
        one = _one(db, number)
        if one.who != person.shown and not person.may("admin"):
            raise NotAllowedError(f"comment {number} is {one.who}'s; only they and admins can take it back")
        if one.words is None:
            raise ReviewError(f"comment {number} was taken back before")
        now = project.now()
        row = {"kind": one.kind, "about": one.about, "who": person.shown, "made": now, "words": "", "mentions": []}
        db.execute(insert(comments).values(withdraws=number, answers=None, **row))
        details = {"comment": number, "kind": one.kind}
        db.execute(insert(log).values(made=now, who=person.shown, what=TAKEN_BACK, about=one.about, details=details))


def comments_on(project: Project, person: Person, kind: Kind, about: str) -> tuple[Comment, ...]:
    """What was said of something, the oldest first; of a report also what was said of its rows.

    Who codes the report blind sees their own comments alone until the others are done.
    """
    with project.database.reading() as db:
        query = _standing().where(comments.c.kind == kind, comments.c.about == about)
        if kind == "report":
            start, end = f"{about}#", f"{about}$"  # "$" comes after "#": all keys of rows of the report
            of_rows = and_(comments.c.kind == "row", comments.c.about >= start, comments.c.about < end)
            itself = and_(comments.c.kind == kind, comments.c.about == about)
            query = _standing().where(or_(itself, of_rows))
        read = [_read(row) for row in db.execute(query.order_by(comments.c.number))]
        found = [one for one in read if about in {one.about, one.report}]
        report = report_of(kind, about)
        if report is not None and report in hidden_reports(db, person):
            found = [one for one in found if one.who == person.shown]
    return tuple(found)


def comment_of(project: Project, number: int, person: Person) -> Comment:
    """The comment of a number. Raises :class:`ReviewError` where there is none that the person may see."""
    with project.database.reading() as db:
        one = _one(db, number)
        if one.who != person.shown and one.report is not None and one.report in hidden_reports(db, person):
            raise ReviewError(f"there is no comment {number}")
    return one


def hidden_reports(db: Connection, person: Person) -> frozenset[str]:
    """The ids of the reports of which somebody does not see what others said: those that they code blind."""
    return frozenset(blind_of(db, person.name).values())


def hidden_from(project: Project, person: Person) -> frozenset[str]:
    """The same, on a connection of its own."""
    with project.database.reading() as db:
        return hidden_reports(db, person)


def calls(words: str) -> tuple[str, ...]:
    """The names behind an ``@``, as they stand there; an address of mail has none."""
    return tuple(found[1].casefold() for found in _CALL.finditer(words))


def _there(db: Connection, kind: str, about: str) -> None:
    if kind not in KINDS:
        raise ReviewError(f"nothing is said of a {kind!r}; comments are about a {' or '.join(KINDS)}")
    table = events if kind == "event" else reports
    if db.execute(select(table.c.id).where(table.c.id == (report_of(kind, about) or about))).first() is None:
        raise ReviewError(f"there is no {kind} {about[:80]!r} in the project")


def _standing() -> Select[Any]:
    """Comments, each with the one that takes it back; those that take back are not among them."""
    back = comments.alias("back")
    taken = select(back.c.number).where(back.c.withdraws == comments.c.number).limit(1).scalar_subquery()
    return select(comments, taken.label("back")).where(comments.c.withdraws.is_(None))


def _one(db: Connection, number: int) -> Comment:
    row = db.execute(_standing().where(comments.c.number == number)).first()
    if row is None:
        raise ReviewError(f"there is no comment {number}")
    return _read(row)


def _read(row: Any) -> Comment:
    words = None if row.back is not None else row.words
    mentions = () if row.back is not None else tuple(row.mentions)
    return Comment(row.number, row.kind, row.about, row.who, row.made, words, mentions, row.answers)
