"""The stages' findings put together: each event with its place, its date, its numbers and who says so."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dateline.codebook.crosswalk.apply import MentionFacts, codes
from dateline.codebook.crosswalk.precision import with_precision
from dateline.codebook.model import Codebook
from dateline.coder.actors.find import ActorsResolved, resolve_actors
from dateline.coder.actors.shown import is_private
from dateline.coder.attribution.chains import PUBLISHER_VOICE, Credited
from dateline.coder.counts.owners import attach_counts
from dateline.coder.events.find import find_mentions
from dateline.coder.events.subject import Subject, mishap_of, subject_of
from dateline.coder.gather import case_of, gathered, no_event, placed_by_rules, why_left_out
from dateline.coder.judge.settle import below_headings, events_of_rows, passed_over
from dateline.coder.placing.headings import handed_down, note_on_headings
from dateline.coder.placing.place import Placed
from dateline.coder.placing.retellings import PeopleAndDeeds, merge_retold
from dateline.coder.relation.types import RelationReader
from dateline.coder.shown import all_suggested, split
from dateline.coder.syntax.model import Parse
from dateline.coder.unnamed import Unnamed
from dateline.lang.en.neutral.loaded_words import neutral_reading
from dateline.model import (
    Actor,
    Attribution,
    Chances,
    CoderInfo,
    Coding,
    Date,
    EventMention,
    Evidence,
    LeftOut,
    Note,
    Participant,
    Report,
    Span,
)
from dateline.resolve.authority.lists import BUILT_IN
from dateline.rules import rule
from dateline.settings import AT_LEAST

if TYPE_CHECKING:
    from dateline.coder.judge.judge import Judge
    from dateline.coder.judge.settle import Settled
    from dateline.resolve.authority.lists import Authority
    from dateline.resolve.gazetteer.lookup import Gazetteer

PUBLISHER = "publisher"
OWN_WORD = rule("source.publisher", "what nobody else is credited with is the publisher's own word")
PUBLISHER_NAMED = rule("name.publisher", "publisher of the report")
PUBLISHER_UNNAMED = rule("name.publisher-unnamed", "the report does not name its publisher")
SURROUNDINGS = 40
"""Code points of text kept before and after the evidence, so that it can be found again in another copy."""
BESIDE = 50
"""Mentions of one place and day that are looked at on either side of one: no report's work grows with its square."""


def assemble(
    parse: Parse,
    codebook: Codebook,
    gazetteer: Gazetteer,
    info: CoderInfo,
    *,
    names: Literal["roles", "keep"] = "roles",
    authority: Authority | None = None,
    relations: RelationReader | None = None,
    judge: Judge | None = None,
    notes: Sequence[Note] = (),
    at_least: float = AT_LEAST,
) -> Coding:
    """The coding of a parsed report.

    Actors are named by the authority list, the built-in one where none is given; ``relations`` judges where the
    codebook's words do not decide; ``judge`` reads the report whole and decides among what the rules found; ``notes``
    are what else is to be said; ``at_least`` is the chance from which on a row is an event.
    """
    report = parse.report
    known = gathered(parse, gazetteer)
    subject = subject_of(report)
    settled: list[Settled] = []
    if judge is not None and judge.can_read(parse):
        case = case_of(parse, known, codebook, judge.reader, names=names, authority=authority, relations=relations)
        rows = judge.rows(case)
        settled.extend(below_headings(report, one, known.sections) for one in events_of_rows(case, rows))
        placed = [s.placed for s in settled]
        actors = case.actors.naming({key: party.actor for s in settled for key, party in s.who.items()})
        left_out = [*passed_over(case, rows), *known.places.left_out]
    else:
        found = attach_counts(parse, find_mentions(parse, codebook, relations), codebook)
        left_out = [*found.left_out, *known.places.left_out]
        mishap = mishap_of(report)
        kinds = {kind.name: kind for kind in codebook.types}
        placed = []
        for mention in found.mentions:
            told = placed_by_rules(parse, mention, known)
            why = why_left_out(mention, known.credited, subject, mishap, kinds[mention.type], told[0].date)
            if why:
                left_out.append(no_event(mention, why))
            else:
                placed += (handed_down(report, one, known.sections) for one in told)
        people = [span for p in placed for span in (*p.mention.actors, *p.mention.recipients)]
        actors = resolve_actors(
            parse, people, known.attributions, names=names, places=known.places.places, authority=authority
        )
        deeds = frozenset(kind.name for kind in codebook.types if kind.speaks_of is None and kind.quad in {2, 4, None})
        placed = merge_retold(placed, PeopleAndDeeds(actors.by_span, actors.persons, deeds))
    sectors = {actor.id: actor.sector or "" for actor in actors.actors}
    tellings = Counter(id(p.mention) for p in placed)
    # A number told of several towns together is nobody's number for one of them.
    facts = [
        _facts(p, known.credited, actors, sectors, known.dates, counted=tellings[id(p.mention)] == 1) for p in placed
    ]
    events = tuple(
        _event(f"e{n}", p, known_facts, parse, actors, codebook, settled[n - 1] if settled else None)
        for n, (p, known_facts) in enumerate(zip(placed, _with_beside(placed, facts), strict=True), start=1)
    )
    unnamed = Unnamed(report, actors.hidden)
    private = frozenset(a.id for a in actors.actors if a.id in actors.persons and is_private(a))
    shown, suggested = split((unnamed.event(event, private) for event in events), at_least)
    return Coding(
        report=report,
        coder=info,
        events=shown,
        suggestions=suggested,
        attributions=tuple(
            replace(a, because=unnamed.reasons(a.because)) for a in _with_publisher(known.attributions, actors)
        ),
        places=unnamed.places(known.places.all()),
        dates=known.dates,
        actors=(_publisher(report.publisher), *actors.actors),
        left_out=tuple(sorted(unnamed.left_out(left_out), key=lambda x: (x.start, x.end, x.what, x.why))),
        notes=(
            *_notes(parse, shown, suggested, left_out, names, authority, dated=known.written),
            *note_on_headings(known.sections),
            *_about(subject, report),
            *notes,
        ),
        wordings=codebook.wordings((event.type, event.mode) for event in events),
    )


