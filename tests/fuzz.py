"""Feeds a reader with bytes that nobody would write, led by which lines of code they reach, until it breaks a promise.

    python tests/fuzz.py warc --seconds 300
    python tests/fuzz.py warc --again crash-0123...     # what was found, once more, with where it broke

It needs atheris (``pip install atheris``), which is no part of the project. Seeds are small files made by
``tests/fuzz_seeds.py``; what reaches new lines is kept in the folder of ``--corpus`` and changed further. The
promises are those of ``dateline.conformance``: a reader raises IntakeError alone, gives reports and failures alone,
keeps bytes before it reads them, and puts blocks in order; and it takes no longer than ``--slowest`` seconds and no
more than ``--memory`` megabytes. What breaks one is written to the corpus' folder, and the exit code is not 0.

Parsers that work in the bounded process work in this one here, so that their lines are seen; what they raise is turned
into a refusal as it is there. Checksums of zip members are not compared, so that changed bytes get past them.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

SEEN = ("dateline.intake", "zipfile", "email", "csv", "json", "openpyxl", "docx", "feedparser", "listparser", "mailbox")
"""Packages whose lines are counted, beside trafilatura for pages."""

LONGEST = 60_000  # bytes


def main() -> None:
    """Fuzz one reader."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("reader", help="the name of its entry point: warc, html, csv ...")
    options.add_argument("--seconds", type=int, default=300, help="how long (default: 300)")
    options.add_argument("--slowest", type=int, default=30, help="seconds that one file may take (default: 30)")
    options.add_argument("--memory", type=int, default=2_000, help="megabytes that it may take in all (default: 2,000)")
    options.add_argument("--corpus", type=Path, help="a folder to keep what is found in (default: none)")
    options.add_argument("--again", type=Path, help="a file to try once, in place of fuzzing")
    given = options.parse_args()
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        sys.exit("atheris, which changes the bytes, is not installed; write: pip install atheris")
    pages = ("trafilatura",) if given.reader == "html" else ()
    with atheris.instrument_imports(include=[*SEEN, *pages], enable_loader_override=False):
        from dateline.conformance.reader import read_bytes
        from dateline.intake.bounded.forms import FORMS, parser
        from dateline.intake.registry import readers

        # What is loaded later would not be seen.
        known = readers().by_name
        for form in FORMS:
            parser(form)
    from tests.fuzz_seeds import seeds

    if given.reader not in known:
        sys.exit(f"no reader is named {given.reader!r}; there are {', '.join(sorted(known))}")
    reader = known[given.reader]
    logging.disable(logging.CRITICAL)
    _parse_here()
    zipfile.ZipExtFile._update_crc = lambda *_: None  # type: ignore[attr-defined]

    def one(data: bytes) -> None:
        sniffed = reader.sniff(data[:8192])
        if not isinstance(sniffed, bool):
            raise AssertionError(f"reader-sniff: it said {sniffed!r}")
        read_bytes(reader, data, "these bytes", own_ids=False)

    if given.again is not None:
        one(given.again.read_bytes())
        return
    with tempfile.TemporaryDirectory() as scratch:
        corpus = given.corpus or Path(scratch)
        corpus.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(seeds(given.reader)):
            (corpus / f"seed-{number}").write_bytes(data)
        bounds = [f"-max_total_time={given.seconds}", f"-timeout={given.slowest}", f"-rss_limit_mb={given.memory}"]
        more = [f"-max_len={LONGEST}", f"-artifact_prefix={corpus}/", "-print_final_stats=1", "-verbosity=1"]
        atheris.Setup([sys.argv[0], *bounds, *more, str(corpus)], one)
        atheris.Fuzz()


def _parse_here() -> None:
    """Let the bounded parsers work in this process, with the refusals of the bounded one."""
    from dateline.errors import IntakeError
    from dateline.intake.bounded.forms import parser
    from dateline.intake.bounded.worker import Worker
    from dateline.intake.limits import Limits

    def parse(_: Worker, form: str, data: bytes, limits: Limits, **about: Any) -> dict[str, Any]:
        try:
            return parser(form)(data, limits, about)
        except IntakeError:
            raise
        except Exception as error:
            raise IntakeError(f"the {form} cannot be parsed ({type(error).__name__})", "save its text") from error

    Worker.parse = parse  # type: ignore[assignment,method-assign]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
