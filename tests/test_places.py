from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from dateline.coder.syntax.parse import parse
from dateline.model import Block, Report
from dateline.resolve.gazetteer.lookup import ALTERNATE, PRIMARY, USAGE, Entry, Gazetteer
from dateline.resolve.gazetteer.own import read_places
from dateline.resolve.places.choose import Name, choose
from dateline.resolve.places.find import SPELLING, PlacesFound, find_places, resolve_spans
from dateline.resolve.places.names import publisher_names
from dateline.resolve.places.site_points import AT_TOWN

_TOWN = Entry(1, 1, "Paris", "town", "FR", "Île-de-France", None, 48.85, 2.35, 2_000_000, True, "test")


def _town(number: int, country: str, admin1: str, lat: float, lon: float, people: int, rank: int = PRIMARY) -> Entry:
    return replace(
        _TOWN, id=number, country=country, admin1=admin1, lat=lat, lon=lon, population=people, capital=False, rank=rank
    )


def _division(number: int, country: str, admin1: str, lat: float, lon: float, rank: int = PRIMARY) -> Entry:
    return replace(_town(number, country, admin1, lat, lon, 5_000_000, rank), kind="admin1", name=admin1)


def test_the_most_populous_is_chosen_where_nothing_else_speaks() -> None:
    names = [Name("paris", (_TOWN, _town(2, "US", "Texas", 33.7, -95.5, 25_000)))]
    assert choose(names)["paris"].entry.country == "FR"


def test_a_named_container_outweighs_population() -> None:
    texas = _division(9, "US", "Texas", 31, -99, USAGE)
    names = [Name("paris", (_TOWN, _town(2, "US", "Texas", 33.7, -95.5, 25_000)), (texas,))]
    choice = choose(names)["paris"]
    assert choice.entry.country == "US"
    assert "named as lying in it" in choice.reasons


def test_company_outweighs_population() -> None:
    neighbours = [Name(f"n{i}", (_town(10 + i, "US", "Texas", 33.5, -95.0 - i / 10, 9_000),)) for i in range(4)]
    names = [Name("paris", (_TOWN, _town(2, "US", "Texas", 33.7, -95.5, 25_000))), *neighbours]
    assert choose(names)["paris"].entry.country == "US"


def test_a_town_comes_before_the_province_named_after_it_but_not_before_what_reports_call_so() -> None:
    province, town = _division(1, "IR", "Kerman", 30.3, 57.1), _town(2, "IR", "Kerman", 30.3, 57.1, 600_000)
    assert choose([Name("kerman", (province, town))])["kerman"].entry.kind == "town"
    state, city = _division(3, "US", "New York", 43.0, -75.5, USAGE), _town(4, "US", "New York", 40.7, -74, 4_000_000)
    assert choose([Name("new york", (state, city))])["new york"].entry.kind == "admin1"


def test_the_order_of_candidates_does_not_change_the_choice() -> None:
    many = [_town(i, "AA", "x", i / 10, i / 7, 1000 * (i % 5), ALTERNATE if i % 3 else PRIMARY) for i in range(60)]
    one, other = choose([Name("x", tuple(many))]), choose([Name("x", tuple(many[::-1]))])
    assert one["x"].entry == other["x"].entry


def test_a_report_of_very_many_names_has_each_chosen() -> None:
    names = [Name(f"n{i}", (_town(i, "AA", "x", i % 80, i % 170, 1000),)) for i in range(500)]
    assert [c.entry.id for c in choose(names).values()] == list(range(500))


def test_no_names_no_choices() -> None:
    assert choose([]) == {}
    assert choose([Name("nowhere", ())]) == {}


def _find(text: str, nlp: Language, gazetteer: Gazetteer, **meta: str) -> PlacesFound:
    report = Report("r", text, (Block(0, len(text), "paragraph"),), **meta)
    return find_places(parse(report, nlp).doc, report, gazetteer)


def _names(found: PlacesFound) -> list[str]:
    return [p.quote for p in found.places]


