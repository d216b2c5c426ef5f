import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.errors import LexiconError, OptionError
from dateline.lang.lexicon import any_of, built_in, class_of, classes, in_use, lay_over, table, using, words
from dateline.lang.lexicon.lists import Made, Table, Words
from dateline.lang.lexicon.load import read_folder
from dateline.lang.lexicon.show import overview, show

SMALL = """
walking:
  means: Verbs for going on foot.
  words: >-
    march walk
    stride
  excludes: [standing]
  examples:
    - The crowd [walks] to the square.
standing:
  means: Verbs for being in one place.
  words: [stand, stay put]
  examples:
    - They [stand] before the court.
moving:
  means: Both, for those who ask for neither.
  includes: [walking, standing]
  examples:
    - They [stand] before the court.
kinds:
  means: What each word is.
  classes:
    fast: run sprint
    slow: crawl
  examples:
    - They [run].
worth:
  means: What each word is worth.
  table:
    one: 1
    half: 0.5
    many: [dozens, scores]
    word: "7"
  examples:
    - They are [one].
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def faults(folder, text, name="small.yaml"):
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as told:
        read_folder(folder, "en")
    return str(told.value)


def test_a_list_knows_its_words_with_file_and_line(folder):
    lexicon = read_folder(folder, "en")
    walking = lexicon["small.walking"]
    assert walking.words == {"march", "walk", "stride"}
    assert walking.source("march") == "small.yaml:5"
    assert walking.source("stride") == "small.yaml:6"
    assert lexicon["small.standing"].words == {"stand", "stay put"}


def test_a_list_may_include_others_whose_lines_stay_theirs(folder):
    moving = read_folder(folder, "en")["small.moving"]
    assert moving.words == {"march", "walk", "stride", "stand", "stay put"}
    assert moving.source("stride") == "small.yaml:6"


def test_classes_and_tables(folder):
    lexicon = read_folder(folder, "en")
    assert lexicon["small.kinds"].class_by_word == {"run": "fast", "sprint": "fast", "crawl": "slow"}
    values = lexicon["small.worth"].values
    assert values == {"one": 1, "half": 0.5, "many": frozenset({"dozens", "scores"}), "word": "7"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("  words: >-", "  wrods: >-"), r"`wrods` is no key of a list. Did you mean 'words'"),
        (("stride", "stride march"), r"small.walking has `march` twice. It stands in line 5 already"),
        (("stand, stay", "march, stay"), r"`march` is in small.walking and in small.standing .*exclude each other"),
        (("  means: Verbs for going on foot.\n", ""), r"small.walking does not say what it means"),
        (("[walks]", "walks"), r"has 0 words between \[ and \]"),
        (("[walking, standing]", "[walking, sitting]"), r"names the list small.sitting"),
        (("  examples:\n    - The crowd [walks] to the square.\n", ""), r"small.walking has no example"),
    ],
)
def test_a_fault_is_named_with_its_line_and_its_mend(folder, change, said):
    assert change[0] in SMALL
    told = faults(folder, SMALL.replace(*change, 1))
    assert re.search(said, told), told
    assert re.match(r"small\.yaml:\d+: ", told)


def test_lists_that_include_each_other_are_refused(folder):
    text = SMALL.replace("  words: [stand, stay put]", "  includes: [moving]")
    assert "which it cannot" in faults(folder, text)


def test_the_built_in_lexicon_has_no_fault_and_says_what_each_list_means():
    for one in built_in():
        assert one.means
        assert one.examples


@pytest.mark.model
def test_the_marked_word_of_every_built_in_example_is_in_its_list():
    from dateline.lang.en.pipeline import load_pipeline
    from dateline.lang.lexicon.check import failing_examples

    assert not [str(problem) for problem in failing_examples(built_in(), load_pipeline())]


def own(folder, text):
    file = folder / "own.yaml"
    file.write_text(text, encoding="utf-8")
    return file


OWN = """
small.walking:
  add: stroll
  remove: march
  examples:
    - They [stroll] in the park.
small.kinds:
  add: {slow: sprint creep}
  examples:
    - They [creep].
small.worth:
  add: {two: 2}
  examples:
    - They are [two].
