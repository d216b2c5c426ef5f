"""Cutting what is to be coded into shards.

JSON Lines are cut between lines, Parquet between row groups. Other files stay whole: small ones share a shard, and one
that holds many reports, such as an archive of the web, has its own, as what it says first holds for the rest of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from dateline.engine.coder import Coder
from dateline.engine.shards.manifest import Manifest, Piece, Shard, Written, fingerprint
from dateline.engine.shards.places import absolute, is_remote, place_of, remote_names
from dateline.errors import IntakeError, ManifestError
from dateline.files.names import name_as_text
from dateline.intake import Failure, Limits
from dateline.intake.columnar.parquet import opened
from dateline.intake.folders.listing import holds_many, listing
from dateline.intake.registry import readers
from dateline.settings import CoderSettings

REPORTS = 500
"""Reports of a shard, where nobody says another number: some minutes of work, which is what a stop may cost."""
BYTES = 16_000_000
"""Bytes from which on a shard has enough, however few reports they are."""
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class _Cut:
    """A piece with what it holds; ``alone`` where it fills a shard."""

    piece: Piece
    reports: int | None
    size: int
    alone: bool = False


def cut(
    paths: Iterable[str],
    folder: str,
    coder: Coder,
    settings: CoderSettings,
    limits: Limits,
    *,
    written: Written = "jsonl",
    reports: int = REPORTS,
    meta: tuple[tuple[str, str], ...] = (),
) -> Manifest:
    """The manifest for files, folders and addresses of object stores, in their order, with so many reports a shard.

    All of the input is read once, for its hashes. Raises :class:`ManifestError` where something is not there, or is an
    address of the web.
    """
    pieces = (piece for path in paths for file, name in _files(path, folder) for piece in _cuts(file, name, reports))
    return Manifest(
        absolute(folder),
        coder.info,
        fingerprint(settings, coder),
        settings,
        limits,
        written,
        meta,
        tuple(Shard(n, *packed) for n, packed in enumerate(_packed(pieces, reports))),
    )


def _files(path: str, folder: str) -> Iterator[tuple[str, str]]:
    """The files of a path with what the report of each is called, in order."""
    if is_remote(path):
        names = remote_names(path)
        if not names:
            raise ManifestError(f"there is nothing at {path}", "check the address")
        for name in names:
            yield name, name.removeprefix(path).strip("/") or name.rsplit("/", 1)[-1]
        return
    root = Path(path)
    if not root.exists():
        raise ManifestError(f"{path} is not there", "check the name")
    if root.is_file():
        yield absolute(path), name_as_text(root.name)
        return
    own = Path(folder).resolve()
    for file in listing(root, readers()).files:
        if isinstance(file, Failure):
            raise ManifestError(file.error, file.mend)
        if not file.resolve().is_relative_to(own):
            yield absolute(str(file)), name_as_text(file.relative_to(root).as_posix())


def _cuts(path: str, name: str, reports: int) -> Iterator[_Cut]:
    """The pieces of a file."""
    with place_of(path).open(path) as file:
        if name.lower().endswith((".jsonl", ".ndjson")) and not file.read(2).startswith(b"\x1f\x8b"):
            file.seek(0)
            yield from _lines(file, path, name, reports)
        elif name.lower().endswith(".parquet"):
            yield from _groups(file, path, name, reports)
        else:
            file.seek(0)
            digest, size = sha256(), 0
            while block := file.read(_BLOCK):
                digest.update(block)
                size += len(block)
            many = holds_many(name)
            yield _Cut(Piece(path, name, "file", digest.hexdigest()), None if many else 1, size, alone=many)


def _lines(file: IO[bytes], path: str, name: str, reports: int) -> Iterator[_Cut]:
    start = end = before = lines = held = 0
    digest = sha256()
    for line in file:
        lines, held, end = lines + 1, held + bool(line.strip()), end + len(line)
        digest.update(line)
        if held >= reports or end - start >= BYTES:
            yield _Cut(Piece(path, name, "lines", digest.hexdigest(), start, end, before), held, end - start)
            start, before, held, digest = end, lines, 0, sha256()
    if end > start:
        yield _Cut(Piece(path, name, "lines", digest.hexdigest(), start, end, before), held, end - start)


def _groups(file: IO[bytes], path: str, name: str, reports: int) -> Iterator[_Cut]:
    try:
        about = opened(file).metadata
    except IntakeError as error:
        raise ManifestError(f"{path}: {error.error}", error.mend) from error
    first = before = rows = size = 0
    for group in range(about.num_row_groups):
        rows += about.row_group(group).num_rows
        size += about.row_group(group).total_byte_size
        if rows >= reports or size >= BYTES or group + 1 == about.num_row_groups:
            digest = hash_of_groups(file, about, first, group + 1)
            yield _Cut(Piece(path, name, "groups", digest, first, group + 1, before), rows, size)
            first, before, rows, size = group + 1, before + rows, 0, 0


def hash_of_groups(file: IO[bytes], about: object, first: int, last: int) -> str:
    """The SHA-256 of the bytes in which row groups of a Parquet file lie, by what the file says ``about`` itself."""
    digest = sha256()
    for group in range(first, last):
        row_group = about.row_group(group)  # type: ignore[attr-defined]
        for n in range(row_group.num_columns):
            column = row_group.column(n)
            start = column.dictionary_page_offset or column.data_page_offset
            file.seek(start)
            digest.update(file.read(column.total_compressed_size))
    return digest.hexdigest()


def _packed(cuts: Iterable[_Cut], most: int) -> Iterator[tuple[tuple[Piece, ...], int | None]]:
    """The pieces of each shard, and how many reports they hold."""
    open_: list[_Cut] = []

    def closed() -> tuple[tuple[Piece, ...], int | None]:
        found = tuple(cut.piece for cut in open_), sum(cut.reports or 0 for cut in open_)
        open_.clear()
        return found

    for one in cuts:
        if one.alone:
            if open_:
                yield closed()
            yield (one.piece,), one.reports
            continue
        if open_ and sum(cut.reports or 0 for cut in open_) + (one.reports or 0) > most:
            yield closed()
        open_.append(one)
        if sum(cut.reports or 0 for cut in open_) >= most or sum(cut.size for cut in open_) >= BYTES:
            yield closed()
    if open_:
        yield closed()
