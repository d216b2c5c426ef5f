"""A project with what must not leave: marks on a report, a row and an event, and private people kept by name."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from dateline.intake import Failure
from dateline.model import Actor, Because, Coding, Note, Participant, Report
from dateline.store import Project
from dateline.store.review.marks import set_mark
from export_cases import CODER
from store_cases import NOON, by_hand, event_of, told

NAME = "Ann Baker"
SECRETS = (NAME, "Baker", "Brook", "quarry", "Corrie", "harbour", "hidden-1", "hidden-2", "hidden-3")
"""What stands in no file: a private name, and words and ids of what is marked."""

TEXTS = {
    "open-1": told(4, "Arden", "Dockers marched", f"Cranes stood still, {NAME} said."),
    "open-2": told(4, "Arden", "Dockers marched", "The port was shut."),
    "hidden-1": told(7, "Brook", "Teachers marched", "The quarry was shut."),
    "hidden-2": told(9, "Corrie", "Nurses marched", "The harbour was shut."),
    "hidden-3": told(9, "Corrie", "Nurses marched", "The harbour stayed shut."),
    "open-3": told(20, "Arden", "Farmers marched", "Tractors blocked the road."),
}


def named(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
    """Codings in which whoever marched is a private person by name."""
    for coding in by_hand(reports):
        assert isinstance(coding, Coding)
        text = coding.report.text
        kept = Because("name", "kept", NAME, "name.kept-by-project")
        actor = Actor("a1", NAME, role="docker", because=(kept,))
        end = text.index(" ")
        event = replace(coding.events[0], actors=(Participant(0, end, text[:end], actor="a1"),), chance=0.75)
        yield replace(coding, events=(event,), actors=(actor,), notes=(Note("names-kept", "kept"),))


@contextmanager
def marked_project(folder: Path) -> Iterator[Project]:
    """The project, coded and linked: a report, a row and an event of it are confidential."""
    with Project.create(folder, clock=lambda: NOON) as project:
        settings = folder / "dateline.toml"
        settings.write_text('names = "keep"\n', encoding="utf-8")
        path = folder.with_suffix(".json")
        reports = [
            {"id": id, "text": text, "publisher": f"Paper {id}", "published": "2024-05-21"}
            for id, text in TEXTS.items()
        ]
        path.write_text(json.dumps(reports), encoding="utf-8")
        list(project.add(path))
        list(project.code(named, CODER, "{}"))
        list(project.link())
        set_mark(project, "report", "hidden-1", True, who="A")
        set_mark(project, "event", event_of(project, "hidden-2#e1"), True, who="A")
        yield project


def content(data: bytes) -> str:
    """All that a file holds, as text: what is packed is unpacked."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if data.startswith(b"PAR1"):
        from pyarrow import parquet

        file = parquet.ParquetFile(io.BytesIO(data))
        return f"{file.read().to_pylist()} {file.metadata.metadata}"
    return data.decode("utf-8", "replace")


def tables_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The tables of a DuckDB file."""
    import duckdb

    with duckdb.connect(path, read_only=True) as db:
        names = [row[0] for row in db.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}
