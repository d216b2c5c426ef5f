"""Words made of a trigger's word: the nouns of a verb ("seize": seizure), a compound taken apart ("museum theft").

A codebook's author names a few words; reports say the same in other forms. The forms are made by rule, so some of them
are no words at all ("seizement"): these stand in no report. What company the verb must keep, its noun must keep too:
the object of "seize" is the land of "the seizure of the land" and of "land seizure".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.codebook.model import Frame, Slot, Trigger
from dateline.lang.en.derivation import nouns_of, verbs_of

_OBJECT = "of/compound/object/possessive/at/on/from/beside"
_SUBJECT = "by/subject/possessive/compound/of"
_BESIDE = "of/from/at/in/on/to/by/against/between/near/possessive"
_CHANGED = {"object": _OBJECT, "subject": _SUBJECT}
_UNKNOWN = frozenset({"complement", "negation", "obliged", "particle"})
"""Slots that only a verb has. The noun of a verb with a particle holds it: "walkout" is made of "walk out"."""


def derived(triggers: Sequence[Trigger]) -> Iterator[Trigger]:
    """What is made of the triggers and is not among them."""
    seen = {(t.lemma.replace("-", " "), t.pos, t.frame.requires) for t in triggers}
    for trigger in triggers:
        for made in (*_nouns(trigger), *_apart(trigger), *_verbs(trigger)):
            key = (made.lemma.replace("-", " "), made.pos, made.frame.requires)
            if key not in seen:
                seen.add(key)
                yield made


def _nouns(trigger: Trigger) -> Iterator[Trigger]:
    if trigger.pos != "VERB" or " " in trigger.lemma:
        return
    particles = [words[0] for slot, words in trigger.frame.requires if slot == "particle" and len(words) == 1]
    if any(slot in _UNKNOWN - {"particle"} for slot, _ in trigger.frame.requires) or len(particles) > 1:
        return
    frame = _of_noun(trigger.frame)
    verb = trigger.lemma
    forms = [f"{verb}{particles[0]}", f"{verb}-{particles[0]}"] if particles else nouns_of(verb)
    for noun in forms:
        yield replace(trigger, lemma=noun, pos="NOUN", frame=frame, made_of=verb)


def _of_noun(frame: Frame) -> Frame:
    """The company of a verb's noun."""

    def changed(slots: tuple[tuple[Slot, tuple[str, ...]], ...]) -> tuple[tuple[Slot, tuple[str, ...]], ...]:
        return tuple((_CHANGED.get(s, f"{s}/compound"), w) for s, w in slots if s not in _UNKNOWN and w != ("*",))

    return Frame(
        requires=changed(frame.requires),
        excludes=changed(frame.excludes),
        text_requires=frame.text_requires,
        text_excludes=frame.text_excludes,
    )


def _apart(trigger: Trigger) -> Iterator[Trigger]:
    """The parts of a compound, as in "theft from the museum" and "blockaded the border"."""
    words = trigger.lemma.replace("-", " ").split()
    if trigger.pos != "NOUN" or len(words) != 2:
        return
    beside, head = words
    beside = beside.removesuffix("'s").removesuffix("’s").removesuffix("s'").removesuffix("s’")
    frame = trigger.frame
    told = replace(frame, requires=((_BESIDE, (beside,)), *frame.requires))
    yield replace(trigger, lemma=head, frame=told, made_of=trigger.lemma)
    done = Frame(requires=(("object/from/at/in/to", (beside,)),), text_requires=frame.text_requires)
    for verb in (head, *verbs_of(head)):
        yield replace(trigger, lemma=verb, pos="VERB", frame=done, made_of=trigger.lemma)


def _verbs(trigger: Trigger) -> Iterator[Trigger]:
    if trigger.pos != "NOUN" or " " in trigger.lemma or trigger.frame != Frame():
        return
    for verb in verbs_of(trigger.lemma):
        yield replace(trigger, lemma=verb, pos="VERB", made_of=trigger.lemma)
