"""One event for a verb and the noun it governs, and for an act and its stated result."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.coder.events.model import Mention, left_out_words
from dateline.coder.syntax.model import Parse
from dateline.coder.triggers.match import Match
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.agents import names_weapon
from dateline.lang.en.grammar.slots import named_act
from dateline.lang.lexicon import words
from dateline.model import Because, LeftOut

if TYPE_CHECKING:
    from spacy.tokens import Token


BROUGHT_ABOUT = "what was brought about by the same event"


HARMING = words("events.harming")


ATTACKING = words("events.attacking")


def _merge(parse: Parse, found: list[tuple[Match, Mention]]) -> tuple[list[tuple[Match, Mention]], list[LeftOut]]:
    """One event for a verb and the noun of the same type that it governs, and for an act and its stated result."""
    kept = dict(enumerate(found))
    into: dict[int, int] = {}
    left_out: list[LeftOut] = []
    for n, (match, mention) in enumerate(found):
        for m, (other, _) in enumerate(found):
            main = into.get(m, m)
            if main == n or other.type != match.type:
                continue
            why = _same_event(match.root, other.root)
            if why is None or not _alike(mention, kept[main][1], why):
                continue
            told = kept[main][1]
            kept[main] = (kept[main][0], _joined(told, kept[n][1]))
            del kept[n]
            into |= {k: main for k, v in into.items() if v == n} | {n: main}
            left_out.append(left_out_words(parse, match.tokens, f"{match.type.name}: {why} as {told.trigger.quote!r}"))
            break
    return [kept[k] for k in sorted(kept)], left_out


def _alike(mention: Mention, main: Mention, why: str) -> bool:
    if mention.modality == main.modality:
        return True
    if why == BROUGHT_ABOUT:  # "thousands were killed when the army crushed the revolt of 1950"
        return mention.modality == "asserted" and main.modality == "historical"
    return mention.root.dep_ == "adverbial clause" and main.modality == "asserted"


def _same_event(word: Token, main: Token) -> str | None:
    """Why ``word`` tells the same event as ``main``, which stands above it."""
    noun = word.pos_ in {"NOUN", "PROPN"} and main.pos_ == "VERB"
    if noun and word.head == main and word.dep_ in {"subject", "object", "passive subject", "attribute"}:
        return "the same event"
    inside = word.head if word.dep_ == "noun clause" else word
    nominal = (word.dep_ == "preposition object" and (noun or word.tag_ == "VBG")) or named_act(inside) == word
    if nominal and inside.head.head == main and inside.head.lower_ in {"in", "during", "by"}:
        return "the same event"
    if word.pos_ == "VERB" and word.head == main and main.pos_ in {"VERB", "NOUN"}:
        if word.dep_ in {"adverbial clause", "noun clause"} and word.tag_ == "VBG" and word.i > main.i:
            return "the result of the same event"
        # "Shot and killed the mayor", but not "burned the village and killed its chief".
        own_object = any(c.dep_ == "object" and c.i < word.i for c in main.children)
        if (
            word.dep_ == "conjunct"
            and word.tag_ == main.tag_ == "VBG"
            and main.dep_ in {"adverbial clause", "noun clause"}
        ):
            return "the result of the same event"
        if word.dep_ == "conjunct" and word.tag_ == main.tag_ and word.i - main.i <= 4 and not own_object:
            return "the same event"
        if word.dep_ == "conjunct" and _tells_toll(word, main):
            return "the result of the same event"
    if (
        main.dep_ in {"adverbial clause", "relative clause"}
        and _befalls(word)
        and _told_when(main)
        and word in _near_above(main)
    ):
        return BROUGHT_ABOUT
    if word.dep_ == "relative clause" and word.lemma_.lower() in HARMING and main in clause_of(word).subjects:
        return "the result of the same event"
    if word.dep_ == "relative clause" and _befalls(word) and _in_which(word) and main in _near_above(word):
        return "the result of the same event"
    if word.dep_ in {"noun clause", "relative clause"} and names_weapon(word.head) and word.head.head == main:
        return "the same event"
    if word.dep_ in {"compound", "adjective"} and word.head == main:
        return "the same event"
    return None


def _tells_toll(verb: Token, main: Token) -> bool:
    """As "wounded" in "killed two men and wounded four": by the same ones, with no time or place of its own."""
    lemmas = ["kill" if t.nbor(1).lower_ == "dead" else t.lemma_.lower() for t in (verb, main) if t.i + 1 < len(t.doc)]
    if len(lemmas) < 2:
        return False
    if not (lemmas[0] in HARMING and lemmas[1] in ATTACKING) and not (lemmas[1] in HARMING and lemmas[0] in ATTACKING):
        return False
    own = {c.dep_ for c in verb.children}
    return clause_of(verb).passive == clause_of(main).passive and not own & {
        "subject",
        "passive subject",
        "noun as adverb",
        "adverb",
    }


def _befalls(verb: Token) -> bool:
    """Whether the verb only says what befell people: "four were killed", "two died"."""
    if verb.lemma_.lower() in {"die", "perish", "succumb"}:
        return True
    return (
        verb.lemma_.lower() in {"kill", "injure", "wound", "hurt"}
        and clause_of(verb).passive
        and not clause_of(verb).agents
    )


def _near_above(word: Token) -> list[Token]:
    """The next few words above it ("on Friday night when police fired", "at mobs in which four were killed")."""
    return [above for above, _ in zip(word.ancestors, range(4), strict=False)]


def _in_which(verb: Token) -> bool:
    return any(
        c.dep_ == "preposition" and c.lower_ in {"in", "during"} and any(g.lower_ == "which" for g in c.children)
        for c in verb.children
    )


def _told_when(verb: Token) -> bool:
    """As in "when police opened fire": what happened then and there, not what was done later or for it."""
    return any(c.dep_ in {"adverb", "clause marker"} and c.lower_ in {"when", "as", "after"} for c in verb.children)


def _joined(main: Mention, other: Mention) -> Mention:
    """``main`` with what ``other`` adds to the same event."""
    actors = main.actors or other.actors
    recipients = tuple(dict.fromkeys((*main.recipients, *other.recipients)))
    return replace(
        main,
        tokens=(*main.tokens, *other.tokens),
        mode=main.mode or other.mode,
        contexts=tuple(dict.fromkeys((*main.contexts, *other.contexts))),
        actors=actors,
        recipients=tuple(r for r in recipients if r not in actors),
        instrument=main.instrument or other.instrument,
        confidence=max(main.confidence, other.confidence),
        because=(*main.because, Because("type", "told together with the same event", other.trigger.quote)),
    )
