"""The judge: trees as they are read from a file, tellings in groups, and the pieces' distances by class."""

from __future__ import annotations

import gzip
import json
from dataclasses import fields, replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from dateline.api import machine_coder
from dateline.codebook import load_codebook
from dateline.coder.encoder.network import default_encoder
from dateline.coder.encoder.pieces import Pieces
from dateline.coder.encoder.reader import BUCKETS, LINKS, MODALITIES, Reader, Whole, buckets
from dateline.coder.encoder.trees import Trees, load_trees
from dateline.coder.judge.case import Case
from dateline.coder.judge.judge import Judge
from dateline.coder.judge.options import FIELDS, SILENT_AT_TIMES
from dateline.coder.judge.rows import grouped
from dateline.intake import read_text

LEARNED = tuple(kind.name for kind in load_codebook("plover").types)
STUMP: dict[str, Any] = {
    "names": ["event", "far"],
    "feature": [[0, 0, 0]],
    "threshold": [[0.5, 0, 0]],
    "left": [[1, 1, 2]],
    "right": [[2, 1, 2]],
    "value": [[0, -2.0, 2.0]],
    "base": 0.0,
    "depth": 1,
    "slope": 1.0,
    "shift": 0.0,
}


def test_trees_ask_their_features_by_name() -> None:
    trees = Trees.of(STUMP)
    low, high, missing = trees.chances([{"event": 0.2}, {"event": 0.9, "unknown": 3.0}, {}])
    assert low == missing == pytest.approx(1 / (1 + np.exp(2)))
    assert high == pytest.approx(1 / (1 + np.exp(-2)))


def test_trees_of_no_rows_give_no_chances() -> None:
    assert Trees.of(STUMP).chances([]).tolist() == []


def test_slope_and_shift_set_the_chance_and_not_the_order() -> None:
    plain, set_anew = Trees.of(STUMP), Trees.of(STUMP | {"slope": 0.5, "shift": -1.0})
    rows = [{"event": 0.2}, {"event": 0.9}]
    assert np.argsort(plain.chances(rows)).tolist() == np.argsort(set_anew.chances(rows)).tolist()
    assert set_anew.chances(rows)[1] == pytest.approx(0.5)


def test_trees_come_back_from_a_file() -> None:
    contents = gzip.compress(json.dumps({"telling": STUMP}).encode())
    assert load_trees(contents)["telling"].chances([{"event": 0.9}])[0] > 0.8


def _case(*at: int, against: frozenset[int] = frozenset()) -> Case:
    """Tellings at some offsets, some of which the rules would leave out."""
    mentions = [SimpleNamespace(against="a reason" if n in against else "") for n in at]
    tellings = [SimpleNamespace(at=n, mention=m) for n, m in zip(at, mentions, strict=True)]
    return cast(Case, SimpleNamespace(tellings=tellings))


def test_tellings_of_one_event_are_one_group_with_the_likeliest_first() -> None:
    same = np.array([[0, 0.1, 0.9], [0.1, 0, 0.2], [0.9, 0.2, 0]])
    assert grouped(_case(10, 50, 90), np.array([0.4, 0.8, 0.7]), same) == [[2, 0], [1]]


@pytest.mark.parametrize(("chance", "first"), [(0.5, 0), (0.3, 1)])
def test_a_row_is_told_by_what_the_rules_read_where_that_is_hardly_less_likely(chance: float, first: int) -> None:
    same = np.array([[0, 0.9], [0.9, 0]])
    (group,) = grouped(_case(10, 50, against=frozenset({50})), np.array([chance, 0.9]), same)
    assert group[0] == first


def test_a_third_telling_joins_by_the_mean_of_its_pairs() -> None:
    same = np.array([[0, 0.9, 0.7], [0.9, 0, 0.1], [0.7, 0.1, 0]])
    assert grouped(_case(1, 2, 3), np.array([0.9, 0.9, 0.9]), same) == [[0, 1], [2]]


def test_what_is_unlikely_to_be_an_event_is_in_no_group() -> None:
    assert grouped(_case(1, 2), np.array([0.05, 0.9]), np.zeros((2, 2))) == [[1]]


@pytest.mark.parametrize(("near", "far"), [(0, 5), (5, 40), (-2, -200), (1, -1)])
def test_distances_of_different_classes(near: int, far: int) -> None:
    found = buckets(np.array([near, far])).tolist()
    assert found[0] != found[1]
    assert set(found) <= set(range(BUCKETS))


REPORT = """Rebels shelled the market in Aleppo on Monday, killing four people.

The mayor spoke to reporters. He had seen the smoke. The shops were shut.

Residents said that the shelling killed four people. The army will answer."""


class EvenReader(Reader):
    """A reader that has learned nothing: every word is as likely to be an event's, and any two the same event."""

    def __init__(self, same: float, kinds: tuple[str, ...] = LEARNED) -> None:
        super().__init__(kinds, default_encoder().tokenizer, None, None, None)
        object.__setattr__(self, "_same", same)

    def read(self, pieces: Pieces) -> Whole:
        size = len(pieces)
        events = np.zeros(size, dtype=np.float32)
        kinds, modalities = (np.full((size, n), 0.5, dtype=np.float32) for n in (len(self.kinds), len(MODALITIES)))
        return Whole(pieces, np.zeros((size, 1), dtype=np.float32), events, kinds, modalities)

    def links(self, whole: Whole, triggers: Any, phrases: Any) -> Any:
        return np.full((len(triggers), len(phrases), len(LINKS)), 0.5, dtype=np.float32)

    def same(self, whole: Whole, triggers: Any) -> Any:
        return np.full((len(triggers), len(triggers)), self.__dict__["_same"], dtype=np.float32)


