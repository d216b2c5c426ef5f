"""Under which forms a word is looked up, and what speaks for another part of speech than the tagger's."""

from __future__ import annotations

import pytest

from dateline.lang.en.forms import fits_part_of_speech, word_forms
from hand_built import built, word


def test_a_word_is_looked_up_under_the_lemma_that_a_wrong_tag_hides() -> None:
    doc = built("""
        Nurses  nurse   NNS  staged  subject
        staged  stag    VBD  -       root
        rallies rallies NNP  staged  object
    """)
    assert word_forms(word(doc, "staged")) == ["stag", "staged", "stage"]
    assert "rally" in word_forms(word(doc, "rallies"))


@pytest.mark.parametrize(("link", "fits"), [("conjunct", 1), ("compound", 0)])
def test_a_participle_that_was_tagged_as_a_noun_may_be_a_verb_where_it_heads_a_clause(link: str, fits: int) -> None:
    doc = built(f"""
        They     they     PRP  met  subject
        met      meet     VBD  -    root
        marched  marched  NN   met  {link}
    """)
    assert fits_part_of_speech(word(doc, "marched"), "VERB", several=False) == fits
    assert fits_part_of_speech(word(doc, "marched"), "NOUN", several=False) == 2


@pytest.mark.parametrize(("determiner", "fits"), [("the  the  DT  march  determiner", 1), ("", 0)])
def test_a_verb_with_a_determiner_may_be_a_noun(determiner: str, fits: int) -> None:
    doc = built(f"""
        They   they   PRP  left  subject
        left   leave  VBD  -     root
        {determiner}
        march  march  VB   left  adverbial clause
    """)
    assert fits_part_of_speech(word(doc, "march"), "NOUN", several=False) == fits
