"""How a word hangs on the word above it: the names by which rules ask, whatever the parser of a language calls them.

A parsed token's ``dep_`` is one of these. They follow the distinctions of the ClearNLP labels, which are finer than
those of Universal Dependencies where rules need it (objects of verbs and of prepositions, clauses by their kind).
"""

from __future__ import annotations

from typing import Literal, get_args

Link = Literal[
    "root",
    # who and what
    "subject",
    "passive subject",
    "clause as subject",
    "clause as passive subject",
    "agent",
    "object",
    "indirect object",
    "attribute",
    "object predicate",
    "adjective complement",
    "expletive",
    # prepositions
    "preposition",
    "preposition object",
    "preposition clause",
    # clauses
    "content clause",
    "open clause",
    "adverbial clause",
    "relative clause",
    "noun clause",
    "beside",
    "aside",
    # around a verb
    "auxiliary",
    "passive auxiliary",
    "negation",
    "particle",
    "adverb",
    "noun as adverb",
    "clause marker",
    # around a noun
    "determiner",
    "predeterminer",
    "possessor",
    "case marker",
    "adjective",
    "number",
    "quantifier",
    "compound",
    "noun modifier",
    "apposition",
    # lists and marks
    "conjunct",
    "coordinator",
    "first coordinator",
    "punctuation",
    "interjection",
    "unclear",
]

LINKS: frozenset[str] = frozenset(get_args(Link))
