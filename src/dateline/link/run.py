"""Linking: new mentions are compared with old ones, and the events they touch are worked out anew.

What comes out is a function of the mentions and decisions there are, not of the order in which they came: pairs are
scored by themselves, mentions hang together where a pair's score is high enough, and each such component is clustered
as a whole. Only the ids of events remember the past.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from types import MappingProxyType

from dateline.link.model import Changes, Decision, Edge, Link, Mention, Tombstone, report_of
from dateline.link.pairs.candidates import candidates, keys
from dateline.link.pairs.cluster import all_but_apart, cluster
from dateline.link.pairs.score import Scorer
from dateline.link.shelf import Shelf
from dateline.model import Because
from dateline.rules import rule

DECIDED = rule("event.decided", "decided by {who}: {answer}")
ALONE = rule("event.alone", "nothing else is alike enough")
BY_OTHERS = rule("event.by-others", "by what others in the event have in common with both")
MOST_LIKE = rule("event.most-like", "most like ({score})")
THRESHOLD = 0.25
"""The least mean chance between two groups of mentions that are joined."""

LEVELS = (0.25, 0.6, 0.8, 0.9, 0.97, 0.99)
"""How sure a link must be for two mentions to hang together: where too many do, surer than before."""

MOST_TOGETHER = 150
"""Mentions that are clustered as a whole: the work grows with the square of their number."""
MOST_OF_ONE_KIND = 5_000
"""Mentions all of them surely alike, such as copies of one story, that are followed."""

AT_A_TIME = 500
"""Mentions that are linked together where more are new: it bounds memory and does not change the outcome."""


def link(
    new: Iterable[Mention],
    shelf: Shelf,
    scorer: Scorer | None = None,
    *,
    instead_of: Mapping[str, str | None] = MappingProxyType({}),
) -> Changes:
    """Link new mentions to those on the shelf, and keep the outcome there; what changed is given back.

    Mentions that are there already are linked again, so that a decision about them takes effect. A scorer kept from
    one call to the next saves making the same mentions ready again; the outcome does not depend on it.

    The mentions ``instead_of`` which the new ones come are withdrawn, as those of an older coding of the same reports:
    what shared an event with them is linked again, and an event that is left without any mention gives way to the
    events of its reports' new ones. Each is given with its heir, the mention that tells the same now: what people
    decided about the one holds of the other from now on, and of nothing where there is none.
    """
    with _collecting_later():
        return _link(new, shelf, scorer or Scorer(), instead_of)


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Look for unreachable cycles of objects after the work, not during it.

    Linking makes very many objects, none of them in a cycle, and each so many of them would have everything that the
    process holds looked through: that took a third of its time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _link(new: Iterable[Mention], shelf: Shelf, scorer: Scorer, instead_of: Mapping[str, str | None]) -> Changes:
    arriving = {mention.id: mention for mention in new}
    before = shelf.withdraw(instead_of)
    left = shelf.members(sorted(set(before.values())))
    heirs = {heir for heir in instead_of.values() if heir is not None}
    again = shelf.mentions(sorted(heirs.union(*left.values())))
    waiting = sorted({**arriving, **again}.values(), key=lambda m: m.id)
    changes = _joined(
        [_link_some(waiting[n : n + AT_A_TIME], shelf, scorer) for n in range(0, len(waiting), AT_A_TIME)]
    )
    stones = tuple(_given_way(before, set(left), arriving.values(), shelf))
    if stones:
        shelf.apply(Changes(gone=stones))
    return replace(changes, gone=changes.gone + stones)


def _given_way(
    before: Mapping[str, str], left: set[str], arriving: Iterable[Mention], shelf: Shelf
) -> Iterator[Tombstone]:
    """What became of the events that withdrawn mentions left empty: those of the same reports' new mentions."""
    emptied: dict[str, set[str]] = {}
    for id, event in before.items():
        if event not in left:
            emptied.setdefault(event, set()).add(report_of(id))
    if not emptied:
        return
    new = list(arriving)
    events = shelf.events(mention.id for mention in new)
    heirs: dict[str, set[str]] = {}
    for mention in new:
        heirs.setdefault(mention.report, set()).add(events[mention.id])
    standing = set(events.values())
    for event in sorted(emptied.keys() - standing):
        yield Tombstone(event, tuple(sorted(set().union(*(heirs.get(report, ()) for report in emptied[event])))))


