"""Shards: cut so that nothing is lost, coded once, the same bytes from every engine, killed anywhere they go on."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet
from tests import archive_cases, quick_coder
from tests.plugin_cases import Site
from typer.testing import CliRunner, Result

from dateline.cli.app import app
from dateline.engine.shards import cluster, cutting
from dateline.engine.shards.manifest import Manifest, Written, read_manifest, write_manifest
from dateline.engine.shards.places import place_of
from dateline.engine.shards.reading import items
from dateline.engine.shards.running import check_outputs, joined_lines, run_shards, waiting
from dateline.engine.worker import usual_start
from dateline.errors import ManifestError, MissingPartError
from dateline.form import from_json, to_json
from dateline.intake import Failure, Limits, read_path
from dateline.model import CoderInfo, Coding, Report
from dateline.settings import CoderSettings

ON_LINUX = pytest.mark.skipif(usual_start() != "fork", reason="workers are forked on Linux alone")
STORY = "Police arrested {} men in Lyon on Monday."

MARKED = """
import os, signal, time
from pathlib import Path
from dateline.model import CoderInfo, Coding

class Marked:
    info, files = CoderInfo("marked", "1", "none 1"), ()

    def code_many(self, reports):
        folder = Path(os.environ["MARKED"])
        for report in reports:
            with (folder / "coded").open("a") as out:
                out.write(report.id + "\\n")
            if "deadly" in report.text or ("once" in report.text and not (folder / report.id).exists()):
                (folder / report.id).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(float(os.environ.get("QUICK_SECONDS", "0")))
            yield Coding(report, self.info)

def make(settings):
    return Marked()
