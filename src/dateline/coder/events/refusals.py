"""Trigger words that are no events: parts of names, titles and dates, words that describe another noun, topics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.coder.triggers.modality import TELLING, bidden
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.accusation import gerund_matter
from dateline.lang.en.grammar.agents import AMOUNTS, names_agent, names_nobody, names_thing
from dateline.lang.en.grammar.light_verbs import judged_as
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.coder.events.participants import Participants
    from dateline.coder.triggers.match import Match

NAME_ENTITIES = frozenset({"ORG", "PERSON", "FAC", "WORK_OF_ART", "LAW", "PRODUCT"})
QUALIFIED_BY_ACTS = words("events.qualified_by_acts")
BEFORE_MONTHS = words("events.before_months")
PREFIXES = words("events.prefixes")
DONE_TO_PEOPLE = words("events.done_to_people")
NAMING = words("events.naming")
ANIMALS = words("events.animals")
BODIES_AFTER_VERBS = words("events.bodies_after_verbs")
FORCES = words("events.forces")
PLACES = frozenset({"GPE", "LOC"})
SPEAKING_DOCUMENTS = words("events.speaking_documents")
TITLES = words("events.words_in_titles")
TOPICS_BY = words("events.topics_by")
FREEDOMS = words("events.freedoms")
AGAINST = words("events.against")
PROTESTING = words("events.protesting")
MONTHS_AND_MORE = words("events.months_and_more")

SCORE_WITHIN = 8
"""Words behind a verb among which a score is looked for."""
_SCORE = re.compile(r"(?<![\w-])\d{1,3}[-–]\d{1,3}(?![\w-])")
LONGEST_NAME = 6
"""Words of a name that begins with a verb."""


def why_no_event(match: Match) -> str | None:
    """Why the trigger's words name no event here, or None."""
    root = match.root
    if gerund_matter(root) is not None:
        return None
    if match.trigger.pos == "NOUN" and _calls_it(root):
        return "it only says what somebody calls it"
    if match.trigger.pos == "NOUN":
        return _month(root) or _in_name(root, match) or _describes(root, match) or _prefix(root) or _topic(root)
    if match.trigger.pos == "VERB" and clause_of(root).negated and bidden(clause_of(root)):
        return "it is only forbidden"
    if match.trigger.pos == "VERB" and _untold(root):
        return "nobody is told to have said so"
    if match.trigger.pos == "VERB" and _only_judged(match):
        return "it only says what somebody calls it"
    if match.trigger.pos == "VERB" and (body := _begins_name(root)):
        return f"part of the name of a body: {body.text}"
    if match.trigger.pos == "VERB" and match.type.quad == 4 and (score := _score_behind(root)):
        return f"a score is told: {score}"
    link = clause_of(root).link
    if match.trigger.pos == "VERB" and link in {"compound", "noun modifier"} and len(match.tokens) == 1:
        return "it only describes another noun"
    if link == "adjective" and root.tag_ == "VBG":
        return "it only describes another noun"
    return _in_name(root, match) if root.pos_ == "PROPN" else None


def why_nobody_acts(match: Match, who: Participants) -> str | None:
    """Why nobody acts: what does it is no agent ("the storm met the coast"), or no one is named."""
    doers = match.slots.get("subject", ())
    if doers and all(t.lemma_.lower() in FORCES for t in doers):
        return f"{doers[0].text!r} acts without a will"
    if not match.type.in_words:
        return None
    if match.trigger.pos != "NOUN" and doers and not who.actors:
        if any(t.lemma_.lower() in SPEAKING_DOCUMENTS or t.pos_ == "PRON" for t in doers):
            return None
        return f"{doers[0].text!r} is nobody who can act"
    if not who.actors and not who.recipients and not match.claimed:
        return "nobody is named who does it or to whom"
    return None


