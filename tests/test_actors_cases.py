"""Who is meant, case by case: short invented reports from several sides of various conflicts, coded whole.

A case names words of the report and what their actor must be: name, country, sector, where "=" instead of a name says
that two mentions are one actor.
"""

from __future__ import annotations

from functools import cache

import pytest

from dateline.coder.machine import MachineCoder
from dateline.intake import read_text
from dateline.model import Actor, Coding

pytestmark = pytest.mark.model

CASES: dict[str, tuple[str, dict[str, str]]] = {
    # acronyms introduced in brackets
    "acronym": (
        "The Movement for Water (MFW) blocked a road in Kisumu. MFW said the dam must go.",
        {"MFW said": "Movement for Water"},
    ),
    "acronym-before-list": (
        "The Union of Nurses (UN) accused the ministry of fraud. The UN called a strike.",
        {"The Union of Nurses": "Union of Nurses", "The UN called": "=The Union of Nurses"},
    ),
    "acronym-front": (
        "The Front for Valley Unity (FVU) attacked a convoy. Soldiers shot two FVU fighters.",
        {"The Front for Valley Unity": "Front for Valley Unity"},
    ),
    # told again by the last word of the name or by the noun alone
    "last-word": (
        "The Lakeside Coalition condemned the raid. The Coalition called a strike.",
        {"The Coalition": "=The Lakeside Coalition"},
    ),
    "without-kind": (
        "The trade union Harbourlight called a strike. Harbourlight condemned the ministry.",
        {"Harbourlight condemned": "=The trade union"},
    ),
    "no-first-word": (
        "The Kenyan Dock Union condemned the raid. Kenyan strikes hit a town in Chad.",
        {"The Kenyan Dock Union": "Kenyan Dock Union", "Kenyan strikes": "Kenyan"},
    ),
    "several-again": (
        "Armed plainclothes officers arrested ten miners. The officers fired shots, a doctor said.",
        {"The officers": "=Armed plainclothes officers"},
    ),
    "counted-are-others": (
        "Police killed three miners on Monday. The miners attacked a police station on Sunday.",
        {"three miners": "three miners", "The miners": "miners"},
    ),
    "police-again": (
        "The ministry's police stormed a camp in Kisumu. Later police arrested ten nurses.",
        {"The ministry's police": "the ministry's police", "police arrested": "=The ministry's police"},
    ),
    "observatory": (
        "The Britain-based Nauru Observatory for Peace condemned the raid.",
        {"The Britain-based Nauru Observatory": "Nauru Observatory"},
    ),
    # the list of actors
    "un": (
        "The UN condemned the attack on Aden. The United Nations said it was shocked.",
        {"The UN": "United Nations|IGO", "The United Nations": "=The UN"},
    ),
    "white-house": (
        "The White House condemned the shelling.",
        {"The White House": "Presidency of the United States|US|GOV"},
    ),
    "idf": ("The IDF shelled a town on Monday.", {"The IDF": "Israel Defense Forces|IL|MIL"}),
    "hamas": ("Hamas fired rockets at a town on Monday.", {"Hamas": "Hamas|PS|REB"}),
    "is-names": (
        "ISIS killed ten farmers in Mosul. Daesh said it had killed spies.",
        {"ISIS": "Islamic State|REB", "Daesh": "=ISIS"},
    ),
    "britain": (
        "Britain condemned Russia on Monday. The UK expelled three diplomats.",
        {"Britain": "United Kingdom|GB|GOV", "The UK": "=Britain"},
    ),
    "russia": ("Ukraine accused Russia of an attack.", {"Ukraine": "Ukraine|UA|GOV", "Russia": "Russia|RU|GOV"}),
    "who": ("WHO condemned the attack on a hospital in Goma.", {"WHO": "World Health Organization|IGO"}),
    "pkk": ("The PKK attacked a convoy near Diyarbakir.", {"The PKK": "Kurdistan Workers' Party|TR|REB"}),
    "rsf-sudan": (
        "The RSF killed ten villagers in Khartoum, a doctor said.",
        {"The RSF": "Rapid Support Forces|SD|UAF"},
    ),
    "houthis": ("The Houthis fired a missile at Aden.", {"The Houthis": "Ansar Allah|YE|REB"}),
    "eu": (
        "The European Union imposed sanctions on Belarus.",
        {"The European Union": "European Union|IGO", "Belarus": "Belarus|BY|GOV"},
    ),
    # persons: titles, surnames, pronouns
    "surname": (
        "Governor Paul Adams banned the march. Adams said it was illegal.",
        {"Governor Paul Adams": "Paul Adams|GOV", "Adams said": "=Governor Paul Adams"},
    ),
    "title-after": (
        "Amina Yusuf, the mayor of Lyon, condemned the attack. Mrs Yusuf demanded an inquiry.",
        {"Amina Yusuf": "Amina Yusuf|GOV", "Mrs Yusuf": "=Amina Yusuf"},
    ),
    "she": (
        "Minister Jane Miller condemned the attack. She demanded an inquiry.",
        {"Minister Jane Miller": "Jane Miller|GOV", "She": "=Minister Jane Miller"},
    ),
    "he-object": (
        "Police arrested Senator Omar Haddad on Monday. They released him on Tuesday.",
        {"Senator Omar Haddad": "Omar Haddad|LEG", "him": "=Senator Omar Haddad", "They": "=Police"},
    ),
    "general": (
        "General Marek Nowak led the attack. The general denied it.",
        {"General Marek Nowak": "Marek Nowak|MIL", "The general": "=General Marek Nowak"},
    ),
    "union-leader": (
        "Union leader Ruth Feldman called a strike. Feldman demanded higher wages.",
        {"Union leader Ruth Feldman": "Ruth Feldman|LAB", "Feldman demanded": "=Union leader Ruth Feldman"},
    ),
    "private-person": (
        "Police beat Carlos Quispe, a student, in Lima.",
        {"Carlos Quispe": "a student|EDU", "Police": "police|COP"},
    ),
    "private-victim": ("Gunmen killed Lena Fischer near Lyon.", {"Lena Fischer": "a person"}),
    "misspelt": (
        "Minister Peter Kabbashi denied the attack. Kabashi said that troops had left.",
        {"Minister Peter Kabbashi": "Peter Kabbashi|GOV", "Kabashi": "=Minister Peter Kabbashi"},
    ),
    # groups and definite descriptions
    "the-group": (
        "The Free Valley Movement burned two trucks. The group threatened to kill the mayor.",
        {"The Free Valley Movement": "Free Valley Movement", "The group": "=The Free Valley Movement"},
    ),
    "the-ministry": (
        "The Interior Ministry banned the march. The ministry accused the organisers.",
        {"The Interior Ministry": "Interior Ministry|GOV", "The ministry": "=The Interior Ministry"},
    ),
    "they-police": (
        "Police fired tear gas at students in Lyon. They arrested ten farmers.",
        {"Police": "police|COP", "They": "=Police"},
    ),
    "they-rebels": (
        "Rebels attacked a base on Monday. They killed three soldiers.",
        {"Rebels": "rebels|REB", "They": "=Rebels"},
    ),
    "it-army": (
        "The army shelled Goma on Monday. It denied that it had killed farmers.",
        {"The army": "army|MIL", "It denied": "=The army"},
    ),
    "protesters-they": (
        "Protesters marched through Minsk on Sunday. They demanded that the president resign.",
        {"Protesters": "protesters|CVL", "They": "=Protesters"},
    ),
    "the-union": (
        "The Harbour Workers' Union called a strike. The union accused the port of fraud.",
        {"The Harbour Workers' Union": "Harbour Workers' Union|LAB", "The union": "=The Harbour Workers' Union"},
    ),
    "the-rebels-again": (
        "Rebels burned a village near Goma. The rebels also kidnapped three nurses.",
        {"Rebels": "rebels|REB", "The rebels": "=Rebels", "three nurses": "three nurses|HLH"},
    ),
    "who-relative": (
        "Soldiers who shelled the town arrested ten men.",
        {"Soldiers": "soldiers|MIL", "ten men": "ten men|CVL"},
    ),
    # countries by words
    "nationality": (
        "Israeli soldiers shot two Palestinian farmers.",
        {"Israeli soldiers": "Israeli soldiers|IL|MIL", "two Palestinian farmers": "two Palestinian farmers|PS|AGR"},
    ),
    "nationality-2": (
        "Palestinian gunmen shot two Israeli soldiers.",
        {"Palestinian gunmen": "Palestinian gunmen|PS|UAF", "two Israeli soldiers": "two Israeli soldiers|IL|MIL"},
    ),
    "army-of": (
        "The army of Ethiopia attacked rebels.",
        {"The army of Ethiopia": "army of Ethiopia|ET|MIL", "rebels": "rebels|REB"},
    ),
    "mayor-of-town": ("The mayor of Lyon banned the march.", {"The mayor of Lyon": "mayor of Lyon|FR|GOV"}),
    "fighters-of-body": ("Hamas fighters attacked a base.", {"Hamas fighters": "Hamas fighters|PS|REB"}),
    "ministry-of-country": (
        "Turkey's foreign ministry condemned the attack.",
        {"Turkey's foreign ministry": "Turkey's foreign ministry|TR|GOV"},
    ),
    "indian-police": ("Indian police beat ten students in Delhi.", {"Indian police": "Indian police|IN|COP"}),
    # security forces are whom the text says
    "forces-police": (
        "Security forces shot two farmers in Aden. The police denied it.",
        {"Security forces": "security forces|COP"},
    ),
    "forces-army": (
        "Security forces shot two farmers in Aden. The army accused the farmers of an attack.",
        {"Security forces": "security forces|MIL"},
    ),
    "forces-open": ("Security forces shot two farmers in Aden.", {"Security forces": "security forces|-"}),
    "forces-national": (
        "Sudanese security forces shot two farmers.",
        {"Sudanese security forces": "Sudanese security forces|SD|-"},
    ),
    # loaded words on every side
    "regime": (
        "The regime shelled Goma. The regime's thugs beat ten students.",
        {"The regime shelled": "government|GOV"},
    ),
    "terrorists-army": ("The army killed ten terrorists near Aden.", {"ten terrorists": "ten armed people|UAF"}),
    "terrorists-state": (
        "The president called for calm after terrorists bombed a market.",
        {"terrorists": "armed people|UAF"},
    ),
    "mob": ("A mob attacked ten students in Lahore.", {"A mob": "a crowd|CVL"}),
    "martyrs-brigade": (
        "The Valley Martyrs Brigade attacked a base.",
        {"The Valley Martyrs Brigade": "Valley Martyrs Brigade|MIL"},
    ),
    "junta": ("The junta arrested ten students in Yangon.", {"The junta": "military government|GOV"}),
    # two sides, unnamed agents, nobody
    "two-sided": (
        "Rebels and soldiers clashed near Goma on Monday.",
        {"Rebels": "rebels|REB", "soldiers": "soldiers|MIL"},
    ),
    "two-sided-between": (
        "Clashes between police and students broke out in Dhaka.",
        {"police": "police|COP", "students": "students|EDU"},
    ),
    "unidentified": (
        "Unidentified gunmen killed two nurses in Goma.",
        {"Unidentified gunmen": "unidentified gunmen|UAF"},
    ),
    "somebody": ("Someone threw a grenade at soldiers in Goma.", {"Someone": "an unidentified person|-"}),
    "they-unknown": ("They burned the bridge near Goma on Monday.", {"They": "unidentified people|-"}),
    "some-of-them": (
        "Police arrested ten students. Some of them were beaten by soldiers.",
        {"Some of them": "some of the ten students"},
    ),
    "speaker-i": ("“I condemn the killing,” said Governor Paul Adams.", {"I condemn": "Paul Adams|GOV"}),
    "group-of": ("A group of farmers blocked a road near Lahore.", {"A group of farmers": "a group of farmers|AGR"}),
    "numbers": ("Soldiers killed 12 and arrested 30 in Aden.", {"12": "12 people"}),
}


