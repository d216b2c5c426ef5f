"""What people decide of rows: each decision makes a coding of the person's own, and an act that can be undone."""

from dateline.review.deciding.decide import Refused, decide, decide_many, settle
from dateline.review.deciding.holding import Made, coding_at, codings_of, held, history, machine_coding
from dateline.review.deciding.model import (
    Accept,
    Add,
    Correct,
    Decision,
    Done,
    Merge,
    Reject,
    Restore,
    Split,
)
from dateline.review.deciding.resuggesting import Suggested, resuggested
from dateline.review.deciding.standing import flag, set_state, standing_of
from dateline.review.deciding.undoing import can_redo, can_undo, redo, undo
from dateline.store.review.acts import Act

__all__ = [
    "Accept",
    "Act",
    "Add",
    "Correct",
    "Decision",
    "Done",
    "Made",
    "Merge",
    "Refused",
    "Reject",
    "Restore",
    "Split",
    "Suggested",
    "can_redo",
    "can_undo",
    "coding_at",
    "codings_of",
    "decide",
    "decide_many",
    "flag",
    "held",
    "history",
    "machine_coding",
    "redo",
    "resuggested",
    "set_state",
    "settle",
    "standing_of",
    "undo",
]
