"""Dateline's own parts keep the rules that a plugin's must, and a broken one is told by the name of the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc
from sqlalchemy import insert
from tests.archive_cases import page, record, saved, wacz, zipped
from tests.documents import docx, pdf
from tests.documents import page as printed
from tests.feed_cases import OPML, RSS, SITEMAP
from tests.fuzz_seeds import seeds
from tests.workbooks import workbook

from dateline.coder.machine import MachineCoder
from dateline.conformance import RULES, check_coder, check_language, check_reader, check_shelf
from dateline.engine import coders
from dateline.errors import UnknownLanguageError
from dateline.intake.failure import Failure
from dateline.intake.reader import Source
from dateline.intake.registry import readers
from dateline.intake.text import read_text
from dateline.lang.base import languages, load_language
from dateline.lang.clause import Clause
from dateline.link.memory import MemoryShelf
from dateline.link.model import Decision, Edge, Mention, Outline, told_of
from dateline.link.shelf import Shelf
from dateline.model import CoderInfo, Coding, EventMention, Report, Span
from dateline.settings import CoderSettings
from dateline.store.database import Database
from dateline.store.shelf import DatabaseShelf
from dateline.store.tables import codings, evidence, reports

NOON = "2024-06-01T12:00:00+00:00"
INFO = CoderInfo("hand", "1", "none 1")
FILES = {
    "addresses": b"# of Monday\nhttps://news.example/1\nhttps://news.example/2\n",
    "feed": RSS.encode(),
    "opml": OPML.encode(),
    "sitemap": SITEMAP.encode(),
    "html": b"<html><head><title>A march</title></head><body><article><p>Workers marched through Lyon on Monday, "
    b"police said. Two people were hurt near the bridge, a nurse told reporters.</p></article></body></html>",
    "atlos": b"slug,project,inserted_at,description,status\nA1,Port,2024-02-06 08:00:00,Workers marched.,Completed\n",
    "auto-archiver": b"link,archive status,text content\nhttps://a.example/1,success,Workers marched.\n",
    "auto-archiver-json": b'{"status": "done", "metadata": {"url": "https://a.example/1", "content": "Men met."}}',
    "csv": b"id,text\n1,Workers marched.\n2,Two were hurt.\n",
    "json": b'[{"id": "1", "text": "Workers marched."}, {"id": "2", "text": "Two were hurt."}]',
    "jsonl": b'{"id": "1", "text": "Workers marched."}\n{"id": "2", "text": "Two were hurt."}\n',
    "mhtml": saved(page()),
    "mail": b"From: Sample Wire <wire@example.org>\nSubject: March\nDate: 6 Feb 2024 08:00:00 +0000\n\nMen marched.\n",
    "text": "Workers marched through Genève.\n\nTwo were hurt.".encode(),
    "wacz": wacz(record("https://example.org/1", page())),
    "warc": record("https://example.org/1", page()) + record("https://example.org/2", page("Brest")),
    "zip": zipped({"a.html": page(), "b/c.txt": b"Workers marched."}),
}


# What keeps the rules


@pytest.mark.model
def test_the_machine_keeps_the_rules_of_a_coder(coder: MachineCoder) -> None:
    assert list(coders()) == ["machine"]
    check_coder(lambda settings: coder)


@pytest.mark.parametrize("name", sorted(readers().by_name))
def test_the_readers_keep_the_rules(name: str) -> None:
    rows = [("id", "text"), (1, "Workers marched."), (2, "Two were hurt.")]
    made = {
        "docx": lambda: docx(lambda document: document.add_paragraph("Workers marched.")),
        "pdf": lambda: pdf(printed((72, 700, 11, "Workers marched through Lyon."))),
        "parquet": lambda: seeds("parquet")[0],
        "xlsx": lambda: workbook(rows),
    }
    check_reader(readers().by_name[name], made[name]() if name in made else FILES[name])


def test_the_shelf_in_memory_keeps_the_rules() -> None:
    check_shelf(lambda mentions: MemoryShelf())


def test_the_shelf_in_the_database_keeps_the_rules(tmp_path: Path) -> None:
    with ExitStack() as opened:

        def make(mentions: Sequence[Mention]) -> Shelf:
            database = Database.open(tmp_path / f"{len(list(tmp_path.iterdir()))}.sqlite", new=True)
            opened.callback(database.close)
            db = opened.enter_context(database.writing())
            rows = sorted({(mention.report, told_of(mention.id)[0]) for mention in mentions})
            numbers = {report: n for n, (report, turn) in enumerate(rows, 1) if turn == 1}
            common = {"sha256": "0", "bytes": 0, "origin": "", "added": NOON}
            db.execute(insert(evidence).values(common))
            own = {"sha256": "0", "fields": {}, "text": "", "added": NOON}
            for report, number in numbers.items():
                db.execute(insert(reports).values(number=number, id=report, part=number, **own))
            coded = {"coder": "c", "version": "1", "codebook": "p", "settings": "", "made": NOON, "form": b""}
            for report, turn in rows:
                db.execute(insert(codings).values(report=numbers[report], turn=turn, events=1, **coded))
            return DatabaseShelf(db, NOON)

        check_shelf(make)


# What breaks them


class Hand:
    """A coder that finds the word "marched", and may be told to go wrong."""

    info = INFO
    files = ()

    def __init__(self, wrong: Callable[[Coding], Any] = lambda coding: coding) -> None:
        self.wrong = wrong

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        for report in reports:
            at = report.text.find("marched")
            events = (EventMention("e1", "PROTEST", report.span(at, at + 7)),) if at >= 0 else ()
            yield self.wrong(Coding(report, INFO, events))


class Backwards(Hand):
    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        return reversed(list(super().code_many(reports)))


class Silent(Hand):
    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        return (coding for coding in super().code_many(reports) if coding.events)


class Forgetful(Hand):
    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        codings = list(super().code_many(reports))
        return iter([replace(c, events=()) if len(codings) > 1 else c for c in codings])


def refuses_nul(coding: Coding) -> Coding:
    if "\0" in coding.report.text:
        raise RuntimeError("what is that?")
    return coding


def elsewhere(coding: Coding) -> Coding:
    event = EventMention("e1", "PROTEST", Span(0, 7, "marched"))
    return replace(coding, events=(event,)) if coding.events else coding


def other_text(coding: Coding) -> Coding:
    return replace(coding, report=replace(coding.report, text=coding.report.text + " "))


def listed(coding: Coding) -> Coding:
    return replace(coding, events=list(coding.events))  # type: ignore[arg-type]


def bad_id(coding: Coding) -> Coding:
    return replace(coding, events=tuple(replace(event, id="e#1") for event in coding.events))


def signed(coding: Coding) -> Coding:
    return replace(coding, coder=replace(INFO, version="2"))


def test_a_coder_made_by_hand_keeps_the_rules() -> None:
    check_coder(lambda settings: Hand(), "Fishers marched.")


@pytest.mark.parametrize(
    ("coder", "told"),
    [
        (Backwards(), "coder-answers: .*coding of report"),
        (Silent(), "coder-answers: .* for 17 reports"),
        (Hand(other_text), "coder-answers: .*changed the text"),
        (Hand(signed), "coder-answers: .*signed"),
        (Hand(bad_id), "coder-answers: .*'e#1'"),
        (Hand(lambda coding: None), "coder-answers: .*NoneType"),
        (Hand(refuses_nul), r"coder-hostile: .*RuntimeError \(what is that\?\) for 'a NUL'"),
        (Hand(elsewhere), "coder-spans: "),
        (Hand(listed), "coder-form: "),
        (Forgetful(), "coder-same: "),
        (object(), "coder-made: .*info, files and code_many"),
    ],
)
def test_a_broken_coder_is_told_by_the_rule(coder: Any, told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        check_coder(lambda settings: coder)


def test_a_factory_that_breaks_is_told() -> None:
    def factory(settings: CoderSettings) -> Hand:
        raise KeyError("MODEL")

    with pytest.raises(AssertionError, match=r"coder-made: .*KeyError"):
        check_coder(factory)


class Lines:
    """A reader of one report a line, that may be told to go wrong."""

    form = "lines"
    endings: Any = (".lines",)

    def __init__(self, **wrong: Any) -> None:
        self.__dict__ |= wrong

    def sniff(self, head: bytes) -> bool:
        return head.startswith(b"%lines")

    def read(self, source: Source) -> Iterator[Report | Failure]:
        seen = 0
        for number, line in enumerate(source.data().split(b"\n")):
            try:
                text = line.decode()
                item = read_text(text, id=f"{source.id}-{number}")
            except ValueError:
                yield Failure(source.path, number, "no text", "write text")
                continue
            seen += 1
            yield self.given(item, seen)

    def given(self, report: Report, seen: int) -> Any:
        return report


GOOD = b"%lines\nWorkers marched.\nTwo were hurt."


def straight(source: Source) -> Iterator[Report | Failure]:
    yield read_text(source.stream.read().decode("latin-1").replace("\0", "") + "x")


def strict(source: Source) -> Iterator[Report | Failure]:
    yield read_text(source.data().decode(), id="1")


def test_a_reader_made_by_hand_keeps_the_rules() -> None:
    check_reader(Lines(), GOOD)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"endings": "lines"}, "reader-made: .*endings 'lines'"),
        ({"form": " "}, "reader-made: "),
        ({"sniff": lambda head: None}, "reader-sniff: .*None"),
        ({"sniff": lambda head: head[0] == 37}, "reader-sniff: .*IndexError.* for nothing"),
        ({"read": strict}, "reader-hostile: .*UnicodeDecodeError"),
        ({"read": straight}, "reader-evidence: "),
        ({"given": lambda report, seen: report.text}, "reader-hostile: .*str"),
        ({"given": lambda report, seen: replace(report, id="1")}, "reader-ids: "),
        ({"given": lambda report, seen: replace(report, text=report.text[:5])}, "reader-blocks: "),
        ({"given": lambda report, seen: Failure("", 1, "no", "no")}, "reader-reads: .*file 1"),
    ],
)
def test_a_broken_reader_is_told_by_the_rule(wrong: Mapping[str, Any], told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        check_reader(Lines(**wrong), GOOD)


def test_a_reader_that_is_none_is_told() -> None:
    with pytest.raises(AssertionError, match=r"reader-made: .*no form, endings, sniff, read"):
        check_reader(object(), GOOD)  # type: ignore[arg-type]


def test_a_reader_of_which_the_order_changes_is_told() -> None:
    seen: list[int] = []

    def given(report: Report, number: int) -> Report:
        seen.append(number)
        return replace(report, id=f"{len(seen)}")

    with pytest.raises(AssertionError, match="reader-order: "):
        check_reader(Lines(given=given), GOOD)


class Unsorted(MemoryShelf):
    def under(self, keys: Iterable[str], most: int) -> Mapping[str, Sequence[str]]:
        return {key: ids[::-1] for key, ids in super().under(keys, most).items()}


class NoPut(MemoryShelf):
    def put(self, mentions: Sequence[tuple[Mention, Sequence[str]]]) -> None:
        super().put(mentions[:1])


class Dated(MemoryShelf):
    def outlines(self, ids: Iterable[str]) -> Mapping[str, Outline]:
        return {id: replace(found, days=found.days or (0, 0)) for id, found in super().outlines(ids).items()}


class FirstScore(MemoryShelf):
    def put_edges(self, edges: Sequence[Edge]) -> None:
        super().put_edges(edges[::-1])


class OneWord(MemoryShelf):
    def decide(self, decision: Decision) -> None:
        self._decisions[:] = [decision]


class Crowd(MemoryShelf):
    def members(self, events: Iterable[str]) -> Mapping[str, Sequence[str]]:
        return dict.fromkeys(events, ()) | dict(super().members(events))


class Keeps(MemoryShelf):
    def withdraw(self, heirs: Mapping[str, str | None]) -> Mapping[str, str]:
        return {}


class Forgets(MemoryShelf):
    def withdraw(self, heirs: Mapping[str, str | None]) -> Mapping[str, str]:
        return super().withdraw(dict.fromkeys(heirs))


class Renames(MemoryShelf):
    def events(self, ids: Iterable[str]) -> Mapping[str, str]:
        return dict(list(super().events(ids).items())[:3])


@pytest.mark.parametrize(
    ("shelf", "rule"),
    [
        (NoPut, "shelf-put"),
        (Unsorted, "shelf-put"),
        (Dated, "shelf-outlines"),
        (FirstScore, "shelf-edges"),
        (OneWord, "shelf-decisions"),
        (Crowd, "shelf-events"),
        (Keeps, "shelf-withdraw"),
        (Forgets, "shelf-heirs"),
        (Renames, "shelf-linking"),
    ],
)
def test_a_broken_shelf_is_told_by_the_rule(shelf: type[MemoryShelf], rule: str) -> None:
    with pytest.raises(AssertionError, match=f"^{rule}: "):
        check_shelf(lambda mentions: shelf())


# Languages


@pytest.mark.model
def test_english_keeps_the_rules_of_a_language() -> None:
    assert list(languages()) == ["en"]
    check_language(load_language(), "Dockers who had marched on 3 May 2024 will not be arrested.")


class Toy:
    """English in name, with a pipeline that parses nothing, and what a test exchanges."""

    def __init__(self, **wrong: Any) -> None:
        self.__dict__ |= wrong

    def __getattr__(self, name: str) -> Any:
        return getattr(load_language(), name)


class Parsed:
    """A pipeline that hangs every word by one link."""

    def __init__(self, link: str) -> None:
        self.link = link

    def __call__(self, text: str) -> Doc:
        words = text.split() or ["-"]
        return Doc(BLANK, words, heads=[0] * len(words), deps=[self.link] * len(words))


BLANK = spacy.blank("en").vocab
CLAUSE = Clause(Doc(BLANK, ["a", "b"], heads=[0, 0], deps=["root", "object"])[0])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"code": "English"}, "language-made: .*'English'"),
        ({"lexicon": Path("nowhere")}, "language-lexicon: .*lacks"),
        ({"pipeline": lambda: BLANK["x"]}, "language-links: .*raised"),
        ({"pipeline": lambda: Parsed("dobj")}, "language-links: .*'dobj'"),
        ({"pipeline": lambda: Parsed("root"), "read_clause": lambda word: CLAUSE}, "language-clauses: "),
        ({"pipeline": lambda: Parsed("root"), "tense_reader": lambda doc: lambda a, b: "now"}, "language-tense: "),
        ({"pipeline": lambda: Parsed("root"), "date_phrases": lambda: ()}, "language-dates: "),
    ],
)
def test_a_broken_language_is_told_by_the_rule(wrong: Mapping[str, Any], told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        check_language(Toy(**wrong), "Dockers marched on Friday.")  # type: ignore[arg-type]


@pytest.mark.model
def test_a_report_in_another_language_is_kept_and_not_coded(coder: MachineCoder) -> None:
    toy = Toy(code="xx", name="Toyish")
    other = MachineCoder(coder.codebook, coder.gazetteer, coder.nlp, language=toy)  # type: ignore[arg-type]
    report = read_text("Dockers marched in Lyon on Friday.", language="en")
    (note,) = other.code(report).notes
    assert (note.code, note.message.split(";")[1]) == (
        "language-not-coded",
        " only Toyish is coded. Its text and evidence are kept.",
    )
    assert other.code(replace(report, language="xx")).events


def test_an_unknown_language_is_told_with_those_that_there_are() -> None:
    with pytest.raises(UnknownLanguageError, match="no language is named 'tlh'; there are en"):
        load_language("tlh")


def test_every_rule_is_asked_somewhere() -> None:
    folder = Path(check_coder.__code__.co_filename).parent
    asked = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.name != "rules.py")
    assert [rule for rule in RULES if rule not in asked] == []
