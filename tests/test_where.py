from __future__ import annotations

import pytest
from spacy.language import Language

from dateline.coder.placing.scene import POLICE
from dateline.coder.placing.where import event_places, places_of_word, weights
from dateline.coder.syntax.parse import parse
from dateline.model import Because, Block, Report
from dateline.resolve.gazetteer.lookup import Gazetteer
from dateline.resolve.places.find import find_places

pytestmark = pytest.mark.model


def _where(
    text: str, word: str, nlp: Language, gazetteer: Gazetteer, *, background: bool = False
) -> tuple[list[str], Because | None]:
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block(at, at + len(paragraph), "paragraph"))
        at += len(paragraph) + 2
    report = Report("r", text, tuple(blocks))
    parsed = parse(report, nlp)
    found = find_places(parsed.doc, report, gazetteer)
    trigger = next(t for t in parsed.doc if t.text == word)
    places, because = event_places(parsed, trigger, found.places, background=background, apart=found.apart)
    assert (because is None) == (not places)
    return [p.quote for p in places], because


@pytest.mark.parametrize(
    ("text", "word", "where"),
    [
        ("Police arrested ten people in Lagos on Monday.", "arrested", ["Lagos"]),
        ("In Lima, thousands of teachers marched on Monday.", "marched", ["Lima"]),
        ("Rebels captured Aleppo after a long siege.", "captured", ["Aleppo"]),
        ("Youths burned tyres across Iran, including Tehran and Tabriz.", "burned", ["Tehran", "Tabriz"]),
        ("Clashes were reported in Homs, Hama and Aleppo on Friday.", "Clashes", ["Homs", "Hama", "Aleppo"]),
        ("A bomb exploded in Kandahar, Afghanistan.", "exploded", ["Kandahar"]),
        ("Crowds rallied in London Trafalgar Square.", "rallied", ["Trafalgar Square"]),
        ("Gunmen attacked the Kakuma refugee camp in Kenya's Turkana county.", "attacked", ["Kakuma refugee camp"]),
        ("In Accra, crowds stormed the Ridge hospital on Monday.", "stormed", ["Ridge hospital"]),
        ("Soldiers opened fire at the Rafah border crossing.", "opened", ["Rafah border crossing"]),
    ],
)  # fmt: skip
def test_the_place_is_that_of_the_events_own_clause(
    nlp: Language, gazetteer: Gazetteer, text: str, word: str, where: list[str]
) -> None:
    assert _where(text, word, nlp, gazetteer)[0] == where


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Tehran condemned the decision on Monday.", "condemned"),
        ("The union criticised Britain for the delay.", "criticised"),
        ("The minister for Northern Ireland resigned.", "resigned"),
        ("Iran's president met the delegation.", "met"),
        ("The demonstrators chanted: “Neither Gaza nor Lebanon, my life for my homeland.”", "chanted"),
        ("Ukrainian and British troops clashed.", "clashed"),
    ],
)
def test_a_name_that_acts_or_belongs_to_a_title_or_a_slogan_is_no_place_of_the_event(
    nlp: Language, gazetteer: Gazetteer, text: str, word: str
) -> None:
    assert _where(text, word, nlp, gazetteer) == ([], None)


@pytest.mark.parametrize(
    ("text", "word", "where"),
    [
        ("Crowds rallied in London against the downing of an airliner.", "downing", []),
        ("Crowds rallied in London against the downing of an airliner.", "rallied", ["London"]),
        ("The mayor spoke in Rome about a strike that killed ten miners.", "killed", []),
        ("Students rallied in London in support of the Khartoum protests.", "protests", ["Khartoum"]),
        ("A few hundred who insulted his picture are not the people of Iran.", "insulted", []),
    ],
)
def test_what_is_only_spoken_of_did_not_happen_there(
    nlp: Language, gazetteer: Gazetteer, text: str, word: str, where: list[str]
) -> None:
    assert _where(text, word, nlp, gazetteer)[0] == where