@pytest.mark.model
def test_a_list_is_read_whole_even_where_the_gazetteer_spells_otherwise(nlp: Language, gazetteer: Gazetteer) -> None:
    found = _find(
        "Crowds gathered across Iran, including Tehran, Kerman, Fassa, Tabriz and Masjed Soleiman.", nlp, gazetteer
    )
    assert _names(found) == ["Iran", "Tehran", "Kerman", "Fassa", "Tabriz", "Masjed Soleiman"]
    assert {p.country for p in found.places} == {"IR"}
    assert all(p.lat is not None and p.because for p in found.places)


@pytest.mark.model
def test_a_misspelt_town_of_the_reports_country_is_flagged(nlp: Language, gazetteer: Gazetteer) -> None:
    found = _find("Marches were held in Tehran, Shirraz, Isfahan and Tabriz in Iran.", nlp, gazetteer)
    shiraz = next(p for p in found.places if p.quote == "Shirraz")
    assert (shiraz.name, shiraz.country, shiraz.because[0].id) == ("Shiraz", "IR", SPELLING.id)


@pytest.mark.model
def test_an_unknown_name_stays_a_name_with_the_country_that_the_text_gives(nlp: Language, gazetteer: Gazetteer) -> None:
    (place,) = resolve_spans("Troops entered Qwxzville in Kenya.", [(15, 24)], gazetteer)
    assert (place.name, place.country, place.lat, place.precision) == ("Qwxzville", "KE", None, "unknown")


@pytest.mark.model
def test_adjectives_and_names_inside_other_names_are_resolved_and_kept_apart(
    nlp: Language, gazetteer: Gazetteer
) -> None:
    found = _find(
        "Iranian students and the Law Society of England wrote to the Tehran University Council.", nlp, gazetteer
    )
    assert _names(found) == []
    apart = {p.quote: (p.use, p.country, p.lat is not None) for p in found.apart}
    assert apart == {
        "Iranian": ("adjective", "IR", True),
        "England": ("in a name", "GB", True),
        "Tehran": ("in a name", "IR", True),
    }
    assert found.all() == found.apart


@pytest.mark.model
def test_the_town_in_a_sites_name_is_kept_apart_from_the_site(nlp: Language, gazetteer: Gazetteer) -> None:
    found = _find("Guards were held at Kabul airport on Monday.", nlp, gazetteer)
    assert [(p.quote, p.use) for p in found.all()] == [("Kabul airport", "place"), ("Kabul", "in a name")]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Dublin Mayor Ann Brennan opened the hall.", "Dublin"),
        ("The trailer of Clark County was new.", "Clark County"),
        ("Neighbours called Springfield police at noon.", "Springfield"),
    ],
)
def test_an_office_tells_that_the_name_before_it_is_a_places(
    nlp: Language, gazetteer: Gazetteer, text: str, town: str
) -> None:
    assert town in [p.quote for p in _find(text, nlp, gazetteer).all()]


@pytest.mark.model
@pytest.mark.parametrize("text", ["The UN met.", "She lived at 3725 Bradford Walk Trail.", "The Central Bank met."])
def test_letters_streets_and_plain_words_are_no_places(nlp: Language, gazetteer: Gazetteer, text: str) -> None:
    assert _find(text, nlp, gazetteer).all() == ()


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "They rallied in London's Trafalgar Square.",
        "They rallied in London Trafalgar Square.",
        "They rallied at Trafalgar Square in London.",
    ],
)
def test_a_site_lies_at_the_point_of_its_town(nlp: Language, gazetteer: Gazetteer, text: str) -> None:
    found = _find(text, nlp, gazetteer)
    site = next(p for p in found.places if p.quote == "Trafalgar Square")
    london = next(p for p in found.places if p.quote == "London")
    assert site.precision == "site" and site.name == "Trafalgar Square, London"
    assert (site.lat, site.lon) == (london.lat, london.lon)
    assert site.because[0].id == AT_TOWN.id


