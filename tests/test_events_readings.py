"""What a sentence does not say: who only accuses, names or condemns did nothing, and nobody is no one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from dateline.codebook.load import load_codebook
from dateline.coder.counts.owners import attach_counts
from dateline.coder.events.find import find_mentions
from dateline.coder.events.model import Mention
from dateline.coder.syntax.parse import parse_many
from dateline.model import Block, Report

if TYPE_CHECKING:
    from spacy.language import Language

    from dateline.model import Span

pytestmark = pytest.mark.model

Find = Callable[[str], list[Mention]]


@pytest.fixture(scope="module")
def find(nlp: Language) -> Find:
    codebook = load_codebook("plover")

    def find(text: str) -> list[Mention]:
        report = Report("r", text, (Block(0, len(text), "paragraph"),), published="2024-05-05")
        parse = next(parse_many([report], nlp))
        return list(attach_counts(parse, find_mentions(parse, codebook), codebook).mentions)

    return find


def one(found: list[Mention], type: str, word: str) -> Mention:
    mentions = [m for m in found if m.type == type and word in m.trigger.quote]
    assert len(mentions) == 1, [(m.type, m.trigger.quote) for m in found]
    return mentions[0]


def quotes(spans: tuple[Span, ...]) -> list[str]:
    return [span.quote for span in spans]


ACCUSATIONS = [
    ("The union accused guards of beating strikers.", "beating", "possible", ["guards"], ["strikers"]),
    ("A clinic accused soldiers of shooting at nurses in Goma.", "shooting", "possible", ["soldiers"], ["nurses"]),
    ("A monitor blamed the army for killing 12 villagers.", "killing", "possible", ["the army"], ["12 villagers"]),
    (
        "Prosecutors charged two officers with killing a student.",
        "killing",
        "possible",
        ["two officers"],
        ["a student"],
    ),
    ("The mayor criticised police for beating students.", "beating", "asserted", ["police"], ["students"]),
    ("Investigators suspect the group of bombing the market.", "bombing", "possible", ["the group"], ["the market"]),
    ("The group was accused of bombing the market.", "bombing", "possible", ["The group"], ["the market"]),
    ("The group was accused by the mayor of bombing the market.", "bombing", "possible", ["The group"], ["the market"]),
]


@pytest.mark.parametrize(("text", "word", "modality", "actors", "recipients"), ACCUSATIONS)
def test_the_accused_is_the_actor_of_what_is_alleged(
    find: Find, text: str, word: str, modality: str, actors: list[str], recipients: list[str]
) -> None:
    act = one(find(text), "ASSAULT", word)
    assert act.modality == modality
    assert quotes(act.actors) == actors
    assert quotes(act.recipients) == recipients


def test_it_does_not_matter_which_word_the_parser_hangs_the_accusation_on(find: Find) -> None:
    sides = ("Kurdish fighters", "Indian police", "Russian soldiers", "Ukrainian fighters", "Israeli fighters")
    for first, second in permutations(sides, 2):
        act = one(find(f"{first} accused {second} of shelling a school in Belgorod."), "ASSAULT", "shelling")
        assert (act.modality, quotes(act.actors)) == ("possible", [second])


PLACED = [
    "The Delhi march ended at noon.",
    "Iran protests entered a third week.",
    "Iran Protests demanding reform grew.",
]


@pytest.mark.parametrize("text", PLACED)
def test_a_place_before_a_protest_says_where_and_not_who(find: Find, text: str) -> None:
    found = find(text)
    assert [m.type for m in found] == ["PROTEST"]
    assert found[0].actors == ()


NOBODY = [
    ("Nobody was shot in the street.", "ASSAULT", [0]),
    ("Soldiers shot nobody.", "ASSAULT", [0]),
    ("No one died in the clashes.", "ASSAULT", [0]),
    ("None of the students was arrested.", "COERCE", [0]),
    ("Not a single student was arrested.", "COERCE", [0]),
]


@pytest.mark.parametrize(("text", "type", "counts"), NOBODY)
def test_nobody_is_no_one(find: Find, text: str, type: str, counts: list[int]) -> None:
    event = one(find(text), type, "")
    assert event.modality == "negated"
    assert event.recipients == ()
    assert [c.best for c in event.counts] == counts


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Police fired rubber bullets against batons and bricks.", []),
        ("Soldiers fired on a bridge with cannons.", ["a bridge"]),
        ("Police fired a beanbag at a man.", ["a man"]),
    ],
)
def test_what_an_act_is_done_with_does_not_suffer_it(find: Find, text: str, recipients: list[str]) -> None:
    assert quotes(one(find(text), "ASSAULT", "fired").recipients) == recipients


def test_who_judges_an_event_has_no_part_in_it(find: Find) -> None:
    assert one(find("The senator called the shooting a tragedy."), "ASSAULT", "shooting").actors == ()
    assert [m.type for m in find("The commissioner called the strike inexcusable.") if m.actors] == []


def test_who_condemns_a_killing_does_not_accuse_the_killed(find: Find) -> None:
    found = find("The minister condemned the killing of two nurses.")
    # What is condemned is the deed, and nobody who suffered it.
    assert quotes(one(found, "ACCUSE", "condemned").recipients) == ["the killing of two nurses"]
    killing = one(found, "ASSAULT", "killing")
    assert killing.actors == ()
    assert quotes(killing.recipients) == ["two nurses"]


def test_who_blocks_a_resolution_does_not_say_what_it_says(find: Find) -> None:
    condemning = one(find("Kenya and Peru blocked a motion condemning the killing of monks."), "ACCUSE", "condemning")
    assert condemning.actors == ()
    assert condemning.modality == "negated"


@pytest.mark.parametrize(
    ("text", "type", "mode"),
    [
        ("Police used brutal force against the marchers.", "ASSAULT", None),
        ("Police fired tear gas at the marchers.", "ASSAULT", "crowd-control"),
        ("Police charged the protesters.", "ASSAULT", "beat"),
        ("Police charged two men with theft.", "ACCUSE", "allege"),
        ("The president called the king by phone on Monday.", "CONSULT", "phone"),
    ],
)
def test_modes_need_their_words(find: Find, text: str, type: str, mode: str | None) -> None:
    assert one(find(text), type, "").mode == mode


def counted(found: list[Mention]) -> list[tuple[str, int | None]]:
    return [(c.kind, c.best) for m in found for c in m.counts]


VICTIMS = [
    ("A boy accidentally shot himself in the knee in the kitchen.", [("injured", 1)]),
    ("A teenager was struck by a stray bullet and taken to hospital.", [("injured", 1)]),
    ("A baker was shot and taken to hospital, where he died.", [("killed", 1)]),
    ("The shooting left a man in critical condition.", [("injured", 1)]),
    ("Police found a man with a gunshot wound. The shooting happened at noon.", [("injured", 1)]),
    ("Police arrested a 16-year-old and an 18-year-old.", [("arrested", 2)]),
    ("A mother of three is dead after a shooting.", [("killed", 1)]),
    ("He shot and killed himself.", [("killed", 1)]),
    ("They found four victims who had been struck by gunfire. He denies attempted murder.", [("injured", 4)]),
    ("The gun fired, striking a 9-year-old in the hand. The shooting was an accident.", [("injured", 1)]),
    ("The deputy was not injured in the shooting.", []),
    ("No one else was hurt in the shooting.", []),
    ("Gunmen attacked the market. Two people died and over 1,000 were hurt.", [("killed", 2), ("injured", 1000)]),
    ("Students clashed with police. Two people had died and 30 were hurt.", [("killed", 2), ("injured", 30)]),
]


@pytest.mark.parametrize(("text", "counts"), VICTIMS)
def test_the_dead_and_hurt_are_counted_where_the_report_says_so(
    find: Find, text: str, counts: list[tuple[str, int]]
) -> None:
    assert counted(find(text)) == counts


BEFORE = "In the week before, 10 people had been killed in violence around the mine."


def test_what_came_before_the_background_is_background(find: Find) -> None:
    anniversary = find(f"Families met where police shot dead 34 strikers on 16 August 2012. {BEFORE}")
    assert one(anniversary, "ASSAULT", "killed").historical
    news = find(f"Gunmen killed two guards on Sunday. {BEFORE}")
    assert [m.historical for m in news if m.type == "ASSAULT"] == [False, False]


def test_the_dead_of_another_year_are_no_victims_of_the_news(find: Find) -> None:
    found = find("A boy was shot dead on Monday. A database counts 69 children who died from gunfire in 2013.")
    assert ("killed", 69) not in counted([m for m in found if not m.historical])
    assert ("killed", 1) in counted(found)
