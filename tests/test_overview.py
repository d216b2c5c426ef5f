"""The first screen without a browser: what it counts, whose the numbers are, and how time is cut."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import OptionError
from dateline.export.page import events, write
from dateline.export.page.folder import write_folder
from dateline.export.page.overview.entries import Entry, Figure, days_of, entry_of
from dateline.export.page.overview.timeline import timeline
from dateline.export.page.overview.tolls import type_shares
from dateline.export.page.overview.view import Group, Noun, overview
from dateline.link.events.compare import compare
from dateline.link.model import Source
from dateline.model import Coding
from export_cases import empty_coding, hostile_coding, water_coding
from test_aggregate import account
from test_page import Page


def entry(id: str, edtf: str | None = None, **given: object) -> Entry:
    return replace(
        Entry(id, f"#{id}", "PROTEST", "words", "asserted", edtf=edtf, days=days_of(edtf)),
        **given,  # type: ignore[arg-type]
    )


def killed(words: str, size: int, voice: str) -> Figure:
    return Figure("killed", f"killed: {words}", size, (voice,))


class TestTolls:
    def test_numbers_stand_beside_each_other_with_who_gives_them_and_are_never_added(self) -> None:
        told = [
            entry("a", figures=(killed("3", 3, "police"),)),
            entry("b", figures=(killed("12", 12, "union"),)),
            entry("c", figures=(killed("3", 3, "wire"),)),
        ]
        [share] = type_shares(told)
        assert [(toll.words, toll.voices, toll.of) for toll in share.tolls] == [
            ("killed: 12", "union", ("b",)),
            ("killed: 3", "police; wire", ("a", "c")),
        ]

    @pytest.mark.parametrize("told", ["planned", "negated", "possible", "hypothetical", "background"])
    def test_what_did_not_happen_now_has_no_toll(self, told: str) -> None:
        [share] = type_shares([entry("a", told=told, figures=(killed("9", 9, "x"),)), entry("b")])
        assert (share.count, share.happened, share.tolls, share.more) == (2, 1, (), ())

    def test_the_gravest_come_first_and_the_rest_is_folded_not_lost(self) -> None:
        arrests = Figure("arrested", "arrested: 900", 900, ("police",))
        told = [entry(f"e{n}", figures=(killed(str(n), n, f"voice {n}"), arrests)) for n in range(1, 8)]
        [share] = type_shares(told)
        assert [toll.words for toll in share.tolls] == ["killed: 7", "killed: 6", "arrested: 900"]
        assert share.tolls[-1].voices == "police"
        assert {toll.words for toll in share.more} == {f"killed: {n}" for n in range(1, 6)}

    def test_a_figure_is_told_by_its_own_speaker(self) -> None:
        coding = water_coding()
        made = entry_of(coding, coding.events[2], "r1-e3", "#r1-e3")
        assert [(figure.words, figure.voices) for figure in made.figures] == [("injured: 2", ("Water Forum",))]


class TestTimeline:
    def test_days_become_bars_without_gaps(self) -> None:
        line = timeline([entry("a", "2020-03-01"), entry("b", "2020-03-01"), entry("c", "2020-03-04", told="negated")])
        assert line
        assert line.unit == "day"
        assert [(bar.words, bar.count, bar.happened) for bar in line.bars] == [
            ("1 March 2020", 2, 2),
            ("2 March 2020", 0, 0),
            ("3 March 2020", 0, 0),
            ("4 March 2020", 1, 0),
        ]
        assert line.of == {"a": 0, "b": 0, "c": 3}
        assert line.rest == ()

    def test_what_is_not_known_to_the_day_is_in_no_bar_and_is_told(self) -> None:
        line = timeline([entry("a", "2020-03-01"), entry("b", "2020-03-02"), entry("c", "2020-03"), entry("d")])
        assert line
        assert [bar.count for bar in line.bars] == [1, 1]
        assert line.rest == ("1 dated less closely than to a day", "1 without a date")

    def test_one_event_of_long_ago_does_not_make_all_others_one_bar(self) -> None:
        line = timeline([*(entry(f"e{n}", f"2020-03-{n:02}") for n in range(1, 21)), entry("war", "1940-05-10")])
        assert line
        assert (line.unit, len(line.bars)) == ("day", 20)
        assert line.rest == ("1 before 1 March 2020",)

    @pytest.mark.parametrize(
        ("days", "unit"), [(20, "day"), (200, "week"), (900, "month"), (9_000, "year"), (90_000, "decade")]
    )
    def test_the_unit_goes_by_the_stretch(self, days: int, unit: str) -> None:
        end = date(1700, 1, 1) + timedelta(days)
        line = timeline([entry("a", "1700-01-01"), entry("b", end.isoformat())])
        assert line and line.unit == unit

    @given(st.lists(st.one_of(st.dates().map(date.isoformat), st.sampled_from(["199X", "XXXX", "2020/..", "x"]))))
    def test_every_entry_is_in_one_bar_or_told_to_be_in_none(self, days: list[str]) -> None:
        entries = [entry(f"e{n}", day) for n, day in enumerate(days)]
        line = timeline(entries)
        if line is None:
            assert not any(e.days and date.fromordinal(e.days[1]).year < 9899 for e in entries)
            return
        assert sum(bar.count for bar in line.bars) == len(line.of)
        outside = sum(int(words.split()[0].replace(",", "")) for words in line.rest)
        assert len(line.of) + outside == len(entries)
        assert len(line.bars) <= 61


def test_the_map_the_list_of_places_and_the_rows_count_alike() -> None:
    coding = water_coding()
    entries = tuple(entry_of(coding, e, f"r1-e{n}", f"#r1-e{n}") for n, e in enumerate(coding.events, 1))
    seen = overview([Group("r1", "#r1", "t", (), entries)], Noun("event mention", "report"))
    assert seen.drawing
    dots = {dot.place.number: dot.place.count for dot in seen.drawing.dots}
    rows = [row for listed in seen.groups for row in listed.rows]
    for place in seen.places:
        assert dots[place.number] == place.count == sum(row.place == place.number for row in rows)
    for share in seen.types:
        assert share.count == sum(row.type == share.number for row in rows)
    assert seen.unplaced == "3 event mentions without a place"


class TestFolder:
    def codings(self) -> list[Coding]:
        return [water_coding(), empty_coding(), hostile_coding()]

    def test_each_report_is_a_page_and_every_link_leads_somewhere(self, tmp_path: Path) -> None:
        write_folder(self.codings(), tmp_path / "out")
        pages = {path.name: Page(path.read_text("utf-8")) for path in (tmp_path / "out").iterdir()}
        assert sorted(pages) == ["index.html", "r1.html", "r2.html", "r3.html"]
        for name, page in pages.items():
            assert page.open == []
            for href in page.values("href"):
                file, hash, id = href.partition("#")
                if not href.startswith("https://"):
                    assert hash or file
                    assert not id or id in pages[file or name].values("id"), href

    def test_the_same_codings_give_the_same_bytes_and_an_older_folder_is_replaced(self, tmp_path: Path) -> None:
        write_folder(self.codings(), tmp_path / "out")
        first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
        write_folder(self.codings(), tmp_path / "out")
        assert first == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
        write_folder(self.codings()[:1], tmp_path / "out")
        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["index.html", "r1.html"]
        assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]

    def test_nothing_of_anybodys_is_removed(self, tmp_path: Path) -> None:
        (tmp_path / "notes.html").write_text("<title>mine</title>", "utf-8")
        with pytest.raises(OptionError, match=r"notes\.html, which is no page of dateline; name a new folder"):
            write_folder(self.codings(), tmp_path)
        with pytest.raises(OptionError, match="is a file"):
            write_folder(self.codings(), tmp_path / "notes.html")
        assert [path.name for path in tmp_path.iterdir()] == ["notes.html"]

    def test_an_older_folder_stays_where_a_report_cannot_be_read(self, tmp_path: Path) -> None:
        write_folder(self.codings(), tmp_path / "out")

        def broken() -> object:
            yield water_coding()
            raise OSError("the disk is gone")

        with pytest.raises(OSError, match="gone"):
            write_folder(broken(), tmp_path / "out")  # type: ignore[arg-type]
        assert len(list((tmp_path / "out").iterdir())) == 4
        assert [path.name for path in tmp_path.iterdir()] == ["out"]


class TestEvents:
    def page(self, *ids: str) -> Page:
        told = [
            account("wire", "Wire"),
            account("union", "Union", speaker="union", killed=12),
            account("state", modality="negated", speaker="police", source=Source("State", "Owner", "party")),
        ]
        out = io.StringIO()
        events.write([compare(id, told) for id in ids], out)
        return Page(out.getvalue())

    @pytest.mark.parametrize("ids", [(), ("e1",), ("e1", "e2")], ids=["none", "one", "two"])
    def test_the_page_is_whole(self, ids: tuple[str, ...]) -> None:
        page = self.page(*ids)
        assert page.open == []
        names = page.values("id")
        assert len(names) == len(set(names))
        assert {href[1:] for href in page.values("href") if href.startswith("#")} <= set(names)

    def test_tolls_come_first_then_what_differs_and_agreement_is_folded(self) -> None:
        html = self.page("e1", "e2").html
        part = html[html.index('<noscript data-part="v1">') :]
        order = ("Numbers, and who gives them", "Where they differ", "Denied", '<details class="agreed">')
        places = [part.index(words) for words in order]
        assert places == sorted(places)
        assert part.index(">12</bdi>") < part.index(">3</bdi>"), "the largest toll first"

    def test_an_event_tells_on_what_its_sources_differ_and_who_denies_it(self) -> None:
        html = self.page("e1", "e2").html
        assert "sources differ on modality and killed" in html
        assert "denied by police of Arden, cited by Daily" in html
        assert html.count('<bdi class="toll">killed: 12</bdi>') == 2


def test_a_page_of_many_reports_has_each_once_and_in_its_own_place() -> None:
    out = io.StringIO()
    write([water_coding(), empty_coding(), hostile_coding()], out)
    html = out.getvalue()
    parts = html.split("<noscript data-part=")[1:]
    assert [part[:4] for part in parts] == ['"r1"', '"r2"', '"r3"']
    assert all(part.count('<article class="report"') == 1 for part in parts)
    assert html.count("</noscript") == 3, "no text of a report ends what holds it"
