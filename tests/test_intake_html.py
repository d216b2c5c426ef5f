"""Pages, files and folders to reports, and the bounded process that parses. The pages were written for these tests."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.timing import LINEAR, ratio

from dateline.intake import Failure, IntakeError, Limits, read_html, read_path
from dateline.intake.bounded.measure import MAX_DEPTH
from dateline.intake.bounded.worker import WORKER, Worker
from dateline.intake.html.page import MAX_ATTRIBUTES, Page, parse_html, parse_page
from dateline.intake.limits import DEFAULT
from dateline.intake.registry import readers
from dateline.model import CODED_BLOCKS, Report

FIRST = "Police dispersed a crowd of about two hundred people in front of the town hall of Graz on Monday."
SECOND = "“Two of them were hurt,” a nurse at the city's hospital said, and four more had been taken away by officers."
THIRD = "The mayor's office said that the march had not been announced and that it would look into what happened."

PAGE = f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <title>Crowd dispersed in Graz - The Valley Post</title>
  <meta property="og:title" content="Crowd dispersed in Graz">
  <meta property="og:site_name" content="The Valley Post">
  <meta property="article:published_time" content="2024-02-06T08:00:00+01:00">
  <meta name="author" content="Anna Berg">
  <link rel="canonical" href="https://post.example.org/graz">
</head>
<body>
  <nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
  <div class="share-bar"><a href="#">Share</a> <a href="#">Tweet</a></div>
  <article>
    <h1>Crowd dispersed in Graz</h1>
    <figure><img src="a.jpg" alt="x"><figcaption>Officers at the hall on Monday. Photo: K. Stein</figcaption></figure>
    <p>{FIRST}</p>
    <p>{SECOND}</p>
    <h2>What the mayor said</h2>
    <p>{THIRD}</p>
    <ul><li>Four people were arrested near the bridge, the police said.</li><li>Two were let go on Tuesday.</li></ul>
    <p><a href="/other">Read also: Two held after a march in another town of the valley</a></p>
    <p>(Reporting by Anna Berg; Editing by K. Stein)</p>
    <p class="wp-caption-text">The square after the march, as it was seen from the bridge.</p>
    <div style="display: none"><p>Thanks for signing up to the paper's daily letter.</p></div>
  </article>
  <div class="tags">Tags: <a href="#">police</a>, <a href="#">Graz</a></div>
  <footer><p>Copyright 2024 The Valley Post. All rights reserved.</p></footer>
</body>
</html>"""


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def coded(parsed: Page) -> list[str]:
    return [words for kind, words in parsed.parts if kind in CODED_BLOCKS]


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


# The parser


def test_a_page_gives_its_article_and_metadata() -> None:
    parsed = parse_html(PAGE)
    assert (parsed.title, parsed.published, parsed.publisher) == (
        "Crowd dispersed in Graz",
        "2024-02-06T08:00:00+01:00",
        "The Valley Post",
    )
    assert (parsed.author, parsed.language, parsed.url) == ("Anna Berg", "en", "https://post.example.org/graz")
    assert [(kind, words) for kind, words in parsed.parts if kind != "debris"] == [
        ("paragraph", FIRST),
        ("paragraph", SECOND),
        ("heading", "What the mayor said"),
        ("paragraph", THIRD),
        ("list", "Four people were arrested near the bridge, the police said."),
        ("list", "Two were let go on Tuesday."),
    ]


def test_no_publication_date_is_made_up() -> None:
    body = f"<article><p>{FIRST}</p><p>The treaty of 2012-03-04 was signed on 4 May 1998, {SECOND}</p></article>"
    assert parse_html(page(body + "<footer>© 2020 The Valley Post</footer>")).published is None


