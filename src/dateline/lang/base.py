"""What a language brings, and the installed languages by their codes.

A language is found through the entry points of ``dateline.languages``, English among them. The protocol
:class:`Language` is the whole list of what another one must bring; ``docs/languages.md`` goes through it, and
``dateline.conformance.check_language`` tries it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dateline.errors import UnknownLanguageError
from dateline.plugins import Plugins

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc, Token

    from dateline.lang.clause import Clause
    from dateline.lang.dates.reading import DatePhrases

GROUP = "dateline.languages"
DEFAULT = "en"
"""The language of a text that does not show which it is in."""

TenseAt = Callable[[int, int], str | None]
"""The tense of the clause around the characters ``[start, end)``: "past", "present", "future" or None."""


class Language(Protocol):
    """All that a language must bring. Its entry point is named by its code and names an object with these.

    * ``code``: ISO 639, as reports have it; ``name``: the language in English, as notes say it.
    * ``pipeline()``: a spaCy pipeline (tagger, parser, lemmatizer, names) whose parsed tokens hang by dateline's own
      links (:data:`dateline.lang.links.LINKS`), whatever its labels were. It is loaded once.
    * ``lexicon``: the folder of its word lists. It has the lists that the English one has, by the same names.
    * ``read_clause(word)``: the clause of a word, from the links of the parse.
    * ``tense_reader(doc)``: the tense around any words of a document.
    * ``date_phrases()``: the rules for dates in words, and what makes looking for them cheap.
    """

    @property
    def code(self) -> str:
        """The ISO 639 code, in small letters ("en")."""
        ...

    @property
    def name(self) -> str:
        """Its name in English ("English")."""
        ...

    def pipeline(self) -> Pipeline:
        """The pipeline, loaded once. Raises :class:`~dateline.errors.PipelineError` where it is not installed."""
        ...

    @property
    def lexicon(self) -> Path:
        """The folder of its word lists."""
        ...

    def read_clause(self, word: Token) -> Clause:
        """The clause of a word, with every field filled from the parse."""
        ...

    def tense_reader(self, doc: Doc) -> TenseAt:
        """What tells the tense around words of a parsed document."""
        ...

    def date_phrases(self) -> DatePhrases:
        """The phrases of time, under the lexicon in use."""
        ...


def languages() -> Mapping[str, Language]:
    """The installed languages by code, sorted. Raises :class:`UnknownLanguageError` for one that is not there."""
    return Plugins(GROUP, "language", UnknownLanguageError)


@cache
def load_language(code: str = DEFAULT) -> Language:
    """The language of a code, looked for once. Raises as :func:`languages` does."""
    return languages()[code]


def language_of(doc: Doc) -> Language:
    """The language that a document was parsed in."""
    return load_language(doc.vocab.lang or DEFAULT)


def pipeline_name(nlp: Pipeline) -> str:
    """Name and version of a pipeline, as codings record it: ``en_core_web_sm 3.8.0``."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