def _link_some(new: Sequence[Mention], shelf: Shelf, scorer: Scorer) -> Changes:
    shelf.put([(mention, keys(mention)) for mention in new])
    edges: dict[tuple[str, str], Edge] = {}
    for mention, other in candidates(new, shelf):
        pair = (mention.id, other.id) if mention.id < other.id else (other.id, mention.id)
        if pair not in edges and (score := scorer.score(mention, other) or 0.0) >= LEVELS[0]:
            # Reasons are worked out where a link is shown: there are many more edges than links.
            edges[pair] = Edge(*pair, score)
    shelf.put_edges([edges[pair] for pair in sorted(edges)])
    touched = _Touched(shelf)
    touched.add(mention.id for mention in new)
    groups = [group for found in touched.components for group in _clustered(found, shelf, scorer)]
    changes = _changes(groups, touched, shelf, scorer)
    shelf.apply(changes)
    return changes


@dataclass(frozen=True, slots=True)
class _Component:
    """Mentions that hang together, and people's decisions on them. ``whole``: too many to be clustered, all alike."""

    ids: tuple[str, ...]
    decisions: tuple[Decision, ...]
    whole: bool = False


class _Touched:
    """The components that hold some mentions, and those of the events that their members were in."""

    def __init__(self, shelf: Shelf) -> None:
        self.components: list[_Component] = []
        self.events: dict[str, str] = {}
        self._shelf = shelf
        self._done: set[str] = set()
        self._too_many: dict[float, set[str]] = {level: set() for level in LEVELS}

    def add(self, ids: Iterable[str]) -> None:
        """Find the components of the mentions, and of what shared an event with their members, until none is new."""
        waiting = sorted(ids)
        while waiting:
            before = len(self.components)
            for id in waiting:
                if id not in self._done:
                    found = self._component(id)
                    self._done.update(found.ids)
                    self.components.append(found)
            members = [id for found in self.components[before:] for id in found.ids]
            events = self._shelf.events(members)
            self.events.update(events)
            near = {id for ids in self._shelf.members(sorted(set(events.values()))).values() for id in ids}
            for reached in self._too_many.values():
                near |= reached
            waiting = sorted(near - self._done)

    def _component(self, start: str) -> _Component:
        """What hangs together with a mention at the first level at which that is not too much."""
        for level in LEVELS:
            if start not in self._too_many[level]:
                found = self._reached(start, level, 2 * MOST_TOGETHER)
                if len(found.ids) <= MOST_TOGETHER:
                    return found
                if len(found.ids) <= 2 * MOST_TOGETHER:
                    # It may have grown too large just now: then all of it is to be worked out anew.
                    self._too_many[level].update(found.ids)
        found = self._reached(start, LEVELS[-1], MOST_OF_ONE_KIND)
        return _Component(tuple(id for id in found.ids if id not in self._done), found.decisions, whole=True)

    def _reached(self, start: str, level: float, most: int) -> _Component:
        """What a mention hangs together with by links of a level or surer, and by decisions; or too much of it."""
        reached, last = {start}, [start]
        decisions: dict[tuple[str, str], Decision] = {}
        while last and len(reached) <= most:
            ends = set(self._shelf.near(last, level))
            for decision in self._shelf.decisions(last):
                pair = (min(decision.first, decision.second), max(decision.first, decision.second))
                decisions.pop(pair, None)
                decisions[pair] = decision
                if decision.answer == "same":
                    ends |= set(pair)
            last = sorted(ends - reached)
            reached.update(last)
        found = tuple(sorted(decisions.values(), key=lambda d: (d.when, d.first, d.second)))
        return _Component(tuple(sorted(reached)), found)


