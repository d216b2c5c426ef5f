"""The article text of a web page: the blocks of the report that intake reads from it, without captions and debris."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tools import Record, Tools
from dateline.intake import IntakeError, read_html
from dateline.model import CODED_BLOCKS, Report

INPUTS = {"id": None, "url": None, "html": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The article's text: its coded blocks with the headings and tables that stand among them."""
    for record in records:
        data = gzip.decompress((tools.folder / record["html"]).read_bytes())
        try:
            body = _body(read_html(data, url=record.get("url")))
        except IntakeError:
            body = ""
        yield {"id": record["id"], "body": body}


def _body(report: Report) -> str:
    first = next(block.start for block in report.blocks if block.kind in CODED_BLOCKS)
    article = [
        report.text[block.start : block.end]
        for block in report.blocks
        if block.kind in CODED_BLOCKS or (block.kind in ("heading", "table") and block.start > first)
    ]
    return "\n\n".join(article)
