"""Quotation marks to quotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.timing import LINEAR, ratio

from dateline.coder.text.quotes import find_quotations
from dateline.lang.quotation import innermost_quotation
from dateline.model import Block

MARKS = "\"“”„‟‘’‚‛«»‹›'`"


def paragraphs(text: str) -> list[Block]:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        if part.strip():
            blocks.append(Block(at, at + len(part), "paragraph"))
        at += len(part) + 2
    return blocks


def quoted(text: str, blocks: list[Block] | None = None) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text, blocks or [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we stay" and left.', ['"we stay"']),
        ("He said “we stay” and left.", ["“we stay”"]),
        ("He said ‘we stay’ and left.", ["‘we stay’"]),
        ("He said 'we stay' and left.", ["'we stay'"]),
        ("He said „we stay“ and left.", ["„we stay“"]),
        ("He said „we stay” and left.", ["„we stay”"]),
        ("He said «we stay» and left.", ["«we stay»"]),
        ("He said »we stay« and left.", ["»we stay«"]),
        ("He said ‹we stay› and left.", ["‹we stay›"]),
        ("He said ``we stay'' and left.", ["``we stay''"]),
        ("''We stay,'' he said.", ["''We stay,''"]),
        ("” We stay,” he said.", ["” We stay,”"]),
        ('He said : " we stay " .', ['" we stay "']),
    ],
)
def test_every_style_of_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The workers' rights aren't the owners' concern.",
        "It’s the union’s strike, the ’90s all over again.",
        "Rock 'n' roll isn't dead.",
        'The board was 6" wide and 5\'10" long.',
        "",
        "   \n ",
        "No marks at all.",
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text: str) -> None:
    assert [q for q in quoted(text) if q not in ("'n'",)] == []


def test_a_plural_possessive_does_not_end_a_single_quotation() -> None:
    text = "She said 'the workers' rights come first,' and sat down."
    assert quoted(text) == ["'the workers' rights come first,'"]


def test_quotations_nest_with_their_depth() -> None:
    text = "“He told me ‘they chanted “bread now” all night’ and left.”"
    found = find_quotations(text)
    assert [(text[q.start : q.end], q.depth) for q in found] == [
        (text, 0),
        ("‘they chanted “bread now” all night’", 1),
        ("“bread now”", 2),
    ]


def test_a_missing_closing_mark_ends_with_the_paragraph() -> None:
    text = "“We stay, he said.\n\nNobody left."
    (found,) = find_quotations(text, paragraphs(text))
    assert (text[found.start : found.end], found.closed) == ("“We stay, he said.", False)


def test_a_missing_opening_mark_is_inferred_from_the_paragraph() -> None:
    text = "We will stay until morning,” he said."
    (found,) = find_quotations(text)
    assert (text[found.start : found.end], found.closed) == ("We will stay until morning,”", False)


def test_a_quotation_over_paragraphs_continues() -> None:
    text = "“First part.\n\n“Second part.\n\n“Third part,” she said.\n\n“Another one,” he said."
    found = find_quotations(text, paragraphs(text))
    assert [(q.closed, q.continues) for q in found] == [(False, False), (False, True), (True, True), (True, False)]


def test_an_inner_quotation_without_its_end_is_ended_by_the_outer_one() -> None:
    text = "«He said “we stay and left» and more"
    found = find_quotations(text)
    assert [(text[q.start : q.end], q.closed) for q in found] == [
        ("«He said “we stay and left»", True),
        ("“we stay and left", False),
    ]


@given(st.text(alphabet=MARKS + "ab1 .,\n", max_size=80), st.booleans())
def test_quotations_are_inside_the_text_and_nest(text: str, split: bool) -> None:
    blocks = paragraphs(text) if split else []
    found = find_quotations(text, blocks)
    open_ends: list[int] = []
    for before, quotation in zip([None, *found], found, strict=False):
        assert 0 <= quotation.start < quotation.end <= len(text)
        assert before is None or (before.start, -before.end) <= (quotation.start, -quotation.end)
        while open_ends and open_ends[-1] <= quotation.start:
            open_ends.pop()
        assert not open_ends or quotation.end <= open_ends[-1]
        open_ends.append(quotation.end)
    for offset in range(len(text)):
        holding = [q for q in found if q.start <= offset < q.end]
        deepest = max(holding, key=lambda q: (q.start, -q.end), default=None)
        assert innermost_quotation(found, offset) == deepest


@pytest.mark.parametrize("unit", ['"', "“", "”", "'a ", '"a ', "“a» ", "„a ", "' "])
def test_time_is_linear_in_the_marks(unit: str) -> None:
    assert ratio(lambda: find_quotations(unit * 12_500), lambda: find_quotations(unit * 50_000)) < LINEAR
