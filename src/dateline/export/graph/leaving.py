"""The codings that a graph is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline.export.statement import Statement
from dateline.export.tables.reading import Reading
from dateline.model import Coding


def leaving(
    codings: Iterable[Coding], reading: Reading | None, statement: Statement
) -> Iterator[tuple[Coding, dict[str, str]]]:
    """Codings that leave, each with the linked event of its mentions by their ids in it.

    Those of a project come from ``reading``, which states what left; where there is none, ``statement`` hears of each
    of ``codings``, and none is linked.
    """
    if reading is not None:
        for one in reading.leaving():
            yield one.coding, one.events
        return
    for coding in codings:
        statement.add(coding)
        yield coding, {}
