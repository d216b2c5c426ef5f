"""Files that lie in other files: each is read by the reader for its form, with evidence and a retrieval of its own."""

from __future__ import annotations

from dateline.intake import Failure
from dateline.intake.paths import read_within
from dateline.intake.reader import DEEPEST, Source, digest
from dateline.intake.retrieval import Retrieval
from dateline.model import Report

RECORD = b'{"id": "1", "text": "Police detained four women in Lima on Monday."}'
HOW = Retrieval("taken out of a box", url="https://example.org/1", time="2024-02-06T10:00:00+00:00")


def source(**more: object) -> tuple[Source, list[tuple[bytes, Retrieval | None]]]:
    kept: list[tuple[bytes, Retrieval | None]] = []
    made = Source.of(b"", path="box", id="box")
    made.keep = lambda data, how: kept.append((data, how))
    made.inner = read_within
    for name, value in more.items():
        setattr(made, name, value)
    return made, kept


def test_a_file_in_a_file_has_its_own_evidence_and_retrieval() -> None:
    outer, kept = source()
    [found] = outer.within(RECORD, name="page.jsonl", id=None, retrieval=HOW)
    assert isinstance(found, Report)
    assert (found.id, found.sha256) == ("1", digest(RECORD))
    assert kept == [(RECORD, HOW)]


def test_what_the_caller_says_goes_before_what_the_outer_file_says() -> None:
    outer, _ = source(meta={"publisher": "The Valley Post", "published": None})
    [found] = outer.within(
        RECORD, name="1", id=None, publisher="Another", published="2024-02-06", media="application/json"
    )
    assert isinstance(found, Report)
    assert (found.publisher, found.published) == ("The Valley Post", "2024-02-06")


def test_a_media_type_tells_the_form_where_the_name_does_not() -> None:
    outer, _ = source()
    [found] = outer.within(
        b"Police detained four women in Lima.", name="17", id="17", media="Text/Plain; charset=utf-8"
    )
    assert isinstance(found, Report)
    assert found.text == "Police detained four women in Lima."


def test_files_lie_in_one_another_only_so_deep() -> None:
    outer, kept = source(depth=DEEPEST)
    [found] = outer.within(RECORD, name="page.jsonl", id=None)
    assert isinstance(found, Failure)
    assert found.path == "box!page.jsonl"
    assert "inside one another" in found.error
    assert not kept


def test_a_file_over_the_limit_is_refused_before_it_is_kept() -> None:
    outer, kept = source()
    [found] = outer.within(b"x" * (outer.limits.bytes + 1), name="a.txt", id=None)
    assert isinstance(found, Failure)
    assert not kept


def test_a_page_in_an_archive_that_was_fetched_has_its_own_address_and_time() -> None:
    outer, _ = source(meta={"url": "https://example.org/box", "retrieved": "2024-03-01"}, retrieval=HOW)
    [own] = outer.within(RECORD, name="page.jsonl", id=None, url="https://example.org/1", retrieved="2024-02-06")
    [bare] = outer.within(RECORD, name="page.jsonl", id=None)
    assert isinstance(own, Report) and isinstance(bare, Report)
    assert (own.url, own.retrieved) == ("https://example.org/1", "2024-02-06")
    assert (bare.url, bare.retrieved) == (None, "2024-03-01")