def test_there_are_about_sixty_cases() -> None:
    assert len(CASES) >= 58


@cache
def _codings(coder: MachineCoder) -> dict[str, Coding]:
    reports = [read_text(text, language="en", published="2024-03-05") for text, _ in CASES.values()]
    return dict(zip(CASES, coder.code_many(reports), strict=True))


def _actor(coding: Coding, words: str) -> Actor | None:
    """The actor of the mention that begins where the words begin, the shortest where several do."""
    at = coding.report.text.index(words)
    found = [
        (mention.end, n) for n, actor in enumerate(coding.actors) for mention in actor.mentions if mention.start == at
    ]
    return coding.actors[min(found)[1]] if found else None


@pytest.mark.parametrize("case", CASES)
def test_the_actor_is_the_one_who_is_meant(case: str, coder: MachineCoder) -> None:
    coding = _codings(coder)[case]
    told = [(actor.name, actor.country, actor.sector, [m.quote for m in actor.mentions]) for actor in coding.actors[1:]]
    for words, expected in CASES[case][1].items():
        actor = _actor(coding, words)
        assert actor is not None, (words, told)
        assert actor.because
        if expected.startswith("="):
            other = _actor(coding, expected[1:])
            assert other is not None, told
            assert actor.id == other.id, told
            continue
        name, *codes = expected.split("|")
        assert actor.name == name, told
        for code in codes:
            if code == "-":
                assert actor.sector is None, told
            else:
                assert code in (actor.country, actor.sector), told


def test_a_misspelt_repeat_is_flagged(coder: MachineCoder) -> None:
    actor = _actor(_codings(coder)["misspelt"], "Kabashi")
    assert actor is not None
    assert actor.flags == ('two spellings: "Kabashi", "Kabbashi"',)


def test_an_unnamed_agent_stays_unnamed(coder: MachineCoder) -> None:
    coding = coder.code(read_text("Two nurses were killed in Goma on Monday.", language="en"))
    (event,) = coding.events
    assert event.actors == ()
    assert [actor.name for actor in coding.actors[1:]] == ["two nurses"]