def _words(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.quote


def _facts(
    placed: Placed,
    credited: Credited,
    actors: ActorsResolved,
    sectors: Mapping[str, str],
    dates: Sequence[Date],
    *,
    counted: bool,
) -> MentionFacts:
    mention = placed.mention
    return MentionFacts(
        type=mention.type,
        mode=mention.mode,
        contexts=mention.contexts,
        actor_sectors=_sectors(mention.actors, actors, sectors),
        recipient_sectors=_sectors(mention.recipients, actors, sectors),
        counts=tuple(replace(c, attribution=credited.chain(c.start)) for c in mention.counts) if counted else (),
        # conditions look at nouns: "a mob" is a crowd to them as it is to the pipeline
        actors=tuple(neutral_reading(span.quote).text for span in mention.actors),
        recipients=tuple(neutral_reading(span.quote).text for span in mention.recipients),
        sentence=_without_dates(mention.sentence, dates),
        trigger=mention.trigger.quote,
        cameo=mention.cameo,
        modality=mention.modality,
    )


def _without_dates(sentence: Span, dates: Sequence[Date]) -> str:
    """The sentence's words but those of its dates: on 5 March nobody need have marched."""
    first, last = (bisect_left(dates, at, key=lambda d: d.start) for at in (sentence.start, sentence.end))
    parts, at = [], sentence.start
    for date in dates[first:last]:
        parts.append(sentence.quote[at - sentence.start : date.start - sentence.start])
        at = date.end
    return " ".join([*parts, sentence.quote[at - sentence.start :]])


def _with_beside(placed: Sequence[Placed], facts: Sequence[MentionFacts]) -> Iterator[MentionFacts]:
    """Each mention's facts with those of the mentions near it that somebody says happened there on that day.

    What one sentence tells together is together where a place or a day is told of only one of the two.
    """
    together: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for n, other in enumerate(placed):
        if other.mention.modality == "asserted" and not other.mention.historical:
            together[_where_and_when(other)].append(n)
    told: dict[int, list[int]] = defaultdict(list)
    for n, other in enumerate(placed):
        if other.mention.modality == "asserted" and not other.mention.historical:
            told[other.mention.sentence.start].append(n)
    for n, known in enumerate(facts):
        others = together[_where_and_when(placed[n])]
        at = bisect_left(others, n)
        near = others[max(0, at - BESIDE) : at + BESIDE + 1]
        here = told[placed[n].mention.sentence.start][:BESIDE]
        near = sorted({*near, *(i for i in here if _nothing_differs(placed[i], placed[n]))})
        yield replace(known, same_place=tuple(facts[i] for i in near if i != n))


def _nothing_differs(one: Placed, other: Placed) -> bool:
    """Whether two that one sentence tells are told of no two places or days ("fired at students who marched on")."""
    pairs = zip(_where_and_when(one), _where_and_when(other), strict=True)
    return all(a == b or a is None or b is None for a, b in pairs)


def _where_and_when(placed: Placed) -> tuple[str | None, str | None]:
    return placed.place.name if placed.place else None, placed.date.edtf if placed.date else None


def _event(
    id: str,
    placed: Placed,
    facts: MentionFacts,
    parse: Parse,
    actors: ActorsResolved,
    codebook: Codebook,
    judged: Settled | None = None,
) -> EventMention:
    mention = placed.mention
    text = parse.report.text
    found, why = codes(facts, codebook)
    return EventMention(
        id=id,
        type=mention.type,
        trigger=mention.trigger,
        mode=mention.mode,
        contexts=mention.contexts,
        codes=with_precision(found, placed.place, placed.date),
        actors=tuple(_participant(s, actors, judged) for s in mention.actors),
        recipients=tuple(_participant(s, actors, judged) for s in mention.recipients),
        place=placed.place,
        date=placed.date,
        modality=mention.modality,
        historical=mention.historical,
        counts=facts.counts,
        attribution=placed.chain,
        evidence=tuple(_evidence(sentence, text) for sentence in (mention.sentence, *placed.retold)),
        tellings=judged.tellings if judged else (mention.trigger,),
        chance=judged.chance if judged else None,
        chances=judged.chances if judged else Chances(),
        because=(*mention.because, *placed.because, why),
    )


def _sectors(spans: Sequence[Span], actors: ActorsResolved, sectors: Mapping[str, str]) -> tuple[str, ...]:
    """One sector a participant, empty where it is not known."""
    return tuple(sectors.get(actors.by_span.get((s.start, s.end), ""), "") for s in spans)


def _evidence(sentence: Span, text: str) -> Evidence:
    before = text[max(0, sentence.start - SURROUNDINGS) : sentence.start]
    return Evidence(*_words(sentence), prefix=before, suffix=text[sentence.end : sentence.end + SURROUNDINGS])


def _participant(span: Span, actors: ActorsResolved, judged: Settled | None) -> Participant:
    party = judged.who.get((span.start, span.end)) if judged else None
    actor = actors.by_span.get((span.start, span.end))
    return Participant(*_words(span), actor=actor, chance=party.chance if party else None)


def _with_publisher(attributions: Sequence[Attribution], actors: ActorsResolved) -> tuple[Attribution, ...]:
    voice = Attribution(
        PUBLISHER_VOICE,
        kind="direct",
        speaker=PUBLISHER,
        because=(OWN_WORD.because(),),
    )
    return (
        voice,
        *(
            replace(a, parent=a.parent or PUBLISHER_VOICE, speaker=actors.speaker_by_attribution.get(a.id))
            for a in attributions
        ),
    )


def _publisher(name: str | None) -> Actor:
    why = (PUBLISHER_NAMED if name else PUBLISHER_UNNAMED).because()
    return Actor(PUBLISHER, name or "the publisher", role="publisher", sector="JRN", because=(why,))


def _notes(
    parse: Parse,
    events: Sequence[EventMention],
    suggested: Sequence[EventMention],
    left_out: Sequence[LeftOut],
    names: Literal["roles", "keep"],
    authority: Authority | None,
    *,
    dated: bool,
) -> Iterator[Note]:
    if not events:
        considered = sum(x.what == "event" for x in left_out)
        if suggested:
            yield all_suggested(len(suggested))
        elif considered:
            yield Note(
                "all-left-out",
                f"No event was coded: {considered} mentions were considered and left out, each with its reason.",
            )
        else:
            yield Note("no-trigger", "No event was coded: no word of the codebook's triggers stands in the text.")
    elif all(event.modality == "negated" for event in events):
        yield Note("all-negated", "Every event in the report is denied or negated.")
    if names == "keep":
        yield Note("names-kept", "Private people are kept by name, as this run was told to.")
    if authority is not None and authority.name != BUILT_IN:
        yield Note("authority-list", f"Actors are named by the authority list {authority.name}.")
    if parse.report.published is None and not dated:
        yield Note("no-publication-date", "The publication date is not known: weekdays and 'yesterday' get no date.")


def _about(subject: Subject | None, report: Report) -> Iterator[Note]:
    if report.kind == "teasers":
        yield Note(
            "teasers",
            "The page is a list of teasers: what it tells in a sentence or two stands elsewhere in full. Code the "
            "reports that it points to.",
        )
    if subject is not None:
        told = "only what parties of public life do and suffer is coded, and harm to people"
        yield Note("other-subject", f"The report is about {subject}: {told}.")
