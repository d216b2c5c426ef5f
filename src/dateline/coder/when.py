"""The date of an event: from its own clause, else its sentence, else the sentence before, else another mention.

The publication date is never an event date on its own, nor is a date that belongs to something else: to the verb that
reports the event ("police said on Monday"), to a job or its term ("minister until 2019"), to a name ("the Friday
sermon", "the 2018 law"), or to a quotation that the event stands outside of.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.coder.parse import Parse
from dateline.coder.tense import clause_tense, tense_reader
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
_AFTERMATH = word_set(
    "condemn criticize criticise praise react respond investigate probe charge convict indict sentence try mourn "
    "commemorate mark discuss debate demand suspect welcome reject cancel postpone question deny remember blame regret "
    "justify defend denounce deplore mention recall follow concern"
)
"""Verbs whose date is not that of the act they are about ("was charged on Monday in the killing")."""
_BOUND_BEFORE = word_set("before until till by")
_BOUND_AFTER = word_set("after since following")
_DAYS = ("day", "time", "days")
_OTHER_CLAUSE = word_set("relcl acl ccomp advcl parataxis conj pcomp")
_OTHER_TIME = word_set("before until till by after since following for")
_INCIDENT = word_set("incident attack violence accident event crime tragedy assault clash")
"""Nouns by which a report goes back to what it has told ("the incident happened on Friday")."""
_DEFINITE = word_set("the this that these those")
_TOPIC = word_set("about regarding concerning over")
_TERM = word_set("until till since from of")
"""Prepositions that, after a noun, give its term and not the day of something that happened."""
_HAPPENING = word_set(
    "happen occur take begin start erupt unfold come last plan schedule set hold stage organize organise"
)
"""Verbs that, in a relative clause, only date the noun ("the attack, which took place on Tuesday")."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A date with its place in the syntax."""

    date: Date
    root: Token
    first: int
    last: int
    """Where the date's words begin and end, as indices into the document."""
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
    joined = _of_joined_clause(trigger, allowed)
    if joined is not None:
        return _result(parse, joined, dates, "it stands in the clause that the event's is joined to")
    loose = [p for p in allowed if _is_loose(trigger, p)]
    days = {p.date.edtf or p.date.timex_value for p in loose}
    if len(days) == 1:
        return _result(parse, loose[0], dates, "it is the only date of the event's sentence")
    if any(p.date.precision in _DAYS for p in placed):
        return None, None
    found = _from_sentence_before(parse, trigger, dates)
    return found if found[0] is not None else _from_same_word(parse, trigger, dates)


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
        if token.dep_ in ("relcl", "acl") and token.lemma_.lower() in _HAPPENING:
            token = token.head
        premodifier = (
            token.pos_ in ("NOUN", "PROPN", "ADJ")
            and root.i < token.i
            and not preposition
            and root.dep_ in ("compound", "nmod", "amod", "nummod", "poss", "npadvmod")
        )
        yield _Placed(date, root, span.start, span.end - 1, token, preposition, premodifier)


def _may_date(parse: Parse, trigger: Token, placed: _Placed) -> bool:
    """Whether the date may belong to the event at all."""
    if parse.quotation_at(trigger) != parse.quotation_at(placed.root):
        return False
    governor = placed.governor
    if placed.preposition in _TERM and _dates_a_term(placed):
        return False
    if governor.i == trigger.i:
        return True
    return not placed.premodifier


def _dates_a_term(placed: _Placed) -> bool:
    """“minister until November 2019”, also where the words stand before the verb and the parser gave them to it."""
    governor = placed.governor
    if governor.pos_ in ("NOUN", "PROPN"):
        return True
    if placed.first >= governor.i or placed.first < 2:
        return False
    before = governor.doc[placed.first - 2]  # the word before the preposition
    return before.sent.start == governor.sent.start and before.pos_ in ("NOUN", "PROPN")


def _is_own(trigger: Token, placed: _Placed) -> bool:
    """The date modifies the trigger, or the trigger's clause tells which day is meant ("the day when he spoke")."""
    if placed.governor.i == trigger.i:
        return True
    words = ("when",) if placed.governor.lemma_.lower() in _REPORTING else ("when", "that", "as")
    return any(c.i == placed.last + 1 and c.lower_ in words for c in trigger.children)


def _is_in_clause(trigger: Token, placed: _Placed) -> bool:
    """The date hangs on the verb of the trigger's clause, or on a noun below the trigger in that clause."""
    governor = placed.governor
    if governor.pos_ == "VERB" and governor.dep_ in ("acl", "relcl") and governor.tag_ == "VBG":
        governor = governor.head  # "fired on crowds who were protesting on Sunday"
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
        elif token.dep_ == "prep" and token.lower_ in _OTHER_TIME | _TOPIC:
            return  # "arrested on Friday after the attack": Friday is not the attack's
        token = head
        if token.pos_ in ("VERB", "AUX"):
            if token.lemma_.lower() in _REPORTING or (trigger.pos_ == "NOUN" and token.lemma_.lower() in _AFTERMATH):
                return
            yield token


