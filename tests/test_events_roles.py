"""Who acts and on whom, where the sentence does not put it beside the trigger."""

from __future__ import annotations

import pytest
from benchmarks.tasks.roles import joined

from dateline.coder.machine import MachineCoder
from dateline.coder.text.capitals import recase
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
        ("The fighters promised to lay down their arms in Goma.", "AGREE", ["The fighters"], ["Goma"]),
        ("Soldiers imposed a curfew in Darfur.", "COERCE", ["Soldiers"], ["Darfur"]),
        ("In Geneva, the commissioner condemned the killings.", "ACCUSE", ["the commissioner"], ["the killings"]),
        ("Six parties rejected the referendum.", "REJECT", ["Six parties"], ["the referendum"]),
        ("The army threatened to shell the bridge.", "THREATEN", ["The army"], ["the bridge"]),
        ("The senator criticised the union's decision.", "ACCUSE", ["The senator"], ["the union"]),
        ("The museum returned a vase that was found in 1943 to Peru.", "RETREAT", ["The museum"], ["Peru"]),
        ("The agency returned bones that were sold to a dealer.", "RETREAT", ["The agency"], []),
        ("The judge rejected orders passed by the governor.", "REJECT", ["The judge"], ["the governor"]),
        (
            "The court dismissed an appeal lodged by the union against the mayor.",
            "REJECT",
            ["The court"],
            ["the union"],
        ),
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
        ("Thousands of workers marched in Lagos on Friday.", "PROTEST"),
        ("The minister promised to repair the road in Gezi Park.", "AGREE"),
        ("The two parties agreed in Geneva to hold elections.", "AGREE"),
    ],
)
def test_a_place_where_it_happens_is_not_the_other_side(text: str, type: str, coder: MachineCoder) -> None:
    assert coded(coder, text, type)[1] == []


@pytest.mark.model
@pytest.mark.parametrize(("text", "actors"), [("an anti-Roe rally", []), ("a Kenyan rally", ["Kenyan"])])
def test_whom_a_rally_is_against_does_not_rally(text: str, actors: list[str], coder: MachineCoder) -> None:
    assert coded(coder, f"There was {text} in Lima on Monday.", "PROTEST")[0] == actors


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


LISTS = [
    (
        "The mayor of Turin, the prefect of Asti and two clerks were arrested on Friday.",
        ["The mayor of Turin", "the prefect of Asti", "two clerks"],
    ),
    (
        "Police detained the head of the union, the editor of the paper and six pupils.",
        ["the head of the union", "the editor of the paper", "six pupils"],
    ),
    ("Police detained the mayor of Turin and leader of the league.", ["the mayor of Turin"]),
    ("Police detained the mayor of Turin, a baker, on Monday.", ["the mayor of Turin"]),
    ("The envoys of Chad and Niger were arrested in Lima.", ["The envoys of Chad", "Niger"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "recipients"), LISTS)
def test_everyone_on_a_list_is_a_participant(text: str, recipients: list[str], coder: MachineCoder) -> None:
    assert coded(coder, text, "COERCE")[1] == recipients


@pytest.mark.model
def test_a_list_torn_by_its_offices_is_counted_as_one_sum(coder: MachineCoder) -> None:
    event = coder.code(read_text(LISTS[0][0], id="r", language="en")).events[0]
    assert [(c.kind, c.best) for c in event.counts] == [("arrested", 4)]


@pytest.mark.model
def test_a_name_goes_on_after_its_preposition(coder: MachineCoder) -> None:
    actors, _ = coded(coder, "The Centre for Human Rights condemned the new minister.", "ACCUSE")
    assert actors == ["The Centre for Human Rights"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "whole", "sector"),
    [
        ("Some 40 nurses blocked the bridge. Police detained two of them.", "some 40 nurses", "HLH"),
        ("Some 40 nurses blocked the bridge. Six of them were detained by police.", "some 40 nurses", "HLH"),
    ],
)
def test_who_acts_on_some_of_them_is_none_of_them(text: str, whole: str, sector: str, coder: MachineCoder) -> None:
    coding = coder.code(read_text(text, id="r", language="en"))
    arrest = next(e for e in coding.events if e.mode == "arrest")
    some = next(a for a in coding.actors if a.id == arrest.recipients[0].actor)
    assert some.name.endswith(f"of {whole}")
    assert some.sector == sector


@pytest.mark.model
def test_a_relative_clause_of_harm_tells_on_the_deed_and_no_place_kills(coder: MachineCoder) -> None:
    text = "Chad condemned the bombing of the Lyon airport, which killed 16 people."
    bombing = next(e for e in coder.code(read_text(text, id="r", language="en")).events if e.type == "ASSAULT")
    assert bombing.actors == ()
    assert [c.best for c in bombing.counts] == [16]


@pytest.mark.model
@pytest.mark.parametrize("text", ["Six monks held up placards outside the court.", "Monks staged a silent vigil."])
def test_what_is_shown_or_held_is_nobody_it_is_done_to(text: str, coder: MachineCoder) -> None:
    assert coded(coder, text, "PROTEST")[1] == []


@pytest.mark.model
def test_what_one_sentence_tells_is_together_where_only_one_part_is_dated(coder: MachineCoder) -> None:
    text = "Police fired tear gas at students who marched through Kampala on Tuesday."
    coding = coder.code(read_text(text, id="r", language="en", published="2024-05-18"))
    assert {e.codes.acled for e in coding.events} == {"Protest with intervention"}
    assert len(coding.events) == 2
