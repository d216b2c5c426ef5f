"""Which words a place's name belongs to, and whether it can be where the event of another word happened."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.light_verbs import owned_by
from dateline.lang.lexicon import class_of, words

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

PREPOSITIONS = "placing.prepositions"
OF_PLACE = frozenset({"in", "at", "near", "across", "on"})
"""The classes of prepositions that put an event at the place."""
PLACE_NOUNS = words("placing.place_nouns")
VERBS_OF_PLACES = words("places.verbs_of_places")
_WITH_COUNTRIES = words("placing.with_countries")
_SPOKEN_OF = words("placing.spoken_of")
_THERE = words("placing.there")
_JUDGING = words("placing.judging")
_ABOUT_OR_AGAINST = words("placing.about_or_against")
GATHERED_FOR = words("placing.gathered_for")
_GATHERINGS = words("placing.gatherings")
_NATIONWIDE = words("placing.nationwide")
_THROUGHOUT = words("placing.throughout")
_WHOLE_COUNTRY = words("placing.whole_country")
_OFFICES = words("placing.offices")
_OFFICE_PREPOSITIONS = words("placing.office_prepositions")
_NAME_LINKS = frozenset({"compound", "noun modifier", "possessor", "apposition", "adjective", "flat", "number"})
_BEFORE_A_NOUN = frozenset({"compound", "noun modifier", "adjective"})
_ACTING = frozenset({"subject", "preposition object", "indirect object", "attribute", "object predicate"})
_DONE_TO = frozenset({"object", "passive subject"})
_DESCRIBING = frozenset({"apposition", "attribute"})
_STEPS = 8
"""How many heads are climbed from a name to its preposition."""
TITLE_STEPS = 6
"""How many heads are climbed from a name to the office it belongs to."""
WHERE_STEPS = 6
"""How many heads are climbed from an event to the clause that begins with where."""
FRONTED = 3
"""A name among so many first words of its sentence speaks for the whole of it ("In Mosul, officials said that ...")."""


@dataclass(frozen=True, slots=True)
class AttachedName:
    """A place's name with the preposition that governs it (None: no preposition) and the word that it hangs on.

    ``links`` are those climbed on the way: "in the north of Kuttum province" climbs from Kuttum through province and
    north to "in".
    """

    preposition: Token | None
    word: Token
    links: tuple[str, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether a preposition of place governs it."""
        return self.preposition is not None and _is_of_place(self.preposition)


def attached_name(head: Token) -> AttachedName:
    """What the name whose head this is hangs on."""
    links: list[str] = []
    token = head
    for _ in range(_STEPS):
        link, above = token.dep_, token.head
        if (link in _NAME_LINKS or link == "conjunct") and above.pos_ in {"NOUN", "PROPN"}:
            links.append(link)
            token = above
        elif link in {"preposition object", "preposition clause"} and above.dep_ in {"preposition", "agent"}:
            if (quarter := _quarter(above)) is not None:
                return AttachedName(quarter, quarter.head, tuple(links))
            if not _is_part_of_a_place(above):
                return AttachedName(above, above.head, tuple(links))
            links.append("of a place")
            token = above.head
        else:
            break
    return AttachedName(None, token, tuple(links))


def _quarter(preposition: Token) -> Token | None:
    """The quarter that says where something is from a place ("a strike west of Gaza"); None for one that has a name."""
    word = preposition.head
    said = preposition.lower_ == "of" and class_of(PREPOSITIONS, word.lower_) == "near"
    placed = word.dep_ != "preposition object" and word.head.pos_ != "PROPN" and word.head != word
    return word if said and placed and not clause_of(word).has("determiner") else None


def _is_part_of_a_place(preposition: Token) -> bool:
    """Whether a preposition follows a noun for a part of a place, behind a preposition itself ("in the north of")."""
    noun = preposition.head
    if noun.lemma_.lower() in GATHERED_FOR:
        return False
    if noun.lemma_.lower() in PLACE_NOUNS and noun.dep_ in {"preposition object", "conjunct", "apposition"}:
        return True
    # unlike "responsible for the shelling of"
    return preposition.lower_ == "of" and noun.dep_ == "preposition object" and not owned_by(noun)


def path(low: Token, other: Token) -> tuple[list[Token], list[Token]]:
    """The tokens passed from one token up to the lowest common ancestor, and from there down to the other."""
    above = [low, *low.ancestors]
    place_in = {t.i: n for n, t in enumerate(above)}
    down: list[Token] = []
    token = other
    while token.i not in place_in:
        down.append(token)
        if token.head.i == token.i:
            return above, down
        token = token.head
    return above[: place_in[token.i]], down


def is_in_title(head: Token) -> bool:
    """Whether the name belongs to somebody's office ("the minister for Northern Ireland", "Iran's president").

    Where one of many is told of, the words say where he is ("gunmen killed an editor in Managua").
    """
    token = head
    for _ in range(TITLE_STEPS):
        above, link = token.head, token.dep_
        if above.i == token.i:
            return False
        if above.lemma_.lower() in _OFFICES and (link in {"preposition", "possessor"} or link in _BEFORE_A_NOUN):
            return link != "preposition" or _joins_office(token, above)
        if link == "preposition" and token.i and token.doc[token.i - 1].lemma_.lower() in _OFFICES:
            # Parsers hang "arrested the ambassador to Peru" on the verb.
            return token.lower_ in _OFFICE_PREPOSITIONS and not _is_of_place(token)
        if above.pos_ in {"VERB", "AUX"}:
            return False
        token = above
    return False


