"""What the log keeps of releases: under which name each was cut, where it was written, and the hash of its hashes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from dateline.errors import ReleaseError
from dateline.store.project import Project
from dateline.store.review.chain import head
from dateline.store.tables import log

RELEASED = "released"
"""The verb of such a row of the log, which is about the release's name."""

Head = tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class Released:
    """A release that was cut. ``sha256`` is that of its file of hashes; the folder is from the project's."""

    name: str
    folder: str
    sha256: str


def releases(project: Project) -> tuple[Released, ...]:
    """The releases of a project, in the order in which they were cut."""
    with project.database.reading() as db:
        rows = db.execute(select(log.c.about, log.c.details).where(log.c.what == RELEASED).order_by(log.c.number))
        return tuple(Released(row.about, row.details["folder"], row.details["sha256"]) for row in rows)


def state_of(project: Project) -> Head:
    """The last row of the log: as long as it stays, nothing of the project has changed."""
    with project.database.reading() as db:
        return head(db)


def put_release(
    project: Project, made: Released, details: Mapping[str, Any], before: Head, who: str, publish: Callable[[], None]
) -> None:
    """Keep that a release was cut, and ``publish`` it: both, or neither.

    Raises :class:`ReleaseError` where the project is no longer as it was ``before``.
    """
    with project.database.writing() as db:
        if head(db) != before:
            raise ReleaseError(
                "the project changed while the release was cut", "stop what writes into it, and cut it again"
            )
        kept = {"folder": made.folder, "sha256": made.sha256, **details}
        db.execute(insert(log).values(made=project.now(), who=who, what=RELEASED, about=made.name, details=kept))
        publish()
