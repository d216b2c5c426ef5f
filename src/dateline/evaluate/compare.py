"""Two coders compared: a pure function from codings to figures and errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from dateline.evaluate.intervals import Tally, scores
from dateline.evaluate.model import (
    FIELDS,
    Comparison,
    Confusion,
    Error,
    Field,
    FieldScore,
    Kind,
    LeftOutReport,
    Score,
    Settings,
    Spans,
    TypeScore,
)
from dateline.evaluate.outcomes import Compared, Outcome, compare_report
from dateline.evaluate.values import Side
from dateline.export.safe import one_line
from dateline.export.statement import number
from dateline.export.words import quoted
from dateline.model import Coding, EventMention

RESAMPLES = 1000
LEVEL = 0.95
SEED = 1
FEW_REPORTS = 20
_LONGEST_TRIGGER = 40
_OF_REPORTS = frozenset[Field](("source", "cue", "content"))
_Pair = tuple[str | None, str | None]


def compare(
    gold: Sequence[Coding],
    other: Sequence[Coding],
    *,
    fields: Collection[Field] | None = None,
    types: Collection[str] = (),
    spans: Spans = "overlap",
    resamples: int = RESAMPLES,
    level: float = LEVEL,
    seed: int = SEED,
) -> Comparison:
    """Compare the codings of one coder with those that are taken to be right, report by report.

    Reports are matched by id, and the two codings of one must hold the same text: those that do not are left out by
    name. A report that only ``gold`` has counts as one in which nothing was coded; one that only ``other`` has is not
    compared. :mod:`dateline.evaluate.pair` tells which events are taken to be one.

    ``fields`` are those to compare (None: all). ``types`` are those that the gold covers: events of other types are
    passed over unless they stand for one of these (empty: all). ``spans="exact"`` wants words to be the same words,
    ``"overlap"`` is content where they overlap. Intervals hold ``level`` of ``resamples`` draws of the reports; 0
    resamples gives none. Raises :class:`ValueError` where a coder has two codings of one report, or for a level that
    is no share.
    """
    if not 0 < level < 1:
        raise ValueError(f"the level of the intervals must lie between 0 and 1, not at {level}; write 0.95 for 95%")
    wanted = tuple(f for f in FIELDS if fields is None or f in fields)
    covered = frozenset(t.casefold() for t in types)
    ours, theirs = _by_report("gold", gold), _by_report("coding", other)
    reports: list[tuple[str, Compared]] = []
    left_out: list[LeftOutReport] = []
    absent = []
    for name, left in ours.items():
        right = theirs.get(name)
        if right is None:
            absent.append(name)
            right = Coding(left.report, left.coder)
        if left.report.text != right.report.text:
            left_out.append(LeftOutReport(name, "its text is not the same in the two codings: offsets would mislead"))
            continue
        compared = compare_report(Side(left, spans), Side(right, spans), frozenset(wanted), covered)
        reports.append((name, compared))

    pairs = [(_name(a), _name(b)) for _, compared in reports for a, b in compared.pairs]
    spelling = _spellings(pairs)
    figures = _figures(reports, wanted, spelling, resamples, level, seed)
    unknown = [t for t in sorted(types) if t.casefold() not in spelling]
    return Comparison(
        gold_coders=_coders(gold),
        coders=_coders(other),
        reports=len(reports),
        gold_events=sum(a is not None for a, _ in pairs),
        coded_events=sum(b is not None for _, b in pairs),
        fields=figures[0],
        types=figures[1],
        confusion=_confusion(pairs, spelling),
        errors=tuple(_errors(reports)),
        left_out=tuple(left_out),
        notes=tuple(_notes(len(reports), resamples, absent, [n for n in theirs if n not in ours], pairs, unknown)),
        settings=Settings(wanted, tuple(sorted(types)), spans, resamples, level, seed),
    )


def _coders(codings: Iterable[Coding]) -> tuple[str, ...]:
    """Who coded: name, version and model; a person has neither of the latter."""
    told = {(c.coder.name, c.coder.version, c.coder.model) for c in codings}
    return tuple(
        sorted(
            one_line(f"{name} {version}".strip() + (f", {model}" if model else ""), 120)
            for name, version, model in told
        )
    )


def _by_report(what: str, codings: Sequence[Coding]) -> dict[str, Coding]:
    found = {coding.report.id: coding for coding in codings}
    if len(found) < len(codings):
        twice = [name for name, n in Counter(c.report.id for c in codings).items() if n > 1]
        raise ValueError(
            f"the {what} has two codings of report {one_line(twice[0], 80)!r}; compare one coder at a time, and give "
            "each report its own id"
        )
    return found


def _figures(
    reports: Sequence[tuple[str, Compared]],
    wanted: tuple[Field, ...],
    spelling: dict[str, str],
    resamples: int,
    level: float,
    seed: int,
) -> tuple[tuple[FieldScore, ...], tuple[TypeScore, ...]]:
    """The scores of the fields and types; all are resampled together."""
    types = sorted(set(spelling.values()))
    tallies = [[*_field_tallies(c.outcomes, wanted), *_type_tallies(c, types, spelling)] for _, c in reports]
    found = scores(tallies, resamples=resamples, level=level, seed=seed)
    if not found:
        found = [scores([[(0, 0, 0)]], resamples=0, level=level, seed=seed)[0]] * (2 * len(wanted))
    rows = tuple(
        FieldScore(field, found[2 * n], None if field in _OF_REPORTS | {"event"} else found[2 * n + 1])
        for n, field in enumerate(wanted)
    )
    per_type: list[Score] = found[2 * len(wanted) :]
    return rows, tuple(TypeScore(name, score) for name, score in zip(types, per_type, strict=True))


def _field_tallies(outcomes: Iterable[Outcome], wanted: tuple[Field, ...]) -> list[Tally]:
    """For each field its tally over all events, and over the events that both coders have."""
    counted: Counter[tuple[Field, bool, str]] = Counter()
    for outcome in outcomes:
        for found in {False, outcome.found}:
            counted[outcome.field, found, "gold"] += outcome.gold is not None
            counted[outcome.field, found, "coded"] += outcome.coded is not None
            counted[outcome.field, found, "right"] += outcome.right
    return [
        (counted[field, found, "gold"], counted[field, found, "coded"], counted[field, found, "right"])
        for field in wanted
        for found in (False, True)
    ]


def _type_tallies(compared: Compared, types: Sequence[str], spelling: dict[str, str]) -> list[Tally]:
    counted: Counter[tuple[str, str]] = Counter()
    for a, b in compared.pairs:
        left, right = (spelling[e.type.casefold()] if e else None for e in (a, b))
        counted.update((name, what) for name, what in ((left, "gold"), (right, "coded")) if name)
        if left and left == right:
            counted[left, "right"] += 1
    return [(counted[t, "gold"], counted[t, "coded"], counted[t, "right"]) for t in types]


def _name(event: object) -> str | None:
    name: str | None = getattr(event, "type", None)
    return name


def _spellings(pairs: Iterable[_Pair]) -> dict[str, str]:
    """One spelling of each type: "protest" and "PROTEST" are one."""
    spellings: dict[str, str] = {}
    for name in sorted({name for pair in pairs for name in pair if name is not None}):
        spellings.setdefault(name.casefold(), name)
    return spellings


def _confusion(pairs: Iterable[_Pair], spelling: dict[str, str]) -> tuple[Confusion, ...]:
    counted = Counter(tuple(name and spelling[name.casefold()] for name in pair) for pair in pairs)
    # What nobody else has stands last: a missed event after the confusions of its type, the added ones at the end.
    ranked = sorted(counted.items(), key=lambda c: [(name is None, name or "") for name in c[0]])
    return tuple(Confusion(gold, coded, n) for (gold, coded), n in ranked)


def _errors(reports: Iterable[tuple[str, Compared]]) -> Iterable[Error]:
    """Every difference, but for what follows from another: the values of an event that one coder alone has."""
    for name, compared in reports:
        for o in compared.outcomes:
            if o.right or (not o.found and o.field not in _OF_REPORTS | {"event"}):
                continue
            kind: Kind = "wrong" if o.gold and o.coded else "missed" if o.gold else "added"
            yield Error(name, o.field, kind, o.gold, o.coded, _event(o.event), o.gold_event, o.coded_event, o.why())


def _event(event: EventMention | None) -> str | None:
    """An event's type with its trigger, where that is not a whole sentence."""
    if event is None:
        return None
    words = f" {quoted(event.trigger.quote)}" if len(event.trigger.quote) <= _LONGEST_TRIGGER else ""
    return one_line(event.type, 80) + words


