"""What fetches: single pages, from addresses that are public on every hop, within bounds, with TLS always verified."""

from __future__ import annotations

from dateline.errors import FetchError
from dateline.intake.fetch.fetcher import Fetched, Fetcher
from dateline.intake.fetch.limits import FetchLimits
from dateline.intake.fetch.pace import Pace
from dateline.intake.fetch.robots import Robots

__all__ = ["FetchError", "FetchLimits", "Fetched", "Fetcher", "Pace", "Robots"]
