"""Which names are people's: the pipeline's label, checked against the syntax and the places of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dateline.coder.actors.country import country_of
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.agents import names_person
from dateline.lang.en.neutral.loaded_words import neutral
from dateline.lang.en.neutral.personal_names import ENDS_BODY, FAMILY
from dateline.lang.en.people import PUBLIC_ROLES, is_honorific, is_role, names_role, sector, singular, words_of
from dateline.lang.lexicon import table, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

    from dateline.model import Place

_AT_PLACES = words("people.at_places")
_AREAS = words("people.areas")
_HELD = words("people.held_by_public_people")
_DEPICTIONS = words("people.depictions")
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_OF_PICTURES = words("people.of_pictures")
_LEADING = words("people.leading")
_STANDING = words("people.standing_for_office")
_FOR_OFFICE = words("people.for_office")
OBJECT_VERBS = table("counts.object_verbs")
GROUP_NOUNS = words("people.group_nouns")
_CLIMB = 12


def place_tokens(doc: Doc, places: Iterable[Place]) -> frozenset[int]:
    """Tokens of the report's places, and of the same names elsewhere unless a person bears them as a surname."""
    found: set[int] = set()
    quotes: set[str] = set()
    for place in places:
        words = doc.char_span(place.start, place.end, alignment_mode="expand")
        if words is not None:
            found.update(range(words.start, words.end))
            quotes.add(words.text.casefold())
    people = [e for e in doc.ents if e.label_ == "PERSON"]
    surnames = {e[-1].text.casefold() for e in people if len(e) > 1 and e.text.casefold() not in quotes}
    for entity in people:
        name = entity.text.casefold()
        if name in quotes and name not in surnames:
            found.update(range(entity.start, entity.end))
    return frozenset(found)


def is_person(entity: SpacySpan, places: frozenset[int]) -> bool:
    """Whether a name that the pipeline takes for a person's can be one.

    A word of a longer name or noun phrase ("Riot police"), what has an article of its own, what stands in a list of
    places, "the city of ..." and plural words are none.
    """
    doc, root = entity.doc, entity.root
    if not _is_name(entity.text):
        return False
    if (entity.start > 0 and is_honorific(doc[entity.start - 1].lower_)) or is_honorific(entity[0].lower_):
        return True
    if clause_of(root).link == "apposition" and root.head.i < entity.start and names_person(root.head):
        return True  # "the ambassador, Jane Whitfield", though a town has that name
    if all(t.i in places for t in entity if not t.is_punct) or _stands_for_place(root, places):
        return False
    if len(entity) == 1 and root.tag_ in ("NNS", "NNPS"):
        return False
    if is_attribute(root) and root.head.i >= entity.end and root.head.pos_ in ("NOUN", "PROPN"):
        return False
    return not _has_article(entity)


def holds_office(root: Token) -> bool:
    """Whose government it is: "the administration of Jane Roe", "Roe's cabinet"; who leads, or stood for an office."""
    for verb in clause_of(root).hung("relative clause"):
        lemma = verb.lemma_.lower()
        if lemma in _LEADING or (lemma in _STANDING and any(clause_of(verb).after(*_FOR_OFFICE))):
            return True
    whole = _whole(root)
    if whole is not None:
        return whole.lemma_.lower() in _HELD or whole.lower_ in _HELD
    return clause_of(root).link in ("possessor", "compound") and root.head.lower_ in _HELD


def holds_beside(doc: Doc, start: int, end: int) -> bool:
    """The same by the words beside a name alone, however they are parsed."""
    after = doc[end : end + 2]
    if start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in _HELD:
        return True
    return len(after) == 2 and after[0].lower_ in ("'s", "’s") and after[1].lower_ in _HELD


def treated_as_person(head: Token, places: frozenset[int]) -> bool:
    """Whether a name of which nothing is known is somebody's by what is told of it: an age, a wound, an arrest, kin."""
    doc, clause = head.doc, clause_of(head)
    if head.tag_ != "NNP" or not head.is_title or clause.has("determiner"):
        return False
    if singular(head.lower_) in GROUP_NOUNS or head.lower_ in ENDS_BODY or sector(singular(head.lower_)) is not None:
        return False
    after = doc[head.i + 1 : head.i + 4]
    if len(after) == 3 and after[0].text in (",", "(") and after[1].text.isdigit() and after[2].text in (",", ")", "."):
        return len(after[1].text) <= 2
    if head.i in places or head.ent_type_ in ("GPE", "NORP", "LOC"):
        return False
    if clause.link == "possessor" and is_role(singular(head.head.lower_)):
        return True
    verb = clause.governor
    harmed = clause.link in ("object", "passive subject") and verb is not None
    return harmed and verb is not None and verb.lemma_.lower() in OBJECT_VERBS


def is_attribute(root: Token) -> bool:
    """Whether the word only tells more of the noun behind it: "Greenpeace" of "Greenpeace activists"."""
    return clause_of(root).link in ("compound", "noun modifier", "adjective")


def _whole(root: Token) -> Token | None:
    """The word that the phrase behind its "of" belongs to: "cabinet" of "the cabinet of Jane Roe"."""
    inside = clause_of(root).link == "preposition object" and root.head.lower_ == "of"
    return root.head.head if inside else None


