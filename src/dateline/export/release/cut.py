"""Cuts a release of a project: the same project, name and day give the same bytes."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from dateline.errors import ReleaseError
from dateline.export.release.cited import changes_in_words, citation_file, readme
from dateline.export.release.compare import compare_events
from dateline.export.release.described import croissant, data_package
from dateline.export.release.folder import FACTS, SUMS, Folder, sha256_of, sums
from dateline.export.release.model import Citation, Difference
from dateline.export.release.settings import codebooks_into, coders_of
from dateline.export.release.told import change_row
from dateline.export.release.written import Count, write_beside, write_tables
from dateline.export.statement import KeptBack, number
from dateline.export.tables.reading import Reading
from dateline.files.lock import take
from dateline.store.log.releases import Released, put_release, releases, state_of
from dateline.store.project import Project
from dateline.version import __version__

RELEASES = "releases"
"""Where the releases of a project stand in its folder, unless one is written elsewhere."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A release that was cut: where it stands, how many rows it has, what changed, and what was left out."""

    folder: Path
    rows: dict[str, int]
    difference: Difference
    kept_back: KeptBack


def cut(
    project: Project,
    citation: Citation,
    folder: Path | None = None,
    *,
    since: Path | None = None,
    quotes: bool = False,
    who: str = "dateline",
    count: Count = iter,
) -> Cut:
    """Cut a release into a new folder, ``releases/NAME`` of the project's where none is given.

    ``since`` is the release that it is compared with; left out, the last that was cut. ``quotes``: with the words of
    the reports, which may name private people. ``count`` sees reports and events pass. Raises :class:`ReleaseError`
    where the name or the folder is taken, the release before is not there, nothing is coded, or the project changes
    meanwhile; nothing is then written.
    """
    folder = folder or project.folder / RELEASES / citation.name
    before, at = _before(project, citation, since), state_of(project)
    if folder.exists():
        raise ReleaseError(f"{folder} is there already, and a release is never written over", "choose another folder")
    reading = Reading(project, gone=True, quotes=quotes)
    statement = reading.event_statement()
    with _beside(folder) as making:
        rows = write_tables(reading, making, statement, count)
        if not rows["reports"]:
            why = f"{reading.kept_back}; " if reading.kept_back else ""
            raise ReleaseError(f"{why}no report of the project is coded, or none may leave", "next: dateline code")
        difference = compare_events(before, making, citation.name)
        rows["changes"] = write_beside(making, "changes", map(change_row, difference.changes))
        coders = coders_of(project)
        books = codebooks_into(project, making, reading.statement.codebooks)
        statements = {"mentions and reports": reading.statement.rows(), "events and links": statement.rows()}
        facts = {
            "name": citation.name,
            "date": citation.date,
            "title": citation.title,
            "authors": list(citation.authors),
            "licence": citation.licence,
            "url": citation.url,
            "dateline": __version__,
            "rows": dict(sorted(rows.items())),
            "reviewed": {"mentions": reading.statement.reviewed, "of": reading.statement.events},
            "before": None if before is None else {"name": before.name, "sha256": sha256_of(before.path / SUMS)},
            "changes": difference.counts() | {"same": difference.same},
            "coders": coders,
            "codebooks": books,
            "policies": dict(sorted(project.settings.policies.items())),
            "statement": {"mentions": reading.statement.plain(), "events": statement.plain()},
        }
        about = (
            f"{number(rows['events'], 'event')} told by {number(rows['mentions'], 'event mention')} of "
            f"{number(rows['reports'], 'report')}. {changes_in_words(difference)}"
        )
        _put(making / FACTS, facts)
        _put(making / "datapackage.json", data_package(citation, about, making))
        _put(making / "croissant.json", croissant(citation, about, making))
        (making / "CITATION.cff").write_text(citation_file(citation, about), encoding="utf-8")
        (making / "README.md").write_text(
            readme(citation, rows, difference, statements, [path for book in books for path in book["files"]]),
            encoding="utf-8",
        )
        (making / SUMS).write_text(sums(making), encoding="utf-8")
        made = Released(citation.name, _from(project, folder), sha256_of(making / SUMS))
        kept = {"date": citation.date, "rows": facts["rows"], "changes": facts["changes"]}
        put_release(project, made, kept, at, who, lambda: _publish(making, folder))
    return Cut(folder, dict(rows), difference, reading.kept_back)


def _before(project: Project, citation: Citation, since: Path | None) -> Folder | None:
    """The release that comes before; None where there is none. Raises :class:`ReleaseError`."""
    done = releases(project)
    if any(one.name == citation.name for one in done):
        raise ReleaseError(f"a release {citation.name} was cut already, and what is cited stays", "choose another name")
    if since is not None:
        return Folder.open(since)
    if not done:
        return None
    last = done[-1]
    path = project.folder / last.folder
    if not (path / SUMS).is_file():
        raise ReleaseError(f"the release before, {last.name}, is not in {path}", "say where it is, with --since FOLDER")
    if sha256_of(path / SUMS) != last.sha256:
        raise ReleaseError(f"{path} is not the release {last.name} as it was cut", "restore it, or give --since FOLDER")
    return Folder.open(path)


def _from(project: Project, folder: Path) -> str:
    """A folder as it is found again where the project is moved with it."""
    whole, home = folder.resolve(), project.folder.resolve()
    return whole.relative_to(home).as_posix() if whole.is_relative_to(home) else str(whole)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A new folder beside one that is to be: no half of a release is ever seen.

    What a run that was killed left there is taken away first; what another run is at is held by it, and stays.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.iterdir():
        if left.name.startswith(f".{folder.name}.") and _OF_A_RUN.search(left.name) and left.is_dir():
            with _held(left) as alone:
                if alone:
                    shutil.rmtree(left, ignore_errors=True)
    making = Path(mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        with _held(making):
            yield making
    finally:
        shutil.rmtree(making, ignore_errors=True)


_OF_A_RUN = re.compile(r"\.[a-z0-9_]{8}$")
"""How the name of a folder ends that only its run knows."""


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Whether nobody else holds a folder, which is held meanwhile, and let go of when the process ends, however."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False  # gone meanwhile, somebody else's, or on Windows, where nothing that may be in use is taken away
        return
    try:
        yield take(handle) is True
    finally:
        os.close(handle)


def _publish(making: Path, folder: Path) -> None:
    making.chmod(0o755)
    try:
        making.rename(folder)
    except OSError as error:
        raise ReleaseError(f"{folder} cannot be written ({error.strerror})", "choose another folder") from error


def _put(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")
