"""Whether it happened, and who did it where another word tells: plans, orders, habits, deaths in somebody's fire."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from dateline.codebook.load import load_codebook
from dateline.coder.counts.owners import attach_counts
from dateline.coder.events.find import find_mentions
from dateline.coder.events.model import MentionsFound
from dateline.coder.syntax.parse import parse_many
from dateline.model import Block, Report

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

Find = Callable[[str], MentionsFound]


@pytest.fixture(scope="module")
def find(nlp: Language) -> Find:
    codebook = load_codebook("plover")

    def find(text: str) -> MentionsFound:
        report = Report("r", text, (Block(0, len(text), "paragraph"),), published="2024-05-05")
        parse = next(parse_many([report], nlp))
        return attach_counts(parse, find_mentions(parse, codebook), codebook)

    return find


MODALITIES = [
    ("The possibility of the two men arrested in Oruro being freed was dismissed.", "arrested", "asserted"),
    ("Officials put off the trial of six guards arrested in Oruro.", "arrested", "asserted"),
    ("The court gave an order to arrest the mayor.", "arrest", "planned"),
    ("The arrangements for detaining the marchers were approved.", "detaining", "planned"),
    ("The deaths were due to a bombing in the port.", "bombing", "asserted"),
    ("Five years after the massacre, two nurses were arrested.", "massacre", "asserted, historical"),
    ("Five years after the massacre, two nurses were arrested.", "arrested", "asserted"),
    ("Nobody has claimed responsibility for the ambush.", "ambush", "asserted"),
    ("The front denied responsibility for the ambush.", "ambush", "asserted"),
    ("Oslo has rejected claims that it shelled the village.", "shelled", "negated"),
    (
        "The ambush, in which rebels executed a nurse, was commemorated at a chapel.",
        "ambush",
        "asserted, historical",
    ),
    (
        "The ambush, in which rebels shot dead a nurse, was commemorated at a chapel.",
        "shot",
        "asserted, historical",
    ),
    ("The premier would put down any protest.", "protest", "hypothetical"),
    ("Not a single guard reported any fighting.", "fighting", "negated"),
    ("Bakers have announced a march for Sunday.", "march", "planned"),
    ("A strike called for Sunday by the bakers may be banned.", "called", "planned"),
    ("A march was due to be held in Oruro.", "march", "planned"),
    ("The verdict could spark riots.", "riots", "possible"),
    ("Nurses urged the premier to take steps to arrest the owners.", "arrest", "planned"),
    ("The senator suggested that the owners be arrested.", "arrested", "hypothetical"),
    ("With a warrant arrests can be made by anyone.", "made", "hypothetical"),
    ("Guards insisted that no shots were fired.", "fired", "negated"),
    ("In 1979 soldiers shot a miner, rebels said. The army denied it.", "shot", "possible, historical"),
    ("Since last year's protests, gunmen have killed two guards.", "protests", "asserted, historical"),
]


@pytest.mark.parametrize(("text", "word", "judged"), MODALITIES)
def test_whether_it_happened_is_told_by_the_words_that_govern_it(find: Find, text: str, word: str, judged: str) -> None:
    told = [(m.modality, *["historical"] * m.historical) for m in find(text).mentions if word in m.trigger.quote]
    assert told == [tuple(judged.split(", "))]


KILLED = [
    ("Six miners were killed in police firing near the gate.", ["police"]),
    ("Six miners were killed in firing by the guards near the gate.", ["the guards"]),
    ("Six miners died in an attack by gunmen.", ["gunmen"]),
    ("Six miners were killed on Friday when police opened fire.", ["police"]),
    ("six miners died in police firing.", ["police"]),
    ("Guards fired at a crowd in which six miners were killed.", ["Guards"]),
    ("Six miners were killed when the bridge fell.", []),
]


@pytest.mark.parametrize(("text", "killers"), KILLED)
def test_who_fired_killed_those_who_died_of_it_and_it_is_one_event(find: Find, text: str, killers: list[str]) -> None:
    (mention,) = (m for m in find(text).mentions if m.type == "ASSAULT")
    assert [span.quote for span in mention.actors] == killers
    assert [(c.kind, c.best) for c in mention.counts] == [("killed", 6)]


def test_the_dead_of_long_ago_are_background_with_what_killed_them(find: Find) -> None:
    (mention,) = find("Thousands were killed when the army crushed the uprising of 1988.").mentions
    assert (mention.historical, [c.kind for c in mention.counts]) == (True, ["killed"])


GENERAL = [
    "Protests have become common in the mining towns.",
    "Strikes by miners have increased.",
    "The group carries out frequent attacks in the valley.",
    "Observers noted a rise in clashes between militias.",
]


@pytest.mark.parametrize("text", GENERAL)
def test_what_is_told_in_general_is_no_event_and_the_report_says_why(find: Find, text: str) -> None:
    found = find(text)
    assert found.mentions == ()
    assert any("told in general" in left.why for left in found.left_out)


@pytest.mark.parametrize(
    "text", ["Frequent protests shook the capital last week.", "Protests broke out in the mining towns."]
)
def test_what_happened_more_than_once_happened(find: Find, text: str) -> None:
    assert [m.type for m in find(text).mentions] == ["PROTEST"]


def test_what_somebody_calls_it_is_no_event_of_its_own(find: Find) -> None:
    found = find("The mayor called the march a riot.")
    assert [(m.mode, m.trigger.quote) for m in found.mentions if m.type == "PROTEST"] == [("demo", "march")]


ARRESTS = [
    "two ramsevaks were detained near the ghat.",
    "The arrests were made on Monday.",
    "Six traders were booked under the emergency law.",
    "A driver is currently held by the police.",
    "The two were remanded to custody.",
]


@pytest.mark.parametrize("text", ARRESTS)
def test_an_arrest_in_other_words_is_an_arrest(find: Find, text: str) -> None:
    assert [(m.type, m.mode, m.modality) for m in find(text).mentions] == [("COERCE", "arrest", "asserted")]


@pytest.mark.parametrize(
    "text", ["The stones were kept in the custody of the museum.", "The police held a meeting with traders."]
)
def test_things_in_custody_and_meetings_held_are_no_arrests(find: Find, text: str) -> None:
    assert not [m for m in find(text).mentions if m.mode == "arrest"]


IMPLIED = [
    ("A van packed with explosives went off outside a bank in Cali, killing six clerks.", [], "explosives"),
    ("Two guards are dead after their lorry drove over a landmine in Cali.", [], "explosives"),
    ("The bodies of two clerks were found with their throats cut.", [], None),
    ("Farmers and herders fought with spears near the river.", ["Farmers", "herders"], "primitive"),
    ("Government forces retook the town from rebels.", ["Government forces"], None),
]


@pytest.mark.parametrize(("text", "actors", "mode"), IMPLIED)
def test_an_attack_in_other_words_is_an_attack(find: Find, text: str, actors: list[str], mode: str | None) -> None:
    mentions = find(text).mentions
    assert [(m.type, [a.quote for a in m.actors], m.mode) for m in mentions] == [("ASSAULT", actors, mode)]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The mayor insisted that the army leave the port.", ["REQUEST"]),
        ("The mayor insisted that the army had left early.", []),
        ("The teachers' federation will walk out on 3 June.", ["PROTEST"]),
    ],
)
def test_words_with_a_plain_and_an_event_sense_are_told_apart(find: Find, text: str, types: list[str]) -> None:
    assert [m.type for m in find(text).mentions] == types


COUNTED = [
    ("Rebels clashed with troops on Monday. The group lost six men.", [("killed", 6)]),
    ("The clashes forced 12,500 people from their homes.", [("displaced", 12500)]),
    ("The clashes drove 300 villagers from their homes.", [("displaced", 300)]),
    (
        "Police arrested 300 people in Minsk. The ministry put the number at 120.",
        [("arrested", 300), ("arrested", 120)],
    ),
    ("Some 900 people marched. Police put the number at 300.", [("participants", 900), ("participants", 300)]),
]


@pytest.mark.parametrize(("text", "counts"), COUNTED)
def test_a_number_counts_those_it_is_told_of(find: Find, text: str, counts: list[tuple[str, int]]) -> None:
    assert [(c.kind, c.best) for m in find(text).mentions for c in m.counts] == counts
