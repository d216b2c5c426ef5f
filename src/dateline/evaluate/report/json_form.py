"""A comparison as JSON: the dataclasses of :mod:`dateline.evaluate.model` as they are."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TextIO

from dateline.evaluate.model import Comparison
from dateline.export.safe import json_line


def write(comparison: Comparison, out: TextIO) -> None:
    """One object, the same bytes for the same comparison; null is "not known", never 0."""
    out.write(json_line(json.dumps(asdict(comparison), ensure_ascii=False, indent=1, allow_nan=False)) + "\n")
