"""Projects of as many reports as are asked for, and a workspace over one in a process of its own, to be measured.

The sample reports are coded once; a project of more reports than there are samples holds them again, each with a line
of its own under it.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from signal import SIGKILL
from typing import Self

import httpx2 as httpx

from benchmarks.page_speed import samples
from dateline.model import CoderInfo, Coding, Report
from dateline.store.index.index import Index
from dateline.store.project import Project

SERVER = """
import sys
from pathlib import Path
import uvicorn
from dateline.review.app import create_app
from dateline.review.workspace import Workspace
from dateline.store.index.index import Index
from dateline.store.project import Project
from dateline.store.review.people import Person
project = Project.open(Path(sys.argv[1]))
index = Index.open(project)
index.catch_up()
app = create_app(Workspace(project, index, Person("ann", "Ann", "admin")))
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""
SECONDS = 60.0


def make(folder: Path, size: int, coded: Iterable[Coding] | None = None) -> None:
    """A project of so many reports, coded and not linked."""
    coded = tuple(samples() if coded is None else coded)
    path = folder.parent / f"{folder.name}.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for at, coding in enumerate(islice(cycle(coded), size)):
            told = coding.report
            record = {"id": f"{told.id}-{at}", "text": f"{told.text}\n\n({at})", "publisher": told.publisher}
            record |= {"title": told.title, "published": told.published}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    info = coded[0].coder if coded else CoderInfo("none", "", "")
    by_name = {coding.report.id: coding for coding in coded}

    def again(reports: Iterable[Report]) -> Iterator[Coding]:
        for report in reports:
            yield replace(by_name[report.id.rpartition("-")[0]], report=report)

    with Project.create(folder) as project:
        list(project.add(path))
        list(project.code(again, info, "{}"))
        index = Index.open(project)
        index.catch_up()
        index.close()


@dataclass(slots=True)
class Server:
    """A workspace that runs in a process of its own."""

    process: subprocess.Popen[bytes]
    client: httpx.Client

    @classmethod
    def start(cls, folder: Path) -> Self:
        """Start one over a project and wait until it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen([sys.executable, "-c", SERVER, str(folder), str(port)])
        own = f"http://127.0.0.1:{port}"
        headers = {"HX-Request": "true", "Origin": own, "Sec-Fetch-Site": "same-origin"}
        client = httpx.Client(base_url=own, headers=headers, timeout=SECONDS)
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and process.poll() is None:
            try:
                client.get("/codebook")
            except httpx.TransportError:
                time.sleep(0.02)
            else:
                return cls(process, client)
        process.kill()
        raise SystemExit("the workspace does not answer")

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(SIGKILL)
        self.process.wait()


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A workspace over a project, for as long as it is needed."""
    server = Server.start(folder)
    try:
        yield server
    finally:
        server.client.close()
        server.process.terminate()
        server.process.wait()
