"""What every language must hold to."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from dateline.conformance.coder import HOSTILE
from dateline.conformance.rules import hold
from dateline.errors import LexiconError
from dateline.lang.base import Language
from dateline.lang.lexicon import built_in
from dateline.lang.lexicon.load import read_folder
from dateline.lang.links import LINKS
from dateline.resolve.dates import find_dates

if TYPE_CHECKING:
    from spacy.tokens import Doc

T = TypeVar("T")

_CODE = re.compile(r"[a-z]{2,3}")
_PARTS = ("code", "name", "lexicon", "pipeline", "read_clause", "tense_reader", "date_phrases")
_TENSES = {"past", "present", "future", None}


def check_language(language: Language, *sentences: str) -> None:
    """Try a language; ``sentences`` are some in it, one of which names a day.

    Raises :class:`AssertionError` that names the first rule that it breaks. It loads the language's pipeline.
    """
    missing = [name for name in _PARTS if not hasattr(language, name)]
    hold("language-made", not missing, f"has no {', '.join(missing)}")
    hold("language-made", bool(_CODE.fullmatch(language.code)), f"has the code {language.code!r}")
    hold("language-made", bool(language.name.strip()), "has no name")
    _check_lexicon(language)
    nlp = _tried("language-links", "loading its pipeline", language.pipeline)
    dated = 0
    for text in (*sentences, *HOSTILE.values()):
        doc = _tried("language-links", f"parsing {text[:30]!r}", nlp, text)
        _check_words(language, doc)
        dated += _check_dates(language, doc)
    hold("language-dates", dated > 0 or not sentences, "found no date in any of the sentences")


def _check_lexicon(language: Language) -> None:
    try:
        own = read_folder(language.lexicon, language.code)
    except LexiconError as error:
        raise AssertionError(f"language-lexicon: {error}") from error
    lacking = [one.name for one in built_in() if one.name not in own.lists]
    hold("language-lexicon", not lacking, f"lacks {len(lacking)} lists: {', '.join(lacking[:10])}")
    other = [one.name for one in built_in() if own[one.name].kind != one.kind]
    hold("language-lexicon", not other, f"has lists of another kind: {', '.join(other[:10])}")


def _check_words(language: Language, doc: Doc) -> None:
    tense_at = _tried("language-tense", "reading tenses", language.tense_reader, doc)
    for word in doc:
        hold("language-links", word.dep_ in LINKS, f"hangs {word.text!r} by {word.dep_!r}")
        clause = _tried("language-clauses", f"the clause of {word.text!r}", language.read_clause, word)
        hung = sorted(child.i for words in clause.under.values() for child in words)
        whole = clause.word.i == word.i and hung == sorted(child.i for child in word.children)
        hold("language-clauses", whole, f"read a clause of {word.text!r} without some of its words")
        governor = None if word.head.i == word.i else word.head.i
        found = None if clause.governor is None else clause.governor.i
        hold("language-clauses", found == governor, f"put {word.text!r} under another word")
        end = word.idx + max(1, len(word))
        tense = _tried("language-tense", f"the tense at {word.text!r}", tense_at, word.idx, end)
        hold("language-tense", tense in _TENSES, f"said {tense!r} at {word.text!r}")


def _check_dates(language: Language, doc: Doc) -> int:
    def found() -> int:
        phrases = language.date_phrases()
        return len(find_dates(doc.text, "2024-05-06", tense_at=language.tense_reader(doc), phrases=phrases))

    return _tried("language-dates", f"looking for dates in {doc.text[:30]!r}", found)


def _tried(rule: str, told: str, what: Callable[..., T], *given: object) -> T:
    """What a part of the language gives; what it raises breaks the rule."""
    try:
        return what(*given)
    except AssertionError:
        raise
    except Exception as error:
        hold(rule, False, f"raised {type(error).__name__} ({error}) at {told}")
        raise
