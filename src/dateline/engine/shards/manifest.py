"""The manifest: how much is coded by what, cut into shards, each with the hash and the bounds of what it is read from.

It is a file of JSON Lines in the folder that the shards are written to: a first line on the whole, then a line a shard.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from dateline.engine.coder import Coder
from dateline.engine.shards.places import joined, read_whole, written
from dateline.errors import ManifestError
from dateline.form import plain
from dateline.intake import Limits
from dateline.model import CoderInfo
from dateline.settings import CoderSettings

NAME = "manifest.jsonl"
FORM = 1

Part = Literal["file", "lines", "groups"]
"""What a piece is: a file, whole; a range of bytes of one, of whole lines; a range of a Parquet file's row groups."""
Written = Literal["jsonl", "parquet"]
"""What shards are written as."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a shard reads of one file.

    ``sha256`` is that of the bytes of the piece, ``start`` and ``end`` are half-open, in bytes for lines and in row
    groups for groups. ``before`` are the lines or rows of the file that come before it. ``name`` is what the report of
    a file that holds one alone is called.
    """

    path: str
    name: str
    part: Part
    sha256: str
    start: int = 0
    end: int = 0
    before: int = 0


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of the input that is coded and written by itself; ``reports`` is None where only reading it tells."""

    number: int
    pieces: tuple[Piece, ...]
    reports: int | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """All shards, and what they are coded by."""

    folder: str
    coder: CoderInfo
    fingerprint: str
    """That of the settings and of every file that was read for the coder: see :class:`SettingsRecord`."""
    settings: CoderSettings
    limits: Limits
    written: Written
    meta: tuple[tuple[str, str], ...] = ()
    """What the caller knows of the reports: their publisher, their day of publication."""
    shards: tuple[Shard, ...] = field(default=(), repr=False)

    def output(self, shard: Shard) -> str:
        """Where a shard is written to."""
        return joined(self.folder, f"{shard.number:06d}.{self.written}")

    def marker(self, shard: Shard) -> str:
        """Where it is told that a shard is done."""
        return joined(self.folder, f"{shard.number:06d}.done.json")

    def check(self, coder: Coder) -> None:
        """Raise :class:`ManifestError` where a coder is not the one that the manifest was made for."""
        if coder.info != self.coder:
            raise ManifestError(
                f"the manifest is for the coder {told(self.coder)}, and here is {told(coder.info)}",
                "install that version, or make a manifest in another folder: shards of two would be mixed",
            )
        if fingerprint(self.settings, coder) != self.fingerprint:
            raise ManifestError(
                "a file that the coder is made of has changed since the manifest was made",
                "bring it back, or make a manifest in another folder: shards of two would be mixed",
            )

    def chosen(self, given: Sequence[str]) -> tuple[Shard, ...]:
        """The shards that are given: ``N``, or ``N/M`` for each whose number leaves N when it is divided by M."""
        numbers: set[int] = set()
        for words in given:
            at, slash, of = words.partition("/")
            whole = len(self.shards)
            if not at.isdecimal() or (slash and (not of.isdecimal() or int(at) >= int(of))):
                raise ManifestError(f"{words!r} names no shard", "write a number, or N/M for every M-th from N on")
            if not slash and int(at) >= whole:
                raise ManifestError(f"there is no shard {words}", f"the shards are numbered from 0 to {whole - 1}")
            numbers.update(range(int(at), whole, int(of)) if slash else (int(at),))
        return tuple(shard for shard in self.shards if not given or shard.number in numbers)


def told(info: CoderInfo) -> str:
    """Who codes, in a few words."""
    return f"{info.name} {info.version} ({', '.join(part for part in (info.codebook, info.model) if part)})"


def fingerprint(settings: CoderSettings, coder: Coder) -> str:
    """What the settings and the files of a coder come to."""
    return settings.record(coder.files).fingerprint


def write_manifest(manifest: Manifest) -> None:
    """Put it into its folder. Raises :class:`ManifestError` where another one is there; the same again is none."""
    head = {
        "form": FORM,
        "shards": len(manifest.shards),
        "written": manifest.written,
        "coder": plain(manifest.coder),
        "fingerprint": manifest.fingerprint,
        "settings": _settings(manifest.settings),
        "limits": {bound.name: getattr(manifest.limits, bound.name) for bound in fields(Limits)},
        "meta": dict(manifest.meta),
    }
    lines = [head, *({"pieces": plain(shard.pieces), "reports": shard.reports} for shard in manifest.shards)]
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode("utf-8", "surrogateescape")
    path = joined(manifest.folder, NAME)
    there = read_whole(path)
    if there == data:
        return
    if there is not None:
        raise ManifestError(
            f"{path} is there, of other reports or for another coder",
            "go on with it: dateline shards run; or name another folder",
        )
    written(path, data)


def read_manifest(folder: str) -> Manifest:
    """The manifest of a folder. Raises :class:`ManifestError` where there is none that can be used."""
    path = joined(folder, NAME)
    data = read_whole(path)
    if data is None:
        raise ManifestError(f"{folder} holds no manifest", f"make one: dateline shards make PATH -o {folder}")
    try:
        head, *lines = (json.loads(line) for line in data.decode("utf-8", "surrogateescape").splitlines())
        if head["form"] != FORM or len(lines) != head["shards"] or head["written"] not in get_args(Written):
            raise ValueError("its first line does not fit the rest")
        return Manifest(
            folder,
            CoderInfo(**head["coder"]),
            head["fingerprint"],
            CoderSettings(**head["settings"]),
            Limits(**head["limits"]),
            head["written"],
            tuple(head["meta"].items()),
            tuple(
                Shard(number, tuple(Piece(**piece) for piece in line["pieces"]), line["reports"])
                for number, line in enumerate(lines)
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError(f"{path} cannot be read ({error})", "make it anew in another folder") from error


def _settings(settings: CoderSettings) -> dict[str, Any]:
    """Settings as JSON values; every path from the root, for whoever codes in another folder."""
    found = settings.within(Path.cwd())
    return {
        **asdict(found),
        "codebook": str(found.codebook),
        "authority": None if found.authority is None else str(found.authority),
        "gazetteer": list(map(str, found.gazetteer)),
        "lexicon": list(map(str, found.lexicon)),
    }
