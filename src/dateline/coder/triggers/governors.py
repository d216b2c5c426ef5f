"""What the words above an event say of it: "refused to release", "a plan to march", "called for a rally"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.en.grammar.accusation import ALLEGING, ALLEGING_CLAUSE, accusing_verb, gerund_matter
from dateline.lang.en.grammar.light_verbs import light_governor
from dateline.lang.lexicon import table, words
from dateline.model import Because, Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATING = words("modality.negating")
NEEDS_PARTICLE = table("modality.needs_particle")
NEGATES_CLAUSE_ONLY = words("modality.negates_clause_only")
TOLD_WORDS = words("modality.told_words")
NEGATIVE_DETERMINERS = words("modality.negative_determiners")
PLANNING = words("modality.planning")
POSSIBLE_WORDS = words("modality.possible_words")
POSSIBLE_GOVERNORS = words("modality.possible_governors")
ASKING = words("modality.asking")
ASKING_NOUNS = words("modality.asking_nouns")
PLANNING_NOUNS = words("modality.planning_nouns")
BACKGROUND_NOUNS = words("modality.background_nouns")
PURPOSE_HAPPENS = words("modality.purpose_happens")
SETTING = words("modality.setting")
GATHERINGS = words("modality.gatherings")
COMING = words("modality.coming")
COMING_WORDS = words("modality.coming_words")

Judged = tuple[Modality, Because]


def because(rule: str, *tokens: Token) -> Because:
    """Why, with the words that the rule matched in their order."""
    return Because("modality", rule, " ".join(t.text for t in sorted(tokens, key=lambda t: t.i)))


def _from_accusation(matter: Token, *, clause: bool) -> Judged | None:
    """What an accusation of it, brought in by the preposition ``matter``, leaves open."""
    verb = accusing_verb(matter)
    if verb is None or verb.lemma_.lower() not in (ALLEGING | ALLEGING_CLAUSE if clause else ALLEGING):
        return None
    return "possible", because("told as an accusation", verb)


def from_above(here: Token, above: Token, trigger: Token) -> Judged | None:
    """What ``above`` says of the event, on which ``here`` hangs: the trigger, or the word between the two."""
    lemma, dep = above.lemma_.lower(), here.dep_
    if above.dep_ == "preposition" and dep in {"preposition object", "preposition clause"}:
        return _from_accusation(above, clause=dep == "preposition clause")
    matter = gerund_matter(here)
    if matter is not None:
        return _from_accusation(matter, clause=True)
    if above.pos_ in {"VERB", "AUX"}:
        return _from_verb(here, above, trigger)
    if above.pos_ in {"NOUN", "PROPN"} and dep in {"noun clause", "relative clause", "preposition"}:
        if dep == "relative clause" and not any(c.lower_ == "to" and c.dep_ == "auxiliary" for c in here.children):
            return None  # unlike "steps to arrest them", which some parses make a relative clause
        if dep == "preposition" and here.lower_ not in {"of", "for", "against", "to"}:
            return None
        if any(c.dep_ == "determiner" and c.lower_ in NEGATIVE_DETERMINERS for c in above.children):
            return "negated", because("denied by a word of negation", above)
        if lemma in BACKGROUND_NOUNS:
            return "historical", because("background: only its memory is told", above)
        # "a plan to march", but not "the two men arrested" beside a plan: the participle tells what happened to them
        about = here.lower_ in {"of", "for", "to"} if dep == "preposition" else here.tag_ not in {"VBN", "VBD", "VBG"}
        if lemma in PLANNING_NOUNS and about:
            return "planned", because("told as a plan", above)
        if lemma in ASKING_NOUNS and about:
            return "hypothetical", because("told as a wish, a right or a danger", above)
    if above.pos_ == "ADJ" and (dep == "open clause" or (dep == "preposition" and here.lower_ in {"for", "of"})):
        if above.lower_ in {"due", "set", "ready", "poised", "determined", "scheduled", "prepared", "willing"}:
            return "planned", because("told as coming", above)
        if above.lower_ in POSSIBLE_WORDS:
            return "possible", because("told as a possibility", above)
        if above.lower_ in {"able", "free", "unable", "reluctant", "unwilling"}:
            negative = above.lower_.startswith("un") or above.lower_ == "reluctant"
            return ("negated" if negative else "hypothetical"), because("told as an ability or a wish", above)
    return None


def _from_verb(here: Token, verb: Token, trigger: Token) -> Judged | None:
    lemma, dep = verb.lemma_.lower(), here.dep_
    particles = {c.lower_ for c in verb.children if c.dep_ in {"particle", "adverb"}}
    clause = dep in {"open clause", "content clause", "preposition", "preposition clause"}
    noun = dep in {"object", "passive subject", "preposition object"}
    preposition = here.lower_ if dep == "preposition" else ""
    if verb.pos_ == "AUX" and dep in {"open clause"} and any(c.lower_ == "to" for c in here.children):
        return "planned", because("told as coming", verb)
    if lemma == "call" and "off" in particles and noun:
        return "negated", because("called off", verb)
    if lemma in NEGATING and (clause or noun) and not (NEEDS_PARTICLE.get(lemma, particles or {""}) - particles - {""}):
        if lemma == "rule" and "out" not in particles:
            return None
        if noun and lemma in NEGATES_CLAUSE_ONLY and here.lemma_.lower() not in TOLD_WORDS:
            return None
        if preposition and preposition not in {"from", "in", "to"}:
            return None
        if _denied_itself(verb):
            return None
        return "negated", because("the governing verb says that it did not happen", verb)
    infinitive = any(c.lower_ == "to" and c.dep_ == "auxiliary" for c in here.children)
    wished = any(
        c.dep_ == "passive auxiliary" and c.tag_ == "VB" and c.lower_ == "be" for c in here.children
    ) and not any(c.dep_ == "auxiliary" for c in here.children)
    if lemma == "go" and verb.tag_ == "VBG" and dep == "open clause" and infinitive:
        return "planned", because("told as coming", verb)
    if lemma in ASKING and (
        (dep in {"open clause", "content clause"} and (infinitive or wished or here.tag_ == "VB" or lemma == "demand"))
        or (preposition in {"for", "against"} and light_governor(trigger) in {None, verb})
        or (noun and lemma in {"demand", "request", "require", "recommend", "suggest", "urge"})
    ):
        kind: Modality = "planned" if lemma == "call" and _named_day(verb) else "hypothetical"
        return kind, because("asked for, which does not make it happen", verb)
    if lemma in PLANNING and ((dep == "open clause" and infinitive) or (dep == "content clause" and infinitive)):
        if lemma == "order":
            return None
        return "planned", because("told as a plan", verb)
    if (lemma == "announce" or (lemma == "call" and _set_for(verb))) and dep == "object" and _is_gathering(here):
        return "planned", because("told as coming", verb)
    if dep in {"subject", "passive subject"} and (found := _raised(verb)):
        return found
    if lemma == "expect" and dep == "passive subject":
        return None  # "the attack is expected to worsen relations": it has come
    if lemma in {"plan", "schedule", "propose", "expect", "postpone", "plot"} and noun:
        return "planned", because("told as a plan", verb)
    if lemma in {"threaten"} and (noun or preposition == "with"):
        return "planned", because("threatened", verb)
    if (lemma == "fear" and noun) or (lemma == "warn" and preposition in {"of", "about"}):
        return "possible", because("told as feared", verb)
    if lemma in POSSIBLE_GOVERNORS and dep in {"open clause", "content clause", "object predicate"}:
        return "possible", because("told as a belief", verb)
    if dep == "adverbial clause" and infinitive and here == trigger and trigger.lemma_.lower() not in PURPOSE_HAPPENS:
        return "planned", because("told as a purpose", verb)
    return None


def _raised(verb: Token) -> Judged | None:
    """What is said of the subject's coming: "is due to be held", "is expected to begin", "is likely to go ahead"."""
    for word in (verb, *(c for c in verb.children if c.dep_ in {"adjective complement", "object predicate"})):
        comes = any(c.dep_ == "open clause" and c.lemma_.lower() in COMING for c in word.children)
        if comes and word.lower_ in COMING_WORDS:
            return "planned", because("told as coming", word)
        if comes and word.lower_ in POSSIBLE_WORDS:
            return "possible", because("told as a possibility", word)
    return None


def _set_for(verb: Token) -> bool:
    """As in "called a strike for Monday"."""
    days = [g for c in verb.subtree if c.dep_ == "preposition" and c.lower_ == "for" for g in c.children]
    return any(g.ent_type_ in {"DATE", "TIME"} for g in days)


def set_for(trigger: Token) -> Judged | None:
    """As in "the strike called for Monday"."""
    if trigger.tag_ != "VBN" or trigger.dep_ != "noun clause" or not _set_for(trigger):
        return None
    return ("planned", because("told as coming", trigger)) if trigger.lemma_.lower() in SETTING else None


def _is_gathering(noun: Token) -> bool:
    given = any(c.dep_ == "possessor" or c.lower_ in {"the", "this", "that", "these", "those"} for c in noun.lefts)
    return noun.lemma_.lower() in GATHERINGS and not given


def _denied_itself(verb: Token) -> bool:
    """Two denials make none, as in "did not rule out" and "failed to prevent"."""
    return any(c.dep_ == "negation" for c in verb.children) or (
        verb.dep_ == "open clause" and verb.head.lemma_.lower() in {"fail", "refuse"}
    )


def _named_day(verb: Token) -> bool:
    return any(t.ent_type_ in {"DATE", "TIME"} for t in verb.subtree)
