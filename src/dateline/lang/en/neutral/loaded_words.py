"""Words that judge ("thugs", "massacre"), read as plain ones: by the pipeline, by other models, and in actors' names.

The lists stand in the lexicon (``loaded_words.yaml``). Offsets stay exact, as no stored text is changed: the pipeline
is told once, at loading, to take a loaded word's features from the plain word (:func:`read_neutrally`), and
:func:`neutral_reading` gives other models a copy of the text with a way back to the report's offsets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

from dateline.lang.en.neutral.origins import MODEL_FEATURES, sides_in_text, take_features
from dateline.lang.en.people import BEHIND_THE_HEAD
from dateline.lang.lexicon import Made, Table, classes, table

if TYPE_CHECKING:
    from spacy.tokens import Doc

PEOPLE: Table[str] = table("loaded_words.people")
PEOPLE_NAMED: Table[str] = table("loaded_words.people_named")
VERBS: Table[str] = table("loaded_words.verbs")
NOUNS: Table[str] = table("loaded_words.nouns")
JUDGEMENTS = classes("loaded_words.judgements")
MANNERS = classes("loaded_words.manners")
ONLY_IN_NAMES: Table[str] = table("loaded_words.only_in_names")

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_FEATURES = ("lower_", *MODEL_FEATURES)
"""What models see of a word, and the small letters that rules look at."""


@dataclass(frozen=True, slots=True)
class LoadedWords:
    """The lists of the lexicon's ``loaded_words.yaml``, in small letters.

    ``named`` maps a word to what a name has instead (nothing: the word is left out), ``read_as`` a word to the one
    word that models see, ``verbs`` the dictionary form of a verb to a plain verb's.
    """

    named: Mapping[str, str]
    read_as: Mapping[str, str]
    verbs: Mapping[str, str]

    def lemma(self, word: str, pos: str) -> str:
        """The dictionary form of what a loaded word is read as; any other word itself. Codebooks' words pass here."""
        if pos == "VERB" and word in self.verbs:
            return self.verbs[word]
        return self.read_as.get(word, word)


@lru_cache(maxsize=1)
def loaded_words() -> LoadedWords:
    """The words of the lexicon, which no project changes: the models have read with them."""
    inflected = {
        form: plain for verb, like in VERBS.items() for form, plain in zip(_forms(verb), _forms(like), strict=True)
    }
    return LoadedWords(
        named=dict(PEOPLE)
        | dict(PEOPLE_NAMED)
        | {word: "" for adjectives in JUDGEMENTS.values() for word in adjectives}
        | dict(ONLY_IN_NAMES),
        read_as={form: plain for form, plain in inflected.items() if form not in ONLY_IN_NAMES}
        | {word: plain for weights in (JUDGEMENTS, MANNERS) for plain, weighed in weights.items() for word in weighed}
        | {word: plain for word, plain in PEOPLE.items() if "-" not in word}
        | dict(NOUNS),
        verbs=dict(VERBS),
    )


def _forms(verb: str) -> tuple[str, str, str, str]:
    """The dictionary form, third person, past and -ing form of a regular verb without a doubled consonant."""
    stem = verb.removesuffix("e")
    sibilant = verb.endswith(("sh", "ch", "s", "x", "z"))
    return verb, verb + ("es" if sibilant else "s"), stem + "ed", stem + "ing"


