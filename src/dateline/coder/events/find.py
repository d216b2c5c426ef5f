"""Event mentions: a codebook's triggers in their sentences, with who did it to whom, how, and in what numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from dateline.codebook.model import Codebook
from dateline.coder.events.encoder_choice import chosen, unlisted
from dateline.coder.events.habits import told_in_general
from dateline.coder.events.model import (
    Mention,
    MentionsFound,
    in_order,
    left_out_words,
    readable_sentences,
    trigger_span,
)
from dateline.coder.events.participants import Participants, participants
from dateline.coder.events.refusals import why_no_event, why_nobody_acts, why_not_people
from dateline.coder.events.same_event import merge_same_events
from dateline.coder.events.works import told_in_work
from dateline.coder.relation.types import RelationReader
from dateline.coder.syntax.model import Parse
from dateline.coder.triggers.background import before_then, year_of
from dateline.coder.triggers.match import Match, Refused, TriggerIndex, find_matches, read_alone, trigger_index
from dateline.coder.triggers.modality import Standing, standing
from dateline.lang.clause import clause_of
from dateline.lang.governors import governor
from dateline.lang.lexicon import words
from dateline.model import Because, LeftOut, Modality, Span
from dateline.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token


class Proposals(Protocol):
    """What a reader says of the words that rules leave out."""

    def sees(self, tokens: Sequence[Token]) -> bool:
        """Whether words that rules leave out may be an event's all the same."""
        ...

    def beside(self, sentence: SpacySpan, taken: frozenset[int]) -> Iterable[Match]:
        """The event words of a sentence beside those that are taken."""
        ...


HEAP = 80
"""Tokens from which on a sentence with few different words is no sentence; its parse is as deep as it is long."""
ONLY_READ = "no trigger of the codebook"
"""Why the rules leave out a word that a reader takes for an event's."""
REFUSING_AUXILIARIES = words("events.refusing_auxiliaries")
TRIGGER = rule("type.trigger", "{told}")
ENCODER_TYPE = rule("type.encoder", "{reason}")
PLANNED_AS = rule("type.planned-as", "{type} that is still to come is {target}")
REFUSED_AS = rule("type.refused-as", "{type} that is refused is {target}")
TRIGGER_MODE = rule("mode.trigger", "named by the trigger")
WORD_OF_MODE = rule("mode.word", "a word of the mode {mode!r} in the event's clause")
NEGATION_CODED = rule("modality.negation-coded", "asserted: the negation is what the codebook codes")
BEFORE_BACKGROUND = rule("historical.before-background", "background: before an event of the background")


def find_mentions(
    parse: Parse, codebook: Codebook, relations: RelationReader | None = None, proposals: Proposals | None = None
) -> MentionsFound:
    """The events that the codebook's triggers name in the coded blocks of a report.

    With ``relations`` and an encoder behind it, also those whose verb the codebook lacks
    (:mod:`dateline.coder.events.encoder_choice`). With ``proposals`` what the rules leave out, where a reader sees it,
    and what only a reader sees come back as ``considered``.
    """
    index = trigger_index(codebook)
    year = year_of(parse)
    mentions: list[Mention] = []
    left_out: list[LeftOut] = []
    considered: list[Mention] = []

    def consider(match: Match, why: str, who: Participants | None = None) -> None:
        if proposals is not None and (why == ONLY_READ or proposals.sees(match.tokens)):
            told = _mention(parse, match.root.sent, match, who or participants(parse, match), index, year)
            considered.append(replace(told, against=why))

    for sentence in readable_sentences(parse):
        if len(sentence) > HEAP and len({t.lower_ for t in sentence}) * 4 < len(sentence):
            left_out.append(left_out_words(parse, list(sentence), "a heap of repeated words, no sentence"))
            continue
        matches, refused = find_matches(sentence, index)
        left_out += [left_out_words(parse, r.tokens, f"{r.type.name}: {r.why}") for r in _one_each(refused)]
        if proposals is not None:
            for one in _one_each(refused):
                consider(read_alone(one.type, one.trigger, one.tokens), one.why)
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
                or told_in_work(match.root)
                or why_nobody_acts(match, who)
                or why_not_people(match)
            )
            if why:
                left_out.append(left_out_words(parse, match.tokens, f"{match.type.name}: {why}"))
                consider(match, why, who)
            else:
                found.append((match, _mention(parse, sentence, match, who, index, year)))
        kept, merged = merge_same_events(parse, found)
        left_out += merged
        for match, mention in kept:
            typed, why = _retyped(match, mention, kept, codebook)
            if typed is None:
                left_out.append(left_out_words(parse, match.tokens, f"{match.type.name}: {why}"))
                considered.append(replace(mention, against=why))
            elif match.type.needs_recipient and not typed.recipients and not _several(match, typed):
                left_out.append(left_out_words(parse, match.tokens, f"{match.type.name}: nobody is on the other side"))
                considered.append(replace(typed, against="nobody is on the other side"))
            else:
                mentions.append(typed)
        if proposals is not None:
            seen = frozenset(t.i for row in (matches, refused) for m in row for t in m.tokens)
            for match in proposals.beside(sentence, seen):
                consider(match, ONLY_READ)
    return MentionsFound(tuple(_before_background(mentions)), in_order(left_out), tuple(considered))


