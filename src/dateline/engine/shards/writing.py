"""What a shard comes to: its codings in a file that is there whole or not at all, then a marker that says so."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dateline.engine.shards.manifest import Manifest, Shard
from dateline.engine.shards.places import place_of, read_whole, written
from dateline.errors import MissingPartError
from dateline.export.safe import json_line
from dateline.form import to_json
from dateline.intake import Failure
from dateline.model import Coding

_ROWS = 500
"""Codings of a row group."""


@dataclass(frozen=True, slots=True)
class CodedRow:
    """A coded report as a row of Parquet: what is known of it, how many events it tells of, and the whole as JSON."""

    id: str
    url: str | None
    publisher: str | None
    title: str | None
    published: str | None
    language: str | None
    sha256: str | None
    events: int
    coding: str


@dataclass(frozen=True, slots=True)
class Marker:
    """That a shard is done: what was written, by its SHA-256, and how much. ``failures`` are what gave no coding."""

    shard: int
    output: str
    bytes: int
    sha256: str
    reports: int
    events: int
    failures: tuple[Failure, ...] = ()

    @property
    def items(self) -> int:
        """Everything that the shard holds."""
        return self.reports + len(self.failures)


def marker_of(shard: Shard, manifest: Manifest) -> Marker | None:
    """The marker of a shard; None where it is not done, or what it tells of is not there."""
    data = read_whole(manifest.marker(shard))
    try:
        values: dict[str, Any] = json.loads(data or b"")
        values["failures"] = tuple(Failure(**failure) for failure in values["failures"])
        found = Marker(**values)
    except (ValueError, KeyError, TypeError):
        return None
    output = manifest.output(shard)
    return found if place_of(output).size(output) == found.bytes else None


class ShardWriter:
    """Writes one shard. Without :meth:`finish` nothing is left of it."""

    def __init__(self, shard: Shard, manifest: Manifest) -> None:
        self._shard, self._manifest = shard, manifest
        self._target = manifest.output(shard)
        self._place = place_of(self._target)
        self._file = self._place.beside(self._target)
        self._out: _Lines | _Table = _Lines(self._file) if manifest.written == "jsonl" else _Table(self._file)
        self._reports = self._events = 0
        self._failures: list[Failure] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._out.close()
        self._file.unlink(missing_ok=True)

    def add(self, outcome: Coding | Failure) -> None:
        """Add what one item of the shard came to."""
        if isinstance(outcome, Failure):
            self._failures.append(outcome)
            return
        self._reports += 1
        self._events += len(outcome.events)
        self._out.add(outcome)

    def finish(self) -> Marker:
        """Give the output its name, and then say so."""
        self._out.close()
        digest, size = sha256(), 0
        with self._file.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
                size += len(block)
        self._place.put(self._file, self._target)
        marker = Marker(
            self._shard.number,
            self._target.rsplit("/", 1)[-1],
            size,
            digest.hexdigest(),
            self._reports,
            self._events,
            tuple(self._failures),
        )
        told = json.dumps(asdict(marker), ensure_ascii=False, indent=1) + "\n"
        written(self._manifest.marker(self._shard), told.encode("utf-8", "backslashreplace"))
        return marker


class _Lines:
    """A coded report a line, as ``dateline code -f jsonl`` writes it."""

    def __init__(self, file: Path) -> None:
        self._out = file.open("w", encoding="utf-8", newline="")

    def add(self, coding: Coding) -> None:
        self._out.write(json_line(to_json(coding)) + "\n")

    def close(self) -> None:
        self._out.close()


class _Table:
    """A :class:`CodedRow` a coded report."""

    def __init__(self, file: Path) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError:
            raise MissingPartError(
                'Parquet is written by pyarrow, which is not installed; to install it: pip install "dateline[parquet]"'
            ) from None
        kinds = {field.name: pyarrow.int32() if field.type == "int" else pyarrow.string() for field in fields(CodedRow)}
        self._schema = pyarrow.schema(kinds)
        self._table = pyarrow.Table
        self._out = parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._rows: list[dict[str, object]] = []

    def add(self, coding: Coding) -> None:
        report = coding.report
        row = CodedRow(
            report.id,
            report.url,
            report.publisher,
            report.title,
            report.published,
            report.language,
            report.sha256,
            len(coding.events),
            to_json(coding),
        )
        self._rows.append(asdict(row))
        if len(self._rows) == _ROWS:
            self._write()

    def _write(self) -> None:
        self._out.write_table(self._table.from_pylist(self._rows, schema=self._schema))
        self._rows = []

    def close(self) -> None:
        if self._rows:
            self._write()
        self._out.close()
