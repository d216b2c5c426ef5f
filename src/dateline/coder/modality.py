"""How an event stands to the facts: asserted, negated, planned, possible, hypothetical, or historical background.

The governors of the trigger are followed upwards through its clause ("refused to release", "called for a rally",
"no reports of clashes"); the first that says something decides. Nearer words win over farther ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.coder.accusation import ALLEGING, ALLEGING_CLAUSE, accusing_verb, gerund_matter
from dateline.coder.agents import names_nobody
from dateline.coder.roles_light import light_governor
from dateline.coder.words import word_set
from dateline.model import Because, Modality

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dateline.coder.parse import Parse

NEGATING = word_set(
    "deny refuse fail avoid prevent foil thwart avert forgo reject refrain decline stop block abort cancel lack rule "
    "miss escape dismiss veto"
)
"""Verbs that say that what they govern did not happen ("called off" and "ruled out" are met by their particle)."""
NEEDS_PARTICLE = {"rule": {"out"}, "call": {"off"}}
NEGATES_CLAUSE_ONLY = word_set("stop block lack miss escape dismiss reject veto")
"""Of these, the ones that negate a clause ("stopped them from marching") but not a noun ("blocked the march")."""
TOLD_WORDS = word_set(
    "report claim allegation rumour rumor accusation suggestion charge resolution motion bill draft declaration"
)
NEGATIVE_DETERMINERS = word_set("no neither nor zero")
PLANNING = word_set(
    "plan intend schedule expect vow promise prepare arrange aim pledge threaten propose decide agree set slate due "
    "poise gear ready bound mull consider want hope seek plot conspire wait offer commit order"
)
PLANNED_WORDS = word_set(
    "planned upcoming forthcoming scheduled proposed impending next tomorrow future looming intended"
)
POSSIBLE_AUX = word_set("may might could")
POSSIBLE_WORDS = word_set(
    "possibly perhaps maybe probably likely potentially apparently presumably possible probable "
    "potential unlikely feared"
)
POSSIBLE_GOVERNORS = word_set("fear suspect believe think assume speculate worry doubt appear seem suppose presume")
HYPOTHETICAL_AUX = word_set("would should must ought")
HYPOTHETICAL_MARKS = word_set("if unless whether lest until")
ASKING = word_set(
    "call demand urge ask request appeal plead beg press advise recommend suggest insist require allow permit invite "
    "encourage warn enable empower authorise authorize help let"
)
ASKING_NOUNS = word_set(
    "call demand appeal request threat risk fear danger possibility prospect right freedom ability power willingness "
    "likelihood chance potential warning need plea proposal plan ban permission permit fears threats hope concern "
    "authority capacity readiness case event  option opportunity"
)
PLANNING_NOUNS = word_set(
    "plan intention decision preparation vow pledge promise bid readiness plot conspiracy order instruction directive "
    "direction warrant arrangement step measure mission deadline"
)
BACKGROUND_NOUNS = word_set(
    "anniversary commemoration memory remembrance legacy history veteran memorial centenary eve"
)
PURPOSE_HAPPENS = word_set(
    "protest demonstrate rally march mark celebrate gather meet discuss denounce condemn commemorate"
)
OLD_PHRASE = re.compile(
    r"\b(?:(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d{1,3}|several|many|some) (?:years|decades|"
    r"centuries) (?:ago|earlier|before|after)|decades? ago|a year ago|last year|last decade|centur(?:y|ies) ago|"
    r"years ago|back in (?:19|20)\d\d|during (?:the )?(?:world war|cold war|war of)|since (?:the )?(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
BEFORE_THEN = re.compile(
    r"\b(?:the (?:previous|preceding) (?:day|night|week|weekend|month|year)|"
    r"(?:the|that) (?:days?|nights?|weeks?|weekend|months?|year) (?:before|earlier))\b"
    r"(?! (?:the|a|an|he|she|they|it)\b)",
    re.IGNORECASE,
)
"""A time counted from another one that was told before ("in the week before")."""
YEAR = re.compile(r"(?:1[0-9]|20)\d\d")
TELLING = word_set(
    "say announce declare pledge promise confirm state tell reiterate indicate add insist warn vow report"
)
YEARS_SINCE = re.compile(
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|\d{1,3}|several|many|some|a|an) )?"
    r"(?:years?|decades?|centur(?:y|ies)) (?:after|since|on from|before)$",
    re.IGNORECASE,
)
"""What stands before an event that is years away from the one that the sentence tells ("five years after the")."""
REFERRING = word_set("after since before following until till")
"""Prepositions whose noun is an event of its own time, not of its clause's."""
DATE_DEPS = word_set("pobj npadvmod nummod compound nmod appos amod")
MAX_STEPS = 8
LATEST_YEAR = 2100

