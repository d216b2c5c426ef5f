"""Where the processor's time goes: what is running, looked at many times a second, as a picture and by stage.

The looking is py-spy's (``pip install py-spy``), from outside the process, which slows it by little. A *stack* is the
functions that were running, the outermost first, each as ``function (path)``; paths are those below the package, so
that nothing is told of the machine.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

Stack = tuple[str, ...]

A_SECOND = 100
"""How many times a second the process is looked at."""

_FRAME = re.compile(r"(?P<name>.*) \((?P<path>[^()]*?)(?::\d+)?\)$")
_PACKAGES = re.compile(r"^.*/(?:site-packages|src|lib/python[\d.]+)/")

STARTING = "starting, and loading the models"
WHOLE = (
    (STARTING, r"^<module> \(dateline/(?!__main__)|^load_coder |^_find_and_load "),
    ("what is done between two parties, by the encoder", r"\(dateline/coder/relation/"),
    ("encoder: words of attributions and events", r"\(dateline/coder/encoder/(network|pieces)\.py"),
    ("judge: the network that reads the report whole", r"\(dateline/coder/encoder/reader\.py"),
    ("judge: its trees", r"\(dateline/coder/encoder/trees\.py"),
    ("parser: spaCy's pipeline", r"\(spacy/language\.(py|pyx)\)"),
)
"""What is one stage whatever it calls, in the order of precedence: its name, and a function that tells it."""
INNERMOST = (
    ("reading the reports", r"\(dateline/intake/"),
    ("rules: sentences, quotations, tokens", r"\(dateline/coder/(text|syntax)/"),
    ("rules: who says so", r"\(dateline/coder/attribution/"),
    ("rules: triggers and modality", r"\(dateline/coder/triggers/"),
    ("rules: event mentions and their parties", r"\(dateline/coder/events/"),
    ("rules: actors", r"\(dateline/coder/actors/"),
    ("rules: numbers", r"\(dateline/coder/counts/"),
    ("rules: places", r"\(dateline/resolve/(places|gazetteer)/"),
    ("rules: dates", r"\(dateline/(resolve/dates|lang/dates)"),
    ("rules: which place and day is which event's", r"\(dateline/coder/placing/"),
    ("judge: cases, questions and rows", r"\(dateline/coder/judge/"),
    ("putting the coding together", r"\(dateline/(coder/\w+\.py|codebook/)"),
    ("writing the codings", r"\(dateline/(export|form|files)"),
)
"""What else a stage is: the innermost function that belongs to one says which."""
ELSE = "all else"


@dataclass(slots=True)
class Node:
    """A function within those that called it: how often it was running, and what it called."""

    name: str
    count: int = 0
    inner: dict[str, Node] = field(default_factory=dict)


def looked_at(command: Sequence[str], raw: Path, *, environment: Mapping[str, str] | None = None) -> Counter[Stack]:
    """The stacks of a Python program while it uses the processor, each with how often it was seen.

    Raises :class:`FileNotFoundError` where py-spy is not installed, :class:`RuntimeError` where it cannot look.
    """
    beside = Path(sys.executable).with_name("py-spy")
    spy = str(beside) if beside.exists() else shutil.which("py-spy")
    if spy is None:
        raise FileNotFoundError("py-spy is not installed; install it with: pip install py-spy")
    record = [spy, "record", "--format", "raw", "--rate", str(A_SECOND), "--output", str(raw), "--", *command]
    done = subprocess.run(record, capture_output=True, text=True, check=False, env=environment)
    if done.returncode or not raw.exists():
        raise RuntimeError(f"py-spy could not look at the program: {(done.stderr or done.stdout).strip()[-400:]}")
    return read_stacks(raw.read_text(encoding="utf-8").splitlines())


def read_stacks(lines: Iterable[str]) -> Counter[Stack]:
    """The stacks of py-spy's raw form, a line each; the same functions are one stack whatever line they were at."""
    found: Counter[Stack] = Counter()
    for line in lines:
        frames, _, number = line.rpartition(" ")
        if not frames:
            continue  # seen outside all Python: before it began, or when it had ended
        found[tuple(_tidy(frame) for frame in frames.split(";"))] += int(number)
    return found


