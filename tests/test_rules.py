import ast
from importlib import import_module
from pathlib import Path

import pytest

from dateline.model import Because
from dateline.rules import declared, rule

SOURCE = Path(__file__).resolve().parent.parent / "src" / "dateline"
HERE = rule("modality.test-only", "told as {what}")


def test_a_reason_has_the_id_of_its_rule_and_the_line_where_the_rule_stands():
    why = HERE.because("marched", what="fact")
    assert why == Because("modality", "told as fact", "marched", "modality.test-only", HERE.source)
    assert HERE.source == "test_rules.py:11"


def test_a_list_that_decided_is_named_in_place_of_the_rule():
    assert HERE.because(what="a plan", source="modality.yaml:14").source == "modality.yaml:14"


def test_braces_of_a_report_are_no_places_to_fill():
    assert HERE.because("{0}", what="{x}").rule == "told as {x}"


def test_an_id_stands_in_one_module():
    import_module("dateline.coder.assemble")
    taken = next(one for one in declared() if one.source.startswith("coder/assemble.py"))
    with pytest.raises(ValueError, match=f"the rule {taken.id} is declared at"):
        rule(taken.id, "again")


def test_every_reason_that_the_package_gives_is_made_by_a_declared_rule():
    made = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Because"
    ]
    kept = ("rules.py", "store/")  # the one place that makes them, and where kept ones are read again
    assert [where for where in made if not where.startswith(kept)] == []
