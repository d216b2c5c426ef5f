"""Which words of a sentence are triggers: lemma and part of speech first, then the company the trigger must keep."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from dateline.codebook.model import Codebook, EventType, Trigger
from dateline.lang.en.forms import fits_part_of_speech, word_forms
from dateline.lang.en.grammar.slots import Slots, noun_slots, qualifiers, verb_slots
from dateline.lang.en.neutral.loaded_words import loaded_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

TIMES = frozenset({"DATE", "TIME"})
MAX_GAP = 5
"""Words that may stand between the parts of a verb of several words ("took the students into custody")."""


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger found: its words (the head first), the slots around it, and how it was told from its rivals."""

    type: EventType
    trigger: Trigger
    tokens: tuple[Token, ...]
    slots: Slots
    matched: tuple[str, ...]
    specificity: tuple[int, ...]
    claimed: frozenset[int] = frozenset()
    """The other words (by index) that its frame asked for by name: no trigger of their own."""
    beside: frozenset[int] = frozenset()
    """The same in looser slots ("went on strike"): no trigger of their own where they would name the same type."""
    repaired: bool = False
    """The tagger gave another part of speech; the syntax around the word spoke for this one."""
    rivals: tuple[Match, ...] = ()
    """The triggers of other types that claim the same word and are no less specific: they only come later."""
    reason: str = ""
    """Why it is of this type, where not the trigger alone told it."""

    @property
    def root(self) -> Token:
        """The word that carries the event's syntax."""
        return self.tokens[0]


@dataclass(frozen=True, slots=True)
class Refused:
    """A trigger's words without the company that the codebook asks for."""

    tokens: tuple[Token, ...]
    type: EventType
    trigger: Trigger
    why: str


@dataclass(frozen=True, slots=True)
class _Entry:
    type: EventType
    trigger: Trigger
    words: tuple[str, ...]
    order: int


class TriggerIndex:
    """The triggers of a codebook by the first word of their lemma."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.lists = dict(codebook.lists)
        self.contexts = tuple(
            (context.name, frozenset(w for w in context.words if " " not in w), [w for w in context.words if " " in w])
            for context in codebook.contexts
        )
        self.by_word: dict[str, list[_Entry]] = {}
        self._words: dict[tuple[str, ...], frozenset[str]] = {}
        order = 0
        for kind in codebook.types:
            for trigger in kind.triggers:
                # a trigger that is a loaded word is what the pipeline reads in its place
                given = trigger.lemma.lower().replace("-", " ").split()
                words = tuple(loaded_words().lemma(word, trigger.pos) for word in given)
                if not words:
                    continue
                self.by_word.setdefault(words[0], []).append(_Entry(kind, trigger, words, order))
                if len(words) > 1:  # "lathi-charged" may be one word of the text
                    whole = "-".join(words)
                    self.by_word.setdefault(whole, []).append(_Entry(kind, trigger, (whole,), order))
                order += 1

    def words(self, given: Iterable[str]) -> frozenset[str]:
        """The words of a condition, with the codebook's lists in place of their names and plain for loaded words."""
        key = tuple(given)
        if key not in self._words:
            lists = (self.lists.get(word[1:], ()) if word.startswith("@") else (word,) for word in key)
            out = {word.lower() for words in lists for word in words}
            read = loaded_words()
            phrases = {" ".join(read.read_as.get(part, part) for part in w.split()) for w in out if " " in w}
            self._words[key] = frozenset(out | phrases | {read.lemma(w, pos) for w in out for pos in ("NOUN", "VERB")})
        return self._words[key]


_INDEXES: OrderedDict[int, TriggerIndex] = OrderedDict()


def trigger_index(codebook: Codebook) -> TriggerIndex:
    """The index of a codebook, made once: codebooks are frozen, and hashing one for each report would cost more."""
    found = _INDEXES.get(id(codebook))
    if found is None or found.codebook is not codebook:
        found = _INDEXES[id(codebook)] = TriggerIndex(codebook)
        while len(_INDEXES) > 4:
            _INDEXES.popitem(last=False)
    return found


