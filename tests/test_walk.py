"""How the way through a package is counted: rooms in the order in which functions are entered, each once."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

spec = importlib.util.spec_from_file_location("walk", Path(__file__).resolve().parent.parent / "tools" / "walk.py")
assert spec is not None
assert spec.loader is not None
walk = importlib.util.module_from_spec(spec)
sys.modules["walk"] = walk
spec.loader.exec_module(walk)

ASSEMBLE = """
from dateline.coder.events.find import events, late
from dateline.coder.actors.find import Actors
def assemble(x: late):
    return Actors(events(x)).named(), list(map(late, x)), events(x)
"""
EVENTS = """
from dateline.lang.words import word
def events(x):
    return _inner(word(x))
def _inner(x):
    return x
def late(x):
    return x
"""
ACTORS = """
class Actors:
    def __init__(self, x):
        self.x = x
    def named(self):
        return self.x
"""


def test_the_way_goes_depth_first_and_enters_each_function_once(tmp_path: Path) -> None:
    for module, text in {
        "coder/assemble": ASSEMBLE,
        "coder/events/find": EVENTS,
        "coder/actors/find": ACTORS,
        "lang/words": "def word(x):\n    return x\n",
    }.items():
        path = tmp_path / "dateline" / f"{module}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    way = walk.Source.read(tmp_path).way(walk.START)
    assert walk.stays(way) == [
        ("coder.assemble", ["assemble"]),
        ("coder.actors.find", ["Actors.__init__"]),
        ("coder.events.find", ["events", "_inner"]),
        ("lang.words", ["word"]),
        ("coder.actors.find", ["Actors.named"]),
        ("coder.events.find", ["late"]),
    ]
    told = walk.told("so", way, walk.WINGS, folders=False, each=False).splitlines()
    assert told[0] == "so: 7 functions, 6 stays in 4 rooms, 2 returns"
    assert told[1:] == ["    1 returns to coder.actors.find", "    1 returns to coder.events.find"]
    assert [room for room, _ in walk.stays(way, ("coder",), folders=True)][:2] == ["coder", "coder.actors"]