def _notes(
    reports: int,
    resamples: int,
    absent: Sequence[str],
    extra: Sequence[str],
    pairs: Sequence[_Pair],
    unknown: Sequence[str],
) -> Iterable[str]:
    if unknown:
        yield f"No event has the type {_first(unknown)}: check how the type is written."
    if absent:
        yield f"Of the gold, {_some(absent)} not in the coding: counted as reports in which nothing was coded."
    if extra:
        yield f"Of the coding, {_some(extra)} not in the gold: not compared."
    if reports < FEW_REPORTS and resamples:
        yield f"With fewer than {FEW_REPORTS} reports the intervals are rough: code more before you rely on them."
    left, right = ({p[k] for p in pairs if p[k] is not None} for k in (0, 1))
    if left and right and not {str(t).casefold() for t in left} & {str(t).casefold() for t in right}:
        yield (
            f"No type of the gold ({_first(left)}) is a type of the coding ({_first(right)}): "
            "say which of the coding's types is meant with --rename OLD=NEW."
        )


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(one_line(name, 40) for name in names[:3])
    more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
    return f"{number(len(names), 'report')} ({shown}{more}) {'is' if len(names) == 1 else 'are'}"


def _first(types: Iterable[str | None]) -> str:
    return ", ".join(one_line(str(t), 40) for t in sorted(map(str, types))[:5])
