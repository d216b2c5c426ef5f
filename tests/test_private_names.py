"""No name of a private person is kept: every frame of a grid with every fifth name, in one process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.private_names import FRAMES, NAMES, Told, kept

if TYPE_CHECKING:
    from dateline.coder.machine import MachineCoder

EVERY = 5


@pytest.mark.model
def test_no_private_name_stands_in_a_field_that_people_read(coder: MachineCoder) -> None:
    frames = FRAMES.strip().split("\n")
    told = [Told(f, n) for i, f in enumerate(frames) for j, n in enumerate(NAMES) if (i + j) % EVERY == 0]
    assert {one.text: fields for one, fields in kept(told, coder)} == {}
