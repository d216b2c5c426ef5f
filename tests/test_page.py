"""The page without a browser: its text, its links, its map, and that nothing in it runs or reaches out."""

from __future__ import annotations

import hashlib
import io
import re
from base64 import b64encode
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.export.page import write
from dateline.export.page.map.outlines import world
from dateline.export.page.map.places import Told, draw, map_places
from dateline.export.page.map.projection import WIDTH, view_of
from dateline.export.page.segments import RANK, Mark, shown_blocks
from dateline.export.page.spans import Ids, marks_of
from dateline.model import Block, Coding, Place, Report
from export_cases import TEXT, at, empty_coding, hostile_coding, water_coding

VOID = {"meta", "input", "br", "link", "img", "path", "circle", "rect", "line"}


class Page(HTMLParser):
    """The elements of a page, its ids and links, its headings, and the text of chosen elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.headings: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag, f"</{tag}> closes something else"

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


def page(*codings: Coding) -> Page:
    out = io.StringIO()
    write(codings, out)
    return Page(out.getvalue())


EVERY = pytest.mark.parametrize(
    "codings",
    [(), (water_coding(),), (empty_coding(),), (hostile_coding(),), (water_coding(), empty_coding(), hostile_coding())],
    ids=["none", "one", "empty", "hostile", "several"],
)


@EVERY
def test_elements_close_ids_are_unique_and_links_lead_somewhere(codings: tuple[Coding, ...]) -> None:
    shown = page(*codings)
    assert shown.open == []
    ids = shown.values("id")
    assert len(ids) == len(set(ids))
    inner = [href[1:] for href in shown.values("href") if href.startswith("#")]
    assert set(inner) <= set(ids)
    for name in shown.values("aria-labelledby"):
        assert name in ids


@EVERY
def test_headings_step_down_one_level_at_a_time(codings: tuple[Coding, ...]) -> None:
    levels = page(*codings).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


@EVERY
def test_nothing_runs_but_the_one_script_and_nothing_is_fetched(codings: tuple[Coding, ...]) -> None:
    shown = page(*codings)
    assert shown.tags.count("script") == shown.tags.count("style") == 1
    assert not {"img", "link", "iframe", "object", "embed", "form", "base", "audio", "video"} & set(shown.tags)
    assert not [name for _, name, _ in shown.attributes if name.startswith("on") or name in {"style", "src", "srcset"}]
    assert "url(" not in shown.html
    assert not [href for href in shown.values("href") if not href.startswith(("#", "https://", "http://"))]


def test_the_policy_names_the_style_and_script_by_their_hashes() -> None:
    html = page(water_coding()).html
    policy = re.search('Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    for tag in ("style", "script"):
        inline = re.search(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert inline
        digest = b64encode(hashlib.sha256(inline[1].encode()).digest()).decode().replace("+", "&#43;")
        assert f"{tag}-src 'sha256-{digest}'" in policy[1].replace("+", "&#43;")
    assert "default-src 'none'" in policy[1]


def test_controls_in_the_text_are_shown_and_not_obeyed() -> None:
    html = page(hostile_coding()).html
    assert not set("\x00\x1b\u202e\u2069\ud800") & set(html)
    assert "[U+202E]" in html


def test_a_report_without_events_says_why_on_the_page() -> None:
    assert "No word of the report is a trigger of codebook plover." in page(empty_coding()).html


def test_what_was_left_out_and_what_the_data_are_is_said() -> None:
    html = page(water_coding()).html
    assert "stands in a caption, which is not coded" in html
    assert "heading: not coded" in html
    assert "0% of event mentions: machine coded" in html
    assert "Reports are not events" in html


def test_a_page_of_the_same_codings_is_the_same() -> None:
    assert page(water_coding(), hostile_coding()).html == page(water_coding(), hostile_coding()).html


def test_every_trigger_links_to_its_card_and_every_card_back() -> None:
    shown = page(water_coding())
    links = shown.values("href")
    for n in range(1, 7):
        assert f"#r1-e{n}" in links
        assert f"#r1-v{n}-1" in links
    assert {f"r1-e{n}" for n in range(1, 7)} <= set(shown.values("data-card"))


def test_one_event_in_several_places_is_told_once_and_placed_each_time() -> None:
    coding = water_coding()
    march = coding.events[0]
    towns = tuple(replace(march, id=f"t{n}", place=place) for n, place in enumerate((*coding.places, None)))
    shown = page(replace(coding, events=towns))
    assert shown.html.count("told in the same words") == 3
    assert shown.html.count('<blockquote class="evidence"') == 1
    assert shown.html.count("Show these words in the report") == 4
    assert '<span class="n" aria-hidden="true">1–4</span>' in shown.html


def test_nested_speakers_are_nested_lists_and_deeper_tints() -> None:
    coding = water_coding()
    marks = {m.label: m.depth for m in marks_of(coding, Ids("r1")) if m.kind == "content"}
    assert (marks["S3"], marks["S4"], marks["S5"]) == (1, 2, 3)
    html = page(coding).html
    assert html.index('id="r1-s3"') < html.index('id="r1-s4"') < html.index('id="r1-s5"') < html.index('id="r1-s6"')


def test_attributions_in_a_circle_are_no_endless_loop() -> None:
    coding = water_coding()
    a3, a4 = coding.attributions[3], coding.attributions[4]
    circle = tuple(
        replace(a, parent="a4") if a is a3 else replace(a, parent="a3") if a is a4 else a for a in coding.attributions
    )
    assert page(replace(coding, attributions=circle)).open == []


class TestSegments:
    def test_overlapping_marks_are_cut_where_they_cross(self) -> None:
        report = Report("r", "one two three four")
        (block,) = shown_blocks(report, [Mark(0, 7, "actor", "#a"), Mark(4, 13, "place", "#b", id="p")])
        assert [(s.text, s.kinds, s.href, s.first) for s in block.segments] == [
            ("one ", ("actor",), "#a", True),
            ("two", ("place", "actor"), "#b", True),
            (" three", ("place",), "#b", False),
            (" four", (), None, True),
        ]
        assert block.segments[1].ids == ("p",)

    def test_words_between_blocks_are_kept_as_debris(self) -> None:
        report = Report("r", "one\ntwo\nthree", (Block(0, 3, "heading"), Block(8, 13, "paragraph")))
        blocks = shown_blocks(report, [])
        assert [(b.kind, b.note) for b in blocks] == [
            ("heading", "heading: not coded"),
            ("debris", "debris: not coded"),
            ("paragraph", None),
        ]

    @given(
        st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), st.sampled_from(RANK)), max_size=12),
        st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=5),
    )
    def test_the_text_is_kept_and_every_mark_covers_its_words(
        self, spans: list[tuple[int, int, str]], parts: list[tuple[int, int]]
    ) -> None:
        text = "".join(chr(0x4E00 + i) for i in range(91))
        report = Report("r", text, tuple(Block(s, s + n, "paragraph") for s, n in parts))
        marks = [Mark(s, s + n, kind, id=f"m{i}") for i, (s, n, kind) in enumerate(spans)]  # type: ignore[arg-type]
        blocks = shown_blocks(report, marks)
        segments = [segment for block in blocks for segment in block.segments]
        assert "".join(s.text for s in segments) == text
        for mark in marks:
            words = {c for s in segments if mark.kind in s.kinds for c in s.text}
            assert set(text[mark.start : mark.end]) <= words
        ids = [name for s in segments for name in s.ids]
        assert sorted(ids) == sorted(m.id for m in marks if m.id)

    def test_many_marks_on_a_long_text_take_no_square_time(self) -> None:
        text = "word " * 20_000
        marks = [Mark(i * 5, i * 5 + 4, "place", "#x", f"i{i}") for i in range(20_000)]
        (block,) = shown_blocks(Report("r", text, (Block(0, len(text), "paragraph"),)), marks)
        assert sum(len(s.ids) for s in block.segments) == 20_000


class TestMap:
    def place(self, name: str, lat: float | None, lon: float | None) -> Place:
        start, end = at(TEXT, "Lyon")
        return Place(start, end, "Lyon", name, lat=lat, lon=lon, precision="town")

    def test_places_are_ranked_by_what_is_told_of_them(self) -> None:
        one, two, nowhere = self.place("A", 1, 2), self.place("B", 3, 4), self.place("C", None, None)
        told = [Told(f"e{i}", "#", "x") for i in range(4)]
        places = map_places(zip((two, one, one, nowhere), told, strict=True))
        assert [(p.number, p.name, p.count) for p in places] == [(1, "A", 2), (2, "B", 1), (3, "C", 1)]
        drawing = draw(places)
        assert drawing
        assert len(drawing.dots) == 2
        assert draw(places[2:]) is None

    def test_no_dot_is_moved_from_the_point_of_the_gazetteer(self) -> None:
        points = [(4.8 + i / 1000, 45.7) for i in range(40)]
        places = map_places((self.place(f"P{i}", y, x), Told(f"e{i}", "#", "x")) for i, (x, y) in enumerate(points))
        drawing = draw(places)
        assert drawing
        view = view_of(points)
        for dot, point in zip(drawing.dots, points, strict=True):
            assert (dot.x, dot.y) == pytest.approx(view.at(*point), abs=0.01)

    def test_the_area_of_a_circle_is_the_number_of_its_mentions(self) -> None:
        told = [(self.place("A", 1, 2), 16), (self.place("B", 3, 40), 4), (self.place("C", 20, 4), 1)]
        places = map_places((place, Told("e", "#", "x")) for place, many in told for _ in range(many))
        drawing = draw(places)
        assert drawing
        assert [dot.place.count for dot in drawing.dots] == [16, 4, 1], "large circles are drawn first"
        large, middle, small = (dot.radius for dot in drawing.dots)
        assert (large / small, middle / small) == (4, 2)
        assert [dot.numbered for dot in drawing.dots] == [True, True, False]

    def test_a_view_crosses_the_date_line_where_that_is_shorter(self) -> None:
        view = view_of([(178.4, -18.1), (-171.8, -13.8)])
        assert view.east - view.west < 60
        for longitude, latitude in ((178.4, -18.1), (-171.8, -13.8)):
            x, y = view.at(longitude, latitude)
            assert 0 <= x <= WIDTH
            assert 0 <= y <= view.height

    def test_outlines_hold_no_jump_across_the_world(self) -> None:
        for outline in (*world().land, *world().borders):
            steps = pairwise(outline.points)
            assert all(abs(b[0] - a[0]) < 30 or a[1] == b[1] == -90 for a, b in steps)

    @settings(max_examples=10)
    @example([(0.0, 59.0), (0.0, -90.0)])
    @given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=8))
    def test_any_points_lie_inside_their_map(self, points: list[tuple[float, float]]) -> None:
        places = map_places((self.place(f"P{i}", y, x), Told("e", "#", "x")) for i, (x, y) in enumerate(points))
        drawing = draw(places)
        assert drawing
        for dot in drawing.dots:
            assert 0 <= dot.x <= drawing.width
            assert 0 <= dot.y <= drawing.height
        assert len(drawing.land) < 400_000
