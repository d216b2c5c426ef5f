"""Addresses as input: a page is kept and read, lists and tables name pages, hosts are asked politely."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests import quick_coder
from tests.bad_server import BadServer, Say, answer, page, redirect, serving
from tests.plugin_cases import Site
from typer.testing import CliRunner, Result

from dateline.cli.app import app
from dateline.intake import Failure, read_path
from dateline.intake.fetch import Fetcher, FetchError, Pace, Robots
from dateline.intake.links.following import Follower
from dateline.intake.paths import read_within
from dateline.intake.reader import Link, Source, digest
from dateline.intake.records.addresses import ADDRESSES
from dateline.intake.registry import readers
from dateline.intake.retrieval import Retrieval
from dateline.model import Report
from dateline.store import Project

WORDS = "Police detained four women in Lima on Monday, the mayor of the city said on the radio. " * 4


@pytest.fixture
def server() -> Iterator[BadServer]:
    with serving({"/a": page(WORDS), "/b": page("Nurses marched in Lyon. " * 9), "/moved": redirect("/a")}) as server:
        yield server


@pytest.fixture
def fetch() -> Iterator[Fetcher]:
    with Fetcher(allowed=["127.0.0.1"]) as fetch:
        yield fetch


Kept = list[tuple[bytes, Retrieval | None]]


def read(path: str | Path, fetch: Fetcher | None, kept: Kept | None = None, **more: Any) -> list[Report | Failure]:
    found = read_path(path, fetch=fetch, keep=None if kept is None else lambda *one: kept.append(one), **more)
    return list(found)


def ids(found: list[Report | Failure]) -> list[str]:
    return [item.id if isinstance(item, Report) else item.error for item in found]


def test_a_page_is_kept_with_how_it_was_got_and_then_read(server: BadServer, fetch: Fetcher) -> None:
    kept: Kept = []
    [report] = read(server.url("/moved#top"), fetch, kept)
    assert isinstance(report, Report)
    assert (report.id, report.url) == (server.url("/moved#top"), server.url("/a"))
    [(data, how)] = kept
    assert how is not None and how.hops[0].url == server.url("/moved") and how.status == 200
    assert report.sha256 == digest(data) and report.retrieved == how.time


def test_what_the_caller_says_goes_first(server: BadServer, fetch: Fetcher) -> None:
    [report] = read(server.url("/a"), fetch, publisher="The Valley Post", published="2024-02-05", id="mine")
    assert isinstance(report, Report)
    assert (report.id, report.publisher, report.published) == ("mine", "The Valley Post", "2024-02-05")


def test_what_no_reader_knows_is_kept_with_the_reason(server: BadServer, fetch: Fetcher) -> None:
    server.pages["/picture"] = answer(b"\x89PNG\r\n\x1a\n" + bytes(99), content_type="text/html")
    kept: Kept = []
    [failure] = read(server.url("/picture"), fetch, kept)
    assert isinstance(failure, Failure) and "looks like an image" in failure.error and failure.retrieved
    assert len(kept) == 1


def test_the_reader_is_told_by_bytes_then_by_media_type_then_by_name(server: BadServer, fetch: Fetcher) -> None:
    html = page(WORDS)(b"")[0].partition(b"\r\n\r\n")[2]  # type: ignore[index]
    record = b'{"id": "r1", "text": "Two were hurt."}'
    cases: dict[str, tuple[bytes, str, str]] = {
        "/story.txt": (html, "text/html", "{url}"),
        "/story.pdf": (html, "application/octet-stream", "{url}"),
        "/view.php": (b"Two were hurt in Lima on Monday.", "text/plain; charset=utf-8", "{url}"),
        "/rows": (record, "text/plain", "r1"),
        "/list.csv": (b"id,text\nc1,Two were hurt.\n", "text/plain", "c1"),
        "/table": (b"a title\nid,text\nc2,Two were hurt.\n", "text/csv", "c2"),
    }
    for path, (data, media, expected) in cases.items():
        server.pages[path] = answer(data, content_type=media)
        assert ids(read(server.url(path), fetch)) == [expected.format(url=server.url(path))], path


def test_the_encoding_is_the_one_that_the_server_names(server: BadServer, fetch: Fetcher) -> None:
    words = "Полиция задержала четырёх человек в Лиме в понедельник. "
    server.pages["/koi"] = answer(words.encode("koi8-r"), content_type='text/plain; charset="KOI8-R"')
    [report] = read(server.url("/koi"), fetch)
    assert isinstance(report, Report) and report.text == words


def test_failures_cost_themselves_and_keep_no_evidence(server: BadServer, fetch: Fetcher, tmp_path: Path) -> None:
    names = [server.url("/none"), server.url("/a"), "http://10.0.0.1/x", "http://me:secret@127.0.0.1/", "no address"]
    (tmp_path / "pages.urls").write_text("\n".join(names), encoding="utf-8")
    kept: Kept = []
    found = read(tmp_path / "pages.urls", fetch, kept)
    none, report, private, credentials, wrong = found
    assert isinstance(report, Report) and report.id == names[1]
    assert [len(kept), kept[1][1] and kept[1][1].status] == [2, 200]
    for failure, words in ((none, "answers 404"), (private, "a private address"), (credentials, "a password")):
        assert isinstance(failure, Failure) and words in failure.error and not failure.retrieved
    assert "secret" not in str(credentials)
    assert isinstance(wrong, Failure) and wrong.line == 5


def test_an_address_that_is_named_twice_is_asked_for_once(
    server: BadServer, fetch: Fetcher, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "pages.txt"
    path.write_text(f"{server.url('/a')}\n\n# again\n{server.url('/a#end')}\n", encoding="utf-8")
    assert ids(read(path, fetch)) == [server.url("/a")]
    assert server.asked == ["/a"] and "was asked for already" in caplog.text


# What names addresses


def links(data: bytes) -> list[Any]:
    return list(ADDRESSES.read(Source.of(data)))


def test_lists_and_shortcuts_name_addresses() -> None:
    one = [Link("https://a.example/1")]
    assert links(b"\xef\xbb\xbf# of Monday\r\n\r\n  https://a.example/1 \r\n") == one
    assert links(b"[InternetShortcut]\r\nIDList=\r\nURL=https://a.example/1\r\n") == one
    for form in (plistlib.FMT_XML, plistlib.FMT_BINARY):
        data = plistlib.dumps({"URL": "https://a.example/1"}, fmt=form)
        assert ADDRESSES.sniff(data) and links(data) == one
    bad = [b"[InternetShortcut]\nURL=file:///etc/passwd", b"bplist00" + b"\xff" * 40]
    bad += [plistlib.dumps({"URL": 1}), plistlib.dumps([{"URL": "https://a.example/"}])]
    bomb = b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaa">]><plist><dict><key>URL</key>&a;</dict></plist>'
    for data in (*bad, bomb, b"# nothing\n", b"bplist00" + bytes(70_000)):
        with pytest.raises(Exception, match=r"the (shortcut|list)"):
            links(data)


def test_a_text_is_a_list_only_where_each_line_is_an_address() -> None:
    known = readers()
    for head, reader in (
        (b"https://a.example/1\nhttps://a.example/2\n", "addresses"),
        (b"# a remark\nhttps://a.example/1", "addresses"),
        (b"https://a.example/1\nNurses marched in Lima.\n", "text"),
        (b"https://a.example/1 says that nurses marched.\n", "text"),
        (b"# a heading alone\n", "text"),
        (b"https://a.example/" + b"x\nhttps://a.example/" * 500, "addresses"),
    ):
        assert known.choose("given.txt", head[:8192]) == reader, head[:60]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_nothing_breaks_the_reader_of_lists(data: bytes) -> None:
    ADDRESSES.sniff(data)
    for found in _tried(data):
        assert isinstance(found, Link | Failure)


def _tried(data: bytes) -> Iterator[object]:
    from dateline.errors import IntakeError

    try:
        yield from ADDRESSES.read(Source.of(data))
    except IntakeError as error:
        assert error.mend


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx"])
def test_a_table_of_addresses_names_pages_and_says_what_it_knows_of_them(
    ending: str, server: BadServer, fetch: Fetcher, tmp_path: Path
) -> None:
    server.pages["/plain"] = answer(b"Two were hurt in Lima.", content_type="text/plain")
    rows = [
        ["Pages of the week", "", "", ""],
        ["Link", "Headline", "Date", "Outlet"],
        [server.url("/plain"), "Two hurt", "2024-02-05", "Sample Post"],
        [server.url("/a"), "Other words", "nonsense", ""],
        ["", "", "", ""],
        ["nowhere", "A title", "", ""],
    ]
    path = tmp_path / f"pages.{ending}"
    if ending == "xlsx":
        book = Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(path)
    else:
        separator = ";" if ending == "csv" else "\t"
        path.write_text("\n".join(map(separator.join, rows)), encoding="utf-8")
    plain, told, wrong = read(path, fetch)
    assert isinstance(plain, Report) and isinstance(told, Report)
    assert (plain.title, plain.published, plain.publisher) == ("Two hurt", "2024-02-05", "Sample Post")
    assert (told.title, told.published) == ("Told", None)
    assert isinstance(wrong, Failure) and wrong.line == 6 and "'nowhere', which is no address" in wrong.error


def test_what_was_fetched_may_name_more_but_not_for_ever(server: BadServer, fetch: Fetcher) -> None:
    for n in range(5):
        server.pages[f"/{n}"] = answer(f"{server.url(f'/{n + 1}')}\n{server.url('/a')}".encode())
    found = read(server.url("/0"), fetch)
    assert ids(found) == [*["it is named 3 steps from what was given"] * 2, server.url("/a")]
    assert server.asked == ["/0", "/robots.txt", "/1", "/2", "/a"]


def test_what_a_host_does_not_let_programs_ask_for_is_left_where_no_person_named_it(
    server: BadServer, fetch: Fetcher
) -> None:
    server.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /a\n")
    server.pages["/list"] = answer(f"{server.url('/a')}\n{server.url('/b')}".encode())
    found = read(server.url("/list"), fetch)
    assert "(robots.txt)" in ids(found)[0] and ids(found)[1] == server.url("/b")
    assert ids(read(server.url("/a"), fetch)) == [server.url("/a")]


def test_what_a_file_holds_of_a_report_is_read_where_its_address_is_not_asked_for(
    server: BadServer, fetch: Fetcher
) -> None:
    def held() -> Iterator[Report]:
        yield Report("held", "Two were hurt.")

    links = [Link(server.url("/a"), held=held), Link(server.url("/none"), held=held), Link(server.url("/b"))]

    def source(raw: IO[bytes], path: str, name: str | None) -> Source:
        return Source(raw, path, name, inner=read_within)

    def followed(fetch: Fetcher | None) -> list[str]:
        follower = Follower(fetch, source, lambda given, _: read_within(given))
        return ids(list(follower.follow(links)))

    assert followed(None) == ["held", "held", "this is an address, and nothing is fetched here"]
    # What is asked for and not there is read from the file too, so that no report is lost.
    assert followed(fetch) == [server.url("/a"), "held", server.url("/b")]


# Manners


def test_robots_are_asked_once_a_day_and_what_cannot_be_had_forbids() -> None:
    now = [0.0]
    rules = b"User-agent: dateline\nCrawl-delay: 7\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n"
    pages: dict[str, Say] = {"/robots.txt": answer(rules)}
    with serving(pages) as server, Fetcher(allowed=["127.0.0.1"]) as fetch:
        robots = Robots(fetch, clock=lambda: now[0])
        assert robots.allows(server.url("/a?b#c")) and not robots.allows(server.url("/private/a"))
        assert robots.delay(server.url("/")) == 7 and server.asked == ["/robots.txt"]
        now[0] = 25 * 3600.0
        for said, is_allowed in (
            (answer(b"", "404 Not Found"), True),
            (answer(b"", "500 Oops"), False),
            (answer(b"", "429 Slow Down"), False),
            (answer(b"\xef\xbb\xbfUser-agent: *\nDisallow: /a\n" + b"#" * 600_000), False),
            (answer(b"<!doctype html><p>not here"), True),
            (redirect("/elsewhere"), True),
        ):
            pages["/robots.txt"] = said
            now[0] += 25 * 3600
            assert robots.allows(server.url("/a")) is is_allowed
    with pytest.raises(FetchError):
        robots.allows("ftp://a.example/")


def test_one_host_is_asked_at_its_pace_and_others_do_not_wait() -> None:
    now, slept = [100.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(2, clock=lambda: now[0], sleep=sleep)
    assert [pace.wait("a"), pace.wait("b"), pace.wait("a"), pace.wait("a", 5)] == [0, 0, 2, 2]
    assert pace.wait("a") == 5 and slept == [2, 2, 5]
    pace.hold("c", 30)
    assert pace.wait("c") == 30


def test_a_fetcher_keeps_the_pace_and_does_not_count_the_waiting(server: BadServer) -> None:
    slept: list[float] = []
    with Fetcher(allowed=["127.0.0.1"], pace=Pace(60, sleep=slept.append)) as fetch:
        fetch.get(server.url("/a"))
        fetch.get(server.url("/moved"))
    assert len(slept) == 1 and slept[0] > 59 and server.asked == ["/a", "/moved", "/a"]


# The command line


@pytest.fixture
def quick(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick_coder.install(site)
    monkeypatch.chdir(tmp_path)


def run(*words: object, code: int = 0, **more: Any) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words], **more)
    assert result.exit_code == code, result.output
    return result


@pytest.mark.usefixtures("quick")
def test_an_address_is_coded_from_the_command_line(server: BadServer) -> None:
    coding = ("code", "--coder", "quick", "-f", "jsonl")
    told = run(*coding, server.url("/a"), code=2).stderr
    assert "is a loopback address" in told and "--allow-host 127.0.0.1" in told and not server.requests
    allowed = ("--allow-host", f"127.0.0.1:{server.port}", "--contact", "desk@paper.example")
    assert server.url("/a") in run(*coding, server.url("/a"), *allowed).stdout
    assert b"(+desk@paper.example)" in server.requests[0]
    told = run(*coding, server.url("/a"), server.url("/none"), *allowed, code=1).stderr
    assert "/none: the server answers 404 Not Found" in told
    piped = run(*coding, "-", *allowed, input=server.url("/b"))
    assert server.url("/b") in piped.stdout
    assert "nothing is fetched here" in run(*coding, server.url("/a"), "--offline", code=2).stderr
    assert "is no host" in run(*coding, server.url("/a"), "--allow-host", "10.0.0.0/8", code=2).stderr


@pytest.mark.usefixtures("quick")
def test_addresses_are_added_to_a_project_with_their_evidence(server: BadServer) -> None:
    run("init", "port")
    Path("pages.txt").write_text(f"{server.url('/none')}\n{server.url('/a')}\n{server.url('/b')}\n", encoding="utf-8")
    add = ("add", "pages.txt", "-p", "port", "--allow-host", "127.0.0.1", "--limit", "bytes=100000")
    # Two pages of one host are asked for a second apart.
    told = run(*add, code=1).stderr
    assert "Added 2 reports." in told and "/none: the server answers 404" in told
    with Project.open("port") as project:
        state = project.state()
        # The list, and the two pages; what was not there is no fault of the list.
        assert (state.evidence, state.refused, state.reports) == (3, 0, 2)
        assert not list(project.verify())