def test_an_event_told_in_a_quotation_takes_no_place_from_outside(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "In Geneva, the envoy said: “Soldiers attacked unarmed people and they burned all the houses there.”"
    assert _where(text, "attacked", nlp, gazetteer)[0] == []


def test_the_dateline_and_the_paragraph_set_the_scene(nlp: Language, gazetteer: Gazetteer) -> None:
    places, because = _where("KABUL (Agency) - Gunmen attacked a convoy on Sunday.", "attacked", nlp, gazetteer)
    assert places == ["KABUL"] and because is not None
    places, because = _where("A march was held in Nairobi. Police fired tear gas.", "fired", nlp, gazetteer)
    assert places == ["Nairobi"] and because is not None and "paragraph" in because.rule
    places, because = _where("A march was held in Nairobi.\n\nPolice fired tear gas.", "fired", nlp, gazetteer)
    assert places == ["Nairobi"] and because is not None and "scene" in because.rule


@pytest.mark.parametrize(
    "text",
    [
        "A march was held in Nairobi. Another was held in Lagos. A third was held in Accra.\n\nPolice fired tear gas.",
        "A march was held in Nairobi.\n\nPolice fired tear gas after the vote in Accra, the envoy said.",
        "A march was held in Nairobi.\n\n“They fired on us without any warning and then they left,” she said.",
        "Nairobi condemned the vote.\n\nPolice fired tear gas.",
    ],
)
def test_a_scene_is_not_guessed(nlp: Language, gazetteer: Gazetteer, text: str) -> None:
    assert "Nairobi" not in _where(text, "fired", nlp, gazetteer)[0]


def test_swapping_the_towns_changes_nothing_but_the_towns(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Officers in {0} detained two men who had protested in {1}."
    for one, other in (("Tehran", "London"), ("London", "Tehran"), ("Moscow", "Kyiv"), ("Kyiv", "Moscow")):
        assert _where(text.format(one, other), "protested", nlp, gazetteer)[0] == [other]


def test_the_place_phrase_of_a_word_needs_no_gazetteer(nlp: Language) -> None:
    text = "Gunmen opened fire on a patrol near Qwxzville on Monday."
    doc = parse(Report("r", text, (Block(0, len(text), "paragraph"),)), nlp).doc
    assert [text[a:b] for a, b in places_of_word(doc, 7, 18)] == ["Qwxzville"]
    assert places_of_word(doc, 0, 6) is not None


def test_the_weights_are_plain_numbers_under_readable_names() -> None:
    table = weights()
    assert len(table) > 50
    assert all(name.strip() == name and abs(value) < 10 for name, value in table.items())
    assert table["after in"] > 0 > table["as subject"]


@pytest.mark.parametrize("word", ["shot", "fled"])
def test_where_nothing_else_tells_the_town_is_the_one_whose_police_speak(
    nlp: Language, gazetteer: Gazetteer, word: str
) -> None:
    text = "A man was shot on Monday and another fled.\n\nThe Springfield Police Department asked for witnesses."
    places, because = _where(text, word, nlp, gazetteer)
    assert places == ["Springfield"] and because is not None and because.id == POLICE.id


def test_two_police_forces_tell_of_no_town(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "A man was shot on Monday.\n\nSpringfield police and Baltimore police asked for witnesses."
    assert _where(text, "shot", nlp, gazetteer) == ([], None)


def test_the_background_does_not_take_the_scene_of_the_report(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "LAGOS - Crowds marched on Monday.\n\nThe president had banned rallies a year before."
    assert _where(text, "banned", nlp, gazetteer)[0] == ["LAGOS"]
    assert _where(text, "banned", nlp, gazetteer, background=True) == ([], None)


@pytest.mark.parametrize("words", ["nationwide protests", "protests across the country"])
def test_what_happens_nationwide_is_not_at_the_scene(nlp: Language, gazetteer: Gazetteer, words: str) -> None:
    text = f"LAGOS - Crowds marched on Monday.\n\nThe killing set off {words}."
    assert _where(text, "protests", nlp, gazetteer) == ([], None)


def test_a_dateline_may_stand_behind_a_headline_in_its_paragraph(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Two shot near a shop. MEMPHIS, Tenn. (Sample Wire) - A man was wounded on Monday."
    assert _where(text, "wounded", nlp, gazetteer)[0] == ["MEMPHIS"]
