"""What a project's corrections are read by: its codebook, and its gazetteer once a place is corrected."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from dateline.codebook import load_codebook
from dateline.corrections.values import Known
from dateline.resolve.gazetteer.entry import Entry
from dateline.resolve.gazetteer.lookup import Gazetteer, load_gazetteer
from dateline.store.project import Project


def known_of(project: Project) -> Known:
    """The codebook and the gazetteer that the project's settings name."""
    settings = project.coder_settings
    return Known(load_codebook(settings.codebook), _Places(settings.gazetteer))


class _Places:
    """A gazetteer that is opened when it is first asked."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = files

    @cached_property
    def _opened(self) -> Gazetteer:
        return load_gazetteer(self._files)

    def lookup(self, name: str) -> Sequence[Entry]:
        """The places that a name can mean, the likeliest first."""
        return self._opened.lookup(name)