@pytest.mark.model
def test_containment_and_the_publisher_decide(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "A fire broke out in Paris, Texas, on Monday. Paris firefighters put it out."
    places = resolve_spans(text, [(20, 25), (45, 50)], gazetteer)
    assert {(p.country, p.admin1) for p in places} == {("US", "Texas")}
    (alone,) = resolve_spans("A fire in Athens.", [(10, 16)], gazetteer)
    assert alone.country == "GR"


@pytest.mark.model
def test_publishers(gazetteer: Gazetteer) -> None:
    assert publisher_names("columbusdispatch.com", gazetteer)[0][0].name == "Columbus"
    assert {e.country for found in publisher_names("example.co.uk", gazetteer) for e in found} == {"GB"}
    assert publisher_names("Tehran Times", gazetteer)[0][0].country == "IR"
    assert publisher_names("", gazetteer) == ()
    assert publisher_names("The Times", gazetteer) == ()


@pytest.mark.model
def test_a_dateline_is_a_place(nlp: Language, gazetteer: Gazetteer) -> None:
    found = _find("KABUL (Agency) - Gunmen attacked a convoy on Sunday.", nlp, gazetteer)
    assert (found.places[0].quote, found.places[0].country) == ("KABUL", "AF")
    assert found.places[0].because[0].rule == "the report's dateline"


@pytest.mark.model
def test_places_of_captions_are_context(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "A rally in Berlin\n\nThe march in Hamburg ended."
    report = Report("r", text, (Block(0, 17, "caption"), Block(19, len(text), "paragraph")))
    found = find_places(parse(report, nlp).doc, report, gazetteer)
    assert [p.quote for p in found.places] == ["Hamburg"]
    assert [p.quote for p in found.context] == ["Berlin"]


@pytest.mark.model
@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            ["in ", "Paris", "Texas", ", ", "’s ", "Iranian ", "\n", "\0", "مصر ", "🙂 ", "Police ", "St. ", "(", "of ",
             "Square ", "London ", "University ", "the ", "U.S. ", "and "]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_places_point_at_their_words_whatever_the_text(nlp: Language, gazetteer: Gazetteer, parts: list[str]) -> None:
    text = "".join(parts) or " "
    report = Report("r", text, (Block(0, len(text), "paragraph"),), publisher="x.y")
    found = find_places(parse(report, nlp).doc, report, gazetteer)
    for span in (*found.places, *found.left_out, *found.context):
        assert text[span.start : span.end] == span.quote
    assert [p.start for p in found.places] == sorted(p.start for p in found.places)
    spans = [(p.start, p.end) for p in found.places]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mass was said in Boston, Mass. on Sunday.", ["Boston", "Mass."]),
        ("Us and them, the UK and the US agreed.", ["UK", "US"]),
        ("Maria Houston was arrested in Ohio. Houston was freed.", ["Ohio"]),
        ("Mr Paris spoke in Geneva.", ["Geneva"]),
        ("It cost $US 15 million.", []),
    ],
)
def test_words_that_only_look_like_places(nlp: Language, gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    assert _names(_find(text, nlp, gazetteer)) == names


@pytest.mark.model
def test_a_name_once_placed_is_a_place_again_where_it_stands_alone(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "A fire broke out in Woodstock, Ontario. Woodstock detectives are looking for Woodstock Smith."
    assert _names(_find(text, nlp, gazetteer)) == ["Woodstock", "Ontario", "Woodstock"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "site", "name", "precision"),
    [
        ("Guards beat detainees at Evin prison, Tehran.", "Evin prison", "Evin prison, Tehran", "site"),
        ("A fire broke out at the Zaatari camp near Mafraq.", "Zaatari camp", "Zaatari camp, Mafraq", "site"),
        ("They shot at crowds at the Rafah border crossing.", "Rafah border crossing", None, "site"),
        ("Rebels raided the Kakuma refugee camp.", "Kakuma refugee camp", "Kakuma refugee camp, Kakuma", "site"),
        ("They marched to Plaza de Mayo in Buenos Aires.", "Plaza de Mayo", "Plaza de Mayo, Buenos Aires", "site"),
        ("Crowds met on Maidan Nezalezhnosti in Kyiv.", "Maidan Nezalezhnosti", "Maidan Nezalezhnosti, Kyiv", "site"),
        ("A bomb exploded near the Grand Bazaar, Istanbul.", "Grand Bazaar", "Grand Bazaar, Istanbul", "site"),
        ("Inmates at Manila's New Bilibid prison fasted.", "New Bilibid prison", "New Bilibid prison, Manila", "site"),
        (
            "Gunmen attacked the Torkham crossing in Pakistan.",
            "Torkham crossing",
            "Torkham crossing, Pakistan",
            "country",
        ),
        ("Police in Accra raided the Makola market.", "Makola market", "Makola market, Accra", "site"),
        ("Crowds met in Nairobi, at the Lincoln prison in Kisumu.", "Lincoln prison", "Lincoln prison, Kisumu", "site"),
    ],
)
def test_sites_of_plain_and_foreign_words(
    nlp: Language, gazetteer: Gazetteer, text: str, site: str, name: str | None, precision: str
) -> None:
    found = next(p for p in _find(text, nlp, gazetteer).places if p.quote == site)
    assert name is None or found.name == name
    assert found.precision == precision and found.lat is not None


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Shares rose in the Chicago market on Monday.",
        "She was treated in a Chicago hospital.",
        "An Israeli checkpoint was closed.",
        "The Trump camp denied it.",
        "Evin prison guards refused to speak.",
    ],
)
def test_what_only_looks_like_a_site(nlp: Language, gazetteer: Gazetteer, text: str) -> None:
    assert [p.quote for p in _find(text, nlp, gazetteer).places if p.precision == "site"] == []


