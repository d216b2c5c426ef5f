"""The workspace of a project on a port of this machine, as ``dateline review`` serves it, without a start key."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import uvicorn

from dateline.review.app import create_app
from dateline.review.workspace import Workspace
from dateline.store import Project
from dateline.store.index.index import Index
from dateline.store.review.people import Person


def main() -> None:
    """``python -m benchmarks.reviewing.served FOLDER PORT``; says how long the index took, then serves."""
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    with Project.open(folder) as project:
        began = time.perf_counter()
        index = Index.open(project)
        opened = time.perf_counter()
        taken = index.catch_up()
        print(f"{opened - began:.2f} {taken} {time.perf_counter() - opened:.2f}", flush=True)
        workspace = Workspace(project, index, Person("reviewer", "Reviewer", "admin"))
        workspace.prepare()
        uvicorn.run(create_app(workspace), host="127.0.0.1", port=port, log_level="error")


if __name__ == "__main__":
    main()
