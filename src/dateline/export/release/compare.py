"""What changed between two releases: events that were added, that say something else, and that gave way."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from dateline.errors import ReleaseError
from dateline.export.release.folder import Folder, csv_path
from dateline.export.release.model import Change, Difference
from dateline.export.tables.arrow import BATCH, library
from dateline.store.whole.events import Life


def compare_releases(before: Folder, after: Folder) -> Difference:
    """What changed from one release to another. Raises :class:`ReleaseError` where one cannot be read."""
    return compare_events(before, after.path, after.name)


def compare_events(before: Folder | None, after: Path, name: str) -> Difference:
    """What changed from a release, or from nothing, to the events in a folder that may still be on its way."""
    new = _events(after)
    ids = new.column("event").to_pylist()
    if before is None:
        return Difference(None, name, tuple(Change(id, "added") for id in sorted(ids)), 0)
    old = _events(before.path)
    at = {id: n for n, id in enumerate(old.column("event").to_pylist())}
    shared = [column for column in new.column_names if column in old.column_names and not _is_of_life(column)]
    apart = sorted(set(old.column_names).symmetric_difference(new.column_names))
    found = [Change(id, "added") for id in ids if id not in at]
    there = [id for id in ids if id in at]
    places = {id: n for n, id in enumerate(ids)}
    for some in (there[n : n + BATCH] for n in range(0, len(there), BATCH)):
        ours, theirs = _rows(old, [at[id] for id in some], shared), _rows(new, [places[id] for id in some], shared)
        for id, one, other in zip(some, ours, theirs, strict=True):
            changed = tuple(column for column in shared if one[column] != other[column])
            found += [Change(id, "changed", changed)] if changed else []
    same = len(there) - sum(change.what == "changed" for change in found)
    heirs = _successors(after)
    found += [Change(id, "withdrawn", successors=heirs.get(id, ())) for id in at if id not in places]
    return Difference(before.name, name, tuple(sorted(found, key=lambda c: c.event)), same, tuple(apart))


def _is_of_life(column: str) -> bool:
    """Whether a column says what became of an event, and nothing of what happened."""
    return column in {field.name for field in fields(Life)} or column == "event"


def _events(folder: Path) -> Any:
    library()
    from pyarrow import ArrowException, parquet

    path = folder / "parquet" / "events.parquet"
    try:
        return parquet.read_table(path)
    except (OSError, ArrowException) as error:
        raise ReleaseError(f"{path} cannot be read ({error})", "check the release: sha256sum -c SHA256SUMS") from error


def _rows(table: Any, numbers: list[int], columns: list[str]) -> Iterator[dict[str, Any]]:
    yield from table.select(columns).take(numbers).to_pylist()


def _successors(folder: Path) -> dict[str, tuple[str, ...]]:
    path = folder / csv_path("withdrawn")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["event"]: tuple(json.loads(row["successors"])) for row in csv.DictReader(file)}
    except (OSError, ValueError, KeyError) as error:
        raise ReleaseError(f"{path} cannot be read ({error})", "check the release: sha256sum -c SHA256SUMS") from error
