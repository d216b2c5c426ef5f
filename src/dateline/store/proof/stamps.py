"""Time stamps over the evidence of a project: that these bytes were there at that time, by somebody who is not we.

What is stamped is a manifest, a list of the hashes of all evidence that no stamp is over yet: one question to the
service, however much is new, and the service learns no more than one hash. A manifest is what ``sha256sum -c`` checks
in the folder of the evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select

from dateline.errors import MissingPartError, StoreError
from dateline.store.kept.evidence import Flaw
from dateline.store.proof.tokens import QUERY, checked, query
from dateline.store.tables import evidence, log, stamped, stamps

if TYPE_CHECKING:
    from dateline.store.project import Project

Post = Callable[[str, bytes, str], bytes]
"""What an address answers to bytes of a media type."""


def manifest_of(names: Iterable[str]) -> str:
    """The text that is stamped: the hash of each piece of evidence and its file, as ``sha256sum`` has them."""
    return "".join(f"{name}  {name[:2]}/{name}\n" for name in sorted(names))


def stamp(project: Project, service: str, roots: str, post: Post) -> tuple[int, str | None]:
    """Have a service stamp all evidence that no stamp is over yet: how much that was, and the time of the stamp.

    Kept is only what is checked, against the certificates ``roots`` (PEM). Raises :class:`StoreError`.
    """
    with project.database.reading() as db:
        names = _unstamped(db)
    if not names:
        return 0, None
    manifest = manifest_of(names)
    asked = query(manifest)
    answer = post(service, asked.as_bytes(), QUERY)
    time = checked(answer, manifest, roots, asked.nonce)
    with project.database.writing() as db:
        now = project.now()
        done = db.execute(
            insert(stamps).values(service=service, time=time, manifest=manifest, answer=answer, roots=roots, added=now)
        )
        number = int(done.inserted_primary_key[0])  # type: ignore[index]
        db.execute(insert(stamped), [{"sha256": name, "stamp": number} for name in names])
        details = {"time": time, "service": service, "evidence": len(names)}
        db.execute(insert(log).values(made=now, who="dateline", what="stamped", about=str(number), details=details))
    return len(names), time


def certificates(project: Project) -> str:
    """The certificates that stamps are checked against, by the settings, in PEM. Raises :class:`StoreError`."""
    named = project.settings.timestamps.certificates
    if named is None:
        raise StoreError('dateline.toml names no certificates; write under [timestamps]: certificates = "FILE.pem"')
    path = project.folder / named
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path} cannot be read ({error}); save the service's certificates there (PEM)") from error


def _unstamped(db: Connection) -> list[str]:
    there = select(stamped.c.stamp).where(stamped.c.sha256 == evidence.c.sha256)
    return list(db.execute(select(evidence.c.sha256).where(~there.exists()).order_by(evidence.c.sha256)).scalars())


def unsound(db: Connection) -> Iterator[Flaw]:
    """The stamps that do not hold any more, and evidence that a stamp is said to be over and that its list lacks."""
    for row in db.execute(select(stamps).order_by(stamps.c.number)).all():
        name = f"time stamp {row.number}"
        try:
            time = checked(row.answer, row.manifest, row.roots)
        except (StoreError, MissingPartError) as error:
            yield Flaw(name, str(error))
            continue
        if time != row.time:
            yield Flaw(name, f"it vouches for {time}, and the database says {row.time}; restore a copy")
        over = select(stamped.c.sha256).where(stamped.c.stamp == row.number)
        if manifest_of(db.execute(over).scalars()) != row.manifest:
            yield Flaw(name, "it is over other evidence than the database says; restore a copy")


def files(db: Connection, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The stamps over some evidence as files to hand over: what was stamped, the answer, the certificates."""
    wanted = select(stamped.c.stamp).where(stamped.c.sha256.in_(list(names))).distinct()
    for row in db.execute(select(stamps).where(stamps.c.number.in_(wanted)).order_by(stamps.c.number)).all():
        yield f"stamps/{row.number}.manifest.txt", row.manifest.encode()
        yield f"stamps/{row.number}.tsr", row.answer
        yield f"stamps/{row.number}.certificates.pem", row.roots.encode()
