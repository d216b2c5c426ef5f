"""Measures how the house is kept, by parsing the source: ``python tools/house.py`` prints each figure beside its aim.

    python tools/house.py            # the table; ends with 1 where a figure is above its limit (`make lint` runs it)
    python tools/house.py --where    # and every place that counts, with file and line

What the figures count:

- *Word lists in code*: constants of a module that hold two words or more, as a set, tuple, list or dict (keys and
  values), as ``word_set("...")`` or as ``"...".split()``. A word is a string of letters in lower or title case;
  hyphens and apostrophes may stand in it. What knows English stands under ``lang/``, tables under ``data/``:
  lists there are not counted.
- *Word sets inside functions*: sets, tuples and lists of two words or more that have no name at all. Those of
  nothing but labels of the parser count as labels.
- *Of English*: those whose words are words of a text. Names of links, of the fields of a class and values of
  a ``Literal`` are not, nor what :data:`NOT_ENGLISH` names with the reason.
- *Labels of the parser*: strings that are ClearNLP's labels of dependencies, outside ``lang/en``. Some are English
  words as well; these count where they are compared with a ``dep_``.
- *Explanations read by code*: an explanation's ``rule`` that is compared, searched or cut apart.
- *Words in excluding lists*: words of the lexicon in two lists of which one excludes the other.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "dateline"

LONG = 400
"""Lines: a module that is longer wants to be two."""


class Limit(NamedTuple):
    """A figure: the most that passes, and what it is meant to come down to."""

    limit: int
    aim: int


LIMITS = {
    "word lists in code": Limit(105, 39),
    "word lists of English": Limit(0, 0),
    "word sets inside functions": Limit(70, 69),
    "word sets of English inside functions": Limit(15, 0),
    "labels of the parser outside lang/en": Limit(0, 0),
    "modules of lang/en with labels of the parser": Limit(1, 1),
    "modules in the widest folder": Limit(10, 10),
    f"modules over {LONG} lines": Limit(0, 0),
    "explanations read by code": Limit(0, 0),
    "words in lists that exclude each other": Limit(0, 0),
}

NOT_ENGLISH: dict[str, tuple[str, ...]] = {
    "keys of a codebook": (
        "codebook/reading/derive.py:_UNKNOWN",
        "codebook/reading/parts.py:_FILE_KEYS",
        "codebook/reading/parts.py:_PART_KEYS",
        "codebook/reading/triggers.py:GROUPS",
        "codebook/reading/triggers.py:SYNTAX",
        "codebook/reading/triggers.py:_TRIGGER_KEYS",
    ),
    "classes of a list and parts of a protocol": (
        "coder/triggers/governors.py:REFUSALS",
        "conformance/language.py:_PARTS",
        "conformance/rules.py:RULES",
    ),
    "names of hostile texts and of made-up scenes in what plugins must pass": (
        "conformance/coder.py:HOSTILE",
        "conformance/reader.py:HOSTILE",
        "conformance/shelf.py:_SCENES",
        "conformance/shelf.py:_TOWNS",
    ),
    "names of countries and parts of the world, which are facts": (
        "resolve/authority/lists.py:_COUNTRY_NAMES",
        "resolve/authority/lists.py:_PARTS_OF_THE_UNITED_KINGDOM",
        "resolve/gazetteer/lookup.py:_CONTINENTS",
    ),
    "columns and keys of files": (
        "evaluate/report/write.py:FORMATS",
        "evaluate/gold/columns.py:COLUMNS",
        "evaluate/gold/columns.py:_EMPTY",
        "export/formats/xlsx.py:SHEETS",
        "intake/records/fields.py:OTHER_NAMES",
        "resolve/authority/file.py:COLUMNS",
        "resolve/gazetteer/geonames.py:_NO_NAMES",
        "resolve/gazetteer/own.py:_LATIN",
    ),
    "names of what a page or a project holds": (
        "export/page/fill.py:HOME",
        "link/events/aggregate.py:FIELDS",
        "link/events/policies.py:POLICIES",
        "store/migrations/versions/v0001_project.py:ADDED_TO",
    ),
    "tags, classes and marks of a model": (
        "coder/encoder/pieces.py:TAGS",
        "coder/encoder/reader.py:LINKS",
        "coder/attribution/cues.py:PLACES",
        "coder/text/plain.py:_HIDDEN_CATEGORIES",
    ),
    "kinds of quotation marks": (
        "coder/text/quotes.py:_CLOSES",
        "coder/text/quotes.py:_NEUTRAL",
        "coder/text/quotes.py:_OPENS",
    ),
    "elements, encodings and packages": (
        "intake/encoding.py:_WEB_NAMES",
        "intake/html/clean.py:_HEARSAY",
        "intake/html/clean.py:_INLINE",
        "intake/html/page.py:_PARTING",
        "resolve/gazetteer/lookup.py:PACKAGES",
    ),
}
"""Lists whose words are no words of a text, as ``folder/module.py:NAME``, by what they are."""

LABELS = frozenset(
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative "
    "dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj "
    "predet prep prt punct quantmod relcl xcomp".split()
)
"""ClearNLP's labels of dependencies, as spaCy's English pipelines give them."""
ALSO_WORDS = frozenset({"agent", "case", "dep", "mark", "meta"})
"""Labels that are English words or names of other things: they count only where they are compared with a ``dep_``."""

WORD = re.compile(r"[A-Za-z][a-z'’-]*")
COLLECTIONS = frozenset({"frozenset", "set", "tuple", "list"})
CUTTING = re.compile(r"_?words?(_set)?")
"""Functions that cut the string they are given into words."""
READING = frozenset({"startswith", "endswith", "split", "partition", "rpartition", "rsplit", "find", "removeprefix"})
MATCHING = frozenset({"match", "fullmatch", "search", "findall", "finditer"})

Functions = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Found:
    """Something that counts: the module's path below the package, the line, what stands there."""

    path: str
    line: int
    what: str


