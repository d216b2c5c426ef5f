"""The lexicon: what is knowledge of a language, as checked lists that people read and may lay their own over."""

from dateline.lang.lexicon.lists import Made, Table, Words, any_of, class_of, classes, in_use, table, using, words
from dateline.lang.lexicon.load import built_in
from dateline.lang.lexicon.model import Lexicon, WordList
from dateline.lang.lexicon.own import lay_over

__all__ = [
    "Lexicon",
    "Made",
    "Table",
    "WordList",
    "Words",
    "any_of",
    "built_in",
    "class_of",
    "classes",
    "in_use",
    "lay_over",
    "table",
    "using",
    "words",
]