def _tidy(frame: str) -> str:
    """A function and its path below the package that it belongs to, without the number of the line."""
    match = _FRAME.match(frame)
    if match is None:
        return frame
    path = _PACKAGES.sub("", match["path"])
    return f"{match['name']} ({Path(path).name if path.startswith('/') else path})"


def stage_of(stack: Stack) -> str:
    """The stage of a coding that a stack belongs to."""
    for name, pattern in _WHOLE:
        if any(map(pattern.search, stack)):
            return name
    for frame in reversed(stack):
        for name, pattern in _INNERMOST:
            if pattern.search(frame):
                return name
    return ELSE


_WHOLE = [(name, re.compile(pattern)) for name, pattern in WHOLE]
_INNERMOST = [(name, re.compile(pattern)) for name, pattern in INNERMOST]


def by_stage(stacks: Mapping[Stack, int]) -> Counter[str]:
    """How often each stage was seen."""
    found: Counter[str] = Counter()
    for stack, number in stacks.items():
        found[stage_of(stack)] += number
    return found


def tree_of(stacks: Mapping[Stack, int], name: str) -> Node:
    """The stacks put together below the outermost function of a name; those without it are left out."""
    root = Node(name)
    for stack, number in stacks.items():
        at = next((n for n, frame in enumerate(stack) if frame.split(" (")[0] == name), None)
        if at is None:
            continue
        node = root
        node.count += number
        for frame in stack[at + 1 :]:
            node = node.inner.setdefault(frame, Node(frame))
            node.count += number
    return root


WIDTH, ROW, LETTER = 1200.0, 16, 6.2
"""Pixels: of the picture, of a row's height, and of a letter's breadth on average."""
LEAST = 0.002
"""The share of the whole below which a function is not drawn."""
_COLOURS = (
    ("dateline/coder/encoder", "#5a9bd5"),
    ("dateline/coder/judge", "#8e7cc3"),
    ("dateline", "#e8a33d"),
    ("spacy", "#6aa84f"),
    ("thinc", "#6aa84f"),
    ("onnxruntime", "#3d78b0"),
)
_OTHER = "#b7b7b7"


def drawn(root: Node, title: str, least: float = LEAST) -> str:
    """A flame graph as SVG: below each function those that it called, as broad as their share of the processor's time.

    Pointing at one shows its name and its share. What takes a smaller share than ``least`` is left out.
    """
    rows: list[str] = []
    depth = _draw(root, 0.0, 0, root.count, least, rows)
    height = (depth + 1) * ROW + 34
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif" font-size="11">'
        f'<rect width="{WIDTH:g}" height="{height}" fill="#fff"/>'
        f'<text x="4" y="18" font-size="14">{escape(title)}</text>'
    )
    return "\n".join([head, *rows, "</svg>", ""])


def _draw(node: Node, left: float, depth: int, total: int, least: float, rows: list[str]) -> int:
    """Draw a function and what it called; the depth that was come to."""
    breadth = WIDTH * node.count / total
    colour = next((colour for part, colour in _COLOURS if f"({part}" in node.name), _OTHER)
    top = 28 + depth * ROW
    share = f"{escape(node.name)}: {100 * node.count / total:.1f} %"
    most = int((breadth - 6) / LETTER)
    short = node.name.split(" (")[0]
    word = short if len(short) <= most else f"{short[: most - 1]}…" if most > 3 else ""
    text = f'<text x="{left + 3:.1f}" y="{top + 12}">{escape(word)}</text>' if word else ""
    rows.append(
        f'<g><title>{share}</title><rect x="{left:.1f}" y="{top}" width="{max(0.1, breadth - 0.4):.1f}" '
        f'height="{ROW - 1}" fill="{colour}"/>{text}</g>'
    )
    deepest = depth
    for child in sorted(node.inner.values(), key=lambda one: (-one.count, one.name)):
        if child.count >= least * total:
            deepest = max(deepest, _draw(child, left, depth + 1, total, least, rows))
            left += WIDTH * child.count / total
    return deepest
