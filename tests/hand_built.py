"""Parsed sentences built by hand, so that a rule of grammar is tested without a model and whatever a parser thinks.

A sentence is written as a table, one word a line: the word, its lemma, its tag, its head (a word of the sentence) and
its link to it (``dateline.lang.links``). The head of the root is ``-``. A word that stands twice is told apart by its
number, ``the/2``::

    doc = built('''
        Police    police   NNS  arrested  subject
        arrested  arrest   VBD  -         root
        two       two      CD   men       number
        men       man      NNS  arrested  object
    ''')
"""

from functools import cache

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dateline.lang.links import LINKS

PARTS = {
    **dict.fromkeys(("NN", "NNS"), "NOUN"),
    **dict.fromkeys(("NNP", "NNPS"), "PROPN"),
    **dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "VERB"),
    **dict.fromkeys(("JJ", "JJR", "JJS"), "ADJ"),
    **dict.fromkeys(("RB", "RBR", "RBS"), "ADV"),
    **dict.fromkeys(("PRP", "WP"), "PRON"),
    **dict.fromkeys(("DT", "WDT", "PRP$", "WP$", "PDT"), "DET"),
    **{"CD": "NUM", "MD": "AUX", "IN": "ADP", "TO": "PART", "POS": "PART", "RP": "ADP", "CC": "CCONJ", "UH": "INTJ"},
    **dict.fromkeys((".", ",", ":", "``", "''"), "PUNCT"),
}
"""The part of speech of each tag; an auxiliary verb is told by its link."""


def built(table: str, names: dict[str, str] | None = None) -> Doc:
    """The document of a table; ``names`` gives words the label of a named entity ("Reuters": "ORG")."""
    rows = [line.split(None, 3) for line in table.strip().splitlines() if line.strip()]
    words = [row[0].partition("/")[0] for row in rows]
    at = {}
    for n, row in enumerate(rows):
        at.setdefault(row[0], n)
    heads, links = [], []
    for n, row in enumerate(rows):
        head, link = row[3].split(None, 1)
        assert link in LINKS, link
        heads.append(n if head == "-" else at[head])
        links.append(link)
    tags = [row[2] for row in rows]
    helping = {"auxiliary", "passive auxiliary"}
    parts = ["AUX" if link in helping else PARTS.get(tag, "X") for tag, link in zip(tags, links, strict=True)]
    entities = [f"B-{names[word]}" if names and word in names else "O" for word in words]
    lemmas = [row[1] for row in rows]
    return Doc(_vocabulary(), words, lemmas=lemmas, tags=tags, pos=parts, heads=heads, deps=links, ents=entities)


@cache
def _vocabulary() -> Vocab:
    return spacy.blank("en").vocab


def word(doc: Doc, text: str):
    """The first token of a document that is this word."""
    return next(token for token in doc if token.text == text)


def texts(tokens) -> list[str]:
    """The words of tokens, in their order."""
    return [token.text for token in tokens]
