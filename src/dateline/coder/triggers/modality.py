"""How an event stands to the facts: asserted, negated, planned, possible or hypothetical; and whether long before.

The governors of the trigger are followed upwards through its clause ("refused to release", "called for a rally",
"no reports of clashes"); the first that says something decides. Nearer words win over farther ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from dateline.coder.triggers.background import commemorated, historical
from dateline.coder.triggers.denied import denied_by_another
from dateline.coder.triggers.governors import (
    BACKGROUND,
    NEGATION,
    NEGATIVE_DETERMINERS,
    POSSIBLE,
    POSSIBLE_WORDS,
    Judged,
    because,
    from_above,
    is_bare,
    left_undone,
    set_for,
)
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.agents import names_nobody
from dateline.lang.en.grammar.light_verbs import owned_by
from dateline.lang.governors import modal
from dateline.lang.lexicon import Words, words
from dateline.model import Because, Modality
from dateline.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dateline.lang.clause import Clause

PLANNED_WORDS = words("modality.planned_words")
COMING_DAYS = words("modality.coming_days")
UNDONE_WORDS = words("modality.undone_words")
REVEALING = words("modality.revealing")
CONDITION_MARKERS = words("modality.condition_markers")
TELLING = words("modality.telling")
HAPPENING = words("modality.happening")
BRINGING = words("modality.bringing")
LEADING = words("modality.leading")
LEADING_PREPOSITIONS = words("modality.leading_prepositions")
MEANS = words("modality.means")
REPORTING_PREPOSITIONS = words("modality.reporting_prepositions")
NEGATIONS = words("modality.negations")
NOT_ALONE = words("modality.not_alone")
BOUNDING_WORDS = words("modality.bounding_words")
WHATEVER = words("modality.whatever")
WHOEVER = words("modality.whoever")
MAX_STEPS = 8

ASSERTED = rule("modality.asserted", "told as fact, with nothing that denies, plans or doubts it")
NOBODY = rule("modality.nobody", "denied: nobody is said to have done it, or to whom it was done")
CONDITION = rule("modality.condition", "stands under a condition")
ANY = rule("modality.whatever-may-come", "told of whatever may come")
COMING_WORD = rule("modality.coming-word", "told as coming")
WILL = rule("modality.will", "told as coming")
REPORTED_WOULD = rule("modality.reported-would", "told as coming")
MAY = rule("modality.may", "told as a possibility")
CAN = rule("modality.can", "told as an ability")
WISHED = rule("modality.wished", "told as a wish or under a condition")
CONCLUDED = rule("modality.concluded", "told as a conclusion")
KEPT = rule("modality.kept-by-word", "told as kept from happening")
BIDDEN = rule("modality.bidden", "bidden or forbidden, which does not make it happen")


@dataclass(frozen=True, slots=True)
class Standing:
    """How an event stands to the facts, and why; ``background`` is why it is of long before, None where it is not."""

    modality: Modality
    because: Because
    background: Because | None = None

    @property
    def historical(self) -> bool:
        """Whether it happened long before what the report is about."""
        return self.background is not None


def standing(trigger: Token, sentence: Span, year: int | None) -> Standing:
    """How the event that ``trigger`` names stands to the facts.

    ``year`` is that of publication (or the latest year that the report names, or None): an event dated two years
    or more before it is background.
    """
    background: Because | None = None
    match set_for(trigger) or left_undone(trigger) or _governed(trigger):
        case None:
            background = historical(trigger, sentence, year) or _remembered(trigger)
        case "background", why:
            background = why
        case judged, why:
            return Standing(judged, why)
    judged, why = _any(trigger) or denied_by_another(trigger) or ("asserted", ASSERTED.because())
    return Standing(judged, why, background)


def _governed(trigger: Token) -> Judged | None:
    here = trigger
    if owned_by(trigger):
        return None  # whoever claims or denies the deed, it was done
    light = clause_of(trigger).light_verb
    if light is not None:
        # "did not take part in the rally", "plan to hold a march": the light verb's modality is the event's
        found = _own_words(trigger) or from_above(_below(trigger, light), light, trigger)
        if found:
            return found
        here = light
    for _ in range(MAX_STEPS):
        found = _own_words(here)
        here = _first_of_clauses(here)
        above = here.head
        if found is None or (found[0] == "planned" and clause_of(here).kind == "noun"):
            # "a planned attack was foiled": who plans it is not the last word
            higher = from_above(here, above, trigger) if above != here else None
            found = higher if found is None or (higher is not None and higher[0] == "negated") else found
        if found:
            return found
        if above == here or not _continues(here, above, trigger):
            return None
        here = above
    return None


def _first_of_clauses(word: Token) -> Token:
    """The first of the clauses that one governor brings in ("demanded that he resign and that the men be freed")."""
    for _ in range(MAX_STEPS):
        own, first = clause_of(word), clause_of(word.head)
        # "that the minister resign": a verb that the tagger takes for a noun is still marked as a clause
        clause = first.kind == "verb" or first.has("clause marker")
        if own.link != "conjunct" or not own.has_own_subject or not clause:
            break
        alike = own.markers & first.markers or (own.infinitive and first.infinitive) or own.wished
        alike = alike or (is_bare(own) and (first.wished or first.infinitive or is_bare(first)))
        if not alike:
            break
        word = word.head
    return word


def _remembered(trigger: Token) -> Because | None:
    """Background: told in a relative clause of something that is background itself ("the raid, in which nine died")."""
    clause = trigger
    for _ in range(MAX_STEPS):
        if clause_of(clause).link in {"relative clause", "root"}:
            break
        clause = clause.head
    if clause_of(clause).link != "relative clause" or clause.tag_ not in {"VBD", "VBN"}:
        return None
    remembered = commemorated(clause.head)
    found = _governed(clause.head) if remembered is None else None
    return found[1] if found is not None and found[0] == BACKGROUND else remembered


def _any(trigger: Token) -> tuple[Modality, Because] | None:
    """As in "would put down any protest" and "would arrest anyone who marched"."""
    own = clause_of(trigger)
    if own.link == "relative clause" and trigger.head.lower_ in WHOEVER:
        return "hypothetical", because(ANY, trigger.head, source=WHOEVER.source(trigger.head.lower_))
    word = next((c for c in own.hung("determiner") if c.lower_ in WHATEVER), None)
    if word is None:
        return None
    above = clause_of(trigger.head)
    denied = [*above.hung("negation"), *(c for c in above.hung("subject") if names_nobody(c))]
    if denied and own.link == "object":
        return "negated", because(NEGATION, *denied, word)
    return "hypothetical", because(ANY, word, source=WHATEVER.source(word.lower_))


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
    own = clause_of(here)
    link = own.link
    if link == "conjunct":
        # "did not march or strike" shares its auxiliaries; a second clause with its own subject does not
        return not own.has("subject", "passive subject")
    if link == "noun clause" and here.tag_ in {"VBN", "VBD"} and not own.has("clause marker"):
        return False  # "the possibility of the men arrested there being freed": they were arrested
    if link in {"open clause", "preposition clause", "preposition object", "noun clause", "agent"}:
        return True
    if link == "apposition" and own.kind == "noun":
        # "demanded justice, an end to the raids and the arrest of the guards": a list that the parser takes apart
        return here != trigger and own.has("conjunct")
    if link == "preposition":
        if above.pos_ == "VERB" and here.lower_ in MEANS and clause_of(here).has("preposition clause"):
            return True  # "accused them of breaking the truce by shelling a village"
        # "reports of clashes" stands or falls with the reports; "did not speak of the attack" does not
        if above.pos_ == "VERB":
            leads = above.lemma_.lower() in LEADING and here.lower_ in LEADING_PREPOSITIONS
            return leads and not clause_of(trigger).definite
        return above.pos_ in {"NOUN", "PROPN"} and here.lower_ in REPORTING_PREPOSITIONS
    if link in {"object", "passive subject", "attribute", "subject"} and above.pos_ in {"VERB", "AUX"}:
        # what is condemned or discussed is presupposed, whether it is condemned or not
        lemma = above.lemma_.lower()
        return lemma in HAPPENING or (link == "object" and lemma in BRINGING and not own.definite)
    return link in {"compound", "adjective"} and trigger == here


def _own_words(word: Token) -> Judged | None:
    """What the words that hang on a word say of it: a denial first, then the one that comes first in the text."""
    clause = clause_of(word)
    if bidden(clause):
        return "hypothetical", because(BIDDEN, word)
    # a denial outweighs a plan ("will not"), wherever the words stand
    denied = _denied(clause)
    if denied is not None:
        return denied
    return min(_hints(clause), key=lambda hint: hint[0], default=(0, None))[1]


def bidden(clause: Clause) -> bool:
    """Whether it is told to others to do or not to do: "Stop the war", "'Do not attack them,' she said"."""
    if clause.word.tag_ != "VB" or clause.has_own_subject or clause.has("clause marker"):
        return False
    if any(word.lemma_.lower() != "do" for word in clause.hung("auxiliary", "passive auxiliary")):
        return False
    if clause.link == "root" or _opens_quotation(clause):
        return True
    return clause.link == "conjunct" and clause.governor is not None and bidden(clause_of(clause.governor))


def _opens_quotation(clause: Clause) -> bool:
    if clause.quotation is None:
        return False
    doc, first = clause.word.doc, clause.word.left_edge
    return not any(t.is_alpha and t.idx >= clause.quotation.start for t in doc[max(0, first.i - 3) : first.i])


def _denied(clause: Clause) -> Judged | None:
    for word in clause.hung("negation", "determiner"):
        lower = word.lower_
        negates = lower in NEGATIONS or word in clause.hung("negation")
        if negates and not _follows(word, NOT_ALONE):
            return "negated", because(NEGATION, word, source=NEGATIONS.source(lower) if lower in NEGATIONS else "")
        if not negates and lower in NEGATIVE_DETERMINERS and not _follows(word, BOUNDING_WORDS):
            return "negated", because(NEGATION, word, source=NEGATIVE_DETERMINERS.source(lower))
    return None


def _hints(clause: Clause) -> Iterator[tuple[int, Judged]]:
    """What each word beside a word says of it, with its place in the text."""
    for word in chain.from_iterable(clause.under.values()):
        if word.lower_ in NEGATIONS and not _follows(word, NOT_ALONE):
            yield word.i, ("negated", because(NEGATION, word, source=NEGATIONS.source(word.lower_)))
    if clause.kind == "verb":
        for word in clause.hung("subject", "passive subject", "object"):
            if names_nobody(word):
                yield word.i, ("negated", because(NOBODY, word))
    for word in clause.hung("clause marker"):
        if word.lower_ in CONDITION_MARKERS:
            yield word.i, ("hypothetical", because(CONDITION, word, source=CONDITION_MARKERS.source(word.lower_)))
    for word in clause.hung("auxiliary"):
        told = _auxiliary(word, clause)
        if told:
            yield word.i, told
    for word in clause.hung("adverb", "adjective", "adjective complement"):
        if word.lower_ in UNDONE_WORDS:
            yield word.i, ("negated", because(KEPT, word, source=UNDONE_WORDS.source(word.lower_)))
        if word.lower_ in POSSIBLE_WORDS:
            yield word.i, ("possible", because(POSSIBLE, word, source=POSSIBLE_WORDS.source(word.lower_)))
    for links, coming in ((("adjective",), PLANNED_WORDS), (("possessor", "noun as adverb"), COMING_DAYS)):
        for word in clause.hung(*links):
            if word.lower_ in coming:
                yield word.i, ("planned", because(COMING_WORD, word, source=coming.source(word.lower_)))


def _follows(word: Token, these: Words) -> bool:
    """Whether one of the words comes right after it."""
    return word.doc[word.i + 1 : word.i + 2].text.lower() in these


def _auxiliary(word: Token, clause: Clause) -> Judged | None:
    """What a modal auxiliary says of its verb: "will march", "could march", "said that they would march"."""
    found = modal(word)
    if found is None:
        return None
    verb, source = clause.word, found.source
    if found.kind == "will":
        return "planned", because(WILL, word, source=source)
    if found.says.modality == "possible":
        return "possible", because(MAY, word, source=source)
    if found.kind in {"would", "clipped_would"} and _reported(clause):
        return "planned", because(REPORTED_WOULD, word, source=source)
    if found.kind == "can":
        able = verb.lemma_.lower() not in REVEALING
        return ("hypothetical", because(CAN, word, source=source)) if able else None
    if found.kind == "must" and clause.perfect:
        return "possible", because(CONCLUDED, word, source=source)
    return ("hypothetical", because(WISHED, word, source=source)) if found.says.modality == "hypothetical" else None


def _reported(clause: Clause) -> bool:
    """Whether it is what somebody is told to have said."""
    return clause.link == "content clause" and clause.word.head.lemma_.lower() in TELLING
