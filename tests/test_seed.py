"""A real partisan page, held to what a human expert would make of it. Skipped where the page is not at hand.

``DATELINE_DATA`` names the folder that holds ``seed/report.txt``; the text itself is not part of the project.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dateline.coder.machine import MachineCoder
from dateline.export.words import sentence
from dateline.intake import read_text
from dateline.model import Coding, EventMention

PAGE = Path(os.environ.get("DATELINE_DATA", "")) / "seed" / "report.txt"

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not PAGE.is_file(), reason="DATELINE_DATA does not hold seed/report.txt"),
]


@pytest.fixture(scope="module")
def coding(coder: MachineCoder) -> Coding:
    return coder.code(read_text(PAGE.read_text(encoding="utf-8"), published="2020-01-19", publisher="The page"))


def chain(coding: Coding, event: EventMention) -> list[str]:
    """Who says so, outermost first, as the report words it."""
    by_id = {a.id: a for a in coding.attributions}
    return [source.quote if (source := by_id[i].source) else "" for i in event.attribution]


def events(coding: Coding, type: str, trigger: str = "") -> list[EventMention]:
    return [e for e in coding.events if e.type == type and trigger in e.trigger.quote]


def test_the_destruction_of_posters_is_an_event_in_each_named_city(coding: Coding) -> None:
    destroyed = [e for e in coding.events if (e.type, e.mode) == ("PROTEST", "vandalize")]
    places = [(e.place.quote, e.place.country) for e in destroyed if e.place]
    cities = ["Tehran", "Kerman", "Zanjan", "Iranshahr", "Fassa", "Lahijan", "Tabriz", "Zahedan", "Masjed Soleiman"]
    assert sorted(places) == sorted((city, "IR") for city in cities)
    assert all(e.place is not None and e.place.lat is not None for e in destroyed)
    for event in destroyed:
        assert [a.quote.split()[-1] for a in event.actors] == ["youth"]
        assert event.date is not None
        assert (event.date.edtf, event.date.precision) == ("2020-01-17", "day")


def test_the_rally_has_its_place_and_its_people(coding: Coding) -> None:
    rally = events(coding, "PROTEST", "rally")[0]
    assert rally.place is not None
    assert (rally.place.country, rally.place.precision) == ("GB", "site")
    assert "Trafalgar Square" in rally.place.quote
    assert any("communities" in a.quote for a in rally.actors)
    assert any(a.quote.startswith("supporters") for a in rally.actors)
    assert rally.date is None


def test_one_rally_is_one_event_however_often_it_is_named(coding: Coding) -> None:
    assert len([e for e in events(coding, "PROTEST", "rally") if e.modality == "asserted"]) == 1


def test_every_speaker_is_there_with_words(coding: Coding) -> None:
    spoken: dict[str, int] = {}
    for attribution in coding.attributions:
        for span in attribution.content:
            who = next((a.name for a in coding.actors if a.id == attribution.speaker), "")
            spoken[who] = spoken.get(who, 0) + len(span.quote)
    for name in ("Khamenei", "Mohaddessin", "Pound", "Fowler", "Scutt", "Amnesty"):
        assert any(name in who and size > 40 for who, size in spoken.items()), (name, spoken)


def test_nested_speech_is_nested(coding: Coding) -> None:
    by_id = {a.id: a for a in coding.attributions}
    admitted = next(a for a in coding.attributions if a.cue and a.cue.quote.startswith("admitted"))
    assert admitted.parent is not None
    outer = by_id[admitted.parent]
    assert outer.source is not None
    assert "Mohaddessin" in outer.source.quote


def test_two_spellings_of_one_speaker_are_one_actor_with_a_flag(coding: Coding) -> None:
    pound = next(a for a in coding.actors if "Pound" in a.name)
    assert any("Proud" in mention.quote for mention in pound.mentions)
    assert any("Proud" in flag for flag in pound.flags)


def test_the_force_is_told_under_the_name_of_who_accuses(coding: Coding) -> None:
    force = next(e for e in events(coding, "ASSAULT") if "brutal" in e.evidence[0].quote)
    assert "Amnesty" in chain(coding, force)[-1]
    assert any("security forces" in a.quote for a in force.actors)
    assert any("protesters" in r.quote for r in force.recipients)


def test_the_accusation_is_told_of_who_makes_it(coding: Coding) -> None:
    (accused,) = [e for e in events(coding, "ACCUSE", "said") if "Amnesty" in e.evidence[0].quote]
    assert any("Amnesty" in a.quote for a in accused.actors)


def test_dates_follow_from_the_publication_date_and_nothing_else(coding: Coding) -> None:
    assert {e.date.edtf for e in coding.events if e.date} <= {"2020-01-17"}


def test_no_event_stands_in_a_slogan_a_title_or_the_name_of_a_group(coding: Coding) -> None:
    placed = {e.place.quote for e in coding.events if e.place}
    assert not placed & {"Gaza", "Lebanon", "England", "Wales", "Cambridge", "Northern Ireland", "Ukrainian"}


def test_the_downing_is_not_placed_where_people_rally_against_it(coding: Coding) -> None:
    downing = next(e for e in coding.events if "downing" in e.trigger.quote)
    assert downing.place is None or downing.place.country != "GB"
    assert any("IRGC" in a.quote or "Guards" in a.quote for a in downing.actors)


def test_crowds_of_rhetoric_are_no_counts(coding: Coding) -> None:
    assert [c.quote for e in coding.events for c in e.counts] == []


def test_headings_captions_and_debris_are_not_coded(coding: Coding) -> None:
    text = coding.report.text
    coded = [e for b in coding.report.blocks if b.kind not in {"paragraph", "list"} for e in coding.events
             if b.start <= e.trigger.start < b.end]  # fmt: skip
    assert coded == []
    for debris in ("MEK activities", "Tags:", "Copyright", "Social media"):
        at = text.index(debris)
        block = next(b for b in coding.report.blocks if b.start <= at < b.end)
        assert block.kind not in {"paragraph", "list"}


LOADED = ("regime", "thugs", "mastermind", "defiant", "mullahs", "theocracy", "despicable", "Bassiji", "suppressive")


def test_loaded_words_stand_only_in_quotations(coding: Coding) -> None:
    names = " ".join(a.name for a in coding.actors if a.id != "publisher")
    assert not [word for word in LOADED if word.lower() in names.lower()]
    told = " ".join(sentence(coding, event) for event in coding.events)
    assert not [word for word in LOADED if word.lower() in told.lower()]