def test_an_article_torn_by_advertisements_comes_together() -> None:
    more = f"<p>{FIRST} {SECOND} {THIRD}</p><p>{THIRD} {FIRST}</p>"
    piece = '<div class="grid"><div class="article__body">{}</div><div class="ad">Buy now</div></div>'
    last = "At night the square lay empty, and the hall's doors stayed shut until the next morning, said a guard."
    parsed = parse_html(page("<main>" + piece.format(more) * 2 + piece.format(f"{more}<p>{last}</p>") + "</main>"))
    assert last in coded(parsed)


def test_a_bare_body_keeps_its_list() -> None:
    items = "".join(f"<li>{day} March, Lima: Choirs sang in the square.</li>" for day in range(3, 6))
    first, last = (f"<p>{words} of the week, as the choirs sent them in.</p>" for words in ("Reports", "The end"))
    parsed = parse_html(f"<html><body>{first}<ul>{items}</ul>{last}</body></html>")
    assert [kind for kind, _ in parsed.parts] == ["paragraph", "list", "list", "list", "paragraph"]


def test_a_table_that_lays_out_the_page_is_read_as_prose() -> None:
    parsed = parse_html(page(f"<table><tr><td>{FIRST} {SECOND}</td></tr><tr><td>{THIRD} {FIRST}</td></tr></table>"))
    assert coded(parsed) == [f"{FIRST} {SECOND}", f"{THIRD} {FIRST}"]


def test_a_table_of_incidents_is_read_as_items_that_open_with_the_day_and_the_town() -> None:
    rows = "".join(
        f"<tr><td>{day} March</td><td>{town}</td><td>Police arrested {n} women at a march.</td></tr>"
        for n, (day, town) in enumerate(((4, "Lima"), (5, "Cusco"), (6, "Puno")), 2)
    )
    head = "<tr><th>Day</th><th>Town</th><th>What happened</th></tr>"
    parsed = parse_html(page(f"<article><p>{FIRST}</p><p>{SECOND}</p><table>{head}{rows}</table></article>"))
    assert ("table", "Day\tTown\tWhat happened") in parsed.parts
    assert [words for kind, words in parsed.parts if kind == "list"] == [
        "4 March, Lima: Police arrested 2 women at a march.",
        "5 March, Cusco: Police arrested 3 women at a march.",
        "6 March, Puno: Police arrested 4 women at a march.",
    ]


def test_a_table_of_figures_is_kept_as_a_table() -> None:
    table = "<table><tr><th>Town</th><th>Arrests</th></tr><tr><td>Graz</td><td>4</td></tr></table>"
    parsed = parse_html(page(f"<article><p>{FIRST}</p><p>{SECOND}</p>{table}<p>{THIRD}</p></article>"))
    assert ("table", "Town\tArrests\nGraz\t4") in parsed.parts


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("", "no article text"),
        ("<html></html>", "no article text"),
        (page("<img src=x>", "<title>T</title>"), "no article text"),
        (page("<table><tr><td>1</td><td>2</td></tr><tr><td>Graz</td><td>3</td></tr></table>"), "tables and no article"),
        (page("<div>" * 10_000 + FIRST), r"10,002 deep and is read down to 250"),
        (
            page(f"<div {' '.join(f'data-{n}=1' for n in range(80_000))}><p>{FIRST}</p></div>"),
            "more than 1,000 attributes",
        ),
        (page("<b></b>" * 2_000 + f"<p>{FIRST}</p>"), r"limit of 1,000 nodes; .*nodes=N"),
    ],
    ids=["empty", "bare", "no text", "tables", "deep", "attributes", "nodes"],
)
def test_pages_that_give_no_report(html: str, message: str) -> None:
    with pytest.raises(IntakeError, match=message):
        parse_html(html, Limits(nodes=1_000) if "nodes" in message else DEFAULT)


def test_nesting_within_the_bound_loses_nothing() -> None:
    deep = MAX_DEPTH - 10
    assert coded(parse_html(page("<div>" * deep + f"<p>{FIRST}</p><p>{SECOND}</p>" + "</div>" * deep))) == [
        FIRST,
        SECOND,
    ]


