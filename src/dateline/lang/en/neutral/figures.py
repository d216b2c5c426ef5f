"""Shortened numbers ("10k", "1.2m") are read as the figures that they are.

spaCy's models take them for words of their own, and hang what they count on something else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from dateline.lang.en.neutral.origins import take_features
from dateline.lang.en.numbers import is_shortened

if TYPE_CHECKING:
    from spacy.tokens import Doc

IN_FIGURES = "10,000"
"""The number whose features they have for the models."""
ONE_WORD = re.compile(r"\d{1,3}\.\d{1,3}[a-z]{1,2}")
"""A figure and letters that spaCy's own rules may tear apart."""


def read_figures(nlp: Language) -> None:
    """Makes a pipeline take a shortened number for one word, and for a number."""
    tokenizer: Any = nlp.tokenizer
    tokenizer.token_match = lambda word: ONE_WORD.fullmatch(word) and is_shortened(word)
    nlp.add_pipe("dateline_figures", first=True)


@Language.component("dateline_figures", retokenizes=False)
def _figures(doc: Doc) -> Doc:
    for token in doc:
        if token.text[:1].isdigit() and is_shortened(token.lower_):
            take_features(doc.vocab, token.text, IN_FIGURES)
    return doc
