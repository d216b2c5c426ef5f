"""Pages of sport, business, culture, weather and the like: what they tell in words of conflict is no event."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from dateline.coder.events.subject import mishap_of, subject_of
from dateline.intake import read_text

if TYPE_CHECKING:
    from dateline.coder.machine import MachineCoder
    from dateline.model import Report

FOLDER = Path(__file__).parent / "off_topic"
PAGES_A_ROW = 5
"""At most one row in so many pages."""


def pages() -> list[Report]:
    found = [
        (path.stem, text)
        for path in sorted(FOLDER.glob("*.yaml"))
        for text in yaml.safe_load(path.read_text())["pages"]
    ]
    return [
        read_text(text, id=f"{name}-{n}", language="en", published="2024-03-06") for n, (name, text) in enumerate(found)
    ]


@pytest.mark.model
def test_pages_that_tell_of_no_conflict_give_hardly_a_row(coder: MachineCoder) -> None:
    reports = pages()
    rows = {coding.report.id: len(coding.events) for coding in coder.code_many(reports)}
    assert len(reports) >= 60
    assert sum(rows.values()) * PAGES_A_ROW <= len(reports), {name: n for name, n in rows.items() if n}


@pytest.mark.model
def test_what_is_left_out_there_says_why_and_the_coding_says_what_the_report_is_about(coder: MachineCoder) -> None:
    coding = coder.code(
        read_text(
            "The champions beat Metz in the cup. Their goalkeeper accused the referee of ignoring a foul.",
            language="en",
        )
    )
    assert coding.events == ()
    assert "other-subject" in {note.code for note in coding.notes}
    assert any("the report is about sport" in left.why for left in coding.left_out)


def subject(text: str, title: str | None = None) -> str | None:
    found = subject_of(read_text(text, language="en", title=title))
    return found.name if found else None


def test_a_subject_is_told_by_several_words_of_it() -> None:
    assert subject("The goalkeeper saved a penalty in the cup match.") == "sport"
    assert subject("The retailer's shareholders will get a dividend.") == "business"
    assert subject("The goalkeeper went home.") is None
    assert subject("The goalkeeper sold a novel about the weather.") is None
    assert subject("The goalkeeper, the goalkeeper and the goalkeeper went home.") is None


def test_words_of_public_life_count_against_it() -> None:
    assert subject("Police arrested the goalkeeper after the cup match; protesters stormed the ministry.") is None


def test_films_have_soldiers_of_their_own() -> None:
    assert subject("The novel, the film and the play tell of soldiers, rebels and police.") == "stories"


def test_the_title_counts_too() -> None:
    assert subject("The cup match went to the hosts.", title="Goalkeeper saves penalty") == "sport"


def test_a_mishap_is_one_where_nothing_deliberate_is_told() -> None:
    assert mishap_of(read_text("A bus overturned. Nine were killed.", language="en")) == "overturned"
    assert mishap_of(read_text("A bus overturned when a bomb went off.", language="en")) is None
    assert mishap_of(read_text("Nine were killed.", language="en")) is None