def _of_joined_clause(trigger: Token, allowed: list[_Placed]) -> _Placed | None:
    """The date of the clause before, for one joined to it in the same tense: "fired on Sunday, and ten were killed"."""
    verb = next((v for v in _clause_verbs(trigger) if v.dep_ == "conj"), None)
    if verb is None:
        return None
    first = verb.head
    if first.pos_ != "VERB" or first.i > verb.i or first.lemma_.lower() in _REPORTING:
        return None
    if clause_tense(first) != clause_tense(verb):
        return None
    found = [p for p in allowed if p.preposition not in _OTHER_TIME and (_is_own(first, p) or _is_in_clause(first, p))]
    return _most_exact(found, first)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for child in verb.children)


def _is_loose(trigger: Token, placed: _Placed) -> bool:
    """A date that no clause has a claim to but the trigger's own, or one that the trigger is part of."""
    governor = placed.governor
    if governor.pos_ == "VERB" and governor.lemma_.lower() in _REPORTING | _AFTERMATH:
        return False
    if placed.date.precision not in _DAYS:
        return False
    above = {governor.i, *(token.i for token in governor.ancestors)}
    shared = next((token for token in (trigger, *trigger.ancestors) if token.i in above), None)
    if shared is None:
        return False
    return not _leaves_clause(trigger, shared) and not _leaves_clause(governor, shared)


def _leaves_clause(token: Token, above: Token) -> bool:
    """Whether a clause of another time ends between the two words."""
    while token.i != above.i:
        if token.dep_ in _OTHER_CLAUSE and token.pos_ in ("VERB", "AUX"):
            return True
        if token.dep_ == "prep" and token.lower_ in _OTHER_TIME:
            return True
        token = token.head
    return False


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
    if trigger.lemma_.lower() in _REPORTING or block is None or start <= block.start or trigger.sent.start == 0:
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
        and p.preposition not in _OTHER_TIME
        and _may_date(parse, main, p)
        and (_is_own(main, p) or _is_in_clause(main, p))
        and main.lemma_.lower() not in _REPORTING
    ]
    if len({p.date.edtf for p in found}) != 1 or parse.quotation_at(trigger) != parse.quotation_at(main):
        return None, None
    return _result(parse, found[0], dates, "it dates the sentence before, in the same paragraph")


_FEW = 60
"""More dates than this in a report are not looked through for every event."""
_STEM = 5
"""Letters by which a noun and a verb are taken for one word ("shoot", "shooting")."""


def _from_same_word(parse: Parse, trigger: Token, dates: Sequence[Date]) -> tuple[Date | None, Because | None]:
    """The one day given to the same event elsewhere: "a man was shot ... the shooting happened on Friday".

    Two words are taken for one event where they share their stem and the later of them is a definite noun.
    """
    days = [d for d in dates if d.precision in ("day", "time") and d.edtf is not None]
    if len(days) > _FEW:
        return None, None
    found: list[_Placed] = []
    for date in days:
        token = parse.doc.char_span(date.start, date.start + 1, alignment_mode="expand")
        if token is None or not any(b.start <= date.start < b.end for b in parse.coded_blocks()):
            continue
        for placed in _placed(parse, token.sent, [date]):
            other = _same_word(trigger, placed.governor)
            if other is None or placed.preposition in _OTHER_TIME or not _may_date(parse, other, placed):
                continue
            if _is_own(other, placed) or _is_in_clause(other, placed):
                found.append(placed)
    if len({p.date.edtf[:10] for p in found if p.date.edtf}) != 1:
        return None, None
    return _result(parse, found[0], dates, "it dates another mention of the event")


def _same_word(trigger: Token, governor: Token) -> Token | None:
    """The dated word, or an argument of the dated verb, that names the trigger's event again."""
    stem = trigger.lemma_.lower()[:_STEM]
    nearby = [governor, *(c for c in governor.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"))]
    for word in nearby:
        lemma = word.lemma_.lower()
        told_again = lemma in _INCIDENT and word.i > trigger.i and governor.lemma_.lower() in _HAPPENING
        if word.i == trigger.i or not (lemma.startswith(stem) or told_again):
            continue
        later = max(word, trigger, key=lambda token: token.i)
        if later.pos_ in ("NOUN", "PROPN") and any(
            c.lower_ in _DEFINITE or c.dep_ == "poss" for c in later.children if c.i < later.i
        ):
            return word
    return None


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
