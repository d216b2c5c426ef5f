"""What every shelf must hold to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from dateline.conformance.rules import hold
from dateline.link.memory import MemoryShelf
from dateline.link.model import Changes, Decision, Edge, Link, Mention, Tombstone, Where, in_turn, outline
from dateline.link.run import link
from dateline.link.shelf import Shelf

Make = Callable[[Sequence[Mention]], Shelf]
"""Gives an empty shelf that may be asked to keep these mentions, of which it may need the codings."""

_DAY = date(2024, 5, 4).toordinal()
_SCENES = {
    "quay": "cranes dockers gangway harbour kelvinhaugh lighters quay stevedores".split(),
    "mill": "carders flax looms motupiko spinners tadmor treadles weighbridge".split(),
}
_TOWNS = {
    "quay": Where("town", "1", "Argyll", "GB", 56.4, -5.5),
    "mill": Where("town", "2", "Tasman", "NZ", -41.3, 173.3),
}


def check_shelf(make: Make) -> None:
    """Try an empty shelf, again and again; ``make`` is told which mentions will be put.

    Raises :class:`AssertionError` that names the first rule that it breaks.
    """
    for check in (_put, _outlines, _under, _edges, _decisions, _events, _withdraw, _heirs, _linking):
        check(make)


def _mention(report: str, scene: str = "quay", *, event: str = "e1", day: int = 0) -> Mention:
    return Mention(
        id=f"{report}#{event}",
        report=report,
        original=report,
        published=_DAY + day + 1,
        type="PROTEST",
        quad=3,
        modality="asserted",
        trigger="marched",
        days=(_DAY + day, _DAY + day),
        where=_TOWNS[scene],
        actors=("dockers",),
        words=tuple(_SCENES[scene][:4]),
        scene=tuple(_SCENES[scene]),
        scene_days=(_DAY + day,),
        scene_towns=(str(_TOWNS[scene].town),),
        subject=True,
    )


def _key(word: str) -> str:
    """A key of the kind that linking makes: letters of a hash."""
    return sha256(word.encode()).hexdigest()[:18]


ONE, TWO, THREE = (_mention(name) for name in ("r1", "r2", "r3 with a # and a . in its id"))
ALL = (ONE, TWO, THREE)
IDS = tuple(mention.id for mention in ALL)


def _filled(make: Make) -> Shelf:
    shelf = make(ALL)
    shelf.put([(mention, [_key("all"), _key(mention.id)]) for mention in reversed(ALL)])
    return shelf


def _put(make: Make) -> None:
    shelf = _filled(make)
    for _ in range(2):
        found = shelf.mentions([*IDS, "nobody#e1"])
        hold("shelf-put", dict(found) == {m.id: m for m in ALL}, f"gave {sorted(found)} or changed one of them")
        under = shelf.under([_key("all")], 10)
        hold("shelf-put", list(under.get(_key("all"), ())) == sorted(IDS), f"had {under} under their key")
        shelf.put([(ONE, [_key("all"), _key(ONE.id)])])
    hold("shelf-put", dict(shelf.mentions([])) == {}, "gave mentions where none was asked for")


def _outlines(make: Make) -> None:
    whole = replace(TWO, type="", days=None)
    shelf = make((ONE, whole))
    shelf.put([(ONE, [_key("all")]), (whole, [_key("all")])])
    for _ in range(2):
        found = dict(shelf.outlines([ONE.id, whole.id, "nobody#e1"]))
        hold("shelf-outlines", found == {m.id: outline(m) for m in (ONE, whole)}, f"gave {found}")
    hold("shelf-outlines", dict(shelf.outlines([])) == {}, "gave outlines where none was asked for")


def _under(make: Make) -> None:
    shelf = _filled(make)
    keys = [_key("all"), _key(TWO.id), _key("none")]
    under = {key: list(ids) for key, ids in shelf.under(keys, 10).items()}
    hold("shelf-under", under == {keys[0]: sorted(IDS), keys[1]: [TWO.id]}, f"gave {under}")
    few = list(shelf.under([_key("all")], 2)[_key("all")])
    hold("shelf-under", len(few) == 2 and few == sorted(few) and set(few) <= set(IDS), f"gave {few} of the first two")


def _edges(make: Make) -> None:
    shelf = _filled(make)
    a, b, c = sorted(IDS)
    shelf.put_edges([Edge(b, c, 0.5), Edge(a, b, 0.9), Edge(a, b, 0.25), Edge(a, c, None)])
    asked: tuple[tuple[list[str], float], ...] = (([b], 0.25), ([b], 0.3), ([c, a], 0.0), ([a, b], 0.25), ([], 0.0))
    told = [list(shelf.near(ids, level)) for ids, level in asked]
    hold("shelf-edges", told == [[a, c], [c], [b], [a, b, c], []], f"led to {told}")


def _decisions(make: Make) -> None:
    shelf = _filled(make)
    a, b, c = sorted(IDS)
    said = [
        Decision(a, b, "same", "an editor", "2024-05-05T09:00:00+00:00", "one march"),
        Decision(b, c, "different", "an editor", "2024-05-05T09:30:00+00:00"),
        Decision(a, b, "different", "another", "2024-05-05T10:00:00+00:00"),
    ]
    for decision in said:
        shelf.decide(decision)
    hold("shelf-decisions", list(shelf.decisions([b])) == said, f"gave {shelf.decisions([b])}")
    hold("shelf-decisions", list(shelf.decisions([a])) == [said[0], said[2]], f"gave {shelf.decisions([a])}")
    hold("shelf-decisions", list(shelf.decisions([])) == [], "gave decisions on nothing")


def _events(make: Make) -> None:
    shelf = _filled(make)
    a, b, c = sorted(IDS)
    shelf.apply(Changes((Link(a, "E1"), Link(b, "E1"), Link(c, "E2")), born=("E1", "E2")))
    shelf.apply(Changes((Link(c, "E1"),), gone=(Tombstone("E2", ("E1",)),)))
    events = dict(shelf.events([a, c, "nobody#e1"]))
    hold("shelf-events", events == {a: "E1", c: "E1"}, f"put them in {events}")
    members = {event: list(ids) for event, ids in shelf.members(["E1", "E2", "E3"]).items()}
    hold("shelf-events", members == {"E1": [a, b, c]}, f"had the members {members}")


def _withdraw(make: Make) -> None:
    shelf = _filled(make)
    a, b, c = sorted(IDS)
    shelf.put_edges([Edge(a, b, 0.9), Edge(b, c, 0.9)])
    shelf.apply(Changes((Link(a, "E1"), Link(b, "E1")), born=("E1",)))
    before = dict(shelf.withdraw(dict.fromkeys([a, c, "nobody#e1"])))
    hold("shelf-withdraw", before == {a: "E1"}, f"said that they were in {before}")
    hold("shelf-withdraw", dict(shelf.events([a, b])) == {b: "E1"}, f"has {shelf.events([a, b])}")
    hold("shelf-withdraw", list(shelf.under([_key("all")], 9)[_key("all")]) == [b, c], "left it under its key")
    hold("shelf-withdraw", list(shelf.near([a, b], 0.0)) == [c], f"has edges to {shelf.near([a, b], 0.0)}")
    mention = next(m for m in ALL if m.id == a)
    hold("shelf-withdraw", dict(shelf.mentions([a])) == {a: mention}, "forgot the mention")
    shelf.put([(mention, [_key("all"), _key(a)])])
    hold("shelf-withdraw", a in shelf.under([_key("all")], 9)[_key("all")], "did not take it back")


def _heirs(make: Make) -> None:
    shelf = _filled(make)
    a, b, c = sorted(IDS)
    said = Decision(a, b, "same", "an editor", "2024-05-05T09:00:00+00:00"), Decision(a, c, "different", "another", "9")
    for decision in said:
        shelf.decide(decision)
    shelf.withdraw({a: c})
    carried = [replace(said[0], first=b, second=c)]
    hold("shelf-heirs", list(shelf.decisions([c])) == carried, f"gave {shelf.decisions([c])}")
    hold("shelf-heirs", list(shelf.decisions([a])) == [], f"gave {shelf.decisions([a])} of what was withdrawn")
    shelf.withdraw({c: None})
    hold("shelf-heirs", list(shelf.decisions(IDS)) == [], f"gave {shelf.decisions(IDS)} without an heir")
    shelf.withdraw({a: b, c: None})
    hold("shelf-heirs", list(shelf.decisions(IDS)) == [], f"gave {shelf.decisions(IDS)} of one heir, or of none")
    for mention in ALL:
        shelf.put([(mention, [_key("all"), _key(mention.id)])])
    hold("shelf-heirs", list(shelf.decisions([a])) == list(said), f"gave {shelf.decisions([a])} of what came back")


def _linking(make: Make) -> None:
    first = [_mention("r1"), _mention("r2", "mill", day=3), _mention("r3", "mill", event="e2", day=9)]
    second = [_mention("r4"), _mention("r5", "mill", day=3)]
    later = [replace(m, id=in_turn(m.id, 2), modality="planned") for m in (first[0], first[1])]
    shelf, memory = make([*first, *second, *later]), MemoryShelf()
    a, b = second[0].id, second[1].id
    steps: list[tuple[str, Callable[[Shelf], Changes]]] = [
        ("the first reports", lambda s: link(first, s)),
        ("later reports", lambda s: link(second, s)),
        ("the same again", lambda s: link(second, s)),
        ("a decision that two are one", lambda s: _decided(s, Decision(a, b, "same", "an editor", "1"), second)),
        ("a decision that they are not", lambda s: _decided(s, Decision(a, b, "different", "an editor", "2"), second)),
        ("newer codings", lambda s: link(later, s, instead_of={m.id: in_turn(m.id, 2) for m in first[:2]})),
        ("reports without events", lambda s: link([], s, instead_of={first[2].id: None})),
    ]
    everyone = sorted(mention.id for mention in (*first, *second, *later))
    for what, step in steps:
        found, right = step(shelf), step(memory)
        hold("shelf-linking", found == right, f"gave {found} and memory {right}, after {what}")
        events = dict(shelf.events(everyone)), dict(memory.events(everyone))
        hold("shelf-linking", events[0] == events[1], f"has {events[0]} and memory {events[1]}, after {what}")


def _decided(shelf: Shelf, decision: Decision, mentions: Sequence[Mention]) -> Changes:
    shelf.decide(decision)
    return link(mentions, shelf)
