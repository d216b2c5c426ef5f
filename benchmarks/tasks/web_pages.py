"""The article text of a web page: the coded blocks of the report that intake reads from it."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.tools import Record, Tools
from dateline.intake import IntakeError, read_html
from dateline.model import CODED_BLOCKS

INPUTS = {"id": None, "url": None, "html": None}


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The text of the blocks that are coded."""
    for record in records:
        data = gzip.decompress((tools.folder / record["html"]).read_bytes())
        try:
            report = read_html(data, url=record.get("url"))
        except IntakeError:
            yield {"id": record["id"], "body": ""}
            continue
        body = "\n\n".join(report.text[b.start : b.end] for b in report.blocks if b.kind in CODED_BLOCKS)
        yield {"id": record["id"], "body": body}
