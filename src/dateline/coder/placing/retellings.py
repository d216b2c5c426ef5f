"""The same event told again in a report is one mention with more evidence.

It is told again by a noun that points back ("the rally", "her arrest"), by the bare toll of what was just told ("two
were killed"), and by the same deed done to the same one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.coder.placing.place import Placed
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.agents import names_nobody
from dateline.lang.en.grammar.light_verbs import light_governor
from dateline.lang.lexicon import words
from dateline.model import Because, Date, Place, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

LOOK_BACK = 100
"""Earlier mentions of the same type that one may point back to, from the nearest."""
ADJACENT = 6
"""Code points between the end of one sentence and the start of the next: white space and quotation marks."""
POINTING_BACK = words("placing.pointing_back")
HARMING = words("placing.harming")
DYING = words("placing.dying")
ORGANISING = words("placing.organising")
APART = words("placing.apart")


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a report's people and types.

    ``who`` gives the actor of a participant by its offsets, ``persons`` those actors that are single persons, and
    ``deeds`` the types that are done to somebody rather than said.
    """

    who: Mapping[tuple[int, int], str]
    persons: frozenset[str]
    deeds: frozenset[str]

    def ids(self, spans: Sequence[Span]) -> set[str]:
        """The actors of the participants, as far as they are known."""
        return {self.who[s.start, s.end] for s in spans if (s.start, s.end) in self.who}


@dataclass(slots=True)
class _Kept:
    """A mention kept so far, with the lemmas that named it."""

    placed: Placed
    lemmas: set[str] = field(default_factory=set)

    def last(self) -> Span:
        """The latest sentence that tells it."""
        return max((self.placed.mention.sentence, *self.placed.retold), key=lambda s: s.end)


def merge_retold(placed: Sequence[Placed], known: Told) -> list[Placed]:
    """The mentions without those that tell an earlier one again, which gains their sentences, people and numbers.

    Nothing that a later telling says of people, place, day or mode may differ from the earlier one. Who tells it first
    stays the one who is credited with it; numbers keep the attribution of their own words.
    """
    kept: list[_Kept] = []
    told = Counter(p.mention.trigger.start for p in placed)
    alike: dict[str, list[_Kept]] = defaultdict(list)
    for later in placed:
        before = alike[later.mention.type]
        near = [k for k in before[: -LOOK_BACK - 1 : -1] if told[k.placed.mention.trigger.start] == 1]
        at = _told_before(later, near, known)
        if at is None:
            kept.append(_Kept(later, _lemmas(later)))
            before.append(kept[-1])
        else:
            at.placed = _joined(at.placed, later, known)
            at.lemmas |= _lemmas(later)
    return [k.placed for k in kept]


def _told_before(later: Placed, near: Sequence[_Kept], known: Told) -> _Kept | None:
    """The earlier mention that ``later`` tells again; ``near`` has the nearest first."""
    if not near or any(k.placed.mention is later.mention for k in near):
        return None
    pointing = _pointing(later)
    if pointing is not None:
        by_noun = (k for k in near if pointing.lemma_.lower() in k.lemmas)
        by_mode = (k for k in near if _same_mode(later, k.placed))
        # "the attack" may be any attack, and is the one told last
        by_type = (k for k in near[:1] if later.mention.mode is None or k.placed.mention.mode is None)
        for one in (*by_noun, *by_mode, *by_type):
            if _retells(later, one.placed, pointing, known):
                return one
    if _bare_toll(later) and near[0].placed.mention.modality in {"asserted", "historical"}:
        gap = later.mention.sentence.start - near[0].last().end
        if gap <= ADJACENT and _same_place(later, near[0].placed) and _same_time(later.date, near[0].placed.date):
            return near[0]
    return next((k for k in near if _same_deed(later, k, known)), None)


def _lemmas(placed: Placed) -> set[str]:
    return {t.lemma_.lower() for t in placed.mention.tokens}


def _same_mode(later: Placed, earlier: Placed) -> bool:
    return later.mention.mode is not None and later.mention.mode == earlier.mention.mode


def _pointing(later: Placed) -> Token | None:
    """The noun of the trigger that points back to what was told: definite, or somebody's ("his arrest")."""
    for token in later.mention.tokens:
        if token.pos_ in {"NOUN", "PROPN"} and any(
            (c.dep_ == "determiner" and c.lower_ in POINTING_BACK) or c.dep_ == "possessor" for c in token.children
        ):
            more = any(c.lower_ in APART or c.ent_type_ == "ORDINAL" for c in token.lefts)
            return None if more else token
    return None


def _retells(later: Placed, earlier: Placed, pointing: Token, known: Told) -> bool:
    """Whether nothing differs that the two tell of people, place, day and modality."""
    new, old = later.mention, earlier.mention
    if new.modality != old.modality:
        # "the march" of a march to come or long past is that march, unless it is told what came of it
        told_on = new.modality == "asserted" and old.modality in {"historical", "planned"}
        if not told_on or (old.modality == "planned" and (new.counts or later.date)):
            return False
    harm = new.root != pointing and _tells_harm(new.root)
    organised = _is_organised(new.root)
    return (
        _same_place(later, earlier)
        and _same_time(later.date, earlier.date)
        and (organised or harm or _same_people(new.actors, old.actors, known))
        and (harm or _same_people(new.recipients, old.recipients, known))
    )


