"""How far the project's chances come true, and what its calibration makes of them."""

from __future__ import annotations

from threading import Lock
from weakref import WeakKeyDictionary

from dateline.errors import NotThereError
from dateline.evaluate.calibration.learn import Result, learn
from dateline.model import CoderInfo
from dateline.store.calibration.derive import newest_coder, reviewed
from dateline.store.kept.corrections import last_coding
from dateline.store.project import Project

_LOCK = Lock()
_LEARNED: WeakKeyDictionary[Project, tuple[int, Result]] = WeakKeyDictionary()
"""What was learned of a project up to which of its codings: all reviewed reports are read for it."""


def coder_of(project: Project) -> CoderInfo:
    """The coder whose chances are calibrated: the newest. Raises :class:`NotThereError` where no machine has coded."""
    found = newest_coder(project)
    if found is None:
        raise NotThereError("no report of the project is coded, so there are no chances; next: dateline code")
    return found


def learned(project: Project) -> Result:
    """What the rows that people reviewed tell of the coder's chances, on reports that the curves were not fitted to.

    Raises as :func:`coder_of` does, and :class:`ReviewError` where too little was reviewed.
    """
    coder, last = coder_of(project), last_coding(project)
    with _LOCK:
        known = _LEARNED.get(project)
        if known is None or known[0] != last:
            known = last, learn(reviewed(project), coder)
            _LEARNED[project] = known
        return known[1]
