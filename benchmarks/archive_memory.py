"""How much memory reading a web archive takes, whatever its size, and how many pages it reads a second.

    python benchmarks/archive_memory.py                        # 1 GB, a twentieth of it pages, the rest films
    python benchmarks/archive_memory.py --share 1 --gzip       # nothing but pages, packed as crawlers pack them
    python benchmarks/archive_memory.py --megabytes 100 --wacz # in a WACZ

An archive of made-up pages is written to a scratch folder and read by a process of its own, as ``dateline code`` does.
Printed are the highest memory of that process when it had read a tenth of the archive and when it had read all, that of
the process that parses, and pages and megabytes a second. Parsing takes nearly all of the time, so that by default most
of the archive is records that are passed over.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.memory import peak

PAGE_BYTES = 30_000
FILM_BYTES = 1_000_000
SYLLABLES = "ba de fi go lu mar nel pos qui ran sel tor vim wes yol zan".split()


def main() -> None:
    """Write an archive, or read one and print the figures."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--megabytes", type=int, default=1_000, help="how large the archive is (default: 1,000)")
    options.add_argument("--share", type=float, default=0.05, help="how much of it is pages (default: 0.05)")
    options.add_argument("--gzip", action="store_true", help="pack each record")
    options.add_argument("--wacz", action="store_true", help="put it into a WACZ; implies --gzip")
    options.add_argument("--folder", type=Path, help="where to write it (default: a scratch folder)")
    options.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.read is not None:
        print(json.dumps(measured(given.read)))
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as scratch:
        packed = given.gzip or given.wacz
        path = Path(scratch, "made.warc.gz" if packed else "made.warc")
        pages = write(path, given.megabytes * 1_000_000, given.share, packed)
        if given.wacz:
            inner, path = path, Path(scratch, "made.wacz")
            with zipfile.ZipFile(path, "w") as archive:
                archive.write(inner, "archive/made.warc.gz")
            inner.unlink()
        print(f"{path.name}: {path.stat().st_size / 1e6:,.0f} MB on disk, {pages:,} pages", flush=True)
        done = subprocess.run(
            [sys.executable, __file__, "--read", str(path)], capture_output=True, text=True, check=True
        )
        found = json.loads(done.stdout)
        size = given.megabytes
        print(f"peak memory after a tenth: {found['tenth']:,.0f} MB; after all: {found['all']:,.0f} MB")
        print(f"peak memory of the parsing process: {found['worker']:,.0f} MB")
        print(f"{found['reports']:,} reports, {found['failures']:,} failures in {found['seconds']:,.0f} s:")
        print(f"{found['reports'] / found['seconds']:,.1f} pages a second, {size / found['seconds']:,.1f} MB a second")


def write(path: Path, size: int, share: float, packed: bool) -> int:
    """An archive of so many bytes before it is packed; how many pages it holds."""
    made = random.Random(1)
    film = made.randbytes(FILM_BYTES)
    written = pages = in_pages = 0
    with path.open("wb") as out:
        while written < size:
            if in_pages <= share * written:
                body, media, name = page(made, pages), "text/html; charset=utf-8", f"story-{pages}"
                pages += 1
                in_pages += len(body)
            else:
                body, media, name = film, "video/mp4", f"film-{written}"
            one = record(f"https://example.org/{name}", media, body)
            written += len(one)
            out.write(gzip.compress(one, 1, mtime=0) if packed else one)
    return pages


def page(made: random.Random, number: int) -> bytes:
    """A page of an article with what pages have around it."""
    menu = "".join(f'<li class="menu-item"><a href="/section/{n}">{word(made)}</a></li>' for n in range(60))
    paragraphs = "".join(f"<p>{' '.join(sentence(made) for _ in range(5))}</p>" for _ in range(25))
    text = (
        f"<!DOCTYPE html><html lang='en'><head><title>Story {number}</title></head><body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>Story {number}</h1>{paragraphs}</article><footer>{menu}</footer><script>var a = 1;</script>"
    )
    return f"{text}<!--{'x' * max(0, PAGE_BYTES - len(text))}--></body></html>".encode()


def word(made: random.Random) -> str:
    return "".join(made.choices(SYLLABLES, k=made.randint(1, 4)))


def sentence(made: random.Random) -> str:
    return " ".join(word(made) for _ in range(made.randint(8, 25))).capitalize() + "."


def record(url: str, media: str, body: bytes) -> bytes:
    """One response."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-02-06T12:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer) + len(body)}\r\n\r\n"
    )
    return head.encode() + answer + body + b"\r\n\r\n"


def measured(path: Path) -> dict[str, float]:
    """The figures of reading an archive, in megabytes and seconds."""
    from dateline.intake import Failure, read_path
    from dateline.intake.bounded.worker import WORKER

    reports = failures = 0
    tenth = worker = 0.0
    began = time.perf_counter()
    size = path.stat().st_size
    for item in read_path(path):
        failures += isinstance(item, Failure)
        reports += not isinstance(item, Failure)
        if not tenth and _position(path) > size / 10:
            tenth = _peak()
        if reports % 100 == 1 and WORKER._process is not None:
            worker = max(worker, (peak(WORKER._process.pid) or 0) / 1e3)
    found = {"tenth": tenth, "all": _peak(), "worker": worker, "reports": reports, "failures": failures}
    return found | {"seconds": time.perf_counter() - began}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _position(path: Path) -> int:
    """How far this process has read a file."""
    for handle in Path("/proc/self/fd").iterdir():
        try:
            if os.readlink(handle) == str(path):  # noqa: PTH115
                return int(Path("/proc/self/fdinfo", handle.name).read_text().split()[1])
        except OSError:
            continue
    return 0


if __name__ == "__main__":
    main()
