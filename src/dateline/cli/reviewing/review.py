"""The verb that opens the workspace."""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli import console
from dateline.cli.options import HERE, ProjectOption, in_project
from dateline.cli.telling.talk import LogForm, LogOption, say, talk_in
from dateline.errors import MissingPartError, OptionError

if TYPE_CHECKING:
    from dateline.review.guard.door import Door
    from dateline.store import Project
    from dateline.store.index.index import Index

WhoOption = Annotated[
    str | None,
    typer.Option("--who", metavar="NAME", help="Your name, which stands on what you do.", envvar="DATELINE_WHO"),
]


def review(
    project: ProjectOption = HERE,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port to listen on; 0: any that is free.")
    ] = 8400,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="ADDRESS", help="The address to listen on; another than this machine's needs accounts."
        ),
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name",
            metavar="NAME",
            help="A host name under which browsers reach it, such as that of a proxy. Can be given again.",
        ),
    ] = None,
    proxy: Annotated[
        str | None,
        typer.Option(
            "--proxy",
            metavar="ADDRESS",
            help="The address of a proxy before it that speaks TLS; its word is taken on who asks.",
        ),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    read_only: Annotated[bool, typer.Option("--read-only", help="Look only: nothing can be decided.")] = False,
    access_log: Annotated[
        Path | None,
        typer.Option("--access-log", metavar="FILE", help="Write a line of JSON for each request to this file."),
    ] = None,
    log: LogOption = LogForm.text,
    who: WhoOption = None,
) -> None:
    """Open the workspace of a project in your browser: look at what was coded, and decide what holds.

    It listens on this machine alone, and works offline. The address that it prints has a key, without which nobody else
    on the machine gets in. Where the project has accounts (see `dateline people`), people log in instead, and it may
    listen on other addresses. Ctrl-C ends it; nothing that you decided is lost.

    \b
        dateline review -p strikes
        dateline review -p strikes --port 9000 --no-browser
        dateline review -p strikes --host 0.0.0.0 --name archive.example
    """
    _check_parts()
    from dateline.review.app import create_app
    from dateline.review.guard.door import Door, is_loopback
    from dateline.review.workspace import Workspace
    from dateline.store import Project
    from dateline.store.index.index import Index
    from dateline.store.review.accounts import is_shared
    from dateline.store.review.people import Person

    own = who or getpass.getuser()
    with ExitStack() as opened:
        talk_in(log)
        store = opened.enter_context(Project.open(project))
        with store.database.reading() as db:
            shared = is_shared(db)
        if (proxy or not is_loopback(host)) and not shared:
            raise OptionError(
                f"{f'behind {proxy}' if proxy else f'on {host}'} others could reach the workspace, and the project has "
                "no accounts",
                f"add yourself first: dateline people add {own.lower()} --role admin{in_project(project)}",
            )
        if proxy and not name:
            raise OptionError("--proxy needs the name under which browsers ask", "add it: --name archive.example")
        listening = opened.enter_context(_listening(host, port))
        bound = int(listening.getsockname()[1])
        names = tuple(name or ())
        door = Door.of(host, bound, names=names, is_shared=shared, is_read_only=read_only, is_secure=bool(proxy))
        index = Index.open(store)
        opened.callback(index.close)
        _catch_up(index)
        if access_log is not None:
            opened.enter_context(_logged(access_log))
        workspace = Workspace(store, index, None if shared else Person(own, own, "admin"))
        workspace.prepare()
        app = create_app(workspace, door)
        address = f"https://{names[0]}/" if proxy and names else f"http://{_shown(host)}:{bound}/"
        # What a program reads is kept: the key is for the person alone.
        shown = address if log is LogForm.json else _with_key(address, door)
        say(f"The workspace is at {shown} until you press Ctrl-C.")
        answers = opened.enter_context(_page(store, address, door)) if browser else None
        _serve(app, listening, proxy, answers)
        console.tell("the workspace is closed; all that was decided is kept")


def _check_parts() -> None:
    try:
        import argon2  # noqa: F401
        import fastapi  # noqa: F401
        import pyotp  # noqa: F401
        import python_multipart  # noqa: F401
        import segno  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise MissingPartError(
            f"the workspace needs {error.name}, which is not installed; write: pip install 'dateline[web]'"
        ) from error


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens, before anything else is done. Raises OptionError where the system does not let it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        made = socket.create_server((host.strip("[]"), port), family=family)
    except OSError as error:
        mend = "end what listens there, or take another port: --port 0 takes any that is free"
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error
        raise OptionError(f"{host}:{port} cannot be listened on ({why})", mend) from error
    with made:
        yield made


def _catch_up(index: Index) -> None:
    """Bring the index to what the project says, with a count where it takes long."""
    with console.counted("Reading reports") as count:
        steps = iter(count(iter(int, 1)))  # without end: how many there are is told as they come
        seen = 0

        def told(done: int, _: int) -> None:
            nonlocal seen
            for _ in range(done - seen):
                next(steps)
            seen = max(seen, done)

        index.catch_up(told)


@contextmanager
def _logged(path: Path) -> Iterator[None]:
    """Each request as a line of a file that others cannot read: no query, no key, no address is in it."""
    import logging

    from dateline.review.guard.gate import accesses

    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as out:
        handler = logging.StreamHandler(out)
        accesses.addHandler(handler)
        accesses.setLevel(logging.INFO)
        accesses.propagate = False
        try:
            yield
        finally:
            accesses.removeHandler(handler)


def _shown(host: str) -> str:
    """A host as it stands in an address; who listens on all addresses is reached on this machine's own."""
    if host in {"0.0.0.0", "::"}:
        host = "127.0.0.1" if host == "0.0.0.0" else "::1"
    return f"[{host}]" if ":" in host else host


def _with_key(address: str, door: Door) -> str:
    return address if door.key is None else f"{address}?key={door.key}"


PAGE = "open-workspace.html"


@contextmanager
def _page(store: Project, address: str, door: Door) -> Iterator[Callable[[], object]]:
    """What opens the browser. The key is in a file that nobody else can read: others see what programs are started
    with, and would see it in an address.
    """
    import webbrowser
    from html import escape

    if door.key is None:
        yield lambda: webbrowser.open(address)
        return
    path = (store.folder / PAGE).resolve()
    path.unlink(missing_ok=True)
    to = escape(_with_key(address, door))
    text = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>dateline</title>'
        f'<meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0; url={to}">'
        f'<p><a href="{to}">Open the workspace</a></p></html>\n'
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
    try:
        yield lambda: webbrowser.open(path.as_uri())
    finally:
        path.unlink(missing_ok=True)


def _serve(app: Any, listening: socket.socket, proxy: str | None, answers: Callable[[], object] | None) -> None:
    """Serve until Ctrl-C; ``answers`` is called once somebody who asks is answered."""
    from threading import Thread

    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if answers is not None and self.started:
                # Some browsers are waited for until they are closed.
                Thread(target=answers, daemon=True).start()

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy,
        timeout_graceful_shutdown=3,
    )
    try:
        Server(config).run([listening])
    except KeyboardInterrupt:
        return
