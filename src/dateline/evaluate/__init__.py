"""Codings against a gold, and coders against each other: figures with intervals, confusions, and the errors.

:func:`compare` is a pure function from two sequences of codings to a :class:`Comparison`; :func:`read_codings` and
:func:`read_both` read what people have coded by hand.
"""

from dateline.evaluate.compare import compare
from dateline.evaluate.gold.read import CodedFile, read_both, read_codings
from dateline.evaluate.model import FIELDS, Comparison, Error, Field, FieldScore, Figure, Score, TypeScore

__all__ = [
    "FIELDS",
    "CodedFile",
    "Comparison",
    "Error",
    "Field",
    "FieldScore",
    "Figure",
    "Score",
    "TypeScore",
    "compare",
    "read_both",
    "read_codings",
]
