"""Files that dateline writes for people to edit."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist, whole or not at all, with the folders above it.

    Raises :class:`FileExistsError` where there is a file already.
    """
    if path.exists():
        raise FileExistsError(f"{path} exists already: choose another name, or delete it first.")
    with _beside(path, text) as temporary:
        try:
            # A link refuses a name that someone else took meanwhile, where a rename would overwrite it.
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            temporary.rename(path)


def replace_whole(path: Path, text: str) -> None:
    """Write a file anew, whole or not at all, in the place of what is there."""
    with _beside(path, text) as temporary:
        temporary.replace(path)


@contextmanager
def _beside(path: Path, text: str) -> Iterator[Path]:
    """A file beside a path, with a text; it is gone afterwards, unless it was given the path's name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        temporary.chmod(0o644)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
