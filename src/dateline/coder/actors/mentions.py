"""Mentions of who acts or speaks, by how they refer: a pronoun, a personal name, another name, a description."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.coder.actors.country import country_of
from dateline.coder.actors.indefinite import read_indefinite
from dateline.coder.actors.persons import (
    depicted,
    holds_office,
    is_attribute,
    is_person,
    named_behind,
    person_apposed_to,
    role_in_front,
)
from dateline.coder.syntax.model import Parse
from dateline.lang.clause import clause_of
from dateline.lang.en.descriptions import bare, clean_name, core_of_name, without_article, without_clause
from dateline.lang.en.grammar.agents import AGENT_NOUNS, GROUP_NOUNS
from dateline.lang.en.grammar.names import names_in
from dateline.lang.en.noun_phrases import first_word
from dateline.lang.en.people import PUBLIC_ROLES, is_honorific, is_role, names_role, sector, singular
from dateline.lang.lexicon import words
from dateline.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

Kind = Literal["pronoun", "person", "name", "description", "indefinite", "partitive", "nobody"]

PRONOUNS = words("people.pronouns")
MASCULINE = words("people.masculine_pronouns")
FEMININE = words("people.feminine_pronouns")
FIRST_PERSON = words("people.first_person")
PLURAL = words("people.plural_pronouns")
NEUTER = words("people.neuter_pronouns")
RELATIVE = words("grammar.relatives")

_NAMES = frozenset({"ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "PRODUCT"})
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z&.\-]{1,9})\)")


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that refer to somebody. ``name`` is the bare name of a person or body, empty for the other kinds."""

    span: Span
    head: int
    kind: Kind
    name: str = ""
    title: str = ""
    role: str = ""
    public: bool = False


def read_mention(span: Span, parse: Parse, places: frozenset[int] = frozenset()) -> ActorMention:
    """What kind of mention the words are, with the name, title and role that they give."""
    doc = parse.doc
    words = named_in(span, parse)
    if words is None:
        return ActorMention(span, 0, "description")
    head = words.root
    if (unnamed := read_indefinite(words, head)) is not None:
        return ActorMention(span, head.i, unnamed)
    told = words.text.strip()
    if told.lower() in PRONOUNS and told.isupper() and len(told) > 1:
        return ActorMention(span, head.i, "name", told)  # "US" and "WHO" are names
    if told.lower() in PRONOUNS:
        return ActorMention(span, head.i, "pronoun")
    person = _person(words, head, places)
    if person is not None:
        title, start, end = person
        role = _role_of(words, start, end)
        public = holds_office(doc[start:end].root)
        return ActorMention(span, head.i, "person", clean_name(doc[start:end].text), title, role, public)
    shown = depicted(head, words.end)
    describes = head.pos_ in ("NOUN", "ADJ") or (head.pos_ == "PROPN" and head.ent_type_ in ("", "ORG"))
    apposed = (named_behind(doc, head, words.end) if describes else None) or person_apposed_to(head)
    behind = shown or (apposed if singular(head.lower_) not in GROUP_NOUNS else None)  # nobody is an army
    if behind is not None and is_person(behind, places):
        title, start, end = _trim_person(doc, behind.start, behind.end)
        role = _role_of_depicted(doc, head, start) if shown else without_article(words.text)
        return ActorMention(span, head.i, "person", clean_name(doc[start:end].text), title, role)
    if (longer := _with_capital_preposition(words, head)) is not None:
        return ActorMention(span, head.i, "name", clean_name(longer.text))
    if len(words) == 1 and is_plain_at_start(head):
        return ActorMention(span, head.i, "description")
    name = _appositive_name(words, head)
    if name is not None:
        before = doc[words.start : name.start].text.strip(" ,")
        role = bare(re.sub(r",\s*(?:the|an?)?$", "", before))
        return ActorMention(span, head.i, "name", clean_name(name.text), role=role)
    if head.pos_ == "PROPN" or head.ent_type_ in _NAMES:
        return ActorMention(span, head.i, "name", clean_name(_core(words, head)))
    return ActorMention(span, head.i, "description")


def named_in(span: Span, parse: Parse) -> SpacySpan | None:
    """The words of a mention without what begins no phrase, as a day or brackets: None where there are none."""
    words = parse.doc.char_span(span.start, span.end, alignment_mode="expand")
    if words is None or len(words) == 0:
        return None
    return words[first_word(parse.doc, words.start, words.root.i) - words.start :]


def persons_named(doc: Doc, places: frozenset[int] = frozenset()) -> Iterator[tuple[int, int, str]]:
    """Every personal name that the pipeline sees, as (first token, past last, title before it)."""
    for entity in doc.ents:
        if entity[0].ent_type_ == "PERSON" and is_person(entity, places):
            title, start, end = _trim_person(doc, entity.start, entity.end)
            if end > start:
                yield start, end, title