def test_a_huge_attribute_costs_no_words() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * 11_000_000}'>"
    assert coded(parse_html(page(f"{picture}<p>{FIRST}</p><p>{SECOND}</p>"))) == [FIRST, SECOND]


def test_attributes_within_the_bound_are_read() -> None:
    tag = " ".join(f"data-{n}='> {n}'" for n in range(MAX_ATTRIBUTES))
    assert coded(parse_html(page(f"<div {tag}><p>{FIRST}</p><p>{SECOND}</p></div>"))) == [FIRST, SECOND]


MANY = {
    "links": "<a href='/x'>Police arrested</a> a man in Graz. ",
    "spans": "<span>Police <i>arrested</i></span> a man in Graz. ",
    "misnested tags": "<b><i>Police arrested</b></i> a man in Graz. ",
}


@pytest.mark.parametrize("inline", MANY.values(), ids=MANY)
def test_a_paragraph_of_many_inline_elements_is_read_in_linear_time(inline: str) -> None:
    def read(times: int) -> Callable[[], Page]:
        html = page(f"<p>{inline * times}</p><p>{FIRST}</p>")
        return lambda: parse_html(html)

    assert coded(read(600)()) == [" ".join(["Police arrested a man in Graz."] * 600), FIRST]
    assert ratio(read(2_500), read(10_000)) < LINEAR


def test_lines_of_a_paragraph_of_many_inline_elements_stay_apart() -> None:
    parts = coded(parse_html(page(f"<p>{'<i>Police</i> arrested <b>a man</b> in Graz.<br>' * 600}</p>")))
    assert parts == ["Police arrested a man in Graz."] * 600


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(
                [
                    "<p>",
                    "</p>",
                    "<table>",
                    "<td>",
                    "<ul><li>",
                    "<script>",
                    "<!--",
                    "]]>",
                    "&#0;",
                    "\0",
                    "\ud800",
                    "<a href=x>",
                    FIRST,
                    "</div>",
                    "<svg>",
                    "<html",
                    "<?xml ",
                ]
            ),
            max_size=20,
        ).map("".join),
    )
)
@settings(max_examples=60)
def test_any_page_is_parsed_or_refused(html: str) -> None:
    try:
        parsed = parse_html(html)
    except IntakeError as error:
        assert error.mend
    else:
        assert coded(parsed)
        assert parsed == parse_html(html)


# The bounded process


def test_a_report_from_a_page() -> None:
    data = PAGE.encode()
    report = read_html(data)
    assert report.sha256 == hashlib.sha256(data).hexdigest()
    assert report.id == report.sha256[:16]
    assert (report.title, report.publisher, report.language) == ("Crowd dispersed in Graz", "The Valley Post", "en")
    words = [report.text[block.start : block.end] for block in report.blocks]
    assert report.text == "\n\n".join(words)
    assert words[:2] == [FIRST, SECOND]
    given = read_html(data, id="1", url="u", publisher="P", published="2020", title="T", author="A", language="fr")
    assert (given.id, given.url, given.publisher, given.published) == ("1", "u", "P", "2020")
    assert (given.title, given.author, given.language) == ("T", "A", "fr")


def test_the_process_is_kept_and_ended(worker: Worker) -> None:
    first = worker.parse("page", PAGE.encode(), DEFAULT, url=None, apart=False)
    process = worker._process
    assert process is not None
    assert worker.parse("page", PAGE.encode(), DEFAULT, url=None, apart=False) == first
    assert first == json.loads(json.dumps(parse_page(PAGE.encode(), DEFAULT, {"url": None, "apart": False})))
    with pytest.raises(IntakeError, match="no article text"):
        worker.parse("page", b"<html></html>", DEFAULT, url=None, apart=False)
    assert worker._process is process
    worker.close()
    assert process.poll() is not None
    assert worker.parse("page", PAGE.encode(), DEFAULT, url=None, apart=False) == first


