"""Nationalities, peoples, faiths and countries are read alike by the models: who the sides are must not change a code.

What spaCy's models see of a word is its features (form, first letter, ending, shape). A tagger that has read much of
one nation and little of another parses the same sentence in two ways. So all words of origin have the features of
one of them, all names of countries those of one country; their text and everything the rules look up stay their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

from dateline.resolve.gazetteer_names import rows

if TYPE_CHECKING:
    from spacy.vocab import Vocab

ORIGIN, COUNTRY = "Kenyan", "Kenya"
"""Which one does not matter much: others were tried and the figures are the same within their noise."""

MODEL_FEATURES = ("norm_", "prefix_", "suffix_", "shape_")
"""All that spaCy's models see of a word, but for the white space around it."""

_ALSO_PEOPLE = frozenset({"Jordan", "Chad"})
"""Countries that are as often somebody's name: what they are is left to the models."""

_NO_PEOPLE = frozenset({"English", "Latin", "Interlingua", "Volapük", "Esperanto", "Interlingue"})


def read_sides_alike(vocab: Vocab) -> None:
    """Gives the words of origin one set of features, and the names of countries another."""
    for word in origin_words():
        take_features(vocab, word, ORIGIN)
        take_features(vocab, f"{word}s", f"{ORIGIN}s")
    for name in country_names():
        take_features(vocab, name, COUNTRY)


def take_features(vocab: Vocab, word: str, like: str, features: Iterable[str] = MODEL_FEATURES) -> None:
    """Makes the models see one word as another, by its vector too where the pipeline has vectors."""
    source, target = vocab[like], vocab[word]
    for name in features:
        setattr(target, name, getattr(source, name))
    if vocab.vectors_length and (row := vocab.vectors.key2row.get(source.orth)) is not None:
        vocab.vectors.add(target.orth, row=row)


def origin_words() -> Iterator[str]:
    """Words of nationality, people, language and faith of one word, singular, in a fixed order."""
    import pycountry

    found = {word for word, _ in rows("demonyms.tsv")}
    found |= {language.name for language in pycountry.languages if hasattr(language, "alpha_2")} - _NO_PEOPLE
    lines = (files("dateline.data") / "peoples.txt").read_text(encoding="utf-8").splitlines()
    found.update(word for line in lines if not line.startswith("#") for word in line.split())
    yield from sorted(word for word in found if word.isalpha())


def country_names() -> Iterator[str]:
    """Names of countries of one word, in a fixed order."""
    import pycountry

    names = {getattr(country, "common_name", country.name).split(",")[0] for country in pycountry.countries}
    names |= {name for name, target in rows("place_names.tsv") if len(target) == 2} | {"Russia", "Turkey"}
    names -= _ALSO_PEOPLE | set(origin_words())
    yield from sorted(name for name in names if name.isalpha() and name.istitle())
