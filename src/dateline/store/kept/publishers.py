"""The list of publishers of a project: who owns an outlet, and what its interest is in what it reports."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import get_args

from dateline.errors import StoreError
from dateline.link.model import Interest, Source

COLUMNS = ("publisher", "owner", "interest")
INTERESTS: tuple[Interest, ...] = get_args(Interest)


class Publishers:
    """Sources by the name of their publisher, without regard to case."""

    def __init__(self, known: Mapping[str, Source]) -> None:
        self._known = known

    @classmethod
    def read(cls, path: Path | None) -> Publishers:
        """The list in a CSV file; an absent one is empty. Raises :class:`StoreError` with line and mend."""
        if path is None or not path.exists():
            return cls({})
        seen = path.stat()
        return cls(_known(path, seen.st_ino, seen.st_mtime_ns, seen.st_size))

    def source(self, publisher: str | None) -> Source:
        """The source that a publisher is; one that the list lacks has no owner, and an unknown interest."""
        return self._known.get((publisher or "").strip().casefold(), Source(publisher))


@lru_cache(8)
def _known(path: Path, *state: int) -> Mapping[str, Source]:
    """What the file holds in a state: it is asked for with every decision, and hardly ever changes."""
    del state
    known: dict[str, Source] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if rows.fieldnames is None or "publisher" not in rows.fieldnames:
                raise StoreError(f"{path}:1: the columns are {', '.join(COLUMNS)}; write that as the first line")
            for row in rows:
                name = (row["publisher"] or "").strip()
                interest = (row.get("interest") or "").strip() or "unknown"
                if not name:
                    raise StoreError(f"{path}:{rows.line_num}: the row names no publisher; name it or delete the row")
                if interest not in INTERESTS:
                    known_ones = ", ".join(INTERESTS)
                    raise StoreError(f"{path}:{rows.line_num}: {interest!r} is no interest; write {known_ones}")
                known[name.casefold()] = Source(name, (row.get("owner") or "").strip() or None, interest)
    except UnicodeDecodeError as error:
        raise StoreError(f"{path} is not UTF-8 ({error.reason}); save it as CSV in UTF-8") from error
    except csv.Error as error:
        raise StoreError(f"{path} is no CSV table ({error})") from error
    return known
