"""The fields of a row: the values that each could have, and how one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from dateline.coder.encoder.reader import LINKS
from dateline.coder.judge.option import Option, ranked
from dateline.coder.judge.questions import DEEDS
from dateline.coder.judge.scene import dates, places
from dateline.coder.judge.who import parties, sources
from dateline.lang.clause import clause_of
from dateline.model import Count, Modality

if TYPE_CHECKING:
    from dateline.coder.judge.case import Case

COUNT = LINKS.index("count")


def modalities(case: Case, members: Sequence[int]) -> list[Option]:
    """Every modality."""
    head = case.tellings[members[0]]
    out = []
    for n, name in enumerate(get_args(Modality)):
        out.append(
            Option(
                name,
                {
                    "by rule": float(head.mention.modality == name),
                    "of a member": sum(case.tellings[m].mention.modality == name for m in members) / len(members),
                    "read": float(case.modalities[members[0], n]),
                    "read of a member": max(float(case.modalities[m, n]) for m in members),
                    "chain": float(len(head.placed[0].chain)),
                    "quoted": float(clause_of(head.mention.root).quotation is not None),
                    "members": float(len(members)),
                    "deed": float(head.mention.type in DEEDS),
                    "noun": float(head.mention.root.pos_ in {"NOUN", "PROPN"}),
                    f"is {name}": 1.0,
                    "historical": float(head.mention.historical),
                    f"rule {head.mention.modality}": 1.0,
                    f"type {head.mention.type}": 1.0,
                },
            )
        )
    return ranked(out, "read", "of a member")


def counts(case: Case, members: Sequence[int]) -> list[Option]:
    """Every number of the members, once a kind and number."""
    head = case.tellings[members[0]]
    groups: dict[tuple[str, int | None, int | None, int | None], list[tuple[int, Count]]] = {}
    for m in members:
        for count in case.tellings[m].mention.counts:
            groups.setdefault((count.kind, count.low, count.best, count.high), []).append((m, count))
    kinds = [key[0] for key in groups]
    out = []
    for key, found in groups.items():
        number = key[2] or key[1] or key[3] or 0
        out.append(
            Option(
                found[0][1],
                {
                    "of the head": float(any(m == members[0] for m, _ in found)),
                    "of members": float(len({m for m, _ in found})),
                    "against": float(all(case.tellings[m].mention.against for m, _ in found)),
                    "count": float(case.links_to([c for _, c in found])[list(members), COUNT].max()),
                    "number": float(min(number, 10_000)),
                    "one": float(number == 1),
                    "rivals": float(kinds.count(key[0])),
                    "sentence": float(case.sentence_at(found[0][1].start)),
                    "members": float(len(members)),
                    f"kind {key[0]}": 1.0,
                    f"type {head.mention.type}": 1.0,
                },
            )
        )
    return ranked(out, "count")


@dataclass(frozen=True, slots=True)
class FieldQuestion:
    """How a field of a row is chosen.

    ``options`` lists the values it could have. ``sure`` is the chance from which on the likeliest is given; below, the
    field is silent. ``beside`` is the chance from which on others stand beside it (above 1: never). ``together`` says
    which others may: those that a rule reads on the same side of a telling. ``finer`` says how much a value tells: of
    those that are sure the finest is given. ``silent_at_times`` says that a report may tell no value at all.
    """

    options: Callable[[Case, Sequence[int]], list[Option]]
    sure: float = 0.0
    beside: float = 2.0
    together: Callable[[Case, Sequence[int], Any], Collection[Any]] | None = None
    finer: Callable[[Any], int] | None = None
    silent_at_times: bool = False


def _joint(side: int) -> Callable[[Case, Sequence[int], str], Collection[str]]:
    def others(case: Case, members: Sequence[int], name: str) -> Collection[str]:
        return {other for m in members if name in case.ruled[m][side] for other in case.ruled[m][side]}

    return others


FIELDS = {
    "actors": FieldQuestion(parties, sure=0.5, beside=0.3, together=_joint(0), silent_at_times=True),
    "recipients": FieldQuestion(parties, sure=0.45, beside=0.3, together=_joint(1), silent_at_times=True),
    "place": FieldQuestion(places, sure=0.5, silent_at_times=True),
    "date": FieldQuestion(dates, sure=0.5, finer=lambda value: int(value.precision == "day"), silent_at_times=True),
    "modality": FieldQuestion(modalities),
    "source": FieldQuestion(sources),
    "counts": FieldQuestion(counts, sure=0.5),
}
"""The fields of a row, and how each is chosen."""

SILENT_AT_TIMES = tuple(name for name, field in FIELDS.items() if field.silent_at_times)
"""The fields of which a report may tell nothing."""
