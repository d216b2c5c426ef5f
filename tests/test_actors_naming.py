"""Whom an actor's name may name: no places as people, nobody, no things, no judgements, no one on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.coder.actors.country import country_of, is_country
from dateline.coder.actors.find import ActorsResolved, resolve_actors
from dateline.coder.attribution.find import find_attributions
from dateline.coder.syntax.parse import parse
from dateline.lang.en.descriptions import part_of
from dateline.lang.en.neutral.loaded_words import neutral
from dateline.lang.en.people import sector_of
from dateline.model import Actor, Place, Span
from test_actors import report

if TYPE_CHECKING:
    from spacy.language import Language


def resolve(
    text: str, nlp: Language, *participants: str, places: tuple[str, ...] = ()
) -> tuple[ActorsResolved, dict[str, Actor]]:
    """The actors of the participants, each by its words; words after "@" are looked up from there on."""
    parsed = parse(report(text), nlp)

    def span(words: str) -> Span:
        words, _, after = words.partition("@")
        at = text.index(words, text.index(after) if after else 0)
        return Span(at, at + len(words), words)

    spans = [span(words) for words in participants]
    named = [Place(s.start, s.end, s.quote, name=s.quote, country="XX", precision="town") for s in map(span, places)]
    found = resolve_actors(parsed, spans, find_attributions(parsed), places=named)
    by_id = {a.id: a for a in found.actors}
    return found, {text[s:e]: by_id[name] for (s, e), name in found.by_span.items()}


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("River militias of the military junta", "River militias of the military government"),
        ("an illegal crowd", "a crowd"),
        ("a heroic officer", "an officer"),
        ("an honest man", "an honest man"),
        ("unarmed, peaceful protesters", "protesters"),
        ("innocent villagers", "villagers"),
        ("armed men", "armed men"),
        ("extremist groups", "groups"),
        ("hoodlums", "people"),
        ("two rioters", "two people"),
    ],
)
def test_judgements_are_no_part_of_a_name(phrase: str, expected: str) -> None:
    assert neutral(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("an officer of the border army", "MIL"),
        ("police officers", "COP"),
        ("Commissioner of Police", "COP"),
        ("the army's spokesman", "MIL"),
        ("a spokesman for the rebels", "REB"),
        ("rebel forces", "REB"),
        ("government forces", "MIL"),
        ("the chairman of the council", "GOV"),
        ("hundreds of farmers", "AGR"),
        ("one of the miners", "LAB"),
        ("the U.N. water office", "IGO"),
        ("Attorney General", "JUD"),
        ("the director general", None),
        ("the generals", "MIL"),
        ("gunmen", "UAF"),
    ],
)
def test_offices_units_and_amounts_have_the_sector_of_what_they_belong_to(phrase: str, code: str | None) -> None:
    found = sector_of(phrase)
    assert (found.code if found else None) == code


def test_countries_by_their_short_names() -> None:
    for name in ("Russia", "Turkey", "Iran", "South Korea", "Bolivia", "Tanzania"):
        assert is_country(name)
        assert country_of(f"soldiers from {name}") is not None


def test_parts_of_groups_are_told_by_the_group() -> None:
    assert part_of("some", "strikers", False) == "some of the strikers"
    assert part_of("one", "Harbour Union", True) == "one member of Harbour Union"
    assert part_of("many", "about 30 people", False) == "many of about 30 people"
    assert part_of("one", None, False) == "one unidentified person"


@pytest.mark.model
@pytest.mark.parametrize("words", ["Nobody", "No one", "None of them", "Not a single soldier"])
def test_nobody_is_no_actor(nlp: Language, words: str) -> None:
    found, _ = resolve(f"{words} attacked the camp.", nlp, words)
    assert found.actors == ()
    assert found.by_span == {}


@pytest.mark.model
def test_an_upper_bound_is_not_nobody(nlp: Language) -> None:
    _, by_words = resolve("No more than 40 people were hurt.", nlp, "No more than 40 people")
    assert by_words["No more than 40 people"].name == "no more than 40 people"


@pytest.mark.model
def test_some_of_them_are_part_of_the_group_before(nlp: Language) -> None:
    text = "Police fired tear gas at protesters after some of them threw bottles."
    _, by_words = resolve(text, nlp, "Police", "protesters", "some of them")
    assert by_words["some of them"].name == "some of the protesters"
    assert by_words["some of them"].sector == by_words["protesters"].sector == "CVL"


@pytest.mark.model
@pytest.mark.parametrize("words", ["all those", "those", "anyone"])
def test_people_who_are_not_told_have_no_sector(nlp: Language, words: str) -> None:
    _, by_words = resolve(f"The soldiers beat {words} who stayed.", nlp, words)
    assert (by_words[words].name, by_words[words].sector) == ("unidentified people", None)


@pytest.mark.model
@pytest.mark.parametrize("words", ["posters", "tents", "batons", "the peaceful sit-in"])
def test_things_and_happenings_are_no_actors(nlp: Language, words: str) -> None:
    found, _ = resolve(f"The soldiers burned {words} on Monday.", nlp, "The soldiers", words)
    assert [a.name for a in found.actors] == ["soldiers"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("posters of the ruler, Adam Stone", "Adam Stone"),
        ("posters of Adam Stone", "a person"),
        ("portraits of Adam Stone, killed by police", "a person"),
    ],
)
def test_a_picture_stands_for_the_one_it_shows(nlp: Language, phrase: str, name: str) -> None:
    words = phrase.partition(",")[0]
    _, by_words = resolve(f"The crowd tore down {phrase}, on Friday.", nlp, words)
    assert by_words[words].name == name


@pytest.mark.model
def test_a_picture_of_a_victim_names_nobody(nlp: Language) -> None:
    text = "Women carried posters of a victim, Maria Lopez, on Friday."
    found, _ = resolve(text, nlp, "Women", "posters of a victim")
    assert all("Lopez" not in a.name for a in found.actors)


@pytest.mark.model
def test_a_role_is_the_person_named_beside_it(nlp: Language) -> None:
    text = "A spokeswoman, Ruth Field, condemned the raid. The retired judge Paul Adams spoke on Monday."
    _, by_words = resolve(text, nlp, "A spokeswoman", "The retired judge")
    assert by_words["A spokeswoman"].name == "Ruth Field"
    assert by_words["A spokeswoman"].role == "spokeswoman"
    assert by_words["The retired judge"].name == "Paul Adams"


@pytest.mark.model
def test_a_place_is_no_private_person(nlp: Language) -> None:
    text = "Rebels seized Kunduz on Monday. Soldiers left the city of Kunduz later."
    _, by_words = resolve(text, nlp, "Kunduz", "the city of Kunduz", places=("Kunduz",))
    assert by_words["Kunduz"].name == "Kunduz"
    assert by_words["the city of Kunduz"].name == "city of Kunduz"


@pytest.mark.model
@pytest.mark.parametrize("name", ["Anna Brandt", "Tariq Nasser", "Li Wei"])
def test_a_government_keeps_the_name_of_its_head(nlp: Language, name: str) -> None:
    text = f"Marchers demanded that the puppet administration of {name} resign."
    _, by_words = resolve(text, nlp, f"the puppet administration of {name}")
    assert by_words[f"the puppet administration of {name}"].name == f"administration of {name}"


@pytest.mark.model
def test_an_object_is_not_its_own_subject(nlp: Language) -> None:
    text = "Mrs. Field refused to speak. Joan Stone, a senator, urged her to step down."
    _, by_words = resolve(text, nlp, "Mrs. Field", "Joan Stone", "her")
    assert by_words["her"].id == by_words["Mrs. Field"].id
    assert by_words["her"].id != by_words["Joan Stone"].id


@pytest.mark.model
def test_they_in_a_quotation_are_nobody_of_another_paragraph(nlp: Language) -> None:
    text = "Foreign reporters saw a crowd.\n\n“They beat us until midnight,” said a worker."
    _, by_words = resolve(text, nlp, "Foreign reporters", "They")
    assert by_words["They"].name == "unidentified people"


@pytest.mark.model
def test_names_begin_with_a_small_letter_where_only_the_sentence_gave_a_capital(nlp: Language) -> None:
    text = "Policemen met other protesters. Other protesters sang. At least 19 people left. Thousands stayed."
    _, by_words = resolve(text, nlp, "Policemen", "Other protesters", "At least 19 people", "Thousands")
    assert [a.name for a in by_words.values()] == [
        "policemen",
        "other protesters",
        "at least 19 people",
        "thousands of people",
    ]


@pytest.mark.model
def test_a_capital_that_may_belong_to_a_name_stays(nlp: Language) -> None:
    text = "Black Lantern activists marched. Kestrel militias shot at them."
    _, by_words = resolve(text, nlp, "Black Lantern activists", "Kestrel militias")
    assert by_words["Black Lantern activists"].name == "Black Lantern activists"


@pytest.mark.model
def test_he_is_no_mother(nlp: Language) -> None:
    text = "Police arrested Omar Haddad on Monday. His mother, Leila Haddad, said that he was beaten."
    _, by_words = resolve(text, nlp, "Omar Haddad", "he@he was")
    assert by_words["he"].id == by_words["Omar Haddad"].id
    assert all("Haddad" not in a.name for a in by_words.values())


@pytest.mark.model
def test_titles_inside_names_are_roles(nlp: Language) -> None:
    text = "Activist Sara Noor said that the road was closed. Gov. Ann Lee of Lake State shut it."
    _, by_words = resolve(text, nlp, "Activist Sara Noor", "Ann Lee of Lake State")
    assert (by_words["Activist Sara Noor"].name, by_words["Activist Sara Noor"].role) == ("Sara Noor", "Activist")
    assert by_words["Ann Lee of Lake State"].role == "Gov of Lake State"


@pytest.mark.model
def test_words_credited_to_happenings_make_no_actor_of_them(nlp: Language) -> None:
    found, _ = resolve("Harbour Protests grew on Monday and demanded a vote.", nlp, "Harbour Protests")
    assert found.actors == ()


@pytest.mark.model
def test_a_name_goes_on_after_a_preposition_with_a_capital(nlp: Language) -> None:
    _, by_words = resolve("Teachers Without Walls withdrew from the city on Sunday.", nlp, "Teachers")
    assert by_words["Teachers"].name == "Teachers Without Walls"


@pytest.mark.model
def test_a_body_named_as_an_attribute_is_not_the_company(nlp: Language) -> None:
    text = "Greenpeace activists blocked the port. The company called the police."
    _, by_words = resolve(text, nlp, "Greenpeace activists", "The company")
    assert by_words["The company"].name == "company"


@pytest.mark.model
@pytest.mark.parametrize("words", ["bandits", "criminals"])
def test_what_somebody_is_called_gives_no_sector(nlp: Language, words: str) -> None:
    _, by_words = resolve(f"The army fought the {words} near the river.", nlp, f"the {words}")
    assert by_words[f"the {words}"].sector is None


@pytest.mark.model
def test_a_body_that_denies_is_they_whoever_was_many_before(nlp: Language) -> None:
    text = "Students marched. The police denied that they had beaten anyone."
    _, by_words = resolve(text, nlp, "Students", "The police", "they")
    assert by_words["they"].name == "police"


@pytest.mark.model
def test_a_number_of_us_is_no_part_of_the_one_who_says_it(nlp: Language) -> None:
    _, by_words = resolve("“They arrested 12 of us,” said a student leader.", nlp, "12 of us")
    assert by_words["12 of us"].name == "12 unidentified people"
