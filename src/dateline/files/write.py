"""Files that dateline writes for people to edit."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist, whole or not at all, with the folders above it.

    Raises :class:`FileExistsError` where there is a file already.
    """
    if path.exists():
        raise FileExistsError(f"{path} exists already: choose another name, or delete it first.")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        Path(temporary).chmod(0o644)
        try:
            # A link refuses a name that someone else took meanwhile, where a rename would overwrite it.
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            Path(temporary).rename(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
