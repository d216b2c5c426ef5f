"""The table a terminal shows: neutral columns, then the evidence, what was left out, and the notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from dateline.export.chances import in_words
from dateline.export.phrases import label
from dateline.export.safe import one_line
from dateline.export.statement import KeptBack, Statement, number, ranges
from dateline.export.words import (
    NO_ACTOR,
    actors,
    chain,
    count_words,
    date_words,
    listed,
    marks,
    place_words,
    recipients,
    title_words,
)
from dateline.model import Coding, EventMention, Span

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PLAIN_WIDTH, _HEIGHT = 110, 25
_EVIDENCE = 240


def write(codings: Iterable[Coding], out: TextIO, *, kept_back: KeptBack | None = None) -> None:
    """A table a report; in colour and as wide as the window on a terminal, plain and 110 wide elsewhere.

    In a window that is narrower than that, the values of an event stand one under the other: columns would tear words.
    """
    from rich.console import Console

    terminal = out.isatty()
    # Both are said, as rich takes a terminal that knows no colours for 80 wide.
    width, height = get_terminal_size() if terminal else (PLAIN_WIDTH, _HEIGHT)
    console = Console(
        file=out,
        width=width,
        height=height,
        color_system="auto" if terminal else None,
        force_terminal=terminal,
        highlight=False,
        markup=False,
        emoji=False,
    )
    statement = Statement(kept_back=kept_back)
    for coding in codings:
        statement.add(coding)
        _report(console, coding)
    for heading, words in statement.rows():
        console.print(f"{heading}: {words}", style="dim", soft_wrap=not terminal)


def _report(console: Console, coding: Coding) -> None:
    report = coding.report
    console.print(title_words(report), style="bold")
    about = (report.publisher or "publisher not stated", report.published or "no publication date", report.url or "")
    console.print(" · ".join(one_line(part, 200) for part in about if part), style="dim", soft_wrap=True)
    if coding.events:
        console.print(_table(coding) if console.width >= PLAIN_WIDTH else _records(coding))
        for numbers, evidence in _evidence(coding):
            words = one_line(evidence.quote, _EVIDENCE)
            console.print(f"{numbers:>5} │ {words} [{evidence.start}–{evidence.end}]", soft_wrap=True)
    else:
        console.print("No event was coded.")
    for note in coding.notes:
        console.print(f"Note: {one_line(note.message)}", soft_wrap=True)
    if coding.suggestions:
        console.print(f"Below the bound: {number(len(coding.suggestions), 'suggestion')}.", style="dim")
    if coding.left_out:
        kinds = Counter(item.what for item in coding.left_out)
        counted = listed(number(kinds[what], what) for what in sorted(kinds))
        console.print(f"Considered and left out: {counted}.", style="dim")
    console.print()


def _evidence(coding: Coding) -> Iterator[tuple[str, Span]]:
    """Each evidence sentence once, with the numbers of the events it supports."""
    supported: dict[tuple[int, int], tuple[Span, list[int]]] = {}
    for at, event in enumerate(coding.events, 1):
        for evidence in event.evidence or (event.trigger,):
            supported.setdefault((evidence.start, evidence.end), (evidence, []))[1].append(at)
    for evidence, numbers in supported.values():
        yield ", ".join(ranges(numbers)), evidence


def _table(coding: Coding) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE, pad_edge=False, expand=False)
    table.add_column("#", justify="right", no_wrap=True)
    for heading in _cells(coding, coding.events[0]):
        table.add_column(heading, overflow="fold")
    for at, event in enumerate(coding.events, 1):
        table.add_row(str(at), *_cells(coding, event).values())
    return table


def _records(coding: Coding) -> Table:
    """The same values, a line each."""
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, expand=False)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for at, event in enumerate(coding.events, 1):
        first, *rest = _cells(coding, event).items()
        table.add_row(str(at), *first)
        for heading, words in rest:
            table.add_row("", heading, words)
        table.add_row()
    return table


def _cells(coding: Coding, event: EventMention) -> dict[str, str]:
    """What is shown of an event, by its heading."""
    what = label(event.type, event.mode)
    if told := marks(event):
        what += f" ({', '.join(told)})"
    return {
        "What": "; ".join(filter(None, (what, *map(count_words, event.counts), in_words(event.chance)))),
        "Who": listed(actors(coding, event)) or NO_ACTOR,
        "To whom": listed(recipients(coding, event)) or "–",
        "Where": place_words(event.place),
        "When": date_words(event.date),
        # The publisher stands above the table: it is named here only where nobody else is.
        "According to": ", cited by ".join(chain(coding, event.attribution)[:-1]) or "the publisher",
    }