"""
"""A coder that writes down which reports it is given, and that some reports kill: always, or the first time."""


class Plain:
    """A coder that codes nothing."""

    info = CoderInfo("plain", "1", "none 1")
    files = ()

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        for report in reports:
            yield Coding(report, self.info)


def made(path: Path | str, folder: Path, reports: int = 7, written: Written = "jsonl") -> Manifest:
    manifest = cutting.cut(
        [str(path)], str(folder), Plain(), CoderSettings(), Limits(), written=written, reports=reports
    )
    write_manifest(manifest)
    return manifest


def lines(path: Path, number: int = 25, words: dict[int, str] | None = None) -> Path:
    """JSON Lines of so many reports; those of ``words`` say something else."""
    given = words or {}
    records = [{"id": f"r{n}", "text": given.get(n, STORY.format(n))} for n in range(number)]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def inputs(folder: Path) -> dict[str, Path]:
    """Files of each form, more than a shard of each."""
    folder.mkdir()
    table = pyarrow.table({"id": [f"p{n}" for n in range(20)], "text": [STORY.format(n) for n in range(19)] + [None]})
    parquet.write_table(table, folder / "t.parquet", row_group_size=3)
    whole = lines(folder / "whole.jsonl")
    broken = folder / "broken.jsonl"
    broken.write_bytes(b"\xef\xbb\xbf" + whole.read_bytes().replace(b'{"id": "r9"', b"{bad", 1) + b"\n\n{more bad")
    pages = folder / "pages"
    (pages / "inner").mkdir(parents=True)
    for n in range(9):
        (pages / f"{n}.txt").write_text(STORY.format(n), encoding="utf-8")
        (pages / "inner" / f"{n}.html").write_text(f"<p>{STORY.format(n)}</p>", encoding="utf-8")
    lines(pages / "own.jsonl", 8)
    return {"lines": whole, "broken": broken, "groups": folder / "t.parquet", "pages": pages}


@pytest.mark.parametrize("form", ["lines", "broken", "groups", "pages"])
def test_what_the_shards_hold_is_what_the_whole_holds(tmp_path: Path, form: str) -> None:
    path = inputs(tmp_path / "in")[form]
    manifest = made(path, tmp_path / "out")
    assert read_manifest(str(tmp_path / "out")) == manifest
    whole = [_named(item) for item in read_path(path)]
    cut = [[_named(item) for item in items(shard, manifest)] for shard in manifest.shards]
    assert [item for shard in cut for item in shard] == whole
    assert len(cut) >= 3
    assert max(map(len, cut)) <= 9
    assert [shard.reports for shard in manifest.shards] == [len(shard) for shard in cut]


def _named(item: Report | Failure) -> Report | tuple[str, int | None]:
    """An item as it may be compared: a failure without the folder of its file."""
    return item if isinstance(item, Report) else (item.error, item.line)


def test_an_archive_of_the_web_is_a_shard(tmp_path: Path) -> None:
    folder = tmp_path / "crawl"
    folder.mkdir()
    for n in range(2):
        record = archive_cases.record(f"https://news.example/{n}", archive_cases.page())
        (folder / f"{n}.warc.gz").write_bytes(archive_cases.packed(record))
    manifest = made(folder, tmp_path / "out")
    assert [shard.reports for shard in manifest.shards] == [None, None]
    found = [item for shard in manifest.shards for item in items(shard, manifest)]
    assert found == list(read_path(folder))
    assert [item.id for item in found if isinstance(item, Report)] == [
        "https://news.example/0",
        "https://news.example/1",
    ]


@pytest.mark.parametrize("number", [1, 2])
def test_shards_joined_are_what_one_run_writes_and_done_ones_are_left(tmp_path: Path, number: int) -> None:
    path = lines(tmp_path / "in.jsonl", 40)
    manifest = made(path, tmp_path / "out")
    first, *rest = manifest.shards
    [marker] = run_shards(manifest, [first], Plain(), number)
    assert (marker.reports, marker.output) == (7, "000000.jsonl")
    with pytest.raises(ManifestError, match="5 shards are not done"):
        list(joined_lines(manifest))
    assert waiting(manifest, manifest.shards) == tuple(rest)
    assert [m.shard for m in run_shards(manifest, rest, Plain(), number)] == [1, 2, 3, 4, 5]
    whole = [to_json(Coding(item, Plain.info)) + "\n" for item in read_path(path) if isinstance(item, Report)]
    assert list(joined_lines(manifest)) == whole
    # A bit that has flipped, and an output that is gone, are found.
    flipped = tmp_path / "out" / "000002.jsonl"
    flipped.write_bytes(flipped.read_bytes().replace(b"Lyon", b"Lyom", 1))
    assert [fault.rpartition("/")[2] for fault in check_outputs(manifest)] == ["000002.jsonl is not as its marker says"]
    flipped.unlink()
    assert waiting(manifest, manifest.shards) == (manifest.shards[2],)


def test_parquet_holds_the_codings_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    path = lines(tmp_path / "in.jsonl", 20)
    kept = []
    for name, number in (("one", 1), ("two", 2)):
        manifest = made(path, tmp_path / name, written="parquet")
        assert sum(marker.reports for marker in run_shards(manifest, manifest.shards, Plain(), number)) == 20
        kept.append([(tmp_path / name / f"{n:06d}.parquet").read_bytes() for n in range(3)])
    assert kept[0] == kept[1]
    table = parquet.read_table(BytesIO(kept[0][2]))
    assert table.column_names == "id url publisher title published language sha256 events coding".split()
    assert [from_json(line).report.id for line in table["coding"].to_pylist()] == [f"r{n}" for n in range(14, 20)]
    with pytest.raises(ManifestError, match="written as Parquet"):
        list(joined_lines(manifest))


def test_a_manifest_is_for_its_input_and_its_coder(tmp_path: Path) -> None:
    path = lines(tmp_path / "in.jsonl")
    manifest = made(path, tmp_path / "out")
    assert made(path, tmp_path / "out") == manifest
    with pytest.raises(ManifestError, match="is there, of other reports or for another coder"):
        made(path, tmp_path / "out", reports=3)
    other = Plain()
    other.info = replace(Plain.info, version="2")
    with pytest.raises(ManifestError, match=r"for the coder plain 1 \(none 1\), and here is plain 2"):
        list(run_shards(manifest, manifest.shards, other, 1))
    path.write_bytes(path.read_bytes().replace(b"r20", b"r99"))
    with pytest.raises(ManifestError, match="is not as it was when the manifest was made"):
        list(run_shards(manifest, manifest.shards, Plain(), 1))
    assert [shard.number for shard in waiting(manifest, manifest.shards)] == [2, 3]
    path.unlink()
    with pytest.raises(ManifestError, match="cannot be read"):
        list(run_shards(manifest, manifest.shards[2:], Plain(), 1))
    with pytest.raises(ManifestError, match="holds no manifest; make one: dateline shards make"):
        read_manifest(str(tmp_path))
    with pytest.raises(ManifestError, match="address of the web; fetch it into a project"):
        made("https://news.example/a", tmp_path / "web")


def test_parquet_that_is_damaged_or_too_large_is_refused_by_name(tmp_path: Path) -> None:
    path = inputs(tmp_path / "in")["groups"]
    [failure] = read_path(path, limits=replace(Limits(), memory=10))
    assert "a group of rows is over the limit of 10 bytes of memory" in str(failure)
    path.write_bytes(path.read_bytes()[:200])
    [failure] = read_path(path)
    assert "the Parquet file cannot be read" in str(failure)
    with pytest.raises(ManifestError, match="the Parquet file cannot be read"):
        made(path, tmp_path / "out")


def test_shards_are_chosen_by_number_or_every_so_many(tmp_path: Path) -> None:
    manifest = made(lines(tmp_path / "in.jsonl", 70), tmp_path / "out")

    def numbers(*given: str) -> list[int]:
        return [shard.number for shard in manifest.chosen(given)]

    assert numbers() == list(range(10))
    assert numbers("3", "1") == [1, 3]
    assert numbers("1/4") == [1, 5, 9]
    assert sorted(numbers("0/3") + numbers("1/3") + numbers("2/3")) == list(range(10))
    for wrong in ("10", "x", "-1", "4/4", "1/0", "1/"):
        with pytest.raises(ManifestError):
            numbers(wrong)


def test_what_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = made(lines(tmp_path / "in.jsonl"), tmp_path / "out")
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingPartError, match=r'pip install "dateline\[cluster\]", or code on this machine'):
        list(cluster.run_on_ray(manifest, manifest.shards, 1))
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingPartError, match=r's3://bucket/in cannot be reached .*pip install "dateline\[cluster\]"'):
        place_of("s3://bucket/in")


# The command line, with processes that are killed


@pytest.fixture
def marked(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The coder that reports kill, and what a process needs to find it."""
    site.write("marked", MARKED, {"dateline.coders": {"marked": "marked:make"}})
    (tmp_path / "marks").mkdir()
    # What is relative in it is so from here, and not from where the test goes.
    monkeypatch.setenv("PYTHONPATH", quick_coder.environment(site)["PYTHONPATH"])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MARKED", str(tmp_path / "marks"))
    return {"MARKED": str(tmp_path / "marks")}


