"""What changed between two releases, as text, as JSON and as CSV."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from typing import TextIO

from dateline.export.release.cited import changes_in_words
from dateline.export.release.model import Change, Difference, release_columns
from dateline.export.release.written import csv_cell
from dateline.export.safe import json_line, one_line
from dateline.export.tables.columns import Row


def write_text(difference: Difference, out: TextIO) -> None:
    """A sentence with the numbers, and a line an event."""
    out.write(changes_in_words(difference) + "\n")
    for change in difference.changes:
        out.write(f"{change.what:<9} {one_line(change.event + _more(change))}\n")


def _more(change: Change) -> str:
    match change.what:
        case "changed":
            return f": {', '.join(change.fields)}"
        case "withdrawn":
            return f", now {', '.join(change.successors)}" if change.successors else ", without a successor"
    return ""


def write_json(difference: Difference, out: TextIO) -> None:
    """One object: both names, the numbers, and the changes."""
    told = {
        "before": difference.before,
        "after": difference.after,
        "counts": difference.counts() | {"same": difference.same},
        "not_compared": list(difference.columns),
        "changes": [change_row(change) for change in difference.changes],
    }
    out.write(json_line(json.dumps(told, ensure_ascii=False, indent=1)) + "\n")


def write_csv(difference: Difference, out: TextIO) -> None:
    """The columns of ``changes.csv`` of a release."""
    columns = release_columns("changes")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    for change in difference.changes:
        row = change_row(change)
        writer.writerow([csv_cell(column, row[column.name]) for column in columns])


def change_row(change: Change) -> Row:
    """A change as a row of ``changes.csv``."""
    told = asdict(change)
    return {"event": told["event"], "change": told["what"], "fields": told["fields"], "successors": told["successors"]}
