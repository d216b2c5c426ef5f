"""A shelf in memory: for tests, for measuring, and for linking without a store."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dateline.link.model import Changes, Decision, Edge, Mention, Outline, outline


class MemoryShelf:
    """Fulfils :class:`dateline.link.shelf.Shelf`; it also keeps what became of events that are no more."""

    def __init__(self) -> None:
        self.successors: dict[str, tuple[str, ...]] = {}
        self._mentions: dict[str, Mention] = {}
        self._put: dict[str, tuple[str, ...]] = {}
        self._keys: dict[str, list[str]] = {}
        self._edges: dict[str, dict[str, Edge]] = {}
        self._decisions: list[Decision] = []
        self._heirs: dict[str, str | None] = {}
        self._event: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}

    def put(self, mentions: Sequence[tuple[Mention, Sequence[str]]]) -> None:
        """Keep mentions under their blocking keys."""
        for mention, keys in mentions:
            self._mentions.setdefault(mention.id, mention)
            self._heirs.pop(mention.id, None)
            if mention.id not in self._put:
                self._put[mention.id] = tuple(sorted(set(keys)))
                for key in self._put[mention.id]:
                    insort(self._keys.setdefault(key, []), mention.id)

    def under(self, keys: Iterable[str], most: int) -> Mapping[str, Sequence[str]]:
        """The ids of the first so many mentions under each key."""
        return {key: self._keys[key][:most] for key in keys if self._keys.get(key)}

    def mentions(self, ids: Iterable[str]) -> Mapping[str, Mention]:
        """Mentions by id."""
        return {id: self._mentions[id] for id in ids if id in self._mentions}

    def outlines(self, ids: Iterable[str]) -> Mapping[str, Outline]:
        """The outlines of mentions by id."""
        return {id: outline(mention) for id, mention in self.mentions(ids).items()}

    def put_edges(self, edges: Sequence[Edge]) -> None:
        """Keep scored pairs."""
        for edge in edges:
            self._edges.setdefault(edge.first, {})[edge.second] = edge
            self._edges.setdefault(edge.second, {})[edge.first] = edge

    def near(self, ids: Iterable[str], level: float) -> Sequence[str]:
        """The mentions that edges of that score or more lead to from the ids."""
        ties = (tie for id in ids for tie in self._edges.get(id, {}).items())
        return sorted({other for other, edge in ties if edge.score is not None and edge.score >= level})

    def decide(self, decision: Decision) -> None:
        """Keep a person's decision."""
        self._decisions.append(decision)

    def decisions(self, ids: Iterable[str]) -> Sequence[Decision]:
        """The decisions with at least one end among the ids, the oldest first, as they are carried."""
        wanted = set(ids) if self._decisions else set()
        found = []
        for said in self._decisions:
            ends = [self._heirs.get(end, end) for end in (said.first, said.second)]
            first, second = sorted(end for end in ends if end is not None) if None not in ends else ("", "")
            if first != second and not wanted.isdisjoint((first, second)):
                found.append(replace(said, first=first, second=second))
        return found

    def events(self, ids: Iterable[str]) -> Mapping[str, str]:
        """The event of each mention that has one."""
        return {id: self._event[id] for id in ids if id in self._event}

    def members(self, events: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The ids of the mentions in each event."""
        return {event: sorted(self._members[event]) for event in events if event in self._members}

    def apply(self, changes: Changes) -> None:
        """Keep the outcome of linking."""
        for event in changes.born:
            self.successors.pop(event, None)
        for stone in changes.gone:
            self.successors[stone.event] = stone.successors
        for link in changes.links:
            self._leave(link.mention)
            self._event[link.mention] = link.event
            self._members.setdefault(link.event, set()).add(link.mention)

    def withdraw(self, heirs: Mapping[str, str | None]) -> Mapping[str, str]:
        """Take mentions out of linking; the event each was in."""
        before = {id: event for id in sorted(heirs) if (event := self._leave(id)) is not None}
        passed_on = {id: heirs[heir] for id, heir in self._heirs.items() if heir is not None and heir in heirs}
        self._heirs |= passed_on | dict(heirs)
        for id in before:
            for key in self._put.pop(id, ()):
                self._keys[key].remove(id)
            for other in self._edges.pop(id, {}):
                self._edges.get(other, {}).pop(id, None)
        return before

    def _leave(self, mention: str) -> str | None:
        """Take a mention out of its event; which that was."""
        event = self._event.pop(mention, None)
        if event is not None:
            self._members[event].discard(mention)
            if not self._members[event]:
                del self._members[event]
        return event

    def partition(self) -> frozenset[frozenset[str]]:
        """All events as sets of mentions."""
        found: dict[str, set[str]] = defaultdict(set)
        for mention, event in self._event.items():
            found[event].add(mention)
        return frozenset(frozenset(members) for members in found.values())