def why_not_people(match: Match) -> str | None:
    """Why an act on people is none here: it is done to no person ("killed the bill", "arrested the decline")."""
    mode = next((m for m in match.type.modes if m.name == match.trigger.mode), None)
    on_people = (mode is not None and mode.people_only) or match.root.lemma_.lower() in DONE_TO_PEOPLE
    if match.trigger.pos != "VERB" or not on_people:
        return None
    done_to = [counted(t) for t in match.slots.get("object", ()) if t.i not in match.claimed]
    doers = match.slots.get("subject", ())
    if done_to and doers and all(t.ent_type_ in PLACES for t in (*done_to, *doers)):
        return f"it is done to {done_to[0].text!r}, which is a place, by another: teams are called so"
    if not done_to or any(
        names_agent(t) or names_nobody(t) or t.pos_ in {"NUM", "PRON"} or t.ent_type_ or _bare(t) or _unread_name(t)
        for t in done_to
    ):
        return None
    lemmas = {t.lemma_.lower() for t in done_to}
    return None if lemmas & ANIMALS else f"it is done to {done_to[0].text!r}, which is no person"


def counted(token: Token) -> Token:
    """Who is counted where the phrase is headed by an amount: the miscreants of "a total of 47 miscreants"."""
    people = clause_of(token).after("of") if token.lemma_.lower() in AMOUNTS else ()
    return people[0] if people else token


def _bare(token: Token) -> bool:
    """A singular noun without any word before it is no thing: text in lower case has its names so."""
    singular = token.pos_ == "NOUN" and not token.lower_.endswith("s")
    return singular and not any(c.i < token.i for c in token.children)


def _unread_name(token: Token) -> bool:
    """In a sentence without a capital any noun that ends like no idea may be somebody's name, or a word for people."""
    return names_thing(token) and not any(t.text[:1].isupper() for t in token.sent)


def _untold(root: Token) -> bool:
    """As in "did not say that the bill would be withdrawn"."""
    told = clause_of(root).link == "content clause" and root.head.lemma_.lower() in TELLING
    return told and clause_of(root.head).negated


def _only_judged(match: Match) -> bool:
    """As in "called the strike inexcusable", which calls no strike."""
    claimed = [t for t in match.slots.get("object", ()) if t.i in match.claimed]
    return any((verb := judged_as(t)) is not None and verb == match.root for t in claimed)


def _calls_it(root: Token) -> bool:
    """As in "called it a riot", which tells of no riot: what it was is told by the other words."""
    own, verb = clause_of(root), root.head
    named = own.link in {"object predicate", "attribute", "object", "content clause"}
    if not named or verb.lemma_.lower() not in NAMING:
        return False
    called = (*clause_of(verb).hung("object", "subject"), *own.hung("object", "subject"))
    return any(verb.i < c.i < root.i for c in called)


def _in_name(root: Token, match: Match) -> str | None:
    head, link = root.head, clause_of(root).link
    if root.ent_type_ in NAME_ENTITIES:
        entity = [t for t in root.sent if t.ent_type_ == root.ent_type_ and abs(t.i - root.i) < 12]
        run = _run(root, entity)
        capital = root.text[:1].isupper()
        last = run[-1].i == max(t.i for t in match.tokens)
        if len(run) > 1 and capital and not (last and root.ent_type_ != "PERSON" and _plural_event(root)):
            return "part of a name"
        if len(run) == 1 and capital and root.i != root.sent.start and root.pos_ == "PROPN":
            return "part of a name"
    capital = root.text[:1].isupper() and root.i != root.sent.start and not root.text.isupper()
    if capital and link in {"compound", "preposition object", "noun modifier"} and _title_above(root):
        return "part of a title or of an organisation's name"
    if capital and link == "compound" and head.text[:1].isupper():
        return "part of a name"
    return None


