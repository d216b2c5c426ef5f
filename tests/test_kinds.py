"""The kinds of reports that coders get wrong: every input of every kind is coded as a careful reader codes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks.kind_cases import Case, cases, faults

if TYPE_CHECKING:
    from dateline.coder.machine import MachineCoder

CASES = [
    pytest.param(
        case, id=f"{case.kind}-{case}", marks=[pytest.mark.xfail(reason=case.miss, strict=True)] if case.miss else []
    )
    for case in cases()
]


@pytest.mark.model
@pytest.mark.parametrize("case", CASES)
def test_a_kind_of_report_is_coded_as_a_careful_reader_codes_it(case: Case, coder: MachineCoder) -> None:
    assert faults(case, coder) == []
