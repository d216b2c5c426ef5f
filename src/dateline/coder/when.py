"""The date of an event: from its own clause, else from its sentence, else from the sentence before it.

The publication date is never an event date on its own, nor is a date that belongs to something else: to the verb that
reports the event ("police said on Monday"), to a job or its term ("minister until 2019"), to a name ("the Friday
sermon", "the 2018 law"), or to a quotation that the event stands outside of.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from dateline.coder.parse import Parse
from dateline.coder.tense import tense_reader
from dateline.coder.words import word_set
from dateline.model import Because, Date
from dateline.resolve import edtf

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

__all__ = ["event_date", "tense_reader"]

_REPORTING = word_set(
    "say tell report announce add state confirm declare claim note explain quote write warn argue insist deny "
    "acknowledge admit allege accuse charge comment remark reveal disclose describe mention recall testify tweet post "
    "publish release issue believe think know hear learn ask urge call appeal"
)
"""Verbs whose date tells when something was said, not when what they tell of happened."""
_BOUND_BEFORE = word_set("before until till by")
_BOUND_AFTER = word_set("after since following")
_INSIDE_PHRASE = word_set("prep pobj pcomp npadvmod compound nmod nummod amod det poss advmod dep quantmod case appos")
_ENDING = 1
"""Sentences back in which a date is looked for when the event's own has none."""

Link = Literal["own", "clause", "sentence"]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A date with its place in the syntax."""

    date: Date
    root: Token
    governor: Token
    """The first word above the date that is not part of the phrase."""
    preposition: str
    premodifier: bool
    """Whether the date stands before the noun that it modifies, as in a name ("the 2018 law")."""


def event_date(parse: Parse, trigger: Token, dates: Sequence[Date]) -> tuple[Date | None, Because | None]:
    """The date of the event that the trigger names, with the reason; ``(None, None)`` where the text supports none.

    ``dates`` are those of :func:`dateline.resolve.dates.find_dates` on the report, in order. A date bounded by
    "before", "until", "since" or "after" comes back as an open interval, two joined by "between" or "from" as one.
    """
    sentence = trigger.sent
    placed = list(_placed(parse, sentence, dates))
    allowed = [p for p in placed if _may_date(parse, trigger, p)]
    for rule, holds in (
        ("it modifies the event's own word", _is_own),
        ("it stands in the event's clause", _is_in_clause),
    ):
        chosen = _most_exact([p for p in allowed if holds(trigger, p)], trigger)
        if chosen is not None:
            return _result(parse, chosen, dates, rule)
    loose = [p for p in allowed if _is_loose(trigger, p)]
    days = {p.date.edtf or p.date.timex_value for p in loose}
    if len(days) == 1:
        return _result(parse, loose[0], dates, "it is the only date of the event's sentence")
    if loose:
        return None, None
    return _from_sentence_before(parse, trigger, dates)


def _placed(parse: Parse, sentence: SpacySpan, dates: Sequence[Date]) -> Iterator[_Placed]:
    """The sentence's dates that are points in time, with the words that govern them."""
    doc = parse.doc
    first = bisect_left(dates, sentence.start_char, key=lambda d: d.start)
    for date in dates[first : bisect_left(dates, sentence.end_char, key=lambda d: d.start)]:
        if date.timex_type not in ("DATE", "TIME") or (date.timex_value or "").endswith("_REF"):
            continue
        span = doc.char_span(date.start, date.end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        root = span.root
        preposition, token = "", root
        while token.head.i != token.i:
            token = token.head
            if token.dep_ == "prep" or token.pos_ == "ADP" or token.dep_ == "mark":
                preposition = preposition or token.lower_
                continue
            if span.start <= token.i < span.end:
                continue
            break
        premodifier = (
            token.pos_ in ("NOUN", "PROPN", "ADJ")
            and root.i < token.i
            and not preposition
            and root.dep_ in ("compound", "nmod", "amod", "nummod", "poss", "npadvmod")
        )
        yield _Placed(date, root, token, preposition, premodifier)


def _may_date(parse: Parse, trigger: Token, placed: _Placed) -> bool:
    """Whether the date may belong to the event at all."""
    if parse.quotation_at(trigger) != parse.quotation_at(placed.root):
        return False
    governor = placed.governor
    if governor.i == trigger.i:
        return True
    if placed.premodifier:
        return False
    is_noun = governor.pos_ in ("NOUN", "PROPN")
    return not (is_noun and placed.preposition in {"until", "till", "since", "from", "of"})


def _is_own(trigger: Token, placed: _Placed) -> bool:
    return placed.governor.i == trigger.i


def _is_in_clause(trigger: Token, placed: _Placed) -> bool:
    """The date hangs on the verb of the trigger's clause, or on a noun below the trigger in that clause."""
    governor = placed.governor
    if governor.pos_ in ("VERB", "AUX"):
        if governor.lemma_.lower() in _REPORTING:
            return False
        return any(verb.i == governor.i for verb in _clause_verbs(trigger))
    if governor.pos_ not in ("NOUN", "PROPN", "NUM"):
        return False
    for above in governor.ancestors:
        if above.i == trigger.i:
            return True
        if above.pos_ in ("VERB", "AUX") and above.lemma_.lower() not in _REPORTING:
            return any(verb.i == above.i for verb in _clause_verbs(trigger))
        if above.dep_ == "prep" and above.lower_ in _BOUND_BEFORE | _BOUND_AFTER:
            return False
    return False


def _clause_verbs(trigger: Token) -> Iterator[Token]:
    """The trigger where it is a verb, and the verbs that share its clause and so its date."""
    token = trigger
    if trigger.pos_ in ("VERB", "AUX"):
        yield trigger
    for _ in range(8):
        for child in token.children:
            # "marched and burned flags on Friday"; "opened fire, killing two on Friday"
            if child.pos_ == "VERB" and (
                (child.dep_ == "conj" and not _has_subject(child))
                or (child.dep_ in ("advcl", "xcomp") and child.tag_ == "VBG" and not _has_subject(child))
            ):
                yield child
        head = token.head
        if head.i == token.i:
            return
        if token.pos_ in ("VERB", "AUX"):
            shares = token.dep_ in ("xcomp", "auxpass", "aux") or (
                token.dep_ in ("conj", "advcl") and not _has_subject(token) and token.tag_ != "VBZ"
            )
            if not shares:
                return
        elif token.dep_ == "prep" and token.lower_ in _BOUND_BEFORE | _BOUND_AFTER:
            return  # "arrested on Friday after the attack": Friday is not the attack's
        token = head
        if token.pos_ in ("VERB", "AUX"):
            if token.lemma_.lower() in _REPORTING:
                return
            yield token


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for child in verb.children)


