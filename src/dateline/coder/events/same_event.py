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
from dateline.model import LeftOut
from dateline.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Token


BROUGHT_ABOUT = "what was brought about by the same event"
HARMING = words("harm.harming")
ATTACKING = words("events.attacking")
DYING = words("harm.dying")
IN_THE_COURSE_OF = words("events.in_the_course_of")
AT_THE_TIME = words("events.at_the_time")
IN_WHICH = words("events.in_which")
PURPOSE_HAPPENS = words("modality.purpose_happens")
TOGETHER = rule("type.told-together", "told together with the same event")
CLOSE = 4
"""Words between two verbs that share what is said of them; also steps up from a word to what it is part of."""


def merge_same_events(
    parse: Parse, found: list[tuple[Match, Mention]]
) -> tuple[list[tuple[Match, Mention]], list[LeftOut]]:
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
    if (mention.modality, mention.historical) == (main.modality, main.historical):
        return True
    if _is_purpose(mention.root) and mention.root.head == main.root:
        return True  # "will march to protest"
    if why == BROUGHT_ABOUT:  # "thousands were killed when the army crushed the revolt of 1950"
        return mention.modality == "asserted" and main.historical
    return clause_of(mention.root).link == "adverbial clause" and main.modality == "asserted" and not main.historical


def _same_event(word: Token, main: Token) -> str | None:
    """Why ``word`` tells the same event as ``main``, which stands above it."""
    link = clause_of(word).link
    gerund = word.tag_ == "VBG" and link == "subject"  # "shelling killed two"
    noun = (word.pos_ in {"NOUN", "PROPN"} or gerund) and main.pos_ == "VERB"
    if noun and word.head == main and link in {"subject", "object", "passive subject", "attribute"}:
        return "the same event"
    inside = word.head if link == "noun clause" else word
    nominal = (link == "preposition object" and (noun or word.tag_ == "VBG")) or named_act(inside) == word
    if nominal and inside.head.head == main and inside.head.lower_ in IN_THE_COURSE_OF:
        return "the same event"
    if word.pos_ == "VERB" and word.head == main and main.pos_ in {"VERB", "NOUN"}:
        why = _of_one_verb(word, main)
        if why is not None:
            return why
    beside = clause_of(main).link in {"adverbial clause", "relative clause"} and _told_when(main)
    if beside and _befalls(word) and word in _near_above(main):
        return BROUGHT_ABOUT
    if link == "relative clause" and word.lemma_.lower() in HARMING and main in clause_of(word).subjects:
        return "the result of the same event"
    if link == "relative clause" and _befalls(word) and _in_which(word) and main in _near_above(word):
        return "the result of the same event"
    if link in {"noun clause", "relative clause"} and names_weapon(word.head):
        if word.head.head == main:
            return "the same event"
        # "killed in an attack carried out by the army"
        during = clause_of(word.head).preposition
        if during is not None and during.lower_ in IN_THE_COURSE_OF and main in _joined_to(during.head):
            return "the same event"
    if link in {"compound", "adjective"} and word.head == main:
        return "the same event"
    return None


def _joined_to(verb: Token) -> list[Token]:
    """The verb, and those before it that it is joined to ("were killed and 12 wounded")."""
    chain = [verb]
    while clause_of(chain[-1]).link == "conjunct" and len(chain) < CLOSE:
        chain.append(chain[-1].head)
    return chain


def _of_one_verb(verb: Token, main: Token) -> str | None:
    """The same for a verb that hangs on ``main`` itself."""
    link, above = clause_of(verb).link, clause_of(main)
    if link in {"adverbial clause", "noun clause"} and verb.tag_ == "VBG" and verb.i > main.i:
        return "the result of the same event"
    if _is_purpose(verb):
        return "the same event"
    if link != "conjunct":
        return None
    if verb.tag_ == main.tag_ == "VBG" and above.link in {"adverbial clause", "noun clause"}:
        return "the result of the same event"
    if verb.lemma_.lower() in HARMING and main.tag_ == "VBN" and not above.has("coordinator"):
        return "the result of the same event"  # "rockets fired by rebels killed two", of which the parser makes a list
    # "Shot and killed the mayor", but not "burned the village and killed its chief".
    own_object = any(c.i < verb.i for c in above.hung("object"))
    if verb.tag_ == main.tag_ and verb.i - main.i <= CLOSE and not own_object:
        return "the same event"
    return "the result of the same event" if _tells_toll(verb, main) else None


def _is_purpose(verb: Token) -> bool:
    """As in "marched to protest against a tax": what people came for and did."""
    clause = clause_of(verb)
    infinitive = clause.link in {"adverbial clause", "open clause"} and clause.infinitive
    return infinitive and verb.lemma_.lower() in PURPOSE_HAPPENS


def _tells_toll(verb: Token, main: Token) -> bool:
    """As "wounded" in "killed two men and wounded four": by the same ones, with no time or place of its own."""
    lemmas = ["kill" if t.nbor(1).lower_ == "dead" else t.lemma_.lower() for t in (verb, main) if t.i + 1 < len(t.doc)]
    if len(lemmas) < 2:
        return False
    if not (lemmas[0] in HARMING and lemmas[1] in ATTACKING) and not (lemmas[1] in HARMING and lemmas[0] in ATTACKING):
        return False
    toll = clause_of(verb)
    own = toll.has("subject", "passive subject", "noun as adverb", "adverb")
    return toll.passive == clause_of(main).passive and not own


def _befalls(verb: Token) -> bool:
    """Whether the verb only says what befell people: "four were killed", "two died"."""
    if verb.lemma_.lower() in DYING:
        return True
    told = clause_of(verb)
    return verb.lemma_.lower() in HARMING and told.passive and not told.agents


def _near_above(word: Token) -> list[Token]:
    """The next few words above it ("on Friday night when police fired", "at mobs in which four were killed")."""
    return [above for above, _ in zip(word.ancestors, range(CLOSE), strict=False)]


def _in_which(verb: Token) -> bool:
    inside = (c for c in clause_of(verb).hung("preposition") if c.lower_ in IN_WHICH)
    return any(g.lower_ == "which" for c in inside for g in c.children)


def _told_when(verb: Token) -> bool:
    """As in "when police opened fire": what happened then and there, not what was done later or for it."""
    return any(c.lower_ in AT_THE_TIME for c in clause_of(verb).hung("adverb", "clause marker"))


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
        because=(*main.because, TOGETHER.because(other.trigger.quote)),
    )
