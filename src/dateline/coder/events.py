"""Event mentions: a codebook's triggers in their sentences, with who did it to whom, how, and in what numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.codebook.model import Codebook
from dateline.coder.agents import names_weapon
from dateline.coder.attach import attach_counts
from dateline.coder.general import told_in_general
from dateline.coder.judged import chosen, unlisted
from dateline.coder.match import Match, Refused, TriggerIndex, find_matches, trigger_index
from dateline.coder.modality import modality
from dateline.coder.modality_background import before_then, year_of
from dateline.coder.names import why_no_event, why_nobody_acts, why_not_people
from dateline.coder.parse import Parse
from dateline.coder.participants import Participants, participants
from dateline.coder.relation_reader import RelationReader
from dateline.coder.roles import named_act
from dateline.coder.roles_voice import agents, is_passive, subjects
from dateline.coder.words import word_set
from dateline.model import Because, Count, LeftOut, Modality, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

MAX_SENTENCE = 400
"""Tokens of a sentence that are read for events; a longer one is no sentence but a list or debris."""
HEAP = 80
"""Tokens from which on a sentence with few different words is no sentence; its parse is as deep as it is long."""
BROUGHT_ABOUT = "what was brought about by the same event"
HARMING = word_set("kill injure wound hurt maim")
ATTACKING = HARMING | word_set("shoot stab bomb attack ambush assault hit strike shell storm target raid beat hack")
"""Verbs whose toll may be told by a second verb ("stormed the church and killed nine people")."""
REFUSING = frozenset({"refuse", "decline", "reject"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One event as a sentence tells it, with its words as spaCy tokens for the stages that place and date it.

    ``root`` carries the event's syntax; ``tokens`` are all words of the trigger, ``root`` first. ``instrument`` is
    the weapon that stands where an unnamed agent would ("a car bomb killed ...").
    """

    type: str
    trigger: Span
    root: Token
    tokens: tuple[Token, ...]
    sentence: Span
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    actors: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()
    instrument: Span | None = None
    modality: Modality = "asserted"
    counts: tuple[Count, ...] = ()
    confidence: float = 0.5
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class MentionsFound:
    """The mentions of a report in the order of their triggers, and the words that were considered and not coded."""

    mentions: tuple[Mention, ...]
    left_out: tuple[LeftOut, ...]


def find_mentions(parse: Parse, codebook: Codebook, relations: RelationReader | None = None) -> MentionsFound:
    """The events that the codebook's triggers name in the coded blocks of a report.

    With ``relations`` and an encoder behind it, also those whose verb the codebook lacks (:mod:`judged`).
    """
    index = trigger_index(codebook)
    year = year_of(parse)
    mentions: list[Mention] = []
    left_out: list[LeftOut] = []
    sentences = [s for s in parse.sentences() if len(s) <= MAX_SENTENCE]
    for sentence in sentences:
        if len(sentence) > HEAP and len({t.lower_ for t in sentence}) * 4 < len(sentence):
            left_out.append(_left_out(parse, list(sentence), "a heap of repeated words, no sentence"))
            continue
        matches, refused = find_matches(sentence, index)
        left_out += [_left_out(parse, r.tokens, f"{r.type.name}: {r.why}") for r in _one_each(refused)]
        found: list[tuple[Match, Mention]] = []
        if relations is not None and parse.reading is not None:
            matches = [chosen(parse, m, relations) for m in matches]
            taken = frozenset(t.i for row in (matches, refused) for m in row for t in m.tokens)
            matches += unlisted(parse, sentence, taken, relations)
        for match in matches:
            who = participants(parse, match)
            why = (
                why_no_event(match)
                or told_in_general(match.root)
                or why_nobody_acts(match, who)
                or why_not_people(match)
            )
            if why:
                left_out.append(_left_out(parse, match.tokens, f"{match.type.name}: {why}"))
            else:
                found.append((match, _mention(parse, sentence, match, who, index, year)))
        kept, merged = _merge(parse, found)
        left_out += merged
        for match, mention in kept:
            typed, why = _retyped(match, mention, kept, codebook)
            if typed is None:
                left_out.append(_left_out(parse, match.tokens, f"{match.type.name}: {why}"))
            elif match.type.needs_recipient and not typed.recipients and not _several(match, typed):
                left_out.append(_left_out(parse, match.tokens, f"{match.type.name}: nobody is on the other side"))
            else:
                mentions.append(typed)
    with_counts, uncounted = attach_counts(parse, sentences, _before_background(mentions), codebook)
    return MentionsFound(
        tuple(with_counts), tuple(sorted([*left_out, *uncounted], key=lambda x: (x.start, x.end, x.what, x.why)))
    )


