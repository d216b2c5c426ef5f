"""A cluster of Ray that runs already is joined, and gives the bytes that this machine gives."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests import quick_coder
from tests.plugin_cases import Site

from dateline.engine.worker import usual_start

OWN = {
    # On this machine alone, for whoever knows the word.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": "a-word-of-the-tests-" * 2,
}


@contextmanager
def cluster(site: Site) -> Iterator[str]:
    """A cluster of one machine, as whoever looks after one starts it; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # Ray's sockets lie in its folder, and their paths may not be long.
    with TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as folder:
        log = Path(folder, "said")
        words = ("--head", "--block", "--node-ip-address=127.0.0.1", f"--port={port}", "--num-cpus=1")
        more = ("--include-dashboard=false", "--object-store-memory=80000000", f"--temp-dir={folder}/ray")
        program = str(Path(sys.executable).with_name("ray"))
        with log.open("wb") as said:
            process = subprocess.Popen(
                [program, "start", *words, *more],
                env=quick_coder.environment(site, **OWN),
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        try:
            began = time.monotonic()
            while b"runtime started" not in log.read_bytes():
                assert process.poll() is None and time.monotonic() - began < 90, log.read_text(encoding="utf-8")
                time.sleep(0.1)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.mark.skipif(usual_start() != "fork", reason="Ray has no cluster on other systems than Linux")
def test_a_cluster_that_runs_is_joined_by_its_address(site: Site, tmp_path: Path) -> None:
    quick_coder.install(site)
    records = [{"id": f"r{n}", "text": f"Police arrested {n} men in Lyon."} for n in range(12)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    for folder in ("here", "there"):
        done = quick_coder.run(
            site, "shards", "make", "in.jsonl", "-o", folder, "--reports", 4, "--coder", "quick", cwd=tmp_path
        )
        assert done[0] == 0, done[2]
    assert quick_coder.run(site, "shards", "run", "here", "--jobs", 1, cwd=tmp_path)[0] == 0
    with cluster(site) as address:
        words = ("shards", "run", "there", "--engine", "ray")
        status, _, err = quick_coder.run(site, *words, cwd=tmp_path, variables={**OWN, "RAY_ADDRESS": address})
        assert (status, "of 3 shards 3 done now" in err) == (0, True), err
    for path in sorted((tmp_path / "here").glob("0*")):
        assert (tmp_path / "there" / path.name).read_bytes() == path.read_bytes()
    assert len(list((tmp_path / "there").glob("*.done.json"))) == 3
