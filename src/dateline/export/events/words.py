"""Neutral sentences from an event's record alone: what its values are, and whose word each of them is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from dateline.export.phrases import phrase
from dateline.export.safe import one_line
from dateline.export.statement import number
from dateline.export.words import COUNT_WORDS, MODALITY_WORDS, clause, country_name, edtf_words, listed
from dateline.link.events.compare import Comparison
from dateline.link.model import Account, Chosen, Claim, Event, Value
from dateline.model import CountKind, Modality

_MOST = 160
_LISTED = 2
"""Actors that a sentence names, those of most sources; the record has them all."""


def headline(comparison: Comparison) -> str:
    """Who did what to whom, where and when, by the event's chosen values; who says so is not in it."""
    event = comparison.event
    chosen = {value.field: value.value for value in event.values}
    codings = [account.coding for account in comparison.accounts]
    modality: Modality = next((m for m in MODALITY_WORDS if m == chosen["modality"]), "asserted")
    mode = chosen["mode"]
    told = clause(
        phrase(codings, str(chosen["type"]), None if mode is None else str(mode)),
        modality,
        _few(value_of(event, "actors")),
        _few(value_of(event, "recipients")),
        historical=chosen["historical"] is True,
    )
    where, when = place_words(event), date_words(chosen["date"])
    return f"{told[:1].upper()}{told[1:]}{f' in {where}' if where else ''}{f' {when}' if when else ''}"


def sources_words(comparison: Comparison) -> str:
    """How many reports and independent sources tell of the event, and what that makes of it."""
    event = comparison.event
    reports = number(len({account.coding.report.id for account in comparison.accounts}), "report")
    return f"{event.status}; {reports} by {number(event.sources, 'independent source')}"


def said_by(accounts: Mapping[str, Account], claim: Claim) -> str:
    """Whose word a claim is: "police of Arden, cited by Daily; Wire"."""
    words = dict.fromkeys(voice_words(accounts[name]) for name in claim.accounts)
    return "; ".join(words)


def voice_words(account: Account) -> str:
    """Whose word an account is: its speakers, the innermost first, and the publisher."""
    report = account.coding.report
    publisher = one_line(report.publisher or "", _MOST) or f"report {one_line(report.id, _MOST)}"
    return ", cited by ".join([*(one_line(name, _MOST) for name in reversed(account.voice.names)), publisher])


def claim_words(field: str, value: Chosen | Claim) -> str:
    """A value in words, by its field: a date as people write it, a number with its bounds."""
    chosen = value.value if isinstance(value, Claim) else value
    if chosen is None:
        return "not stated"
    if isinstance(chosen, bool):
        return "yes" if chosen else "no"
    if field == "date" and isinstance(chosen, str):
        return edtf_words(chosen)[1] or one_line(chosen, _MOST)
    if field == "country":
        return country_name(str(chosen)) or ""
    if field == "modality":
        return next((words for name, words in MODALITY_WORDS.items() if name == chosen), str(chosen))
    if field in FIGURES and isinstance(chosen, tuple):
        return bounds_words(chosen)
    if isinstance(chosen, tuple):
        return listed(one_line(str(part), _MOST) for part in chosen) or "not stated"
    return one_line(str(chosen).replace("_", " "), _MOST)


FIGURES = frozenset(get_args(CountKind))


def bounds_words(bounds: tuple[object, ...]) -> str:
    """The low, best and high of a count: "3", "3 to 12 (best 5)", "at least 3"."""
    low, best, high = (n if isinstance(n, int) else None for n in bounds)
    if low is None and best is None and high is None:
        return "a number that is not stated"
    if low == high or (low is None and high is None):
        return f"{(best if low is None else low) or 0:,}"
    if high is None:
        return f"at least {low:,}"
    if low is None:
        return f"up to {high:,}"
    return f"{low:,} to {high:,}" + (f" (best {best:,})" if best is not None else "")


def figures(comparison: Comparison) -> Iterator[str]:
    """A sentence for each number of people that somebody gives, with who gives which."""
    accounts = {account.id: account for account in comparison.accounts}
    for value in comparison.event.values:
        stated = [claim for claim in value.claims if value.field in FIGURES and claim.value != (None, None, None)]
        if stated:
            kind = COUNT_WORDS.get(value.field, value.field)
            said = "; ".join(f"{claim_words(value.field, c)} according to {figure_voices(accounts, c)}" for c in stated)
            yield f"{kind[:1].upper()}{kind[1:]}: {said}."


def figure_voices(accounts: Mapping[str, Account], claim: Claim) -> str:
    """Who gives a figure: its own voices, which need not be those of the event."""
    publishers = {one_line(accounts[name].coding.report.publisher or "", _MOST) for name in claim.accounts}
    voices = [one_line(voice, _MOST) for voice in claim.voices]
    cited = sorted(publishers - set(voices) - {""})
    return listed(voices or ["a report that names no publisher"]) + (f" ({', '.join(cited)})" if cited else "")


def place_words(event: Event) -> str:
    """The event's place and country; empty where nobody states a place."""
    chosen = {value.field: value.value for value in event.values}
    place, country = chosen["place"], chosen["country"]
    if not isinstance(place, str):
        return listed(map(str, place)) if isinstance(place, tuple) else ""
    name, of = one_line(place, _MOST), country_name(country if isinstance(country, str) else None)
    return name if of is None or of == name else f"{name}, {of}"


def date_words(chosen: Chosen) -> str:
    """The event's date with its preposition; empty where nobody states one."""
    edtf = "/".join(str(part) for part in chosen) if isinstance(chosen, tuple) else chosen
    preposition, words = edtf_words(edtf if isinstance(edtf, str) else None)
    return f"{preposition} {words}" if words else ""


def value_of(event: Event, field: str) -> Value:
    """The value of a field."""
    return next(value for value in event.values if value.field == field)


def _few(value: Value) -> tuple[str, ...]:
    """Names for a sentence: those that most sources give, and how many more there are."""
    if isinstance(value.value, str):
        return (one_line(value.value, _MOST),)
    names = [one_line(str(claim.value), _MOST) for claim in value.claims]
    more = len(names) - _LISTED
    return tuple(names) if more <= 0 else (*names[:_LISTED], f"{more} more")
