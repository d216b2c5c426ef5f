"""An event as a sentence tells it, with its words for the stages that place and date it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.coder.syntax.model import Parse
from dateline.model import Because, Count, LeftOut, Modality, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Mention:
    """One event as a sentence tells it, with its words as spaCy tokens for the stages that place and date it.

    ``root`` carries the event's syntax; ``tokens`` are all words of the trigger, ``root`` first. ``instrument`` is
    the weapon that stands where an unnamed agent would ("a car bomb killed ..."); ``historical`` is true of background.
    """

    type: str
    trigger: Span
    root: Token
    tokens: tuple[Token, ...]
    sentence: Span
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    actors: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()
    instrument: Span | None = None
    modality: Modality = "asserted"
    historical: bool = False
    counts: tuple[Count, ...] = ()
    confidence: float = 0.5
    because: tuple[Because, ...] = ()
    against: str = ""
    """Why the rules would leave it out; a judge that has read the report may take it all the same."""


@dataclass(frozen=True, slots=True)
class MentionsFound:
    """The mentions of a report in the order of their triggers, and the words that were considered and not coded.

    ``considered`` are those words as mentions, for a judge to look at.
    """

    mentions: tuple[Mention, ...]
    left_out: tuple[LeftOut, ...]
    considered: tuple[Mention, ...] = ()


MAX_SENTENCE = 400
"""Tokens of a sentence that are read for events; a longer one is no sentence but a list or debris."""


def readable_sentences(parse: Parse) -> list[SpacySpan]:
    """The sentences of the coded blocks that are read for events and numbers, in order."""
    return [s for s in parse.sentences() if len(s) <= MAX_SENTENCE]


def in_order(left_out: Sequence[LeftOut]) -> tuple[LeftOut, ...]:
    """What was left out, as it stands in the text."""
    return tuple(sorted(left_out, key=lambda x: (x.start, x.end, x.what, x.why)))


def trigger_span(parse: Parse, tokens: Sequence[Token]) -> Span:
    """The words from the first to the last word of a trigger."""
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    return parse.report.span(first.idx, last.idx + len(last.text))


def left_out_words(parse: Parse, tokens: Sequence[Token], why: str) -> LeftOut:
    """The words of a trigger that was considered and not coded, and why."""
    span = trigger_span(parse, tokens)
    return LeftOut(span.start, span.end, span.quote, "event", why)
