"""What spaCy reads from its own labels gives nothing once links have dateline's names, so that nothing asks for it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from dateline.lang.en.labels import LABELS
from dateline.lang.links import LINKS
from hand_built import built, word

ROOT = Path(__file__).parent.parent
READ_FROM_LABELS = {"conjuncts", "noun_chunks", "noun_chunks_iterator", "syntax_iterators", "merge_noun_chunks"}
"""Attributes and components of spaCy that look for "conj", "nsubj", "pobj" ..."""


def test_spacy_finds_no_list_under_other_names():
    doc = built("""
        Pupils    pupil    NNS  -       root
        and       and      CC   Pupils  coordinator
        teachers  teacher  NNS  Pupils  conjunct
    """)
    assert word(doc, "Pupils").conjuncts == ()
    assert list(doc.noun_chunks) == []


@pytest.mark.parametrize("folder", ["src", "benchmarks", "training", "tools"])
def test_nothing_asks_spacy_what_it_reads_from_labels(folder: str):
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not any(name in text for name in READ_FROM_LABELS):
            continue
        for node in ast.walk(ast.parse(text)):
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "value", None)
            assert not isinstance(name, str) or name not in READ_FROM_LABELS, f"{path}:{node.lineno}"


def test_every_label_has_a_link():
    assert set(LABELS.values()) == LINKS
