"""Evidence: the bytes as they were retrieved, in files named by their SHA-256, never changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.store.faults import of_system


@dataclass(frozen=True, slots=True)
class Flaw:
    """Evidence that is not what its name says: missing, or changed."""

    sha256: str
    what: str

    def __str__(self) -> str:
        return f"evidence {self.sha256}: {self.what}"


class EvidenceFolder:
    """A folder of evidence: ``ab/abcd...`` holds the bytes whose SHA-256 is ``abcd...``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes of that name are, or would be."""
        return self.folder / sha256[:2] / sha256

    def keep(self, data: bytes) -> str:
        """Write bytes, whole or not at all, and return their name; bytes that are there already are not written.

        Raises :class:`StoreError` where the system does not let it.
        """
        name = hashlib.sha256(data).hexdigest()
        try:
            self._write(data, self.path(name))
        except OSError as error:
            raise of_system(self.folder, error) from error
        return name

    def _write(self, data: bytes, target: Path) -> None:
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".part-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            # Evidence is read-only, so that no editor changes it by mistake.
            Path(temporary).chmod(0o444)
            Path(temporary).replace(target)
        finally:
            Path(temporary).unlink(missing_ok=True)

    def read(self, sha256: str) -> bytes:
        """The bytes of that name. Raises :class:`FileNotFoundError`."""
        return self.path(sha256).read_bytes()

    def verify(self, names: Iterator[str]) -> Iterator[Flaw]:
        """What is wrong with the evidence of these names: one bit is enough."""
        for name in names:
            try:
                found = hashlib.sha256(self.read(name)).hexdigest()
            except FileNotFoundError:
                yield Flaw(name, "its file is missing; put it back from a copy")
                continue
            except OSError as error:
                yield Flaw(name, f"its file cannot be read ({error.strerror or error}); check its rights")
                continue
            if found != name:
                yield Flaw(name, "its bytes have changed; put it back from a copy")
