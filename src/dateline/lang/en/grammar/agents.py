"""Who can act: which words name people, groups and offices, and which name days, places or ideas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

NO_AGENT_ENTITIES = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY", "LANGUAGE", "LAW", "WORK_OF_ART"}
)
NO_HEADS = frozenset({"DET", "ADP", "PART", "AUX", "CCONJ", "SCONJ", "PUNCT"})
"""Parts of speech of words that head no phrase, though they stand in somebody's name."""
CAN_ACT = words("people.can_act")
AREAS = words("people.areas")
QUALIFYING = frozenset({"compound", "noun modifier"})
CALENDAR = words("people.calendar")
HAPPENINGS = words("people.happenings")
INSTRUMENTS = words("people.instruments")
SHOWN = words("people.shown")
AMOUNTS = words("people.amounts")
NOBODY = words("people.nobody")
WEAPONS = words("people.weapons")
PERSON_NOUNS = words("people.person_nouns")
GROUP_NOUNS = words("people.group_nouns")
AGENT_NOUNS = words("people.agent_nouns")
THINGS_WITH_ABSTRACT_ENDINGS = words("people.things_with_abstract_endings")
TELLERS = words("speech.tellers")
BOUNDS_AFTER_NO = words("people.bounds_after_no")

ABSTRACT_ENDINGS = (
    "tion",
    "sion",
    "ness",
    "ity",
    "ism",
    "ance",
    "ence",
    "ship",
    "ment",
    "hood",
    "acy",
    "ing",
    "ure",
    "al",
)


def names_person(token: Token) -> bool:
    """Whether the word names one person or several single persons, not a body of people."""
    lower, lemma = token.lower_, token.lemma_.lower()
    if is_aged(token) or _heads_body(token):
        return True
    if lower in {"he", "she", "him", "her", "himself", "herself"}:
        return True
    if token.pos_ == "PROPN" and token.ent_type_ == "PERSON":
        return True
    return token.pos_ in {"NOUN", "PROPN", "ADJ"} and (
        (lemma in PERSON_NOUNS or lower in PERSON_NOUNS) and lemma not in GROUP_NOUNS
    )


def _heads_body(token: Token) -> bool:
    """As the head of an agency and a village head do, and the head of a statue does not."""
    if token.lower_ not in {"head", "heads"}:
        return False
    headed = [g for c in token.children if c.lower_ == "of" for g in c.children if g.dep_ == "preposition object"]
    headed += [c for c in token.children if c.dep_ in QUALIFYING and c.pos_ == "NOUN"]
    return any(names_agent(t) or t.lemma_.lower() in AREAS for t in headed)


def is_aged(token: Token) -> bool:
    """Whether the word heads a person called by age ("a 17-year-old")."""
    return (
        token.lower_ in {"old", "olds"}
        and token.dep_ not in {"adjective", "compound", "adjective complement", "noun as adverb"}
        and token.i >= 2
        and "year" in token.doc[token.i - 2].lower_
        and token.doc[token.i - 1].text in {"-", "‑"}
    ) or (token.lower_.endswith("-year-old") and token.dep_ not in {"adjective", "compound"})


