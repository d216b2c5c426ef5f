"""The map and the time line: each place as what is known of it, each number the index's, and what may leave."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

import numpy as np
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ReviewError
from dateline.export.page.map.projection import WIDTH
from dateline.intake import Failure
from dateline.model import Coding, Report
from dateline.resolve.gazetteer.lookup import Gazetteer
from dateline.resolve.gazetteer.points import distance_km
from dateline.review.app import create_app
from dateline.review.showing import shown
from dateline.review.showing.countries import area_of
from dateline.review.showing.drawing import box_of, draw, whole_view, window
from dateline.review.showing.extents import Extents
from dateline.review.showing.filters import filters_of
from dateline.review.showing.line_drawing import steps
from dateline.review.showing.lines import line_shown, stretch_words
from dateline.review.showing.marks import key_of, kind_of, marks_of, picked
from dateline.review.showing.publish import published
from dateline.review.workspace import Workspace
from dateline.store.index.lines import PlaceCount
from dateline.store.index.memory.columns import Columns
from dateline.store.index.memory.timing import count_times
from dateline.store.index.query import Query
from dateline.store.log.entries import Wanted, checked, entries
from dateline.store.review.marks import set_mark
from showing_cases import ADA, GUEST, NAIROBI, NAME, ROWS, coded, workspace_of_places
from store_cases import code_anew

ANY = Query()
SVG = "{http://www.w3.org/2000/svg}"


class Towns:
    """A gazetteer that knows the towns of one province alone."""

    def __init__(self, *points: tuple[float, float]) -> None:
        self.points = points
        self.asked = 0

    def towns(self, country: str) -> list[tuple[str | None, str | None, float, float]]:
        self.asked += 1
        return [("Turkana", None, *point) for point in self.points] if country == "KE" else []


def extents(*points: tuple[float, float]) -> Extents:
    return Extents(cast("Gazetteer", Towns(*points)))


TEN = tuple((3.0 + 0.1 * n, 35.0) for n in range(1, 11))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace_of_places(tmp_path_factory.mktemp("shown") / "p") as found:
        found.__dict__["extents"] = extents(*TEN)
        yield found


def client(workspace: Workspace, person: Any = ADA) -> TestClient:
    return TestClient(create_app(replace(workspace, local=person)), base_url="http://127.0.0.1:8400")


def get(workspace: Workspace, address: str, person: Any = ADA) -> str:
    asked = client(workspace, person)
    asked.app.state.workspace.__dict__["extents"] = workspace.extents  # type: ignore[attr-defined]
    answer = asked.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def place(precision: str, *, lat: float | None = 1.0, country: str | None = "KE") -> PlaceCount:
    return PlaceCount("Somewhere", country, precision, lat, lat, 4, 2, 1, None, (("PROTEST", 4),), 2)


class TestMarks:
    @pytest.mark.parametrize(
        ("precision", "kind"),
        [
            ("site", "point"),
            ("town", "point"),
            ("district", "ring"),
            ("province", "ring"),
            ("country", "country"),
            ("region", "beside"),
            ("unknown", "beside"),
        ],
    )
    def test_a_place_is_drawn_as_what_is_known_of_it(self, precision: str, kind: str) -> None:
        assert kind_of(place(precision)) == kind

    def test_a_town_without_a_point_stands_beside_the_map(self) -> None:
        assert kind_of(place("town", lat=None)) == "beside"

    def test_a_country_without_outlines_is_no_point_either(self) -> None:
        assert kind_of(place("country", country="XK")) == "ring"

    def test_a_division_reaches_over_nine_of_ten_of_its_towns(self) -> None:
        middle = (3.0, 35.0)
        reach = extents(*TEN).reach("Turkana", "KE", "province", middle)
        assert reach == distance_km(middle, TEN[8])

    @pytest.mark.parametrize(
        ("name", "country", "precision"),
        [
            ("Turkana", "UG", "province"),
            ("Turkana", "KE", "district"),
            ("Turkana", "KE", "town"),
            ("Turkana", None, "province"),
        ],
    )
    def test_how_far_another_reaches_is_not_known(self, name: str, country: str | None, precision: str) -> None:
        assert extents(*TEN).reach(name, country, precision, (3.0, 35.0)) is None

    def test_two_towns_tell_no_reach(self) -> None:
        assert extents(*TEN[:2]).reach("Turkana", "KE", "province", (3.0, 35.0)) is None

    def test_towns_of_a_country_are_asked_for_once(self) -> None:
        towns = Towns(*TEN)
        known = Extents(cast("Gazetteer", towns))
        assert known.reach("Turkana", "KE", "province", (3.0, 35.0)) == known.reach(
            "Turkana", "KE", "province", (3.0, 35.0)
        )
        assert towns.asked == 1

    def test_a_key_leads_back_to_its_rows(self, workspace: Workspace) -> None:
        for found in workspace.index.places(ANY):
            narrow = picked(ANY, key_of(found))
            assert narrow is not None
            assert workspace.index.rows(narrow).total == found.rows

    @pytest.mark.parametrize("key", ["", "KE", "KE~town", "KE~town~"])
    def test_half_a_key_picks_nothing(self, key: str) -> None:
        assert picked(ANY, key) is None

    def test_a_countrys_number_stands_within_it(self) -> None:
        kenya = area_of(404)
        assert kenya is not None
        west, south, east, north = kenya.box
        assert (33 < west < 35, 41 < east < 43, -6 < south < -4, 4 < north < 6) == (True,) * 4
        assert south < kenya.lat < north and west < kenya.lon < east

    @pytest.mark.parametrize("number", [None, 0, 999])
    def test_what_the_outlines_lack_has_no_area(self, number: int | None) -> None:
        assert area_of(number) is None


class TestDrawing:
    def test_circles_stand_at_the_pixels_of_their_places(self, workspace: Workspace) -> None:
        marks = shown.found_marks(workspace, ANY)
        drawn = [mark for mark in marks if mark.kind != "beside"]
        view = whole_view(drawn)
        root = ElementTree.fromstring(get(workspace, "/map.svg"))
        circles = {one.get("data-key"): one for one in root.iter(f"{SVG}circle")}
        points = [mark for mark in drawn if mark.kind == "point"]
        assert len(points) == 4
        for mark in points:
            assert mark.lon is not None and mark.lat is not None
            x, y = view.at(mark.lon, mark.lat)
            circle = circles[mark.key]
            assert (float(circle.get("cx", "0")), float(circle.get("cy", "0"))) == pytest.approx((x, y), abs=0.001)
            assert circle.get("data-rows") == str(mark.rows)
        rings = [one.get("data-key") for one in root.iter(f"{SVG}ellipse")]
        assert sorted(filter(None, rings)) == ["KE~district~Blue Ward", "KE~province~Turkana"]
        assert [one.get("data-key") for one in root.iter(f"{SVG}path") if one.get("data-key")] == ["KE~country~Kenya"]

    def test_a_ring_is_as_large_as_what_it_reaches_over(self, workspace: Workspace) -> None:
        marks = [mark for mark in shown.found_marks(workspace, ANY) if mark.name == "Turkana"]
        view = window((33.0, 1.0, 37.0, 5.0))
        [ring] = draw(marks, view).rings
        assert marks[0].reach is not None
        assert ring.ry == pytest.approx(marks[0].reach / 111.32 * view.scale[1], abs=0.01)

    def test_an_area_in_kilometres_is_larger_where_degrees_are_smaller(self) -> None:
        mark = marks_of([place("province", lat=60.0)], extents(), ANY, "/map")[0]
        [ring] = draw([replace(mark, reach=100.0)], window((50.0, 55.0, 70.0, 65.0))).rings
        # True at its middle: a circle of kilometres is one of pixels there.
        assert ring.rx == pytest.approx(ring.ry, rel=0.01)

    def test_a_window_is_no_taller_than_drawings_are(self) -> None:
        tall = window((34.0, -10.0, 36.0, 10.0))
        assert tall.height == pytest.approx(450)
        assert tall.east - tall.west > 2
        assert (tall.west + tall.east) / 2 == pytest.approx(35)
        across, down = tall.scale
        assert across == pytest.approx(down, rel=0.01), "at the equator a degree is as wide as it is high"

    @pytest.mark.parametrize("told", ["1,2,3", "a,b,c,d", "10,0,5,1", "0,50,10,40", "0,-100,10,40", "-500,0,500,10"])
    def test_a_part_of_the_world_that_is_none_is_refused(self, told: str) -> None:
        with pytest.raises(ReviewError, match="west,south,east,north"):
            box_of(told)

    def test_a_drawing_shows_the_part_that_is_asked_for(self, workspace: Workspace) -> None:
        root = ElementTree.fromstring(get(workspace, "/map.svg?view=39,-5,40,-3.5"))
        keys = {one.get("data-key") for one in root.iter(f"{SVG}circle")}
        assert "KE~town~Mombasa" in keys and "KE~town~Nairobi" not in keys

    def test_a_drawing_needs_neither_style_nor_script(self, workspace: Workspace) -> None:
        for address in ("/map.svg", "/timeline.svg"):
            text = get(workspace, address)
            assert not re.search(r"<script|<style|style=|class=\"[^\"]*\"[^>]*on\w+=|href=\"(?!#)", text)


class TestMapPage:
    def test_the_tables_numbers_are_the_indexs(self, workspace: Workspace) -> None:
        text = get(workspace, "/map")
        told = {
            re.sub(r"<[^>]+>", "", name): int(rows)
            for name, rows in re.findall(
                r'<th scope="row">.*?<bdi>(.*?)</bdi>.*?<td class="figure"><a [^>]*>(\d+)</a>', text, re.S
            )
        }
        assert told == {found.place: found.rows for found in workspace.index.places(ANY)}
        assert "12 rows in 6 reports; 1 without a place." in text

    def test_the_scripts_marks_are_the_tables(self, workspace: Workspace) -> None:
        text = get(workspace, "/map")
        found = re.search(r'<script type="application/json" id="marks">(.*?)</script>', text, re.S)
        assert found is not None
        marks = {mark["name"]: mark for mark in json.loads(found[1])}
        assert marks["Nairobi"]["rows"] == 3 and marks["Nairobi"]["reports"] == 2
        assert (marks["Nairobi"]["lat"], marks["Nairobi"]["lon"]) == (NAIROBI[3], NAIROBI[4])
        assert marks["Kenya"]["area"] == 404 and marks["Kenya"]["kind"] == "country"
        assert marks["Turkana"]["reach"] == pytest.approx(
            extents(*TEN).reach("Turkana", "KE", "province", (2.9893, 35.18396))
        )
        assert "East Africa" not in marks

    def test_what_cannot_be_drawn_is_listed_beside(self, workspace: Workspace) -> None:
        aside = get(workspace, "/map").partition('<section class="off"')[2].partition("</section>")[0]
        assert "East Africa" in aside and "Nairobi" not in aside

    def test_a_place_that_is_picked_shows_its_rows_and_where_they_stand(self, workspace: Workspace) -> None:
        part = get(workspace, "/map?at=KE~town~Nairobi").partition('<div id="picked"')[2].partition("</ol>")[0]
        links = re.findall(r'href="(/reports/[^"]+)"', part)
        assert sorted(links) == ["/reports/r0?row=e1", "/reports/r0?row=e2", "/reports/r1?row=e1"]

    def test_filters_are_the_tables_own(self, workspace: Workspace) -> None:
        text = get(workspace, "/map?type=ASSAULT")
        assert "3 rows in 3 reports" in text
        assert 'href="/table?type=ASSAULT&amp;place=Nairobi&amp;country=KE&amp;precision=town"' in text

    def test_nothing_that_fits_is_said(self, workspace: Workspace) -> None:
        assert "Nothing that these filters leave has a place" in get(workspace, "/map?type=NONE")

    def test_numbers_leave_as_a_table_that_no_spreadsheet_runs(self, workspace: Workspace) -> None:
        rows = list(csv.DictReader(io.StringIO(get(workspace, "/map.csv"))))
        assert {row["place"]: int(row["rows"]) for row in rows if row["precision"] == "town"} == {
            "Nairobi": 3,
            "Mombasa": 1,
            "Thika": 1,
        }
        assert next(row["place"] for row in rows if row["precision"] == "site") == "'=Kilindini Quay, Mombasa"
        assert next(row for row in rows if row["precision"] == "country")["latitude"] == ""


class TestFilters:
    def test_what_is_on_can_be_taken_away_one_by_one(self, workspace: Workspace) -> None:
        query = Query(type=("PROTEST", "ASSAULT"), country=("KE",), words="acted")
        found = filters_of(workspace.index, query, "/map", ADA, view="1,2,3,4")
        assert [(chip.name, chip.words) for chip in found.chips] == [
            ("words", "acted"),
            ("type", "Protest"),
            ("type", "Assault"),
            ("country", "Kenya"),
        ]
        assert found.chips[1].without == "/map?words=acted&type=ASSAULT&country=KE&view=1%2C2%2C3%2C4"

    def test_choices_say_what_they_would_leave(self, workspace: Workspace) -> None:
        found = filters_of(workspace.index, Query(type=("ASSAULT",)), "/map", ADA)
        group = next(group for group in found.groups if group.name == "type")
        assert [(one.value, one.count, one.on) for one in group.choices] == [
            ("PROTEST", 9, False),
            ("ASSAULT", 3, True),
        ]

    def test_a_choice_that_no_row_has_can_be_taken_back(self, workspace: Workspace) -> None:
        found = filters_of(workspace.index, Query(type=("NONE",)), "/map", ADA)
        group = next(group for group in found.groups if group.name == "type")
        assert (group.choices[0].value, group.choices[0].count, group.choices[0].on) == ("NONE", None, True)

    def test_what_the_form_does_not_show_it_carries_along(self, workspace: Workspace) -> None:
        found = filters_of(workspace.index, Query(place=("Thika",), since="2024-05-01"), "/map", ADA, order="date")
        assert found.kept == (("place", "Thika"), ("order", "date"))

    @pytest.mark.parametrize("name", [field.name for field in fields(Query)])
    @pytest.mark.parametrize("page", ["/map", "/timeline"])
    def test_every_filter_has_a_name_on_the_page(self, workspace: Workspace, page: str, name: str) -> None:
        days = name.endswith(("since", "until"))
        value = "2024-05-06" if days else "0.5" if name.startswith("chance") else "yes"
        text = get(workspace, f"{page}?{name}={value}")
        assert f'<a class="chip" href="{page}">' in text

    def test_who_only_looks_cannot_find_out_who_decided(self, workspace: Workspace) -> None:
        assert "0 rows in 0 reports" in get(workspace, "/map?by=Ada")
        assert "12 rows in 6 reports" in get(workspace, "/map?by=Ada&assigned=ben", GUEST)

    def test_who_only_looks_is_offered_no_filter_by_people(self, workspace: Workspace) -> None:
        def names(person: Any) -> set[str]:
            found = filters_of(workspace.index, ANY, "/map", person, ("type", "state", "by"))
            return {group.name for group in found.groups}

        assert names(GUEST) == {"type"}
        assert "state" in names(ADA)


class TestTimes:
    def test_every_row_is_in_one_place_of_the_time_line(self, workspace: Workspace) -> None:
        times = workspace.index.times(ANY)
        assert times.unit == "day"
        by_day = Counter(edtf for _, edtf, _ in ROWS if edtf and len(edtf) == 10)
        assert {date.fromordinal(bar.first).isoformat(): bar.rows for bar in times.bars if bar.rows} == by_day
        assert [(one.rows, one.reports) for one in times.stretches] == [(2, 2)]
        assert (times.earlier, times.later, times.undated) == (0, 0, 1)

    def test_coverage_is_what_was_published_whatever_it_tells(self, workspace: Workspace) -> None:
        days = {date.fromordinal(bar.first).day: bar for bar in workspace.index.times(Query(type=("PROTEST",))).bars}
        assert (days[13].rows, days[13].published, days[13].publishers) == (0, 1, 1)
        only = workspace.index.times(Query(publisher=("Paper 1",)))
        assert sum(bar.published for bar in only.bars) == 2

    @given(
        st.lists(
            st.tuples(st.integers(700_000, 740_000), st.sampled_from((0, 0, 0, 6, 29, 364))), min_size=1, max_size=60
        ),
        st.sampled_from((5, 20, 60)),
    )
    def test_nothing_is_lost_or_counted_twice(self, days: list[tuple[int, int]], bars: int) -> None:
        times = count_times(
            columns_of([(first, first + more) for first, more in days]),
            np.ones(len(days) + 1, bool),
            np.zeros(1, bool),
            cast("Any", Named()),
            bars,
        )
        assert len(times.bars) <= bars
        told = sum(bar.rows for bar in times.bars) + sum(one.rows for one in times.stretches)
        many = len({(first, first + more) for first, more in days})
        assert told + times.earlier + times.later <= len(days)
        if many <= 24:
            assert told + times.earlier + times.later == len(days)
        assert times.undated == 1
        for bar in times.bars:
            inside = [1 for first, more in days if bar.first <= first and first + more <= bar.last]
            assert bar.rows == len(inside)
        for before, after in zip(times.bars, times.bars[1:], strict=False):
            assert before.last + 1 == after.first

    def test_one_row_of_long_ago_does_not_make_all_one_bar(self) -> None:
        days = [(738_000 + n, 738_000 + n) for n in range(30)] + [(690_000, 690_000)]
        times = count_times(columns_of(days), np.ones(32, bool), np.zeros(1, bool), cast("Any", Named()), 60)
        assert (times.unit, len(times.bars), times.earlier) == ("day", 30, 1)

    @pytest.mark.parametrize(
        ("first", "last", "words"),
        [
            ("2024-05-04", "2024-05-04", "4 May 2024"),
            ("2024-05-04", "2024-05-10", "4–10 May 2024"),
            ("2024-04-29", "2024-05-05", "29 April – 5 May 2024"),
            ("2023-12-25", "2024-01-01", "25 December 2023 – 1 January 2024"),
            ("2024-05-01", "2024-05-31", "May 2024"),
            ("2024-04-01", "2024-06-30", "April – June 2024"),
            ("2024-01-01", "2024-12-31", "2024"),
            ("1990-01-01", "1999-12-31", "the 1990s"),
            ("1991-01-01", "1992-12-31", "1991 to 1992"),
        ],
    )
    def test_stretches_are_told_as_people_write_them(self, first: str, last: str, words: str) -> None:
        assert stretch_words(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()) == words

    @pytest.mark.parametrize(
        ("most", "found"), [(1, (0, 1)), (7, (0, 2, 4, 6)), (40, (0, 10, 20, 30, 40)), (999, (0, 500))]
    )
    def test_an_axis_has_round_numbers(self, most: int, found: tuple[int, ...]) -> None:
        assert steps(most, 4) == found

    def test_types_tell_the_same_bar_by_bar(self, workspace: Workspace) -> None:
        seen = line_shown(workspace, ANY)
        assert [(one.words, one.rows) for one in seen.types] == [("Protest", 6), ("Assault", 3)]
        assert [sum(numbers) for numbers in zip(*(one.bars for one in seen.types), strict=True)] == [
            bar.rows for bar in seen.bars
        ]

    def test_the_drawing_has_the_numbers_of_the_index(self, workspace: Workspace) -> None:
        root = ElementTree.fromstring(get(workspace, "/timeline.svg"))
        bars = [one for one in root.iter(f"{SVG}rect") if one.get("class") == "rows"]
        times = workspace.index.times(ANY)
        assert [int(one.get("data-rows", "")) for one in bars] == [bar.rows for bar in times.bars]
        most = max(bar.rows for bar in times.bars)
        for one, bar in zip(bars, times.bars, strict=True):
            assert float(one.get("height", "")) == pytest.approx(160 * bar.rows / most, abs=0.01)
        assert float(bars[-1].get("x", "")) < WIDTH

    def test_days_that_are_picked_show_their_rows(self, workspace: Workspace) -> None:
        part = (
            get(workspace, "/timeline?at=2024-05-06/2024-05-06").partition('<div id="picked"')[2].partition("</ol>")[0]
        )
        assert part.count("<li>") == 4, "two rows of that day, and two of the month in which it lies"
        assert "6 May 2024" in part

    def test_days_that_are_none_are_refused(self, workspace: Workspace) -> None:
        assert client(workspace).get("/timeline?at=yesterday").status_code == 422

    def test_its_numbers_leave_as_a_table(self, workspace: Workspace) -> None:
        rows = list(csv.DictReader(io.StringIO(get(workspace, "/timeline.csv"))))
        assert [row["since"] for row in rows if row["known"] == "stretch"] == ["2024-05-01"]
        assert sum(int(row["rows"]) for row in rows) == 11
        assert next(row["types"] for row in rows if row["since"] == "2024-05-06") == "ASSAULT 1; PROTEST 1"


class TestPublished:
    def test_it_holds_every_row_and_no_name(self, workspace: Workspace) -> None:
        text = published(workspace, ANY)
        assert "12 event mentions in 6 reports" in text
        assert len(re.findall(r'<li><span class="when">', text)) == 12
        assert NAME not in text and "Wanjiku" not in text
        assert "killed: 3" in text and 'href="https://paper.example/0"' in text

    def test_it_runs_nothing_and_asks_for_nothing(self, workspace: Workspace) -> None:
        text = published(workspace, ANY)
        assert "<script" not in text and "default-src 'none'" in text and "script-src" not in text
        assert not re.search(r'\s(?:src|srcset|on\w+)=|url\(|@import|style="', text)

    def test_every_mark_leads_to_where_it_is_told(self, workspace: Workspace) -> None:
        text = published(workspace, ANY)
        led = set(re.findall(r'<a href="#([^"]+)"', text))
        ids = set(re.findall(r'\sid="([^"]+)"', text))
        assert {"place-1", "day-1"} <= led
        assert led <= ids

    def test_it_says_what_it_rests_on(self, workspace: Workspace) -> None:
        text = published(workspace, Query(type=("PROTEST",)))
        footer = text.partition("<footer")[2]
        for heading in ("Covered", "Sources", "Period", "Coder", "Codebook", "Reviewed by people", "Names", "Limits"):
            assert f"<dt>{heading}</dt>" in footer
        assert "9 event mentions in 6 reports" in footer and "Paper 1" in footer and "hand 1" in footer
        assert "Only type: <bdi>Protest</bdi>" in text

    def test_addresses_at_home_do_not_leave(self, workspace: Workspace) -> None:
        assert "file:" not in published(workspace, ANY)

    def test_who_only_looks_does_not_publish(self, workspace: Workspace) -> None:
        assert client(workspace, GUEST).get("/published.html").status_code == 403
        assert "Page to publish" not in get(workspace, "/map", GUEST)

    @pytest.mark.parametrize("path", ["/published.html", "/api/v1/published"])
    def test_the_log_says_who_took_a_view_out_and_which(self, workspace: Workspace, path: str) -> None:
        assert client(workspace, GUEST).get(path).status_code == 403
        page = client(workspace).get(path, params={"type": "PROTEST", "title": "Marches"}).text
        (entry, *_), _ = entries(workspace.project, Wanted(what="published"))
        assert (entry.who, entry.about) == (ADA.shown, "/map?type=PROTEST&confidential=no")
        assert entry.details["filters"] == [["type", "PROTEST"], ["confidential", "no"]]
        assert (entry.details["title"], entry.details["rows"], entry.details["reports"]) == ("Marches", 9, 6)
        assert entry.details["sha256"] == sha256(page.encode()).hexdigest()
        assert checked(workspace.project).flaws == ()


def test_what_is_confidential_leaves_in_nothing(tmp_path: Path) -> None:
    with workspace_of_places(tmp_path / "p") as workspace:
        workspace.__dict__["extents"] = extents(*TEN)
        set_mark(workspace.project, "row", "r1#e2", True, who="ada", why="a witness lives there")
        set_mark(workspace.project, "report", "r2", True, who="ada", why="asked for by the outlet")
        workspace.index.catch_up()
        told = [get(workspace, address) for address in ("/map.svg", "/map.csv", "/timeline.csv", "/published.html")]
        for text in told[:2] + told[3:]:
            assert "Mombasa" not in text.replace("Quay, Mombasa", ""), "the row's place"
            assert "Thika" not in text, "the report's place"
        assert sum(int(row["rows"]) for row in csv.DictReader(io.StringIO(told[2]))) == 11 - 3
        assert "3 rows left out" in told[3] and "9 event mentions in 5 reports" in told[3]
        assert "paper.example/2" not in told[3]
        assert "Thika" in get(workspace, "/map"), "who is at work sees it"


def test_a_mark_holds_of_what_a_newer_coding_makes_of_the_words(tmp_path: Path) -> None:
    with workspace_of_places(tmp_path / "p") as workspace:
        workspace.__dict__["extents"] = extents(*TEN)
        set_mark(workspace.project, "row", "r1#e2", True, who="ada", why="a witness lives there")

        def renamed(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
            for coding in coded(reports):
                assert isinstance(coding, Coding)
                yield replace(coding, events=tuple(replace(one, id=f"new-{one.id}") for one in coding.events))

        code_anew(workspace.project, renamed)
        list(workspace.project.link())
        workspace.index.catch_up()
        assert workspace.index.row("r1#new-e2") is not None
        text = published(workspace, ANY)
        assert "Mombasa" not in text.replace("Quay, Mombasa", "")
        assert "1 row left out" in text


class Named:
    """Names of types, for columns that are made by hand."""

    def values(self, kind: str) -> list[str]:
        assert kind == "type"
        return ["", "PROTEST"]


def columns_of(days: list[tuple[int, int]]) -> Columns:
    """Columns with a row of each stretch of days, and one without any."""
    columns = Columns()
    columns.rows = {name: np.zeros(len(days) + 1, column.dtype) for name, column in columns.rows.items()}
    columns.rows["first"][: len(days)] = [first for first, _ in days]
    columns.rows["last"][: len(days)] = [last for _, last in days]
    columns.rows["type"][:] = 1
    columns.used = len(days) + 1
    return columns
