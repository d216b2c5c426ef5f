"""Loaded words are read as plain ones, and the sides alike, with offsets that stay exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lang.en.neutral.loaded_words import loaded_words, neutral, neutral_reading
from dateline.lang.en.neutral.origins import country_names, origin_words, sides_in_text

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The regime’s thugs butchered ten students.", "The government’s people killed ten students."),
        ("Terrorists slaughtered two men; a MASSACRE.", "Gunmen killed two men; a KILLING."),
        ("A brutal onslaught, brutally led.", "A severe attack, severely led."),
        ("A peaceful protest.", "A peaceful protest."),
        ("The butcher of the village sold meat.", "The butcher of the village sold meat."),
        ("Ethiopian soldiers left Sudan.", "Kenyan soldiers left Kenya."),
        ("", ""),
    ],
)
def test_models_read_plain_words(text: str, plain: str) -> None:
    assert neutral_reading(text).text == plain


def test_every_offset_leads_back_to_the_words_of_the_text() -> None:
    text = "Terrorists fled. The regime said that Polish thugs had butchered ten men."
    reading = neutral_reading(text)
    for words, original in (
        ("Gunmen", "Terrorists"),
        ("government", "regime"),
        ("Kenyan people", "Polish thugs"),
        ("killed ten", "butchered ten"),
        ("ten men.", "ten men."),
        ("overn", "regime"),
    ):
        at = reading.text.index(words)
        start, end = reading.original(at, at + len(words))
        assert text[start:end] == original
        if words != "overn":
            assert (reading.neutral(start), reading.neutral(end)) == (at, at + len(words))


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["regime", "Thugs", "MASSACRE", "brutal", "Turkish", "France", "the", "’s", "\n", "(", "ten"]
            ),
            st.text(max_size=8),
        ),
        max_size=20,
    )
)
def test_reading_again_changes_nothing_and_offsets_are_in_order(parts: list[str]) -> None:
    text = " ".join(parts)
    reading = neutral_reading(text)
    assert neutral_reading(reading.text).text == reading.text
    ends = [reading.original(n, n + 1) for n in range(len(reading.text))]
    assert all(0 <= start <= end <= len(text) for start, end in ends)
    assert [start for start, _ in ends] == sorted(start for start, _ in ends)
    assert [reading.neutral(n) for n in range(len(text) + 1)] == sorted(
        reading.neutral(n) for n in range(len(text) + 1)
    )


def test_plain_words_are_neither_loaded_nor_several() -> None:
    words = loaded_words()
    for loaded, plain in words.read_as.items():
        assert plain not in words.read_as, loaded
        assert plain.isalpha(), loaded
        assert loaded.islower()
    assert not set(words.verbs.values()) & set(words.verbs)
    assert words.read_as["butchered"] == "killed"
    assert words.read_as["massacring"] == "killing"
    assert "butcher" not in words.read_as


def test_a_codebook_word_is_read_as_the_models_read_it() -> None:
    words = loaded_words()
    assert (words.lemma("massacre", "VERB"), words.lemma("massacre", "NOUN")) == ("kill", "killing")
    assert words.lemma("mob", "NOUN") == "crowd"
    assert words.lemma("march", "NOUN") == "march"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("International Criminal Court", "International Criminal Court"),
        ("the Valley Martyrs Brigade", "the Valley Martyrs Brigade"),
        ("Brutal Polish army", "Polish army"),
    ],
)
def test_a_body_keeps_the_words_of_its_own_name(name: str, plain: str) -> None:
    assert neutral(name) == plain


def test_the_lists_of_sides_do_not_overlap() -> None:
    assert not set(origin_words()) & set(country_names())
    assert {"Kenyan", "Kenyans", "Kenya"} >= {w for w in sides_in_text().values() if not w.isupper()}


@pytest.mark.model
def test_the_pipeline_sees_no_difference(nlp: Language) -> None:
    loaded = nlp("The regime's thugs butchered ten students. Terrorists massacred two men in a brutal onslaught.")
    plain = nlp("The government's people killed ten students. Gunmen killed two men in a severe attack.")
    assert (loaded.tensor == plain.tensor).all()
    for one, other in zip(loaded, plain, strict=True):
        assert (one.lower_, one.lemma_.lower(), one.tag_, one.dep_, one.head.i, one.ent_type_) == (
            other.lower_,
            other.lemma_.lower(),
            other.tag_,
            other.dep_,
            other.head.i,
            other.ent_type_,
        )
    assert loaded[1].text == "regime"
    assert loaded.text[loaded[4].idx :].startswith("butchered")


@pytest.mark.model
def test_nations_look_alike_and_keep_their_text(nlp: Language) -> None:
    sentence = "{} soldiers shot two {} farmers near the border, a {} doctor said."
    first = nlp(sentence.format("Israeli", "Palestinian", "Kurdish"))
    second = nlp(sentence.format("Rohingya", "Azerbaijani", "Norwegian"))
    assert (first.tensor == second.tensor).all()
    assert [t.ent_type_ for t in first] == [t.ent_type_ for t in second]
    assert (first[0].text, first[0].lower_, second[0].lower_) == ("Israeli", "israeli", "rohingya")