"""


def test_a_project_lays_its_own_words_over_the_lists(folder):
    lexicon = read_folder(folder, "en")
    laid = lay_over(lexicon, [own(folder, OWN)])
    assert laid["small.walking"].words == {"walk", "stride", "stroll"}
    assert laid["small.walking"].source("stroll") == "own.yaml:3"
    assert laid["small.kinds"].class_by_word == {"run": "fast", "sprint": "slow", "crawl": "slow", "creep": "slow"}
    assert laid["small.worth"].values["two"] == 2
    assert lexicon["small.walking"].words == {"march", "walk", "stride"}
    assert [Path(file.path).name for file in laid.files] == ["own.yaml"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("small.wlaking:\n  add: stroll", "Did you mean 'small.walking'"),
        ("small.walking:\n  words: stroll", "`words` is no key here"),
        ("small.walking:\n  add: stroll", "has no example"),
        ("small.walking:\n  remove: jog", "has no `jog` to remove"),
        ("small.standing:\n  add: walk\n  examples: [They [walk].]", "exclude each other"),
        ("small.kinds:\n  add: {quick: dash}\n  examples: ['They [dash].']", "has no class `quick`"),
        ("", "The file is empty"),
        ("- a\n- b", "list of `key: value` lines"),
    ],
)
def test_a_fault_of_a_file_of_ones_own_is_named(folder, text, said):
    text = text.replace("[They [walk].]", "['They [walk].']")
    with pytest.raises(LexiconError, match=re.escape(said)):
        lay_over(read_folder(folder, "en"), [own(folder, text)])


def test_a_file_that_is_not_there_is_an_error_that_names_it(folder):
    with pytest.raises(LexiconError, match=r"none\.yaml:1: The file cannot be read"):
        lay_over(read_folder(folder, "en"), [folder / "none.yaml"])


def test_rules_ask_the_lexicon_in_use_and_nothing_stays_behind(folder):
    lexicon = read_folder(folder, "en")
    walking, worth, kinds = Words("small.walking"), Table("small.worth"), Table("small.kinds")
    found = any_of(walking)
    count = Made(lambda: len(walking))
    laid = lay_over(lexicon, [own(folder, OWN)])
    with using(lexicon):
        assert "march" in walking
        assert "two" not in worth
        assert class_of("small.kinds", "sprint") == "fast"
        assert found().search("They March.")
        with using(laid):
            assert "march" not in walking
            assert worth["two"] == 2
            assert "sprint" in kinds["slow"]
            assert not found().search("They march.")
            assert count() == 3
        assert "march" in walking
        assert found().search("They march.")
    assert in_use() is built_in()


def test_the_same_name_is_the_same_list():
    assert words("modality.negations") == words("modality.negations")
    assert words("modality.negations") != words("modality.whatever")
    assert "never" in words("modality.negations") | {"x"}
    assert table("numbers.scales")["million"] == 1_000_000
    assert classes("numbers.scales") is not None


def test_a_list_and_a_word_are_shown_with_all_that_is_known(folder):
    lexicon = read_folder(folder, "en")
    assert "shares no word with: small.standing" in show(lexicon, "small.walking")
    assert "e.g. The crowd [walks] to the square." in show(lexicon, "small.walking")
    assert show(lexicon, "crawl").splitlines()[0] == "small.kinds: slow (small.yaml:24)"
    assert [line.split()[0] for line in overview(lexicon, "foot")] == ["small.walking"]
    with pytest.raises(OptionError, match="Did you mean 'crawl'"):
        show(lexicon, "crawll")


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(tmp_path_factory, text):
    file = tmp_path_factory.mktemp("own") / "own.yaml"
    file.write_text(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"), encoding="utf-8")
    try:
        lay_over(built_in(), [file])
    except LexiconError as error:
        assert all(problem.mend for problem in error.problems)


def run(*arguments):
    return CliRunner().invoke(app, ["lexicon", *map(str, arguments)])


def test_the_verbs(tmp_path):
    assert "modality.negations" in run("list", "negation").output
    assert run("list", "no such thing").output.startswith("No list has")
    assert "never" in run("show", "modality.negations").output
    assert "modality.governors: deny (modality.yaml:" in run("show", "deny").output
    assert run("show", "modality.negation").exit_code == 2


def test_the_starter_file_can_be_used_as_it_is(tmp_path):
    file = tmp_path / "own.yaml"
    assert run("new", file).exit_code == 0
    laid = lay_over(built_in(), [file])
    assert laid["modality.governors"].class_by_word["opt"] == "plan"
    assert laid["people.sectors"].class_by_word["beekeeper"] == "LAB"
    assert run("new", file).exit_code == 2


@pytest.mark.model
def test_a_coder_codes_by_its_own_words_and_another_by_the_built_in_ones(tmp_path):
    from dateline import machine_coder
    from dateline.intake import read_text

    report = read_text("The miners fronted a rally.\n\nThe miners staged a rally.", published="2024-02-06")
    mine = own(tmp_path, "grammar.light_verbs:\n  add: front\n  examples: ['The miners [fronted] a rally.']\n")

    def actors(coder):
        return [[p.quote for p in event.actors] for event in coder.code(report).events]

    plain = actors(machine_coder())
    assert plain == [[], ["The miners"]]
    assert actors(machine_coder(lexicon=mine)) == [["The miners"], ["The miners"]]
    assert actors(machine_coder()) == plain
    assert [Path(file.path).name for file in machine_coder(lexicon=mine).files][-1] == "own.yaml"


FRAMES = """
cues:
  means: Verbs with what may follow them.
  values: clause small.standing
  table:
    say: clause
    call: [clause, stand]
  examples:
    - They [say] so.
