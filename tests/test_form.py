"""The JSON form: everything that can be constructed survives the round trip, and what lies is refused."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import form
from dateline.errors import SpanError
from dateline.model import (
    Actor,
    Attribution,
    Because,
    Block,
    Chances,
    CoderInfo,
    Codes,
    Coding,
    Count,
    CountKind,
    Date,
    DatePrecision,
    EventMention,
    Evidence,
    LeftOut,
    Modality,
    Note,
    Participant,
    Place,
    PlacePrecision,
    Report,
    Span,
)

CODER = CoderInfo("hand", "1", "plover 1")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
WORDS = st.text(max_size=12)
MAYBE = st.none() | WORDS
CHANCE = st.none() | st.floats(0, 1)
BECAUSE = st.lists(st.builds(Because, WORDS, WORDS, WORDS), max_size=2).map(tuple)


def at(draw: st.DrawFn, report: Report) -> tuple[int, int, str]:
    start = draw(st.integers(0, len(report.text) - 1))
    end = draw(st.integers(start + 1, len(report.text)))
    return start, end, report.text[start:end]


def some(draw: st.DrawFn, make: Any, most: int = 2) -> tuple[Any, ...]:
    return tuple(make() for _ in range(draw(st.integers(0, most))))


@st.composite
def codings(draw: st.DrawFn) -> Coding:
    text = draw(TEXTS)
    report = Report(
        draw(WORDS), text, (Block(0, len(text), "paragraph"),), draw(MAYBE), draw(MAYBE), published=draw(MAYBE)
    )
    number = st.none() | st.integers(0, 10**9)
    degrees = st.none() | st.floats(-90, 90, allow_nan=False)
    actors = tuple(
        Actor(f"p{i}", draw(WORDS), mentions=(Span(*at(draw, report)),), flags=(draw(WORDS),), because=draw(BECAUSE))
        for i in range(draw(st.integers(0, 2)))
    )
    actor_ids = st.sampled_from([None, *(a.id for a in actors)])
    attributions: list[Attribution] = []
    for i in range(draw(st.integers(0, 3))):
        attributions.append(
            Attribution(
                f"a{i}",
                source=Span(*at(draw, report)) if draw(st.booleans()) else None,
                content=some(draw, lambda: Span(*at(draw, report))),
                kind=draw(st.sampled_from(["direct", "indirect", "mixed"])),
                parent=draw(st.sampled_from([None, *(a.id for a in attributions)])),
                speaker=draw(actor_ids),
                because=draw(BECAUSE),
            )
        )
    chain = (
        st.lists(st.sampled_from([a.id for a in attributions]), max_size=2).map(tuple) if attributions else st.just(())
    )
    place = lambda: Place(  # noqa: E731
        *at(draw, report),
        name=draw(WORDS),
        geonameid=draw(number),
        lat=draw(degrees),
        lon=draw(degrees),
        precision=draw(st.sampled_from(get_args(PlacePrecision))),
        chance=draw(CHANCE),
    )
    date = lambda: Date(  # noqa: E731
        *at(draw, report), edtf=draw(MAYBE), precision=draw(st.sampled_from(get_args(DatePrecision))), basis=draw(WORDS)
    )
    rows = tuple(
        EventMention(
            f"e{i}",
            draw(WORDS),
            Span(*at(draw, report)),
            mode=draw(MAYBE),
            contexts=draw(st.lists(WORDS, max_size=2).map(tuple)),
            codes=Codes(draw(MAYBE), draw(MAYBE), draw(st.none() | st.integers(1, 4))),
            actors=some(draw, lambda: Participant(*at(draw, report), actor=draw(actor_ids), chance=draw(CHANCE))),
            place=place() if draw(st.booleans()) else None,
            modality=draw(st.sampled_from(get_args(Modality))),
            historical=draw(st.booleans()),
            counts=some(
                draw,
                lambda: Count(
                    *at(draw, report),
                    kind=draw(st.sampled_from(get_args(CountKind))),
                    low=draw(number),
                    best=draw(number),
                    high=draw(number),
                    attribution=draw(chain),
                    chance=draw(CHANCE),
                ),
            ),
            attribution=draw(chain),
            evidence=some(draw, lambda: Evidence(*at(draw, report), prefix=draw(WORDS), suffix=draw(WORDS))),
            tellings=some(draw, lambda: Span(*at(draw, report))),
            chance=draw(CHANCE),
            chances=Chances(*draw(st.tuples(*[CHANCE] * len(fields(Chances))))),
            because=draw(BECAUSE),
        )
        for i in range(draw(st.integers(0, 3)))
    )
    shown = draw(st.integers(0, len(rows)))
    return Coding(
        report,
        CODER,
        rows[:shown],
        tuple(attributions),
        some(draw, place),
        some(draw, date),
        actors,
        some(draw, lambda: LeftOut(*at(draw, report), what="event", why=draw(WORDS))),
        some(draw, lambda: Note(draw(WORDS), draw(WORDS))),
        suggestions=rows[shown:],
    )


@given(codings())
def test_every_coding_survives_the_round_trip(coding: Coding) -> None:
    line = form.to_json(coding)
    assert form.from_json(line) == coding
    assert form.to_json(form.from_json(line)) == line


SCHEMA = form.schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@settings(max_examples=40)
@given(codings())
def test_every_coding_fits_the_published_schema(coding: Coding) -> None:
    VALIDATOR.validate(json.loads(form.to_json(coding)))


def test_the_schema_is_itself_valid_and_names_every_key_of_the_design() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) >= {
        *("id", "url", "publisher", "title", "published", "retrieved", "language", "text", "coder"),
        *("events", "attributions", "places", "dates", "actors"),
    }
    assert set(SCHEMA["$defs"]["EventMention"]["properties"]) >= {
        *("id", "type", "mode", "contexts", "codes", "trigger", "actors", "recipients", "place", "date", "modality"),
        *("counts", "attribution", "evidence", "tellings", "chance", "chances", "because", "historical"),
    }


REPORT = Report("r1", "Farmers marched in Delhi.")


def test_a_span_whose_words_do_not_fit_its_length_cannot_be_made() -> None:
    with pytest.raises(SpanError, match=r"Report\.span"):
        Span(0, 7, "Farmer")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 2)])
def test_an_empty_or_backward_span_cannot_be_made(start: int, end: int) -> None:
    with pytest.raises(SpanError):
        Span(start, end, "x" * max(end - start, 0))


def test_a_coding_whose_words_are_not_the_reports_cannot_be_made() -> None:
    wrong = EventMention("e1", "PROTEST", Span(8, 15, "rallied"))
    with pytest.raises(SpanError, match="rallied"):
        Coding(REPORT, CODER, events=(wrong,))


def test_nested_spans_are_checked_too() -> None:
    event = EventMention("e1", "PROTEST", REPORT.span(8, 15), actors=(Participant(0, 7, "Workers"),))
    with pytest.raises(SpanError, match="Workers"):
        Coding(REPORT, CODER, events=(event,))


def test_a_reference_to_nothing_cannot_be_made() -> None:
    event = EventMention("e1", "PROTEST", REPORT.span(8, 15), attribution=("a9",))
    with pytest.raises(ValueError, match="a9"):
        Coding(REPORT, CODER, events=(event,))


def test_two_events_of_one_id_cannot_be_made() -> None:
    event = EventMention("e1", "PROTEST", REPORT.span(8, 15))
    with pytest.raises(ValueError, match="e1"):
        Coding(REPORT, CODER, events=(event, event))


def test_an_event_and_a_suggestion_of_one_id_cannot_be_made() -> None:
    event = EventMention("e1", "PROTEST", REPORT.span(8, 15))
    with pytest.raises(ValueError, match="e1"):
        Coding(REPORT, CODER, events=(event,), suggestions=(event,))


def test_words_and_references_of_suggestions_are_checked_too() -> None:
    with pytest.raises(SpanError, match="rallied"):
        Coding(REPORT, CODER, suggestions=(EventMention("e1", "PROTEST", Span(8, 15, "rallied")),))
    with pytest.raises(ValueError, match="a9"):
        Coding(REPORT, CODER, suggestions=(EventMention("e1", "PROTEST", REPORT.span(8, 15), attribution=("a9",)),))


MARCH = EventMention("e1", "PROTEST", REPORT.span(8, 15))


@pytest.mark.parametrize(
    "wrong",
    [
        replace(MARCH, chance=1.2),
        replace(MARCH, chances=Chances(place=-0.1)),
        replace(MARCH, chance=float("nan")),
        replace(MARCH, actors=(Participant(0, 7, "Farmers", chance=2.0),)),
    ],
)
def test_a_chance_that_is_none_cannot_be_made(wrong: EventMention) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        Coding(REPORT, CODER, events=(wrong,))


def test_what_was_not_judged_is_null_and_not_left_out() -> None:
    (event,) = form.to_dict(Coding(REPORT, CODER, events=(MARCH,)))["events"]
    assert event["chance"] is None
    assert event["chances"] == dict.fromkeys((f.name for f in fields(Chances)), None)


def test_a_form_of_before_chances_is_still_read() -> None:
    old = form.to_dict(Coding(REPORT, CODER, events=(MARCH,)))
    del old["suggestions"]
    for key in ("chance", "chances", "tellings"):
        del old["events"][0][key]
    old["events"][0]["confidence"] = 0.8
    assert form.from_dict(old) == Coding(REPORT, CODER, events=(MARCH,))


@pytest.mark.parametrize("key", ["events", "suggestions"])
def test_a_form_with_background_as_a_modality_is_still_read(key: str) -> None:
    coding = replace(Coding(REPORT, CODER), **{key: (replace(MARCH, historical=True),)})
    old = form.to_dict(coding)
    assert (old[key][0]["modality"], old[key][0].pop("historical")) == ("asserted", True)
    old[key][0]["modality"] = "historical"
    assert form.from_dict(old) == coding
    assert old[key][0]["modality"] == "historical", "what was given stays as it was"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[]", "JSON object"),
        ('{"id": "r1"}', "report.text"),
        (
            '{"id":"r","text":"ab","coder":{"name":"n","version":"1","codebook":"c"},"dates":[{"start":0,"end":2,"quote":"xy",'
            '"edtf":null,"precision":"day","basis":"said"}]}',
            "xy",
        ),
    ],
)
def test_a_damaged_form_is_refused_with_a_reason(line: str, says: str) -> None:
    with pytest.raises(form.FormError, match=says):
        form.from_json(line)
