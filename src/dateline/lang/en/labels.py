"""The labels of the English parser, and the links that they are to everything else.

spaCy's English pipelines label dependencies as ClearNLP does (Choi, "Guidelines for the CLEAR Style Constituent to
Dependency Conversion", 2012). Nothing but this module knows those labels: once a sentence is parsed, each is put
under dateline's own name for the link (:data:`dateline.lang.links.LINKS`), which rules ask for. Another language's
pipeline puts its labels under the same names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from spacy.language import Language

from dateline.lang.links import Link

if TYPE_CHECKING:
    from spacy.tokens import Doc

COMPONENT = "dateline_links"

LABELS: Mapping[str, Link] = {
    "ROOT": "root",
    "acl": "noun clause",
    "acomp": "adjective complement",
    "advcl": "adverbial clause",
    "advmod": "adverb",
    "agent": "agent",
    "amod": "adjective",
    "appos": "apposition",
    "attr": "attribute",
    "aux": "auxiliary",
    "auxpass": "passive auxiliary",
    "case": "case marker",
    "cc": "coordinator",
    "ccomp": "content clause",
    "compound": "compound",
    "conj": "conjunct",
    "csubj": "clause as subject",
    "csubjpass": "clause as passive subject",
    "dative": "indirect object",
    "dep": "unclear",
    "det": "determiner",
    "dobj": "object",
    "expl": "expletive",
    "intj": "interjection",
    "mark": "clause marker",
    "meta": "aside",
    "neg": "negation",
    "nmod": "noun modifier",
    "npadvmod": "noun as adverb",
    "nsubj": "subject",
    "nsubjpass": "passive subject",
    "nummod": "number",
    "oprd": "object predicate",
    "parataxis": "beside",
    "pcomp": "preposition clause",
    "pobj": "preposition object",
    "poss": "possessor",
    "preconj": "first coordinator",
    "predet": "predeterminer",
    "prep": "preposition",
    "prt": "particle",
    "punct": "punctuation",
    "quantmod": "quantifier",
    "relcl": "relative clause",
    "xcomp": "open clause",
}


@Language.component(COMPONENT)
def name_links(doc: Doc) -> Doc:
    """The document with every label under dateline's name for the link; links that have it already stay."""
    strings = doc.vocab.strings
    names = {strings.add(label): strings.add(link) for label, link in LABELS.items()}
    for token in doc:
        token.dep = names.get(token.dep, token.dep)
    return doc
