"""Who acts on whom in a sentence: the roles of its main event, or of its main verb where no event is coded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dateline.coder.agents import names_agent
from dateline.coder.events import Mention, find_mentions
from dateline.coder.parse import Parse, parse_many
from dateline.coder.roles_phrase import phrase
from dateline.coder.roles_voice import objects, subjects
from dateline.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "text": None}
PRONOUNS = frozenset({"it", "he", "she", "they", "we", "i", "who"})


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The actors as sources and the recipients as targets."""
    kept = list(records)
    parses = parse_many((tools.report(record) for record in kept), tools.coder.nlp)
    for record, parse in zip(kept, parses, strict=True):
        sources, targets = roles(parse, find_mentions(parse, tools.coder.codebook).mentions)
        found = {(s.start, s.end, "source") for s in sources} | {(s.start, s.end, "target") for s in targets}
        yield {"id": record["id"], "roles": [{"start": s, "end": e, "role": r} for s, e, r in sorted(found)]}


def roles(parse: Parse, mentions: Sequence[Mention]) -> tuple[Sequence[Span], Sequence[Span]]:
    """Sources and targets of the main event: the one whose word stands highest in the sentence."""
    told = [m for m in mentions if m.actors or m.recipients]
    if not told:
        return _of_main_verb(parse)
    main = min(told, key=lambda m: (not m.actors, _depth(m.root), m.trigger.start))
    below = [m for m in told if m is not main and main.root in m.root.ancestors]
    sources = main.actors or ([main.instrument] if main.instrument else []) or _of_main_verb(parse)[0]
    if all(s.quote.lower() in PRONOUNS for s in sources):
        sources = [s for s in _of_main_verb(parse)[0] if s.quote.lower() not in PRONOUNS] or sources
    targets = main.recipients or next((m.recipients for m in below if m.recipients), ())
    return list(sources), [t for t in targets if t not in sources]


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _of_main_verb(parse: Parse) -> tuple[list[Span], list[Span]]:
    for token in parse.doc:
        if token.head is token and token.pos_ in {"VERB", "AUX"}:
            return (
                [phrase(parse, t) for t in subjects(token)],
                [phrase(parse, t) for t in objects(token) if names_agent(t)],
            )
    return [], []