def _before_background(mentions: list[Mention]) -> list[Mention]:
    """The mentions, where what came before an event of the background is background too."""
    out: list[Mention] = []
    for mention in mentions:
        words = before_then(mention.root) if mention.modality == "asserted" else None
        if words and any(m.modality == "historical" for m in out):
            why = Because("modality", "background: before an event of the background", words)
            out.append(replace(mention, modality="historical", because=(*mention.because, why)))
        else:
            out.append(mention)
    return out


def _one_each(refused: Sequence[Refused]) -> Iterator[Refused]:
    """One refusal for a word, though several of a codebook's entries name it."""
    seen: set[int] = set()
    for one in refused:
        if one.tokens[0].i not in seen:
            seen.add(one.tokens[0].i)
            yield one


def trigger_span(parse: Parse, tokens: Sequence[Token]) -> Span:
    """The words from the first to the last word of a trigger."""
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    return parse.report.span(first.idx, last.idx + len(last.text))


def _left_out(parse: Parse, tokens: Sequence[Token], why: str) -> LeftOut:
    span = trigger_span(parse, tokens)
    return LeftOut(span.start, span.end, span.quote, "event", why)


def _sentence_span(parse: Parse, sentence: SpacySpan) -> Span:
    start, end = sentence.start_char, sentence.end_char
    text = parse.report.text
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return parse.report.span(start, max(end, start + 1))


def _several(match: Match, mention: Mention) -> bool:
    """Whether the actors are more than one, who then act with each other."""
    plural = any(t.tag_ in {"NNS", "NNPS"} for slot in ("subject", "of", "by") for t in match.slots.get(slot, ()))
    return len(mention.actors) > 1 or (bool(mention.actors) and plural)


def _mention(
    parse: Parse, sentence: SpacySpan, match: Match, who: Participants, index: TriggerIndex, year: int | None
) -> Mention:
    judged, why = modality(match.root, sentence, year)
    if judged == "negated" and any(slot == "negation" for slot, _ in match.trigger.frame.requires):
        # The codebook asked for the negation ("will not release"): refusing is what happened.
        judged, why = "asserted", Because("modality", "asserted: the negation is what the codebook codes", why.matched)
    mode, why_mode = _mode(match, sentence)
    trigger = match.trigger
    line = f"{trigger.file or index.codebook.name}:{trigger.line}"
    made = f", made of {trigger.made_of!r}," if trigger.made_of else ""
    rule = match.reason or f"{match.type.name}: {trigger.pos.lower()} {trigger.lemma!r}{made} ({line})"
    quoted = parse.quotation_at(match.root) is not None
    because = [Because("type", rule, "; ".join((match.root.text, *match.matched))), why, *who.because]
    if why_mode:
        because.append(why_mode)
    return Mention(
        type=match.type.name,
        trigger=trigger_span(parse, match.tokens),
        root=match.root,
        tokens=match.tokens,
        sentence=_sentence_span(parse, sentence),
        mode=mode,
        contexts=_contexts(match, sentence, index),
        cameo=trigger.cameo,
        actors=who.actors,
        recipients=who.recipients,
        instrument=who.instrument,
        modality=judged,
        confidence=_confidence(match, who, judged, quoted=quoted),
        because=tuple(because),
    )


def _confidence(match: Match, who: Participants, judged: Modality, *, quoted: bool) -> float:
    """A plain sum of what speaks for and against: no probability, only an order for the reader's attention."""
    score = 0.6 if match.trigger.pos == "VERB" else 0.5
    score += 0.1 * bool(match.trigger.frame.requires)
    score += 0.1 * bool(who.actors) + 0.1 * bool(who.recipients)
    score -= 0.15 * match.repaired + 0.1 * quoted + 0.1 * (judged not in {"asserted", "negated"})
    score -= 0.1 * (match.root.dep_ in {"amod", "compound"})
    return round(min(max(score, 0.05), 0.95), 2)