Judged = tuple[Modality, Because]


def modality(trigger: Token, sentence: Span, year: int | None) -> Judged:
    """The modality of the event that ``trigger`` names, and why.

    ``year`` is that of publication (or the latest year that the report names, or None): an event dated two years
    or more before it is background.
    """
    return (
        _governed(trigger)
        or _historical(trigger, sentence, year)
        or ("asserted", Because("modality", "told as fact, with nothing that denies, plans or doubts it"))
    )


def before_then(trigger: Token) -> str | None:
    """The words that put the event before another past one ("had been killed in the week before"), or None."""
    top = light_governor(trigger) or trigger
    if not any(c.dep_ == "aux" and c.lower_ == "had" for c in top.children):
        return None
    found = BEFORE_THEN.search(" ".join(t.text for t in sorted(_clause(trigger), key=lambda t: t.i)))
    return found.group() if found else None


def year_of(parse: Parse) -> int | None:
    """The year that background is told apart from: that of publication, or else the latest that the report names."""
    published = (parse.report.published or "")[:4]
    if published.isdigit():
        # from spring on, last year's events are background too
        late = (parse.report.published or "")[5:7] >= "04"
        return int(published) + late
    named = [int(t.text) for t in parse.doc if len(t.text) == 4 and YEAR.fullmatch(t.text) and t.ent_type_ == "DATE"]
    return max((y for y in named if y <= LATEST_YEAR), default=None)


def _because(rule: str, *tokens: Token) -> Because:
    return Because("modality", rule, " ".join(t.text for t in sorted(tokens, key=lambda t: t.i)))


def _governed(trigger: Token) -> Judged | None:
    here = trigger
    light = light_governor(trigger) if trigger.pos_ in {"NOUN", "PROPN"} else None
    if light is not None:
        # "did not take part in the rally", "plan to hold a march": the light verb's modality is the event's
        found = _own_words(trigger, first=True) or _from_above(_below(trigger, light), light, trigger)
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
        found = _from_above(here, above, trigger)
        if found:
            return found
        if not _continues(here, above, trigger):
            return None
        here = above
    return None


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
    if dep == "conj":
        # "did not march or strike" shares its auxiliaries; a second clause with its own subject does not
        return not any(c.dep_ in {"nsubj", "nsubjpass"} for c in here.children)
    if dep == "acl" and here.tag_ in {"VBN", "VBD"}:
        return False  # "the possibility of the men arrested there being freed": they were arrested
    if dep in {"xcomp", "pcomp", "pobj", "acl", "agent"}:
        return True
    if dep == "prep":
        # "reports of clashes" stands or falls with the reports; "did not speak of the attack" does not
        return above.pos_ in {"NOUN", "PROPN"} and here.lower_ in {"of", "for"}
    if dep in {"dobj", "nsubjpass", "attr", "nsubj"} and above.pos_ in {"VERB", "AUX"}:
        # what is condemned or discussed is presupposed, whether it is condemned or not
        return above.lemma_.lower() in HAPPENING
    return dep in {"compound", "amod"} and trigger == here


HAPPENING = word_set(
    "take happen occur begin start be go erupt break continue resume come see witness cause hold stage"
)


def _own_words(token: Token, *, first: bool) -> Judged | None:
    # a denial outweighs a plan ("will not lift"), wherever the words stand
    for child in sorted(token.children, key=lambda c: c.dep_ not in {"neg", "det"}):
        lower, dep = child.lower_, child.dep_
        if dep == "neg" or lower in {"never", "not", "n't", "n’t"}:
            if lower == "not" and _only_follows(child):
                continue
            return "negated", _because("denied by a word of negation", child)
        bound = token.doc[child.i + 1 : child.i + 2].text.lower() in {"more", "fewer", "less"}
        if dep == "det" and lower in NEGATIVE_DETERMINERS and not bound:
            return "negated", _because("denied by a word of negation", child)
        if dep in {"nsubj", "nsubjpass", "dobj"} and token.pos_ in {"VERB", "AUX"} and names_nobody(child):
            return "negated", _because("denied: nobody is said to have done it, or to whom it was done", child)
        if dep == "mark" and lower in HYPOTHETICAL_MARKS and not (lower == "until" and not first):
            if lower == "until":
                continue
            return "hypothetical", _because("stands under a condition", child)
        if dep == "aux":
            found = _auxiliary(child, token)
            if found:
                return found
        if dep in {"advmod", "amod", "acomp"} and lower in POSSIBLE_WORDS:
            return "possible", _because("told as a possibility", child)
        if dep == "amod" and lower in PLANNED_WORDS:
            return "planned", _because("told as coming", child)
        if dep in {"poss", "npadvmod"} and lower in {"tomorrow", "tomorrow's"}:
            return "planned", _because("told as coming", child)
    return None


