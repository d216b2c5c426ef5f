"""The chain over the log: each row's link is a hash of the row and of the link before it.

Who changes, takes out or puts in a row breaks every link after it. The last link, written down elsewhere, holds the
whole log fast.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, select, text

from dateline.store.databases.statements import FLOWING, sql
from dateline.store.review.tables import chain

_ROWS = sql(
    "SELECT l.number, c.link, raw(l.number), raw(l.made), raw(l.who), raw(l.what), raw(l.about), raw(l.details) "
    "FROM log l LEFT JOIN chain c ON c.number = l.number ORDER BY l.number"
)


_BROKEN = "is not what its chain says, so neither it nor a later row is vouched for"


def chained(before: bytes | None, *values: bytes | None) -> bytes:
    """The link of a row of the log, of the link before it (None: it is the first) and the row's values as bytes."""
    digest = sha256(before or b"")
    for value in values:
        digest.update(b"-" if value is None else b"%d:%b" % (len(value), value))
    return digest.digest()


def head(db: Connection) -> tuple[int, str] | None:
    """The number of the log's last row and its link in hexadecimal digits; None for an empty log."""
    row = db.execute(select(chain.c.number, chain.c.link).order_by(chain.c.number.desc()).limit(1)).first()
    return row and (row.number, row.link.hex())


def broken(db: Connection) -> Iterator[str]:
    """Where the chain does not hold, in words: nothing where it does."""
    before: bytes | None = None
    with db.execute(_ROWS, execution_options=FLOWING) as rows:
        for number, link, *values in rows:
            before = chained(before, *values)
            if link != before:
                yield f"row {number} of the log {_BROKEN}"
                return
    last = db.execute(text("SELECT max(number) FROM log")).scalar_one()
    for number in db.execute(select(chain.c.number).where(chain.c.number > (last or 0))).scalars():
        yield f"row {number} of the log is gone"
