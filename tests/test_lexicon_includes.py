"""Lists that include others: words, tables and classes, and what becomes of them when a project changes a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.errors import LexiconError
from dateline.lang.lexicon import lay_over
from dateline.lang.lexicon.load import read_folder

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.lang.lexicon import Lexicon

LISTS = """\
giving:
  means: "Verbs of giving."
  words: give hand
  examples: ["She [gave] them bread."]
moving:
  means: "Verbs whose object changes its owner."
  includes: [giving]
  words: sell
  examples: ["She [sold] the shop."]
kinds:
  means: "What a verb is."
  table: {lend: loan, hand: pass}
  includes: {gift: giving}
  examples: ["She [lent] the car."]
sorts:
  means: "Verbs by their sort."
  classes: {dear: sell, free: lend}
  includes: {free: giving}
  examples: ["She [lent] the car."]
"""


def lexicon(folder: Path, text: str = LISTS) -> Lexicon:
    (folder / "verbs.yaml").write_text(text, encoding="utf-8")
    return read_folder(folder, "en")


def test_a_list_has_the_words_of_those_it_includes_with_their_lines(tmp_path: Path) -> None:
    moving = lexicon(tmp_path)["verbs.moving"]
    assert moving.words == {"give", "hand", "sell"}
    assert moving.source("give") == "verbs.yaml:3"


def test_a_table_gives_included_words_one_value_and_keeps_its_own(tmp_path: Path) -> None:
    assert lexicon(tmp_path)["verbs.kinds"].values == {"lend": "loan", "hand": "pass", "give": "gift"}


def test_a_class_can_include_a_list(tmp_path: Path) -> None:
    sorts = lexicon(tmp_path)["verbs.sorts"]
    assert sorts.values["free"] == {"lend", "give", "hand"}
    assert sorts.class_by_word["give"] == "free"


def test_a_table_that_does_not_say_what_included_words_are_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"includes: \{KEY: LIST\}"):
        lexicon(tmp_path, LISTS.replace("{gift: giving}", "[giving]"))


def test_lists_follow_what_a_project_changes_in_those_they_include(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text(
        "verbs.giving:\n  add: donate\n  remove: hand\n  examples: ['She [donated] it.']\n", encoding="utf-8"
    )
    laid = lay_over(lexicon(tmp_path), [own])
    assert laid["verbs.moving"].words == {"give", "donate", "sell"}
    assert laid["verbs.moving"].source("donate") == "own.yml:2"
    # "hand" is the table's own word, whatever the list it includes has
    assert laid["verbs.kinds"].values == {"lend": "loan", "hand": "pass", "give": "gift", "donate": "gift"}
    assert laid["verbs.sorts"].values["free"] == {"lend", "give", "donate"}


def test_a_word_that_a_project_took_out_of_the_whole_does_not_come_back_with_the_part(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text(
        "verbs.giving:\n  add: donate\n  examples: ['She [donated] it.']\nverbs.moving:\n  remove: give\n",
        encoding="utf-8",
    )
    assert lay_over(lexicon(tmp_path), [own])["verbs.moving"].words == {"hand", "donate", "sell"}
