"""Who acts and who speaks: clusters, neutral names, private people, roles, countries and sectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.coder.actors.country import country_of, is_country
from dateline.coder.actors.find import ActorsResolved, resolve_actors
from dateline.coder.actors.mentions import acronyms
from dateline.coder.attribution.find import find_attributions
from dateline.coder.syntax.parse import parse
from dateline.lang.en.descriptions import bare
from dateline.lang.en.neutral.loaded_words import loaded_words, neutral
from dateline.lang.en.people import names_post, sector_of, singular
from dateline.model import Actor, Block, Report, Span

if TYPE_CHECKING:
    from spacy.language import Language


def report(text: str) -> Report:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        if part.strip():
            blocks.append(Block(at, at + len(part), "paragraph"))
        at += len(part) + 2
    return Report("r", text, tuple(blocks))


def resolve(
    text: str, nlp: Language, *participants: str, names: Literal["roles", "keep"] = "roles"
) -> tuple[ActorsResolved, dict[str, Actor]]:
    parsed = parse(report(text), nlp)
    spans = []
    for words in participants:
        at = text.index(words)
        spans.append(Span(at, at + len(words), words))
    found = resolve_actors(parsed, spans, find_attributions(parsed), names=names)
    by_id = {a.id: a for a in found.actors}
    return found, {m.quote: by_id[name] for (s, e), name in found.by_span.items() for m in [Span(s, e, text[s:e])]}


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("the despicable regime", "the government"),
        ("the regime's thugs", "the government's people"),
        ("terrorists", "armed people"),
        ("a terrorist", "an armed person"),
        ("a terrorist group", "an armed group"),
        ("terrorists of the northern front", "armed people of the northern front"),
        ("heroic fighters", "fighters"),
        ("the so-called “council”", "the council"),
        ("Mullahs’ regime", "clergy’s government"),
        ("the police", "the police"),
    ],
)
def test_loaded_words_get_neutral_ones(phrase: str, expected: str) -> None:
    assert neutral(phrase) == expected


@given(st.lists(st.sampled_from([*loaded_words().named, "police", "of", "the", "group"]), min_size=1, max_size=6))
def test_no_loaded_word_survives(words: list[str]) -> None:
    kept = neutral(" ".join(words)).lower().split()
    neutral_words = {w for plain in loaded_words().named.values() for w in plain.split()}
    assert not {w for w in kept if w in loaded_words().named} - neutral_words


def test_neutral_words_are_not_loaded_themselves() -> None:
    loaded = loaded_words().named
    assert not {w for plain in loaded.values() for w in plain.split()} & set(loaded)


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("riot police", "COP"),
        ("soldiers of the 3rd brigade", "MIL"),
        ("the interior ministry", "GOV"),
        ("two students", "EDU"),
        ("rebels", "REB"),
        ("the miners' union", "LAB"),
        ("thousands of people", "CVL"),
        ("the river", None),
        ("women", "CVL"),
        ("villagers", "CVL"),
    ],
)
def test_sectors_come_from_common_nouns(phrase: str, code: str | None) -> None:
    found = sector_of(phrase)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("Iranian security forces", "IR"),
        ("the government of South Africa", "ZA"),
        ("the UK", "GB"),
        ("U.S. troops", "US"),
        ("a member of parliament for Northern Ireland", "GB"),
        ("they told us", None),
        ("the police", None),
        ("", None),
    ],
)
def test_countries_of_phrases(phrase: str, code: str | None) -> None:
    found = country_of(phrase)
    assert (found[0] if found else None) == code


def test_a_country_is_its_whole_name() -> None:
    assert is_country("Kenya")
    assert not is_country("Kenya Airways")


def test_acronyms_are_read_from_brackets() -> None:
    text = "The League of Free Ports (LFP) met the Guards of the Inner Valley (GIV). He left (YES)."
    assert acronyms(text) == {"LFP": "League of Free Ports", "GIV": "Guards of the Inner Valley"}


@pytest.mark.parametrize(
    ("word", "expected"), [("women", "woman"), ("parties", "party"), ("coaches", "coach"), ("press", "press")]
)
def test_singular(word: str, expected: str) -> None:
    assert singular(word) == expected


@given(st.text(max_size=60))
def test_bare_phrases_are_stable(text: str) -> None:
    assert bare(bare(text)) == bare(text)


@pytest.mark.model
def test_a_person_keeps_one_id_through_titles_surnames_and_pronouns(nlp: Language) -> None:
    text = "Health Minister Jane Miller said that the ward is full. Mrs. Miller said it was late. She said it rained."
    found, by_words = resolve(text, nlp)
    assert {a.name for a in by_words.values()} == {"Jane Miller"}
    (actor,) = {a.id: a for a in by_words.values()}.values()
    assert actor.role == "Health Minister"
    assert actor.sector == "GOV"
    assert len(actor.mentions) == 3
    assert len(set(found.speaker_by_attribution.values())) == 1


@pytest.mark.model
def test_two_people_of_one_surname_stay_two(nlp: Language) -> None:
    text = "Mayor John Miller said that the road is shut. Senator Robert Miller said that it is open."
    _, by_words = resolve(text, nlp)
    assert len({a.id for a in by_words.values()}) == 2


@pytest.mark.model
def test_two_spellings_of_the_same_speaker_are_flagged(nlp: Language) -> None:
    text = (
        "Former minister Peter Brand said: “The river is rising and nobody acts.”\n\n"
        "“The council must act before the spring.” Mr. Brant added."
    )
    found, _ = resolve(text, nlp)
    (actor,) = found.actors
    assert actor.name == "Peter Brand"
    assert actor.flags == ('two spellings: "Brand", "Brant"',)


@pytest.mark.model
def test_other_surnames_are_not_taken_for_misspellings(nlp: Language) -> None:
    text = "Peter Brand, the mayor, said: “The river is rising.”\n\n“The council must act.” Mr. Olsen added."
    found, _ = resolve(text, nlp)
    assert len(found.actors) == 2
    assert not any(a.flags for a in found.actors)


@pytest.mark.model
def test_private_people_are_told_by_role(nlp: Language) -> None:
    text = "Police arrested Maria Lopez, a student, near the square. Governor Paul Adams said that she was released."
    _, by_words = resolve(text, nlp, "Maria Lopez, a student", "Police")
    student = by_words["Maria Lopez, a student"]
    assert "Lopez" not in student.name
    assert "student" in student.name
    assert by_words["Governor Paul Adams"].name == "Paul Adams"
    assert all("Lopez" not in a.name + (a.role or "") for a in by_words.values())


@pytest.mark.model
def test_names_are_kept_where_the_project_says_so(nlp: Language) -> None:
    text = "Police arrested Maria Lopez, a student, near the square."
    _, by_words = resolve(text, nlp, "Maria Lopez, a student", names="keep")
    assert by_words["Maria Lopez, a student"].name == "Maria Lopez"


@pytest.mark.model
def test_a_child_who_speaks_is_not_named(nlp: Language) -> None:
    text = "“We ran home,” said Anna Weber, 12, a pupil at the school."
    found, _ = resolve(text, nlp)
    assert found.actors
    assert all("Weber" not in a.name for a in found.actors)


@pytest.mark.model
def test_an_acronym_and_its_full_name_are_one(nlp: Language) -> None:
    text = "The League of Free Ports (LFP) said that the harbour is shut. LFP said that ships wait."
    found, _ = resolve(text, nlp)
    assert len(found.actors) == 1
    assert "League of Free Ports" in found.actors[0].name


@pytest.mark.model
def test_the_ministry_is_the_one_named_before(nlp: Language) -> None:
    text = "The Interior Ministry said that two people died. The ministry said that the road is open."
    found, _ = resolve(text, nlp)
    assert len(found.actors) == 1


@pytest.mark.model
def test_i_is_the_speaker_of_the_quotation(nlp: Language) -> None:
    text = "“I want my boat back,” said a fisherman at the harbour."
    found, by_words = resolve(text, nlp)
    assert by_words["I"].id == by_words["a fisherman at the harbour"].id
    assert len(found.actors) == 1


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "pronoun", "meant"),
    [
        (
            "On Monday the Harbour Union said the Dock Company had closed two piers. It said nobody was told.",
            "It",
            "the Harbour Union",
        ),
        ("Jonas Roe of Harwick carried a lantern. “I cried all the way,” he said.", "he", "Jonas Roe of Harwick"),
    ],
)
def test_a_pronoun_that_speaks_is_who_spoke_or_acted_before(text: str, pronoun: str, meant: str, nlp: Language) -> None:
    actors = resolve(text, nlp)[0].actors
    (who,) = (a for a in actors if pronoun in [m.quote for m in a.mentions])
    assert who.mentions[0].quote in meant


def test_a_post_is_a_person_and_a_body_is_none() -> None:
    assert names_post("Chief of Staff")
    assert names_post("Harbour Commander")
    assert not names_post("General Assembly")


@pytest.mark.model
def test_he_inside_a_quotation_is_not_its_speaker(nlp: Language) -> None:
    text = "President Carl Stone spoke for an hour. Opposition leader Ruth Field said: “He admitted that he was wrong.”"
    _, by_words = resolve(text, nlp)
    assert by_words["He"].name == "Carl Stone"


@pytest.mark.model
def test_a_pronoun_that_nothing_explains_is_flagged(nlp: Language) -> None:
    found, _ = resolve("They said that the road is closed.", nlp)
    assert found.actors[0].name == "unidentified people"
    assert found.actors[0].flags == ('"They" could not be resolved',)


@pytest.mark.model
def test_a_name_is_neutral_on_every_side(nlp: Language) -> None:
    text = "The regime said that the terrorists fled. The terrorists said that the regime lied."
    found, _ = resolve(text, nlp)
    assert [a.name for a in found.actors] == ["government", "armed people"]


@pytest.mark.model
def test_swapping_nationalities_swaps_the_country_alone(nlp: Language) -> None:
    shapes = []
    for adjective in ("Kenyan", "Polish", "Turkish"):
        found, _ = resolve(f"The {adjective} army said that {adjective} rebels had left.", nlp)
        shapes.append([(a.name.replace(adjective, "X"), a.sector, a.flags) for a in found.actors])
    assert shapes[0] == shapes[1] == shapes[2]


@pytest.mark.model
@settings(max_examples=30)
@given(
    parts=st.lists(
        st.sampled_from(["He said", "“", "”", "Mr. Stone", "the army", "they", "who", ",", ".", "\n\n", "(ABC)", "it"]),
        max_size=20,
    )
)
def test_any_text_gives_actors_whose_words_are_its_own(nlp: Language, parts: list[str]) -> None:
    text = " ".join(parts)
    if not text.strip():
        return
    parsed = parse(report(text), nlp)
    first = text[: len(text.rstrip())].lstrip()
    at = text.index(first)
    whole = Span(at, at + len(first), first)
    found = resolve_actors(parsed, [whole], find_attributions(parsed))
    ids = {a.id for a in found.actors}
    assert set(found.by_span.values()) | set(found.speaker_by_attribution.values()) <= ids
    assert (whole.start, whole.end) in found.by_span
    for actor in found.actors:
        assert actor.name
        assert actor.because
        assert all(text[m.start : m.end] == m.quote for m in actor.mentions)
