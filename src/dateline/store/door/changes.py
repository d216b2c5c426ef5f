"""What changed between two versions of a report: paragraphs that came, went, or were changed, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dateline.model import Report

ALIKE = 0.5
"""How much of two paragraphs must be the same for one to be the other, changed."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A paragraph that changed. ``old`` is None where it is new, ``new`` where it is gone."""

    old: str | None
    new: str | None


def changes(old: Report, new: Report) -> tuple[Changed, ...]:
    """How the paragraphs of one version became those of another; what stayed as it was is left out."""
    return tuple(_between(_paragraphs(old), _paragraphs(new)))


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Changed]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield from _matched(old[a:b], list(new[c:d]))


def _matched(old: Sequence[str], new: list[str]) -> Iterator[Changed]:
    """The paragraphs of one changed stretch, each old one with the first new one that it became."""
    for before in old:
        words = before.split()
        at = next((n for n, after in enumerate(new) if _alike(words, after.split()) >= ALIKE), None)
        if at is None:
            yield Changed(before, None)
            continue
        yield from (Changed(None, added) for added in new[:at])
        yield Changed(before, new[at])
        del new[: at + 1]
    yield from (Changed(None, added) for added in new)


def _alike(a: Sequence[str], b: Sequence[str]) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _paragraphs(report: Report) -> list[str]:
    title = [report.title] if report.title else []
    if not report.blocks:
        return [*title, *filter(str.strip, report.text.splitlines())]
    return [*title, *(report.text[block.start : block.end] for block in report.blocks)]