def _asking(feature: str, below: float, above: float) -> Trees:
    return Trees.of(STUMP | {"names": [feature], "feature": [[0, 0, 0]], "value": [[0, below, above]]})


def _coded(report: str = REPORT, learned: tuple[str, ...] = LEARNED, **trees: Trees) -> Any:
    asked = {
        "telling": _asking("against", 3.0, -4.0),
        "pair": _asking("same word", -4.0, 4.0),
        "row": _asking("members", 0.0, 1.0),
        **{name: _asking("by rule", -3.0, 3.0) for name in FIELDS},
        **{f"no {name}": _asking("first", 3.0, -3.0) for name in SILENT_AT_TIMES},
        "actors": _asking("actor by rule", -3.0, 3.0),
        "recipients": _asking("recipient by rule", -3.0, 3.0),
        "counts": _asking("of the head", -3.0, 3.0),
    }
    coder = replace(machine_coder(), judge=Judge("even", EvenReader(0.5, learned), asked | trees))
    return coder.code(read_text(report, id="aleppo", published="2024-01-10", language="en"))


def test_what_is_told_twice_is_one_row_with_both_tellings_and_its_chances() -> None:
    coding = _coded()
    (shelling,) = [e for e in coding.events if e.type == "ASSAULT"]
    assert len(shelling.tellings) == 2 and len(shelling.evidence) == 2
    assert shelling.chance == pytest.approx(0.73)
    assert shelling.place is not None and shelling.place.name == "Aleppo"
    assert shelling.chances.place is not None and shelling.chances.place > 0.9
    assert [a.chance for a in shelling.actors] == [pytest.approx(0.95)]
    assert shelling.place.chance == pytest.approx(0.95)
    assert any(b.id == "chance.row" for b in shelling.because)
    assert any(left.why.startswith("told again") for left in coding.left_out)


def test_rows_of_a_type_that_was_never_learned_are_the_rules_and_have_judged_fields_but_no_chance() -> None:
    learned = tuple(name for name in LEARNED if name != "ASSAULT")
    coding = _coded(learned=learned, telling=_asking("against", -4.0, -4.0))
    shelling, *others = coding.events
    assert not others and (shelling.type, shelling.chance) == ("ASSAULT", None)
    assert shelling.chances.place is not None and shelling.chances.place > 0.9
    assert any(b.id == "chance.unlearned" for b in shelling.because)
    (note,) = [note for note in coding.notes if note.code == "not-judged"]
    assert "ASSAULT" in note.message


class Asked(Trees):
    """Trees that keep what they were asked."""

    def chances(self, rows: Any) -> Any:
        self.__dict__.setdefault("rows", []).extend(rows)
        return super().chances(rows)


def test_no_chance_is_asked_of_rows_of_a_type_that_was_never_learned() -> None:
    report = REPORT.replace("The mayor spoke to reporters.", "Police arrested two men in Homs.")
    for learned in (LEARNED, tuple(name for name in LEARNED if name != "ASSAULT")):
        trees = Asked(**{field.name: getattr(_asking("members", 0.0, 1.0), field.name) for field in fields(Trees)})
        coding = _coded(report, learned, row=trees)
        given = [event for event in (*coding.events, *coding.suggestions) if event.chance is not None]
        assert {event.type for event in given} >= {"COERCE"}
        assert len(trees.__dict__["rows"]) == len(given)


def test_a_codebook_of_which_nothing_was_learned_is_coded_by_the_rules() -> None:
    coder = replace(machine_coder(), judge=Judge("even", EvenReader(0.5, ("OTHER",)), {}))
    coding = coder.code(read_text(REPORT, id="aleppo", published="2024-01-10", language="en"))
    assert coding.events and {event.chance for event in coding.events} == {None}
    assert [note.code for note in coding.notes if note.code == "not-judged"] == ["not-judged"]


def test_how_likely_it_is_that_nothing_is_told_is_asked_apart() -> None:
    coding = _coded(place=_asking("by rule", -3.0, -3.0), **{"no place": _asking("sum", 0.4, 0.4)})
    (shelling,) = [e for e in coding.events if e.trigger.quote == "shelled"]
    assert shelling.place is None
    assert shelling.chances.place == pytest.approx(0.6)


def test_background_stays_so_whatever_modality_is_chosen() -> None:
    long_ago = REPORT.replace("Monday", "5 May 2013")
    for chosen, modality in (("is asserted", "asserted"), ("is possible", "possible")):
        coding = _coded(long_ago, modality=_asking(chosen, -3.0, 3.0))
        (shelling,) = [e for e in coding.events if e.trigger.quote == "shelled"]
        assert (shelling.modality, shelling.historical) == (modality, True)
        assert [b.id for b in shelling.because if b.field == "historical"] == ["historical.dated-long-before"]


def test_background_is_one_of_what_the_reader_was_trained_to_tell_apart() -> None:
    assert MODALITIES == ("asserted", "negated", "planned", "possible", "hypothetical", "historical")


def test_rows_below_the_bound_are_suggestions() -> None:
    coding = _coded(row=_asking("members", -1.5, -1.5))
    assert not coding.events
    assert {e.type for e in coding.suggestions} >= {"ASSAULT"}


def test_a_text_of_few_sentences_is_coded_by_the_rules() -> None:
    coder = replace(machine_coder(), judge=Judge("even", EvenReader(0.5), {}))
    coding = coder.code(read_text("Rebels shelled the market in Aleppo.", id="short", language="en"))
    assert [e.chance for e in coding.events] == [None]
