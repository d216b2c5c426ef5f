"""English, as :class:`dateline.lang.base.Language` asks for it. Its parts are loaded when they are first asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc, Token

    from dateline.lang.base import Language, TenseAt
    from dateline.lang.clause import Clause
    from dateline.lang.dates.reading import DatePhrases


class _English:
    """The language that dateline brings."""

    code = "en"
    name = "English"
    lexicon = Path(__file__).parent / "lexicon"

    def pipeline(self) -> Pipeline:
        """The English pipeline that is installed."""
        from dateline.lang.en.pipeline import load_pipeline

        return load_pipeline()

    def read_clause(self, word: Token) -> Clause:
        """The clause of an English word."""
        from dateline.lang.en.clauses import read_clause

        return read_clause(word)

    def tense_reader(self, doc: Doc) -> TenseAt:
        """By the verb of the clause, and the verbs above it."""
        from dateline.lang.en.grammar.tense import tense_reader

        return tense_reader(doc)

    def date_phrases(self) -> DatePhrases:
        """All themes of dates."""
        from dateline.lang.en.dates.phrases import date_phrases

        return date_phrases()


ENGLISH: Language = _English()
