"""A judged row as the event it becomes: the head's mention with the fields that were chosen, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.coder.events.find import ONLY_READ
from dateline.coder.judge.rows import Row
from dateline.coder.placing.headings import Section, handed_down
from dateline.coder.placing.place import Placed
from dateline.model import Because, Chances, LeftOut, Report, Span
from dateline.rules import rule

if TYPE_CHECKING:
    from dateline.coder.events.model import Mention
    from dateline.coder.judge.case import Case

AN_EVENT = rule("chance.row", "read as one event of the report, chance {chance:.2f}; {words}")
UNLEARNED = rule("chance.unlearned", "an event by the rules, of a type that the judge never learned ({type}); {words}")
IN_SPITE = rule("chance.in-spite", "the rules alone would leave it out ({why})")
CHOSEN = rule("judge.chosen", "the likeliest of the report's, chance {chance:.2f}")
SILENT = rule("judge.silent", "nothing in the report is likely enough, chance {chance:.2f} that it says nothing")
AS_READ = rule("judge.as-read", "as the rules read it, chance {chance:.2f}")
NO_EVENT = "read as no event of the report"


class Party(NamedTuple):
    """The actor that words stand for in a row, and the chance that it is there."""

    actor: str
    chance: float


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """One event: at its place, with the actor of each participant by its words, its tellings and its chances."""

    placed: Placed
    who: Mapping[tuple[int, int], Party]
    tellings: tuple[Span, ...]
    chance: float | None
    chances: Chances


def events_of_rows(case: Case, rows: Sequence[Row]) -> Iterator[Settled]:
    """The events of the rows, one a place where an event is told of several."""
    for row in rows:
        head = case.tellings[row.members[0]]
        actors, recipients = _people(case, row, "actors"), _people(case, row, "recipients")
        who = {(s.start, s.end): party for s, party in (*recipients, *actors)}
        sides = {"actors": tuple(s for s, _ in actors)}
        sides["recipients"] = tuple(s for s, _ in recipients if s not in sides["actors"])
        moded = _moded(case, row)
        mention = replace(
            head.mention,
            mode=moded.mode,
            actors=sides["actors"],
            recipients=sides["recipients"],
            modality=row.fields["modality"].values[0][0],
            counts=tuple(sorted(_sure(row, "counts"), key=lambda c: c.start)),
            because=tuple(_reasons(case, row, sides)),
        )
        told = tuple(sorted((case.tellings[m].mention.trigger for m in row.members), key=lambda s: (s.start, s.end)))
        sentences = {(s.start, s.end): s for m in row.members for s in (case.tellings[m].mention.sentence,)}
        sentences.pop((mention.sentence.start, mention.sentence.end), None)
        for place in _sure(row, "place") or [None]:
            placed = Placed(
                mention,  # the same at each place, by which a number told of several is known
                place,
                next(iter(_sure(row, "date")), None),
                row.fields["source"].values[0][0],
                (),
                tuple(sentences[key] for key in sorted(sentences)),
            )
            yield Settled(placed, who, tuple(dict.fromkeys(told)), _chance(row), _chances(row))


def below_headings(report: Report, settled: Settled, sections: Sequence[Section]) -> Settled:
    """The event with the place and the day of the headings that it stands below; nothing has judged those."""
    placed = handed_down(report, settled.placed, sections)
    changed = {
        name: None
        for name, before, after in (
            ("place", settled.placed.place, placed.place),
            ("date", settled.placed.date, placed.date),
        )
        if before is not after
    }
    return replace(settled, placed=placed, chances=replace(settled.chances, **changed)) if changed else settled


def _chance(row: Row) -> float | None:
    return None if row.chance is None else _rounded(row.chance)


def _chances(row: Row) -> Chances:
    return Chances(**{name: _rounded(chosen.chance) for name, chosen in row.fields.items()})


def _rounded(chance: float) -> float:
    """To two places and never certain: more is not known of a chance."""
    return round(min(max(chance, 0.01), 0.99), 2)


def _moded(case: Case, row: Row) -> Mention:
    """The likeliest telling of the row's type in the head's sentence that says how it was done; the head, where none
    does. What another sentence tells may be another act of the same fight.
    """
    head = case.tellings[row.members[0]].mention
    told = (case.tellings[m].mention for m in row.members)
    beside = (one for one in told if one.type == head.type and one.sentence == head.sentence)
    return next((mention for mention in beside if mention.mode), head)


def _sure(row: Row, field: str) -> list[Any]:
    """The values of a field, each with its own chance."""
    return [replace(value, chance=_rounded(chance)) for value, chance in row.fields[field].values]


def _people(case: Case, row: Row, side: str) -> list[tuple[Span, Party]]:
    """The words for each party on a side of the row, in the order of the text, with the actor they stand for and the
    chance that it is one.
    """
    found = [
        (_mention_of(case, row, name, side), Party(name, _rounded(chance))) for name, chance in row.fields[side].values
    ]
    return sorted(found, key=lambda party: party[0].start)


def _mention_of(case: Case, row: Row, name: str, side: str) -> Span:
    """The words for a party: those that a rule found beside a telling, else the nearest to the head."""
    ids = case.actors.by_span
    for member in row.members:
        mention = case.tellings[member].mention
        for span in (*_side(mention, side), *mention.actors, *mention.recipients):
            if ids.get((span.start, span.end)) == name:
                return span
    at = case.tellings[row.members[0]].at
    nearest: Span = min(case.parties[name], key=lambda s: (abs(s.start - at), s.start))
    return nearest


def _reasons(case: Case, row: Row, sides: Mapping[str, Sequence[Span]]) -> Iterator[Because]:
    """Why it is an event, and why each field is what it is: the rule that read it, and the chance that it is right."""
    head = case.tellings[row.members[0]]
    ruled = (*head.mention.because, *head.placed[0].because)
    yield from (b for b in ruled if b.field not in row.fields and b.field != "mode")
    yield from (b for b in _moded(case, row).because if b.field == "mode")
    words = ", ".join(dict.fromkeys(case.tellings[m].mention.trigger.quote for m in row.members))
    if row.chance is None:
        yield UNLEARNED.because(words, type=head.mention.type, words=_number(len(row.members)))
    else:
        yield AN_EVENT.because(words, chance=row.chance, words=_number(len(row.members)))
    if head.mention.against:
        yield IN_SPITE.because(head.mention.trigger.quote, why=head.mention.against)
    for name, chosen in row.fields.items():
        by_rule = [b for b in ruled if b.field == name]
        if not chosen.values:
            if name != "counts":
                yield SILENT.because(field=name, chance=chosen.chance)
        elif _is_by_rule(case, row, name, sides):
            yield from by_rule
            yield AS_READ.because(field=name, chance=chosen.chance)
        else:
            yield CHOSEN.because(_words_of(case, row, name, chosen.values[0][0]), field=name, chance=chosen.chance)


def _words_of(case: Case, row: Row, field: str, value: Any) -> str:
    """The words of a value that was chosen; none for a source, which is an attribution with words of its own."""
    if field == "source":
        return ""
    if field in {"actors", "recipients"}:
        return _mention_of(case, row, value, field).quote
    return str(getattr(value, "quote", value))


def _is_by_rule(case: Case, row: Row, name: str, sides: Mapping[str, Sequence[Span]]) -> bool:
    """Whether a field is as the rules read the head."""
    head = case.tellings[row.members[0]]
    placed = head.placed[0]
    if name in sides:
        return tuple(sides[name]) == _side(head.mention, name)
    value: Any = row.fields[name].values[0][0]
    if name == "place":
        own = placed.place
        return own is not None and bool(own.name == value.name and own.country == value.country)
    if name == "date":
        return placed.date is not None and bool(placed.date.edtf == value.edtf)
    if name == "modality":
        return bool(value == head.mention.modality)
    if name == "source":
        return bool(value == placed.chain)
    return all(count in head.mention.counts for count, _ in row.fields[name].values)


def _side(mention: Mention, side: str) -> tuple[Span, ...]:
    return mention.actors if side == "actors" else mention.recipients


def _number(words: int) -> str:
    return "one word tells it" if words == 1 else f"{words} words tell it"


def passed_over(case: Case, rows: Sequence[Row]) -> Iterator[LeftOut]:
    """The tellings that are no row of their own, each with why: another row tells the event, or it is none."""
    yield from case.vetoed
    head_of = {m: row.members[0] for row in rows for m in row.members}
    for n, telling in enumerate(case.tellings):
        trigger = telling.mention.trigger
        words = (trigger.start, trigger.end, trigger.quote)
        if n not in head_of:
            why = telling.mention.against
            if why != ONLY_READ:
                yield LeftOut(*words, what="event", why=f"{telling.mention.type}: {why or NO_EVENT}")
        elif head_of[n] != n:
            head = case.tellings[head_of[n]].mention.trigger
            yield LeftOut(*words, what="event", why=f"told again: the same event as {head.quote!r} at {head.start}")
