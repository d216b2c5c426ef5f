"""The fields of a row as a person edits them: the columns of the sheet, each with its value and its choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from dateline.codebook.model import Codebook
from dateline.corrections.same import text
from dateline.export.formats.rows import COUNT_KINDS, Cells
from dateline.export.phrases import label
from dateline.export.words import COUNT_WORDS
from dateline.model import Modality, PlacePrecision

Shape = Literal["text", "number", "choice"]
BOUNDS = {"low": "at least", "best": "stated", "high": "at most"}


@dataclass(frozen=True, slots=True)
class Input:
    """One column to be edited. ``choices`` are pairs of a value and its words; ``hint`` says how a value is written."""

    column: str
    label: str
    value: str
    shape: Shape = "text"
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The inputs of one field of a card, under the card's heading for it."""

    heading: str
    inputs: tuple[Input, ...]


def inputs_of(cells: Cells, book: Codebook, types: Iterable[str] = ()) -> tuple[Group, ...]:
    """What can be edited of a row with these cells; ``types`` are those that the report has beside the codebook's."""
    value = {name: text(cell) for name, cell in cells.items()}

    def at(column: str) -> str:
        return value.get(column, "")

    modes = next((kind.modes for kind in book.types if kind.name == at("type")), ())
    names = [kind.name for kind in book.types]
    every = [*names, *sorted({*types, at("type")} - {*names, ""})]
    kind = Input("type", "Type", at("type"), "choice", tuple((name, label(name, None)) for name in every))
    mode = Input("mode", "Mode", at("mode"), "choice", _choices(at("mode"), [m.name for m in modes], empty=True))
    contexts = Input("contexts", "Contexts", at("contexts"), hint="several with | between them")
    several = "neutral names, with | between them"
    precision = _choices(at("place_precision"), get_args(PlacePrecision), empty=True)
    return (
        Group("What", (kind, mode, contexts)),
        Group("Who", (Input("actors", "Who", at("actors"), hint=several),)),
        Group("To whom", (Input("recipients", "To whom", at("recipients"), hint=several),)),
        Group(
            "Where",
            (
                Input("place", "Place", at("place"), hint="the name alone; it is looked up"),
                Input("admin1", "Province", at("admin1")),
                Input("country", "Country", at("country"), hint="two letters, such as FR"),
                Input("place_precision", "Precision", at("place_precision"), "choice", precision),
            ),
        ),
        Group("When", (Input("date", "Date", at("date"), hint="2024-03-05, 2024-03, or 2024-03-05/2024-03-07"),)),
        Group("Numbers", tuple(_numbers(value))),
        Group(
            "Told as",
            (
                Input("modality", "Told as", at("modality"), "choice", _choices("", get_args(Modality))),
                Input(
                    *("historical", "Earlier background", at("historical").casefold(), "choice"),
                    (("false", "no"), ("true", "yes")),
                ),
            ),
        ),
        Group("Who says so", (Input("according_to", "According to", at("according_to")),)),
    )


def _choices(now: str, names: Sequence[str], *, empty: bool = False) -> tuple[tuple[str, str], ...]:
    """Choices of names; ``now`` is among them whatever it is."""
    own = [now] if now and now not in names else []
    return (*([("", "not stated")] if empty else []), *((name, name.replace("_", " ")) for name in (*names, *own)))


def _numbers(value: dict[str, str]) -> Iterable[Input]:
    for kind in COUNT_KINDS:
        for bound, words in BOUNDS.items():
            column = f"{kind}_{bound}"
            yield Input(column, f"{COUNT_WORDS.get(kind, kind)}, {words}".capitalize(), value.get(column, ""), "number")
