"""Where linking keeps what it has seen: the protocol that a store fulfils, and one in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from dateline.link.model import Changes, Decision, Edge, Mention


class Shelf(Protocol):
    """What linking asks of a store. Every answer is the same whatever the order in which things were put in."""

    def put(self, mentions: Sequence[tuple[Mention, Sequence[str]]]) -> None:
        """Keep mentions under their blocking keys; one that is there already is left as it is."""
        ...

    def under(self, keys: Iterable[str], most: int) -> Mapping[str, Sequence[str]]:
        """The ids of the mentions under each key, sorted; of more than ``most`` the first; no key without mentions."""
        ...

    def mentions(self, ids: Iterable[str]) -> Mapping[str, Mention]:
        """Mentions by id."""
        ...

    def put_edges(self, edges: Sequence[Edge]) -> None:
        """Keep scored pairs."""
        ...

    def edges(self, ids: Iterable[str]) -> Sequence[Edge]:
        """The edges with at least one end among ``ids``, sorted by their ends."""
        ...

    def decisions(self, ids: Iterable[str]) -> Sequence[Decision]:
        """People's decisions with at least one end among ``ids``, the oldest first."""
        ...

    def events(self, ids: Iterable[str]) -> Mapping[str, str]:
        """The event of each mention that has one."""
        ...

    def members(self, events: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The ids of the mentions in each event, sorted; an event without mentions is left out."""
        ...

    def apply(self, changes: Changes) -> None:
        """Keep the outcome of linking, whole or not at all."""
        ...
