"""Who acts on whom in a sentence: the actors and recipients of the first event that the coder finds with either.

The reading is the form's alone. A sentence has one act there, so the first coded event is taken; its actors are the
sources, its recipients the targets, in the words that the coding has for them. Where the codebook has no type for the
act, there is nothing to read.

The sentences are re-joined tokens ("Ana ’ s well - known friend"): they are joined as they would be printed before they
are coded, and what is found is put back in their own offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dateline.model import Coding, Span

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "text": None}
NO_SPACE_BEFORE = frozenset({",", ".", ";", ":", "!", "?", ")", "]", "%", "'s", "’s", "n't", "n’t"})
NO_SPACE_AFTER = frozenset({"(", "[", "$", "£", "€", "#"})
APOSTROPHES = frozenset({"'", "’"})


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The actors as sources and the recipients as targets."""
    kept = [(record, *joined(record["text"])) for record in records]
    codings = tools.codings([{**record, "text": text} for record, text, _ in kept])
    for (record, _, offsets), coding in zip(kept, codings, strict=True):
        found = sorted({(offsets[s.start], offsets[s.end - 1] + 1, role) for s, role in _roles(coding)})
        yield {"id": record["id"], "roles": [{"start": s, "end": e, "role": role} for s, e, role in found]}


def _roles(coding: Coding | None) -> Iterator[tuple[Span, str]]:
    event = next((e for e in coding.events if e.actors or e.recipients), None) if coding else None
    if event is not None:
        yield from ((actor, "source") for actor in event.actors)
        yield from ((recipient, "target") for recipient in event.recipients)


def joined(text: str) -> tuple[str, list[int]]:
    """Re-joined tokens as they would be printed, and the offset in ``text`` of each of their characters."""
    tokens = list(re.finditer(r"\S+", text))
    out: list[str] = []
    offsets: list[int] = []
    for n, token in enumerate(tokens):
        word, before = token.group(), tokens[n - 1].group() if n else ""
        after = tokens[n + 1].group() if n + 1 < len(tokens) else ""
        if n and not _sticks(before, word, after, tokens[n - 2].group() if n > 1 else ""):
            out.append(" ")
            offsets.append(token.start() - 1)
        out.append(word)
        offsets += range(token.start(), token.end())
    return "".join(out), offsets


def _sticks(before: str, word: str, after: str, earlier: str) -> bool:
    """Whether the word is printed without a space before it."""
    if word in NO_SPACE_BEFORE or before in NO_SPACE_AFTER:
        return True
    if word in APOSTROPHES:
        return after == "s"
    if before in APOSTROPHES:
        return word == "s"
    if word == "-":
        return before[-1:].isalnum() and after[:1].isalnum()
    if before == "-":
        return earlier[-1:].isalnum() and word[:1].isalnum()
    return before in {",", "."} and earlier[-1:].isdigit() and word[:1].isdigit()
