"""Evidence leaves a project as WARC and WACZ that other tools read, the same bytes for the same evidence."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store_cases import NOON, told
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from dateline.cli.app import app
from dateline.export.archive.wacz import sorted_address
from dateline.intake.registry import readers
from dateline.intake.retrieval import Hop, Retrieval
from dateline.store import Project
from dateline.store.door.likeness import Added
from dateline.store.proof.pieces import held
from dateline.store.proof.retrievals import put_retrieval

PAGE = f"<html><title>March</title><p>{told(4, 'Arden')}</p></html>".encode()
URL = "https://www.example.org/port?b=2&a=1"
FETCHED = Retrieval(
    "GET by dateline",
    url="http://example.org/old",
    final=URL,
    time="2024-05-04T12:00:00+02:00",
    status=200,
    hops=(Hop("http://example.org/old", 301),),
    headers=(("content-type", "text/html; charset=utf-8"), ("content-encoding", "gzip"), ("content-length", "7")),
    address="192.0.2.7",
    within="/home/somebody/private/feeds.opml",
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with a page that was fetched and a text that was given as a file."""
    (tmp_path / "somebody.txt").write_text(told(17, "Brook", "Teachers marched"), encoding="utf-8")
    (tmp_path / "page.html").write_bytes(PAGE)
    with Project.create(tmp_path / "p", clock=lambda: NOON) as made:
        for name in ("somebody.txt", "page.html"):
            list(made.add(tmp_path / name))
        with made.database.writing() as db:
            put_retrieval(db, hashlib.sha256(PAGE).hexdigest(), FETCHED, NOON)
        yield made


def export(project: Project, name: str, *more: str) -> bytes:
    output = project.folder.parent / name
    done = CliRunner().invoke(
        app, ["evidence", "export", "-o", str(output), "-p", str(project.folder), *more], catch_exceptions=False
    )
    assert done.exit_code == 0, done.stderr
    return output.read_bytes()


def test_records_hold_what_was_kept_and_check_out(project: Project, tmp_path: Path) -> None:
    data = export(project, "all.warc.gz")
    found = {}
    for record in ArchiveIterator(io.BytesIO(data)):
        found[record.rec_type] = (record.rec_headers, record.http_headers, record.content_stream().read())
    assert sorted(found) == ["metadata", "resource", "response", "warcinfo"]
    named, http, body = found["response"]
    assert body == PAGE
    assert named["WARC-Target-URI"] == URL
    assert (named["WARC-Date"], named["WARC-IP-Address"]) == ("2024-05-04T10:00:00Z", "192.0.2.7")
    assert http.get_statuscode() == "200"
    assert http.get_header("content-encoding") is None and http.get_header("x-archive-orig-content-encoding") == "gzip"
    assert http.get_header("content-length") == str(len(PAGE))
    told_of = found["metadata"][2].decode()
    assert "hop: 301 http://example.org/old" in told_of and "within: feeds.opml" in told_of
    named, _, body = found["resource"]
    assert body.decode() == told(17, "Brook", "Teachers marched")
    assert named["WARC-Target-URI"].startswith("ni:///sha-256;") and named["Content-Type"] == "text/plain"
    checker = Checker(type("Options", (), {"inputs": [str(tmp_path / "all.warc.gz")], "verbose": False})())
    checker.process_all()
    assert checker.exit_value == 0


def test_no_name_of_a_file_or_folder_of_ours_leaves(project: Project) -> None:
    data = export(project, "all.wacz")
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        everything = b"".join(zipped.read(name) for name in zipped.namelist() if not name.endswith(".gz"))
        records = b"".join(
            record.rec_headers.to_bytes() + record.content_stream().read()
            for record in ArchiveIterator(io.BytesIO(zipped.read("archive/data.warc.gz")))
        )
    for private in (b"somebody", b"private", str(project.folder.parent).encode()):
        assert private not in everything + records


def test_a_wacz_file_has_all_that_the_specification_asks_for(project: Project) -> None:
    data = export(project, "all.wacz")
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        package = json.loads(zipped.read("datapackage.json"))
        assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
        assert package["created"] == "2024-06-01T12:00:00Z"
        listed = {resource["path"]: resource for resource in package["resources"]}
        assert set(listed) == set(zipped.namelist()) - {"datapackage.json", "datapackage-digest.json"}
        for path, resource in listed.items():
            held = zipped.read(path)
            assert resource["bytes"] == len(held)
            assert resource["hash"] == f"sha256:{hashlib.sha256(held).hexdigest()}"
        digest = json.loads(zipped.read("datapackage-digest.json"))
        assert digest["hash"] == f"sha256:{hashlib.sha256(zipped.read('datapackage.json')).hexdigest()}"
        assert zipped.getinfo("archive/data.warc.gz").compress_type == zipfile.ZIP_STORED
        head, *pages = map(json.loads, zipped.read("pages/pages.jsonl").decode().splitlines())
        assert head["format"] == "json-pages-1.0"
        assert {page["url"]: page["ts"] for page in pages}[URL] == "2024-05-04T10:00:00Z"
        index = zipped.read("indexes/index.cdx").decode().splitlines()
        assert index == sorted(index) and len(index) == len(pages) == 2
        records = zipped.read("archive/data.warc.gz")
    for line in index:
        _, time, about = line.split(" ", 2)
        entry = json.loads(about)
        part = records[int(entry["offset"]) : int(entry["offset"]) + int(entry["length"])]
        [record] = ArchiveIterator(io.BytesIO(part))
        assert record.rec_headers["WARC-Target-URI"] == entry["url"] and len(time) == 14


