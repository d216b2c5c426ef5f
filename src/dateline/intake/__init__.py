"""Bytes to reports: HTML, plain text, JSON and what plugins read, each within bounds, each refusal with its mend.

Nothing here touches the network. The parsing libraries are loaded when the first page is read.
"""

from dateline.errors import IntakeError
from dateline.intake.encoding import decode
from dateline.intake.failure import Failure
from dateline.intake.html.blocks import find_blocks
from dateline.intake.html.read import read_html
from dateline.intake.jsonl import read_jsonl
from dateline.intake.limits import Limits
from dateline.intake.paths import read_path
from dateline.intake.published import check_published
from dateline.intake.reader import Reader, Source
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
