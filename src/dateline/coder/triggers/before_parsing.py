"""Which sentences may hold a trigger, told by their words alone, before anything is parsed.

The encoder has learnt the words of politics and war and is unsure of those that it seldom met ("a go-slow", "flogged"):
a sentence in which all the words stand that a trigger asks for is parsed whatever the encoder makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dateline.codebook.reading.triggers import SYNTAX
from dateline.coder.triggers.match import trigger_index
from dateline.lang.en.forms import stems

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

    from dateline.codebook.model import Codebook, Slot

INFLECTED = ("noun", "verb")
Asked = tuple[frozenset[str], ...]
"""Sets of words, of each of which one must stand in the sentence."""


@dataclass(frozen=True, slots=True)
class WordsOfTriggers:
    """What each trigger of a codebook asks of the words of a sentence, by the trigger's first word."""

    asked: Mapping[str, tuple[Asked, ...]]
    irregular: Mapping[str, str]
    """Dictionary forms of words that no ending tells ("took")."""

    def may_stand_in(self, tokens: Iterable[Token]) -> bool:
        """Whether any trigger's words all stand in the sentence, in whatever form and order."""
        there = {form for token in tokens for form in self._forms(token.lower_)}
        return any(
            all(words & there for words in asked) for first in there & self.asked.keys() for asked in self.asked[first]
        )

    def _forms(self, word: str) -> Iterator[str]:
        yield from (word, *stems(word))
        if word in self.irregular:
            yield self.irregular[word]


def words_of_triggers(codebook: Codebook, nlp: Language) -> WordsOfTriggers:
    """Those of a codebook, made once."""
    return _made(_Same(codebook), _Same(nlp))


@dataclass(frozen=True, eq=False)
class _Same:
    """A thing that is looked up by what it is, as hashing all of it would cost more than it saves."""

    it: Any

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it


@lru_cache(maxsize=2)
def _made(codebook: _Same, nlp: _Same) -> WordsOfTriggers:
    index = trigger_index(codebook.it)
    asked: dict[str, list[Asked]] = {}
    for first, entries in index.by_word.items():
        for entry in entries:
            frame = entry.trigger.frame
            wanted = [frozenset({word}) for word in entry.words[1:]]
            for slot, words in (*frame.requires, ("text", frame.text_requires)):
                wanted += _asked_by(slot, index.words(words))
            asked.setdefault(first, []).append(tuple(dict.fromkeys(wanted)))
    return WordsOfTriggers({first: tuple(dict.fromkeys(each)) for first, each in asked.items()}, _irregular(nlp.it))


def _asked_by(slot: Slot, words: frozenset[str]) -> Iterator[frozenset[str]]:
    """What a condition asks of the words: a preposition, and one of the words behind it (of a phrase, its last)."""
    if words and "*" not in words:
        yield frozenset(word.replace("-", " ").split()[-1] for word in words)
    prepositions = frozenset(slot.split("/"))
    if slot != "text" and not prepositions & set(SYNTAX):
        yield frozenset(one.split()[0] for one in prepositions)


def _irregular(nlp: Language) -> Mapping[str, str]:
    if "lemmatizer" not in nlp.pipe_names:
        return {}
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    exceptions = lemmatizer.lookups.get_table("lemma_exc", {})
    return {form: lemmas[0] for kind in INFLECTED for form, lemmas in exceptions.get(kind, {}).items()}
