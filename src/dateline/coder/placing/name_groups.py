"""Names of a sentence that stand or fall together: one name, or a list of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.lang.en.placing.names import in_one_list, opens_list

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Names as indices into those of the sentence: one, or a list ("Tehran, Kerman and Zanjan").

    ``opener`` is the larger place that a list follows ("across Iran, including ..."): the list takes its place.
    """

    members: tuple[int, ...]
    opener: int | None = None

    @property
    def first(self) -> int:
        """The name whose syntax speaks for all."""
        return self.members[0] if self.opener is None else self.opener


def name_groups(names: Sequence[SpacySpan]) -> list[NameGroup]:
    """The names of a sentence as groups, both in order."""
    groups: list[NameGroup] = []
    at = 0
    while at < len(names):
        opener = at if at + 1 < len(names) and opens_list(names[at], names[at + 1]) else None
        first = last = at if opener is None else at + 1
        while last + 1 < len(names) and in_one_list(names[last], names[last + 1], opened=opener is not None):
            last += 1
        groups.append(NameGroup(tuple(range(first, last + 1)), opener))
        at = last + 1
    return groups