def find_matches(sentence: Span, index: TriggerIndex) -> tuple[list[Match], list[Refused]]:
    """The triggers of a sentence, the most specific where several claim the same words; and those refused."""
    matches: list[Match] = []
    refused: list[Refused] = []

    @cache
    def slots(head: Token, pos: str, indices: frozenset[int]) -> Slots:
        return noun_slots(head, indices) if pos == "NOUN" else verb_slots(head, indices)

    for token in sentence:
        if not token.is_alpha and "-" not in token.text:
            continue
        entries: dict[int, _Entry] = {}
        for key in word_forms(token):
            for entry in index.by_word.get(key, ()):
                entries[entry.order] = entry
        for order in sorted(entries):
            found = _match(token, entries[order], sentence, index, slots)
            if isinstance(found, Match):
                matches.append(found)
            elif found is not None:
                refused.append(found)
    kept = _most_specific(matches)
    taken = {t.i for m in kept for t in m.tokens}
    return kept, [r for r in refused if not any(t.i in taken for t in r.tokens)]


def read_alone(kind: EventType, trigger: Trigger, tokens: tuple[Token, ...]) -> Match:
    """The words as a trigger of a type, whatever company the codebook asks for."""
    indices = frozenset(t.i for t in tokens)
    slots = noun_slots(tokens[0], indices) if trigger.pos == "NOUN" else verb_slots(tokens[0], indices)
    return Match(kind, trigger, tokens, slots, (), ())


def _most_specific(matches: list[Match]) -> list[Match]:
    kept: list[Match] = []
    taken: set[int] = set()
    modes: dict[int, str] = {}
    rivals: dict[int, list[Match]] = {}
    for match in sorted(matches, key=lambda m: (tuple(-s for s in m.specificity), m.root.i)):
        if any(t.i in taken for t in match.tokens):
            rivals.setdefault(match.root.i, []).append(match)
            continue
        owner = next((m for m in kept if any(t.i in m.claimed for t in match.tokens)), None)
        if owner is None:
            kept.append(match)
            taken.update(t.i for t in match.tokens)
        elif owner.type is match.type and match.trigger.mode:
            modes.setdefault(owner.root.i, match.trigger.mode)
    # "Began a hunger strike" is one event, though "hunger strike" has more words and so came first; it names the mode.
    named: dict[int, str] = {}
    for match in list(kept):
        # "Went on strike" is what a type of the codebook's own makes of its "strike".
        if any(m.type.level > match.type.level and m.root.i in match.claimed | match.beside for m in kept):
            kept.remove(match)
            continue
        # "Lifted the travel ban" imposes none: what a verb of words asks for by name is no act beside it.
        over = [m for m in kept if m.type is not match.type and match.root.i in m.claimed]
        if len(match.tokens) > 1 and any(m.type.in_words for m in over):
            kept.remove(match)
            continue
        owner = next((m for m in kept if m.type is match.type and match.root.i in m.claimed | m.beside), None)
        if owner is not None:
            kept.remove(match)
            if match.trigger.mode:
                (named if len(match.tokens) > 1 else modes).setdefault(owner.root.i, match.trigger.mode)
    for n, match in enumerate(kept):
        mode = named.get(match.root.i) or match.trigger.mode or modes.get(match.root.i)
        if mode != match.trigger.mode:
            kept[n] = replace(match, trigger=replace(match.trigger, mode=mode))
        alike = [m for m in rivals.get(match.root.i, ()) if m.specificity[:-1] == match.specificity[:-1]]
        others = tuple(m for m in alike if m.type is not match.type)
        if others:
            kept[n] = replace(kept[n], rivals=others)
    return sorted(kept, key=lambda m: m.root.i)


def _match(
    token: Token,
    entry: _Entry,
    sentence: Span,
    index: TriggerIndex,
    slots_of: Callable[[Token, str, frozenset[int]], Slots],
) -> Match | Refused | None:
    tokens = _tokens(token, entry, sentence)
    if tokens is None:
        return None
    pos = entry.trigger.pos
    head = tokens[-1] if pos == "NOUN" else tokens[0]
    fits = fits_part_of_speech(head, pos, several=len(tokens) > 1)
    if not fits:
        return None
    ordered = (head, *(t for t in tokens if t != head))
    indices = frozenset(t.i for t in tokens)
    slots = slots_of(head, pos, indices)
    if pos == "VERB" and not slots.get("object"):
        # "drove off the herd": the parser takes the particle for a preposition
        wanted = [words[0] for slot, words in entry.trigger.frame.requires if slot == "particle"]
        slots = {**slots, "object": tuple(t for particle in wanted for t in slots.get(particle, ()))}
    held = _frame(entry, slots, sentence, index)
    if isinstance(held, str):
        return Refused(ordered, entry.type, entry.trigger, held) if held else None
    matched, claimed, beside = held
    frame = entry.trigger.frame
    specificity = (
        entry.type.level,
        len(tokens),
        sum(1 if "*" in words else 4 for _, words in frame.requires) + 2 * bool(frame.text_requires),
        len(frame.excludes) + bool(frame.text_excludes),
        int(fits == 2),
        -entry.order,
    )
    return Match(
        entry.type, entry.trigger, ordered, slots, matched, specificity, claimed - indices, beside - indices, fits == 1
    )