def others_named(doc: Doc, taken: Collection[int]) -> Iterator[tuple[int, int]]:
    """Bodies that are named, and people and groups that are subjects: a pronoun may stand for one of them.

    Each as (first token, past last).
    """
    for entity in doc.ents:
        # "Greenpeace activists" are not Greenpeace
        if entity[0].ent_type_ == "ORG" and entity.root.i not in taken and not is_attribute(entity.root):
            yield entity.start, entity.end
    for token in doc:
        named = token.pos_ == "NOUN" and token.i not in taken and token.lemma_.lower() in AGENT_NOUNS
        if named and clause_of(token).link in ("subject", "passive subject"):
            yield max(token.left_edge.i, token.i - 8), token.i + 1


def role_beside(doc: Doc, start: int, end: int) -> str:
    """What the words after a comma, or the nouns before it, say about the person named by the tokens."""
    if end < len(doc) and doc[end].text == ",":
        stop = end + 1
        while stop < min(len(doc), end + 16) and doc[stop].text not in (",", ".", ";") and doc[stop].pos_ != "AUX":
            stop += 1
        after = bare(without_clause(doc[end:stop].text))
        if stop < len(doc) and doc[stop].text in (",", ".") and names_role(after) and not _is_another(doc, end):
            return after
    root = doc[start:end].root
    before = doc[min(root.left_edge.i, start) : start]
    if 0 < len(before) <= 6 and all(t.pos_ in ("NOUN", "PROPN", "ADJ", "DET") for t in before):
        role = bare(before.text)
        return "" if is_honorific(role) else role
    return ""


def is_plain_at_start(token: Token) -> bool:
    """A common noun that has its capital from the start of a sentence: "Police", "Doctors"."""
    at_start = bool(token.is_sent_start) or token.i == 0 or token.nbor(-1).is_quote or token.nbor(-1).is_space
    noun = singular(token.lower_)
    known = sector(noun) is not None or is_role(noun)
    return at_start and token.text.istitle() and known


def _role_of(words: SpacySpan, start: int, end: int) -> str:
    """What the words in and beside the phrase say about the person named by the tokens."""
    doc = words.doc
    role = without_article(_role(words, start, end))
    beside = without_article(role_beside(doc, start, end) or role_in_front(doc, start))
    if role.lower().startswith(("of ", "from ", "for ", "at ", "in ")):
        return f"{beside} {role}" if beside else ""
    return role or beside


def _role_of_depicted(doc: Doc, head: Token, start: int) -> str:
    """As "leader" of "posters of the leader, Jane Roe"."""
    role = without_article(re.sub(r"^of\s+", "", doc[head.i + 1 : max(start, head.i + 1)].text.strip(" ,")))
    return role if len(role) <= 80 else ""


def introduced(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Names introduced with acronyms in brackets: start, end behind the brackets, the acronym and the full name."""
    for match in _ACRONYM.finditer(text):
        short = match.group(1)
        before = text[max(0, match.start() - 120) : match.start()]
        full = _full_name(before, short)
        if full and (start := text.rfind(full.split()[0], 0, match.start())) >= 0:
            yield start, match.end(), short, full


def acronyms(text: str) -> dict[str, str]:
    """Acronyms that the text introduces in brackets, to the full name before them."""
    found: dict[str, str] = {}
    for _, _, short, full in introduced(text):
        found.setdefault(short, full)
    return found


def _full_name(before: str, short: str) -> str | None:
    """The shortest run of words before the brackets whose initials hold the acronym's letters in order."""
    letters = [c.lower() for c in short if c.isalpha()]
    words = re.split(r"\s+", before.strip())
    for n in range(1, min(len(words), 12) + 1):
        tail = words[-n:]
        initials = [part[0].lower() for word in tail for part in word.split("-") if part and part[0].isalpha()]
        starts = bool(tail[0]) and tail[0][0].isupper() and tail[0][0].lower() == letters[0]
        if starts and _in_order(letters, initials):
            return " ".join(tail)
    return None


def _in_order(letters: Sequence[str], initials: Sequence[str]) -> bool:
    at = 0
    for initial in initials:
        if at < len(letters) and initial == letters[at]:
            at += 1
    return at >= max(2, len(letters) - 1)


def _person(words: SpacySpan, head: Token, places: frozenset[int]) -> tuple[str, int, int] | None:
    """Title, first token and past-last token of the personal name that heads the phrase."""
    doc = words.doc
    for entity in names_in(words):
        named = entity.start <= head.i < entity.end or _is_apposed(entity, head) or _follows_role(words, entity)
        if entity[0].ent_type_ == "PERSON" and named:
            title, start, end = _trim_person(doc, entity.start, entity.end)
            if end > start and is_person(entity, places):
                return title, start, end
    if head.pos_ != "PROPN":
        return None
    first = head.i
    while first > words.start and doc[first - 1].pos_ == "PROPN":
        first -= 1
    if head.i - first >= 2 and _is_titled(doc[first : head.i + 1]):
        return "", first + 1, head.i + 1
    title, start, end = _trim_person(doc, first, head.i + 1)
    if not title and first > words.start and is_honorific(doc[first - 1].lower_):
        title = doc[first - 1].text
    return (title, start, end) if title and end > start else None


def _is_titled(words: SpacySpan) -> bool:
    """Whether a role stands in front of what can be a person's name: "Lawyer Jane Roe"."""
    rest = [singular(t.lower_) for t in words[1:]]
    named = not any(is_role(w) or sector(w) is not None for w in rest) and country_of(words[1:].text) is None
    return is_role(words[0].lower_) and len(rest) <= 4 and named and words.root.ent_type_ not in ("GPE", "LOC", "FAC")


def _is_another(doc: Doc, end: int) -> bool:
    """Whether the words behind a name and a comma are another name: one of a list, and no role."""
    return end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].ent_type_ == "PERSON"