def _only_follows(negation: Token) -> bool:
    following = negation.doc[negation.i + 1 : negation.i + 2]
    return following.text.lower() in {"only", "just", "merely"}


def _auxiliary(aux: Token, verb: Token) -> Judged | None:
    lower = aux.lower_
    if lower in {"will", "'ll", "’ll", "shall", "wo"}:
        return "planned", _because("told as coming", aux)
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    if lower in POSSIBLE_AUX:
        return "possible", _because("told as a possibility", aux)
    if lower in {"would", "'d", "’d"} and verb.dep_ == "ccomp" and verb.head.lemma_.lower() in TELLING:
        return "planned", _because("told as coming", aux)
    if lower in HYPOTHETICAL_AUX:
        return (
            ("hypothetical", _because("told as a wish or under a condition", aux))
            if lower != "must" or not perfect
            else (
                "possible",
                _because("told as a conclusion", aux),
            )
        )
    return None


def _from_accusation(matter: Token, *, clause: bool) -> Judged | None:
    """What an accusation of it, brought in by the preposition ``matter``, leaves open."""
    verb = accusing_verb(matter)
    if verb is None or verb.lemma_.lower() not in (ALLEGING | ALLEGING_CLAUSE if clause else ALLEGING):
        return None
    return "possible", _because("told as an accusation", verb)


def _from_above(here: Token, above: Token, trigger: Token) -> Judged | None:
    lemma, dep = above.lemma_.lower(), here.dep_
    if above.dep_ == "prep" and dep in {"pobj", "pcomp"}:
        return _from_accusation(above, clause=dep == "pcomp")
    matter = gerund_matter(here)
    if matter is not None:
        return _from_accusation(matter, clause=True)
    if above.pos_ in {"VERB", "AUX"}:
        return _from_verb(here, above, trigger)
    if above.pos_ in {"NOUN", "PROPN"} and dep in {"acl", "relcl", "prep"}:
        if dep == "relcl":
            return None
        if dep == "prep" and here.lower_ not in {"of", "for", "against", "to"}:
            return None
        if any(c.dep_ == "det" and c.lower_ in NEGATIVE_DETERMINERS for c in above.children):
            return "negated", _because("denied by a word of negation", above)
        if lemma in BACKGROUND_NOUNS:
            return "historical", _because("background: only its memory is told", above)
        # "a plan to march", but not "the two men arrested" beside a plan: the participle tells what happened to them
        about = here.lower_ in {"of", "for", "to"} if dep == "prep" else here.tag_ not in {"VBN", "VBD", "VBG"}
        if lemma in PLANNING_NOUNS and about:
            return "planned", _because("told as a plan", above)
        if lemma in ASKING_NOUNS and about:
            return "hypothetical", _because("told as a wish, a right or a danger", above)
    if above.pos_ == "ADJ" and (dep == "xcomp" or (dep == "prep" and here.lower_ in {"for", "of"})):
        if above.lower_ in {"due", "set", "ready", "poised", "determined", "scheduled", "prepared", "willing"}:
            return "planned", _because("told as coming", above)
        if above.lower_ in POSSIBLE_WORDS:
            return "possible", _because("told as a possibility", above)
        if above.lower_ in {"able", "free", "unable", "reluctant", "unwilling"}:
            negative = above.lower_.startswith("un") or above.lower_ == "reluctant"
            return ("negated" if negative else "hypothetical"), _because("told as an ability or a wish", above)
    return None


