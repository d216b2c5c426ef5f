"""What the workspace works on: a project, its index, and who is at work where nobody logs in."""

from __future__ import annotations

import gc
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from threading import Thread

from dateline.corrections.known import known_of
from dateline.corrections.values import Known
from dateline.errors import DatelineError
from dateline.resolve.gazetteer.lookup import load_gazetteer
from dateline.review.linking import Linker
from dateline.review.showing.extents import Extents
from dateline.review.team.agreeing import Agreements
from dateline.store.index.index import Index
from dateline.store.project import Project
from dateline.store.review.people import Person


@dataclass
class Workspace:
    """A project opened for people. ``local`` is who works where there are no accounts; None: people log in."""

    project: Project
    index: Index
    local: Person | None

    @property
    def blind(self) -> frozenset[str]:
        """The ids of the reports that who asks codes blind: what others made of them is not shown."""
        return frozenset()

    @cached_property
    def known(self) -> Known:
        """What corrections are read by: the codebook and the gazetteer, loaded when the first is made."""
        return known_of(self.project)

    def prepare(self) -> None:
        """Load what decisions need behind the scenes, so that the first one does not wait a second for it.

        What is there by then, the index above all, stays: it is not looked through again and again for garbage.
        """
        gc.collect()
        gc.freeze()
        Thread(target=self._load, name="preparing", daemon=True).start()

    def _load(self) -> None:
        # What cannot be loaded is told to whoever needs it.
        with suppress(DatelineError):
            _ = self.known

    @cached_property
    def extents(self) -> Extents:
        """How far the divisions of the project's gazetteer reach, as the map draws them."""
        return Extents(load_gazetteer(self.project.coder_settings.gazetteer))

    @cached_property
    def linker(self) -> Linker:
        """What links the project after decisions; the application starts and stops it."""
        return Linker(self.project, self.index)

    @cached_property
    def agreements(self) -> Agreements:
        """How far the project's coders agree, remembered until there are other codings."""
        return Agreements(self.project)