def _follows_role(words: SpacySpan, entity: SpacySpan) -> bool:
    """Whether a phrase is a role with the name right behind it: "a local resident Jane Roe", "Police Inspector Roe"."""
    before = words.doc[words.start : entity.start]
    if entity.end < words.end or not len(before) or before[-1].pos_ not in ("NOUN", "PROPN", "PUNCT", "X"):
        return False
    plain = not any(t.pos_ in ("VERB", "AUX", "CCONJ") or t.text in (",", ";") or t.tag_ == "POS" for t in before)
    return plain and names_role(before.text)


def _is_apposed(entity: SpacySpan, head: Token) -> bool:
    """The name explains a describing head: ``the minister, Jane Roe``, ``Commissioner of Police Jane Roe``."""
    if clause_of(entity.root).link == "apposition" and entity.root.head == head and head.ent_type_ not in _NAMES:
        return True
    before = head.doc[entity.start - 1] if entity.start > head.i else head
    role = singular(head.lower_) in PUBLIC_ROLES
    return role and before != head and before.pos_ in ("NOUN", "PROPN") and before.ent_type_ != "PERSON"


def _trim_person(doc: Doc, start: int, end: int) -> tuple[str, int, int]:
    title = ""
    while start < end and is_honorific(doc[start].lower_):
        title = doc[start].text
        start += 1
    if end - start > 2 and _is_titled(doc[start:end]):  # the pipeline takes "Lawyer Jane Roe" for one name
        start += 1
    while end > start and (
        doc[end - 1].text in ("'s", "’s", "'", "’") or doc[end - 1].is_punct or doc[end - 1].is_space
    ):
        end -= 1
    if not title and start > 0 and is_honorific(doc[start - 1].lower_):
        title = doc[start - 1].text
    return title, start, end


def _role(words: SpacySpan, start: int, end: int) -> str:
    """What the phrase says about a named person: the words after the name, or else those before it."""
    doc = words.doc
    after = doc[end : words.end].text if end < words.end and not _is_another(doc, end) else ""
    after = without_clause(after)
    before = bare(doc[words.start : start].text) if start > words.start else ""
    before = re.sub(r",(?:\s*[A-Z][a-z]{1,4}\.?){1,3}$", "", before)  # a rank before the name: ", Lt. Gen."
    if is_honorific(before):
        before = ""
    role = bare(re.sub(r"^\s*[,(]?\s*\d{1,3}\s*[,)]", "", after)) or before
    return role if len(role) <= 160 and any(c.isalpha() for c in role) else ""


def _appositive_name(words: SpacySpan, head: Token) -> SpacySpan | None:
    """The name of a body that stands beside a describing noun: ``the aid organisation, Red Lantern``."""
    if head.pos_ == "PROPN":
        return None
    for child in clause_of(head).hung("apposition"):
        if child.pos_ == "PROPN" and words.start <= child.i < words.end:
            entity = next((e for e in names_in(words) if e.start <= child.i < e.end), None)
            if entity is not None and entity[0].ent_type_ in _NAMES:
                return entity
    after_comma = (e for e in names_in(words) if e[0].ent_type_ == "ORG" and e.start == head.i + 2)
    return next((e for e in after_comma if words.doc[head.i + 1].text == ","), None)


def _with_capital_preposition(words: SpacySpan, head: Token) -> SpacySpan | None:
    """The name that goes on after the phrase with a capital: "Doctors" of "Doctors Without Borders"."""
    doc, end = words.doc, words.end
    if end != head.i + 1 or not head.text[:1].isupper() or end + 1 >= len(doc):
        return None
    after, last = doc[end], doc[end + 1]
    return doc[words.start : end + 2] if after.pos_ == "ADP" and after.is_title and last.pos_ == "PROPN" else None


def _core(words: SpacySpan, head: Token) -> str:
    """The name in a longer phrase: without relative clauses, what stands after a comma, and participles in front.

    A name that the pipeline sees begin before the phrase is taken whole.
    """
    start = words.start
    for token in words[: max(0, head.i - words.start)]:
        if token.tag_ in ("VBG", "VBN") and token.is_lower and clause_of(token).link == "adjective":
            start = token.i + 1
    if head.ent_type_ == "ORG":
        first = head.i
        while first > 0 and head.doc[first].ent_iob_ == "I":
            first -= 1
        whole = head.doc[first : head.i]
        start = min(start, first) if first < words.start and not any(t.is_punct for t in whole) else start
    text = words.doc[start : max(words.end, head.i + 1)].text
    return core_of_name(text)
