"""Where the codebook's words do not decide, the encoder's judgement of what one party does to another does.

It chooses between the types that claim one word, and it types the verbs that look like events to it and that the
codebook lacks. Only acts with both a source and a target are judged: the encoder learnt nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.codebook.model import Trigger
from dateline.coder.actors.mentions import PRONOUNS
from dateline.coder.events.participants import participants
from dateline.coder.relation.types import Offsets, RelationReader
from dateline.coder.triggers.match import Match
from dateline.lang.en.grammar.slots import verb_slots

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

    from dateline.coder.events.participants import Participants
    from dateline.coder.syntax.model import Parse

EVENT = 0.6
"""The chance of being an event word from which on a verb that no codebook lists is looked at."""

SURE = 0.8
"""The chance of its type from which on it is coded."""

UNLIKELY = 0.1
"""The chance of the type that the codebook prefers below which a likelier one that claims the same word is taken."""


def chosen(parse: Parse, match: Match, relations: RelationReader) -> Match:
    """The match, or that of its rivals which the encoder takes for what is told."""
    if not match.rivals:
        return match
    who = participants(parse, match)
    chances = _chances(parse, match.root, who, relations)
    best = max(match.rivals, key=lambda rival: chances.get(rival.type.name, 0.0))
    own, other = chances.get(match.type.name, 0.0), chances.get(best.type.name, 0.0)
    if own >= UNLIKELY or other < SURE:
        return match
    reason = f"{best.type.name}, not {match.type.name}, which claims the word too: encoder ({other:.2f}, {own:.2f})"
    return replace(best, reason=reason)


def unlisted(parse: Parse, sentence: SpacySpan, taken: frozenset[int], relations: RelationReader) -> Iterator[Match]:
    """The sentence's verbs, none of them ``taken``, that the encoder sees as event words and is sure of the type."""
    for token in sentence:
        if token.pos_ != "VERB" or token.i in taken or not token.is_alpha:
            continue
        seen = _event_chance(parse, token)
        if seen < EVENT:
            continue
        trigger = Trigger(token.lemma_.lower(), "VERB")
        match = Match(relations.codebook.types[0], trigger, (token,), verb_slots(token, frozenset({token.i})), (), ())
        who = participants(parse, match)
        if not who.actors or not who.recipients:
            continue
        chances = _chances(parse, token, who, relations)
        name, chance = max(chances.items(), key=lambda c: (c[1], c[0]), default=("", 0.0))
        if chance >= SURE:
            kind = next(kind for kind in relations.codebook.types if kind.name == name)
            reason = f"{name}: a verb that the codebook lacks; encoder (event word {seen:.2f}, type {chance:.2f})"
            yield replace(match, type=kind, reason=reason)


def _event_chance(parse: Parse, token: Token) -> float:
    if parse.reading is None:
        return 0.0
    pieces = parse.reading.pieces.within(token.idx, token.idx + len(token))
    return float(parse.reading.events[pieces.start : pieces.stop].max()) if pieces else 0.0


def _chances(parse: Parse, root: Token, who: Participants, relations: RelationReader) -> dict[str, float]:
    """The chances of the types between the first actor and the first recipient that are named in the act's own clause.

    The rest of the sentence tells of other acts, and a pronoun could be anybody.
    """
    first, last = parse.doc[root.left_edge.i], parse.doc[root.right_edge.i]
    start, end = first.idx, last.idx + len(last)
    sides: list[Offsets] = []
    for spans in (who.actors, who.recipients):
        inside = (s for s in spans if start <= s.start and s.end <= end and s.quote.lower() not in PRONOUNS)
        sides += [(s.start - start, s.end - start) for s in inside][:1]
    if len(sides) < 2:
        return {}
    return relations.chances(parse.report.text[start:end], sides[0], sides[1])