def _score_behind(root: Token) -> str | None:
    """The score behind those against whom it was won: the 3-1 of "beat the hosts 3-1 in the final"."""
    behind = root.doc[root.i + 1 : min(root.i + 1 + SCORE_WITHIN, root.sent.end)]
    found = _SCORE.search(behind.text)
    if found is None:
        return None
    start, end = behind.start_char + found.start(), behind.start_char + found.end()
    before = [t for t in behind if t.idx + len(t.text) <= start]
    after = [t for t in root.doc[root.i : root.sent.end] if t.idx >= end][:1]
    won = before and before[-1].pos_ in {"NOUN", "PROPN", "PRON"}
    return found.group() if won and not any(t.pos_ in {"NOUN", "PROPN", "ADJ", "SYM"} for t in after) else None


def _begins_name(root: Token) -> Token | None:
    """The body in whose name the verb stands: the coalition of "the Stop the War Coalition"."""
    before = root.doc[max(0, root.i - 1)]
    if not root.text.istitle() or root.lower_ != root.lemma_.lower() or before.pos_ not in {"DET", "ADP"}:
        return None
    for token in root.doc[root.i + 1 : min(root.i + LONGEST_NAME, root.sent.end)]:
        if token.text[:1].isupper() and token.lower_ in BODIES_AFTER_VERBS:
            return token
        if not token.text[:1].isupper() and token.pos_ not in {"DET", "ADP", "CCONJ"}:
            return None
    return None


def _run(root: Token, entity: list[Token]) -> list[Token]:
    """The unbroken run of words of the entity around the root."""
    there = {t.i: t for t in entity}
    first = last = root.i
    while first - 1 in there:
        first -= 1
    while last + 1 in there:
        last += 1
    return [there[i] for i in range(first, last + 1)]


def _plural_event(root: Token) -> bool:
    """The head of a capitalised phrase that names happenings ("Iran Protests"), not a body."""
    return root.tag_ in {"NNS", "NNPS"} and clause_of(root).link not in {"compound", "possessor"}


def _title_above(root: Token) -> bool:
    token = root
    for _ in range(4):
        token = token.head
        if token.lemma_.lower() in TITLES and token.text[:1].isupper():
            return True
        if token.pos_ in {"VERB", "AUX"}:
            return False
    return False


def _describes(root: Token, match: Match) -> str | None:
    if clause_of(root).link not in {"compound", "noun modifier", "adjective"} or root.i > root.head.i:
        return None
    head = root.head
    if head.lemma_.lower() in QUALIFIED_BY_ACTS or head.i in {t.i for t in match.tokens}:
        return None
    return f"it only describes {head.text!r}"


def _month(root: Token) -> str | None:
    doc = root.doc
    if root.lower_ not in MONTHS_AND_MORE or not root.text[0].isupper():
        return None
    before, after = doc[max(0, root.i - 1)].lower_, doc[root.i + 1 : root.i + 2].text
    if root.ent_type_ in {"DATE", "TIME"} or before in BEFORE_MONTHS or before.isdigit() or after.isdigit():
        return "the name of a month"
    return None


def _prefix(root: Token) -> str | None:
    """The happening is only referred to, as in "anti-war" and "pre-strike"."""
    doc = root.doc
    if root.i >= 2 and doc[root.i - 1].text in {"-", "‑"} and doc[root.i - 2].lower_ in PREFIXES:
        return "it only describes another noun"
    return None


def _topic(root: Token) -> str | None:
    if clause_of(root).link == "preposition object" and root.head.lower_ in TOPICS_BY:
        above = root.head.head
        if above.lemma_.lower() in FREEDOMS and above.pos_ == "NOUN":
            return f"a topic, not a happening: the {above.text} {root.head.text} it"
    return _grievance(root)


def _grievance(root: Token) -> str | None:
    """As in "marched against police brutality": an evil in general, which no one is told to have done here."""
    own, preposition = clause_of(root), clause_of(root).preposition
    told = own.has("determiner", "possessor", "number") or own.after("of", "by", "on", "against")
    if preposition is None or preposition.lower_ not in AGAINST or root.tag_ != "NN" or told:
        return None
    protest = preposition.head.lemma_
    return (
        f"a topic, not a happening: what people {protest} {preposition.text}" if protest.lower() in PROTESTING else None
    )
