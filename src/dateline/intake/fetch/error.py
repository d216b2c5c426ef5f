"""What goes wrong when something is fetched, with its mend."""

from __future__ import annotations

from dateline.errors import IntakeError

BY_HAND = "open it in a browser, save the page, and give the file"
AGAIN = "try again later, or open it in a browser, save the page, and give the file"


class FetchError(IntakeError):
    """Something cannot be fetched. ``status`` is what the server answered, where it did; ``retry_after`` are the
    seconds after which it wants to be asked again, where it said so.
    """

    def __init__(self, error: str, mend: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(error, mend)
        self.status = status
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[type[FetchError], tuple[str, str], dict[str, object]]:  # type: ignore[override]
        return type(self), (self.error, self.mend), {"status": self.status, "retry_after": self.retry_after}
