"""What can be wrong with a project, with the mend."""

from __future__ import annotations


class StoreError(RuntimeError):
    """A project cannot be opened, read or written; the message says what to do."""