def _mode(match: Match, sentence: SpacySpan) -> tuple[str | None, Because | None]:
    if match.trigger.mode:
        return match.trigger.mode, Because("mode", "named by the trigger", match.trigger.mode)
    by_word = {word: mode.name for mode in reversed(match.type.modes) for word in mode.words}
    if not by_word:
        return None, None
    root = match.root
    near = {t.i for t in root.subtree} | {t.i for t in root.ancestors}
    actors = {t.i for head in match.slots.get("subject", ()) for t in head.subtree}
    # the codebook itself names the mode of a phrase ("murder-suicide" is no suicide attack)
    own = {t.i for t in match.tokens} if len(match.tokens) > 1 else set()
    # what follows the trigger tells its kind better than what stands before it; the actors' names tell nothing
    words = sorted((t for t in sentence if t.i in near - actors - own), key=lambda t: (t.i < root.i, abs(t.i - root.i)))
    for token in words:
        name = by_word.get(token.lemma_.lower()) or by_word.get(token.lower_)
        if name:
            return name, Because("mode", f"a word of the mode {name!r} in the event's clause", token.text)
    return None, None


def _contexts(match: Match, sentence: SpacySpan, index: TriggerIndex) -> tuple[str, ...]:
    there = {form for t in sentence for form in (t.lemma_.lower(), t.lower_)}
    text = " " + " ".join(t.lower_ for t in sentence) + " "
    found = [
        context.name
        for context in index.codebook.contexts
        if any(w in there or (" " in w and f" {w} " in text) for w in context.words)
    ]
    return tuple(dict.fromkeys((*match.trigger.contexts, *found)))


def _merge(parse: Parse, found: list[tuple[Match, Mention]]) -> tuple[list[tuple[Match, Mention]], list[LeftOut]]:
    """One event for a verb and the noun of the same type that it governs, and for an act and its stated result."""
    kept = dict(enumerate(found))
    into: dict[int, int] = {}
    left_out: list[LeftOut] = []
    for n, (match, mention) in enumerate(found):
        for m, (other, _) in enumerate(found):
            main = into.get(m, m)
            if main == n or other.type != match.type:
                continue
            why = _same_event(match.root, other.root)
            if why is None or not _alike(mention, kept[main][1], why):
                continue
            told = kept[main][1]
            kept[main] = (kept[main][0], _joined(told, kept[n][1]))
            del kept[n]
            into |= {k: main for k, v in into.items() if v == n} | {n: main}
            left_out.append(_left_out(parse, match.tokens, f"{match.type.name}: {why} as {told.trigger.quote!r}"))
            break
    return [kept[k] for k in sorted(kept)], left_out


def _alike(mention: Mention, main: Mention, why: str) -> bool:
    if mention.modality == main.modality:
        return True
    if why == BROUGHT_ABOUT:  # "thousands were killed when the army crushed the revolt of 1950"
        return mention.modality == "asserted" and main.modality == "historical"
    return mention.root.dep_ == "advcl" and main.modality == "asserted"


def _same_event(word: Token, main: Token) -> str | None:
    """Why ``word`` tells the same event as ``main``, which stands above it."""
    noun = word.pos_ in {"NOUN", "PROPN"} and main.pos_ == "VERB"
    if noun and word.head == main and word.dep_ in {"nsubj", "dobj", "nsubjpass", "attr"}:
        return "the same event"
    inside = word.head if word.dep_ == "acl" else word
    nominal = (word.dep_ == "pobj" and (noun or word.tag_ == "VBG")) or named_act(inside) == word
    if nominal and inside.head.head == main and inside.head.lower_ in {"in", "during", "by"}:
        return "the same event"
    if word.pos_ == "VERB" and word.head == main and main.pos_ in {"VERB", "NOUN"}:
        if word.dep_ in {"advcl", "acl"} and word.tag_ == "VBG" and word.i > main.i:
            return "the result of the same event"
        # "Shot and killed the mayor", but not "burned the village and killed its chief".
        own_object = any(c.dep_ == "dobj" and c.i < word.i for c in main.children)
        if word.dep_ == "conj" and word.tag_ == main.tag_ == "VBG" and main.dep_ in {"advcl", "acl"}:
            return "the result of the same event"
        if word.dep_ == "conj" and word.tag_ == main.tag_ and word.i - main.i <= 4 and not own_object:
            return "the same event"
        if word.dep_ == "conj" and _tells_toll(word, main):
            return "the result of the same event"
    if main.dep_ in {"advcl", "relcl"} and _befalls(word) and _told_when(main) and word in _near_above(main):
        return BROUGHT_ABOUT
    if word.dep_ == "relcl" and word.lemma_.lower() in HARMING and main in subjects(word):
        return "the result of the same event"
    if word.dep_ == "relcl" and _befalls(word) and _in_which(word) and main in _near_above(word):
        return "the result of the same event"
    if word.dep_ in {"acl", "relcl"} and names_weapon(word.head) and word.head.head == main:
        return "the same event"
    if word.dep_ in {"compound", "amod"} and word.head == main:
        return "the same event"
    return None


