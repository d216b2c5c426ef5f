"""By what a release was coded: coders with their settings, and the files of the codebooks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

from dateline.codebook.load import installed_codebook, load_codebook
from dateline.codebook.model import Codebook
from dateline.errors import CodebookError
from dateline.store.kept.codings import coded_by
from dateline.store.project import Project


def coders_of(project: Project) -> list[dict[str, Any]]:
    """Who coded what holds, each with its settings; files outside the project's folder by their bare names."""
    with project.database.reading() as db:
        found = coded_by(db)
    return [
        {
            "name": info.name,
            "version": info.version,
            "codebook": info.codebook,
            "model": info.model,
            "settings": _without_folders(settings),
        }
        for info, settings in found
    ]


def _without_folders(settings: dict[str, Any] | None) -> dict[str, Any] | None:
    """Settings without the names of folders that are nobody else's business."""
    if settings is None:
        return None
    named = [[PurePath(name).name if PurePath(name).is_absolute() else name, sum] for name, sum in settings["files"]]
    return settings | {"files": named}


def codebooks_into(project: Project, folder: Path, labels: Iterable[str]) -> list[dict[str, Any]]:
    """Put the files of codebooks into a release; where each stands. One that is no longer at hand has no files."""
    told = []
    for label in sorted(labels):
        book = _codebook(project, label)
        told.append({"codebook": label, "files": [] if book is None else _copied(book, label, folder)})
    return told


def _codebook(project: Project, label: str) -> Codebook | None:
    try:
        own = load_codebook(project.coder_settings.codebook)
    except CodebookError:
        own = None  # one that is mended just now does not keep a release from being cut
    if own is not None and f"{own.name} {own.version}" == label:
        return own
    return installed_codebook(label)


def _copied(book: Codebook, label: str, folder: Path) -> list[str]:
    told = []
    for file in book.files:
        path = Path(file.path)
        where = f"codebooks/{label.replace(' ', '-')}/{path.name}"
        (folder / where).parent.mkdir(parents=True, exist_ok=True)
        (folder / where).write_bytes(path.read_bytes())
        told.append(where)
    return told