@dataclass(frozen=True, slots=True)
class NeutralReading:
    """A copy of a text without loaded words, for a model to read, with the way back to the text's own offsets."""

    text: str
    changed: tuple[tuple[int, int, int, int], ...] = ()
    """Each word that was changed: its ``[start, end)`` in the text, and ``[start, end)`` of the plain word."""

    def neutral(self, offset: int) -> int:
        """The offset in the copy of an offset into the text; inside a changed word, its start."""
        at = bisect_right(self.changed, offset, key=lambda c: c[0]) - 1
        if at < 0:
            return offset
        _, end, plain_start, plain_end = self.changed[at]
        return offset - end + plain_end if offset >= end else plain_start

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The words of the text that ``[start, end)`` of the copy stands for: changed words are taken whole."""
        return self._back(start, up=False), self._back(end, up=True)

    def _back(self, offset: int, *, up: bool) -> int:
        at = bisect_right(self.changed, offset, key=lambda c: c[2]) - 1
        if at < 0:
            return offset
        start, end, plain_start, plain_end = self.changed[at]
        if offset >= plain_end:
            return offset - plain_end + end
        return end if up and offset > plain_start else start


def neutral_reading(text: str) -> NeutralReading:
    """The text with each loaded word that models must not see replaced by the plain word, in the same case.

    All words of origin are the same one in it, and so are all countries
    (:func:`~dateline.lang.en.neutral.origins.sides_in_text`). Pure, and linear in the length of the text.
    """
    words, sides = loaded_words().read_as, sides_in_text()
    parts: list[str] = []
    changed: list[tuple[int, int, int, int]] = []
    at = shift = 0
    for match in _LETTERS.finditer(text):
        word = match.group()
        plain = words.get(word.lower())
        plain = sides.get(word) if plain is None else _in_case_of(word, plain)
        if plain is None or plain == word:
            continue
        start, end = match.span()
        parts += [text[at:start], plain]
        changed.append((start, end, start + shift, start + shift + len(plain)))
        shift += len(plain) - (end - start)
        at = end
    return NeutralReading("".join([*parts, text[at:]]), tuple(changed))


def _in_case_of(word: str, plain: str) -> str:
    if word.isupper():
        return plain.upper()
    return plain.capitalize() if word[0].isupper() else plain


def read_neutrally(nlp: Language) -> None:
    """Makes a pipeline read loaded words as plain ones: what its models see of them is what they see of the plain word.

    Tokens keep their text and offsets; ``lower_``, ``norm_`` and ``lemma_`` are the plain word's. Neither a rule nor
    a model can tell "the thugs slaughtered ten" from "the people killed ten".
    """
    for word, plain in _in_each_case():
        take_features(nlp.vocab, word, plain, _FEATURES)
    if "lemmatizer" in nlp.pipe_names:
        nlp.add_pipe("dateline_plain_lemmas", after="lemmatizer")


def _in_each_case() -> Iterator[tuple[str, str]]:
    for word, plain in loaded_words().read_as.items():
        yield from ((word, plain), (word.capitalize(), plain.capitalize()), (word.upper(), plain.upper()))


@Language.factory("dateline_plain_lemmas", assigns=["token.lemma"])
def _plain_lemmas(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """Gives loaded words the dictionary form of what they are read as: spaCy's lemmatizer goes by their text."""
    plain = {nlp.vocab.strings.add(word): read for word, read in _in_each_case()}
    verbs = loaded_words().verbs
    lemmatizer: Any = nlp.get_pipe("lemmatizer")

    def lemmatize(doc: Doc) -> Doc:
        loaded = [token for token in doc if token.orth in plain]
        if loaded:
            read = Doc(
                nlp.vocab,
                words=[plain[t.orth] for t in loaded],
                pos=[t.pos_ for t in loaded],
                morphs=[str(t.morph) for t in loaded],
            )
            for token, like in zip(loaded, read, strict=True):
                verb = verbs.get(token.text.lower()) if token.pos_ == "VERB" else None
                token.lemma_ = verb or lemmatizer.lemmatize(like)[0]
        return doc

    return lemmatize


def neutral(text: str) -> str:
    """The phrase without loaded words, or with neutral ones in their place: how an actor is named."""
    plain = re.sub('["“”„«»‹›]', "", text)

    out: list[str] = []
    at = 0
    for match in _WORD.finditer(plain):
        out.append(plain[at : match.start()])
        out.append(_swapped(match.group(), out, plain[match.end() :]))
        at = match.end()
    plain = "".join([*out, plain[at:]])
    plain = re.sub(r"\s+", " ", plain).strip(" ,;:.-–—")
    plain = _DANGLING.sub("", plain)
    if plain != text:  # the word after the article is another one
        plain = re.sub(r"\b([Aa])n (?=[b-df-hj-np-tv-z])", r"\1 ", plain)
        plain = re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", plain)
    plain = re.sub(r"\b(armed people|people|clergy) (members|people|groups?)\b", r"\2", plain)
    return re.sub(r"(?<=[a-rt-z])([’'])(?=\s)", r"\1s", plain)


def _swapped(word: str, before: list[str], after: str) -> str:
    """The neutral words for one word; before another noun a person is no noun ("terrorist group": "armed group")."""
    bare, ending = re.subn(r"['’]s$", "", word)
    new = loaded_words().named.get(bare.lower())
    if new is None or ("".join(before).strip() and word[0].isupper() and _IN_A_NAME.match(after)):
        return word  # "International Criminal Court", "the Martyrs Brigade": a body's own name
    if re.search(r"\b(?:person|people)$", new) and _BEFORE_NOUN().match(after) and not ending:
        new = re.sub(r"\s?(?:person|people)$", "", new)
    said = "".join(before).split()
    if new and said and new.split()[0] == said[-1].lower():  # "military junta" is no "military military government"
        new = new.partition(" ")[2]
    return new + (word[len(bare) :] if ending and new else "")


_IN_A_NAME = re.compile(r"['’]?\s[A-Z]")

_DANGLING = re.compile(
    r"\b(?:of|for|by|with|from)(?:\s+the)?\s+(?=(?:of|for|by|with|from)\b)|\s+(?:of|for|by|with|from)(?:\s+the)?$"
)
"""Prepositions that a word left out of a phrase leaves behind."""

_BEFORE_NOUN = Made(
    lambda: re.compile(
        rf" (?!(?:{'|'.join(sorted(BEHIND_THE_HEAD))}|and|or|killed|who|has|have|had|is|are|was|were)\b)(?=[^\W\d_])"
    )
)
