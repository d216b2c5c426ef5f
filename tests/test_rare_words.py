"""Words that the models do not know, read as ones that they do: their forms, and what the rules see of them."""

from __future__ import annotations

import pytest

from dateline.coder.machine import MachineCoder
from dateline.coder.triggers.before_parsing import words_of_triggers
from dateline.lang.en.neutral.rare_words import _each_form


@pytest.mark.parametrize(
    ("form", "like", "plain"),
    [
        ("gheraoed", "blockaded", "gherao"),
        ("gherao", "blockade", "gherao"),
        ("Lathi-charged", "Attacked", "lathi-charge"),
        ("tear-gassed", "attacked", "tear-gas"),
        ("teargasses", "attacks", "teargas"),
        ("pistol-whipping", "attacking", "pistol-whip"),
        ("GO-SLOWS", "STRIKES", "go-slow"),
    ],
)
def test_each_form_is_read_as_the_same_form_of_a_known_word(form: str, like: str, plain: str) -> None:
    assert (form, like, plain) in set(_each_form())


def test_the_plain_form_of_what_is_a_thing_too_is_left_alone() -> None:
    assert not any(form == "teargas" for form, _, _ in _each_form())


@pytest.mark.model
def test_a_word_with_a_hyphen_stays_whole_under_its_own_dictionary_form(coder: MachineCoder) -> None:
    doc = coder.nlp("Police lathi-charged protesters.")
    assert [(token.text, token.lemma_, token.pos_) for token in doc[1:2]] == [("lathi-charged", "lathi-charge", "VERB")]


@pytest.mark.model
class TestBeforeParsing:
    """Whether a sentence may hold a trigger is told by its words alone."""

    @pytest.mark.parametrize(
        "text",
        [
            "Students took to the streets in Dhaka.",
            "Agents picked up a blogger.",
            "Controllers began a go-slow.",
            "Workers gherao the minister.",
        ],
    )
    def test_where_all_the_words_stand_it_may(self, coder: MachineCoder, text: str) -> None:
        assert words_of_triggers(coder.codebook, coder.nlp).may_stand_in(coder.nlp.make_doc(text))

    def test_where_one_is_missing_it_may_not(self, coder: MachineCoder) -> None:
        words = words_of_triggers(coder.codebook, coder.nlp)
        assert not words.may_stand_in(coder.nlp.make_doc("It is a small wooden house with a green roof."))
        assert not words.may_stand_in(coder.nlp.make_doc("The child took to the violin."))
