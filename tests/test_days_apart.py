"""A comma behind a day that opens a sentence, for the parser alone."""

from __future__ import annotations

import pytest

from dateline.coder.text.days import set_days_apart


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("On 5 March police arrested six men.", "On 5 March,police arrested six men."),
        ("On 12 June 2023 Russian troops left.", "On 12 June 2023,Russian troops left."),
        ("On 12 June 2023 12 men left.", "On 12 June 2023 12 men left."),
        ("On Monday and Tuesday the shop is shut.", "On Monday and Tuesday,the shop is shut."),
        ("In New York on 5 March police left.", "In New York on 5 March,police left."),
        ("On Friday and the shop is shut.", "On Friday and the shop is shut."),
        ("On 5 March, police left.", "On 5 March, police left."),
        ("In March 2023 elections were held.", "In March 2023 elections were held."),
        ("Police left on 5 March with nothing.", "Police left on 5 March with nothing."),
    ],
)
def test_a_day_at_the_head_of_a_sentence_is_set_apart(text: str, read: str) -> None:
    assert set_days_apart(text, text, [0], "en") == read
