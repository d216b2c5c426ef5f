"""Bytes to reports: HTML, plain text, JSON and what plugins read, each within bounds, each refusal with its mend.

Only :mod:`dateline.intake.fetch` touches the network. The parsing libraries are loaded when the first page is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.errors import IntakeError
from dateline.intake.encoding import decode
from dateline.intake.failure import Failure
from dateline.intake.limits import Limits
from dateline.intake.published import check_published
from dateline.intake.reader import Reader, Source

if TYPE_CHECKING:
    from dateline.intake.html.blocks import find_blocks
    from dateline.intake.html.read import read_html
    from dateline.intake.paths import read_path
    from dateline.intake.records.jsonl import read_jsonl
    from dateline.intake.text import read_text

__all__ = [
    "Failure",
    "IntakeError",
    "Limits",
    "Reader",
    "Source",
    "check_published",
    "decode",
    "find_blocks",
    "read_html",
    "read_jsonl",
    "read_path",
    "read_text",
]

_HOMES = {
    "find_blocks": "dateline.intake.html.blocks",
    "read_html": "dateline.intake.html.read",
    "read_jsonl": "dateline.intake.records.jsonl",
    "read_path": "dateline.intake.paths",
    "read_text": "dateline.intake.text",
}


def __getattr__(name: str) -> Any:
    # Loaded on first use: who asks for a failure or a limit need not wait for what reads pages.
    if name not in _HOMES:
        raise AttributeError(f"module 'dateline.intake' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
