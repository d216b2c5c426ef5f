"""Is a work linear? The time of a work of four times the size beside that of the small one."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable

#: Linear work has a ratio of about 4, quadratic work one of about 16: the bound leaves room for a busy machine.
LINEAR = 9


def ratio(small: Callable[[], object], large: Callable[[], object]) -> float:
    """Seconds of `large` over those of `small`, the best of several tries of each.

    The collector of garbage is held back meanwhile: what it walks are the objects of all tests before.
    """
    held = gc.isenabled()
    gc.disable()
    try:
        return min(_seconds(large) for _ in range(3)) / max(min(_seconds(small) for _ in range(3)), sys.float_info.min)
    finally:
        if held:
            gc.enable()


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
