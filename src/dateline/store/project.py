"""A project: a folder with evidence, a database and settings, and the verbs that fill it.

Every verb can be stopped anywhere and started again: what was acknowledged is kept, and only the rest is done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from sqlalchemy import func, select

from dateline.errors import PolicyError, StoreError
from dateline.files.names import name_as_text
from dateline.files.read import ReadFile
from dateline.intake import Failure, Limits
from dateline.intake.limits import DEFAULT
from dateline.link.model import Answer, Changes, Decision
from dateline.model import CoderInfo, Coding, Report
from dateline.settings import CoderSettings
from dateline.store.database import Database
from dateline.store.databases.places import DATABASE, lack, open_place, place_of, server_at, settle
from dateline.store.databases.sqlite import File
from dateline.store.databases.statements import FLOWING
from dateline.store.door.likeness import Added
from dateline.store.door.versions import outdated
from dateline.store.kept import codings as coded
from dateline.store.kept import reports as kept
from dateline.store.kept.decisions import mentions_of, pairs, put_decision
from dateline.store.kept.events import Accounts, Fate, fate, named, number_standing, standing
from dateline.store.kept.evidence import EvidenceFolder, Flaw
from dateline.store.kept.heirs import Unheeded, unheeded
from dateline.store.kept.publishers import Publishers
from dateline.store.kept.settings import put_record
from dateline.store.settings import FILE, STARTER, KeptColumns, Settings
from dateline.store.tables import codings, decisions, events, evidence, links, mentions, reports
from dateline.store.verify import flaws

if TYPE_CHECKING:
    from dateline.intake.fetch import Fetcher
    from dateline.link.events.compare import Comparison
    from dateline.store.linking import Taken

# What reads files, links and compares is loaded by the verbs that do: the others are asked often, and answer at once.

EVIDENCE = "evidence"
PUBLISHERS = "publishers.csv"
PUBLISHERS_STARTER = "publisher,owner,interest\n"
BATCH = 32
"""Reports that are acknowledged together."""

T = TypeVar("T")
Clock = Callable[[], str]
Run = Callable[[Iterable[Report]], Iterator[Coding | Failure]]
"""Codes reports, in order; a report that cannot be coded comes as a failure."""


def utc_now() -> str:
    """The time as the tables keep it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class State:
    """How far a project is, in numbers."""

    evidence: int
    refused: int
    reports: int
    outdated: int
    """Older versions of reports of which a newer one is coded."""
    languages: tuple[tuple[str, int], ...]
    """How many reports are in each language, the most frequent first; in none where too little tells it."""
    coded: int
    codings: int
    mentions: int
    to_link: int
    events: int
    decisions: int
    unheeded: tuple[Unheeded, ...]
    """Decisions without effect: see :meth:`Project.unheeded`."""