@dataclass(frozen=True)
class Module:
    """A module: its path below the package, its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """What it says."""
        return ast.parse(self.text)

    @cached_property
    def strings(self) -> tuple[ast.Constant, ...]:
        """Every string but the documentation."""
        documentation = {id(n.value) for n in ast.walk(self.tree) if isinstance(n, ast.Expr)}
        return tuple(
            n
            for n in ast.walk(self.tree)
            if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in documentation
        )

    def inside(self, folder: str) -> bool:
        """Whether it stands in a folder of the package."""
        return self.path.startswith(f"{folder}/")


@dataclass(frozen=True)
class House:
    """All modules of a package."""

    root: Path
    modules: tuple[Module, ...] = field(repr=False)

    @classmethod
    def read(cls, root: Path) -> House:
        """The package in the folder ``root``."""
        paths = sorted(root.rglob("*.py"))
        return cls(root, tuple(Module(p.relative_to(root).as_posix(), p.read_text("utf-8")) for p in paths))

    @cached_property
    def names(self) -> frozenset[str]:
        """Names that the code itself gives: fields of classes and the values of every ``Literal``."""
        return frozenset(name for module in self.modules for name in _names(module.tree))

    @cached_property
    def labels(self) -> frozenset[str]:
        """Labels of the parser that are not dateline's own name of the same link."""
        own = (m for m in self.modules if m.path == "lang/links.py")
        return LABELS - {name for module in own for name in _names(module.tree)}


def measure(house: House) -> dict[str, tuple[Found, ...]]:
    """What counts for each figure of :data:`LIMITS`, in the order of the files."""
    measures: tuple[Callable[[House], Iterator[Found]], ...] = (
        word_lists,
        english,
        sets_in_functions,
        english_sets,
        labels_outside,
        modules_with_labels,
        widest_folder,
        long_modules,
        explanations_read,
        excluding_words,
    )
    return {figure: tuple(count(house)) for figure, count in zip(LIMITS, measures, strict=True)}