@pytest.mark.model
def test_a_town_of_a_country_that_the_report_does_not_speak_of_lends_a_site_no_point(
    nlp: Language, gazetteer: Gazetteer
) -> None:
    found = _find("Police in New Delhi fired shots at ITO crossing on Tuesday.", nlp, gazetteer)
    assert {p.country for p in found.places} == {"IN"}


@pytest.mark.model
def test_the_capital_goes_before_the_province_of_its_name(nlp: Language, gazetteer: Gazetteer) -> None:
    (place,) = resolve_spans("A strike in Buenos Aires.", [(12, 24)], gazetteer)
    assert (place.precision, place.admin1) == ("town", "Ciudad Autónoma de Buenos Aires")


@pytest.mark.model
def test_places_of_own_lists_are_found_where_they_stand(nlp: Language, gazetteer: Gazetteer, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(
        "name,aliases,lat,lon,country,kind,source\n"
        "Riverside camp,al-Nahr camp,-3.5,36.25,TZ,site,survey\nUnion,,-3.6,36.3,TZ,town,\n"
    )
    with Gazetteer.open(gazetteer.path, [read_places(tmp_path / "mine.csv")]) as mine:
        found = _find("The Union said Riverside camp was raided. Soldiers left the al-Nahr camp.", nlp, mine)
        assert [(p.quote, p.name, p.lat) for p in found.places] == [
            ("Riverside camp", "Riverside camp", -3.5),
            ("al-Nahr camp", "Riverside camp", -3.5),
        ]
        assert found.places[0].because[0].rule.startswith("gazetteer mine.csv (survey): ")
        (town,) = _find("Shots were heard in Union on Friday.", nlp, mine).places
        assert (town.lat, town.precision) == (-3.6, "town")


def test_a_town_of_the_county_that_the_report_names_goes_before_a_larger_one() -> None:
    large = replace(_town(1, "US", "Tennessee", 36.3, -86.9, 100_000), admin2="Sumner")
    small = replace(_town(2, "US", "Tennessee", 36.3, -88.3, 10_000), admin2="Henry")
    # As far from the one as from the other, so that nearness does not tell.
    county = replace(_division(3, "US", "Tennessee", 36.3, -87.6), kind="admin2", name="Henry", admin2="Henry")
    chosen = choose([Name("franklin", (large, small)), Name("henry county", (county,))])
    assert chosen["franklin"].entry.id == 2
    assert "in the same second-order division as other places" in chosen["franklin"].reasons


@pytest.mark.model
def test_a_town_beside_its_site_is_one_place(nlp: Language, gazetteer: Gazetteer) -> None:
    found = _find("They sang in London. London St. Square was full.", nlp, gazetteer)
    assert [p.start for p in found.places] == sorted({p.start for p in found.places})