class Project:
    """A project's folder, opened. Make one with :meth:`create` or :meth:`open`."""

    def __init__(self, folder: Path, database: Database, clock: Clock) -> None:
        self.folder = folder
        self.database = database
        self.evidence = EvidenceFolder(folder / EVIDENCE)
        self.now = clock

    @classmethod
    def create(cls, folder: Path | str, *, database: str | None = None, clock: Clock = utc_now) -> Self:
        """A new project, in a file of its folder or in the ``database`` of that address.

        Raises :class:`StoreError` where the folder or the database holds one already.
        """
        folder = Path(folder)
        if place_of(folder) is not None:
            raise StoreError(f"{folder} holds a project already; to see it, write: dateline status -p {folder}")
        folder.mkdir(parents=True, exist_ok=True)
        place = File(folder / DATABASE) if database is None else server_at(database, "--database")
        opened = Database.open(place, new=True)
        for name, text in ((FILE, STARTER), (PUBLISHERS, PUBLISHERS_STARTER)):
            if not (folder / name).exists():
                (folder / name).write_text(text, encoding="utf-8")
        if database is not None:
            settle(folder, opened, database)
        return cls(folder, opened, clock)

    @classmethod
    def open(cls, folder: Path | str, *, clock: Clock = utc_now) -> Self:
        """The project of a folder. Raises :class:`StoreError` where it holds none."""
        folder = Path(folder)
        place = place_of(folder)
        if place is None:
            raise StoreError(f"{folder} {lack(folder)}")
        return cls(folder, open_place(folder, place), clock)

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that it lives in, beside its evidence."""
        place = self.database.place
        own = (place.path,) if isinstance(place, File) else ()
        return (*own, self.folder / FILE, self.folder / self.settings.publishers)

    @property
    def settings(self) -> Settings:
        """What the project's TOML file says now."""
        return Settings.read(self.folder)

    def known_columns(self, cells: tuple[str, ...]) -> Mapping[str, str]:
        """Which columns of a table with these names give which field, as far as a person has said so."""
        return KeptColumns(self.folder, {}).of(cells)

    def add(
        self,
        path: str | Path,
        *,
        limits: Limits = DEFAULT,
        columns: Mapping[str, str] | None = None,
        publisher: str | None = None,
        published: str | None = None,
        fetch: Fetcher | None = None,
    ) -> Iterator[Added | Failure]:
        """Keep the evidence of a file, a folder or an address, then read it; the same bytes twice add nothing.

        Addresses, and what files name by theirs, are fetched where ``fetch`` is given. ``columns`` says which column of
        a table gives which field, and is kept for tables with the same columns.

        What is yielded says what each report is like that the project has: see :class:`Likeness`. Evidence from which
        no report can be read is kept too, with the reason. What was yielded is acknowledged.
        """
        from dateline.intake import read_path
        from dateline.store.door.adding import Door

        door = Door(self.evidence, name_as_text(path))
        known = KeptColumns(self.folder, columns or {})
        found = read_path(
            path,
            limits=limits,
            keep=door.keep,
            fetch=fetch,
            columns=known.of,
            publisher=publisher,
            published=published,
        )
        for batch in _batches(door.numbered(found), BATCH):
            with self.database.writing() as db:
                done = door.take(db, batch, self.now())
            yield from done

    @property
    def coder_settings(self) -> CoderSettings:
        """How the project codes, with the paths of its files."""
        return self.settings.coding.within(self.folder)

    def keep_settings(self, files: Iterable[ReadFile]) -> str:
        """Keep what this project's settings and the files that a coder read by them come to; its fingerprint.

        The list of actors is kept as it is now, so that what was coded by it can be explained when it has changed.
        """
        from dateline.store.kept.lists import put_authority

        settings = self.coder_settings
        record = settings.record(files, self.folder)
        with self.database.writing() as db:
            put_record(db, record)
            if settings.authority is not None:
                put_authority(db, settings.authority)
        return record.fingerprint

    def to_code(self, info: CoderInfo, settings: str) -> int:
        """How many reports this coder has not coded with these settings."""
        with self.database.reading() as db:
            return db.execute(
                select(func.count()).select_from(coded.without_coding(info, settings).subquery())
            ).scalar_one()

    def code(self, run: Run, info: CoderInfo, settings: str) -> Iterator[Coding | Failure]:
        """Code what this coder has not coded yet; what was yielded is acknowledged.

        What another process codes meanwhile is left to it: a report has one coding of a coder with its settings.
        """
        lacking = coded.without_coding(info, settings)
        with self.database.reading() as db:
            todo: list[int] = [row.number for row in db.execute(lacking)]
        given: deque[int] = deque()

        def waiting() -> Iterator[Report]:
            # A stream and no batches: whoever codes on several cores reads on while the last of a batch is coded.
            for numbers in _batches(todo, BATCH):
                with self.database.reading() as db:
                    among = lacking.where(reports.c.number.in_(numbers))
                    batch = list(kept.get_reports(db, [row.number for row in db.execute(among)]))
                for number, report in batch:
                    given.append(number)
                    yield report

        for outcomes in _batches(run(waiting()), BATCH):
            numbered = [(given.popleft(), outcome) for outcome in outcomes]
            among = lacking.where(reports.c.number.in_([number for number, _ in numbered]))
            with self.database.writing() as db:
                still = {row.number for row in db.execute(among)}
                done = [(number, outcome) for number, outcome in numbered if number in still]
                for number, outcome in done:
                    if isinstance(outcome, Coding):
                        coded.put_coding(db, number, outcome, settings, self.now())
            yield from (outcome for _, outcome in done)
        if given:
            raise ValueError(f"{len(given):,} reports were given to be coded and have no outcome")

    def codings(self) -> Iterator[Coding]:
        """The accepted coding of every report, in the order the reports were added."""
        query = coded.accepted().order_by(reports.c.number)
        with self.database.passing() as db, db.execute(query, execution_options=FLOWING) as rows:
            yield from map(coded.unpack, rows)

    def link(self, only: Iterable[int] | None = None) -> Iterator[Taken]:
        """Link the codings that were not taken up yet; what was yielded is acknowledged.

        ``only``: those of these reports, by their numbers; nothing else that may wait is looked for.
        """
        from dateline.link.pairs.score import Scorer
        from dateline.store import linking
        from dateline.store.copying import look_up, to_compare
        from dateline.store.shelf import Cache

        chosen = None if only is None else sorted(only)
        with self.database.reading() as db:
            copied = [row.number for row in db.execute(to_compare())] if chosen is None else chosen
        for numbers in _batches(copied, linking.BATCH):
            with self.database.writing() as db:
                look_up(db, numbers)
        with self.database.reading() as db:
            # Others may write while everything is looked through.
            is_unheeded = chosen is None and linking.is_unheeded(db)
        if is_unheeded:
            with self.database.writing() as db:
                heeded = linking.heed(db, self.now())
            yield from (linking.Taken(0, changes) for changes in heeded if changes != Changes())
        scorer, known = Scorer(), Cache()
        with self.database.reading() as db:
            last = coded.to_take() if chosen is None else coded.to_take().where(reports.c.number.in_(chosen))
            waiting = [row.number for row in db.execute(last)]
        for numbers in _batches(waiting, linking.BATCH):
            with self.database.writing() as db:
                done = linking.take(db, numbers, self.now(), scorer, known)
            yield done

    @property
    def publishers(self) -> Publishers:
        """The project's list of publishers as it is now."""
        return Publishers.read(self.folder / self.settings.publishers)

    def fate(self, event: str) -> Fate | None:
        """What became of an event: it stands, or it gave way to others; None where there is none of that id."""
        with self.database.reading() as db:
            return fate(db, event)

    def event_named(self, given: str) -> str:
        """The id of an event that is given by its beginning; any other id as it is. Raises :class:`SeveralError`."""
        with self.database.reading() as db:
            return named(db, given)

    def comparison(self, event: str) -> Comparison:
        """An event that stands, with its sources side by side. Raises :class:`StoreError` where it does not stand."""
        [found] = self._comparisons([event])
        return found

    def comparisons(self, since: str | None = None, most: int | None = None) -> Iterator[Comparison]:
        """The events that stand, by id.

        ``since``: those that a report of that day or later tells of; ``most``: so many, those told of last.
        """
        with self.database.reading() as db:
            ids = standing(db, since=since, most=most)
        yield from self._comparisons(ids)

    def standing(self, since: str | None = None) -> int:
        """How many events stand; ``since``: as in :meth:`comparisons`."""
        with self.database.reading() as db:
            return number_standing(db, since=since)

    def _comparisons(self, ids: Iterable[str]) -> Iterator[Comparison]:
        from dateline.link.events.aggregate import policies
        from dateline.link.events.compare import compare

        publishers, own = self.publishers, self.settings.policies
        try:
            policies(own)
        except PolicyError as error:
            raise PolicyError(f"{self.folder / FILE}: {error}") from None
        with self.database.reading() as db:
            for event, told in Accounts(db, publishers).of(ids):
                if not told:
                    raise StoreError(f"there is no event {event!r}; `dateline show` lists them")
                yield compare(event, told, own)

    def decide(self, first: str, second: str, answer: Answer, *, who: str, why: str = "") -> tuple[Decision, ...]:
        """A person's word on whether two events, or two mentions, are the same; kept before this returns.

        It outranks every score, and holds in codings to come as well: see :meth:`unheeded`. Raises :class:`StoreError`
        where one of them is neither an event that stands nor a mention in one.
        """
        # What is decided and what follows from it are kept together: a decision without effect would be a lie.
        with self.database.writing() as db:
            one, other = mentions_of(db, first), mentions_of(db, second)
            if set(one) & set(other):
                raise StoreError(
                    f"{first!r} and {second!r} are one already; to split an event, name two mentions of it"
                )
            now = self.now()
            made = tuple(Decision(a, b, answer, who, now, why) for a, b in pairs(one, other, answer))
            for decision in made:
                put_decision(db, decision)
            from dateline.store import linking

            linking.relink(db, now, (*one, *other))
        return made

    def unheeded(self) -> tuple[Unheeded, ...]:
        """Decisions that have no effect now, or will have none once the newest codings are linked, each with why."""
        with self.database.reading() as db:
            return unheeded(db)

    def state(self) -> State:
        """How far the project is."""
        with self.database.passing() as db:

            def number(query: object) -> int:
                return int(db.execute(select(func.count()).select_from(query)).scalar_one())  # type: ignore[arg-type]

            return State(
                evidence=number(evidence),
                refused=number(select(evidence).where(evidence.c.refused.is_not(None)).subquery()),
                reports=number(reports),
                outdated=number(outdated().subquery()),
                languages=kept.languages(db),
                coded=number(coded.accepted().subquery()),
                codings=number(codings),
                mentions=number(select(links.c.mention).join(mentions).subquery()),
                to_link=number(coded.to_take().subquery()),
                events=number(select(events).where(events.c.gone.is_(None)).subquery()),
                decisions=number(decisions),
                unheeded=unheeded(db),
            )

    def verify(self) -> Iterator[Flaw]:
        """What is not as it was kept: evidence or rows that are missing, or of which a bit has flipped."""
        yield from flaws(self.database, self.evidence)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