def word_lists(house: House) -> Iterator[Found]:
    """Constants that hold two words or more."""
    for module in house.modules:
        if not module.inside("lang") and not module.inside("data"):
            for name, value in _constants(module.tree):
                if len(words := tuple(_words(value))) > 1:
                    yield Found(module.path, value.lineno, f"{name}: {', '.join(words)}")


def english(house: House) -> Iterator[Found]:
    """Those of them whose words are words of a text."""
    others = {one for lists in NOT_ENGLISH.values() for one in lists}
    for found in word_lists(house):
        if _address(found) not in others and not house.names.issuperset(found.what.partition(": ")[2].split(", ")):
            yield found


def gone(house: House) -> list[str]:
    """What :data:`NOT_ENGLISH` names and the package no longer holds."""
    there = {_address(found) for found in word_lists(house)}
    return [one for lists in NOT_ENGLISH.values() for one in lists if one not in there]


def sets_in_functions(house: House) -> Iterator[Found]:
    """Sets, tuples and lists of two words or more inside functions."""
    for module in house.modules:
        if module.inside("lang") or module.inside("data"):
            continue
        for node in _inside_functions(module.tree):
            if isinstance(node, ast.Set | ast.Tuple | ast.List):
                words = [w for element in node.elts if isinstance(element, ast.Constant) for w in _words(element)]
                if len(words) > 1 and not LABELS.issuperset(words):
                    yield Found(module.path, node.lineno, ", ".join(words))


def english_sets(house: House) -> Iterator[Found]:
    """Those of them whose words are words of a text."""
    return (found for found in sets_in_functions(house) if not house.names.issuperset(found.what.split(", ")))


def labels_outside(house: House) -> Iterator[Found]:
    """Labels of the parser as strings outside ``lang/en``."""
    for module in house.modules:
        if not module.inside("lang/en"):
            yield from _labels(module, house.labels)


def modules_with_labels(house: House) -> Iterator[Found]:
    """Modules of ``lang/en`` that hold labels of the parser."""
    for module in house.modules:
        if module.inside("lang/en") and (labels := tuple(_labels(module, house.labels))):
            yield Found(module.path, labels[0].line, f"{len(labels)} labels")


def widest_folder(house: House) -> Iterator[Found]:
    """The modules of the folder that has most."""
    folders: dict[str, list[Found]] = {}
    for module in house.modules:
        folder, _, name = module.path.rpartition("/")
        if name != "__init__.py":
            folders.setdefault(folder, []).append(Found(module.path, 1, f"in {folder or 'the package itself'}"))
    yield from max(folders.values(), key=len, default=[])


def long_modules(house: House) -> Iterator[Found]:
    """Modules of more than :data:`LONG` lines."""
    for module in house.modules:
        if (lines := len(module.text.splitlines())) > LONG:
            yield Found(module.path, lines, f"{lines} lines")


def explanations_read(house: House) -> Iterator[Found]:
    """Where the ``rule`` of an explanation is compared, searched or cut apart, itself or under a name."""
    for module in house.modules:
        for scope in ast.walk(module.tree):
            if isinstance(scope, Functions):
                names = {name for node in ast.walk(scope) for name in _named_rules(node)}
                for node in ast.walk(scope):
                    if isinstance(node, ast.expr | ast.stmt) and any(_is_rule(read, names) for read in _read(node)):
                        yield Found(module.path, node.lineno, ast.unparse(node))


def excluding_words(house: House) -> Iterator[Found]:
    """Words of the built-in lexicon in two lists of which one excludes the other."""
    if house.root != SOURCE:
        return
    from dateline.lang.lexicon.agreement import exclusions
    from dateline.lang.lexicon.load import built_in

    for problem in exclusions(built_in().lists.values()):
        yield Found(problem.file, problem.line, problem.what)


def _address(found: Found) -> str:
    return f"{found.path}:{found.what.partition(': ')[0]}"


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Names and values of a module's constants."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            value = node.value
        else:
            continue
        if (
            value is not None
            and isinstance(target, ast.Name)
            and target.id != "__all__"
            and not isinstance(value, ast.Constant)
        ):
            yield target.id, value


