"""The sample reports: that they are read cleanly, and that their codings are what a careful reader expects."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.export.words import according_to, date_words, place_words, sentence
from dateline.form import to_json
from dateline.intake import read_path
from dateline.model import CODED_BLOCKS, Coding, EventMention, Report, Span
from dateline.samples import sample_paths
from sample_expectations import SAMPLES, Absent, Event, Number, Sample

if TYPE_CHECKING:
    from dateline.coder.machine import MachineCoder

SNAPSHOTS = Path(__file__).parent / "snapshots"
DEBRIS = ("cookie", "subscribe", "sign up", "all rights", "share this", "read also", "photo:", "/sample", "filed under")
FOUND, KEPT_OUT = 0.82, 0.82
"""The shares of the expectations that must be met. Raise them as the coder gets better; lowering is a visible act."""


@cache
def reports() -> dict[str, Report]:
    """Every sample report under the name that expectations and snapshots use."""
    read: dict[str, Report] = {}
    for path in sample_paths():
        for report in read_path(path):
            assert isinstance(report, Report), report
            read[report.id if path.suffix == ".jsonl" else path.stem] = report
    return read


def coded_text(report: Report) -> str:
    return "\n\n".join(report.text[b.start : b.end] for b in report.blocks if b.kind in CODED_BLOCKS)


@pytest.fixture(scope="module")
def codings(coder: MachineCoder) -> dict[str, Coding]:
    return dict(zip(reports(), coder.code_many(reports().values()), strict=True))


def test_every_sample_has_expectations() -> None:
    assert sorted(reports()) == sorted(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_read_whole_and_clean(name: str) -> None:
    report = reports()[name]
    text = coded_text(report)
    assert 130 <= len(text.split()) <= 400
    assert report.language == "en"
    assert [word for word in DEBRIS if word in text.casefold()] == []
    wanted = [e.near for e in SAMPLES[name].events] + [a.near for a in SAMPLES[name].absent]
    assert [near for near in wanted if near not in " ".join(text.split())] == []


@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in {"london-march", "minsk-opposition"}])
def test_a_page_tells_its_outlet_title_and_day(name: str) -> None:
    report = reports()[name]
    # The outlets are invented, and every one of them says so in its name.
    assert report.publisher is not None
    assert report.publisher.startswith("Sample ")
    assert report.title
    assert re.fullmatch(r"20\d\d-\d\d-\d\d(T.*)?", report.published or "")


@pytest.mark.parametrize("name", ["london-march", "minsk-opposition"])
def test_plain_text_has_no_publication_date(name: str) -> None:
    assert reports()[name].published is None


@pytest.mark.model
@pytest.mark.parametrize("name", SAMPLES)
def test_snapshot_of_a_coding(name: str, codings: dict[str, Coding], request: pytest.FixtureRequest) -> None:
    _compare(
        SNAPSHOTS / f"{name}.txt", readable(name, codings[name]), update=request.config.getoption("update_snapshots")
    )


@pytest.mark.model
def test_what_a_careful_reader_expects(codings: dict[str, Coding], request: pytest.FixtureRequest) -> None:
    """Every expectation is met, or its miss is on record; and the misses stay few."""
    missed = [f"{name}: {miss}" for name in SAMPLES for miss in _missing(SAMPLES[name], codings[name])]
    wrong = [f"{name}: {fault}" for name in SAMPLES for fault in _unwanted(SAMPLES[name], codings[name])]
    false = [f"{name}: {fault}" for name in SAMPLES for fault in _barred(SAMPLES[name].false, codings[name])]
    wanted = sum(len(s.events) + len(s.numbers) + len(s.speakers) + bool(s.two_spellings) for s in SAMPLES.values())
    barred = sum(len(s.absent) + len(s.never_places) + len(s.never_dates) for s in SAMPLES.values())
    lines = (
        f"{wanted - len(missed)} of the {wanted} things that should be found are found. Not found, or not as expected:",
        *("", *missed, ""),
        f"{barred - len(wrong)} of the {barred} things that should not be coded are not. Coded all the same:",
        *("", *wrong, ""),
        "Told all the same, though it is false:",
        *("", *false),
    )
    path = SNAPSHOTS / "expectations.txt"
    _compare(path, "\n".join(lines) + "\n", update=request.config.getoption("update_snapshots"))
    assert 1 - len(missed) / wanted >= FOUND
    assert 1 - len(wrong) / barred >= KEPT_OUT


@pytest.mark.model
def test_no_event_rests_on_debris_or_headings(codings: dict[str, Coding]) -> None:
    for coding in codings.values():
        coded = [b for b in coding.report.blocks if b.kind in CODED_BLOCKS]
        for event in coding.events:
            assert any(b.start <= event.trigger.start and event.trigger.end <= b.end for b in coded), event


@pytest.mark.model
def test_the_publisher_is_the_outermost_source_of_everything(codings: dict[str, Coding]) -> None:
    for coding in codings.values():
        outermost = {a.id for a in coding.attributions if a.parent is None}
        assert len(outermost) == 1
        for event in coding.events:
            assert event.attribution[0] in outermost


@pytest.mark.model
def test_the_same_report_gives_the_same_bytes(coder: MachineCoder, codings: dict[str, Coding]) -> None:
    # Alone and in a batch: what stands beside a report must not change its coding.
    name = "khartoum-wire"
    assert to_json(coder.code(reports()[name])) == to_json(codings[name])


def _missing(sample: Sample, coding: Coding) -> Iterator[str]:
    for event in sample.events:
        yield from _missed_event(event, coding)
    for number in sample.numbers:
        if not any(_is_number(number, event, coding) for event in coding.events):
            yield f"number {number.kind} {number.figure}" + (f" according to {number.says}" if number.says else "")
    for speaker in sample.speakers:
        if not _speaks(speaker, tuple(a.id for a in coding.attributions), coding):
            yield f"speaker {speaker}"
    if sample.two_spellings:
        quotes = [" ".join(m.quote for m in actor.mentions) for actor in coding.actors if actor.flags]
        if not any(all(spelling in quote for spelling in sample.two_spellings) for quote in quotes):
            yield f"one flagged actor for {' and '.join(sample.two_spellings)}"


def _barred(barred: Iterable[Absent], coding: Coding) -> Iterator[str]:
    for absent in barred:
        if any(_is_absent(absent, event, coding.report) for event in coding.events):
            yield f"{absent.type} near {absent.near!r}"


def _unwanted(sample: Sample, coding: Coding) -> Iterator[str]:
    yield from _barred(sample.absent, coding)
    placed = {event.place.name for event in coding.events if event.place}
    yield from (f"placed at {name}" for name in sample.never_places if name in placed)
    dated = [event.date.edtf or "" for event in coding.events if event.date]
    yield from (f"dated {day}" for day in sample.never_dates if any(edtf.startswith(day) for edtf in dated))


def readable(name: str, coding: Coding) -> str:
    """A coding as a page that a person can read and compare line by line."""
    lines = [f"{name} ({coding.report.publisher}, {coding.report.published}), coded by {coding.coder.codebook}", ""]
    for event in coding.events:
        mode = f"/{event.mode}" if event.mode else ""
        earlier = ", historical" if event.historical else ""
        numbers = "".join(f"; {c.kind} {c.low}..{c.best}..{c.high} “{_line(c.quote)}”" for c in event.counts)
        lines += [
            f"{event.type}{mode} {event.modality}{earlier} “{_line(event.trigger.quote)}”{numbers}",
            f"    {sentence(coding, event)}",
            f"    {place_words(event.place)}; {date_words(event.date)}"
            + (f" [{event.date.edtf}, {event.date.basis}]" if event.date else "")
            + f"; according to {according_to(coding, event.attribution)}",
            *(f"    “{_line(e.quote)}”" for e in event.evidence),
        ]
    lines += ["", "Who says what:"]
    for a in coding.attributions:
        if a.source or a.cue or a.content:
            said = " … ".join(_line(c.quote) for c in a.content)
            who = a.source.quote if a.source else "(nobody named)"
            cue = a.cue.quote if a.cue else "-"
            lines.append(f"    {a.id} in {a.parent}: {_line(who)} | {_line(cue)} | {said}")
    lines += ["", "Left out:", *(f"    {x.what} “{_line(x.quote)}”: {x.why}" for x in coding.left_out)]
    lines += [f"Note {note.code}: {note.message}" for note in coding.notes]
    return "\n".join(lines) + "\n"


def _missed_event(wanted: Event, coding: Coding) -> Iterator[str]:
    types = wanted.type.split("|")
    near = [e for e in coding.events if e.type in types and _touches(e.tellings, wanted.near, coding.report)]
    label = f"event {wanted.type} near {wanted.near!r}"
    if not near:
        yield label
        return
    # Of several mentions at these words, such as one a town, the one that fits best is judged.
    yield from min(([f"{label}: {x}" for x in _wrong(wanted, e, coding)] for e in near), key=len)[:1]


def _wrong(wanted: Event, event: EventMention, coding: Coding) -> Iterator[str]:
    if wanted.place and not (event.place and _says_one_of(wanted.place, f"{event.place.name} {event.place.quote}")):
        yield f"place {wanted.place}, not {event.place.name if event.place else None}"
    if wanted.date and not (event.date and (event.date.edtf or "").startswith(wanted.date)):
        yield f"date {wanted.date}, not {event.date.edtf if event.date else None}"
    if wanted.modality and event.modality != wanted.modality:
        yield f"modality {wanted.modality}, not {event.modality}"
    if wanted.historical is not None and event.historical != wanted.historical:
        yield f"historical {wanted.historical}"
    if wanted.actor and not _says_one_of(wanted.actor, " ; ".join(p.quote for p in event.actors)):
        yield f"actor {wanted.actor}, not {[p.quote for p in event.actors]}"
    if wanted.says and not _speaks(wanted.says, event.attribution, coding):
        yield f"according to {wanted.says}"


def _is_number(wanted: Number, event: EventMention, coding: Coding) -> bool:
    return any(
        count.kind == wanted.kind
        and wanted.figure in {count.low, count.best, count.high}
        and (wanted.says is None or _speaks(wanted.says, (*count.attribution, *event.attribution), coding))
        for count in event.counts
    )


def _is_absent(wanted: Absent, event: EventMention, report: Report) -> bool:
    return (
        wanted.type in {"*", event.type}
        and _touches([event.trigger], wanted.near, report)
        and (wanted.at_all or (event.modality == "asserted" and not event.historical))
    )


def _speaks(who: str, attributions: tuple[str, ...], coding: Coding) -> bool:
    names = {actor.id: actor.name for actor in coding.actors}
    said = [a for a in coding.attributions if a.id in attributions]
    return any(
        _says_one_of(who, f"{a.source.quote if a.source else ''} ; {names.get(a.speaker or '', '')}") for a in said
    )


def _says_one_of(alternatives: str, words: str) -> bool:
    """One of the ``|`` alternatives stands in the words; a short one such as a pronoun only as a word of its own."""
    return any(
        re.search(rf"\b{re.escape(x)}\b" if len(x) < 4 else re.escape(x), words, re.IGNORECASE)
        for x in alternatives.split("|")
    )


def _touches(told: Iterable[Span], near: str, report: Report) -> bool:
    """Some of what tells the event overlaps an occurrence of the words, which line ends in the text may break."""
    pattern = re.escape(near).replace(r"\ ", r"\s+")
    there = [m.span() for m in re.finditer(pattern, report.text)]
    return any(start < span.end and span.start < end for start, end in there for span in told)


def _line(words: str) -> str:
    return " ".join(words.split())


def _compare(path: Path, now: str, *, update: bool) -> None:
    if update:
        path.write_text(now, encoding="utf-8")
        return
    if not path.exists():
        pytest.fail(f"{path.name} is missing; write it with: pytest --update-snapshots")
    before = path.read_text(encoding="utf-8")
    if before != now:
        difference = "\n".join(
            difflib.unified_diff(before.splitlines(), now.splitlines(), "kept", "now", lineterm="", n=1)
        )
        pytest.fail(f"{path.name} has changed; accept it with: pytest --update-snapshots\n{difference}")