@pytest.mark.skipif(not (os.environ.get("WACZ") or shutil.which("wacz")), reason="needs py-wacz (WACZ=its program)")
def test_py_wacz_finds_it_valid(project: Project, tmp_path: Path) -> None:
    export(project, "all.wacz")
    program = os.environ.get("WACZ") or "wacz"
    command = [program, "validate", "-f", str(tmp_path / "all.wacz")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "the passed WACZ is valid" in done.stdout, done.stdout + done.stderr


def test_the_same_evidence_gives_the_same_bytes_and_one_report_its_own(project: Project) -> None:
    assert export(project, "a.wacz") == export(project, "b.wacz")
    one = export(project, "one.warc.gz", "--report", "page.html")
    kinds = [record.rec_type for record in ArchiveIterator(io.BytesIO(one))]
    assert kinds == ["warcinfo", "response", "metadata"]


def test_evidence_that_changed_is_not_handed_over(project: Project, tmp_path: Path) -> None:
    path = project.evidence.path(hashlib.sha256(PAGE).hexdigest())
    path.chmod(0o644)
    path.write_bytes(PAGE.replace(b"March", b"Parch"))
    output = tmp_path / "x.wacz"
    done = CliRunner().invoke(app, ["evidence", "export", "-o", str(output), "-p", str(project.folder)])
    assert done.exit_code == 2 and "not as it was kept" in done.stderr
    assert not output.exists() and not list(tmp_path.glob("*.partial"))


def test_show_tells_how_a_report_came(project: Project) -> None:
    run = CliRunner().invoke
    shown = run(app, ["evidence", "show", "page.html", "-p", str(project.folder)]).stdout
    assert f"evidence   {hashlib.sha256(PAGE).hexdigest()}" in shown
    assert "retrieved  GET by dateline at 2024-05-04T12:00:00+02:00" in shown
    assert "  from     http://example.org/old (301)\n  from     https://www.example.org/port?b=2&a=1 (200)" in shown
    begins = hashlib.sha256(PAGE).hexdigest()[:8]
    assert run(app, ["evidence", "show", begins, "-p", str(project.folder)]).stdout == shown
    listed = run(app, ["evidence", "list", "-p", str(project.folder)]).stdout.splitlines()
    assert sorted(line.rpartition("  ")[2] for line in listed) == ["page.html", "somebody.txt"]
    missing = run(app, ["evidence", "show", "nothing", "-p", str(project.folder)])
    assert missing.exit_code == 2 and "neither a report nor evidence 'nothing'" in missing.stderr


def test_diff_shows_the_paragraphs_that_changed(tmp_path: Path) -> None:
    more = "The harbour master said that the cranes had stood still since the early morning."
    texts = (
        f"{told(4, 'Arden')}\n\n{more}\n\nTwo people were hurt at the gate of the port.\n\nBuses stopped.",
        f"{told(4, 'Arden')}\n\n{more}\n\nThree people were hurt at the gate of the port.\n\nThe gate was opened.",
    )
    with Project.create(tmp_path / "p", clock=lambda: NOON) as project:
        for n, text in enumerate(texts):
            path = tmp_path / "r.jsonl"
            path.write_text(json.dumps({"id": f"r{n}", "text": text, "url": "https://example.org/r"}), encoding="utf-8")
            list(project.add(path))
    shown = CliRunner().invoke(app, ["evidence", "diff", "r1", "-p", str(tmp_path / "p")], catch_exceptions=False)
    assert shown.stdout.splitlines() == [
        "from r0 to r1",
        "- Two people were hurt at the gate of the port.",
        "+ Three people were hurt at the gate of the port.",
        "- Buses stopped.",
        "+ The gate was opened.",
    ]
    first = CliRunner().invoke(app, ["evidence", "diff", "r0", "-p", str(tmp_path / "p")])
    assert first.exit_code == 2 and "no version before 'r0'" in first.stderr


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.org/A?b=2&a=1", "org,example)/a?a=1&b=2"),
        ("http://example.org:8080", "org,example:8080)/"),
        ("ni:///sha-256;abc", "ni:///sha-256;abc"),
    ],
)
def test_an_index_sorts_addresses_from_the_top_down(url: str, key: str) -> None:
    assert sorted_address(url) == key


@pytest.mark.skipif(".wacz" not in readers().endings, reason="needs a reader of web archives")
@pytest.mark.parametrize("file", ["all.wacz", "all.warc.gz"])
def test_what_was_handed_over_is_the_same_in_another_project(project: Project, tmp_path: Path, file: str) -> None:
    export(project, file)
    with Project.create(tmp_path / "other", clock=lambda: NOON) as other:
        added = [outcome for outcome in other.add(tmp_path / file) if isinstance(outcome, Added)]
        assert len(added) == 2 and all(one.new for one in added)
        with other.database.reading() as db, project.database.reading() as ours:
            assert {piece.sha256 for piece in held(db)} >= {piece.sha256 for piece in held(ours)}
            [page] = held(db, [hashlib.sha256(PAGE).hexdigest()])
        assert [(how.answered, how.status) for how in page.retrievals] == [(URL, 200)]
    again = [outcome for outcome in project.add(tmp_path / file) if isinstance(outcome, Added)]
    assert [one.like and one.like.how for one in again] == ["the same bytes", "the same bytes"]
