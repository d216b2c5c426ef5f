"""What a parsed report says beside its events, and everything that the judge looks at, gathered from the stages."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from dateline.codebook.model import Codebook
from dateline.coder.actors.find import resolve_actors
from dateline.coder.attribution.chains import Credited
from dateline.coder.attribution.find import find_attributions
from dateline.coder.counts.owners import Numbers, attach_counts
from dateline.coder.encoder.pieces import Pieces, renamed
from dateline.coder.events.find import ONLY_READ, find_mentions
from dateline.coder.events.model import Mention
from dateline.coder.events.parties import parties
from dateline.coder.events.subject import Subject, mishap_of, subject_of, why_nobody_harmed, why_not_of_public_life
from dateline.coder.judge.case import Case, Telling
from dateline.coder.judge.proposals import Proposals
from dateline.coder.placing.headings import Section, days_above, sections
from dateline.coder.placing.place import Placed, place
from dateline.coder.relation.types import RelationReader
from dateline.coder.syntax.model import Parse
from dateline.lang.base import language_of
from dateline.lang.clause import clause_of
from dateline.lang.en.neutral.stand_ins import stand_ins
from dateline.model import Attribution, Date, LeftOut
from dateline.resolve.dates import days_written, find_dates
from dateline.resolve.places.find import PlacesFound, find_places

if TYPE_CHECKING:
    from dateline.codebook.model import EventType
    from dateline.coder.encoder.reader import Reader
    from dateline.resolve.authority.lists import Authority
    from dateline.resolve.gazetteer.lookup import Gazetteer


@dataclass(frozen=True, slots=True)
class Known:
    """What a report says beside its events: who says what, its days and its places."""

    attributions: tuple[Attribution, ...]
    credited: Credited
    dates: tuple[Date, ...]
    places: PlacesFound
    written: bool
    """Whether the text itself says when it was written."""
    sections: tuple[Section, ...] = ()
    """What stands below headings that are a place or a day."""


def gathered(parse: Parse, gazetteer: Gazetteer) -> Known:
    """What a parsed report says beside its events."""
    report = parse.report
    attributions = find_attributions(parse)
    language = language_of(parse.doc)
    phrases = language.date_phrases()
    below = sections(report, gazetteer, phrases)
    written = sorted((*days_written(report, phrases), *days_above(below)))
    dates = find_dates(
        report.text,
        report.published,
        tense_at=language.tense_reader(parse.doc),
        phrases=phrases,
        written=written,
    )
    places = find_places(parse.doc, report, gazetteer, dates)
    return Known(tuple(attributions), Credited(attributions), tuple(dates), places, bool(written), below)


def case_of(
    parse: Parse,
    known: Known,
    codebook: Codebook,
    reader: Reader,
    *,
    names: Literal["roles", "keep"] = "roles",
    authority: Authority | None = None,
    relations: RelationReader | None = None,
) -> Case:
    """A parsed report as the judge looks at it, before anything is decided."""
    report = parse.report
    words = parse.reading.pieces if parse.reading else Pieces([], [], [])
    whole = reader.read(renamed(words, stand_ins(parse.doc, parse.names), reader.tokenizer))

    found = find_mentions(parse, codebook, relations, Proposals(whole, reader.kinds, codebook))
    numbers = Numbers(parse)
    ruled = attach_counts(parse, found, codebook, numbers).mentions
    others = attach_counts(parse, replace(found, mentions=found.considered, left_out=()), codebook, numbers).mentions
    subject, mishap = subject_of(report), mishap_of(report)
    kinds = {kind.name: kind for kind in codebook.types}
    tellings: list[Telling] = []
    vetoed: list[LeftOut] = []
    starts = [s.start_char for s in parse.doc.sents]
    for mention in sorted((*ruled, *others), key=lambda m: (m.trigger.start, bool(m.against), m.trigger.end, m.type)):
        pieces = whole.pieces.within(mention.trigger.start, mention.trigger.end)
        if not pieces:
            continue
        told = placed_by_rules(parse, mention, known)
        veto = _veto(mention, subject, mishap, kinds[mention.type], told[0].date)
        if veto:
            if mention.against != ONLY_READ:
                vetoed.append(no_event(mention, veto))
            continue
        why = mention.against or _unspoken(mention, known.credited)
        told = tuple(replace(p, mention=replace(p.mention, against=why or "")) for p in told)
        tellings.append(Telling(told, pieces, max(0, bisect_right(starts, mention.trigger.start) - 1)))
    people = [s for t in tellings for s in (*t.mention.actors, *t.mention.recipients)]
    actors = resolve_actors(
        parse,
        [*people, *parties(parse)],
        known.attributions,
        names=names,
        places=known.places.places,
        authority=authority,
    )
    return Case(
        parse,
        whole,
        reader,
        tuple(tellings),
        actors,
        tuple(known.places.all()),
        known.dates,
        known.attributions,
        tuple(vetoed),
    )


def placed_by_rules(parse: Parse, mention: Mention, known: Known) -> tuple[Placed, ...]:
    """A mention at each of the places that its words give it, with its date and who says so."""
    chain = known.credited.chain(mention.trigger.start)
    return tuple(place(parse, mention, known.places.places, known.dates, chain, known.places.apart))


def why_left_out(
    mention: Mention,
    credited: Credited,
    subject: Subject | None,
    mishap: str | None,
    kind: EventType,
    date: Date | None,
) -> str | None:
    """Why the rules leave out an event that the codebook's words name."""
    return _unspoken(mention, credited) or _veto(mention, subject, mishap, kind, date)


def _veto(
    mention: Mention, subject: Subject | None, mishap: str | None, kind: EventType, date: Date | None
) -> str | None:
    """Why no chance makes an event of it: the report is of another subject, or of an accident in which nobody acts."""
    return why_nobody_harmed(mention, mishap) or why_not_of_public_life(mention, kind, subject, date)


def no_event(mention: Mention, why: str) -> LeftOut:
    """A mention that is no event, with why."""
    trigger = mention.trigger
    return LeftOut(trigger.start, trigger.end, trigger.quote, what="event", why=why)


def _unspoken(mention: Mention, credited: Credited) -> str | None:
    """Why words in quotation marks are no event: nobody is credited with them (a slogan, a title, scare quotes)."""
    quotation = clause_of(mention.root).quotation
    if quotation is None or credited.is_told(quotation.start, quotation.end):
        return None
    return "inside quotation marks, and nobody is credited with the words"