def test_a_process_that_broke_costs_one_page(worker: Worker) -> None:
    worker.parse("page", PAGE.encode(), DEFAULT, url=None, apart=False)
    assert worker._process is not None
    worker._process.kill()
    worker._process.wait()
    assert (
        worker.parse("page", PAGE.encode(), DEFAULT, url=None, apart=False)["pages"][0]["title"]
        == "Crowd dispersed in Graz"
    )


@pytest.mark.parametrize("nth", ["first", "second"])
def test_a_page_over_its_seconds_is_given_up_be_it_the_first_of_its_process_or_not(worker: Worker, nth: str) -> None:
    if nth == "second":
        worker.parse("page", PAGE.encode(), DEFAULT, url=None, apart=False)
    slow = page("<p>" + "<b>word</b> " * 150_000 + "</p>")
    with pytest.raises(IntakeError, match=r"more than 0\.05 seconds; .*seconds=N"):
        worker.parse("page", slow.encode(), Limits(seconds=0.05), url=None, apart=False)
    assert (
        worker.parse("page", PAGE.encode(), DEFAULT, url=None, apart=False)["pages"][0]["title"]
        == "Crowd dispersed in Graz"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded where the system can")
def test_a_page_over_its_memory_is_given_up(worker: Worker) -> None:
    big = page(f"<p>{FIRST * 15_000}</p>" * 12)
    with pytest.raises(IntakeError, match=r"memory=N"):
        worker.parse("page", big.encode(), Limits(memory=200_000_000), url=None, apart=False)
    assert (
        worker.parse("page", PAGE.encode(), DEFAULT, url=None, apart=False)["pages"][0]["title"]
        == "Crowd dispersed in Graz"
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_nothing_outlives_the_parent() -> None:
    code = (
        "from dateline.intake.bounded.worker import WORKER\nfrom dateline.intake.limits import DEFAULT\n"
        f"WORKER.parse('page', {PAGE.encode()!r}, DEFAULT, url=None, apart=False)\nprint(WORKER._process.pid)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


def test_starting_is_light() -> None:
    code = "import sys, dateline.intake; print(sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("lxml", "trafilatura", "py3langid", "numpy", "charset_normalizer", "spacy", "pydantic"):
        assert repr(heavy) not in done.stdout


# Files and folders


def outcomes(path: Path | str, **options: Any) -> list[Report | Failure]:
    return list(read_path(path, **options))


def test_a_folder_in_order_with_each_form(tmp_path: Path) -> None:
    record = b'{"id": "%s", "text": "Two were hurt in Graz."}\n'
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.jsonl").write_bytes(record % b"b1" + b"oops\n" + record % b"b2")
    (tmp_path / "c.JSONL.gz").write_bytes(gzip.compress(record % b"c1"))
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "e.txt.gz").write_bytes(gzip.compress(FIRST.encode()))
    (tmp_path / "d" / "f.json").write_bytes(b"[" + record % b"f1" + b"," + record % b"f2" + b", 3]")
    (tmp_path / "d" / "g.json").write_bytes(record % b"g1")
    (tmp_path / "d" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / ".hidden.txt").write_text("no")
    told = [o.id if isinstance(o, Report) else o.error for o in outcomes(tmp_path)]
    assert told == [
        "a.html",
        "b1",
        "not JSON at column 1 (Expecting value)",
        "b2",
        "c1",
        "d/e.txt.gz",
        "f1",
        "f2",
        "record 3: the record is a number, not an object",
        "g1",
    ]


def test_meta_goes_before_a_page_and_after_a_record(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"id": "1", "text": "Two were hurt.", "publisher": "Own"}')
    first, second = outcomes(tmp_path, publisher="Given", published="2020-01-02")
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.publisher, second.publisher) == ("Given", "Own")
    assert (first.published, second.published) == ("2020-01-02", "2020-01-02")
    with pytest.raises(IntakeError, match="February 2020 has"):
        outcomes(tmp_path, published="2020-02-31")


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.html", b" \n", "the file is empty"),
        ("a.jsonl", b"", "the file is empty"),
        ("a.txt", b"BZh91AY", "this looks like an archive"),
        ("a.html", b"\x89PNG\r\n\x1a\n", "this looks like an image"),
        ("a", b"PK\x03\x04", "an office document"),
        ("a.dat", bytes(range(256)) * 8, "this looks like a binary file"),
        ("a.txt", "Two were hurt".encode("utf-16-le"), "this looks like a binary file"),
        ("a.txt", b"Two were hurt in the town\0 of Graz.", "NUL at character 25"),
        ("a.txt", b"word " * 300, "limit of 1,000 bytes"),
        ("a.txt.gz", gzip.compress(b"word " * 300, mtime=0), "limit of 1,000 bytes"),
        ("a.jsonl.gz", gzip.compress(b"x" * 5000, mtime=0), "limit of 1,000 bytes"),
        ("a.txt.gz", gzip.compress(b"word " * 30, mtime=0)[:24], "gzip data are damaged"),
        ("a.txt.gz", b"\x1f\x8b\x08" + b"x" * 40, "gzip data are damaged"),
        ("a.json", b"[]", "an empty list"),
        ("a.json", b'{"id": 1', "not JSON"),
    ],
)
def test_files_that_give_no_report(tmp_path: Path, name: str, data: bytes, error: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (failure,) = outcomes(path, limits=Limits(bytes=1_000))
    assert isinstance(failure, Failure)
    assert error in failure.error
    assert failure.mend
    assert failure.path == str(path)


def test_a_huge_line_costs_little(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
        file.write(b"Two were hurt. " * 600)
    (failure,) = outcomes(path)
    assert "limit of 20,000,000 bytes" in str(failure)
    lines = tmp_path / "big.jsonl"
    lines.write_bytes(b'{"id": "1", "text": "' + b"a" * 3_000 + b'"}\n{"id": "2", "text": "Two were hurt."}')
    over, after = outcomes(lines, limits=Limits(bytes=1_000))
    assert isinstance(over, Failure)
    assert (over.line, isinstance(after, Report)) == (1, True)


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    assert "no such file" in str(outcomes(tmp_path / "missing.txt")[0])
    assert "holds no report" in str(outcomes(tmp_path)[0])
    evil = tmp_path / "a\n\x1b[31mred.txt"
    assert str(outcomes(evil)[0]).isprintable()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "no ordinary file" in str(outcomes(tmp_path)[0])


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, names in [
        (b'{"id": "1", "text": "Two hurt."}\n{"id": "2", "text": "Three hurt."}', ["1", "2"]),
        (FIRST.encode(), [hashlib.sha256(FIRST.encode()).hexdigest()[:16]]),
        (gzip.compress(b'{"id": "3", "text": "Two hurt."}'), ["3"]),
    ]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert [o.id for o in outcomes("-") if isinstance(o, Report)] == names
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert str(outcomes("-")[0]).startswith("standard input: the file is empty")


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b"Two were hurt.", "text"),
        (b"\xef\xbb\xbfTwo were hurt.", "text"),
        (b"\n <!DOCTYPE html><html>", "html"),
        (b"\xef\xbb\xbf<html>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><html>', "html"),
        (b"<x><html>", "html"),
        (b'{"id": 1}\n{"id": 2}', "jsonl"),
        (b'{\n  "id": 1}', "json"),
        (b'[{"id": 1}]', "json"),
        (b"[TEXT] TWO WERE HURT", "text"),
        (b"{sic} Two were hurt", "text"),
        (b"<3 Two were hurt", "text"),
    ],
)
def test_forms_are_told_from_the_beginning(head: bytes, form: str) -> None:
    assert readers().choose(None, head) == form


def test_the_shared_worker_is_one() -> None:
    read_html(PAGE.encode())
    assert WORKER._process is not None