def _before_background(mentions: list[Mention]) -> list[Mention]:
    """The mentions, where what came before an event of the background is background too."""
    out: list[Mention] = []
    for mention in mentions:
        news = mention.modality == "asserted" and not mention.historical
        before = before_then(mention.root) if news else None
        if before and any(m.historical for m in out):
            why = BEFORE_BACKGROUND.because(before)
            out.append(replace(mention, historical=True, because=(*mention.because, why)))
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
    stands = standing(match.root, sentence, year)
    if stands.modality == "negated" and any(slot == "negation" for slot, _ in match.trigger.frame.requires):
        # The codebook asked for the negation ("will not release"): refusing is what happened.
        stands = Standing("asserted", NEGATION_CODED.because(stands.because.matched), stands.background)
    mode, why_mode = _mode(match, sentence)
    trigger = match.trigger
    quoted = clause_of(match.root).quotation is not None
    because = [_why_type(match, index), stands.because, *who.because]
    if stands.background is not None:
        because.append(stands.background)
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
        modality=stands.modality,
        historical=stands.historical,
        confidence=_confidence(match, who, stands, quoted=quoted),
        because=tuple(because),
    )


def _why_type(match: Match, index: TriggerIndex) -> Because:
    """The codebook's trigger with its line, or the encoder's judgement."""
    trigger, matched = match.trigger, "; ".join((match.root.text, *match.matched))
    if match.reason:
        return ENCODER_TYPE.because(matched, reason=match.reason)
    line = f"{trigger.file or index.codebook.name}:{trigger.line}"
    made = f", made of {trigger.made_of!r}," if trigger.made_of else ""
    told = f"{match.type.name}: {trigger.pos.lower()} {trigger.lemma!r}{made} ({line})"
    return TRIGGER.because(matched, source=line, told=told)


def _confidence(match: Match, who: Participants, stands: Standing, *, quoted: bool) -> float:
    """A plain sum of what speaks for and against: no probability, only an order for the reader's attention."""
    score = 0.6 if match.trigger.pos == "VERB" else 0.5
    score += 0.1 * bool(match.trigger.frame.requires)
    score += 0.1 * bool(who.actors) + 0.1 * bool(who.recipients)
    doubted = stands.historical or stands.modality not in {"asserted", "negated"}
    score -= 0.15 * match.repaired + 0.1 * quoted + 0.1 * doubted
    score -= 0.1 * (clause_of(match.root).link in {"adjective", "compound"})
    return round(min(max(score, 0.05), 0.95), 2)


def _mode(match: Match, sentence: SpacySpan) -> tuple[str | None, Because | None]:
    if match.trigger.mode:
        return match.trigger.mode, TRIGGER_MODE.because(match.trigger.mode)
    by_word = {word: mode.name for mode in reversed(match.type.modes) for word in mode.words}
    if not by_word:
        return None, None
    root = match.root
    near = {t.i for t in root.subtree} | {t.i for t in root.ancestors}
    actors = {t.i for head in match.slots.get("subject", ()) for t in head.subtree}
    # the codebook itself names the mode of a phrase ("murder-suicide" is no suicide attack)
    own = {t.i for t in match.tokens} if len(match.tokens) > 1 else set()
    # what follows the trigger tells its kind better than what stands before it; the actors' names tell nothing
    there = (t for t in sentence if t.i in near - actors - own)
    for token in sorted(there, key=lambda t: (t.i < root.i, abs(t.i - root.i))):
        name = by_word.get(token.lemma_.lower()) or by_word.get(token.lower_)
        if name:
            return name, WORD_OF_MODE.because(token.text, mode=name)
    return None, None


def _contexts(match: Match, sentence: SpacySpan, index: TriggerIndex) -> tuple[str, ...]:
    there = {form for t in sentence for form in (t.lemma_.lower(), t.lower_)}
    text = " " + " ".join(t.lower_ for t in sentence) + " "
    found = [
        name
        for name, single, phrases in index.contexts
        if not single.isdisjoint(there) or any(f" {phrase} " in text for phrase in phrases)
    ]
    return tuple(dict.fromkeys((*match.trigger.contexts, *found)))


def _retyped(
    match: Match, mention: Mention, others: list[tuple[Match, Mention]], codebook: Codebook
) -> tuple[Mention | None, str]:
    """The type that a planned or refused event counts as, by the codebook; None where its governor is coded already."""
    link = clause_of(match.root).link
    embedded = match.root.pos_ == "VERB" and link in {"open clause", "content clause", "preposition clause"}
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
    counts_as = REFUSED_AS if target == match.type.refused_as else PLANNED_AS
    why = counts_as.because(type=match.type.name, target=target)
    judged: Modality = mention.modality if mention.modality == "planned" else "asserted"
    return replace(mention, type=target, mode=None, modality=judged, because=(*mention.because, why)), ""


def _refused(root: Token) -> bool:
    """Whether the negation is a refusal: "refused to release", "will not lift"."""
    own = clause_of(root)
    if own.auxiliaries & REFUSING_AUXILIARIES:
        return True
    above = governor(root.head)
    return own.link in {"open clause", "object"} and above is not None and above.kind == "refuse"