def names_agent(token: Token) -> bool:
    """Whether the phrase headed by ``token`` can name someone who acts."""
    lower = token.lower_
    if token.pos_ == "PRON":
        return lower in CAN_ACT
    if token.pos_ in NO_HEADS:
        return False
    if is_aged(token):
        return True
    named = token.pos_ == "PROPN" and token.ent_type_ in {"WORK_OF_ART", "LAW"}
    calendar = lower in CALENDAR and token.ent_type_ != "PERSON"  # "Theresa May"
    if calendar or lower in NOBODY or (token.ent_type_ in NO_AGENT_ENTITIES and not named):
        return False
    lemma = token.lemma_.lower()
    inside = [g for c in token.children if c.lower_ == "of" for g in c.children if g.dep_ == "preposition object"]
    if inside and lemma in AMOUNTS and lemma != "group":
        return names_agent(inside[0])  # "dozens of paintings" are nobody, "dozens of men" are
    if _heads_body(token):
        return True
    if lower in HAPPENINGS or lower.removesuffix("s") in HAPPENINGS:  # "Iran Protests": the lemma keeps a name's plural
        return False
    if lemma in HAPPENINGS or (lemma == "force" and token.tag_ == "NN" and token.dep_ == "object"):
        return False
    last = lower.rsplit("-", 1)[-1]
    noun = token.pos_ in {"NOUN", "PROPN"} or (token.pos_ == "ADJ" and token.dep_ not in {"adjective", "compound"})
    if noun and any(form in AGENT_NOUNS for form in (lemma, lower, last, last.rstrip("s"))):
        return True
    if token.pos_ == "PROPN" or token.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}:
        return token.ent_type_ not in {"EVENT", "FAC", "PRODUCT"} and any(c.isalpha() for c in token.text)
    if token.pos_ == "NUM" or token.tag_ == "CD":
        return token.ent_type_ in {"CARDINAL", ""} and not _is_year(token)
    if token.pos_ in {"ADJ", "VERB"} and token.dep_ not in {"adjective", "compound"}:
        return any(c.dep_ == "determiner" and c.lower_ == "the" for c in token.children)
    return False


def names_speaker(token: Token) -> bool:
    """Whether the phrase headed by ``token`` can say something: people, bodies, media and what they put out.

    A place speaks as its government does, and not where something only happens in it.
    """
    placed = token.ent_type_ in {"GPE", "LOC", "FAC"} and token.dep_ == "preposition object"
    if placed or names_shown(token):
        return False
    return token.pos_ == "PRON" or token.lemma_.lower() in TELLERS or names_agent(token)


def names_weapon(token: Token) -> bool:
    """Whether the word is a weapon or a blast, which stands for the unnamed agent."""
    return token.lemma_.lower() in WEAPONS


def names_instrument(token: Token) -> bool:
    """Whether the word is what an act is done with: a weapon, or something that is thrown, fired or swung."""
    lemma = token.lemma_.lower()
    if lemma == "force" and any(c.dep_ in {"determiner", "compound"} for c in token.children):
        return False  # "a peacekeeping force" is a body; "by force" is not
    return names_weapon(token) or lemma in INSTRUMENTS or lemma.removesuffix("s") in INSTRUMENTS


def names_shown(token: Token) -> bool:
    """Whether the word is what people show, wear or say where they gather, to no one in particular."""
    lemma = token.lemma_.lower()
    return lemma in SHOWN or lemma.removesuffix("s") in SHOWN


def names_nobody(token: Token) -> bool:
    """Whether the phrase headed by ``token`` stands for no one: "nobody", "no officer", "not a single nurse"."""
    if token.lower_ in NOBODY:
        return True
    for child in token.children:
        following = token.doc[child.i + 1 : child.i + 2].text.lower()
        if (
            child.i < token.i
            and child.lower_ == "no"
            and child.dep_ == "determiner"
            and following not in BOUNDS_AFTER_NO
        ):
            return True
        if child.i < token.i and child.lower_ == "not" and child.i == token.left_edge.i:
            words = {t.lower_ for t in token.doc[child.i + 1 : token.i + 1]}
            return bool(words & {"single", "one"})
    return False


def names_thing(token: Token) -> bool:
    """Whether the word can name a physical thing or a body that an act is done to; abstract nouns cannot."""
    lower, lemma = token.lower_, token.lemma_.lower()
    if lower in CALENDAR or token.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY", "CARDINAL"}:
        return False
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    return lemma in THINGS_WITH_ABSTRACT_ENDINGS or not lemma.endswith(ABSTRACT_ENDINGS)


def names_matter(token: Token) -> bool:
    """Whether the word can name what is spoken about: a thing, a deed or an idea, not a day, an amount or nobody."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"}:
        return False
    return token.lower_ not in CALENDAR and not names_nobody(token)


def _is_year(token: Token) -> bool:
    return len(token.text) == 4 and token.text.isdigit() and token.text[:2] in {"18", "19", "20"}