"""


def test_a_table_with_values_gives_each_word_a_set_of_them(folder):
    (folder / "small.yaml").write_text(SMALL + FRAMES, encoding="utf-8")
    values = read_folder(folder, "en")["small.cues"].values
    assert values == {"say": {"clause"}, "call": {"clause", "stand"}}


def test_a_value_that_a_table_does_not_allow_is_told_with_its_line(folder):
    wrong = SMALL + FRAMES.replace("say: clause", "say: [clauze]")
    assert "small.cues cannot say `clauze` of `say`. Did you mean 'clause'?" in faults(folder, wrong)
    (folder / "small.yaml").write_text(SMALL + FRAMES, encoding="utf-8")
    own = folder.parent / "own.yaml"
    own.write_text("small.cues:\n  add: {ask: walk}\n  examples: ['They [ask].']\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"own\.yaml:2: small\.cues cannot say `walk` of `ask`"):
        lay_over(read_folder(folder, "en"), [own])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "says nothing of `say`. Write one or more of: clause, small.standing."),
        ("{a: b}", "cannot say `a` of `say`"),
    ],
)
def test_a_word_of_which_nothing_that_can_be_used_is_said_is_told(folder, written, told):
    assert told in faults(folder, SMALL + FRAMES.replace("say: clause", f"say: {written}"))


def test_values_of_a_list_that_is_not_there_are_told(folder):
    assert "small.standng" in faults(folder, SMALL + FRAMES.replace("small.standing", "small.standng"))


def test_a_word_in_two_classes_of_ones_own_file_is_told(folder):
    text = "small.kinds:\n  add: {fast: dash, slow: dash}\n  examples: ['They [dash].']\n"
    with pytest.raises(LexiconError, match=r"own\.yaml:2: `dash` has two classes of small\.kinds, fast and slow"):
        lay_over(read_folder(folder, "en"), [own(folder, text)])


def test_a_list_can_leave_out_words_of_what_it_includes(folder):
    (folder / "small.yaml").write_text(
        SMALL.replace("includes: [walking, standing]", "includes: [walking, standing]\n  without: [standing]")
    )
    lexicon = read_folder(folder, "en")
    assert lexicon["small.moving"].words == {"march", "walk", "stride"}
    laid = lay_over(lexicon, [own(folder, "small.walking:\n  add: stroll\n  examples: ['They [stroll].']\n")])
    assert "stroll" in laid["small.moving"].words


def test_a_list_tells_whom_it_shares_no_word_with_in_both_directions(folder):
    lexicon = read_folder(folder, "en")
    assert "shares no word with: small.walking" in show(lexicon, "small.standing")


@pytest.mark.parametrize("day", ["28th january", "last sunday of janury", "31 february", "some monday of may"])
def test_a_day_that_is_none_is_told_when_the_file_is_checked(tmp_path, day):
    file = own(tmp_path, f"dates.feasts:\n  add:\n    kite day: {day}\n  examples: ['On [Kite Day].']\n")
    result = run("check", file)
    assert result.exit_code == 2
    assert "own.yaml:3: kite day: dates.feasts says" in result.output


@pytest.mark.model
def test_a_noun_with_a_sector_of_ones_own_can_act(tmp_path):
    import dateline

    mine = own(tmp_path, "people.sectors:\n  add: {LAB: barista}\n  examples: ['Two [baristas] spoke.']\n")
    [event] = dateline.code("Police arrested six baristas.", lexicon=mine).events
    assert [p.quote for p in event.recipients] == ["six baristas"]


def test_a_lexicon_is_read_once_however_it_is_asked_for():
    assert built_in() is built_in("en")


def test_lists_that_take_nothing_from_others_are_read_without_them() -> None:
    script = (
        "from dateline.lang.lexicon import load\nfrom dateline.lang.lexicon.lists import table, words\n"
        "dict(table('phrases.modality_words')), set(words('phrases.months'))\n"
        "print(load._built_in_file.cache_info().misses)\n"
        "whole = load.built_in()\n"
        "print(all(load.built_in_list(one.name) == one for one in whole))\n"
        "print(load._built_in_file.cache_info().misses == len({one.name.partition('.')[0] for one in whole}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "True", "True"]
