"""Decisions carried out in a coding, one by one: the coding after each, the rows touched, and what changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dateline.coder.text.sentences import find_sentences
from dateline.corrections.codes import recoded
from dateline.corrections.people import People
from dateline.corrections.steps import accepted_row, corrected_row, differences, put_in, rejected_row, values
from dateline.corrections.values import ADDED, CORRECTED, Known, instead
from dateline.errors import InputError, ReviewError, did_you_mean
from dateline.export.formats.columns import fields_of
from dateline.export.formats.rows import key
from dateline.export.words import reviewed, sentence
from dateline.model import CODED_BLOCKS, Because, Coding, EventMention, Evidence, LeftOut, Span
from dateline.review.deciding.carrying import carried, free, put_back, row_of
from dateline.review.deciding.model import Accept, Add, Correct, Decision, Merge, Reject, Restore, Split
from dateline.review.deciding.resuggesting import paired, parted
from dateline.store.kept.corrections import Change

SURROUNDINGS = 40
"""Characters before and after a sentence that are kept with it as evidence."""


@dataclass(slots=True)
class Work:
    """A coding on its way: what was made of it so far.

    ``taken`` are ids that no new row gets: a row keeps its id for good, also when it is gone. ``coding_at`` gives
    another coding of the report by its number.
    """

    coding: Coding
    known: Known
    who: str
    taken: Collection[str]
    coding_at: Callable[[int], Coding]
    rows: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def do(self, decision: Decision) -> None:
        """Carry a decision out. Raises :class:`ReviewError` where that cannot be."""
        try:
            self._do(decision)
        except InputError as error:
            raise ReviewError(f"{error.error}; {error.mend}") from error

    def _do(self, decision: Decision) -> None:
        match decision:
            case Accept(row):
                coding, event = self._opened(row)
                self._took(row, event, accepted_row(coding, event, self.who))
            case Correct(row, edits):
                coding, event = self._opened(row)
                self._took(row, event, corrected_row(coding, event, _known_columns(edits), self.known, self.who))
            case Reject(row):
                self._reject(row)
            case Split(row, parts):
                self._split(row, parts)
            case Merge(receiver, donors):
                self._merge(receiver, donors)
            case Add():
                self._add(decision)
            case Restore(coding, rows):
                self._restore(coding, rows)

    def _took(self, row: str, event: EventMention, step: tuple[Coding, list[Change]]) -> None:
        """Take a step that changed something; a suggestion that it changes nothing of stays one."""
        coding, changes = step
        if changes:
            self.coding = coding
            self.changes += changes
            self._touched(row, event.id)

    def _touched(self, *rows: str) -> None:
        self.rows += [row for row in dict.fromkeys(rows) if row not in self.rows]

    def _opened(self, row: str) -> tuple[Coding, EventMention]:
        """The coding with a row of it, or one that is suggested again, among its events."""
        coding = self.coding
        event = row_of(coding, row)
        if event is None:
            coding, event = self._again(row)
        elif event in coding.events:
            return coding, event
        rest = tuple(other for other in coding.suggestions if other.id != event.id)
        return replace(coding, events=put_in(coding.events, event), suggestions=rest), event

    def _again(self, row: str) -> tuple[Coding, EventMention]:
        """A row that a newer coding suggests, brought into this one; it is no event of it yet.

        Where it is a newer version of a row of which nobody has decided, it stands for that one.
        """
        name, source, event = self._suggested(row)
        of = self._newer_of(source, event)
        if of is None:
            return carried(event, source, self.coding, self._free(name))
        events = tuple(one for one in self.coding.events if one.id != of)
        suggestions = tuple(one for one in self.coding.suggestions if one.id != of)
        return carried(event, source, replace(self.coding, events=events, suggestions=suggestions), of)

    def _suggested(self, row: str) -> tuple[str, Coding, EventMention]:
        name, number = parted(row)
        source = None if number is None else self.coding_at(number)
        event = None if source is None else row_of(source, name)
        if source is None or event is None:
            raise ReviewError(f"there is no row {row[:60]!r} in the report (any more); load the page again")
        return name, source, event

    def _newer_of(self, source: Coding, event: EventMention) -> str | None:
        """The row of which a suggested one is a newer version. Raises :class:`ReviewError` where it is decided."""
        of = paired(self.coding, source).get(event.id)
        own = None if of is None else row_of(self.coding, of)
        if own is not None and reviewed(own) is not None:
            raise ReviewError(f"row {own.id!r} tells of the same event and is {reviewed(own)}; correct that one")
        return of

    def _free(self, name: str = "") -> str:
        taken = {*self.taken, *self.rows, *(row.id for row in self.coding.rows)}
        return name if name and name not in taken else free("h", taken)

    def _reject(self, row: str) -> None:
        event = row_of(self.coding, row)
        if event is not None:
            self.coding, changes = rejected_row(self.coding, event, self.who)
        else:
            # Of a row that never was in the coding nothing stays but that it was rejected.
            name, source, suggested = self._suggested(row)
            made, changes = rejected_row(*carried(suggested, source, self.coding, self._free(name)), self.who)
            if self._newer_of(source, suggested) is None:
                self.coding = replace(self.coding, left_out=made.left_out)
        self.changes += changes
        self._touched(row)

    def _split(self, row: str, parts: Sequence[Mapping[str, str]]) -> None:
        if len(parts) < 2:
            raise ReviewError("a row is split into two events at least; give the values of each")
        coding, event = self._opened(row)
        before, whole, changes = coding, event, list[Change]()
        names = [event.id]
        for n, edits in enumerate(parts):
            said = CORRECTED.because(sentence(before, whole), field="split", who=self.who)
            part = replace(whole, id=names[0] if n == 0 else self._free(), because=(*whole.because, said))
            if n:
                at = [other.id for other in coding.events].index(names[-1]) + 1
                coding = replace(coding, events=(*coding.events[:at], part, *coding.events[at:]))
                names.append(part.id)
            else:
                coding = instead(coding, part)
            self._touched(part.id)
            coding, done = corrected_row(coding, part, _known_columns(edits), self.known, self.who)
            changes += done
        told = [values(coding, one) for one in coding.events if one.id in names]
        if any(one in told[:n] for n, one in enumerate(told)):
            raise ReviewError(
                "two of the parts say the same; change what sets them apart: who, where, when or how many"
            )
        report = coding.report.id
        keys = " | ".join(key(report, name) for name in names)
        self.coding = coding
        self.changes += [Change("split", key(report, event.id), "", sentence(before, whole), keys), *changes]
        self._touched(row, *names)

    def _merge(self, receiver: str, donors: Sequence[str]) -> None:
        if not donors or len({receiver, *donors}) != len(donors) + 1:
            raise ReviewError("a merge has one row that stays and others that go into it, each named once")
        coding, event = self._opened(receiver)
        whole, changes, left = event, list[Change](), list[LeftOut]()
        report = coding.report.id
        for donor in donors:
            other = row_of(coding, donor)
            if other is None:
                raise ReviewError(f"there is no row {donor[:60]!r} in the report (any more); load the page again")
            whole = _united(whole, other)
            why = f"merged into {key(report, event.id)} by {self.who}"
            left.append(LeftOut(other.trigger.start, other.trigger.end, other.trigger.quote, "event", why))
            changes.append(Change("merged", key(report, donor), "", sentence(coding, other), key(report, event.id)))
            said = CORRECTED.because(other.trigger.quote, field="merged", who=self.who)
            whole = replace(whole, because=(*whole.because, said))
        made = replace(
            coding,
            events=tuple(whole if one.id == event.id else one for one in coding.events if one.id not in donors),
            suggestions=tuple(one for one in coding.suggestions if one.id not in donors),
            left_out=tuple(sorted((*coding.left_out, *left), key=lambda x: (x.start, x.end, x.what, x.why))),
        )
        made = instead(made, recoded(made, event, whole, self.known.codebook))
        self.changes += [*differences(coding, event, made, whole), *changes]
        self.coding = made
        self._touched(receiver, event.id, *donors)

    def _add(self, add: Add) -> None:
        report = self.coding.report
        start, end = add.start, add.end
        if not 0 <= start < end <= len(report.text) or not report.text[start:end].strip():
            raise ReviewError("an event is added by some words of the report; select them in its text")
        words = report.text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        name = self._free()
        trigger = report.span(start, end)
        said = ADDED.because(trigger.quote, field="event", who=self.who)
        people = People(self.coding, ADDED, self.who)
        bare = EventMention(name, add.type, trigger, evidence=evidence_of(self.coding, trigger), tellings=(trigger,))
        bare = replace(bare, attribution=people.told(bare, ""), because=(said,))
        coding = replace(
            self.coding,
            events=put_in(self.coding.events, bare),
            actors=tuple(people.actors.values()),
            attributions=tuple(people.attributions.values()),
        )
        # The type is read as every other value is, so that one that there is not is refused by name.
        coding, _ = corrected_row(coding, bare, {"type": add.type}, self.known, self.who)
        made = _event(coding, name)
        coding = instead(coding, recoded(coding, bare, made, self.known.codebook))
        changes = list[Change]()
        if add.edits:
            coding, changes = corrected_row(
                coding, _event(coding, name), _known_columns(add.edits), self.known, self.who
            )
            # What a person gives of a new event corrects nothing that somebody said before.
            coding = instead(coding, replace(_event(coding, name), because=_without_corrections(_event(coding, name))))
        told = sentence(coding, _event(coding, name))
        self.coding = coding
        self.changes += [Change("supplied", key(report.id, name), "", "", told), *changes]
        self._touched(name)

    def _restore(self, number: int, rows: Sequence[str]) -> None:
        wanted = self.coding_at(number)
        names = tuple(rows) or tuple(dict.fromkeys(row.id for row in (*wanted.rows, *self.coding.rows)))
        differing = [name for name in names if row_of(wanted, name) != row_of(self.coding, name)]
        if not differing:
            return
        made = _with_rows(self.coding, wanted, differing) if rows else wanted
        self.changes += told(self.coding, made, differing)
        self.coding = made
        self._touched(*differing)


def _with_rows(coding: Coding, wanted: Coding, names: Sequence[str]) -> Coding:
    """The coding with some rows as another one has them; that one of them was left out is not said any more."""
    back = {(row.trigger.start, row.trigger.end) for row in wanted.rows if row.id in names}
    left = (
        one
        for one in coding.left_out
        if one in wanted.left_out or one.what != "event" or (one.start, one.end) not in back
    )
    return replace(put_back(coding, wanted, wanted, names), left_out=tuple(left))


def touched(decision: Decision) -> tuple[str, ...]:
    """The rows that a decision is about, as they stand before it."""
    match decision:
        case Merge(receiver, donors):
            return (receiver, *donors)
        case Restore(_, rows):
            return tuple(rows)
        case Add():
            return ()
        case _:
            return (decision.row,)


def told(before: Coding, after: Coding, rows: Sequence[str]) -> list[Change]:
    """What sets some rows of one coding apart from those of another, as changes of the first."""
    found: list[Change] = []
    for name in rows:
        was, now = row_of(before, name), row_of(after, name)
        about = key(after.report.id, name)
        if was is not None and now is not None:
            changed = differences(before, was, after, now)
            if not changed and reviewed(was) != reviewed(now):
                changed = [Change("reopened" if reviewed(now) is None else "accepted", about)]
            found += changed
        elif was is not None:
            found.append(Change("rejected", about, "", sentence(before, was)))
        elif now is not None:
            found.append(Change("restored", about, "", "", sentence(after, now)))
    return found


def evidence_of(coding: Coding, words: Span) -> tuple[Evidence, ...]:
    """The sentences that words of a report stand in, with their surroundings."""
    text = coding.report.text
    blocks = [block for block in coding.report.blocks if block.kind in CODED_BLOCKS]
    there = find_sentences(text, blocks) if blocks else find_sentences(text)
    found = [(a, b) for a, b in there if a < words.end and words.start < b] or [(words.start, words.end)]
    return tuple(
        Evidence(a, b, text[a:b], text[max(0, a - SURROUNDINGS) : a], text[b : b + SURROUNDINGS]) for a, b in found
    )


def _known_columns(edits: Mapping[str, str]) -> dict[str, str]:
    """The edits of a row, without white space around them. Raises :class:`ReviewError` for one of no such column."""
    there = [name for name, of in fields_of().items() if of != "review"]
    for name in edits:
        if name not in there:
            raise ReviewError(
                f"{name[:40]!r} is no value that is corrected. {did_you_mean(name, there, what='values')}"
            )
    return {name: value.strip() for name, value in edits.items()}


def _united(whole: EventMention, other: EventMention) -> EventMention:
    """A row with the tellings and the evidence of another one, and with the values that it lacks."""
    kinds = {count.kind for count in whole.counts}
    # A mode is one of its type alone.
    mode = whole.mode or (other.mode if other.type == whole.type else None)
    return replace(
        whole,
        mode=mode,
        contexts=tuple(dict.fromkeys((*whole.contexts, *other.contexts))),
        actors=whole.actors or other.actors,
        recipients=whole.recipients or other.recipients,
        place=whole.place or other.place,
        date=whole.date or other.date,
        counts=(*whole.counts, *(count for count in other.counts if count.kind not in kinds)),
        evidence=tuple(dict.fromkeys((*whole.evidence, *other.evidence))),
        tellings=_in_order((*whole.tellings, *other.tellings, _plain(whole.trigger), _plain(other.trigger))),
    )


def _in_order(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(sorted(dict.fromkeys(map(_plain, spans)), key=lambda span: (span.start, span.end)))


def _plain(span: Span) -> Span:
    return Span(span.start, span.end, span.quote)


def _event(coding: Coding, name: str) -> EventMention:
    return next(event for event in coding.events if event.id == name)


def _without_corrections(event: EventMention) -> tuple[Because, ...]:
    return tuple(because for because in event.because if because.id != CORRECTED.id)
