"""Who took part in an event, and who says so, by a person's word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from dateline.errors import SheetError, did_you_mean
from dateline.evaluate.gold.columns import split
from dateline.evaluate.gold.locate import nearest
from dateline.evaluate.values import UNNAMED_SOURCE
from dateline.export.countries import alpha_2
from dateline.export.formats.columns import SEPARATOR
from dateline.export.words import chain, participants, publisher
from dateline.model import Actor, Attribution, Coding, EventMention, Participant, Span
from dateline.resolve.authority.file import SECTORS
from dateline.rules import Rule

LONGEST_NAME = 160
"""Characters of a name that every export shows."""
_CITED = ", cited by "


@dataclass(slots=True)
class People:
    """The actors and attributions of a coding, with those that a person adds; nobody who is there already changes.

    ``rule`` says that a person gave a value, ``who`` which one.
    """

    coding: Coding
    rule: Rule
    who: str
    actors: dict[str, Actor] = field(init=False)
    attributions: dict[str, Attribution] = field(init=False)

    def __post_init__(self) -> None:
        self.actors = {actor.id: actor for actor in self.coding.actors}
        self.attributions = {attribution.id: attribution for attribution in self.coding.attributions}

    def parties(self, event: EventMention, role: str, edits: Mapping[str, str]) -> tuple[Participant, ...]:
        """The actors or recipients (``role``) of an event after edits of their names, countries and sectors."""
        people = event.actors if role == "actor" else event.recipients
        coding = replace(self.coding, actors=tuple(self.actors.values()))
        told = participants(coding, people, once=False)
        names = split(edits[f"{role}s"]) if f"{role}s" in edits else tuple(name for name, _ in told)
        countries = self._aligned(f"{role}_countries", edits, names)
        sectors = self._aligned(f"{role}_sectors", edits, names)
        left = [(name, person) for (name, _), person in zip(told, people, strict=True)]
        found = []
        for n, name in enumerate(names):
            if len(name) > LONGEST_NAME:
                raise SheetError(f"{name[:40]!r} ... is longer than a name", "shorten it to 160 characters")
            known = next((pair for pair in left if pair[0] == name), None)
            if known is not None:
                left.remove(known)
            person = known[1] if known else self._new(event, name)
            country = _country(countries[n]) if countries is not None else None
            sector = _sector(sectors[n]) if sectors is not None else None
            found.append(self._with(person, name, country, countries is not None, sector, sectors is not None))
        return tuple(found)

    def told(self, event: EventMention, words: str) -> tuple[str, ...]:
        """The attributions that tell of an event, outermost first, after an edit of who says so.

        The words are those of the sheet: the innermost speaker first, the publisher last or left out.
        """
        own = publisher(self.coding)
        speakers = [name.strip() for name in words.split(_CITED) if name.strip()]
        if speakers and speakers[-1].casefold() in {own.casefold(), own.removeprefix("the publisher ").casefold()}:
            speakers.pop()
        known = chain(self.coding, event.attribution)[:-1]
        told = [self._publisher()]
        for name in reversed(speakers):
            if len(name) > LONGEST_NAME:
                raise SheetError(f"{name[:40]!r} ... is longer than a name", "shorten it to 160 characters")
            again = self._said(event, name) if name in known else None
            told.append(again or self._says(event, name, told[-1]))
        return tuple(told)

    def _aligned(self, column: str, edits: Mapping[str, str], names: Sequence[str]) -> tuple[str, ...] | None:
        if column not in edits:
            return None
        cell = edits[column]
        values = tuple(part.strip() for part in cell.split(SEPARATOR.strip())) if cell else ("",) * len(names)
        if len(values) != len(names):
            raise SheetError(
                f"the column {column!r} has {len(values)} values for {len(names)} names",
                f"write one for each, in order, with nothing between two bars for one that is not known: FR |{' '}",
            )
        return values

    def _with(
        self, person: Participant, name: str, country: str | None, countries: bool, sector: str | None, sectors: bool
    ) -> Participant:
        """The participant with a country and a sector that were told; the actor whom others share stays as it is."""
        actor = self.actors.get(person.actor or "")
        known = (actor.country, actor.sector) if actor else (None, None)
        wanted = country if countries else known[0], sector if sectors else known[1]
        if wanted == known:
            return person
        base = actor or Actor("", name)
        return replace(person, actor=self._add(replace(base, country=wanted[0], sector=wanted[1])))

    def _new(self, event: EventMention, name: str) -> Participant:
        """Somebody whom the coding did not have there, where the report names them nearest to the event."""
        span = _span(event, name, self.coding)
        actor = next((id for id, actor in self.actors.items() if actor.name == name), None)
        return Participant(span.start, span.end, span.quote, actor or self._add(Actor("", name)))

    def _add(self, actor: Actor) -> str:
        made = replace(actor, because=(*actor.because, self.rule.because(field="name", who=self.who)))
        for known in self.actors.values():
            if replace(known, id="") == replace(made, id=""):
                return known.id
        name = _free("p", self.actors)
        self.actors[name] = replace(made, id=name)
        return name

    def _publisher(self) -> str:
        for attribution in self.attributions.values():
            if not (attribution.source or attribution.cue or attribution.content):
                return attribution.id
        name = _free("a", self.attributions)
        self.attributions[name] = Attribution(name)
        return name

    def _said(self, event: EventMention, name: str) -> str | None:
        """The attribution of the event whose speaker is told by this name."""
        for one in event.attribution:
            if chain(self.coding, [one])[0] == name:
                return one
        return None

    def _says(self, event: EventMention, name: str, parent: str) -> str:
        quoted = name.strip("“”")
        source = nearest(quoted, self.coding.report, event.trigger, event.evidence[0] if event.evidence else None)
        speaker = next((id for id, actor in self.actors.items() if actor.name == name), None)
        if name == UNNAMED_SOURCE:
            source = None
        elif speaker is None and (source is None or quoted == name):
            speaker = self._add(Actor("", name))
        made = Attribution(
            _free("a", self.attributions),
            source,
            None,
            (event.evidence[0] if event.evidence else event.trigger,),
            parent=parent,
            speaker=speaker,
            because=(self.rule.because(field="source", who=self.who),),
        )
        self.attributions[made.id] = made
        return made.id


def _span(event: EventMention, name: str, coding: Coding) -> Span:
    within = event.evidence[0] if event.evidence else None
    return nearest(name.strip("“”"), coding.report, event.trigger, within) or within or event.trigger


def _country(told: str) -> str | None:
    if not told:
        return None
    code = alpha_2(told)
    if code is None:
        raise SheetError(f"{told!r} is no country", "write its ISO 3166-1 code (FR or FRA) or its English name")
    return code


def _sector(told: str) -> str | None:
    if not told:
        return None
    code = told.upper()
    if code not in SECTORS:
        raise SheetError(f"{told!r} is no sector code", did_you_mean(code, SECTORS, what="sector codes"))
    return code


def _free(letter: str, taken: Mapping[str, object]) -> str:
    return next(name for name in _numbered(letter) if name not in taken)


def _numbered(letter: str) -> Iterator[str]:
    return (f"{letter}{n}" for n in count(1))