def _joins_office(preposition: Token, office: Token) -> bool:
    """Whether a preposition joins an office and the place that it is of."""
    if preposition.lower_ not in _OFFICE_PREPOSITIONS:
        return False
    clause = clause_of(office)
    one_of_many = office.pos_ == "NOUN" and not clause.definite and clause.link not in _DESCRIBING
    return not (one_of_many and _is_of_place(preposition))


def _is_of_place(preposition: Token) -> bool:
    return class_of(PREPOSITIONS, preposition.lower_) in OF_PLACE


def describes(head: Token) -> bool:
    """Whether a place's name only describes somebody or something ("Louisville police", "a Savannah teenager's")."""
    return head.dep_ in _BEFORE_A_NOUN and not is_in_title(head)


def names_a_side(trigger: Token, head: Token, *, wide: bool) -> bool:
    """Whether a place's name stands for its government or people ("Tehran condemned", "called on the UK").

    A name that no preposition of place governs is one, unless it is the object of a verb that is done to places
    ("stormed Homs") or part of the event word's own phrase ("the Baghdad bombing"). ``wide`` says that the place is a
    country or a region of several.
    """
    name = attached_name(head)
    preposition, word = name.preposition, name.word
    if preposition is not None:
        if not wide or name.is_there or preposition.lower_ in _WITH_COUNTRIES:
            return False
        if preposition.lower_ == "of":
            # "The streets of Iran" and "the invasion of Iraq" are places; "the people of Iran" are not.
            return word != trigger and word.lemma_.lower() not in PLACE_NOUNS
        return True
    if word == trigger and name.links and name.links[-1] in {"compound", "noun modifier"}:
        return False
    if word.dep_ in _DONE_TO:
        return not is_object_of_verb_of_places(word)
    # A name in apposition or without syntax of its own, as in headlines and datelines, is left to its worth.
    return word.dep_ in _ACTING or "possessor" in name.links


def is_object_of_verb_of_places(noun: Token) -> bool:
    """Whether the verb that the noun is the object of is done to places ("stormed the prison"), in either voice."""
    return noun.dep_ in _DONE_TO and noun.head.lemma_.lower() in VERBS_OF_PLACES


def is_elsewhere(trigger: Token, head: Token) -> bool:
    """Whether a name places something that only speaks of the event: a rally against it, a person who did it once.

    "A rally in Rome against the killing of two men" puts the rally in Rome, not the killing.
    """
    name = attached_name(head)
    if name.word.lemma_.lower() in GATHERED_FOR and not name.is_there:
        return True
    up, down = path(trigger, name.word)
    there = name.preposition is not None and name.preposition.lower_ in _THERE
    if not there and any(_is_object_of(t, _ABOUT_OR_AGAINST) and t.head in down for t in down):
        return True
    if up and _is_spoken_of(up[-1]):
        return True
    fronted = head.i < trigger.i and head.i - head.sent.start <= FRONTED
    for token in up:
        above = token.head
        if _is_object_of(token, _SPOKEN_OF) and above in up:
            return True
        if token.dep_ == "relative clause" and above != name.word and above not in head.ancestors:
            return True
        if token.dep_ == "content clause" and above == name.word and not fronted:
            return True
    return False


def _is_spoken_of(word: Token) -> bool:
    """Whether the verb over a word only speaks of it ("the attack was condemned in Paris", "called it tragic")."""
    if word.dep_ not in _DONE_TO and clause_of(word).link != "clause as subject":
        return False
    calls = clause_of(word.head).has("object predicate") and word.dep_ in _DONE_TO
    return word.head.lemma_.lower() in _JUDGING or calls


def _is_object_of(token: Token, prepositions: Set[str]) -> bool:
    return token.dep_ == "preposition object" and token.head.lower_ in prepositions


def is_in_own_phrase(trigger: Token, head: Token, *, wide: bool) -> bool:
    """Whether the name is part of the event word's own phrase and its place: "the Baghdad bombing", "Iran protests".

    Before a word for an attack a country (a ``wide`` place) is who attacks ("US strikes").
    """
    if head.head != trigger or head.dep_ not in {"compound", "noun modifier"} or trigger.pos_ not in {"NOUN", "PROPN"}:
        return False
    return not wide or trigger.lemma_.lower() in _GATHERINGS


def is_done_there(trigger: Token, head: Token) -> bool:
    """Whether the event is done to or at the place, which hangs on its word ("stormed the camp", "sang at a gate")."""
    name = attached_name(head)
    if name.preposition is not None and not name.is_there:
        return False
    return (name.word.head if name.word.dep_ in _DONE_TO else name.word) == trigger


def is_nationwide(trigger: Token) -> bool:
    """Whether an event is told of a whole country ("nationwide protests", "protests across the country")."""
    if any(t.text in _NATIONWIDE for t in trigger.children):
        return True
    across = (t for t in trigger.children if t.lower_ in _THROUGHOUT)
    return any(t.lower_ in _WHOLE_COUNTRY for preposition in across for t in preposition.children)


def opens_with_where(trigger: Token, before: SpacySpan) -> bool:
    """Whether the event's clause tells of the name before it: "from Yangon and Bago, where shots were fired"."""
    clause = trigger
    for _ in range(WHERE_STEPS):
        for child in clause.children:
            if child.lower_ == "where" and child.dep_ == "adverb":
                between = trigger.doc[before.end : child.i] if before.end <= child.i else None
                return between is not None and len(between) <= 1 and all(t.text == "," for t in between)
        if clause.head == clause:
            return False
        clause = clause.head
    return False
