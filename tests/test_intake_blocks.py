"""The layout of plain text. All sentences here were written for these tests."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.timing import LINEAR, ratio

from dateline.intake import find_blocks
from dateline.model import CODED_BLOCKS

SENTENCE = "Police dispersed a crowd of about two hundred people in front of the town hall on Monday."
OTHER = "Three protesters were taken to hospital, the mayor's office said in a statement."


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in find_blocks(text)]


def kind_of_last(text: str) -> str:
    """The kind of a unit that follows two paragraphs of prose."""
    return kinds(f"{SENTENCE}\n\n{OTHER}\n\n{text}")[-1][0]


def kind_between(text: str) -> str:
    """The kind of a unit that stands between two paragraphs of prose."""
    return kinds(f"{SENTENCE}\n\n{text}\n\n{OTHER}")[1][0]


# Whole texts


ADVOCATE = f"""Valley League activities

Valley League: Marches Grow as Council loses its Nerve

Activities of League Chapters in Norvia and friends in the north

{SENTENCE}

Friends of Valley League activities

Jo Hale, a former member of the town's water board, told the meeting:

” It is time to stand with the people of the valley.”

Tags: , , ,

Copyright © 2021 All Rights Reserved | XML Sitemap
Social media & sharing icons powered by ShareCo
"""


def test_advocate_page_saved_as_text() -> None:
    assert [kind for kind, _ in kinds(ADVOCATE)] == [
        "heading",
        "heading",
        "caption",
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
        "debris",
        "debris",
        "debris",
    ]


def test_wrapped_wire_text_keeps_its_paragraphs() -> None:
    first = " ".join([SENTENCE, OTHER] * 3)
    second = " ".join([OTHER, SENTENCE] * 3)
    text = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in (first, second))
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "paragraph"]


def test_wrapped_upper_case_wire_text_is_prose() -> None:
    text = textwrap.fill(f"{SENTENCE} {OTHER} {SENTENCE}".upper(), 70)
    assert [kind for kind, _ in kinds(text)] == ["paragraph"]


def test_one_sentence_a_line_is_not_joined() -> None:
    assert kinds(f"{SENTENCE}\n{OTHER}\n{SENTENCE} Nobody was hurt.") == [
        ("paragraph", SENTENCE),
        ("paragraph", OTHER),
        ("paragraph", f"{SENTENCE} Nobody was hurt."),
    ]


def test_headline_on_the_line_above_the_text() -> None:
    assert [kind for kind, _ in kinds(f"Police break up march in Lyon\n{SENTENCE}\n{OTHER}")] == [
        "heading",
        "paragraph",
        "paragraph",
    ]


@pytest.mark.parametrize(
    "snippet",
    [
        "Police arrested two men in Graz",
        "Farmers block border crossing for second day",
        "POLICE ARRESTED TWO MEN IN GRAZ",
        "two killed in clashes near the border",
        SENTENCE,
        "The union's demand was plain: no cuts – Agency",
    ],
)
def test_a_snippet_alone_is_a_paragraph(snippet: str) -> None:
    assert kinds(snippet) == [("paragraph", snippet)]


def test_one_huge_paragraph_stays_one() -> None:
    text = " ".join([SENTENCE, OTHER] * 500)
    assert kinds(text) == [("paragraph", text)]


@pytest.mark.parametrize("dash", ["-", "--", "—", "_"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_dateline_belongs_to_its_paragraph(dash: str, gap: str) -> None:
    text = f"GRAZ, Austria (Agency) {dash}{gap}{SENTENCE}"
    assert kinds(text) == [("paragraph", text)]
    inline = f"GRAZ (Agency) {dash} {SENTENCE}"
    assert kinds(inline) == [("paragraph", inline)]


def test_a_text_of_captions_alone_is_still_told() -> None:
    text = "Shots in Graz\n\nTwo men were wounded when shots were fired at a bar. (Published Friday, Jan. 6, 2017)"
    assert [kind for kind, _ in kinds(text)] == ["heading", "paragraph"]


def test_a_text_without_final_marks_loses_no_line() -> None:
    text = f"{SENTENCE[:-1]}\n\n{OTHER[:-1]}\n\nPolice arrested four people during the march on Monday evening"
    assert [kind for kind, _ in kinds(text)][1:] == ["paragraph", "paragraph"]


def test_empty_and_blank_texts_have_no_blocks() -> None:
    assert find_blocks("") == ()
    assert find_blocks(" \n\r\n\u2028\t ") == ()


# Units among prose


@pytest.mark.parametrize(
    "debris",
    [
        "Tags: police, protest, Graz",
        "Filed under: Politics",
        "Related: Two held after march",
        "Read more: Two held after march",
        "READ MORE",
        "Share this: Facebook Twitter",
        "Share Tweet Email Print",
        "Facebook Twitter Linkedin Mail",
        "Copyright 2019 The Valley Post. All rights reserved.",
        "© Valley Post",
        "(c) 2020 Valley Post",
        "All rights reserved. This material may not be published, broadcast, rewritten or redistributed.",
        "Subscribe to our newsletter",
        "Sign up for our daily newsletter and never miss a story.",
        "We use cookies to give you the best experience.",
        "Advertisement",
        "Home | News | Sport | Weather",
        "By Anna Berg",
        "By Anna Berg and Karl Maria Stein, Staff Writer",
        "BY ANNA BERG",
        "(Reporting by Anna Berg; Editing by K. Stein)",
        "Anna Berg in Graz contributed to this report.",
        "Updated 3:45 PM, March 4, 2016",
        "March 4, 2016",
        "3/4/2016",
        "Mon, 4 Mar 2016 15:45 GMT",
        "https://example.org/news/1",
        "desk@example.org",
        "Follow us on Twitter",
        "#graz #march",
        "***",
        "- 30 -",
        "12 comments",
        "Skip to main content",
        "Click here for more",
        "Please enable Javascript to watch this video",
        "This story is from March 4, 2002",
        "Powered by WordPress",
        "Related video: Crowd dispersed in Graz",
        "Crowd dispersed in Graz Posted: Monday, March 4, 2016 3:20 AM EDT Updated: Monday, March 4, 2016 11:31 PM EDT",
    ],
)
def test_debris(debris: str) -> None:
    assert kind_of_last(debris) == "debris"
    assert kind_between(debris) == "debris"


@pytest.mark.parametrize(
    "caption",
    [
        "Photo: Anna Berg",
        "File photo",
        "File photo of the town hall in Graz",
        "Officers stand guard in front of the town hall in Graz. (AP Photo/Anna Berg)",
        "The square after the march (Photo: Valley Post)",
        "Marchers in Graz on Sunday. Anna Berg/Getty Images",
        "Image source: Valley Post",
        "Anna Berg, Karl Stein and Rosa Lind (left to right)",
        "[VIDEO: Marchers on the bridge]",
        "Photo by Anna Berg",
        "Photo 3: The bridge",
        "Image 3 of 12 Marchers cross the bridge in Graz",
        "The bridge on Monday (Source: KXYZ)",
    ],
)
def test_captions(caption: str) -> None:
    assert kind_of_last(caption) == "caption"
    assert kind_between(caption) == "caption"


@pytest.mark.parametrize(
    "heading",
    ["What the Mayor Said", "More Arrests Expected in Graz", "Background", "Friends of the league", "# The march"],
)
def test_headings(heading: str) -> None:
    assert kind_between(heading) == "heading"


@pytest.mark.parametrize(
    "prose",
    [
        "Police fired tear gas at marchers who had thrown stones at the gate, and four of them were arrested",
        "Jo Hale, a former member of the town's water board, told the meeting:",
        "“We will not leave this square.”",
        "Register offices were set on fire in two towns.",
        "Loading docks at the port were bombed.",
        "Copyright holders sued the state on Monday.",
        "Designed by a local firm, the tower was shelled on Monday.",
        "Reporting by the rights group found that twelve people were killed.",
        "By Monday, forty people had been arrested.",
        "Home guards shot two men in the valley.",
        "Maps of the area were seized by soldiers.",
        "Police arrested the man. (Agency)",
        "“We will stay.\x94",
        "Video by activists shows officers firing at the crowd.",
        "Images of the two men were burned on the square.",
        "The strike was called off - Agency.",
        "Photographs of the dead were burned by the crowd.",
        "Watch towers were attacked at dawn.",
        "Contact with the two men was lost on Friday.",
        "“WE WILL STAY HERE,” THE MAYOR SAID TO A CROWD OF SEVERAL HUNDRED PEOPLE IN GRAZ [END RECORDING]",
        "شرطة المدينة فرقت المتظاهرين أمام المبنى.",
        "警察在市政厅前驱散了人群。",
    ],
)
def test_prose_is_kept(prose: str) -> None:
    assert kind_between(prose) in CODED_BLOCKS
    assert kind_of_last(prose) in CODED_BLOCKS


@pytest.mark.parametrize("bullet", ["- ", "• ", "* ", "1. ", "2) ", "– "])
def test_list_items(bullet: str) -> None:
    text = f"The council said:\n{bullet}{SENTENCE}\n{bullet}{OTHER}"
    assert kinds(text)[1:] == [("list", bullet + SENTENCE), ("list", bullet + OTHER)]


def test_table_rows_and_menus() -> None:
    assert {kind for kind, _ in kinds(f"{SENTENCE}\n\nTown\tArrests\nGraz\t4\nLinz\t12\n\n{OTHER}")} == {
        "paragraph",
        "table",
    }
    menu = kinds(f"Home\nNews\nSport\nWeather\nContact\n\n{SENTENCE}\n\n{OTHER}")
    assert [kind for kind, _ in menu] == ["debris"] * 5 + ["paragraph"] * 2


# What holds for any text

PIECES = st.sampled_from(
    [
        SENTENCE,
        "Photo: A",
        "- item",
        "Tags: a",
        "\u200f\u202e",
        "😀",
        "\0",
        "GRAZ --",
        "a\tb",
        "”",
        "\ud800",
        "\u2028",
        "\r\n",
        "\n",
        "\n\n",
        "\r",
        "\x85",
        "\x0c",
        "\x1c",
        "\u3000",
        "  ",
        "Heading",
        "[END]",
        "(",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
@example("\x1c")
@example("a\x1fb\x1c\n")
@example("\ufeff")
@settings(max_examples=300)
def test_blocks_cover_every_character_that_is_not_space(text: str) -> None:
    blocks = find_blocks(text)
    at = 0
    for block in blocks:
        assert at <= block.start < block.end <= len(text)
        assert not text[at : block.start].strip()
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        at = block.end
    assert not text[at:].strip()
    assert find_blocks(text) == blocks


@pytest.mark.parametrize(
    "piece",
    [
        "word ",
        "a",
        "\n",
        " ",
        "ab cd\n",
        "(photo ",
        "a@b.c ",
        "1",
        "- ",
        "By A ",
        "copyright ",
        "a | ",
        "a\tb\n",
        "(",
        "_\n",
        f"photo {'1' * 200}x\n\n",
        f"photo {'by ' * 100}\n\n",
        f"(photo {'AP/' * 100}\n\n",
        f"updated: {'1' * 300}x\n\n",
        f"{'1 ' * 190}x\n\n",
        f"a@{'b.' * 190}\n\n",
    ],
)
def test_time_is_linear_in_length(piece: str) -> None:
    def read(length: int) -> Callable[[], object]:
        text = (piece * (length // len(piece)))[:length]
        return lambda: find_blocks(text)

    assert ratio(read(40_000), read(160_000)) < LINEAR


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Choirs fill the square of Lima Ada Roe", "LIMA, March 5 (Sample Wire) -- Choirs sang in the square."),
        ("Bakers strike in the capital", "KABUL, Afghanistan (AP) — Bakers went on strike."),
    ],
)
def test_a_headline_and_a_dateline_in_one_paragraph_are_two_blocks(headline: str, body: str) -> None:
    text = f"{headline} {body}"
    assert [text[b.start : b.end] for b in find_blocks(text)] == [headline, body]


@pytest.mark.parametrize(
    "text",
    [
        "The NATO alliance met in Lima on March 5 (Monday) and spoke of bread.",
        "The union of teachers, NUT (Teachers) – the oldest – met in Lima.",
        "LIMA, March 5 (AP) — Choirs sang in the square.",
    ],
)
def test_a_paragraph_without_a_headline_stays_whole(text: str) -> None:
    assert len(find_blocks(text)) == 1
