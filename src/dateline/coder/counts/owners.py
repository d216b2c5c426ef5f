"""Numbers given to the events they belong to: the same clause first, then the sentence, then the event just told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from dateline.codebook.model import Codebook, EventType
from dateline.coder.counts.find import find_counts
from dateline.coder.counts.phrases import FoundCount
from dateline.coder.counts.signs import has_other_cause, tells_death, tells_mishap
from dateline.coder.counts.sums import over_a_period
from dateline.coder.counts.turnout import find_turnout
from dateline.coder.events.model import MentionsFound, in_order, left_out_words, readable_sentences
from dateline.coder.syntax.model import Parse
from dateline.coder.triggers.background import year_of
from dateline.coder.triggers.modality import standing
from dateline.lang.clause import clause_of
from dateline.lang.lexicon import words
from dateline.model import Count, CountKind, LeftOut

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dateline.coder.events.model import Mention

FIGURES = words("counts.figures")
HINTING_AT_DEATH = words("harm.hinting_at_death")
TELLING_TURNOUT = words("counts.telling_turnout")
SUM = "a sum of many events"
HARMED = frozenset({"killed", "injured"})
REAL = frozenset({"asserted", "possible"})
"""What is only feared, planned or denied has no victims ("the deputy was not injured")."""
REACH = 3
"""Sentences to the event that a number without an event in its own sentence belongs to."""
FAR = 6
"""The same for the dead and hurt, whose clause names them as an event's victims less than it names an event."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """The numbers of people in a report, looked for once however often they are given to events."""

    parse: Parse

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences that can be read, in order."""
        return readable_sentences(self.parse)

    @cached_property
    def unmeant(self) -> frozenset[int]:
        """The sentences that tell of a mishap."""
        return frozenset(n for n, sentence in enumerate(self.sentences) if tells_mishap(sentence))

    @cached_property
    def of(self) -> Callable[[int, frozenset[int]], list[FoundCount]]:
        """The numbers of a sentence, some words of which (by index) are protests."""
        sentences, deaths = self.sentences, any(tells_death(t, HINTING_AT_DEATH) for t in self.parse.doc)
        return cache(lambda n, protests: _counts(sentences[n], protests, deaths))


def attach_counts(
    parse: Parse, told: MentionsFound, codebook: Codebook, numbers: Numbers | None = None
) -> MentionsFound:
    """The mentions with their counts; the numbers that belong to no coded event are among what was left out."""
    numbers = numbers or Numbers(parse)
    sentences, mentions, unmeant = numbers.sentences, told.mentions, numbers.unmeant
    kinds = {kind.name: kind for kind in codebook.types}
    given: dict[int, list[Count]] = {}
    sums: set[int] = set()
    left_out: list[LeftOut] = []
    places = {s.start: n for n, s in enumerate(sentences)}
    by_sentence: dict[int, list[tuple[int, int, Mention]]] = {}
    for k, mention in enumerate(mentions):
        at = places.get(mention.root.sent.start)
        if at is not None:
            by_sentence.setdefault(at, []).append((at, k, mention))
    year = year_of(parse)
    for n, sentence in enumerate(sentences):
        if not any(t.like_num or t.pos_ in {"NUM", "NOUN", "PROPN", "PRON"} for t in sentence):
            continue
        gathered = [m for _, _, m in by_sentence.get(n, ()) if "participants" in kinds[m.type].counts]
        protests = frozenset(t.i for m in gathered for t in m.tokens)
        numbered = [one for near in range(n - FAR, n + FAR + 1) for one in by_sentence.get(near, ())]
        for number in numbers.of(n, protests):
            named = number.kind != "participants" or number.anchor.lemma_.lower() not in FIGURES
            found = number if named else replace(number, kind=_kind_before(n, numbered, given) or number.kind)
            many, quoted = over_a_period(found), parse.quotation_at(found.anchor) is not None
            if many:
                sums |= {k for _, k, m in by_sentence.get(n, ()) if any(t.i == found.anchor.i for t in m.tokens)}
            mishaps = frozenset(k for k in range(n - FAR, n + FAR + 1) if k in unmeant)
            chosen = None if many else _owner(found, n, numbered, kinds, year=year, quoted=quoted, mishaps=mishaps)
            quote = parse.report.text[found.start : found.end]
            if chosen is None:
                why = SUM if many else "no coded event that the number could belong to"
                left_out.append(LeftOut(found.start, found.end, quote, "count", f"{found.kind}: {why}"))
            else:
                count = Count(found.start, found.end, quote, found.kind, found.low, found.best, found.high)
                of_event = given.setdefault(chosen, [])
                if found.whole:  # "three died, bringing the toll to five": the whole stands before its parts
                    of_event.insert(next((i for i, c in enumerate(of_event) if c.kind == found.kind), 0), count)
                else:
                    of_event.append(count)
    left_out += [left_out_words(parse, mentions[k].tokens, f"{mentions[k].type}: {SUM}") for k in sorted(sums)]
    counted = [replace(m, counts=tuple(given.get(k, m.counts))) for k, m in enumerate(mentions) if k not in sums]
    return MentionsFound(tuple(counted), in_order([*told.left_out, *left_out]))


def _kind_before(
    n: int, numbered: Sequence[tuple[int, int, Mention]], given: Mapping[int, Sequence[Count]]
) -> CountKind | None:
    """What the number told last counts, where it counts no participants: "the number" is the number of those."""
    told = [given[k][-1] for at, k, _ in sorted(numbered, key=lambda x: x[:2]) if n - REACH <= at <= n and k in given]
    last = max(told, key=lambda count: count.start, default=None)
    return last.kind if last is not None and last.kind != "participants" else None


def _counts(sentence: Span, protests: frozenset[int], deaths: bool) -> list[FoundCount]:
    found = list(find_counts(sentence, protests, deaths=deaths))
    turnouts = [t for t in find_turnout(sentence) if not any(f.start < t.end and t.start < f.end for f in found)]
    return sorted([*found, *turnouts], key=lambda f: (f.start, f.kind))


def _rank(kind: CountKind, type: EventType) -> int | None:
    """How likely a number of the kind belongs to the type, 0 for its own; None where it never does."""
    if kind in type.counts:
        return 0
    # the dead and hurt of a gathering are told with it
    return (1 if type.gathering else 2) if kind in type.also_counts else None


def _owner(
    found: FoundCount,
    n: int,
    numbered: Sequence[tuple[int, int, Mention]],
    kinds: Mapping[str, EventType],
    *,
    year: int | None,
    quoted: bool,
    mishaps: frozenset[int],
) -> int | None:
    ranks = {name: rank for name, kind in kinds.items() if (rank := _rank(found.kind, kind)) is not None}
    here = [(k, m) for at, k, m in numbered if at == n and m.type in ranks]
    own = [(k, m) for k, m in here if any(t.i == found.anchor.i for t in m.tokens)]
    if own:
        nobody = clause_of(found.anchor).negated and found.kind in HARMED and found.best != 0
        return None if nobody else own[0][0]
    harm = standing(found.anchor, found.anchor.sent, year) if found.kind in HARMED else None
    if harm is not None and harm.modality not in REAL and found.best != 0:
        return None
    # "three injured women" were hurt in what the report tells of
    background = harm is not None and harm.historical and clause_of(found.anchor).link != "adjective"
    # the dead of another year are no victims of what the report tells of
    real = [(k, m) for k, m in here if m.modality in REAL and (m.historical or not background)]
    if found.kind == "participants":
        # crowds in rhetoric are no counts: only the clause of a coded protest can tell how many took part
        beside = [(k, m) for k, m in real if _same_clause(found.anchor, m.root)]
        if beside or quoted or found.best is None or found.anchor.lemma_.lower() not in TELLING_TURNOUT:
            return beside[0][0] if beside else None
        if real:
            return real[0][0]
    if real and found.kind != "participants":
        ranked = sorted(
            real,
            key=lambda km: (
                not _same_clause(found.anchor, km[1].root),
                ranks[km[1].type],
                abs(km[1].root.i - found.anchor.i),
            ),
        )
        return ranked[0][0]
    if quoted or background or (found.kind in HARMED and has_other_cause(found.anchor)):
        return None
    near = [
        (m.modality != "asserted" and _apart(found.anchor, m.root), ranks[m.type], abs(n - at), at > n, -k, k)
        for at, k, m in numbered
        if 0 < abs(n - at) <= (FAR if found.kind in HARMED else REACH)
        and ranks.get(m.type, 3) <= (1 if found.kind in HARMED and at < n else 0)
        and not (found.kind in HARMED and mishaps & _since(at, n))
        # three are dead, and police only suspect a murder-suicide: the dead are told all the same
        and m.modality in (REAL if found.kind in HARMED else {"asserted"})
        and not m.historical
    ]
    return min(near)[-1] if near else None


def _since(at: int, n: int) -> frozenset[int]:
    """The sentences in which the harm of sentence ``n`` may have another cause than the event of sentence ``at``."""
    return frozenset(range(at + 1, n + 1)) if at < n else frozenset({n - 1, n})


def _apart(anchor: Token, root: Token) -> bool:
    """Whether they stand in two paragraphs."""
    first, last = sorted((anchor.idx, root.idx))
    return "\n\n" in anchor.doc.text[first:last]


def _same_clause(anchor: Token, root: Token) -> bool:
    if anchor.i == root.i:
        return True
    return _under(anchor, root) or _under(root, anchor)


def _under(token: Token, above: Token) -> bool:
    for _ in range(6):
        if token.i == above.i:
            return True
        if token.head == token:
            return False
        token = token.head
    return False
