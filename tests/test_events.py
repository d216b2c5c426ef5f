"""What a sentence tells: who did what to whom, how surely, and in what numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from dateline.codebook.load import load_codebook
from dateline.codebook.model import Codebook
from dateline.coder.counts.owners import attach_counts
from dateline.coder.events.find import find_mentions
from dateline.coder.events.model import Mention, MentionsFound
from dateline.coder.syntax.parse import parse_many
from dateline.model import Block, Report

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

Find = Callable[..., MentionsFound]


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook("plover")


@pytest.fixture(scope="module")
def find(nlp: Language, codebook: Codebook) -> Find:
    def find(text: str, published: str | None = "2024-05-05") -> MentionsFound:
        report = Report("r", text, (Block(0, len(text), "paragraph"),), published=published)
        parse = next(parse_many([report], nlp))
        return attach_counts(parse, find_mentions(parse, codebook), codebook)

    return find


def one(found: MentionsFound, type: str) -> Mention:
    """The only mention of the type."""
    mentions = [m for m in found.mentions if m.type == type]
    assert len(mentions) == 1, [(m.type, m.trigger.quote) for m in found.mentions]
    return mentions[0]


def quotes(spans: tuple[object, ...]) -> list[str]:
    return [span.quote for span in spans]  # type: ignore[attr-defined]


def numbers(mention: Mention) -> list[tuple[str, int | None, int | None, int | None]]:
    return [(c.kind, c.low, c.best, c.high) for c in mention.counts]


ROLES = [
    ("Two women and a child were shot dead in Goma by soldiers.", "ASSAULT", ["soldiers"], ["Two women", "a child"]),
    ("Police fired tear gas at the crowd.", "ASSAULT", ["Police"], ["the crowd"]),
    ("The downing of an airliner by the army shocked many.", "ASSAULT", ["the army"], ["an airliner"]),
    ("The army's raid on the village began at dawn.", "COERCE", ["The army"], ["the village"]),
    ("Teachers, nurses and bus drivers marched.", "PROTEST", ["Teachers", "nurses", "bus drivers"], []),
    ("Protesters who torched a police station fled.", "PROTEST", ["Protesters"], ["a police station"]),
    ("Protesters tried to storm the parliament.", "PROTEST", ["Protesters"], ["the parliament"]),
    (
        "Residents and supporters of the club took part in a rally.",
        "PROTEST",
        ["Residents", "supporters of the club"],
        [],
    ),
    ("A rally of 300 supporters was held by the party.", "PROTEST", ["the party"], []),
    ("Clashes broke out between farmers and police.", "ASSAULT", ["farmers", "police"], []),
    ("There was a protest by farmers against the ministry.", "PROTEST", ["farmers"], ["the ministry"]),
    ("Students who had sung were beaten by guards.", "ASSAULT", ["guards"], ["Students"]),
    ("The court rejected the union's demand.", "REJECT", ["The court"], ["the union"]),
]


@pytest.mark.parametrize(("text", "type", "actors", "recipients"), ROLES)
def test_who_did_it_to_whom(find: Find, text: str, type: str, actors: list[str], recipients: list[str]) -> None:
    mention = one(find(text), type)
    assert quotes(mention.actors) == actors
    assert quotes(mention.recipients) == recipients


def test_a_bomb_without_an_owner_leaves_the_agent_unnamed(find: Find) -> None:
    mention = one(find("A car bomb exploded in a market, killing at least 12 people and wounding dozens."), "ASSAULT")
    assert mention.actors == ()
    assert mention.instrument is not None
    assert mention.instrument.quote == "A car bomb"
    assert numbers(mention) == [("killed", 12, 12, None), ("injured", None, None, None)]


def test_a_weapon_with_an_owner_names_the_owner(find: Find) -> None:
    mention = one(find("The missiles fired by the army struck a hospital."), "ASSAULT")
    assert quotes(mention.actors) == ["the army"]


MODALITIES = [
    ("Police did not arrest the students.", "COERCE", "negated"),
    ("The minister denied that police had beaten the students.", "ASSAULT", "negated"),
    ("There were no reports of clashes between farmers and police.", "ASSAULT", "negated"),
    ("The union plans to strike on Friday.", "PROTEST", "planned"),
    ("The union will strike on Friday.", "PROTEST", "planned"),
    ("The opposition called for a rally in Tunis on Sunday.", "PROTEST", "planned"),
    ("Protesters might march to the palace.", "PROTEST", "possible"),
    ("Soldiers were accused of killing three shepherds.", "ASSAULT", "possible"),
    ("Unless the militia attacks the town, nothing changes.", "ASSAULT", "hypothetical"),
    ("In 1979, soldiers killed 40 miners in the town.", "ASSAULT", "asserted, historical"),
    ("Thousands marked the anniversary of the massacre of miners.", "ASSAULT", "asserted, historical"),
    ("The mayor did not condemn the attack on the hospital.", "ASSAULT", "asserted"),
    ("The government failed to protect civilians from attacks by the militia.", "ASSAULT", "asserted"),
    ("The students did not take part in the march.", "PROTEST", "negated"),
    ("The farmers marched through Lima on Monday.", "PROTEST", "asserted"),
]


@pytest.mark.parametrize(("text", "type", "expected"), MODALITIES)
def test_how_an_event_stands_to_the_facts(find: Find, text: str, type: str, expected: str) -> None:
    mention = one(find(text), type)
    assert (mention.modality, *["historical"] * mention.historical) == tuple(expected.split(", "))


def test_a_refusal_is_a_rejection_and_no_release(find: Find) -> None:
    found = find("Rebels released four hostages but refused to free the pilot.")
    assert [m.type for m in found.mentions] == ["RETREAT", "REJECT"]


def test_a_visit_still_to_come_is_an_agreement(find: Find) -> None:
    mention = one(find("The president of Peru will visit Ecuador next week."), "AGREE")
    assert quotes(mention.recipients) == ["Ecuador"]
    assert mention.modality == "planned"


COUNTS = [
    ("Gunmen killed a man and two women.", [("killed", 3, 3, 3)]),
    ("Five people were killed in the attack, including two children.", [("killed", 5, 5, 5)]),
    ("The death toll from the shelling rose to 40.", [("killed", 40, 40, 40)]),
    ("Police detained between 3 and 5 activists.", [("arrested", 3, None, 5)]),
    ("Police arrested up to 60 people.", [("arrested", None, 60, 60)]),
    ("A crowd of about 2,000 people gathered outside the court to protest.", [("participants", None, 2000, None)]),
    ("The attack left two dead and 14 injured.", [("injured", 14, 14, 14), ("killed", 2, 2, 2)]),
    ("Hundreds of students took part in the march.", [("participants", None, None, None)]),
    ("Gunmen attacked the bus, but no one was killed.", [("killed", 0, 0, 0)]),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_numbers_of_people(
    find: Find, text: str, expected: list[tuple[str, int | None, int | None, int | None]]
) -> None:
    found = [n for m in find(text).mentions for n in numbers(m)]
    assert sorted(found, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    "text",
    [
        "The soldier, 24, killed the bill of hopes in 2019.",
        "She walked for 20 minutes to the court.",
        "Shares fell by 12 percent after the attack.",
        "A 34-year-old law was repealed.",
    ],
)
def test_ages_shares_and_hours_are_no_numbers_of_people(find: Find, text: str) -> None:
    assert [n for m in find(text).mentions for n in numbers(m) if n[0] != "killed"] == []
    assert not any(24 in n or 12 in n or 20 in n or 34 in n for m in find(text).mentions for n in numbers(m))


def test_a_crowd_in_rhetoric_is_no_count(find: Find) -> None:
    found = find("Millions of people know that the ministry lies. Farmers marched in Quito.")
    assert all(c.kind != "participants" for m in found.mentions for c in m.counts)


NO_EVENTS = [
    ("The Committee Against Torture met in Geneva.", "ASSAULT"),
    ("She joined the company in March 2019.", "PROTEST"),
    ("The riot police arrived.", "PROTEST"),
    ("The singer wrote a protest song.", "PROTEST"),
    ("The vote killed all hope of reform.", "ASSAULT"),
    ("The Minister for War Veterans spoke.", "ASSAULT"),
]


@pytest.mark.parametrize(("text", "type"), NO_EVENTS)
def test_names_topics_and_descriptions_are_no_events(find: Find, text: str, type: str) -> None:
    assert [m.trigger.quote for m in find(text).mentions if m.type == type] == []


def test_what_is_left_out_says_why(find: Find) -> None:
    found = find("The singer wrote a protest song.")
    assert any(x.quote == "protest" and "describes 'song'" in x.why for x in found.left_out)


def test_every_mention_says_which_rule_made_it(find: Find, codebook: Codebook) -> None:
    mention = one(find("Police arrested a student."), "COERCE")
    fields = {b.field for b in mention.because}
    assert {"type", "modality", "actors", "recipients"} <= fields
    rule = next(b.rule for b in mention.because if b.field == "type")
    assert "'arrest'" in rule
    assert ".yaml:" in rule


SWAPS = [("Israeli", "Palestinian"), ("Russian", "Ukrainian"), ("Turkish", "Kurdish"), ("Hindu", "Muslim")]


@pytest.mark.parametrize(("first", "second"), SWAPS)
def test_swapping_the_sides_does_not_change_the_codes(find: Find, first: str, second: str) -> None:
    text = "{} soldiers shot three {} farmers near the wall, and {} youths burned a bus."
    here = find(text.format(first, second, first)).mentions
    there = find(text.format(second, first, second)).mentions
    assert [(m.type, m.mode, m.modality, numbers(m)) for m in here] == [
        (m.type, m.mode, m.modality, numbers(m)) for m in there
    ]
    assert here[0].type == "ASSAULT"


def test_the_same_text_gives_the_same_mentions(find: Find) -> None:
    text = "Police fired tear gas at the crowd and arrested 15 people; three were killed, and nurses will strike."
    first, second = find(text), find(text)
    assert first.left_out == second.left_out
    assert [(m.trigger, m.actors, m.recipients, m.counts, m.because) for m in first.mentions] == [
        (m.trigger, m.actors, m.recipients, m.counts, m.because) for m in second.mentions
    ]


@pytest.mark.parametrize(
    "text", ["\x00\x00 killed \x00", "killed " * 500, "“" * 300, "ق" * 200, "🪧 march 🪧", "-", "a"]
)
def test_hostile_text_is_survived(find: Find, text: str) -> None:
    for mention in find(text).mentions:
        assert text[mention.trigger.start : mention.trigger.end] == mention.trigger.quote
