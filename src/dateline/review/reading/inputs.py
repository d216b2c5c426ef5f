"""The fields of a row as a person edits them: the columns of the sheet, each with its value and its choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import get_args

from dateline.codebook.model import Codebook
from dateline.corrections.same import text
from dateline.export.formats.columns import read_facts
from dateline.export.formats.rows import Cells
from dateline.export.phrases import label
from dateline.model import Modality, PlacePrecision

Choices = tuple[tuple[str, str], ...]
"""Pairs of a value and its words."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a column is edited, as ``data/review_fields.tsv`` has it: under which heading, by what kind of input.

    ``starts`` names where it is asked for at once: of a ``part`` of a row that is split, of a row that is ``added``.
    ``compared`` is the field under which two coders are compared.
    """

    column: str
    heading: str
    label: str
    shape: str
    choices: str
    hint: str
    starts: str
    compared: str


@dataclass(frozen=True, slots=True)
class Input:
    """One column to be edited, with its value; ``choices`` are those of a column that has some."""

    of: Shape
    value: str
    choices: Choices = field(default=())


@dataclass(frozen=True, slots=True)
class Group:
    """The inputs of one field of a card, under the card's heading for it."""

    heading: str
    inputs: tuple[Input, ...]


@cache
def shapes() -> tuple[Shape, ...]:
    """The columns that are edited, in the order of the page."""
    return tuple(Shape(**row) for row in read_facts("review_fields.tsv"))


def inputs_of(cells: Cells, book: Codebook, types: Iterable[str] = ()) -> tuple[Group, ...]:
    """What can be edited of a row with these cells; ``types`` are those that the report has beside the codebook's."""
    value = {name: text(cell) for name, cell in cells.items()}
    made = [Input(one, value.get(one.column, ""), _choices(one, value, book, types)) for one in shapes()]
    return tuple(Group(heading, tuple(same)) for heading, same in groupby(made, key=lambda one: one.of.heading))


def starting(groups: Iterable[Group], where: str) -> tuple[Input, ...]:
    """The inputs that are asked for at once, ``where``: of a ``part``, or of a row that is ``added``."""
    return tuple(one for group in groups for one in group.inputs if where in one.of.starts.split())


def _choices(shape: Shape, value: dict[str, str], book: Codebook, types: Iterable[str]) -> Choices:
    now = value.get(shape.column, "")
    match shape.choices:
        case "":
            return ()
        case "types":
            names = [kind.name for kind in book.types]
            others = sorted({*types, now} - {*names, ""})
            return tuple((name, label(name, None)) for name in (*names, *others))
        case "modes":
            modes = next((kind.modes for kind in book.types if kind.name == value.get("type")), ())
            return _named(now, [mode.name for mode in modes])
        case "precisions":
            return _named(now, get_args(PlacePrecision))
        case "modalities":
            return tuple((name, name) for name in get_args(Modality))
    pairs = (choice.partition("=") for choice in shape.choices.split("|"))
    return tuple((name, words) for name, _, words in pairs)


def _named(now: str, names: Sequence[str]) -> Choices:
    """Choices of names, and none; ``now`` is among them whatever it is."""
    own = [now] if now and now not in names else []
    return (("", "not stated"), *((name, name.replace("_", " ")) for name in (*names, *own)))
