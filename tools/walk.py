"""Follows a report through the coder and counts how often the way comes back to a room that it had left.

    python tools/walk.py                # the way as the source has it, and as one sample report takes it
    python tools/walk.py --each         # and every stay, with the functions that are entered in it
    python tools/walk.py --folders      # folders as rooms, not modules
    python tools/walk.py --wings coder  # only the rooms of the coder; what it asks elsewhere is passed over
    python tools/walk.py --source DIR   # another copy of the package (its folder ``src``)

How it counts. A room is a module, or a folder, of ``dateline.coder``, ``dateline.lang`` and ``dateline.resolve``, or of
the wings that are named. The way is the order in which functions are entered for the first time; each is entered once,
as somebody reads it who follows the code from ``assemble``. Functions of one room that follow each other are one stay.
A stay in a room that the way had left is a return, so that returns are stays less rooms.

*As the source has it*: from ``assemble.assemble`` depth first, in the order of the text, into every function, method
or class that a name stands for; a method where only one class has one of its name. What is chosen at run time is not
followed.

*As a report takes it*: the functions that Python calls (``sys.setprofile``) between the entry of ``assemble`` and its
return, for one sample report, with all caches cold.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
WINGS = ("coder", "lang", "resolve")
START = ("dateline.coder.assemble", "assemble")
SAMPLE = "kunduz-wire.html"

Step = tuple[str, str]
"""A function that is entered: its module and its name within it."""


@dataclass
class Source:
    """Functions and classes of the modules of a package, with what each name in a module stands for."""

    bodies: dict[Step, ast.AST] = field(default_factory=dict)
    names: dict[str, dict[str, Step]] = field(default_factory=dict)
    methods: dict[str, list[Step]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Source:
        """The package in ``folder`` (which holds ``dateline``)."""
        source = cls()
        for path in sorted((folder / "dateline").rglob("*.py")):
            module = ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")
            if _inside(module):
                source._add(module, ast.parse(path.read_text("utf-8")))
        return source

    def _add(self, module: str, tree: ast.Module) -> None:
        names = self.names.setdefault(module, {})
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module and _inside(node.module):
                names |= {alias.asname or alias.name: (node.module, alias.name) for alias in node.names}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names[node.name] = (module, node.name)
                self.bodies[module, node.name] = node
            if isinstance(node, ast.ClassDef):
                for method in node.body:
                    if isinstance(method, ast.FunctionDef):
                        step = (module, f"{node.name}.{method.name}")
                        self.bodies[step] = method
                        self.methods.setdefault(method.name, []).append(step)

    def way(self, start: Step) -> list[Step]:
        """The functions in the order in which they are entered from ``start``."""
        entered: dict[Step, None] = {}
        waiting = [start]
        while waiting:
            step = waiting.pop()
            if step not in entered and step in self.bodies:
                if not isinstance(self.bodies[step], ast.ClassDef):
                    entered[step] = None
                waiting += reversed(list(self._meant(step)))
        return list(entered)

    def _meant(self, step: Step) -> Iterator[Step]:
        """What the names in a body stand for, in the order of the text; of a class, what makes one."""
        body = self.bodies[step]
        if isinstance(body, ast.ClassDef):
            makers = (f"{step[1]}.{name}" for name in ("__new__", "__init__", "__post_init__"))
            yield from ((step[0], maker) for maker in makers if (step[0], maker) in self.bodies)
            return
        for node in _in_order(body):
            if isinstance(node, ast.Name) and node.id in self.names[step[0]]:
                yield self.names[step[0]][node.id]
            elif isinstance(node, ast.Attribute) and len(self.methods.get(node.attr, ())) == 1:
                yield self.methods[node.attr][0]


def _in_order(body: ast.AST) -> Iterator[ast.AST]:
    """Names and attributes that are read in a body, in the order of the text, without its annotations."""
    signature = body.args if isinstance(body, ast.FunctionDef) else None
    left_out = {id(n) for one in (signature, getattr(body, "returns", None)) if one for n in ast.walk(one)}
    left_out |= {id(n) for a in ast.walk(body) if isinstance(a, ast.AnnAssign) for n in ast.walk(a.annotation)}
    read = [
        node
        for node in ast.walk(body)
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load) and id(node) not in left_out
    ]
    yield from sorted(read, key=lambda node: (node.end_lineno or 0, node.end_col_offset or 0))


def _inside(module: str) -> bool:
    """Whether a module belongs to one of the wings."""
    return module.removeprefix("dateline.").partition(".")[0] in WINGS and module.startswith("dateline.")


def trace(sample: str = SAMPLE) -> list[Step]:
    """The functions in the order in which they are entered while a sample report is assembled."""
    from importlib.resources import files

    from dateline.api import machine_coder
    from dateline.coder import assemble
    from dateline.intake import read_path
    from dateline.model import Report

    coder = machine_coder(encoder=False)
    path = Path(str(files("dateline.data") / "samples" / sample))
    report = next(found for found in read_path(path) if isinstance(found, Report))
    entered: dict[Step, None] = {}
    depth = 0

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal depth
        code = frame.f_code
        here = (str(frame.f_globals.get("__name__", "")), code.co_qualname.replace(".<locals>", ""))
        if here == START:
            depth += {"call": 1, "return": -1}.get(event, 0)
        inside = event == "call" and depth and _inside(here[0])
        if inside and "<" not in here[1] and code.co_name != "__hash__":
            entered.setdefault(here)

    sys.setprofile(watch)
    try:
        coder.code(report)
    finally:
        sys.setprofile(None)
    assert assemble.__name__ == START[0]
    return list(entered)


def stays(way: Sequence[Step], wings: Sequence[str] = WINGS, *, folders: bool = False) -> list[tuple[str, list[str]]]:
    """The rooms of a way in its order, with the functions that are entered in each stay."""
    found: list[tuple[str, list[str]]] = []
    for module, name in way:
        room = module.removeprefix("dateline.")
        if room.partition(".")[0] not in wings:
            continue
        if folders and room.count("."):
            room = room.rpartition(".")[0]
        if not found or found[-1][0] != room:
            found.append((room, []))
        found[-1][1].append(name)
    return found


def told(title: str, way: Sequence[Step], wings: Sequence[str], *, folders: bool, each: bool) -> str:
    """The figures of a way as text: rooms that it comes back to, most often first."""
    found = stays(way, wings, folders=folders)
    rooms = Counter(room for room, _ in found)
    functions, returns = sum(len(names) for _, names in found), len(found) - len(rooms)
    lines = [f"{title}: {functions} functions, {len(found)} stays in {len(rooms)} rooms, {returns} returns"]
    lines += [f"  {number - 1:3} returns to {room}" for room, number in rooms.most_common() if number > 1]
    if each:
        lines += [f"  {room}: {', '.join(names)}" for room, names in found]
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--source", type=Path, default=ROOT / "src", help="the folder that holds the package")
    options.add_argument("--wings", nargs="+", default=WINGS, choices=WINGS, help="whose rooms are counted")
    options.add_argument("--folders", action="store_true", help="rooms are folders, not modules")
    options.add_argument("--each", action="store_true", help="print every stay")
    options.add_argument("--trace", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.trace:
        print(json.dumps(trace()))
        return
    source = given.source.resolve()
    print(
        told(
            "as the source has it", Source.read(source).way(START), given.wings, folders=given.folders, each=given.each
        )
    )
    again = [sys.executable, str(Path(__file__).resolve()), "--trace"]
    done = subprocess.run(
        again, env={**os.environ, "PYTHONPATH": str(source), "PYTHONHASHSEED": "0"}, check=True, capture_output=True
    )
    way = [(module, name) for module, name in json.loads(done.stdout)]
    print(told(f"as {SAMPLE} takes it", way, given.wings, folders=given.folders, each=given.each))


if __name__ == "__main__":
    main()
