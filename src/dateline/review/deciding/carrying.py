"""A row of one coding brought into another of the same report: with the people and the speakers that it names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields, replace
from itertools import count
from typing import TypeVar

from dateline.corrections.values import ADDED, CORRECTED
from dateline.model import Actor, Attribution, Coding, EventMention, Participant

Named = TypeVar("Named", Actor, Attribution)
Thing = TypeVar("Thing")


def row_of(coding: Coding, name: str) -> EventMention | None:
    """The event or suggestion of that id."""
    return next((row for row in coding.rows if row.id == name), None)


def free(letter: str, taken: Collection[str]) -> str:
    """A letter with the first number from 1 on that is not taken."""
    return next(name for name in (f"{letter}{n}" for n in count(1)) if name not in taken)


def same_content(one: Coding, other: Coding) -> bool:
    """Whether two codings of a report say the same, whoever made them."""
    return all(getattr(one, f.name) == getattr(other, f.name) for f in fields(Coding) if f.name != "coder")


def carried(row: EventMention, source: Coding, target: Coding, name: str | None = None) -> tuple[Coding, EventMention]:
    """The target with all that a row of the source needs there, and the row as it stands in it, under another name.

    Whom the target knows by the same values is not brought again; an id that means somebody else there is changed.
    """
    bring = _Bringing(source, target)
    made = replace(
        row,
        id=name or row.id,
        attribution=tuple(map(bring.attribution, row.attribution)),
        counts=tuple(replace(c, attribution=tuple(map(bring.attribution, c.attribution))) for c in row.counts),
        actors=tuple(map(bring.participant, row.actors)),
        recipients=tuple(map(bring.participant, row.recipients)),
    )
    there = {(wording.type, wording.mode) for wording in target.wordings}
    wanted = {(row.type, row.mode), (row.type, None)} - there
    wordings = (*target.wordings, *(w for w in source.wordings if (w.type, w.mode) in wanted))
    actors, attributions = tuple(bring.actors.values()), tuple(bring.attributions.values())
    return replace(target, actors=actors, attributions=attributions, wordings=wordings), made


class _Bringing:
    def __init__(self, source: Coding, target: Coding) -> None:
        self._of = {a.id: a for a in source.actors}, {a.id: a for a in source.attributions}
        self.actors = {a.id: a for a in target.actors}
        self.attributions = {a.id: a for a in target.attributions}

    def participant(self, person: Participant) -> Participant:
        return person if person.actor is None else replace(person, actor=self.actor(person.actor))

    def actor(self, name: str) -> str:
        return _put(self._of[0][name], self.actors, "p", lambda a, b: replace(a, id="") == replace(b, id=""))

    def attribution(self, name: str) -> str:
        one = self._of[1][name]
        one = replace(
            one,
            parent=one.parent and self.attribution(one.parent),
            speaker=one.speaker and self.actor(one.speaker),
        )
        return _put(one, self.attributions, "a", _same_voice)


def _put(one: Named, known: dict[str, Named], letter: str, same: Callable[[Named, Named], bool]) -> str:
    if one.id in known and same(one, known[one.id]):
        return one.id
    for other in known.values():
        if same(one, other):
            return other.id
    name = free(letter, known) if one.id in known else one.id
    known[name] = replace(one, id=name)
    return name


def _same_voice(one: Attribution, other: Attribution) -> bool:
    """Whether two attributions are one: of the publisher's own voice every coding has one."""
    if not (one.source or one.cue or one.content):
        return not (other.source or other.cue or other.content)
    return replace(one, id="") == replace(other, id="")


def put_back(current: Coding, now: Coding, then: Coding, rows: Iterable[str]) -> Coding:
    """The current coding with some rows as ``then`` has them, and all else as it is.

    What came with those rows between ``then`` and ``now`` (people, speakers, words left out, notes) goes with them,
    as far as no other row needs it.
    """
    wanted = set(rows)
    coding = replace(
        current,
        events=tuple(row for row in current.events if row.id not in wanted),
        suggestions=tuple(row for row in current.suggestions if row.id not in wanted),
        left_out=_swapped(current.left_out, now.left_out, then.left_out),
        notes=_swapped(current.notes, now.notes, then.notes),
    )
    coding = _with(coding, then, "events", wanted)
    coding = _with(coding, then, "suggestions", wanted)
    return without_unnamed(coding, {a.id for a in now.attributions} - {a.id for a in then.attributions})


def _swapped(current: tuple[Thing, ...], now: tuple[Thing, ...], then: tuple[Thing, ...]) -> tuple[Thing, ...]:
    if current == now:
        return then
    left = [one for one in current if one not in now or one in then]
    return (*left, *(one for one in then if one not in now and one not in left))


def _with(coding: Coding, then: Coding, part: str, wanted: Collection[str]) -> Coding:
    """The rows put in where they stood: each behind the nearest that was before it and is there."""
    order: tuple[EventMention, ...] = getattr(then, part)
    for n, row in enumerate(order):
        if row.id not in wanted:
            continue
        coding, made = carried(row, then, coding)
        there: tuple[EventMention, ...] = getattr(coding, part)
        places = {one.id: at for at, one in enumerate(there)}
        first = next((places[before.id] + 1 for before in reversed(order[:n]) if before.id in places), 0)
        last = next((places[after.id] for after in order[n:] if places.get(after.id, -1) >= first), len(there))
        # What else came to stand there is told apart by where the text tells it.
        later = (at for at in range(first, last) if there[at].trigger.start > made.trigger.start)
        at = next(later, last)
        changed: Mapping[str, tuple[EventMention, ...]] = {part: (*there[:at], made, *there[at:])}
        coding = replace(coding, **changed)  # type: ignore[arg-type]
    return coding


def without_unnamed(coding: Coding, brought: Collection[str] = ()) -> Coding:
    """The coding without the people and the speakers whom a person put in and no row names any more.

    ``brought`` are ids of speakers that go as well where none names them.
    """
    told = {name for row in coding.rows for name in (*row.attribution, *(a for c in row.counts for a in c.attribution))}
    voices = coding.attributions
    while True:
        parents = {a.parent for a in voices} | told
        left = tuple(a for a in voices if a.id in parents or not (a.id in brought or _by_hand(a)))
        if left == voices:
            break
        voices = left
    named = {p.actor for row in coding.rows for p in (*row.actors, *row.recipients)} | {a.speaker for a in voices}
    actors = tuple(a for a in coding.actors if a.id in named or not _by_hand(a))
    if (voices, actors) == (coding.attributions, coding.actors):
        return coding
    return replace(coding, attributions=voices, actors=actors)


def _by_hand(one: Actor | Attribution) -> bool:
    return any(because.id in {CORRECTED.id, ADDED.id} for because in one.because)