def _tells_toll(verb: Token, main: Token) -> bool:
    """As "wounded" in "killed two men and wounded four": by the same ones, with no time or place of its own."""
    lemmas = ["kill" if t.nbor(1).lower_ == "dead" else t.lemma_.lower() for t in (verb, main) if t.i + 1 < len(t.doc)]
    if len(lemmas) < 2:
        return False
    if not (lemmas[0] in HARMING and lemmas[1] in ATTACKING) and not (lemmas[1] in HARMING and lemmas[0] in ATTACKING):
        return False
    own = {c.dep_ for c in verb.children}
    return is_passive(verb) == is_passive(main) and not own & {"nsubj", "nsubjpass", "npadvmod", "advmod"}


def _befalls(verb: Token) -> bool:
    """Whether the verb only says what befell people: "four were killed", "two died"."""
    if verb.lemma_.lower() in {"die", "perish", "succumb"}:
        return True
    return verb.lemma_.lower() in {"kill", "injure", "wound", "hurt"} and is_passive(verb) and not agents(verb)


def _near_above(word: Token) -> list[Token]:
    """The next few words above it ("on Friday night when police fired", "at mobs in which four were killed")."""
    return [above for above, _ in zip(word.ancestors, range(4), strict=False)]


def _in_which(verb: Token) -> bool:
    return any(
        c.dep_ == "prep" and c.lower_ in {"in", "during"} and any(g.lower_ == "which" for g in c.children)
        for c in verb.children
    )


def _told_when(verb: Token) -> bool:
    """As in "when police opened fire": what happened then and there, not what was done later or for it."""
    return any(c.dep_ in {"advmod", "mark"} and c.lower_ in {"when", "as", "after"} for c in verb.children)


def _joined(main: Mention, other: Mention) -> Mention:
    """``main`` with what ``other`` adds to the same event."""
    actors = main.actors or other.actors
    recipients = tuple(dict.fromkeys((*main.recipients, *other.recipients)))
    return replace(
        main,
        tokens=(*main.tokens, *other.tokens),
        mode=main.mode or other.mode,
        contexts=tuple(dict.fromkeys((*main.contexts, *other.contexts))),
        actors=actors,
        recipients=tuple(r for r in recipients if r not in actors),
        instrument=main.instrument or other.instrument,
        confidence=max(main.confidence, other.confidence),
        because=(*main.because, Because("type", "told together with the same event", other.trigger.quote)),
    )


def _retyped(
    match: Match, mention: Mention, others: list[tuple[Match, Mention]], codebook: Codebook
) -> tuple[Mention | None, str]:
    """The type that a planned or refused event counts as, by the codebook; None where its governor is coded already."""
    embedded = match.root.pos_ == "VERB" and match.root.dep_ in {"xcomp", "ccomp", "pcomp"}
    if embedded and mention.modality in {"planned", "hypothetical", "negated"}:
        governors = {match.root.head.i, match.root.head.head.i}
        for other, told in others:
            if other.root.i in governors and other.root != match.root and other.type.speaks_of == "plan":
                return None, f"what {told.trigger.quote!r} is about, which is coded as {told.type}"
    target: str | None = None
    if mention.modality == "planned":
        target = match.type.planned_as
    elif mention.modality == "negated" and _refused(match.root):
        target = match.type.refused_as
    if target is None:
        return mention, ""
    above = set(match.root.ancestors)
    for other, told in others:
        if other.root in above and told.type == target:
            return None, f"coded as {target} at {told.trigger.quote!r}"
    if target not in {kind.name for kind in codebook.types}:
        return mention, ""
    rule = f"{match.type.name} that is {'refused' if target == match.type.refused_as else 'still to come'} is {target}"
    judged: Modality = mention.modality if mention.modality == "planned" else "asserted"
    return (
        replace(mention, type=target, mode=None, modality=judged, because=(*mention.because, Because("type", rule))),
        "",
    )


def _refused(root: Token) -> bool:
    """Whether the negation is a refusal: "refused to release", "will not lift"."""
    if any(c.lower_ in {"will", "wo", "would", "shall"} for c in root.children if c.dep_ == "aux"):
        return True
    return root.dep_ in {"xcomp", "dobj"} and root.head.lemma_.lower() in REFUSING


__all__ = ["Mention", "MentionsFound", "find_mentions", "trigger_span"]
