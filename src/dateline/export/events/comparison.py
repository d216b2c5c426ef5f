"""The comparison of an event's sources as a terminal shows it, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from dateline.export.events.words import claim_words, headline, said_by, sources_words, value_of, voice_words
from dateline.export.safe import json_line, on_one_line, one_line
from dateline.export.statement import event_limits
from dateline.export.words import quoted, status, title_words
from dateline.form import plain
from dateline.link.events.compare import Comparison
from dateline.link.model import Account, Value

_WORDS = 240


def write_text(comparison: Comparison, out: TextIO) -> None:
    """The event, its values with who gives which, the sources in the order of publication, and where they differ."""
    for line in lines(comparison):
        print(on_one_line(line), file=out)


def lines(comparison: Comparison) -> Iterator[str]:
    """The lines of :func:`write_text`."""
    event = comparison.event
    yield f"{headline(comparison)} (as reported)"
    yield f"Event {event.id}: {sources_words(comparison)}; {event.because[0].rule}."
    yield ""
    yield "Values"
    differing = {value.field for value in comparison.differing}
    for value in event.values:
        if value.claims:
            yield from _value(comparison, value, value.field in differing)
    silent = [value.field for value in event.values if not value.claims]
    if silent:
        yield f"  not stated by anybody: {', '.join(silent)}"
    yield ""
    yield "Who reports it, in the order of publication"
    for at, account in enumerate(comparison.accounts, 1):
        yield from _account(at, account)
    if comparison.alone:
        yield ""
        yield "Only one source says"
        accounts = {account.id: account for account in comparison.accounts}
        for alone in comparison.alone:
            yield f"  {alone.field}: {claim_words(alone.field, alone.claim)} ({said_by(accounts, alone.claim)})"
    if comparison.denied:
        yield ""
        yield "Denied"
        for account in comparison.denied:
            yield f"  {voice_words(account)}: {quoted(_words(account))}"
    yield ""
    yield event_limits(account.coding for account in comparison.accounts)


def _value(comparison: Comparison, value: Value, differs: bool) -> Iterator[str]:
    accounts = {account.id: account for account in comparison.accounts}
    agreed = "" if value.agreement is None else f"; {value.agreement:.0%} of the sources that state it"
    yield f"  {value.field}: {claim_words(value.field, value.value)}  [{value.policy}{agreed}]"
    if differs:
        for claim in value.claims:
            yield f"      {claim_words(value.field, claim)}: {said_by(accounts, claim)}"


def _account(at: int, account: Account) -> Iterator[str]:
    report = account.coding.report
    yield f"  {at}. {one_line(report.published or 'no date', 40)}  {voice_words(account)}: {title_words(report)}"
    marks = [status(account.event)]
    if account.source.owner:
        marks.append(f"owner: {one_line(account.source.owner, 80)}")
    if account.source.interest != "unknown":
        marks.append(f"interest: {account.source.interest}")
    if account.original != report.id:
        marks.append(f"a copy of {one_line(account.original, 80)}")
    yield f"     {'; '.join(marks)}"
    for evidence in account.event.evidence or (account.event.trigger,):
        yield f"     │ {one_line(evidence.quote, _WORDS)} [{evidence.start}–{evidence.end}]"
    for because in account.because:
        yield f"     linked: {one_line(because.rule, 160)}" + (
            f" ({one_line(because.matched, 120)})" if because.matched else ""
        )


def _words(account: Account) -> str:
    return (account.event.evidence or (account.event.trigger,))[0].quote


def to_json(comparison: Comparison) -> str:
    """The comparison as one line of JSON: the event with its claims, and each account with its mention whole."""
    form = {
        "event": plain(comparison.event),
        "headline": headline(comparison),
        "accounts": [
            {
                "id": account.id,
                "report": account.coding.report.id,
                "publisher": account.coding.report.publisher,
                "published": account.coding.report.published,
                "url": account.coding.report.url,
                "source": comparison.source_of[account.id],
                "interest": account.source.interest,
                "original": account.original,
                "voice": plain(account.voice),
                "mention": plain(account.event),
                "because": plain(account.because),
            }
            for account in comparison.accounts
        ],
        "differing": [value.field for value in comparison.differing],
        "alone": [plain(alone) for alone in comparison.alone],
        "denied": [account.id for account in comparison.denied],
        "limits": event_limits(account.coding for account in comparison.accounts),
    }
    return json_line(json.dumps(form, ensure_ascii=False, separators=(",", ":")))


def write_list(comparisons: Iterable[Comparison], out: TextIO) -> None:
    """One line an event: id, what happened where and when, and how many sources; by date, those without one last."""
    # The lines are held until all are there, and not the comparisons: these hold their reports.
    listed = ((_when(c), f"{c.event.id}  {headline(c)}  [{sources_words(c)}]") for c in comparisons)
    for _, line in sorted(listed):
        print(on_one_line(line), file=out)


def _when(comparison: Comparison) -> tuple[str, str]:
    date = value_of(comparison.event, "date").value
    return date if isinstance(date, str) else "~", comparison.event.id
