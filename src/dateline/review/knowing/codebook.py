"""The codebook as people read it: what each type is, by which words, with which examples, and how often it occurs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateline.codebook.model import Codebook, EventType, Example, Mode, Trigger
from dateline.codebook.show import expected, facts, found_as, grouped, written
from dateline.errors import NotThereError, did_you_mean
from dateline.review.workspace import Workspace
from dateline.store.index.query import Query

MOST_VALUES = 500
"""Values of a facet that are asked for: more than any codebook has types, or a type modes."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that name a type: "verbs", those that keep the same company, and that company in words."""

    group: str
    alike: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked example: a sentence, and what it must give; empty: it must give no event of the type."""

    text: str
    gives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModeView:
    """A mode with its words; ``rows`` is how many rows of the project have it."""

    name: str
    definition: str
    cameo: str | None
    chosen_by: tuple[str, ...]
    found_as: tuple[str, ...]
    words: tuple[Words, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A type in a line: ``rows`` is how many rows of the project have it."""

    name: str
    definition: str
    facts: tuple[str, ...]
    modes: tuple[str, ...]
    triggers: int
    examples: int
    rows: int


@dataclass(frozen=True, slots=True)
class TypeView:
    """A type with all that the codebook says of it."""

    name: str
    definition: str
    facts: tuple[str, ...]
    modes: tuple[ModeView, ...]
    words: tuple[Words, ...]
    exclusions: tuple[str, ...]
    examples: tuple[Worked, ...]
    rows: int
    without_mode: int


@dataclass(frozen=True, slots=True)
class CodebookView:
    """The codebook that the project is coded by. ``others`` are types of its rows that the codebook lacks."""

    name: str
    version: str
    description: str
    types: tuple[TypeLine, ...]
    contexts: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, int], ...]


def overview(workspace: Workspace) -> CodebookView:
    """The whole codebook in a line a type."""
    book, often = workspace.known.codebook, _counted(workspace, Query(), "type")
    lines = tuple(
        TypeLine(
            kind.name,
            kind.definition,
            tuple(facts(kind)),
            tuple(mode.name for mode in kind.modes),
            len(written(kind)),
            len(kind.examples),
            often.get(kind.name, 0),
        )
        for kind in book.types
    )
    known = {line.name for line in lines}
    others = tuple((name, rows) for name, rows in often.items() if name not in known)
    contexts = tuple((context.name, context.definition) for context in book.contexts)
    return CodebookView(book.name, book.version, book.description, lines, contexts, others)


def type_of(workspace: Workspace, name: str) -> TypeView:
    """One type whole. Raises :class:`NotThereError` where the codebook has none of that name."""
    book = workspace.known.codebook
    kind = next((kind for kind in book.types if kind.name.lower() == name.lower()), None)
    if kind is None:
        mend = did_you_mean(name[:60], (kind.name for kind in book.types), what="types")
        raise NotThereError(f"the codebook has no type {name[:60]!r}. {mend}")
    rows = _counted(workspace, Query(type=(kind.name,)), "type").get(kind.name, 0)
    often = _counted(workspace, Query(type=(kind.name,)), "mode")
    modes = tuple(_mode(book, kind, mode, often) for mode in kind.modes)
    return TypeView(
        kind.name,
        kind.definition,
        tuple(facts(kind)),
        modes,
        _words(trigger for trigger in written(kind) if trigger.mode is None),
        kind.exclusions,
        tuple(map(_worked, kind.examples)),
        rows,
        max(0, rows - sum(mode.rows for mode in modes)),
    )


def _mode(book: Codebook, kind: EventType, mode: Mode, often: Mapping[str, int]) -> ModeView:
    words = _words(trigger for trigger in written(kind) if trigger.mode == mode.name)
    found = tuple(found_as(book, mode))
    return ModeView(mode.name, mode.definition, mode.cameo, mode.words, found, words, often.get(mode.name, 0))


def _words(triggers: Iterable[Trigger]) -> tuple[Words, ...]:
    return tuple(Words(group, alike) for group, alike in grouped(triggers))


def _worked(example: Example) -> Worked:
    return Worked(example.text, tuple(map(expected, example.expect)))


def _counted(workspace: Workspace, query: Query, name: str) -> dict[str, int]:
    """How many rows have each value of a filter."""
    found = workspace.index.facets(query, (name,), most=MOST_VALUES)
    return dict(next((facet.values for facet in found if facet.name == name), ()))
