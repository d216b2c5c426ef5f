"""What the words above an event say of it: "refused to release", "a plan to march", "called for a rally"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from dateline.coder.triggers.denied import denies_what_was_told
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.accusation import (
    accusing_word,
    gerund_matter,
    judgement,
    listed_matter,
    matter_of,
    plan_before,
)
from dateline.lang.en.grammar.agents import names_nobody
from dateline.lang.en.grammar.light_verbs import light_governor
from dateline.lang.en.grammar.tense import names_day
from dateline.lang.governors import Governor, governor
from dateline.lang.lexicon import class_of, table, words
from dateline.model import Because, Modality
from dateline.rules import Rule, rule

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.lang.clause import Clause

PLANS_NOUNS = words("modality.plans_nouns")
SETS_FOR_DAY = words("modality.sets_for_day")
ANNOUNCES = words("modality.announces")
FORESEES = words("modality.foresees")
THREATENS = words("modality.threatens")
THREAT_PREPOSITIONS = words("modality.threat_prepositions")
FEARS = words("modality.fears")
WARNS = words("modality.warns")
WARNING_PREPOSITIONS = words("modality.warning_prepositions")
ASKS_FOR_NOUNS = words("modality.asks_for_nouns")
WANTS_DONE = words("modality.wants_done")
SHOWS = words("modality.shows")
ASKS_IN_ANY_FORM = words("modality.asks_in_any_form")
ASKING_PREPOSITIONS = words("modality.asking_prepositions")
GOES_ON_TO = words("modality.goes_on_to")
NEGATES_WITH_PARTICLE = table("modality.negates_with_particle")
NEGATES_ONLY_CLAUSES = words("modality.negates_only_clauses")
TOLD_MATTERS = words("modality.told_matters")
NEGATING_PREPOSITIONS = words("modality.negating_prepositions")
NEGATIVE_DETERMINERS = words("modality.negative_determiners")
POSSIBLE_WORDS = words("modality.possible_words")
PLAN_PREPOSITIONS = words("modality.plan_prepositions")
NOUN_PREPOSITIONS = words("modality.noun_prepositions")
ADJECTIVE_PREPOSITIONS = words("modality.adjective_prepositions")
NEARLY = words("modality.nearly")
BACKGROUND_NOUNS = words("modality.background_nouns")
PURPOSE_HAPPENS = words("modality.purpose_happens")
ANNOUNCED_BEFORE = words("modality.announced_before")
COMING = words("modality.coming")
INSTEAD = words("modality.instead")
KEEPS_FROM = "modality.keeps_from"
KEPT_FROM = words("modality.kept_from")
NOUN_LINKS = frozenset({"object", "passive subject", "preposition object"})
PARTICIPLES = frozenset({"VBN", "VBD"})
"""Tags of participles, which the tagger may take for pasts."""
MOST_JOINED = 5
"""Verbs joined under one governor that are gone through at most ("tried to beat, rob and kill")."""
REFUSALS = frozenset({"refuse", "fail"})
"""The classes of governors that say that somebody did not do what they govern."""

ACCUSED = rule("modality.accused", "told as an accusation")
JUDGED = rule("historical.judged", "background: it is judged now, and was done before")
NEGATION = rule("modality.negation", "denied by a word of negation")
NOT_DONE = rule("modality.negated-by-governor", "the governing verb says that it did not happen")
NOT_DONE_NOUN = rule("modality.negated-by-noun", "told as refused or failed")
PLANNED = rule("modality.planned-by-governor", "told as a plan")
PLANNED_NOUN = rule("modality.planned-by-noun", "told as a plan")
COMING_BY_ADJECTIVE = rule("modality.planned-by-adjective", "told as coming")
COMING_BY_RAISING = rule("modality.planned-by-subject", "told as coming")
IS_TO = rule("modality.planned-by-infinitive", "told as coming")
ANNOUNCED = rule("modality.announced", "told as coming")
SET_FOR = rule("modality.set-for-day", "told as coming")
THREATENED = rule("modality.threatened", "threatened")
PURPOSE = rule("modality.purpose", "told as a purpose")
ASKED = rule("modality.asked-by-governor", "asked for, which does not make it happen")
ASKED_NOUN = rule("modality.prospect-by-noun", "told as a wish, a right or a danger")
ABLE = rule("modality.able-by-adjective", "told as an ability or a wish")
POSSIBLE = rule("modality.possible-word", "told as a possibility")
FEARED = rule("modality.feared", "told as feared")
BELIEVED = rule("modality.believed", "told as a belief")
ONLY_MEMORY = rule("historical.only-memory", "background: only its memory is told")

BACKGROUND: Literal["background"] = "background"
"""What a governor says that sets the event long before what is told: it says nothing else of it, nor does any above."""

Judged = tuple[Modality | Literal["background"], Because]


def because(why: Rule, *tokens: Token, source: str = "") -> Because:
    """Why, with the words that the rule matched in their order; ``source`` is the line of a list that decided."""
    return why.because(" ".join(t.text for t in sorted(tokens, key=lambda t: t.i)), source=source)


def refused(word: Token) -> bool:
    """Whether the word above says that somebody did not do it: "refused to release", "failed to release"."""
    above = governor(word.head) if word.head.i != word.i else None
    return above is not None and above.kind in REFUSALS and clause_of(word).link == "open clause"


def attempted(word: Token) -> bool:
    """Whether it is told as begun, without a word of how it ended ("tried to kill"), or as not quite done."""
    if any(child.lower_ in NEARLY and child.i < word.i for child in word.children):
        return True
    for _ in range(MOST_JOINED):
        clause = clause_of(word)
        if clause.link != "conjunct" or clause.has("subject", "passive subject"):
            break
        word = word.head
    above = governor(word.head) if word.head.i != word.i else None
    return above is not None and above.kind == "attempt" and clause_of(word).infinitive


def _from_accusation(matter: Token, deed: Clause, *, clause: bool) -> Judged | None:
    """What an accusation or a judgement of the deed, brought in by the preposition ``matter``, leaves open."""
    word = matter_of(matter)
    kind = judgement(word) if word is not None else None
    if word is None or kind is None or (kind == "blamed" and not clause):
        return None
    known = not clause and (deed.definite or matter.lower_ == "over" or accusing_word(matter) is None)
    if kind == "settled" or (kind == "pursued" and known):
        return BACKGROUND, because(JUDGED, word)
    return "possible", because(ACCUSED, word)


def from_above(here: Token, above: Token, trigger: Token) -> Judged | None:
    """What ``above`` says of the event, on which ``here`` hangs: the trigger, or the word between the two."""
    own = clause_of(here)
    if own.link in {"preposition object", "preposition clause"} and clause_of(above).link == "preposition":
        return _from_accusation(above, own, clause=own.link == "preposition clause")
    matter = gerund_matter(here) or listed_matter(here)
    if matter is not None:
        return _from_accusation(matter, own, clause=True)
    kept = _kept_from(own, above)
    if kept is not None:
        return kept
    wanted = _wanted(own, above)
    if wanted is not None:
        return wanted
    if above.pos_ in {"VERB", "AUX"}:
        plan = plan_before(here)
        found = _from_noun(own, plan, infinitive=True) if plan is not None else None
        return found or _from_verb(own, above, trigger)
    if above.pos_ in {"NOUN", "PROPN"}:
        return _from_noun(own, above)
    return _from_adjective(own, above) if above.pos_ == "ADJ" else None


def _from_noun(own: Clause, noun: Token, *, infinitive: bool = False) -> Judged | None:
    """As in "a plan to march", "calls for a rally", "no reports of clashes"; ``infinitive``: it hangs elsewhere."""
    here, link = own.word, "noun clause" if infinitive else own.link
    if link not in {"noun clause", "relative clause", "preposition"}:
        return None
    if link == "relative clause" and not own.infinitive:
        return None  # unlike "steps to arrest them", which some parses make a relative clause
    if link == "preposition" and here.lower_ not in NOUN_PREPOSITIONS:
        return None
    none = next((c for c in clause_of(noun).hung("determiner") if c.lower_ in NEGATIVE_DETERMINERS), None)
    if none is not None:
        return "negated", because(NEGATION, noun, source=NEGATIVE_DETERMINERS.source(none.lower_))
    lemma = noun.lemma_.lower()
    if lemma in BACKGROUND_NOUNS:
        return BACKGROUND, because(ONLY_MEMORY, noun, source=BACKGROUND_NOUNS.source(lemma))
    # "a plan to march", but not "the two men arrested" beside a plan: the participle tells what happened to them
    about = here.lower_ in PLAN_PREPOSITIONS if link == "preposition" else here.tag_ not in {"VBN", "VBD", "VBG"}
    found = governor(noun)
    if found is None or not about:
        return None
    undone = _undone(noun)
    if undone is not None:
        return undone
    match found.says.modality:
        case "planned":
            return "planned", because(PLANNED_NOUN, noun, source=found.source)
        case "hypothetical":
            return "hypothetical", because(ASKED_NOUN, noun, source=found.source)
        case "negated" if own.infinitive:
            return "negated", because(NOT_DONE_NOUN, noun, source=found.source)
    return None


def _wanted(own: Clause, noun: Token) -> Judged | None:
    """As in "wants the clerk fired and two guards tried": the parser hangs what is wished on whom it is done to."""
    if own.link != "noun clause" or own.word.tag_ not in PARTICIPLES or own.auxiliaries:
        return None
    if clause_of(noun).link == "conjunct":
        noun = noun.head
    listed = clause_of(noun).link == "content clause" and is_bare(clause_of(noun))
    verb = noun.head
    if (listed or clause_of(noun).link == "object") and verb.lemma_.lower() in WANTS_DONE:
        return "planned", because(PLANNED, verb, source=WANTS_DONE.source(verb.lemma_.lower()))
    return None


def _undone(plan: Token) -> Judged | None:
    """What a verb that keeps things from happening says of a plan ("foiled a plot", "the plot was foiled")."""
    own, verb = clause_of(plan), plan.head
    above = governor(verb) if own.link in {"object", "passive subject"} else None
    if above is None or above.kind != "prevent" or _denied_itself(verb):
        return None
    return "negated", because(NOT_DONE, verb, source=above.source)


def left_undone(trigger: Token) -> Judged | None:
    """As in "without firing a shot", "instead of protest", "rather than march"."""
    doc, first = trigger.doc, trigger.left_edge.i
    # the parser hangs the words on what stands above the act, or on the act itself
    for start, end in ((first - 1, first), (first - 2, first), (first, first + 1), (first, first + 2)):
        before = doc[max(0, start) : end]
        if before.text.lower() in INSTEAD and end <= trigger.i:
            return "negated", because(NOT_DONE, *before, source=INSTEAD.source(before.text.lower()))
    return None


def _kept_from(own: Clause, above: Token) -> Judged | None:
    """As in "keep them from burning it down", "protected the mosque from attacks", wherever the preposition hangs."""
    verb = above if above.pos_ == "VERB" else above.head if clause_of(above).link in NOUN_LINKS else above
    kind = class_of(KEEPS_FROM, verb.lemma_.lower()) if verb.pos_ == "VERB" and verb.i < own.word.i else None
    if kind is None or own.link != "preposition" or own.word.lower_ not in KEPT_FROM or _denied_itself(verb):
        return None
    if kind == "keep":
        return "negated", because(NOT_DONE, verb)
    return "hypothetical", because(ASKED_NOUN, verb)


def _from_adjective(own: Clause, adjective: Token) -> Judged | None:
    """As in "ready to march", "unable to march", "likely to march"."""
    if own.link != "open clause" and not (own.link == "preposition" and own.word.lower_ in ADJECTIVE_PREPOSITIONS):
        return None
    lower = adjective.lower_
    if lower in POSSIBLE_WORDS:
        return "possible", because(POSSIBLE, adjective, source=POSSIBLE_WORDS.source(lower))
    found = governor(adjective)
    if found is None or found.says.modality is None:
        return None
    why = COMING_BY_ADJECTIVE if found.says.modality == "planned" else ABLE
    return found.says.modality, because(why, adjective, source=found.source)


def _from_verb(own: Clause, verb: Token, trigger: Token) -> Judged | None:
    lemma, link, here = verb.lemma_.lower(), own.link, own.word
    noun = link in NOUN_LINKS
    preposition = here.lower_ if link == "preposition" else ""
    above = governor(verb)
    says = above.says.modality if above is not None else None
    source = above.source if above is not None else ""
    if verb.pos_ == "AUX" and link == "open clause" and own.infinitive:
        return "planned", because(IS_TO, verb)
    about = noun or link in {"open clause", "content clause", "preposition", "preposition clause"}
    if link == "content clause" and lemma in SHOWS and any(names_nobody(s) for s in clause_of(verb).subjects):
        return "negated", because(NOT_DONE, verb, source=SHOWS.source(lemma))
    negated = _negated(own, verb, above) if about else None
    if negated is not None or (about and says == "negated"):
        return negated
    if lemma in GOES_ON_TO and verb.tag_ == "VBG" and link == "open clause" and own.infinitive:
        return "planned", because(IS_TO, verb, source=GOES_ON_TO.source(lemma))
    governed = link in {"open clause", "content clause"}
    # "ordered the march to end" asks for no march
    asked_noun = noun and lemma in ASKS_FOR_NOUNS and not clause_of(verb).has("open clause")
    # "called for the sides to meet"
    governed = governed or (link == "adverbial clause" and own.infinitive and "for" in own.markers)
    if says == "hypothetical" and (
        (governed and (own.infinitive or own.wished or here.tag_ == "VB" or lemma in ASKS_IN_ANY_FORM))
        or (preposition in ASKING_PREPOSITIONS and light_governor(trigger) in {None, verb})
        or asked_noun
    ):
        kind: Modality = "planned" if lemma in SETS_FOR_DAY and _named_day(verb) else "hypothetical"
        return kind, because(ASKED, verb, source=source)
    # "wants them freed", "ordered the village burned"
    surely = here.tag_ == "VBN" or lemma in WANTS_DONE
    told = governed and (own.infinitive or (is_bare(own) and surely) or (own.wished and verb.i < here.i))
    if says == "planned" and (told or asked_noun):
        return "planned", because(PLANNED, verb, source=source)
    announced = _announced(own, verb)
    if announced is not None:
        return announced
    if link in {"subject", "passive subject"} and (found := _raised(verb)):
        return found
    if lemma in FORESEES and link == "passive subject":
        return None  # "the attack is expected to worsen relations": it has come
    if lemma in PLANS_NOUNS and noun:
        return "planned", because(PLANNED, verb, source=PLANS_NOUNS.source(lemma))
    if lemma in THREATENS and (noun or preposition in THREAT_PREPOSITIONS):
        return "planned", because(THREATENED, verb, source=THREATENS.source(lemma))
    if lemma in FEARS and noun:
        return "possible", because(FEARED, verb, source=FEARS.source(lemma))
    if lemma in WARNS and preposition in WARNING_PREPOSITIONS:
        return "possible", because(FEARED, verb, source=WARNS.source(lemma))
    if says == "possible" and link in {"open clause", "content clause", "object predicate"}:
        return "possible", because(BELIEVED, verb, source=source)
    purpose = link == "adverbial clause" and own.infinitive and here in {trigger, *_heads_of_list(trigger)}
    if purpose and trigger.lemma_.lower() not in PURPOSE_HAPPENS:
        return "planned", because(PURPOSE, verb)
    return None


def is_bare(clause: Clause) -> bool:
    """Whether it is the participle of "wants them freed" (the parser may take it for a past)."""
    participle = clause.word.tag_ in PARTICIPLES and clause.has("subject", "passive subject")
    return participle and not clause.auxiliaries and not clause.markers


def _heads_of_list(verb: Token) -> Iterator[Token]:
    """The verbs that come before it in a list ("came to arrest them and burn their huts")."""
    for _ in range(MOST_JOINED):
        if clause_of(verb).link != "conjunct":
            return
        verb = verb.head
        yield verb


def _negated(own: Clause, verb: Token, above: Governor | None) -> Judged | None:
    """As in "refused to march", "called off the march", "dismissed reports of a march"."""
    lemma, link = verb.lemma_.lower(), own.link
    particles: frozenset[str] | None = NEGATES_WITH_PARTICLE.get(lemma)
    if particles is not None:
        if not any(c.lower_ in particles for c in clause_of(verb).hung("particle", "adverb")):
            return None
        source = NEGATES_WITH_PARTICLE.source(lemma)
    elif above is not None and above.says.modality == "negated":
        source = above.source
    else:
        return None
    if link in NOUN_LINKS and lemma in NEGATES_ONLY_CLAUSES and own.word.lemma_.lower() not in TOLD_MATTERS:
        return None
    if link == "preposition" and own.word.lower_ not in NEGATING_PREPOSITIONS:
        return None
    if _denied_itself(verb):
        return None
    if own.link in {"content clause", "beside"} and own.word.i < verb.i and denies_what_was_told(verb):
        return None  # "they alleged that he was beaten; the police denied it" denies no allegation
    return "negated", because(NOT_DONE, verb, source=source)


def _announced(own: Clause, verb: Token) -> Judged | None:
    """As in "announced a march", "called a strike for Monday", "a march was arranged for Monday"."""
    lemma = verb.lemma_.lower()
    if own.link not in {"object", "passive subject"} or not _is_announced_before(own.word):
        return None
    if lemma in ANNOUNCES and own.link == "object":
        return "planned", because(ANNOUNCED, verb, source=ANNOUNCES.source(lemma))
    if lemma in SETS_FOR_DAY and names_day(verb):
        return "planned", because(ANNOUNCED, verb, source=SETS_FOR_DAY.source(lemma))
    return None


def _raised(verb: Token) -> Judged | None:
    """What is said of the subject's coming: "is due to be held", "is expected to begin", "is likely to go ahead"."""
    for word in (verb, *clause_of(verb).hung("adjective complement", "object predicate")):
        if not any(c.lemma_.lower() in COMING for c in clause_of(word).hung("open clause")):
            continue
        above = governor(word)
        finite = word.tag_ in {"VB", "VBP", "VBZ", "VBG"}
        if above is not None and above.says.modality == "planned" and not finite:
            return "planned", because(COMING_BY_RAISING, word, source=above.source)
        if word.lower_ in POSSIBLE_WORDS:
            return "possible", because(POSSIBLE, word, source=POSSIBLE_WORDS.source(word.lower_))
    return None


def set_for(trigger: Token) -> Judged | None:
    """As in "the strike called for Monday"."""
    lemma = trigger.lemma_.lower()
    setting = next((one for one in (SETS_FOR_DAY, ANNOUNCES) if lemma in one), None)
    if setting is None or trigger.tag_ != "VBN" or clause_of(trigger).link != "noun clause" or not names_day(trigger):
        return None
    return "planned", because(SET_FOR, trigger, source=setting.source(lemma))


def _is_announced_before(noun: Token) -> bool:
    return noun.lemma_.lower() in ANNOUNCED_BEFORE and not clause_of(noun).definite


def _denied_itself(verb: Token) -> bool:
    """Two denials make none, as in "did not rule out" and "failed to prevent"."""
    return clause_of(verb).negated or refused(verb)


def _named_day(verb: Token) -> bool:
    return any(t.ent_type_ in {"DATE", "TIME"} for t in verb.subtree)
