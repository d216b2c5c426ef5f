"""What the figures of ``tools/house.py`` count, on packages of a few lines."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

spec = importlib.util.spec_from_file_location("house", Path(__file__).resolve().parent.parent / "tools" / "house.py")
assert spec is not None
assert spec.loader is not None
house = importlib.util.module_from_spec(spec)
sys.modules["house"] = house
spec.loader.exec_module(house)


@pytest.fixture
def count() -> Callable[..., list[str]]:
    """What a figure finds in modules that are given by path and text."""

    def found(figure: Callable[..., Iterator[house.Found]], **modules: str) -> list[str]:
        package = house.House(Path("package"), tuple(house.Module(path, text) for path, text in modules.items()))
        return [f"{one.path}:{one.line} {one.what}" for one in figure(package)]

    return found


@pytest.mark.parametrize(
    "line",
    [
        'NAMES = {"march", "rally"}',
        'NAMES: frozenset[str] = frozenset({"march", "rally"})',
        'NAMES = word_set("march rally")',
        'NAMES = "march rally".split()',
        'NAMES = {"march": "rally"}',
        'NAMES = [("march", 1), ("rally", 2)]',
    ],
)
def test_a_word_list_is_found_however_it_is_written(count: Callable[..., list[str]], line: str) -> None:
    assert count(house.word_lists, **{"coder/a.py": line}) == ["coder/a.py:1 NAMES: march, rally"]


@pytest.mark.parametrize(
    "line",
    [
        'NAME = "march rally"',
        'NAMES = {"march"}',
        'TAGS = {"VERB", "AUX"}',
        'NAMES = words("events.gatherings")',
        '__all__ = ["march", "rally"]',
        'Kind = Literal["march", "rally"]',
    ],
)
def test_what_is_no_word_list(count: Callable[..., list[str]], line: str) -> None:
    assert count(house.word_lists, **{"coder/a.py": line}) == []


def test_lists_of_a_language_and_of_the_data_stand_where_they_belong(count: Callable[..., list[str]]) -> None:
    line = 'NAMES = {"march", "rally"}'
    assert count(house.word_lists, **{"lang/en/a.py": line, "data/a.py": line}) == []


def test_names_that_the_code_gives_are_not_english(count: Callable[..., list[str]]) -> None:
    names = 'Modality = Literal["asserted", "planned"]\nclass Event:\n    place: str\n    date: str\n'
    lists = 'REAL = {"asserted", "planned"}\nFIELDS = ("place", "date")\nWORDS = ("place", "site")\n'
    found = count(house.english, **{"model.py": names, "coder/a.py": lists})
    assert found == ["coder/a.py:3 WORDS: place, site"]


def test_a_list_with_a_reason_is_not_english(count: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "NOT_ENGLISH", {"columns": ("coder/a.py:COLUMNS", "coder/b.py:COLUMNS")})
    text = {"coder/a.py": 'COLUMNS = ("town", "street")'}
    assert count(house.english, **text) == []
    package = house.House(Path("package"), tuple(house.Module(path, line) for path, line in text.items()))
    assert house.gone(package) == ["coder/b.py:COLUMNS"]


def test_sets_without_a_name_are_counted_once(count: Callable[..., list[str]]) -> None:
    text = (
        'def f(a):\n    def g(b):\n        return b in {"march", "rally"}\n    return g(a) not in ("nsubj", "dobj")\n'
    )
    assert count(house.sets_in_functions, **{"coder/a.py": text}) == ["coder/a.py:3 march, rally"]
    assert count(house.english_sets, **{"coder/a.py": text}) == ["coder/a.py:3 march, rally"]


def test_labels_of_the_parser_are_found_outside_its_language(count: Callable[..., list[str]]) -> None:
    text = '"""nsubj"""\nif token.dep_ in {"nsubj", "mark"} or kind == "mark":\n    pass\n'
    modules = {"coder/a.py": text, "lang/en/labels.py": 'A = {"dobj": "object"}'}
    assert count(house.labels_outside, **modules) == ["coder/a.py:2 nsubj", "coder/a.py:2 mark"]
    assert count(house.modules_with_labels, **modules) == ["lang/en/labels.py:1 1 labels"]


def test_a_label_that_is_a_name_of_dateline_is_none_of_the_parser(count: Callable[..., list[str]]) -> None:
    modules = {"lang/links.py": 'Link = Literal["agent"]', "coder/a.py": 'x = token.dep_ == "agent"'}
    assert count(house.labels_outside, **modules) == []


def test_the_widest_folder_and_the_long_modules(count: Callable[..., list[str]]) -> None:
    modules = {"a/__init__.py": "", "a/one.py": "", "b/one.py": "x = 1\n" * 401, "b/two.py": ""}
    assert len(count(house.widest_folder, **modules)) == 2
    assert count(house.long_modules, **modules) == ["b/one.py:401 401 lines"]


@pytest.mark.parametrize(
    "line",
    [
        "return because.rule == DATELINE",
        "return any(b.rule.startswith(SITE) for b in because)",
        "return 'syntax' in found.rule",
        "rule = because.rule if because else ''\n    return rule.split(':')",
        "return re.match('told', because.rule)",
    ],
)
def test_an_explanation_that_is_read_is_found(count: Callable[..., list[str]], line: str) -> None:
    assert len(count(house.explanations_read, **{"coder/a.py": f"def f(because, found):\n    {line}\n"})) == 1


def test_an_explanation_may_be_shown(count: Callable[..., list[str]]) -> None:
    text = "def f(because):\n    rule = because.rule\n    return f'{because.field}: {rule}'\n"
    assert count(house.explanations_read, **{"export/a.py": text}) == []


def test_the_table_ends_with_one_above_a_limit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.py").write_text('NAMES = {"march", "rally"}\n')
    monkeypatch.setattr(house, "LIMITS", dict.fromkeys(house.LIMITS, house.Limit(2, 0)))
    assert house.main(["--source", str(tmp_path)]) == 0
    monkeypatch.setattr(house, "LIMITS", dict.fromkeys(house.LIMITS, house.Limit(0, 0)))
    assert house.main(["--source", str(tmp_path)]) == 1
    assert "above its limit" in capsys.readouterr().out
