"""Files that were read: each by its path and the SHA-256 of the bytes that were read then."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that something was read from. ``path`` is absolute, or a bare name for what has no place of its own."""

    path: str
    sha256: str

    @classmethod
    def of(cls, path: Path, data: bytes) -> ReadFile:
        """The file of a path that held these bytes."""
        return cls(str(path.resolve()), sha256(data).hexdigest())

    def name_in(self, folder: Path | None) -> str:
        """The path from where Python's packages are installed, or from a folder that holds the file; else the whole.

        So a file keeps its name where the folder is moved or Python is installed anew.
        """
        path = Path(self.path)
        # An environment of Python's may lie in the folder: what is installed in it goes by its package all the same.
        for place in (Path(str(files("dateline"))).parent, folder):
            if place is not None and path.is_relative_to(place.resolve()):
                return path.relative_to(place.resolve()).as_posix()
        return self.path
