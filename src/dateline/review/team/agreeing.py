"""How far the coders of a project agree, worked out from its codings and remembered until there are others."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from dateline.errors import ReviewError
from dateline.evaluate.agreement import Agreement, By, Coded, agreement
from dateline.evaluate.agreement.agree import BATCH, Shared, unite
from dateline.evaluate.compare import LEVEL, RESAMPLES, SEED
from dateline.export.words import reviewed
from dateline.model import Coding
from dateline.store.project import Project
from dateline.store.review.team.coded import Among, Version, read, versions

_REMEMBERED = 32


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: whose codings, by what over time, and how the intervals are drawn."""

    among: Among = "blind"
    by: By = "month"
    batch: int = BATCH
    resamples: int = RESAMPLES
    level: float = LEVEL
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Answer:
    """How far coders agree. ``unfinished`` codings of people were passed over, for rows in them are undecided."""

    agreement: Agreement
    unfinished: int


class Agreements:
    """The agreement of a project's coders. What was worked out of a report stays until it is coded anew."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = Lock()
        self._shared: dict[tuple[tuple[int, str], ...], Shared] = {}
        self._finished: dict[int, bool] = {}
        self._answers: OrderedDict[tuple[Asked, tuple[Version, ...]], Answer] = OrderedDict()

    def of(self, asked: Asked) -> Answer:
        """How far coders agree. Raises :class:`ReviewError` for a level that is no share, or a batch of no report."""
        found = versions(self._project, asked.among)
        with self._lock:
            if (asked, found) not in self._answers:
                reports = list(self._reports(found))
                unfinished = sum(not self._finished[one.number] for one in found if not one.machine)
                try:
                    told = agreement(
                        reports,
                        by=asked.by,
                        batch=asked.batch,
                        resamples=asked.resamples,
                        level=asked.level,
                        seed=asked.seed,
                    )
                except ValueError as error:
                    raise ReviewError(str(error)) from error
                self._answers[asked, found] = Answer(told, unfinished)
            self._answers.move_to_end((asked, found))
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
            return self._answers[asked, found]

    def _reports(self, found: Sequence[Version]) -> Iterator[Shared]:
        """The reports of which two codings or more are finished, by when they were."""
        by_report: dict[int, list[Version]] = {}
        for one in found:
            by_report.setdefault(one.report, []).append(one)
        reports = [self._report(several) for several in by_report.values()]
        yield from sorted((one for one in reports if one is not None), key=lambda one: (one.made, one.report))

    def _report(self, several: Sequence[Version]) -> Shared | None:
        codings: dict[int, Coding] = {}
        lacking = [one.number for one in several if not one.machine and one.number not in self._finished]
        if lacking:
            codings |= self._read(lacking)
            self._finished |= {number: is_finished(codings[number]) for number in lacking}
        done = [one for one in several if one.machine or self._finished[one.number]]
        if len(done) < 2:
            return None
        # Of two who found nothing to change in the machine's coding both have its number.
        key = tuple((one.number, one.coder) for one in done)
        if key not in self._shared:
            codings |= self._read([number for number in dict(key) if number not in codings])
            self._shared[key] = unite(Coded(one.coder, one.made, codings[one.number]) for one in done)
        return self._shared[key]

    def _read(self, numbers: Sequence[int]) -> dict[int, Coding]:
        with self._project.database.reading() as db:
            return dict(read(db, numbers))


def is_finished(coding: Coding) -> bool:
    """Whether a person has decided on every event of their coding; what is only suggested need not be."""
    return all(reviewed(event) is not None for event in coding.events)