def here(*words: object, code: int = 0) -> Result:
    """The command line in this process."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


def given_to_coders(folder: Path) -> list[str]:
    return (folder / "marks" / "coded").read_text(encoding="utf-8").split()


@ON_LINUX
def test_killed_anywhere_it_goes_on_and_does_no_shard_twice(site: Site, tmp_path: Path, marked: dict[str, str]) -> None:
    lines(tmp_path / "in.jsonl", 120)
    made = here("shards", "make", "in.jsonl", "-o", "out", "--reports", 4, "--coder", "marked")
    assert "30 shards to code, numbered from 0 to 29" in made.stderr
    out = tmp_path / "out"
    before: dict[Path, int] = {}
    for turn, how in enumerate((signal.SIGKILL, signal.SIGINT)):
        words = ("shards", "run", "out", "--jobs", 2)
        with quick_coder.start(site, *words, cwd=tmp_path, QUICK_SECONDS="0.02", **marked) as process:
            began = time.monotonic()
            while len(list(out.glob("*.done.json"))) < 8 * (turn + 1) and process.poll() is None:
                assert time.monotonic() - began < 60
                time.sleep(0.01)
            process.send_signal(how)
            _, err = process.communicate(timeout=30)
        assert (b"shards are done; the same command goes on" in err) == (how is signal.SIGINT)
        # What was done before was not touched.
        now = {path: path.stat().st_mtime_ns for path in out.glob("*.done.json")}
        assert before.items() <= now.items()
        before = now
    assert f"done {len(before):>15}" in here("shards", "status", "out", code=1).stdout
    (tmp_path / "marks" / "coded").unlink()
    ran = here("shards", "run", "out", "--jobs", 2)
    assert f"{30 - len(before)} done now, {len(before)} before" in ran.stderr
    assert len(given_to_coders(tmp_path)) == 120 - 4 * len(before)
    assert not list(out.glob(".*.part"))
    here("shards", "status", "out", "--check")
    here("shards", "join", "out", "-o", "a.jsonl")
    here("code", "in.jsonl", "--coder", "marked", "-o", "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


@ON_LINUX
def test_the_line_for_slurm_codes_the_shards_of_the_task(site: Site, tmp_path: Path, marked: dict[str, str]) -> None:
    guide = (Path(__file__).parent.parent / "docs" / "scale.md").read_text(encoding="utf-8")
    [line] = re.findall(r"^srun (dateline shards run coded .*SLURM_ARRAY_TASK_ID.*)$", guide, re.M)
    lines(tmp_path / "in.jsonl", 20)
    here("shards", "make", "in.jsonl", "-o", "coded", "--reports", 2, "--coder", "marked")
    script = f'dateline() {{ "{sys.executable}" -m dateline "$@"; }}; {line}'
    task = {"SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_COUNT": "4", "SLURM_CPUS_PER_TASK": "2"}
    env = quick_coder.environment(site, **marked, **task)
    subprocess.run(["sh", "-c", script], cwd=tmp_path, env=env, check=True, timeout=120, capture_output=True)
    assert sorted(path.name for path in (tmp_path / "coded").glob("0*.jsonl")) == [f"00000{n}.jsonl" for n in (1, 5, 9)]


def listening(process: int) -> list[str]:
    """The addresses on which a process and all that it started wait to be spoken to, as the system writes them."""
    family, inodes = [process], set()
    for one in family:
        told = subprocess.run(["pgrep", "-P", str(one)], capture_output=True, text=True, check=False)
        family += map(int, told.stdout.split())
        with suppress(OSError):
            for handle in Path(f"/proc/{one}/fd").iterdir():
                with suppress(OSError):
                    inodes.add(str(handle.readlink()).removeprefix("socket:[").removesuffix("]"))
    rows = [row.split() for kind in ("tcp", "tcp6") for row in Path(f"/proc/net/{kind}").read_text().splitlines()[1:]]
    return [row[1].partition(":")[0] for row in rows if row[3] == "0A" and row[9] in inodes]


@ON_LINUX
def test_ray_gives_the_same_bytes_and_a_worker_that_dies_costs_one_report_at_most(
    site: Site, tmp_path: Path, marked: dict[str, str]
) -> None:
    lines(tmp_path / "in.jsonl", 24, {5: "It happened once in Lyon.", 9: "A deadly report.", 17: "Twice and once."})
    for folder in ("here", "ray"):
        here("shards", "make", "in.jsonl", "-o", folder, "--reports", 4, "--coder", "marked")
    told = here("shards", "run", "here", "--jobs", 2, code=1).stderr
    assert "r9: 2 processes died while they coded it (SIGKILL)" in told
    for mark in (tmp_path / "marks").glob("r*"):
        mark.unlink()
    words = ("shards", "run", "ray", "--engine", "ray", "--jobs", 2)
    with quick_coder.start(site, *words, cwd=tmp_path, QUICK_SECONDS="0.2", **marked) as process:
        while not list((tmp_path / "ray").glob("*.done.json")) and process.poll() is None:
            time.sleep(0.05)
        heard = listening(process.pid)
        _, told_bytes = process.communicate(timeout=240)
    err = told_bytes.decode()
    assert (process.returncode, "r9: 2 processes died while they coded it (SIGKILL)" in err) == (1, True), err
    # Nothing of it can be reached from another machine.
    assert len(heard) >= 3
    assert {address[-8:] for address in heard} == {"0100007F"}
    assert {path.name for path in (tmp_path / "marks").glob("r*")} == {"r5", "r9", "r17"}
    for path in sorted((tmp_path / "here").glob("0*")):
        assert (tmp_path / "ray" / path.name).read_bytes() == path.read_bytes()
    assert len(list((tmp_path / "ray").glob("*.done.json"))) == 6


@contextmanager
def object_store(folder: Path) -> Iterator[str]:
    """A server that speaks as S3 does, on this machine; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (folder / "store.log").open("wb")
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with log, subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL) as process:
        try:
            began = time.monotonic()
            while True:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert time.monotonic() - began < 60, "the object store did not start"
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