def _words(node: ast.expr) -> Iterator[str]:
    """The words of a collection that is written out."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and WORD.fullmatch(node.value):
            yield node.value
    elif isinstance(node, ast.Set | ast.Tuple | ast.List):
        for element in node.elts:
            yield from _words(element)
    elif isinstance(node, ast.Dict):
        for part in (*node.keys, *node.values):
            if part is not None:
                yield from _words(part)
    elif isinstance(node, ast.Starred):
        yield from _words(node.value)
    elif isinstance(node, ast.Call):
        yield from _words_of_call(node)


def _words_of_call(node: ast.Call) -> Iterator[str]:
    made = node.func
    if isinstance(made, ast.Attribute) and made.attr == "split" and isinstance(made.value, ast.Constant):
        yield from filter(WORD.fullmatch, str(made.value.value).split())
    elif isinstance(made, ast.Name) and made.id in COLLECTIONS:
        for argument in node.args:
            yield from _words(argument)
    elif isinstance(made, ast.Name) and CUTTING.fullmatch(made.id):
        for argument in node.args:
            if isinstance(argument, ast.Constant):
                yield from filter(WORD.fullmatch, str(argument.value).split())


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from (
                one.target.id
                for one in node.body
                if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
            )
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal":
            yield from (
                one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )


def _inside_functions(tree: ast.Module) -> Iterator[ast.AST]:
    """Every node of a function's body, once."""
    seen: set[int] = set()
    for function in ast.walk(tree):
        if isinstance(function, Functions):
            for statement in function.body:
                for node in ast.walk(statement):
                    if id(node) not in seen:
                        seen.add(id(node))
                        yield node


def _labels(module: Module, labels: frozenset[str]) -> Iterator[Found]:
    compared = {
        id(inner)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Compare) and re.search(r"\bdep(_|\b)", ast.unparse(node))
        for inner in ast.walk(node)
    }
    for string in module.strings:
        if string.value in labels and (string.value not in ALSO_WORDS or id(string) in compared):
            yield Found(module.path, string.lineno, str(string.value))


def _named_rules(node: ast.AST) -> Iterator[str]:
    """The name that a statement gives to an explanation's rule."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        name, value = node.targets[0].id, node.value
    elif isinstance(node, ast.NamedExpr):
        name, value = node.target.id, node.value
    else:
        return
    taken = (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)
    if any(_is_rule(one, set()) or any(_is_rule(read, set()) for read in _read(one)) for one in taken):
        yield name


def _is_rule(node: ast.AST, names: set[str]) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "rule"
    return isinstance(node, ast.Name) and node.id in names


def _read(node: ast.AST) -> tuple[ast.AST, ...]:
    """What an expression or statement compares, searches or cuts apart."""
    if isinstance(node, ast.Compare):
        return (node.left, *node.comparators)
    if isinstance(node, ast.Match):
        return (node.subject,)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in READING:
            return (node.func.value,)
        return tuple(node.args) if node.func.attr in MATCHING else ()
    return ()


def main(argv: list[str] | None = None) -> int:
    """Print the figures; 1 where one is above its limit."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--where", action="store_true", help="print every place that counts")
    options.add_argument("--source", type=Path, default=SOURCE, help="the package's folder")
    given = options.parse_args(argv)
    house = House.read(given.source.resolve())
    figures, named = measure(house), gone(house) if house.root == SOURCE else []
    width = max(map(len, figures))
    print(f"{'figure':<{width}}  today  limit    aim")
    for figure, found in figures.items():
        limit = LIMITS[figure]
        mark = "  above its limit" if len(found) > limit.limit else ""
        print(f"{figure:<{width}}  {len(found):5}  {limit.limit:5}  {limit.aim:5}{mark}")
    if given.where:
        for figure, found in figures.items():
            print(f"\n{figure}")
            print(*(f"  {one.path}:{one.line}  {one.what}" for one in found), sep="\n")
    if named:
        print("NOT_ENGLISH names what is gone: " + ", ".join(named))
    return int(bool(named) or any(len(found) > LIMITS[figure].limit for figure, found in figures.items()))


if __name__ == "__main__":
    sys.exit(main())