def _is_organised(noun: Token) -> bool:
    governor = light_governor(noun)
    return governor is not None and governor.lemma_.lower() in ORGANISING


def _bare_toll(later: Placed) -> bool:
    """Whether the mention only tells how many came to harm, in what was told just before ("two were killed")."""
    mention = later.mention
    root, sentence = mention.root, mention.sentence
    befell = root.lemma_.lower() in DYING or (
        _tells_harm(root) and clause_of(root).passive and not clause_of(root).agents
    )
    if not befell or mention.actors or mention.instrument or mention.mode:
        return False
    if mention.modality != "asserted" and not (mention.modality == "negated" and _names_no_one(root)):
        return False
    if any(sentence.start <= s.start < sentence.end for s in (later.date, later.place) if s is not None):
        return False
    return not any(t.lower_ in APART - {"other", "another"} or t.dep_ == "adverbial clause" for t in root.subtree)


def _tells_harm(word: Token) -> bool:
    return word.lemma_.lower() in HARMING | DYING


def _names_no_one(verb: Token) -> bool:
    return any(names_nobody(c) for c in verb.children if c.dep_ in {"subject", "passive subject"})


def _same_deed(later: Placed, one: _Kept, known: Told) -> bool:
    """Whether the same is told to be done to the same person, or by the same ones to the same ones."""
    new, old = later.mention, one.placed.mention
    if (
        new.type not in known.deeds
        or new.modality != old.modality
        or new.modality != "asserted"
        or new.sentence == old.sentence
    ):
        return False
    suffering, suffered = known.ids(new.recipients), known.ids(old.recipients)
    acting, acted = known.ids(new.actors), known.ids(old.actors)
    same_word = bool(_lemmas(later) & one.lemmas)
    if not suffering & suffered or not (same_word or _same_mode(later, one.placed)):
        return False
    if acting and acted and not acting & acted:
        return False
    numbers = {(c.kind, c.low, c.best, c.high) for c in old.counts}
    differing = any(c.kind == kind and (c.kind, *n) not in numbers for c in new.counts for kind, *n in numbers)
    certain = bool(suffering & suffered & known.persons) or (bool(acting & acted) and same_word)
    return certain and not differing and _same_place(later, one.placed) and _same_time(later.date, one.placed.date)


def _same_time(new: Date | None, old: Date | None) -> bool:
    """The same day, or an hour of it; what is not told does not differ."""
    if new is None or old is None or not new.edtf or not old.edtf:
        return True
    return new.edtf.startswith(old.edtf) or old.edtf.startswith(new.edtf)


def _same_place(later: Placed, earlier: Placed) -> bool:
    """The same place, or the country that it is in; a place taken from elsewhere in the report does not differ."""
    new, old = later.place, earlier.place
    if new is None or old is None or new.name == old.name:
        return True
    sentence = later.mention.sentence
    return not sentence.start <= new.start < sentence.end or _within(new, old) or _within(old, new)


def _within(inner: Place, outer: Place) -> bool:
    return outer.precision == "country" and inner.country == outer.country


def _same_people(new: Sequence[Span], old: Sequence[Span], known: Told) -> bool:
    """Nobody is named whom the earlier mention does not have, unless it has none."""
    words = " ".join(span.quote.lower() for span in old)
    ids = known.ids(old)
    return not words or all(known.who.get((s.start, s.end)) in ids or s.quote.lower().split()[-1] in words for s in new)


def _joined(earlier: Placed, later: Placed, known: Told) -> Placed:
    old, new = earlier.mention, later.mention
    told = {(c.kind, c.low, c.best, c.high) for c in old.counts}
    sentences = {(s.start, s.end) for s in (old.sentence, *earlier.retold)}
    again = (new.sentence.start, new.sentence.end) not in sentences
    ids, words = known.ids((*old.actors, *old.recipients)), {s.quote.lower() for s in (*old.actors, *old.recipients)}
    more = [s for s in new.recipients if known.who.get((s.start, s.end)) not in ids and s.quote.lower() not in words]
    recipients = old.recipients or (() if _is_organised(new.root) else new.recipients)
    because = Because("evidence", "the same event is told again", new.trigger.quote)
    return replace(
        earlier,
        mention=replace(
            old,
            actors=old.actors or new.actors,
            recipients=(*old.recipients, *more) if _tells_harm(new.root) else recipients,
            instrument=old.instrument or new.instrument,
            mode=old.mode or new.mode,
            counts=(*old.counts, *(c for c in new.counts if (c.kind, c.low, c.best, c.high) not in told)),
        ),
        place=earlier.place or later.place,
        date=earlier.date or later.date,
        because=(*earlier.because, because),
        retold=(*earlier.retold, new.sentence) if again else earlier.retold,
    )
