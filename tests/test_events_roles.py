"""Who acts and on whom, where the sentence does not put it beside the trigger."""

from __future__ import annotations

import pytest
from benchmarks.tasks.roles import joined

from dateline.coder.machine import MachineCoder
from dateline.coder.recase import recase
from dateline.intake import read_text


def coded(coder: MachineCoder, text: str, type: str) -> tuple[list[str], list[str]]:
    """Actors and recipients of the first event of a type."""
    coding = coder.code(read_text(text, id="r", language="en"))
    event = next(e for e in coding.events if e.type == type)
    return [a.quote for a in event.actors], [r.quote for r in event.recipients]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "type", "actors", "recipients"),
    [
        ("Kenya agreed to withdraw its troops from Somalia.", "AGREE", ["Kenya"], ["Somalia"]),
        ("Ghana sent 300 soldiers to Liberia.", "MOBILIZE", ["Ghana"], ["Liberia"]),
        ("The council opened an investigation into the mayor's death.", "ACCUSE", ["The council"], ["the mayor"]),
        ("France said that Chad must release the reporters.", "REQUEST", ["France"], ["Chad"]),
        ("Peru returned six Italian paintings to the museum.", "RETREAT", ["Peru"], ["the museum"]),
        (
            "On a visit to Chad, the Kenyan envoy praised the president.",
            "SUPPORT",
            ["the Kenyan envoy"],
            ["the president"],
        ),
    ],
)
def test_the_other_side_is_found_where_it_stands(
    text: str, type: str, actors: list[str], recipients: list[str], coder: MachineCoder
) -> None:
    assert coded(coder, text, type) == (actors, recipients)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("In Geneva, the commissioner condemned the killings.", "ACCUSE"),
        ("Thousands of workers marched in Lagos on Friday.", "PROTEST"),
        ("The minister promised to repair the road in Gezi Park.", "AGREE"),
    ],
)
def test_a_place_where_it_happens_is_not_the_other_side(text: str, type: str, coder: MachineCoder) -> None:
    assert coded(coder, text, type)[1] == []


@pytest.mark.model
def test_names_with_their_initials_in_brackets_are_names(coder: MachineCoder) -> None:
    text = "MEMBERS OF THE NATIONAL UNION OF BAKERS [NUB] BLOCKED A ROAD YESTERDAY, AND NUB LEADERS WERE ARRESTED."
    assert recase(text, [], coder.nlp) == (
        "Members of the National Union of Bakers [NUB] blocked a road yesterday, and NUB leaders were arrested."
    )


def test_tokens_are_joined_as_they_are_printed() -> None:
    text = "Ana ’ s well - known friend paid $ 2 , 000 ( in cash ) , he said ."
    out, offsets = joined(text)
    assert out == "Ana’s well-known friend paid $2,000 (in cash), he said."
    assert all(text[at] == char for char, at in zip(out, offsets, strict=True))