def _from_verb(here: Token, verb: Token, trigger: Token) -> Judged | None:
    lemma, dep = verb.lemma_.lower(), here.dep_
    particles = {c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod"}}
    clause = dep in {"xcomp", "ccomp", "prep", "pcomp"}
    noun = dep in {"dobj", "nsubjpass", "pobj"}
    preposition = here.lower_ if dep == "prep" else ""
    if verb.pos_ == "AUX" and dep in {"xcomp"} and any(c.lower_ == "to" for c in here.children):
        return "planned", _because("told as coming", verb)
    if lemma == "call" and "off" in particles and noun:
        return "negated", _because("called off", verb)
    if lemma in NEGATING and (clause or noun) and not (NEEDS_PARTICLE.get(lemma, particles or {""}) - particles - {""}):
        if lemma == "rule" and "out" not in particles:
            return None
        if noun and lemma in NEGATES_CLAUSE_ONLY and here.lemma_.lower() not in TOLD_WORDS:
            return None
        if preposition and preposition not in {"from", "in", "to"}:
            return None
        if _denied_itself(verb):
            return None
        return "negated", _because("the governing verb says that it did not happen", verb)
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in here.children)
    if lemma == "go" and verb.tag_ == "VBG" and dep == "xcomp" and infinitive:
        return "planned", _because("told as coming", verb)
    if lemma in ASKING and (
        (dep in {"xcomp", "ccomp"} and (infinitive or here.tag_ == "VB" or lemma in {"demand", "insist"}))
        or (preposition in {"for", "against"} and light_governor(trigger) in {None, verb})
        or (noun and lemma in {"demand", "request", "require", "recommend", "suggest", "urge"})
    ):
        kind: Modality = "planned" if lemma == "call" and _named_day(verb) else "hypothetical"
        return kind, _because("asked for, which does not make it happen", verb)
    if lemma in PLANNING and ((dep == "xcomp" and infinitive) or (dep == "ccomp" and infinitive)):
        if lemma == "order":
            return None
        return "planned", _because("told as a plan", verb)
    if lemma in {"plan", "schedule", "propose", "expect", "postpone", "plot"} and noun:
        return "planned", _because("told as a plan", verb)
    if lemma in {"threaten"} and (noun or preposition == "with"):
        return "planned", _because("threatened", verb)
    if (lemma == "fear" and noun) or (lemma == "warn" and preposition in {"of", "about"}):
        return "possible", _because("told as feared", verb)
    if lemma in POSSIBLE_GOVERNORS and dep in {"xcomp", "ccomp", "oprd"}:
        return "possible", _because("told as a belief", verb)
    if dep == "advcl" and infinitive and here == trigger and trigger.lemma_.lower() not in PURPOSE_HAPPENS:
        return "planned", _because("told as a purpose", verb)
    return None


def _denied_itself(verb: Token) -> bool:
    """Two denials make none, as in "did not rule out" and "failed to prevent"."""
    return any(c.dep_ == "neg" for c in verb.children) or (
        verb.dep_ == "xcomp" and verb.head.lemma_.lower() in {"fail", "refuse"}
    )


def _named_day(verb: Token) -> bool:
    return any(t.ent_type_ in {"DATE", "TIME"} for t in verb.subtree)


def _clause(trigger: Token) -> Iterator[Token]:
    """The words of the trigger's own clause: below it and beside it under its verb, not inside other clauses."""
    top = light_governor(trigger) or trigger
    if top.pos_ in {"NOUN", "PROPN"} and top.head.pos_ in {"VERB", "AUX"}:
        top = top.head
    queue = [top]
    seen = 0
    while queue and seen < 200:
        token = queue.pop()
        seen += 1
        yield token
        queue += [
            c
            for c in token.children
            if c.dep_ not in {"ccomp", "advcl", "relcl", "conj", "parataxis"} and not _of_another_time(c, trigger)
        ]


def _of_another_time(preposition: Token, trigger: Token) -> bool:
    """As in "since last year's march": its noun's time is not that of an event elsewhere in the clause."""
    if preposition.dep_ != "prep" or preposition.lower_ not in REFERRING:
        return False
    nouns = [c for c in preposition.children if c.dep_ == "pobj" and c.ent_type_ not in {"DATE", "TIME"}]
    return any(n != trigger for n in nouns)


def _historical(trigger: Token, sentence: Span, year: int | None) -> Judged | None:
    if trigger.dep_ == "amod" and trigger.tag_ in {"VBN", "VBD", "JJ"}:
        return "historical", Because("modality", "background: it only describes someone by what happened before")
    before = trigger.head if trigger.dep_ == "pobj" else None
    if before is not None and before.lower_ in REFERRING:
        distance = YEARS_SINCE.search(" ".join(t.text for t in trigger.doc[max(0, before.i - 3) : before.i + 1]))
        if distance:
            return "historical", Because(
                "modality", "background: years before what the sentence tells", distance.group()
            )
    words = sorted(_clause(trigger), key=lambda t: t.i)
    old = OLD_PHRASE.search(" ".join(t.text for t in words))
    if old:
        return "historical", Because("modality", "background: told as long past", old.group())
    if year is None:
        return None
    dated = [t for t in words if t.dep_ in DATE_DEPS and not _part_of_name(t)]
    if sentence[0].lower_ in {"in", "since", "during", "on", "by", "between", "from"}:
        dated += [t for t in sentence[1:6] if t.ent_type_ == "DATE"]
    for word in dated:
        if YEAR.fullmatch(word.text) and int(word.text) <= year - 2:
            rule = "background: dated long before the report"
            return "historical", Because("modality", rule, word.text)
    return None


def _part_of_name(word: Token) -> bool:
    return word.ent_type_ in {"ORG", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC"} or (
        # the month of "1 May 1977" is no name that the year belongs to
        word.head.pos_ == "PROPN" and word.ent_type_ != "DATE"
    )
