"""What belongs to a project beside its database and its evidence: settings, and the files that they name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.errors import StoreError
from dateline.store.kept.evidence import EvidenceFolder
from dateline.store.project import Project
from dateline.store.settings import COLUMNS, FILE


def belongings(project: Project) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The files of a project, by their paths from its folder, and those that its settings name and that lie elsewhere.

    What is not there is left out: most files are named before there is one.
    """
    folder, settings = project.folder.resolve(), project.settings
    coding = project.coder_settings
    named = [coding.codebook, coding.authority, *coding.gazetteer, *coding.lexicon]
    paths = [path for path in named if isinstance(path, Path)]
    own = (FILE, COLUMNS, settings.publishers, settings.calibration, settings.timestamps.certificates)
    paths += [project.folder / name for name in own if name is not None]
    there = sorted({path.resolve() for path in paths if path.is_file()})
    inside = tuple(path.relative_to(folder) for path in there if path.is_relative_to(folder))
    return inside, tuple(path for path in there if not path.is_relative_to(folder))


def pieces(folder: EvidenceFolder, names: list[str]) -> Iterator[tuple[str, bytes]]:
    """The evidence of these names. Raises :class:`StoreError` where a piece is not as it was kept."""
    for name in names:
        try:
            data = folder.read(name)
        except OSError as error:
            raise StoreError(
                f"evidence {name} cannot be read ({error.strerror or error}); write: dateline verify"
            ) from error
        yield name, data
