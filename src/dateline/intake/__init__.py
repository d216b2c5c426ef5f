"""Bytes to reports: HTML, plain text and JSON Lines, each read within bounds, each refusal with its mend.

Nothing here touches the network. The parsing libraries are loaded when the first page is read.
"""

from dateline.errors import IntakeError
from dateline.intake.failure import Failure
from dateline.intake.html.blocks import find_blocks
from dateline.intake.html.read import read_html
from dateline.intake.jsonl import read_jsonl
from dateline.intake.limits import Limits
from dateline.intake.paths import read_path
from dateline.intake.published import check_published
from dateline.intake.text import read_text

__all__ = [
    "Failure",
    "IntakeError",
    "Limits",
    "check_published",
    "find_blocks",
    "read_html",
    "read_jsonl",
    "read_path",
    "read_text",
]