def _is_loose(trigger: Token, placed: _Placed) -> bool:
    """A date of the sentence that no other clause has a claim to."""
    governor = placed.governor
    if governor.lemma_.lower() in _REPORTING and governor.pos_ == "VERB":
        return False
    if placed.date.precision not in ("day", "time", "days"):
        return False
    above = [governor, *governor.ancestors]
    for token in above:
        if token.i == trigger.i or any(a.i == token.i for a in trigger.ancestors):
            return True
        if token.dep_ in ("relcl", "acl", "ccomp", "advcl", "parataxis", "conj") and token.pos_ in ("VERB", "AUX"):
            return False
        if token.dep_ == "prep" and token.lower_ in _BOUND_BEFORE | _BOUND_AFTER:
            return False
    return True


_EXACTNESS = {name: n for n, name in enumerate(("time", "day", "days", "week", "month", "season", "year"))}


def _most_exact(found: list[_Placed], trigger: Token) -> _Placed | None:
    """A date with a value before one without, the more exact, then the nearer."""
    return min(
        found,
        key=lambda p: (p.date.edtf is None, _EXACTNESS.get(p.date.precision, 9), abs(p.root.i - trigger.i)),
        default=None,
    )


def _from_sentence_before(parse: Parse, trigger: Token, dates: Sequence[Date]) -> tuple[Date | None, Because | None]:
    """The one day that the sentence before, of the same paragraph, gives to its own main verb."""
    start = trigger.sent.start_char
    block = next((b for b in parse.report.blocks if b.start <= trigger.idx < b.end), None)
    if block is None or start <= block.start or trigger.sent.start == 0:
        return None, None
    sentence = parse.doc[trigger.sent.start - 1].sent
    if sentence.start_char < block.start:
        return None, None
    main = sentence.root
    found = [
        p
        for p in _placed(parse, sentence, dates)
        if p.date.edtf is not None
        and p.date.precision in ("day", "time")
        and _may_date(parse, main, p)
        and (_is_own(main, p) or _is_in_clause(main, p))
        and main.lemma_.lower() not in _REPORTING
    ]
    if len({p.date.edtf for p in found}) != 1 or parse.quotation_at(trigger) != parse.quotation_at(main):
        return None, None
    return _result(parse, found[0], dates, "it dates the sentence before, in the same paragraph")


def _result(parse: Parse, placed: _Placed, dates: Sequence[Date], why: str) -> tuple[Date, Because]:
    date = _bounded(placed, _joined(parse, placed.date, dates))
    return date, Because("date", f"{why}; {date.basis}", date.quote)


def _bounded(placed: _Placed, date: Date) -> Date:
    """“before 1990” is not 1990: an open interval."""
    if date.edtf is None or "/" in date.edtf:
        return date
    if placed.preposition in _BOUND_BEFORE:
        return replace(date, edtf=edtf.before(date.edtf), basis=f"“{placed.preposition}” what is meant; {date.basis}")
    if placed.preposition in _BOUND_AFTER:
        return replace(date, edtf=edtf.after(date.edtf), basis=f"“{placed.preposition}” what is meant; {date.basis}")
    return date


_FROM = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_TO = re.compile(r"\s+(?:and|to|until|till|through)\s+(?:the\s+)?", re.IGNORECASE)


def _joined(parse: Parse, date: Date, dates: Sequence[Date]) -> Date:
    """“between 3 May and 7 June”: one interval over both dates' words."""
    text = parse.report.text
    at = bisect_right(dates, date.start, key=lambda d: d.start) - 1
    for first, last in ((at, at + 1), (at - 1, at)):
        if first < 0 or last >= len(dates):
            continue
        a, b = dates[first], dates[last]
        if not (_FROM.search(text[max(0, a.start - 20) : a.start]) and _TO.fullmatch(text[a.end : b.start])):
            continue
        if a.edtf is None or b.edtf is None or "/" in a.edtf + b.edtf:
            continue
        value = f"{a.edtf}/{b.edtf}"
        if edtf.is_valid(value):
            span = parse.report.span(a.start, b.end)
            precision = "days" if "day" in (a.precision, b.precision) else a.precision
            return Date(span.start, span.end, span.quote, value, precision, a.basis, "DATE", value)
    return date
