"""The kind of act between a marked source and a marked target: the trigger that stands best between the two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.codebook.model import Codebook, EventType
from dateline.coder.syntax.model import Parse
from dateline.coder.triggers.governors import refused
from dateline.coder.triggers.match import Match, Refused, find_matches, trigger_index
from dateline.coder.triggers.modality import standing
from dateline.lang.lexicon import Table, classes
from dateline.model import Because, Span
from dateline.rules import Rule, rule

if TYPE_CHECKING:
    from spacy.tokens import Token

SLOTS: Table[frozenset[str]] = classes("events.slots")
FAR = 40

BETWEEN = rule("type.between-parties", "{why}")
TO_COME = rule("type.between-parties-to-come", "{why}; it is still to come")
REFUSED = rule("type.between-parties-refused", "{why}; it is refused")
GUESSED = rule("type.guessed", "a guess: no word of the codebook's triggers stands in the text")


@dataclass(frozen=True, slots=True)
class _Scored:
    score: float
    type: EventType
    root: Token
    why: str
    source: str
    """File and line of the trigger."""


def relation(
    parse: Parse, source: Span | None, target: Span | None, codebook: Codebook
) -> tuple[str, int | None, Because] | None:
    """The type of act, its quad class, and why; where no word of the codebook stands in the text, a guess that says so.

    None only where the codebook has no type to guess.

    ``source`` and ``target`` are spans of the report's text; None where the text does not name that side.
    """
    ranked = sorted(_candidates(parse, source, target, codebook), key=lambda s: (-s.score, s.root.i, s.type.name))
    if not ranked:
        return _guess(parse, codebook)
    best = ranked[0]
    kind, counts_as = _as_told(best, codebook)
    return kind.name, kind.quad, counts_as.because(best.root.text, source=best.source, why=best.why)


def _guess(parse: Parse, codebook: Codebook) -> tuple[str, int | None, Because] | None:
    """Without a trigger, the clause's own mood is all there is: denied, still to come, or said."""
    verbs = [t for t in parse.doc if t.pos_ in {"VERB", "AUX"}]
    root = next((t for t in verbs if t.head == t), verbs[0] if verbs else None)
    judged = standing(root, root.sent, None).modality if root is not None else "asserted"
    match judged:
        case "negated":
            names = [k.refused_as for k in codebook.types if k.refused_as]
        case "planned":
            names = [k.planned_as for k in codebook.types if k.planned_as]
        case _:
            names = [k.name for k in codebook.types if k.speaks_of == "deed"]
    kinds = [k for k in codebook.types if k.name in names[:1]] or list(codebook.types[:1])
    if not kinds:
        return None
    return kinds[0].name, kinds[0].quad, GUESSED.because(root.text if root is not None else "")


def _candidates(parse: Parse, source: Span | None, target: Span | None, codebook: Codebook) -> Iterator[_Scored]:
    index = trigger_index(codebook)
    acting, touched = _tokens(parse, source), _tokens(parse, target)
    marked = {t.i for t in (*acting, *touched)}
    path = _path(acting, touched)
    for sentence in parse.doc.sents:
        matches, left_out = find_matches(sentence, index)
        every: list[Match | Refused] = [*matches, *left_out]
        for found in every:
            yield _score(
                found, f"{found.trigger.file or codebook.name}:{found.trigger.line}", acting, touched, path, marked
            )


def _tokens(parse: Parse, span: Span | None) -> list[Token]:
    if span is None:
        return []
    return [t for t in parse.doc if t.idx < span.end and t.idx + len(t.text) > span.start]


def _path(acting: list[Token], touched: list[Token]) -> frozenset[int]:
    """The words on the dependency path between the two sides, or above the one that is named."""
    above = [_chain(side) for side in (acting, touched) if side]
    if len(above) < 2:
        return frozenset(above[0]) if above else frozenset()
    first, second = above
    shared = next((i for i in first if i in set(second)), None)
    if shared is None:
        return frozenset(first)
    return frozenset([*first[: first.index(shared) + 1], *second[: second.index(shared)]])


def _chain(side: list[Token]) -> list[int]:
    inside = {t.i for t in side}
    head = next((t for t in side if t.head.i not in inside), side[0])
    return [head.i, *(t.i for t in head.ancestors)]


def _score(
    found: Match | Refused,
    line: str,
    acting: list[Token],
    touched: list[Token],
    path: frozenset[int],
    marked: set[int],
) -> _Scored:
    root, kind = found.tokens[0], found.type
    slots = found.slots if isinstance(found, Match) else {}
    actors, recipients = {t.i for t in acting}, {t.i for t in touched}
    score, why = 0.0, []
    if any(t.i in actors for slot in SLOTS["parties that act"] for t in slots.get(slot, ())):
        score += 4
        why.append("the source acts")
    if any(t.i in recipients for slot in SLOTS["parties acted on"] for t in slots.get(slot, ())):
        score += 2.5
        why.append("the target is acted upon")
    elif touched and any(t.i in recipients for t in root.subtree):
        # "threatened to attack X": what is said of an act outweighs the act, which has not happened
        score += 3.0 if kind.speaks_of and "complement" in slots else 1.5
        why.append("the target stands below it")
    if root.i in path:
        score += 2
        why.append("it links the two")
    if root.i in marked:
        score -= 3
    anchor = acting[-1].i if acting else touched[0].i if touched else root.sent.start
    distance = min(abs(root.i - anchor), FAR)
    score -= distance * 0.06 + (0.5 if root.i < anchor and acting else 0)
    score -= 0.1 * sum(1 for _ in root.ancestors)
    if isinstance(found, Refused):
        score -= 3
    elif found.trigger.pos == "NOUN":
        score -= 0.7
    return _Scored(score, kind, root, ", ".join(why) or "the nearest word of the codebook", line)


def _as_told(best: _Scored, codebook: Codebook) -> tuple[EventType, Rule]:
    """The type that a planned or refused act counts as, and the rule that says so."""
    types = {kind.name: kind for kind in codebook.types}
    judged = standing(best.root, best.root.sent, None).modality
    coming = best.type.threatened_as or best.type.planned_as
    if judged == "planned" and coming in types:
        return types[str(coming)], TO_COME
    if judged == "negated" and best.type.refused_as in types and (refused(best.root) or best.root.pos_ == "VERB"):
        return types[str(best.type.refused_as)], REFUSED
    return best.type, BETWEEN
