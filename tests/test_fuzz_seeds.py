"""What fuzzing begins with is read: else it would try nothing but how a reader refuses."""

from __future__ import annotations

import pytest
from tests.fuzz_seeds import SEEDS, seeds

from dateline.conformance.reader import read_bytes
from dateline.intake import Failure
from dateline.intake.registry import readers


@pytest.mark.parametrize("name", sorted(SEEDS.keys() & readers().by_name.keys()))
def test_a_reader_reads_some_of_its_seeds(name: str) -> None:
    reader = readers().by_name[name]
    found = [item for data in seeds(name) for item in read_bytes(reader, data, f"a seed of {name}", own_ids=False)]
    assert any(not isinstance(item, Failure) for item in found)


def test_a_form_without_seeds_begins_with_a_text() -> None:
    assert b"Workers marched" in seeds("no such reader")[0]
