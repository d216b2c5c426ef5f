"""The verbs of sources: poll them, list them, pause them, take them out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import console
from dateline.cli.options import HERE, AllowHostOption, ContactOption, LimitOption, ProjectOption, in_project
from dateline.cli.telling.talk import LogForm, LogOption, say, talk_in
from dateline.errors import OptionError, printable_line

if TYPE_CHECKING:
    from dateline.intake import Limits
    from dateline.store import Project
    from dateline.store.watching.sources import Watched
    from dateline.store.watching.watch import Outcome, Watch


def watch(
    given: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE...]",
            help="Addresses of feeds, lists of feeds (OPML) or sitemaps, or OPML files, to watch from now on. Left "
            "out: those of the project.",
        ),
    ] = None,
    project: ProjectOption = HERE,
    once: Annotated[
        bool, typer.Option("--once", help="Poll each source that is due once, and end: for cron and timers.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DATE",
            help="Also take what the named sources date from this day on. Left out: what they date from now on.",
        ),
    ] = None,
    pace: Annotated[
        float, typer.Option("--pace", metavar="SECONDS", min=0.05, help="Between two requests to one host.")
    ] = 1.0,
    limit: LimitOption = None,
    allow_host: AllowHostOption = None,
    contact: ContactOption = None,
    log: LogOption = LogForm.text,
) -> None:
    """Poll feeds and sitemaps, and put what is new into a project, until you press Ctrl-C.

    A source begins when it is named first: what it held before is passed over. Each is asked for as often as it wishes,
    at most every 10 minutes, only if it has changed, and only where robots.txt lets it be. Stopped anywhere, the same
    command goes on; nothing is lost and nothing comes twice. What goes wrong is told and asked for again later, and
    costs no exit code: `dateline sources` lists it.

    \b
        dateline watch https://news.example/rss -p strikes
        dateline watch subscriptions.opml --once -p strikes
        dateline watch --once -p strikes && dateline code -p strikes && dateline link -p strikes
    """
    from dateline.cli.project import reading_limits
    from dateline.store import Project

    talk_in(log)
    limits = reading_limits(limit or [])
    with Project.open(project) as store:
        if given:
            _put_in(store, given, since, limits, tuple(allow_host or ()))
        elif since is not None:
            raise OptionError("--since is the beginning of sources that are named with it", "name the sources")
        with _watching(store, tuple(allow_host or ()), contact, pace, limits, is_named=bool(given)) as made:
            if made is not None:
                _poll(made, once=once, project=project)


def _put_in(store: Project, given: list[str], since: str | None, limits: Limits, allowed: tuple[str, ...]) -> None:
    """Put sources in that a person names, or begin them anew from a day."""
    from dateline.store.watching.sources import begin_anew, named, put_source

    now = _stamp()
    start = now if since is None else _day(since)
    wanted = [pair for one in given for pair in _addresses(one, limits, allowed)]
    new = 0
    with store.database.writing() as db:
        for url, title in wanted:
            is_new = put_source(db, url, now, start, title=title)
            new += is_new
            if since is not None and not is_new:
                begin_anew(db, named(db, url).number, start, now)
    there = f"; {len(wanted) - new} there already" if len(wanted) > new else ""
    say(f"Watching {new} new source{'' if new == 1 else 's'} from {start} on{there}.")


def _addresses(given: str, limits: Limits, allowed: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    """The sources that somebody names: an address, or a file that lists some, each with its title."""
    from dateline.intake.feeds.poll import read
    from dateline.intake.fetch.address import Allowed, checked
    from dateline.intake.reader import is_address

    hosts = [Allowed.read(host) for host in allowed]
    if is_address(given):
        yield str(checked(given, hosts)), None
        return
    if not Path(given).is_file():
        raise OptionError(
            f"{given} is neither an address nor a file", "write the address whole: https://news.example/rss"
        )
    with Path(given).open("rb") as file:
        _, found = read(file.read(limits.bytes + 1), limits, None)
    if found.lists != "sources":
        raise OptionError(
            f"{given} is a file of entries, which does not change",
            f"watch the address that it is from; to read the file: dateline add {given}",
        )
    for entry in found.entries:
        if entry.url:
            yield str(checked(entry.url, hosts)), entry.title


def _day(since: str) -> str:
    from dateline.intake import check_published

    day = check_published(since, "day")
    if len(day) != 10:
        raise OptionError(f"--since {since} is no day", "write it as 2024-02-01")
    return day


def _stamp() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def _watching(
    store: Project, allowed: tuple[str, ...], contact: str | None, pace: float, limits: Limits, *, is_named: bool
) -> Iterator[Watch | None]:
    """What polls a project's sources; None where another process does, which polls what was named as well."""
    import random

    from dateline.errors import StoreError
    from dateline.intake.feeds.manners import Polite
    from dateline.intake.fetch import Fetcher, FetchLimits, Pace, Robots
    from dateline.store.watching.lock import alone
    from dateline.store.watching.sources import get_sources
    from dateline.store.watching.watch import Watch

    with store.database.reading() as db:
        if not any(get_sources(db)):
            raise StoreError("this project watches nothing; name a feed: dateline watch https://news.example/rss")
    with ExitStack() as opened:
        try:
            opened.enter_context(alone(store))
        except StoreError as error:
            if not is_named:
                raise
            console.tell(str(error))
            yield None
            return
        paced = Pace(pace)
        fetcher = Fetcher(allowed=allowed, contact=contact, limits=FetchLimits.of(limits), pace=paced)
        polite = Polite(opened.enter_context(fetcher), Robots(fetcher), paced)
        chance = random.SystemRandom().random
        yield Watch(store, polite, polite, now=lambda: datetime.now(UTC), chance=chance, limits=limits)


