"""The reports of a shard, read from its pieces after each was found to be as the manifest says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import IO

from dateline.engine.shards.cutting import hash_of_groups
from dateline.engine.shards.manifest import Manifest, Piece, Shard
from dateline.engine.shards.places import at_hand, place_of
from dateline.errors import IntakeError, ManifestError
from dateline.intake import Failure
from dateline.intake.columnar.parquet import opened
from dateline.intake.paths import read_stream
from dateline.model import Report


def items(shard: Shard, manifest: Manifest) -> Iterator[Report | Failure]:
    """What a shard holds, in order. Raises :class:`ManifestError` where its input has changed or is gone."""
    for piece in shard.pieces:
        try:
            yield from _read(piece, manifest)
        except OSError as error:
            why = error.strerror or str(error)
            raise ManifestError(
                f"{piece.path} cannot be read ({why})", "bring it back, and run the same again"
            ) from error


def _read(piece: Piece, manifest: Manifest) -> Iterator[Report | Failure]:
    if piece.part == "file":
        with at_hand(piece.path) as path, path.open("rb") as file:
            digest = sha256()
            while block := file.read(1 << 20):
                digest.update(block)
            _check(piece, digest.hexdigest())
            file.seek(0)
            yield from _of_stream(file, piece, manifest)
        return
    with place_of(piece.path).open(piece.path) as file:
        data = _lines(file, piece) if piece.part == "lines" else _groups(file, piece)
    for item in _of_stream(BytesIO(data), piece, manifest):
        shift = isinstance(item, Failure) and item.line is not None
        yield replace(item, line=item.line + piece.before) if shift else item  # type: ignore[arg-type, operator, union-attr]


def _lines(file: IO[bytes], piece: Piece) -> bytes:
    file.seek(piece.start)
    data = file.read(piece.end - piece.start)
    _check(piece, sha256(data).hexdigest())
    return data


def _groups(file: IO[bytes], piece: Piece) -> bytes:
    """The row groups of a piece as a Parquet file of their own."""
    from pyarrow import parquet

    try:
        whole = opened(file)
        groups = range(piece.start, min(piece.end, whole.metadata.num_row_groups))
        _check(piece, hash_of_groups(file, whole.metadata, groups.start, groups.stop))
        out = BytesIO()
        parquet.write_table(whole.read_row_groups(list(groups)), out)
    except IntakeError as error:
        raise ManifestError(f"{piece.path}: {error.error}", error.mend) from error
    return out.getvalue()


def _of_stream(file: IO[bytes], piece: Piece, manifest: Manifest) -> Iterator[Report | Failure]:
    return read_stream(file, path=piece.path, name=piece.name, limits=manifest.limits, **dict(manifest.meta))


def _check(piece: Piece, digest: str) -> None:
    if digest != piece.sha256:
        raise ManifestError(
            f"{piece.path} is not as it was when the manifest was made",
            "bring it back as it was, or make a manifest in another folder",
        )