def _clustered(found: _Component, shelf: Shelf, scorer: Scorer) -> Sequence[tuple[str, ...]]:
    if len(found.ids) == 1:
        return [found.ids]
    same = [(d.first, d.second) for d in found.decisions if d.answer == "same"]
    different = [(d.first, d.second) for d in found.decisions if d.answer == "different"]
    if found.whole:
        return all_but_apart(found.ids, same, different)
    known = shelf.mentions(found.ids)
    return cluster(
        found.ids,
        lambda a, b: scorer.score(known[a], known[b]),
        THRESHOLD,
        same,
        different,
        {id for id, mention in known.items() if mention.subject},
    )


def _changes(groups: Sequence[tuple[str, ...]], touched: _Touched, shelf: Shelf, scorer: Scorer) -> Changes:
    """Gives each group an event: the old one with which it shares most mentions, or a new one."""
    known = shelf.mentions(sorted({id for group in groups for id in group}))
    shares = sorted(
        (-number, event, n)
        for n, group in enumerate(groups)
        for event, number in Counter(touched.events[id] for id in group if id in touched.events).items()
    )
    event_of: dict[int, str] = {}
    for _, event, n in shares:
        if n not in event_of and event not in event_of.values():
            event_of[n] = event
    old = set(touched.events.values())
    born = []
    for n, group in enumerate(groups):
        if n not in event_of:
            event_of[n] = _new_id(_founder(group, known), old | set(event_of.values()), shelf)
            born.append(event_of[n])
    went: dict[str, set[str]] = {}
    moved: list[tuple[str, str, tuple[str, ...]]] = []
    for n, group in enumerate(groups):
        for id in group:
            before = touched.events.get(id)
            if before is not None:
                went.setdefault(before, set()).add(event_of[n])
            if before != event_of[n]:
                moved.append((id, event_of[n], group))
    decisions = {pair: d for found in touched.components for d in found.decisions for pair in [(d.first, d.second)]}
    links = [Link(id, event, _why(id, group, known, decisions, scorer)) for id, event, group in sorted(moved)]
    gone = [Tombstone(event, tuple(sorted(went[event]))) for event in sorted(old - set(event_of.values()))]
    return Changes(tuple(links), tuple(sorted(born)), tuple(gone))


def _founder(group: Iterable[str], known: Mapping[str, Mention]) -> str:
    """The mention published first, by which a new event is named."""
    return min(group, key=lambda id: (known[id].published is None, known[id].published or 0, id))


def _new_id(founder: str, taken: set[str], shelf: Shelf) -> str:
    """A short id from the founding mention's; another one where an event of the past has it."""
    n = 0
    while True:
        text = founder if n == 0 else f"{founder} {n}"
        found = "e" + blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        if found not in taken and not shelf.members([found]):
            return found
        n += 1


def _why(
    id: str,
    group: Sequence[str],
    known: Mapping[str, Mention],
    decisions: Mapping[tuple[str, str], Decision],
    scorer: Scorer,
) -> tuple[Because, ...]:
    """What put a mention into its event: people's word, and the mention there that is most like it."""
    found = [
        DECIDED.because(second if first == id else first, who=d.who, answer=d.answer)
        for (first, second), d in sorted(decisions.items())
        if id in (first, second)
    ]
    if len(group) == 1:
        return *found, ALONE.because()
    others = sorted(set(group) - {id})[:MOST_TOGETHER]
    scored = {other: scorer.score(known[id], known[other]) for other in others}
    best = max(others, key=lambda other: scored[other] or 0.0)
    score = scored[best]
    if score is None or score < THRESHOLD:
        return *found, BY_OTHERS.because(best)
    edge = scorer.edge(known[id], known[best])
    return *found, MOST_LIKE.because(best, score=f"{score:.2f}"), *edge.because


def _joined(made: Sequence[Changes]) -> Changes:
    """Several changes as one: where a mention ended, which events are new and still there, which gave way."""
    links = {link.mention: link for changes in made for link in changes.links}
    born: list[str] = []
    gone: dict[str, tuple[str, ...]] = {}
    for changes in made:
        for event in changes.born:
            gone.pop(event, None)
        born += changes.born
        gone |= {stone.event: stone.successors for stone in changes.gone}
    new = set(born)
    return Changes(
        tuple(links[id] for id in sorted(links)),
        tuple(sorted(new - gone.keys())),
        tuple(Tombstone(event, gone[event]) for event in sorted(gone)),
    )