def _tokens(token: Token, entry: _Entry, sentence: Span) -> tuple[Token, ...] | None:
    if len(entry.words) == 1:
        return (token,)
    doc: Doc = token.doc
    found = [token]
    at, gap = token.i + 1, 0
    allowed = MAX_GAP if entry.trigger.pos == "VERB" else 0
    for word in entry.words[1:]:
        while True:
            if at >= sentence.end or gap > allowed:
                return None
            here = doc[at]
            at += 1
            if here.text in {"-", "‑", "–"}:
                continue
            if word in word_forms(here) or (here.lower_ == word):
                found.append(here)
                break
            gap += 1
            if here.pos_ in {"VERB", "AUX"} or here.text in {",", ";", ":", "."}:
                return None
    return tuple(found)


def _frame(
    entry: _Entry, slots: Slots, sentence: Span, index: TriggerIndex
) -> tuple[tuple[str, ...], frozenset[int], frozenset[int]] | str:
    """What the frame's conditions matched and the words they claim and stand beside, or why they do not hold.

    An empty reason is none worth telling.
    """
    frame = entry.trigger.frame
    matched: list[str] = []
    claimed: set[int] = set()
    beside: set[int] = set()
    for slot, words in frame.requires:
        filled = _slot(slots, slot)
        hit = _in_slot(filled, index.words(words), wide=True)
        if hit is None:
            if slot == "obliged" or (not matched and len(frame.requires) > 1):
                return ""  # a common word ("said") of which the codebook wants several things, and none is there
            shown = ", ".join(sorted(words)[:4])
            return f"the codebook wants {slot} to be {'any word' if '*' in words else shown}"
        matched.append(f"{slot}: {hit[0]}")
        if "*" not in words and slot != "subject":
            # "fired tear gas and rubber bullets": each of the things fired belongs to the firing.
            hits_there = {t.i for t in filled if _in_slot((t,), index.words(words), wide=True)}
            (claimed if slot in {"object", "of", "compound", "to", "particle"} else beside).update(hits_there)
    for slot, words in frame.excludes:
        hit = _in_slot(_slot(slots, slot), index.words(words), wide=slot != "subject")
        if hit is not None:
            return f"the codebook leaves out {slot} {hit[0]!r}"
    if frame.text_requires or frame.text_excludes:
        there = {form for token in sentence for form in (token.lemma_.lower(), token.lower_)}
        text = " " + " ".join(t.lower_ for t in sentence) + " "
        if frame.text_requires:
            wanted = index.words(frame.text_requires)
            hits = sorted(w for w in wanted if w in there or (" " in w and f" {w} " in text))
            if not hits:
                return "the sentence has none of the words that the codebook asks for"
            matched.append(f"sentence: {hits[0]}")
        barred = index.words(frame.text_excludes)
        hits = sorted(w for w in barred if w in there or (" " in w and f" {w} " in text))
        if hits:
            return f"the codebook leaves out sentences with {hits[0]!r}"
    return tuple(matched), frozenset(claimed), frozenset(beside)


def _slot(slots: Slots, name: str) -> tuple[Token, ...]:
    """The words of a slot, or of several that the codebook joins by a slash."""
    return tuple(t for one in name.split("/") for t in slots.get(one, ()))


def _in_slot(tokens: tuple[Token, ...], wanted: frozenset[str], *, wide: bool) -> tuple[str, Token] | None:
    """The first of the slot's words that is wanted. ``wide`` also looks at the words that qualify the head."""
    several = [word for word in wanted if " " in word or "-" in word]
    for token in tokens:
        if "*" in wanted and token.ent_type_ not in TIMES:  # "called off the talks on Monday"
            return token.text, token
        for one in (token, *qualifiers(token)) if wide else (token,):
            # "Gunships attacked": the lemma of what the tagger takes for a name keeps its plural
            named = one.lower_.removesuffix("s") if one.pos_ == "PROPN" else one.lower_
            if wanted & {one.lemma_.lower(), one.lower_, named}:
                return one.text, token
        if several:
            words = list(token.doc[max(token.left_edge.i, token.i - 6) : token.i + 1])
            for form in (" ".join(t.lower_ for t in words), " ".join(t.lemma_.lower() for t in words)):
                joined = f" {form.replace(' - ', '-')} "
                for phrase in several:
                    if f" {phrase} " in joined:
                        return phrase, token
    return None
