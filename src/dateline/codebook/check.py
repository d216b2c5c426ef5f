"""A codebook's worked examples, run as its tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.codebook.load import load_codebook
from dateline.codebook.model import Codebook, EventType, Example, ExpectedEvent
from dateline.codebook.reading.validate import warnings
from dateline.errors import Problem
from dateline.model import EventMention


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example: where it stands, whether it passed, and if not what was expected and what was found."""

    type: str
    text: str
    file: str
    line: int
    passed: bool
    expected: str
    found: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: {self.type}: {self.text}"
        return where if self.passed else f"{where}\n    expected: {self.expected}\n    found:    {self.found}"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All examples of a codebook, in its order, and what is likely a slip in it."""

    codebook: str
    examples: tuple[ExampleResult, ...]
    warnings: tuple[Problem, ...]

    @property
    def passed(self) -> tuple[ExampleResult, ...]:
        """The examples that gave what they should."""
        return tuple(e for e in self.examples if e.passed)

    @property
    def failed(self) -> tuple[ExampleResult, ...]:
        """The examples that gave something else."""
        return tuple(e for e in self.examples if not e.passed)

    def __str__(self) -> str:
        lines = [f"warning: {w}" for w in self.warnings]
        lines += [f"failed: {e}" for e in self.failed]
        total = len(self.examples)
        if not total:
            lines.append(f"{self.codebook}: no worked examples. Add some under `examples:`; they are its tests.")
        else:
            lines.append(f"{self.codebook}: {len(self.passed)} of {total} examples passed, {len(self.failed)} failed.")
        return "\n".join(lines)


def check_codebook(codebook: Codebook | str | Path, code: Callable[[str], Sequence[EventMention]]) -> CheckResult:
    """Run every worked example through ``code``, which gives the events of one text coded by this codebook.

    An example passes where each expected event is found among those of its type (no two expected events in the same
    one), and a negative example where there is none of the type. Role words are compared by containment.
    Raises :class:`~dateline.errors.CodebookError` where the codebook cannot be read.
    """
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    results = tuple(_run(kind, example, code(example.text)) for kind in book.types for example in kind.examples)
    return CheckResult(f"{book.name} {book.version}", results, warnings(book))


def _run(kind: EventType, example: Example, events: Sequence[EventMention]) -> ExampleResult:
    same = [e for e in events if e.type == kind.name]
    passed = _all_found(example.expect, list(events)) if example.expect else not same
    return ExampleResult(
        type=kind.name,
        text=example.text,
        file=example.file,
        line=example.line,
        passed=passed,
        expected="; ".join(map(_expected, example.expect)) or f"no {kind.name}",
        found="; ".join(map(_found, events)) or "nothing",
    )


def _all_found(expected: Sequence[ExpectedEvent], events: list[EventMention]) -> bool:
    """Whether each expected event has an event of its own: the first that fits is tried, then the next."""
    if not expected:
        return True
    first, *rest = expected
    return any(_fits(first, event) and _all_found(rest, [e for e in events if e is not event]) for event in events)


def _fits(expected: ExpectedEvent, event: EventMention) -> bool:
    return (
        expected.type == event.type
        and expected.mode in {None, event.mode}
        and expected.modality in {None, event.modality}
        and expected.historical in {None, event.historical}
        and _contained(expected.actors, [a.quote for a in event.actors])
        and _contained(expected.recipients, [r.quote for r in event.recipients])
    )


def _contained(expected: Sequence[str], found: Sequence[str]) -> bool:
    return all(any(word.casefold() in quote.casefold() for quote in found) for word in expected)


def _expected(event: ExpectedEvent) -> str:
    return _line(event.type, event.mode, event.actors, event.recipients, _told(event))


def _found(event: EventMention) -> str:
    actors, recipients = [a.quote for a in event.actors], [r.quote for r in event.recipients]
    return f"{_line(event.type, event.mode, actors, recipients, _told(event))} [{event.trigger.quote}]"


def _told(event: ExpectedEvent | EventMention) -> str:
    """How it stands to the facts, as far as that is told: "negated", "asserted, historical"."""
    return ", ".join(filter(None, (event.modality, "historical" if event.historical else "")))


def _line(kind: str, mode: str | None, actors: Sequence[str], recipients: Sequence[str], told: str) -> str:
    parts = [f"{kind} {mode}" if mode else kind]
    parts += [f"by {', '.join(actors)}"] if actors else []
    parts += [f"to {', '.join(recipients)}"] if recipients else []
    parts += [f"({told})"] if told else []
    return " ".join(parts)