FILL = """
import sys
import fsspec
files = fsspec.filesystem("s3")
files.mkdir("news")
for name in sys.argv[1:]:
    files.put_file(name, f"news/in/{name}")
"""


@ON_LINUX
def test_shards_are_read_from_and_written_to_an_object_store(
    site: Site, tmp_path: Path, marked: dict[str, str]
) -> None:
    lines(tmp_path / "a.jsonl", 12)
    table = pyarrow.table({"id": [f"p{n}" for n in range(8)], "text": [STORY.format(n) for n in range(8)]})
    parquet.write_table(table, tmp_path / "b.parquet", row_group_size=2)
    record = archive_cases.record("https://news.example/1", archive_cases.page())
    (tmp_path / "c.warc.gz").write_bytes(archive_cases.packed(record))
    with object_store(tmp_path) as address:
        own = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
        variables = {**marked, **own, "AWS_ENDPOINT_URL": address}
        env = quick_coder.environment(site, **variables)
        fill = [sys.executable, "-c", FILL, "a.jsonl", "b.parquet", "c.warc.gz"]
        subprocess.run(fill, cwd=tmp_path, env=env, check=True, timeout=120)
        store = "s3://news/coded"
        make = ("shards", "make", "s3://news/in", "-o", store, "--reports", 4, "--coder", "marked")
        code, _, err = quick_coder.run(site, *make, cwd=tmp_path, variables=variables)
        assert (code, "6 shards to code" in err) == (0, True), err
        for words, told in ((("--shard", 1), "1 shards 1 done now"), (("--jobs", 2), "5 done now, 1 before")):
            code, _, err = quick_coder.run(site, "shards", "run", store, *words, cwd=tmp_path, variables=variables)
            assert (code, told in err) == (0, True), err
        code, out, err = quick_coder.run(site, "shards", "join", store, cwd=tmp_path, variables=variables)
    assert code == 0, err
    (tmp_path / "in").mkdir()
    for name in ("a.jsonl", "b.parquet", "c.warc.gz"):
        (tmp_path / name).rename(tmp_path / "in" / name)
    assert here("code", "in", "-f", "jsonl", "--coder", "marked", "--jobs", 1).stdout == out
    assert len(out.splitlines()) == 21
