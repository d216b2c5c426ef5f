"""A coding by one codebook, sorted anew into the types of another that recodes it.

The first finds the events by its words; the crosswalk's rows say which sub-event each is, with their conditions
checked; the second says of which type and mode each sub-event is. What has no sub-event is not coded, and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.codebook.crosswalk.apply import HAPPENED
from dateline.codebook.model import Codebook, EventType, Mode
from dateline.model import Coding, EventMention, Evidence, LeftOut, Note
from dateline.rules import rule

_SORTED_ANEW = rule("type.sorted-anew", "{codebook}: {kind} {mode} is the sub-event {sub_event!r}: {why}")
_TURNED = rule("actors.done-to", "those to whom it was done; who did it is the other side")
_JOINED = rule("type.part-of-event", "told together with {part!r}, which is part of the same event")


def recode(coding: Coding, codebook: Codebook) -> Coding:
    """The coding in the codebook's own types; as it is where the codebook recodes no other."""
    base = codebook.recodes
    if base is None:
        return coding
    gatherings = {kind.name for kind in base.types if kind.gathering}
    own = {kind.name: kind for kind in codebook.types}
    by_sub_event = {mode.sub_event: (kind, mode) for kind in codebook.types for mode in kind.modes if mode.sub_event}
    left_out = list(coding.left_out)

    def sorted_anew(rows: Iterable[EventMention]) -> list[EventMention]:
        kept: list[tuple[str, EventMention]] = []
        for event in rows:
            if event.type in own and event.modality == HAPPENED:
                kept.append((event.type, _own(event, own[event.type])))
            elif event.codes.acled in by_sub_event:
                kind, mode = by_sub_event[event.codes.acled]
                turned = _turned(event) if mode.done_to_actors and event.type not in gatherings else event
                kept.append((event.type, _sorted_anew(turned, codebook, kind, mode)))
            else:
                words = event.trigger
                left_out.append(LeftOut(words.start, words.end, words.quote, "event", _why_not(event)))
        return _joined(kept, gatherings, own)

    # Apart from one another: what is below the bound is no part of an event that is above it.
    events, suggestions = sorted_anew(coding.events), sorted_anew(coding.suggestions)
    rows = [replace(event, id=f"e{n}") for n, event in enumerate((*events, *suggestions), start=1)]
    return replace(
        coding,
        events=tuple(rows[: len(events)]),
        suggestions=tuple(rows[len(events) :]),
        left_out=tuple(sorted(left_out, key=lambda x: (x.start, x.end, x.what, x.why))),
        notes=(*coding.notes, *_notes(coding, events)),
        wordings=codebook.wordings((event.type, event.mode) for event in rows),
    )


def _own(event: EventMention, kind: EventType) -> EventMention:
    """An event that one of the codebook's own words names."""
    sub_event = next((mode.sub_event for mode in kind.modes if mode.name == event.mode), None)
    return replace(event, codes=replace(event.codes, acled=sub_event))


def _sorted_anew(event: EventMention, codebook: Codebook, kind: EventType, mode: Mode) -> EventMention:
    because = _SORTED_ANEW.because(
        codebook=codebook.name, kind=kind.name, mode=mode.name, sub_event=event.codes.acled, why=_acled(event)
    )
    return replace(
        event,
        type=kind.name,
        mode=mode.name,
        codes=replace(event.codes, quad=kind.quad or event.codes.quad),
        because=(because, *event.because),
    )


def _turned(event: EventMention) -> EventMention:
    """The event seen from the side of those to whom it was done."""
    because = _TURNED.because()
    return replace(event, actors=event.recipients, recipients=event.actors, because=(*event.because, because))


def _acled(event: EventMention) -> str:
    return next((b.rule for b in event.because if b.field == "codes.acled"), "")


def _why_not(event: EventMention) -> str:
    told = f"{event.type} {event.mode}" if event.mode else event.type
    if event.codes.acled is not None:
        return f"{told}: no type of the codebook holds the sub-event {event.codes.acled!r}"
    if event.modality != HAPPENED:
        return f"{told}: not codable: it is {event.modality}, and only what happened is coded"
    return f"{told}: {_acled(event)}"


def _joined(
    found: Sequence[tuple[str, EventMention]], gatherings: set[str], own: dict[str, EventType]
) -> list[EventMention]:
    """One event for a gathering and what was done to it there: the arrests at a march are part of the march."""
    out: list[tuple[str, EventMention]] = []
    for name, event in found:
        at = next((n for n, (other, told) in enumerate(out) if other != name and _same(event, told, own)), None)
        if at is None:
            out.append((name, event))
            continue
        other, told = out[at]
        main, part = (event, told) if name in gatherings and other not in gatherings else (told, event)
        out[at] = (name if main is event else other, _with_part(main, part))
    return [event for _, event in out]


def _same(event: EventMention, other: EventMention, own: dict[str, EventType]) -> bool:
    return own[event.type].gathering and _where(event) == _where(other)


def _where(event: EventMention) -> tuple[str | bool | None, ...]:
    return (
        event.type,
        event.mode,
        event.modality,
        event.historical,
        event.place.name if event.place else None,
        event.date.edtf if event.date else None,
    )


def _with_part(main: EventMention, part: EventMention) -> EventMention:
    evidence: Iterable[Evidence] = dict.fromkeys((*main.evidence, *part.evidence))
    because = _JOINED.because(part=part.trigger.quote)
    return replace(
        main,
        actors=main.actors or part.actors,
        recipients=main.recipients or part.recipients,
        counts=tuple(dict.fromkeys((*main.counts, *part.counts))),
        tellings=tuple(sorted({*main.tellings, *part.tellings}, key=lambda t: (t.start, t.end))),
        evidence=tuple(sorted(evidence, key=lambda e: e.start)),
        because=(*main.because, because),
    )


def _notes(coding: Coding, events: Sequence[EventMention]) -> tuple[Note, ...]:
    if events or not coding.events:
        return ()
    message = (
        f"No event was coded: none of the events that were found ({len(coding.events)}) meets the conditions of the "
        "codebook; each says why."
    )
    return (Note("none-codable", message),)
