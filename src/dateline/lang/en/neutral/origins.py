"""Nationalities, peoples, faiths and countries are read alike: who somebody is must not change a code.

What spaCy's models see of a word is its features (form, first letter, ending, shape). A tagger that has read much of
one nation and little of another parses the same sentence in two ways. So all words of origin have the features of
one of them, and all names of countries those of one country; their text and everything that the rules look up stay
their own. So it is with people's names (:mod:`~dateline.lang.en.neutral.personal_names`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.lang.lexicon import words
from dateline.lang.name_keys import rows

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

ORIGIN, COUNTRY = "Kenyan", "Kenya"
"""Which one does not matter much: others were tried and the figures are the same within their noise."""

BODY_NOUNS = words("origins.bodies")
_PEOPLES = words("origins.peoples")
_ALSO_PEOPLE = words("origins.countries_also_people")
_SHORT_NAMES = words("origins.countries_by_short_name")
_NO_PEOPLE = words("origins.languages_of_no_people")

_NO_BODIES = frozenset({"FAC", "PRODUCT", "WORK_OF_ART", "LOC"})

MODEL_FEATURES = ("norm_", "prefix_", "suffix_", "shape_")
"""All that spaCy's models see of a word, but for the white space around it."""


def read_sides_alike(nlp: Language) -> None:
    """Gives the words of origin one set of features, and the names of countries another."""
    vocab = nlp.vocab
    for word in origin_words():
        take_features(vocab, word, ORIGIN)
        take_features(vocab, f"{word}s", f"{ORIGIN}s")
    for name in country_names():
        take_features(vocab, name, COUNTRY)
    if "ner" in nlp.pipe_names:
        # Registered here: who asks for words of origin alone need not wait for spaCy.
        type(nlp).component("dateline_bodies", func=_bodies, retokenizes=False)
        nlp.add_pipe("dateline_bodies", after="ner")


@lru_cache(maxsize=1)
def sides_in_text() -> Mapping[str, str]:
    """Words of origin and names of countries, in ordinary case and in capitals, to the word that stands for them all.

    For models that read a text and not the features of its words.
    """
    stands_for: dict[str, str] = {}
    for word in origin_words():
        stands_for |= {word: ORIGIN, f"{word}s": f"{ORIGIN}s"}
    stands_for |= dict.fromkeys(country_names(), COUNTRY)
    return stands_for | {word.upper(): plain.upper() for word, plain in stands_for.items() if len(word) > 3}


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

    every = {word for word, _ in rows("demonyms.tsv")}
    every |= {language.name for language in pycountry.languages if hasattr(language, "alpha_2")} - _NO_PEOPLE
    every.update(_PEOPLES)
    yield from sorted(word for word in every if word.isalpha())


def country_names() -> Iterator[str]:
    """Names of countries of one word, in a fixed order."""
    names = _countries_named() | _SHORT_NAMES
    names -= _ALSO_PEOPLE | frozenset(origin_words())
    yield from sorted(name for name in names if name.isalpha() and name.istitle())


def long_country_names() -> Iterator[str]:
    """Names of countries of more words than one, in a fixed order."""
    yield from sorted(name for name in _countries_named() if " " in name)


def _countries_named() -> set[str]:
    """The names of countries by the standard and by the table of place names."""
    import pycountry

    names = {getattr(country, "common_name", country.name).split(",")[0] for country in pycountry.countries}
    return names | {name for name, target in rows("place_names.tsv") if len(target) == 2}


def _bodies(doc: Doc) -> Doc:
    """Names such as "the Civic Platform" are bodies, not buildings."""
    if any(e.label_ in _NO_BODIES and e[-1].lower_ in BODY_NOUNS for e in doc.ents):
        from spacy.tokens import Span

        corrected = [
            Span(doc, e.start, e.end, label="ORG") if e.label_ in _NO_BODIES and e[-1].lower_ in BODY_NOUNS else e
            for e in doc.ents
        ]
        doc.set_ents(corrected)
    return doc
