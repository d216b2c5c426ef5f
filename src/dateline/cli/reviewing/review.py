"""The verb that opens the workspace."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from dateline.cli.options import HERE, ProjectOption


def review(
    project: ProjectOption = HERE,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port to listen on; 0: any that is free.")
    ] = 8400,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    who: Annotated[
        str | None,
        typer.Option(
            "--who", metavar="NAME", help="Your name, which stands on what you decide.", envvar="DATELINE_WHO"
        ),
    ] = None,
) -> None:
    """Open the workspace of a project in your browser: look at what was coded, and decide what holds.

    It listens on this machine alone, and works offline. Ctrl-C ends it; nothing that you decided is lost.

    \b
        dateline review -p strikes
        dateline review -p strikes --port 9000 --no-browser
    """
    import webbrowser

    import uvicorn

    from dateline.review.app import create_app
    from dateline.review.workspace import Workspace
    from dateline.store import Project
    from dateline.store.index.index import Index
    from dateline.store.review.people import Person

    name = who or getpass.getuser()
    with Project.open(project) as store:
        index = Index.open(store)
        app = create_app(Workspace(store, index, Person(name, name, "admin")))
        address = f"http://127.0.0.1:{port}/"
        print(f"The workspace is at {address} until you press Ctrl-C.", file=sys.stderr)
        if browser:
            webbrowser.open(address)
        uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
