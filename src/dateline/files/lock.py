"""The lock of a file or folder, which the system lets go of when the process ends, however it ends."""

from __future__ import annotations


def take(handle: int) -> bool | None:
    """Whether the lock of an open file or folder is ours until it is closed; None where the system has no such locks.

    False where another process, or another handle, has it: nobody is waited for.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
