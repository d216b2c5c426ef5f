"""Where linking keeps what it has seen: the protocol that a store fulfils, and one in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from dateline.link.model import Changes, Decision, Edge, Mention, Outline


class Shelf(Protocol):
    """What linking asks of a store: mentions under keys, edges between them, people's decisions, and events.

    Every answer is the same whatever the order in which things were put in, but that of :meth:`under` for a key with
    more mentions than are asked for. A shelf that keeps mentions with the codings they are from finds those by the
    mention's id (:func:`~dateline.link.model.told_of`). ``dateline.conformance.check_shelf`` tries all of it.
    """

    def put(self, mentions: Sequence[tuple[Mention, Sequence[str]]]) -> None:
        """Keep mentions under their blocking keys; one that is there already is left as it is.

        One that was withdrawn comes back under its keys.
        """
        ...

    def under(self, keys: Iterable[str], most: int) -> Mapping[str, Sequence[str]]:
        """The ids of the mentions under each key, sorted, not more than ``most``; no key without mentions."""
        ...

    def mentions(self, ids: Iterable[str]) -> Mapping[str, Mention]:
        """Mentions by id, withdrawn ones too; an id that is not there is left out."""
        ...

    def outlines(self, ids: Iterable[str]) -> Mapping[str, Outline]:
        """The outlines of mentions by id, as :func:`~dateline.link.model.outline` makes them of what was put.

        There are many more mentions that one might be compared with than it is compared with. An id that is not there
        is left out.
        """
        ...

    def put_edges(self, edges: Sequence[Edge]) -> None:
        """Keep scored pairs; the last score of a pair holds."""
        ...

    def near(self, ids: Iterable[str], level: float) -> Sequence[str]:
        """The ids of the mentions that an edge of a score of ``level`` or more ties to one of ``ids``, sorted."""
        ...

    def decide(self, decision: Decision) -> None:
        """Keep a person's decision; those on the same pair before it stay."""
        ...

    def decisions(self, ids: Iterable[str]) -> Sequence[Decision]:
        """People's decisions with at least one end among ``ids``, the oldest first.

        A decision on a mention that was withdrawn comes with its heir in its place; one on a mention without an heir,
        or on two that have one heir, does not come.
        """
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

    def withdraw(self, heirs: Mapping[str, str | None]) -> Mapping[str, str]:
        """Take mentions out of their events, from under their keys and from their edges; the event each was in.

        Mentions without an event, and those that are not there, are passed over. Each comes with the mention that
        takes its place in people's decisions, or None; the heir of a heir that is withdrawn is its heir too.
        """
        ...