def role_in_front(doc: Doc, start: int) -> str:
    """The describing noun that stands right before a name though the parse does not join them."""
    if start == 0:
        return ""
    noun = doc[start - 1]
    if noun.pos_ == "PROPN" and is_role(noun.lower_.rstrip(".")):
        return noun.text
    nominal = noun.pos_ in ("NOUN", "ADJ") and (noun.pos_ == "NOUN" or clause_of(noun).has("determiner"))
    left = noun.left_edge.i
    if not nominal or start - left > 6:
        return ""
    role = doc[left:start].text
    return role if names_role(neutral(role)) else ""


def named_behind(doc: Doc, head: Token, end: int) -> SpacySpan | None:
    """The person named in apposition after the tokens up to ``end``: "a judge, Jane Roe", "the judge Jane Roe"."""
    apposed = (c for i in (head.i, *_of_chain(head)) for c in clause_of(doc[i]).hung("apposition") if c.i > i)
    for child in apposed:
        parted = child.left_edge.i > 0 and doc[child.left_edge.i - 1].text in (",", "—", "–", "-", ":")
        if parted and child.ent_type_ == "PERSON" and (entity := _entity(child)) is not None:
            return entity
    behind = next(persons_from(doc, end, end), None)
    return behind if behind is not None and behind.start == head.i + 1 and role_in_front(doc, end) else None


def _entity(token: Token) -> SpacySpan | None:
    """The personal name that the word is part of."""
    start = token.i
    while start > 0 and token.doc[start].ent_iob_ == "I":
        start -= 1
    return next(persons_from(token.doc, start, start), None)


def persons_from(doc: Doc, first: int, last: int) -> Iterator[SpacySpan]:
    """Personal names that begin at one of the tokens."""
    for i in range(first, min(last + 1, len(doc))):
        if doc[i].ent_iob_ == "B" and doc[i].ent_type_ == "PERSON":
            end = i + 1
            while end < len(doc) and doc[end].ent_iob_ == "I":
                end += 1
            yield doc[i:end]


def depicted(head: Token, end: int) -> SpacySpan | None:
    """The person whom a picture shows: "posters of Jane Roe", "posters of the leader, Jane Roe", "Roe's portrait".

    ``end`` is where the phrase ends: a name between commas right behind it is in apposition whatever its parse.
    """
    if head.lemma_.lower() not in _DEPICTIONS and singular(head.lower_) not in _DEPICTIONS:
        return None
    doc = head.doc
    near = {head.i, *_of_chain(head)}
    near.update(owner.i for owner in clause_of(head).hung("possessor") if owner.ent_type_ == "PERSON")
    for i in sorted(near):
        for token in (doc[i], *clause_of(doc[i]).hung("apposition")):
            if token.ent_type_ == "PERSON":
                return _entity(token)
    if doc[end : end + 1].text == ",":
        after = next(persons_from(doc, end + 1, end + 1), None)
        if (
            after is not None
            and doc[after.end : after.end + 1].text in (",", ".", "", ";")
            and clause_of(after.root).link != "conjunct"
        ):
            return after
    return None


def person_apposed_to(head: Token) -> SpacySpan | None:
    """Jane Roe, of "an activist" in "Jane Roe, an activist"."""
    if clause_of(head).link != "apposition" or head.head.ent_type_ != "PERSON" or head.head.i > head.i:
        return None
    return _entity(head.head)


def _of_chain(head: Token) -> list[int]:
    """The nouns of the prepositions behind: "leader" and "terror" of "posters of the leader of terror"."""
    found: list[int] = []
    at = head
    for _ in range(4):
        inner = next(iter(clause_of(at).after(*_OF_PICTURES)), None)
        if inner is None:
            break
        found.append(inner.i)
        at = inner
    return found


def _is_name(name: str) -> bool:
    """The pipeline takes some bodies and countries for people: their last word tells, or that they are initials."""
    words = words_of(name)
    if not any(c.isalpha() for c in name) or (len(words) == 1 and name.isupper()) or not words:
        return False
    if words[-1] in ENDS_BODY and name.rsplit(maxsplit=1)[-1] not in FAMILY:
        return False
    return sector(singular(words[-1])) is None and country_of(name.rsplit(maxsplit=1)[-1]) is None


def _stands_for_place(root: Token, places: frozenset[int]) -> bool:
    whole = _whole(root)
    if whole is not None and whole.lemma_.lower() in _AREAS:
        return True
    top = root
    for _ in range(_CLIMB):
        if clause_of(top).link != "conjunct":
            break
        top = top.head
    where = clause_of(top).link == "preposition object" and top.head.lower_ in _AT_PLACES
    return top is not root and where and (top.i in places or top.ent_type_ in _PLACES)


def _has_article(entity: SpacySpan) -> bool:
    """As in "the Kisan Morcha"; but "the activist Jane Roe" is a person."""
    article = next((word for word in clause_of(entity.root).hung("determiner") if word.i < entity.start), None)
    if article is None:
        return False
    between = entity.doc[article.i + 1 : entity.start]
    return all(t.pos_ == "PROPN" and singular(t.lower_) not in PUBLIC_ROLES for t in between)
