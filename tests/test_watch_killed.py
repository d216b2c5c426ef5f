"""The command itself, against a real server: killed at any point, it loses nothing and adds nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.watch_cases import Watching, feed, item, page

from dateline.intake.feeds.manners import Polite
from dateline.intake.fetch import Fetcher, FetchError, Pace, Robots
from dateline.store.project import Project

NAMES = [f"p{n}" for n in range(8)]


class Site:
    """A site with a feed, its pages, and a robots.txt."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.conditions: list[str | None] = []
        self.robots = "User-agent: *\nDisallow: /p7\n"
        self.at: Callable[[str], None] = lambda path: None
        self.start = time.time() + 60
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked[self.path] += 1
                site.at(self.path)
                status, body = site.answer(self.path, self.headers.get("If-None-Match"))
                self.send_response(status)
                self.send_header("Content-Type", "application/rss+xml" if self.path == "/rss" else "text/html")
                self.send_header("ETag", '"one"')
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, path: str, condition: str | None) -> tuple[int, bytes]:
        name = path.strip("/")
        if name == "robots.txt":
            return 200, self.robots.encode()
        if name == "rss":
            self.conditions.append(condition)
            if condition == '"one"':
                return 304, b""
            items = (item(one, at=formatdate(self.start)) for one in NAMES)
            return 200, feed(*items).replace("https://post.example", f"http://{self.host}").encode()
        return (200, page(name).encode()) if name in NAMES else (404, b"")


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_killed_anywhere_it_loses_nothing_and_adds_nothing_twice(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "port"
    Project.create(folder).close()
    words = ("watch", f"http://{site.host}/rss", "--once", "--pace", "0.05", "--allow-host", site.host, "-p", folder)

    def run(die_at: int | None) -> int:
        """The exit code of a watch that is killed with so many requests for the feed and its pages."""
        running: list[subprocess.Popen[bytes]] = []
        seen = iter(range(1, 100))

        def at(path: str) -> None:
            if path != "/robots.txt" and next(seen) == die_at:
                os.kill(running[0].pid, signal.SIGKILL)
                running[0].wait()

        site.at = at
        command = [sys.executable, "-m", "dateline", *map(str, words)]
        running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return running[0].wait(60)

    # With the feed; with the third page; with the third of those that were left; and not at all.
    assert [run(die_at) for die_at in (1, 4, 3)] == [-signal.SIGKILL] * 3
    assert run(None) == 0
    assert site.asked.pop("/robots.txt") == 4
    # The feed that was not noted, and each page that was not put in, were asked for once more.
    assert site.asked == {"/rss": 2, "/p2": 2, "/p4": 2} | {f"/p{n}": 1 for n in (0, 1, 3, 5, 6)}
    with Project.open(folder) as project:
        at = Watching(project, None, None)  # type: ignore[arg-type]
        assert at.reports() == [f"http://{site.host}/p{n}" for n in range(7)]
        [source] = at.sources()
        assert (source.reports, source.waiting, source.etag) == (7, 1, '"one"')
        # What was written as it was killed may lie there without a row; nothing else is amiss.
        assert all("no row names it" in flaw.what for flaw in project.verify())
        # The page that robots.txt forbids waits, and the feed is asked only whether it has changed.
        with project.database.writing() as db:
            from dateline.store.watching.sources import resume

            resume(db, source.number, "2000-01-01T00:00:00+00:00")
    assert run(None) == 0
    assert site.conditions == [None, None, '"one"']
    assert "/p7" not in site.asked


def test_a_host_says_how_fast_it_may_be_asked(site: Site) -> None:
    site.robots = "User-agent: *\nCrawl-delay: 7\nDisallow: /private\n"
    now, slept = [0.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(1.0, clock=lambda: now[0], sleep=sleep)
    with Fetcher(allowed=[site.host], pace=pace) as fetcher:
        polite = Polite(fetcher, Robots(fetcher), pace)
        for name in ("p0", "p1"):
            assert polite.allows(f"http://{site.host}/{name}")
            polite.get(f"http://{site.host}/{name}")
        assert not polite.allows(f"http://{site.host}/private/a")
    assert slept == [1.0, 7.0]


def test_a_host_that_does_not_answer_forbids_nothing_and_is_told(site: Site) -> None:
    with Fetcher() as fetcher, pytest.raises(FetchError, match="loopback"):
        Polite(fetcher, Robots(fetcher), Pace()).allows(f"http://{site.host}/p0")
