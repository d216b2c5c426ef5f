"""Evidence: the bytes as they were retrieved, in files named by their SHA-256, never changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dateline.store.faults import of_system

PART = ".part-"
"""How the names of files begin that are being written."""

ABANDONED_SECONDS = 3600
"""How long ago a half-written file was last written to when nobody is writing it any more."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is not as it was kept: a piece of evidence, or a row of the database."""

    name: str
    what: str

    def __str__(self) -> str:
        return f"{self.name}: {self.what}"


class EvidenceFolder:
    """A folder of evidence: ``ab/abcd...`` holds the bytes whose SHA-256 is ``abcd...``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._swept = False

    def path(self, sha256: str) -> Path:
        """Where the bytes of that name are, or would be."""
        return self.folder / sha256[:2] / sha256

    def keep(self, data: bytes) -> str:
        """Write bytes, whole or not at all, and return their name; bytes that are there already are not written.

        A file of that name with other bytes is damaged: it is replaced. Raises :class:`StoreError` where the system
        does not let it.
        """
        name = hashlib.sha256(data).hexdigest()
        try:
            if not self._swept:
                self._sweep()
            if not _is_file_of(self.path(name), data):
                self._write(data, self.path(name))
        except OSError as error:
            raise of_system(self.folder, error) from error
        return name

    def _write(self, data: bytes, target: Path) -> None:
        if not target.parent.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _sync(self.folder.parent)
            _sync(self.folder)
        handle, temporary = tempfile.mkstemp(prefix=PART, dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            # Evidence is read-only, so that no editor changes it by mistake.
            Path(temporary).chmod(0o444)
            Path(temporary).replace(target)
            _sync(target.parent)
        finally:
            Path(temporary).unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Remove what processes that were killed have left half written; what one may be writing now stays."""
        self._swept = True
        for part in self.folder.glob(f"*/{PART}*"):
            with suppress(FileNotFoundError):  # another process sweeps too
                if part.stat().st_mtime < time.time() - ABANDONED_SECONDS:
                    part.unlink()

    def read(self, sha256: str) -> bytes:
        """The bytes of that name. Raises :class:`FileNotFoundError`."""
        return self.path(sha256).read_bytes()

    def verify(self, names: Iterable[str]) -> Iterator[Flaw]:
        """What is wrong with the evidence of these names, where one bit is enough; and what else is in the folder."""
        known = set(names)
        for name in sorted(known):
            try:
                found = hashlib.sha256(self.read(name)).hexdigest()
            except FileNotFoundError:
                yield Flaw(f"evidence {name}", "its file is missing; put it back from a copy")
                continue
            except OSError as error:
                yield Flaw(f"evidence {name}", f"its file cannot be read ({error.strerror or error}); check its rights")
                continue
            if found != name:
                yield Flaw(f"evidence {name}", "its bytes have changed; put it back from a copy")
        for path in sorted(self.folder.glob("*/*")):
            if path.name not in known and not path.name.startswith(PART):
                yield Flaw(f"evidence {path.name}", "no row names it; add its file again, or restore a newer database")


def _is_file_of(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _sync(folder: Path) -> None:
    """Bring a folder's list of files to the disk, where the system can: a file that no list names is lost."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
