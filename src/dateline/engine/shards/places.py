"""Where shards are read and written: folders of this machine, and object stores through fsspec.

Credentials are taken as fsspec takes them: from the environment, or from files in its own folder for settings.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Protocol, cast

from dateline.errors import ManifestError, MissingPartError
from dateline.intake.reader import is_address

_PROTOCOL = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)


class Place(Protocol):
    """Files below one folder or bucket; paths are whole, as they were given."""

    def open(self, path: str) -> IO[bytes]:
        """A file for reading, in which one can seek. Raises :class:`OSError` where it cannot be read."""
        ...

    def size(self, path: str) -> int | None:
        """How many bytes a file has; None where there is none."""
        ...

    def beside(self, path: str) -> Path:
        """A new local file that will be put in the place of ``path``, on the same disk where that is a local one."""
        ...

    def put(self, file: Path, path: str) -> None:
        """Give a local file the name ``path``, whole or not at all; it is gone from where it was."""
        ...


def is_remote(path: str) -> bool:
    """Whether a path is the address of an object store."""
    return bool(_PROTOCOL.match(path))


def place_of(path: str) -> Place:
    """What reads and writes at a path. Raises :class:`MissingPartError` where an address needs what is not there.

    Raises :class:`ManifestError` for addresses of the web, which are fetched by other verbs, by their rules.
    """
    if not is_remote(path):
        return _Local()
    if is_address(path):
        raise ManifestError(f"{path} is an address of the web", "fetch it into a project: dateline add URL -p DIR")
    try:
        from fsspec.core import url_to_fs

        files, _ = url_to_fs(path)
    except (ImportError, ValueError) as error:
        raise MissingPartError(
            f'{path} cannot be reached ({error}); for object stores: pip install "dateline[cluster]"'
        ) from error
    return _Remote(files)


def absolute(path: str) -> str:
    """A path that leads to the same from any folder."""
    return path.rstrip("/") if is_remote(path) else Path(path).resolve().as_posix()


def joined(folder: str, name: str) -> str:
    """The path of a file in a folder."""
    return f"{folder.rstrip('/')}/{name}"


def written(path: str, data: bytes) -> None:
    """Write a small file, whole or not at all."""
    place = place_of(path)
    file = place.beside(path)
    try:
        with file.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        place.put(file, path)
    finally:
        file.unlink(missing_ok=True)


def read_whole(path: str) -> bytes | None:
    """The bytes of a small file; None where there is none."""
    place = place_of(path)
    try:
        with place.open(path) as file:
            return file.read()
    except FileNotFoundError:
        return None


@contextmanager
def at_hand(path: str) -> Iterator[Path]:
    """A file of this machine, or for as long as it is read a copy of one that lies elsewhere."""
    if not is_remote(path):
        yield Path(path)
        return
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        copy = Path(folder, path.rsplit("/", 1)[-1])
        with place_of(path).open(path) as file, copy.open("wb") as out:
            shutil.copyfileobj(file, out, 1 << 20)
        yield copy


class _Local:
    """This machine's own files."""

    def open(self, path: str) -> IO[bytes]:
        return Path(path).open("rb")

    def size(self, path: str) -> int | None:
        with suppress(FileNotFoundError, NotADirectoryError):
            return Path(path).stat().st_size
        return None

    def beside(self, path: str) -> Path:
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        # What an earlier process left half-written is of no use; nobody else writes this file, or writes the same.
        for left in target.parent.glob(f".{target.name}.*.part"):
            left.unlink(missing_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        os.close(handle)
        return Path(name)

    def put(self, file: Path, path: str) -> None:
        file.chmod(0o644)
        file.replace(path)


class _Remote:
    """What fsspec reaches."""

    def __init__(self, files: Any) -> None:
        self._files = files

    def open(self, path: str) -> IO[bytes]:
        return cast(IO[bytes], self._files.open(path, "rb"))

    def size(self, path: str) -> int | None:
        # What another machine wrote meanwhile is asked for anew.
        self._files.invalidate_cache()
        try:
            return int(self._files.info(path)["size"])
        except FileNotFoundError:
            return None

    def beside(self, path: str) -> Path:
        handle, name = tempfile.mkstemp(prefix="dateline-", suffix=path.rsplit("/", 1)[-1])
        os.close(handle)
        return Path(name)

    def put(self, file: Path, path: str) -> None:
        # One object is put whole: a store shows it when all of it is there.
        self._files.put_file(str(file), path)
        file.unlink()

    def names(self, folder: str) -> list[str]:
        """Every file below a folder, or the one of this name; sorted, as addresses."""
        if self._files.isfile(folder):
            return [folder]
        return sorted(str(self._files.unstrip_protocol(name)) for name in self._files.find(folder))


def remote_names(path: str) -> list[str]:
    """Every file below an address, or the one of this name; sorted."""
    place = place_of(path)
    assert isinstance(place, _Remote)
    return place.names(path)
