"""What speaks for a place name being where an event word's event happened: readable features of the pair.

Each feature is a short phrase; what each is worth stands in ``dateline/data/where_weights.tsv``, fitted by
logistic regression on sentences in which people marked the place of one word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.lang.en.placing.names import containing_word
from dateline.lang.en.placing.places import PREPOSITIONS, VERBS_OF_PLACES, AttachedName, attached_name, path
from dateline.lang.lexicon import class_of, words

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

_ORGANISATION_WORDS = words("places.organisation_words")
_CLAUSES = frozenset(
    {
        "relative clause",
        "content clause",
        "adverbial clause",
        "noun clause",
        "beside",
        "clause as subject",
        "preposition clause",
    }
)
_DISTANCES = (2, 4, 7, 11, 17)
"""Words between the two, in steps that each have a worth of their own."""


def features(trigger: Token, place: SpacySpan, others: Sequence[SpacySpan], known: str = "unknown") -> list[str]:
    """The features that hold for an event word and a place name of one sentence; ``others`` are its other names.

    ``known`` says what the gazetteer holds the name to be, in a word; it is "unknown" where none was asked.
    """
    name = attached_name(place.root)
    group = _group(name)
    label = place.root.ent_type_ or "nothing"
    out = ["always", f"after {group}", f"called {label} by the recogniser", f"{known} to the gazetteer"]
    out += [f"called {label}, after {group}", f"called {label}, {known} to the gazetteer"]
    if place[-1].lower_ in _ORGANISATION_WORDS:
        out.append("an organisation's name")
    up, down = path(trigger, name.word)
    out += _of_the_way(up, down)
    if not up and not down and name.preposition is not None:
        out.append(f"{group} attached to the word")
    if name.preposition is None:
        acts = trigger.lemma_.lower() in VERBS_OF_PLACES
        out.append(f"as {_role(trigger, place.root, name)}{' of a verb of places' if acts else ''}")
    elif not up and len(down) == 1:
        out.append(f"in the {down[0].dep_} of the word")
    out += [f"through {link}" for link in name.links]
    return out + _of_order(trigger, place, others)


def _group(name: AttachedName) -> str:
    if name.preposition is None:
        return "none"
    return class_of(PREPOSITIONS, name.preposition.lower_) or "another preposition"


def _role(trigger: Token, head: Token, name: AttachedName) -> str:
    """What a name without a preposition is to the event's word, or to a word that hangs on it."""
    if name.links:
        return f"{name.links[-1]} in the {name.word.dep_}" if name.word.head == trigger else "in another name"
    return head.dep_ if head.head == trigger else "no role of the word's"


def _of_the_way(up: list[Token], down: list[Token]) -> Iterator[str]:
    """Features of the way through the syntax, from the event's word up and down to what the name hangs on."""
    yield f"{min(len(up), 3)} up {min(len(down), 3)} down"
    if any(t.dep_ in _CLAUSES for t in up):
        yield "in a clause above"
    if any(t.dep_ in _CLAUSES for t in down):
        yield "in a clause below"
    if any(t.dep_ == "conjunct" for t in up):
        yield "with the first of joined words"
    if any(t.dep_ == "conjunct" for t in down):
        yield "with another of joined words"
    if up and up[0].dep_ in {"open clause", "adverbial clause"}:
        yield "with the verb that governs the word"


def _of_order(trigger: Token, place: SpacySpan, others: Sequence[SpacySpan]) -> list[str]:
    """Features of the order of words: how far, on which side, and among which other names and marks."""
    doc = place.doc
    out = []
    gap = place.start - trigger.i if place.start > trigger.i else place.end - 1 - trigger.i
    side = "after" if gap > 0 else "before"
    size = next((s for s in _DISTANCES if abs(gap) <= s), 99)
    out.append(f"{side} by {size}")
    between = [
        o for o in others if min(gap, 0) + trigger.i <= o.start < max(gap, 0) + trigger.i and o.start != place.start
    ]
    if not between:
        out.append(f"the nearest {side}")
    if not any(o.start != place.start and o.start > trigger.i for o in others) and gap > 0:
        out.append("the only one after")
    if len(others) <= 1:
        out.append("the only one of the sentence")
    before = doc[place.start - 1] if place.start else None
    earlier = max((o.end for o in others if o.end <= place.start), default=None)
    later = min((o.start for o in others if o.start >= place.end), default=None)
    if earlier is not None and (link := containing_word(doc[earlier : place.start])):
        out.append(f"the container, after {link}, of the name before")
    if later is not None and (link := containing_word(doc[place.end : later])):
        out.append(f"in the name after it, by {link}" if link != "'s" else "the container of the name after")
    if before is not None and before.text == "(":
        out.append("in brackets")
    if any(t.text in {";", ":", '"', "“", "”"} for t in doc[min(place.start, trigger.i) : max(place.start, trigger.i)]):
        out.append("across a mark")
    commas = sum(t.text == "," for t in doc[min(place.start, trigger.i) : max(place.start, trigger.i)])
    out.append(f"{min(commas, 3)} commas between")
    if place.start == place.sent.start + 1 and gap < 0:
        out.append("at the head of the sentence")
    return out
