"""One table says of what sector people are; a crosswalk asks it on whose side they are, and says where that stands."""

from __future__ import annotations

import pytest

from dateline.codebook import load_codebook
from dateline.codebook.crosswalk.apply import codes
from dateline.codebook.crosswalk.conditions import MentionFacts
from dateline.codebook.crosswalk.sides import UNLESS_TOLD, kind_of, side_of
from dateline.codebook.model import Codebook
from dateline.lang.en.people import SECTORS, SIDES, sector_of
from dateline.lang.lexicon import built_in
from dateline.resolve.authority.file import SECTORS as LISTED_SECTORS

TRADES = (
    "herders",
    "herdsmen",
    "farmers",
    "fishers",
    "miners",
    "medics",
    "paramedics",
    "nurses",
    "teachers",
    "traders",
)
PLOVER_SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)
CAMEO_SECTORS = frozenset({"HLH", "NGO", "IGO"})
"""Sectors of the older scheme that PLOVER calls otherwise (HLH is its MED) or leaves to other fields."""


@pytest.fixture(scope="module")
def plover() -> Codebook:
    return load_codebook("plover")


def shot(actors: str, recipients: str) -> MentionFacts:
    return MentionFacts("ASSAULT", "firearms", actors=(actors,), recipients=(recipients,))


@pytest.mark.parametrize("trade", TRADES)
def test_whatever_their_trade_people_without_arms_are_attacked_and_riot(plover: Codebook, trade: str) -> None:
    assert codes(shot("gunmen", f"three {trade}"), plover)[0].acled == "Attack"
    assert codes(shot(trade, "three students"), plover)[0].acled == "Mob violence"
    assert codes(shot("students", f"three {trade}"), plover)[0].acled == "Mob violence"


def test_every_sector_has_a_side_and_is_a_sector_of_the_field() -> None:
    given = {*SECTORS, *LISTED_SECTORS}
    assert given <= built_in()["people.sides"].words
    assert given <= PLOVER_SECTORS | CAMEO_SECTORS
    assert set(SIDES) == {"state forces", "state", "armed group", "civilian"} > set(UNLESS_TOLD)


def test_a_word_is_of_one_sector_and_of_one_side() -> None:
    for name in ("people.sectors", "people.sides", "conditions.unless_told"):
        members = [word for found in built_in()[name].values.values() for word in found]
        assert len(members) == len(set(members)), name


def test_nouns_of_civil_sectors_name_somebody_who_can_act() -> None:
    sectors = built_in()["people.sectors"].values
    known = built_in()["people.agent_nouns"].words
    for sector in ("CVL", "LAB", "AGR", "BUS", "HLH", "REL", "REF", "UAF", "CRM", "COP"):
        assert sectors[sector] <= known, sector


@pytest.mark.parametrize(
    ("words", "acting", "acted_upon"),
    [
        ("the hospital", "civilian", "thing"),
        ("two schools", "civilian", "thing"),
        ("the embassy", "state", "thing"),
        ("the mayor", "state", "civilian"),
        ("a judge", "state", "civilian"),
        ("local officials", "state", "civilian"),
        ("the interior minister", "state", "civilian"),
        ("the ministry", "state", "state"),
        ("a police officer", "state", "state"),
        ("a lawyer", "civilian", "civilian"),
        ("the union's lawyer", "civilian", "civilian"),
        ("an employee of the brigade", "civilian", "civilian"),
        ("two UN staff", "civilian", "civilian"),
        ("school teachers", "civilian", "civilian"),
        ("the leader", "civilian", "civilian"),
        ("a rebel leader", "nonstate", "nonstate"),
        ("a leader of the rebels", "nonstate", "nonstate"),
        ("the chief of police", "state", "state"),
        ("two rival factions", "nonstate", "nonstate"),
        ("rebel organisations", "nonstate", "nonstate"),
        ("a helicopter", "state", "state"),
        ("a passenger jet", "civilian", "civilian"),
        ("opposition politicians", "civilian", "civilian"),
        ("a faction of the party", "civilian", "civilian"),
        ("the coalition", "state", "state"),
        ("the rebel coalition", "nonstate", "nonstate"),
        ("dozens of houses", "thing", "thing"),
        ("the sit-in", "crowd", "crowd"),
        ("a police station", "thing", "thing"),
        ("an army convoy", "state", "state"),
        ("a car bomb", "weapon", "weapon"),
    ],
)
def test_exceptions_to_the_sectors(words: str, acting: str, acted_upon: str) -> None:
    assert (side_of(words).kind, side_of(words, acted_upon=True).kind) == (acting, acted_upon)


def test_what_is_known_of_the_actor_goes_before_the_nouns_of_its_name() -> None:
    assert kind_of("they", "REB") == "nonstate"
    assert kind_of("the leader", "REB") == "nonstate"
    assert kind_of("the Northern Army", "REB") == "nonstate"
    assert kind_of("the Northern Army") == "state"
    assert kind_of("the village", "GOV") == "thing"
    assert side_of("the man", "GOV", acted_upon=True).kind == "civilian"
    assert kind_of("they") == "unknown"


def test_only_forces_and_armed_groups_are_armed() -> None:
    assert [side_of(w).armed for w in ("soldiers", "rebels", "the government", "farmers", "a mob")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_a_reason_says_which_word_was_taken_for_what_and_where_that_stands(plover: Codebook) -> None:
    found, why = codes(shot("gunmen", "two soldiers"), plover)
    assert found.acled == "Armed clash"
    assert why.rule == (
        "ASSAULT firearms; both armed; "
        f'"gunman" counts as an armed group ({SECTORS.source("gunman")}); '
        f'"soldier" counts as a state\'s ({SECTORS.source("soldier")})'
    )
    assert why.id == "codes.sub-event"
    assert why.source.startswith("plover-acled.yaml:")
    line = SECTORS.source("soldier").partition(":")
    assert line[0] == "people.yaml"
    assert int(line[2]) > 1


def test_a_reason_names_nobody(plover: Codebook) -> None:
    _, why = codes(shot("Jane Roe", "Ali Said, a farmer"), plover)
    assert "Roe" not in why.rule
    assert "of some no word tells on whose side they are" in why.rule


def test_a_phrase_has_the_noun_and_the_line_that_give_its_sector() -> None:
    found = sector_of("two groups of herdsmen")
    assert found is not None
    assert (found.code, found.word, found.noun) == ("AGR", "herdsmen", "herdsman")
    assert found.source.startswith("people.yaml:")
