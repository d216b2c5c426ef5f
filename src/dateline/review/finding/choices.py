"""What a person may choose from where a value is edited: the types and their forms, whether it happened."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.export.phrases import label
from dateline.export.words import MODALITY_WORDS
from dateline.review.finding.columns import Column
from dateline.review.workspace import Workspace
from dateline.store.index.lines import RowLine


def choices_of(workspace: Workspace, column: Column, row: RowLine) -> Sequence[tuple[str, str]]:
    """The values there are with their words; none where any may be written. What the row has is among them."""
    match column.name:
        case "type":
            found = [(told.name, label(told.name, None)) for told in workspace.known.codebook.types]
        case "mode":
            types = [told for told in workspace.known.codebook.types if told.name == row.type]
            found = [("", "none")] + [(m.name, m.name.replace("_", " ")) for told in types for m in told.modes]
        case "modality":
            found = [(name, words) for name, words in MODALITY_WORDS.items()]
        case _:
            return ()
    value = column.value(row)
    return found if any(name == value for name, _ in found) else [(value, value), *found]
