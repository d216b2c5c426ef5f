"""How an event stands to the facts: asserted, negated, planned, possible, hypothetical, or historical background.

The governors of the trigger are followed upwards through its clause ("refused to release", "called for a rally",
"no reports of clashes"); the first that says something decides. Nearer words win over farther ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coder.triggers.background import commemorated, historical
from dateline.coder.triggers.governors import (
    NEGATIVE_DETERMINERS,
    POSSIBLE_WORDS,
    Judged,
    because,
    from_above,
    set_for,
)
from dateline.lang.en.grammar.agents import names_nobody
from dateline.lang.en.grammar.light_verbs import light_governor, owned_by
from dateline.lang.lexicon import words
from dateline.model import Because

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

PLANNED_WORDS = words("modality.planned_words")
POSSIBLE_AUX = words("modality.possible_aux")
HYPOTHETICAL_AUX = words("modality.hypothetical_aux")
REVEALING = words("modality.revealing")
HYPOTHETICAL_MARKS = words("modality.hypothetical_marks")
TELLING = words("modality.telling")
HAPPENING = words("modality.happening")
BRINGING = words("modality.bringing")
LEADING = words("modality.leading")
MAX_STEPS = 8


def modality(trigger: Token, sentence: Span, year: int | None) -> Judged:
    """The modality of the event that ``trigger`` names, and why.

    ``year`` is that of publication (or the latest year that the report names, or None): an event dated two years
    or more before it is background.
    """
    return (
        set_for(trigger)
        or _governed(trigger)
        or historical(trigger, sentence, year)
        or _remembered(trigger)
        or _any(trigger)
        or ("asserted", Because("modality", "told as fact, with nothing that denies, plans or doubts it"))
    )


def _governed(trigger: Token) -> Judged | None:
    here = trigger
    if owned_by(trigger):
        return None  # whoever claims or denies the deed, it was done
    light = light_governor(trigger) if trigger.pos_ in {"NOUN", "PROPN"} else None
    if light is not None:
        # "did not take part in the rally", "plan to hold a march": the light verb's modality is the event's
        found = _own_words(trigger, first=True) or from_above(_below(trigger, light), light, trigger)
        if found:
            return found
        here = light
    for step in range(MAX_STEPS):
        found = _own_words(here, first=step == 0)
        if found:
            return found
        above = here.head
        if above == here:
            return None
        found = from_above(here, above, trigger)
        if found:
            return found
        if not _continues(here, above, trigger):
            return None
        here = above
    return None


def _remembered(trigger: Token) -> Judged | None:
    """What is told in a relative clause of something that is background itself: "the raid, in which nine died"."""
    clause = trigger
    for _ in range(MAX_STEPS):
        if clause.dep_ in {"relative clause", "root"}:
            break
        clause = clause.head
    if clause.dep_ != "relative clause" or clause.tag_ not in {"VBD", "VBN"}:
        return None
    found = commemorated(clause.head) or _governed(clause.head)
    return found if found is not None and found[0] == "historical" else None


def _any(trigger: Token) -> Judged | None:
    """As in "would put down any protest"."""
    word = next((c for c in trigger.children if c.dep_ == "determiner" and c.lower_ == "any"), None)
    if word is None:
        return None
    denied = [c for c in trigger.head.children if c.dep_ == "negation" or (c.dep_ == "subject" and names_nobody(c))]
    if denied and trigger.dep_ == "object":
        return "negated", because("denied by a word of negation", *denied, word)
    return "hypothetical", because("told of whatever may come", word)


def _below(trigger: Token, above: Token) -> Token:
    """The word on the way from the trigger up to ``above`` that hangs on ``above`` itself."""
    here = trigger
    for _ in range(MAX_STEPS):
        if here.head in (above, here):
            break
        here = here.head
    return here


def _continues(here: Token, above: Token, trigger: Token) -> bool:
    """Whether what is said of ``above`` is still said of the trigger."""
    dep = here.dep_
    if dep == "conjunct":
        # "did not march or strike" shares its auxiliaries; a second clause with its own subject does not
        return not any(c.dep_ in {"subject", "passive subject"} for c in here.children)
    if (
        dep == "noun clause"
        and here.tag_ in {"VBN", "VBD"}
        and not any(c.dep_ == "clause marker" for c in here.children)
    ):
        return False  # "the possibility of the men arrested there being freed": they were arrested
    if dep in {"open clause", "preposition clause", "preposition object", "noun clause", "agent"}:
        return True
    if dep == "preposition":
        # "reports of clashes" stands or falls with the reports; "did not speak of the attack" does not
        if above.pos_ == "VERB":
            return above.lemma_.lower() in LEADING and here.lower_ in {"to", "in", "into"} and not _definite(trigger)
        return above.pos_ in {"NOUN", "PROPN"} and here.lower_ in {"of", "for"}
    if dep in {"object", "passive subject", "attribute", "subject"} and above.pos_ in {"VERB", "AUX"}:
        # what is condemned or discussed is presupposed, whether it is condemned or not
        lemma = above.lemma_.lower()
        return lemma in HAPPENING or (dep == "object" and lemma in BRINGING and not _definite(here))
    return dep in {"compound", "adjective"} and trigger == here


def _definite(noun: Token) -> bool:
    return any(c.dep_ == "possessor" or c.lower_ in {"the", "this", "that", "these", "those"} for c in noun.lefts)


def _own_words(token: Token, *, first: bool) -> Judged | None:
    # a denial outweighs a plan ("will not"), wherever the words stand
    for child in sorted(token.children, key=lambda c: c.dep_ not in {"negation", "determiner"}):
        lower, dep = child.lower_, child.dep_
        if dep == "negation" or lower in {"never", "not", "n't", "n’t"}:
            if lower == "not" and _only_follows(child):
                continue
            return "negated", because("denied by a word of negation", child)
        bound = token.doc[child.i + 1 : child.i + 2].text.lower() in {"more", "fewer", "less"}
        if dep == "determiner" and lower in NEGATIVE_DETERMINERS and not bound:
            return "negated", because("denied by a word of negation", child)
        if dep in {"subject", "passive subject", "object"} and token.pos_ in {"VERB", "AUX"} and names_nobody(child):
            return "negated", because("denied: nobody is said to have done it, or to whom it was done", child)
        if dep == "clause marker" and lower in HYPOTHETICAL_MARKS and not (lower == "until" and not first):
            if lower == "until":
                continue
            return "hypothetical", because("stands under a condition", child)
        if dep == "auxiliary":
            found = _auxiliary(child, token)
            if found:
                return found
        if dep in {"adverb", "adjective", "adjective complement"} and lower in POSSIBLE_WORDS:
            return "possible", because("told as a possibility", child)
        if dep == "adjective" and lower in PLANNED_WORDS:
            return "planned", because("told as coming", child)
        if dep in {"possessor", "noun as adverb"} and lower in {"tomorrow", "tomorrow's"}:
            return "planned", because("told as coming", child)
    return None


def _only_follows(negation: Token) -> bool:
    following = negation.doc[negation.i + 1 : negation.i + 2]
    return following.text.lower() in {"only", "just", "merely"}


def _auxiliary(aux: Token, verb: Token) -> Judged | None:
    lower = aux.lower_
    if lower in {"will", "'ll", "’ll", "shall", "wo"}:
        return "planned", because("told as coming", aux)
    perfect = any(c.dep_ == "auxiliary" and c.lemma_ == "have" for c in verb.children)
    if lower in POSSIBLE_AUX:
        return "possible", because("told as a possibility", aux)
    if lower in {"would", "'d", "’d"} and verb.dep_ == "content clause" and verb.head.lemma_.lower() in TELLING:
        return "planned", because("told as coming", aux)
    if lower == "can" and verb.lemma_.lower() not in REVEALING:
        return "hypothetical", because("told as an ability", aux)
    if lower in HYPOTHETICAL_AUX:
        return (
            ("hypothetical", because("told as a wish or under a condition", aux))
            if lower != "must" or not perfect
            else (
                "possible",
                because("told as a conclusion", aux),
            )
        )
    return None
