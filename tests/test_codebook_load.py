"""Codebook files: what they become, how they extend each other, and how every fault is told with line and mend."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.codebook import CodebookError, Problem, builtin_codebooks, load_codebook, warnings
from dateline.codebook.model import Codebook, EventType, Frame
from dateline.codebook.new import new
from dateline.errors import OptionError

NAMES = Path(__file__).with_name("plover_names.txt")
HEAD = 'name: small\nversion: "1"\n'
FLOOD = """\
name: small
version: "1"
types:
  - name: FLOOD
    definition: Water rises.
    verbs: [flood]
"""


@pytest.fixture(scope="module")
def plover() -> Codebook:
    return load_codebook("plover")


def write(folder: Path, text: str, name: str = "small.yaml") -> Path:
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def load(folder: Path, text: str) -> Codebook:
    return load_codebook(write(folder, text))


def problems(folder: Path, text: str | bytes) -> tuple[Problem, ...]:
    path = folder / "small.yaml"
    path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert all(p.file and p.line >= 1 and p.what and p.mend for p in caught.value.problems)
    return caught.value.problems


def kind(codebook: Codebook, name: str) -> EventType:
    """A type as its file writes it, without the words made of its words."""
    found = next(k for k in codebook.types if k.name == name)
    return replace(found, triggers=tuple(t for t in found.triggers if t.made_of is None))


# ---------------------------------------------------------------- the built-in codebook


def test_plover_is_registered_and_whole(plover: Codebook) -> None:
    assert "plover" in builtin_codebooks()
    assert len(plover.types) == 16
    assert len(plover.contexts) == 37
    assert {k.quad for k in plover.types} == {1, 2, 3, 4}
    assert sum(len(k.triggers) for k in plover.types) > 900
    for one in plover.types:
        positive = [e for e in one.examples if e.expect]
        assert len(positive) >= 4, one.name
        assert len(one.examples) - len(positive) >= 3, one.name
        assert one.cameo
        assert one.exclusions
        assert all(m.definition and (m.words or any(t.mode == m.name for t in one.triggers)) for m in one.modes)


def test_plover_has_no_warnings(plover: Codebook) -> None:
    assert warnings(plover) == ()


def test_plover_types_modes_quads_and_contexts_are_those_of_the_scheme(plover: Codebook) -> None:
    listed = [line.split("\t") for line in NAMES.read_text(encoding="utf-8").splitlines()[1:]]
    told = {
        (name, int(quad), frozenset(modes.split())) for key, name, quad, modes in (x for x in listed if len(x) == 4)
    }
    assert {(k.name, k.quad, frozenset(m.name for m in k.modes)) for k in plover.types} == told
    assert {c.name for c in plover.contexts} == set(listed[-1][1].split())
    assert [k.name for k in plover.types if k.needs_recipient] == ["COOPERATE", "AID", "SANCTION"]


def test_no_list_or_trigger_names_a_party_or_nation(plover: Codebook) -> None:
    words = {w for _, listed in plover.lists for w in listed}
    words |= {t.lemma for k in plover.types for t in k.triggers}
    words |= {w for k in plover.types for t in k.triggers for _, given in t.frame.requires for w in given}
    # The words for peoples and parties, and those that sides call each other, decide nothing.
    named = (
        "iran iranian israel israeli russia russian palestinian palestine kosovo ukraine american china muslim hindu"
    )
    assert not words & {*named.split(), "regime", "thug", "infidel", "zionist", "occupier", "junta leader"}


def test_plover_loads_fast() -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        load_codebook("plover")
        times.append(time.perf_counter() - start)
    # 0.1 s alone on a machine; the bound leaves room for a busy one.
    assert min(times) < 1.0


# ---------------------------------------------------------------- what a file becomes


def test_shorthands_become_frames(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        """
        name: small
        version: "1"
        types:
          - name: MIX
            definition: Words.
            verbs:
              - tear up
              - accuse of
              - crack down on
              - [kill, slay]
              - {words: [Burn, torch], when: {object: ["@flags", "*"], text: [crowd]}, unless: {subject: lightning}}
            nouns:
              - hunger strike
              - {word: clash, actor: [between, of], recipient: with}
            adjectives: willing
        lists: {flags: [flag, Banner]}
        """,
    )
    triggers = {(t.lemma, t.pos): t for t in kind(book, "MIX").triggers}
    assert triggers["tear", "VERB"].frame == Frame(requires=(("particle", ("up",)),))
    assert triggers["accuse", "VERB"].frame == Frame(requires=(("of", ("*",)),))
    assert triggers["crack", "VERB"].frame == Frame(requires=(("particle", ("down",)), ("on", ("*",))))
    assert triggers["kill", "VERB"].frame == triggers["slay", "VERB"].frame == Frame()
    assert triggers["burn", "VERB"].frame == Frame(
        requires=(("object", ("@flags", "*")),), excludes=(("subject", ("lightning",)),), text_requires=("crowd",)
    )
    assert triggers["clash", "NOUN"].frame == Frame(actor=("between", "of"), recipient=("with",))
    assert ("hunger strike", "NOUN") in triggers
    assert ("willing", "ADJ") in triggers
    assert triggers["tear", "VERB"].line == 8
    assert triggers["tear", "VERB"].file == "small.yaml"
    assert book.lists == (("flags", ("flag", "banner")),)


def test_triggers_of_a_mode_carry_it(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        """
        name: small
        version: "1"
        types:
          - name: FIRE
            definition: Something burns.
            planned_as: FIRE
            modes:
              - {name: forest, definition: Trees burn., words: [tree], cameo: "171", verbs: [blaze]}
            verbs: [burn, {word: smoulder, mode: forest, cameo: "010", contexts: [nature]}]
            examples:
              - text: "The pine wood: burning since noon."
                events: {mode: forest, modality: asserted}
              - {text: The toast burned., none: true}
        contexts: [{name: nature, definition: Wild things., words: [wood]}]
        """,
    )
    fire = kind(book, "FIRE")
    assert {t.lemma: t.mode for t in fire.triggers} == {"blaze": "forest", "burn": None, "smoulder": "forest"}
    smoulder = next(t for t in fire.triggers if t.lemma == "smoulder")
    assert (smoulder.cameo, smoulder.contexts) == ("010", ("nature",))
    assert fire.planned_as == "FIRE"
    assert fire.examples[0].text == "The pine wood: burning since noon."
    assert fire.examples[0].expect[0].mode == "forest"
    assert fire.examples[1].expect == ()


@pytest.mark.parametrize("word", ["on", "no", "yes", "off", "null", "010", "1e3"])
def test_words_mean_what_is_written(tmp_path: Path, word: str) -> None:
    book = load(tmp_path, f"{FLOOD}lists: {{words: [{word}]}}\n")
    assert book.lists == (("words", (word,)),)


# ---------------------------------------------------------------- extending


def test_extending_adds_removes_and_takes_over(tmp_path: Path, plover: Codebook) -> None:
    book = load(
        tmp_path,
        """
        name: mine
        version: "2"
        extends: plover
        remove: [SUPPORT]
        acled: []
        types:
          - name: PROTEST
            verbs: [ululate]
            without: [heckle]
          - name: LAND_GRAB
            definition: Land is taken.
            nouns: [land grab]
        """,
    )
    assert (book.name, book.version) == ("mine", "2")
    names = [k.name for k in book.types]
    assert "SUPPORT" not in names
    assert names[-1] == "LAND_GRAB"
    protest, before = kind(book, "PROTEST"), kind(plover, "PROTEST")
    assert protest.definition == before.definition
    assert {t.lemma for t in before.triggers} - {t.lemma for t in protest.triggers} == {"heckle"}
    assert {t.lemma for t in protest.triggers} - {t.lemma for t in before.triggers} == {"ululate"}
    # What a file writes without any condition is its own, and no longer the other type's.
    assert "land grab" in {t.lemma for t in kind(plover, "COERCE").triggers}
    assert "land grab" not in {t.lemma for t in kind(book, "COERCE").triggers}
    assert len(book.contexts) == len(plover.contexts)


@pytest.mark.parametrize("name", ["AGREE", "REJECT", "THREATEN", "ASSAULT"])
def test_a_type_that_others_point_at_can_be_removed(tmp_path: Path, plover: Codebook, name: str) -> None:
    book = load(tmp_path, f'name: less\nversion: "1"\nextends: plover\nremove: {name}\n')
    assert {k.name for k in plover.types} - {k.name for k in book.types} == {name}
    assert all(name not in {k.planned_as, k.refused_as, k.threatened_as} for k in book.types)


def test_a_file_extends_and_includes_files_next_to_it(tmp_path: Path) -> None:
    write(tmp_path, FLOOD, "base.yaml")
    write(tmp_path, "lists: {water: [river, lake]}\n", "lists.yaml")
    book = load(
        tmp_path,
        """
        name: top
        version: "1"
        extends: base.yaml
        include: lists.yaml
        types:
          - name: FLOOD
            verbs: {word: rise, when: {subject: ["@water"]}}
        """,
    )
    assert [t.lemma for t in kind(book, "FLOOD").triggers] == ["flood", "rise"]


def test_codebooks_that_extend_each_other_in_a_circle(tmp_path: Path) -> None:
    for one, other in (("a", "b"), ("b", "c"), ("c", "a")):
        write(tmp_path, f'name: {one}\nversion: "1"\nextends: {other}.yaml\n', f"{one}.yaml")
    with pytest.raises(CodebookError, match=r"in a circle: a\.yaml -> b\.yaml -> c\.yaml -> a\.yaml"):
        load_codebook(tmp_path / "a.yaml")


def test_a_file_that_extends_itself(tmp_path: Path) -> None:
    (fault,) = problems(tmp_path, 'name: a\nversion: "1"\nextends: small.yaml\n')
    assert "circle" in fault.what


@pytest.mark.parametrize("name", ["../small.yaml", "/etc/hosts", "gone.yaml", "plovr"])
def test_extending_what_is_not_there_or_outside(tmp_path: Path, name: str) -> None:
    (fault, *_) = problems(tmp_path, f'name: a\nversion: "1"\ntypes: []\nextends: {name}\n')
    assert fault.line in {1, 4}
    if name == "plovr":
        assert fault.mend == "Did you mean 'plover'?"


# ---------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("entry", "line", "what", "mend"),
    [
        ("    verb: [flood]", 7, "`verb` is not a key of a type", "Did you mean 'verbs'?"),
        ("    adverbs: [fast]", 7, "`adverbs` is not a key of a type", "Did you mean 'verbs'?"),
        ("    nouns: [{word: x, when: {objct: y}}]", 7, "no slot 'objct'", "Did you mean 'object'?"),
        ("    nouns: [{word: x, actor: [text]}]", 7, "`text` cannot hold the actor", "such as `object`"),
        ("    nouns: [{word: x, mode: dry}]", 7, "no mode 'dry'", "no modes of FLOOD here"),
        ('    nouns: [{word: x, when: {object: "@lst"}}]', 7, "no word list `@lst`", "no word lists here"),
        ("    nouns: [{word: x, contexts: [wet]}]", 7, "no context 'wet'", "no contexts here"),
        ("    nouns: [{word: x, when: [y]}]", 7, "`when` must name slots", "{object: [word, word]}"),
        ("    nouns: [{word: x, when: {object: []}}]", 7, "names no words", '"*" for any word'),
        ("    nouns: [{mode: x}]", 7, "names no word", "Add `word: ...`"),
        ('    nouns: ["@x"]', 7, "'@x' cannot be a trigger", "dictionary form"),
        ("    quad: 7", 7, "`quad` is '7'", "from 1 to 4"),
        ("    needs_recipient: perhaps", 7, "`needs_recipient` is 'perhaps'", "`true` or `false`"),
        ("    planned_as: AGRE", 4, "points at 'AGRE'", "FLOOD"),
        ("    threatened_as: AGRE", 4, "points at 'AGRE'", "FLOOD"),
        ("    examples: [{text: Rain.}]", 7, "must say what it expects", "`none: true`"),
        ("    examples: [{none: true}]", 7, "`text` is missing", "text: ..."),
        ("    examples: [{text: a, events: {type: FLOD}}]", 7, "expects the type 'FLOD'", "Did you mean 'FLOOD'?"),
        ("    examples: [{text: a, events: {modality: denied}}]", 7, "no modality 'denied'", "negated"),
        ("    modes: [{name: Wet}]", 7, "'Wet' cannot be a name", "hunger-strike"),
        ("    definition: Again.", 7, "`definition` stands twice (first in line 5)", "Join the two"),
        ("    exclusions: {a: b}", 7, "must be a text, but is a set of", "Write words"),
    ],
)
def test_faults_name_line_and_mend(tmp_path: Path, entry: str, line: int, what: str, mend: str) -> None:
    found = problems(tmp_path, FLOOD + entry + "\n")
    assert any(what in p.what and mend in p.mend and p.line == line for p in found), found


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "empty"),
        ("  \n\n", 1, "empty"),
        ("- a\n- b\n", 1, "Begin with `name:`"),
        ("just words\n", 1, "Begin with `name:`"),
        ("name: x\n\tversion: 1\n", 2, "begins with a tab"),
        ("name: x\ntypes: [a, b\n", 3, "closed"),
        ("name: x\ndescription: this: that\n", 2, "quotation marks"),
        ("name: x\nlists: {a: [@b]}\n", 2, "quotation marks"),
        ("name: &a x\nversion: *a\n", 1, "cannot be repeated"),
        ("name: x\n---\nname: y\n", 2, "second document"),
        ("? [a]\n: b\n", 1, "A key must be a single word"),
        ("name: x\x00y\n", 1, "invisible"),
        (b"name: \xff\xfe\n", 1, "UTF-8"),
        (HEAD, 1, "has no types"),
        (HEAD + "types: [{name: A}]\n", 3, "A has no definition"),
        (HEAD + "types: [{name: A, definition: b}]\n", 3, "A has no triggers"),
        (HEAD + "types: [{name: forest fire, definition: b, verbs: [c]}]\n", 3, "'FOREST_FIRE'"),
        (HEAD + "lists: [a]\n", 3, "`lists` must name word lists"),
        (FLOOD + "acled: [{type: FLOD, sub_event: x}]\n", 7, "no type 'FLOD'"),
        (FLOOD + "acled: [{type: FLOOD, conditions: [wet], sub_event: x}]\n", 7, "no condition 'wet'"),
        (FLOOD + "acled: [{type: FLOOD, modes: [wet], sub_event: x}]\n", 7, "no mode 'wet'"),
        (FLOOD + "cameo: [{type: FLOOD, contexts: [wet], code: x}]\n", 7, "no CAMEO code 'x'"),
        (FLOOD + "    of: doer\n", 7, "Known values: actor, recipient"),
        (FLOOD + "    things: allways\n", 7, "Did you mean 'always'?"),
        (FLOOD + "    counts: [kiled]\n", 7, "Did you mean 'killed'?"),
        (FLOOD + "    wording: [flood, the land]\n", 7, "`wording` has 2 parts"),
        (FLOOD + "    wording: [flood, it, it]\n", 7, "must stand once, in the third part"),
        (FLOOD + "    cameo: '1999'\n", 7, "no CAMEO code '1999'"),
        (FLOOD + "acled: [{type: FLOOD, sub_event: Armed clashes}]\n", 7, "Did you mean 'Armed clash'?"),
        (FLOOD + "conditions: [{name: wet, definition: b}]\n", 7, "The condition 'wet' says nothing"),
        (FLOOD + "conditions: [{name: wet, definition: b, itself: [{type: FLOD}]}]\n", 7, "no type 'FLOD'"),
        ("name: x\nextends: plover\nremove: [PROTESTS]\n", 3, "Did you mean 'PROTEST'?"),
        ("name: x\nextends: plover\ntypes: [{name: AID, without: [protest]}]\n", 3, "AID has no trigger 'protest'"),
    ],
)
def test_broken_files(tmp_path: Path, text: str | bytes, line: int, words: str) -> None:
    found = problems(tmp_path, text)
    assert any(words in str(p) and p.line == line for p in found), found


def test_all_faults_are_told_at_once_and_in_order(tmp_path: Path) -> None:
    found = problems(tmp_path, FLOOD + "    quad: 9\n    nouns: [{word: x, when: {objekt: y}}]\nlsts: {}\n")
    assert [p.line for p in found] == sorted(p.line for p in found)
    assert len(found) == 3
    assert str(found[0]) == "small.yaml:7: `quad` is '9'. Write a whole number from 1 to 4."


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "a: " + "{a: " * 100_000,
        "\n".join(" " * n + "a:" for n in range(2_000)),
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n",
        "a: " + "x" * 2_100_000,
        "- " * 50_000,
    ],
    ids=["brackets", "braces", "indents", "aliases", "size", "dashes"],
)
def test_hostile_files_are_refused_quickly(tmp_path: Path, text: str) -> None:
    start = time.perf_counter()
    assert problems(tmp_path, text)
    assert time.perf_counter() - start < 5


def test_no_such_codebook_names_the_ones_there_are(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"^plovver: There is .* Did you mean 'plover'"):
        load_codebook("plovver")
    with pytest.raises(CodebookError, match="This is a folder"):
        load_codebook(tmp_path)


@settings(max_examples=150)
@given(
    st.text(max_size=200) | st.builds(lambda t: FLOOD + t, st.text(alphabet="ab:[]{}-\n \t\"'&*@#|>%?!", max_size=60))
)
def test_any_text_loads_or_tells_its_faults(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / f"any-{os.getpid()}.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        book = load_codebook(path)
    except CodebookError as error:
        assert error.problems
        assert all(p.mend for p in error.problems)
    else:
        assert book.types


# ---------------------------------------------------------------- warnings and new


def test_the_same_trigger_in_two_types_is_a_warning(tmp_path: Path) -> None:
    text = FLOOD + "  - name: DELUGE\n    definition: More water.\n    verbs: [flood]\n"
    found = [str(w) for w in warnings(load(tmp_path, text))]
    told = "small.yaml:9: 'flood' stands in DELUGE and in FLOOD in line 6, with nothing to tell the two apart."
    assert any(w.startswith(told) for w in found)
    framed = text.replace("verbs: [flood]\n  -", "verbs: [{word: flood, when: {object: cellar}}]\n  -")
    assert not any("to tell the two apart" in str(w) for w in warnings(load(tmp_path, framed)))


def test_unused_lists_and_types_without_examples_are_warnings(tmp_path: Path) -> None:
    found = [w.what for w in warnings(load(tmp_path, FLOOD + "lists: {a: [b]}\n"))]
    assert found == ["Nothing uses the word list 'a'.", "FLOOD has no worked examples."]


def test_new_writes_a_codebook_that_loads_and_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "mine.yaml"
    new(path, "my codebook")
    book = load_codebook(path)
    assert book.name == "my codebook"
    assert kind(book, "EVICTION").modes
    assert warnings(book) == ()
    before = path.read_bytes()
    with pytest.raises(FileExistsError, match="exists already"):
        new(path, "other")
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["mine.yaml"]


@pytest.mark.parametrize("name", ["", " x", "a: b", "x\ny", "{x}"])
def test_new_refuses_names_that_yaml_would_read_otherwise(tmp_path: Path, name: str) -> None:
    with pytest.raises(OptionError, match="cannot be a codebook's name"):
        new(tmp_path / "x.yaml", name)
    assert not list(tmp_path.iterdir())