def _poll(made: Watch, *, once: bool, project: Path) -> None:
    """Poll, tell what goes wrong and what is new, and say at the end what came of it."""
    import time

    told = _Told()

    def so_far() -> str:
        return f"{told} is kept; the same command goes on"

    with console.going_on(so_far):
        told.of(made.once() if once else made.run(time.sleep))
    say(f"{told}; next: dateline code{in_project(project)}")


class _Told:
    """What came of polling, told as it comes."""

    def __init__(self) -> None:
        self.polled = self.new = self.known = self.failed = 0

    def of(self, outcomes: Iterable[Outcome]) -> None:
        """Count outcomes, and tell of what a person should know."""
        from dateline.intake import Failure
        from dateline.store.watching.watch import Polled

        for outcome in outcomes:
            match outcome:
                case Polled():
                    self.polled += 1
                    self._tell(outcome)
                case Failure():
                    self.failed += 1
                    console.tell(outcome)
                case _:
                    self.new, self.known = self.new + outcome.new, self.known + (not outcome.new)

    def _tell(self, polled: object) -> None:
        from dateline.store.watching.watch import Polled

        assert isinstance(polled, Polled)
        seen = polled.seen
        if polled.trouble is not None:
            console.tell(printable_line(f"{polled.url}: {polled.trouble}"))
        elif seen.new or seen.changed or seen.old or polled.named:
            parts = ((seen.new, "new"), (seen.changed, "changed"), (seen.old, "from before"), (seen.left, "for later"))
            words = [f"{number:,} {what}" for number, what in parts if number]
            words += [f"{polled.named:,} sources"] * bool(polled.named)
            console.tell(printable_line(f"{polled.url}: {', '.join(words)}"))

    def __str__(self) -> str:
        polled = f"Polled {self.polled:,} source{'' if self.polled == 1 else 's'}"
        there = f", {self.known:,} there already" if self.known else ""
        failed = f", {self.failed:,} could not be read" if self.failed else ""
        return f"{polled}: {self.new:,} new report{'' if self.new == 1 else 's'}{there}{failed}"


def sources(
    project: ProjectOption = HERE,
    pause: Annotated[
        str | None, typer.Option("--pause", metavar="SOURCE", help="Poll it no more until it is resumed.")
    ] = None,
    resume: Annotated[str | None, typer.Option("--resume", metavar="SOURCE", help="Poll it again.")] = None,
    remove: Annotated[
        str | None, typer.Option("--remove", metavar="SOURCE", help="Take it out; the reports from it stay.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List the sources of a project: when each was polled, when it is next, how many reports it gave, what went wrong.

    A source is named by its address, or by so much of it as no other begins with.

    \b
        dateline sources -p strikes
        dateline sources --pause https://news.example -p strikes
    """
    from json import dumps

    from dateline.store import Project
    from dateline.store.watching import sources as watched

    acts: tuple[tuple[str | None, Callable[..., object]], ...] = (
        (pause, watched.pause),
        (resume, lambda db, number: watched.resume(db, number, _stamp())),
        (remove, watched.remove),
    )
    with Project.open(project) as store:
        for url, act in acts:
            if url is not None:
                with store.database.writing() as db:
                    act(db, watched.named(db, url).number)
        with store.database.reading() as db:
            found = list(watched.get_sources(db))
    if json:
        print(dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
        return
    for one in found:
        _write(one)
    if not found:
        print(f"Nothing is watched; name a feed: dateline watch URL{in_project(project)}", file=sys.stderr)


def _write(one: Watched) -> None:
    """A source in a line, and what went wrong in another."""
    state = f"next {one.due[:16]}" if one.state == "on" else one.state
    waiting = f", {one.waiting:,} wait" if one.waiting else ""
    polled = f"polled {one.polled[:16]}" if one.polled else "not polled yet"
    title = f"  ({one.title})" if one.title else ""
    print(printable_line(f"{one.url}{title}"))
    print(f"    {polled}, {state}; {one.reports:,} report{'' if one.reports == 1 else 's'}{waiting}; since {one.since}")
    if one.trouble:
        times = f" ({one.failures:,} times in a row)" if one.failures > 1 else ""
        print(printable_line(f"    {one.trouble}{times}"))
