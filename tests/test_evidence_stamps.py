"""Time stamps over evidence: asked of a real service, checked before they are kept, and found out when they change."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from tests.stamp_service import make, serving
from tests.store_cases import told, unguard
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.store import Project

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("services") / "service"
    make(folder)
    with serving(folder) as address:
        yield address, folder


@pytest.fixture
def folder(tmp_path: Path, service: tuple[str, Path], either: str) -> Path:
    """A project with two pieces of evidence whose settings name the service."""
    with Project.create(tmp_path / "p") as project:
        for n, town in enumerate(("Arden", "Brook")):
            (tmp_path / f"{n}.txt").write_text(told(4 + n, town), encoding="utf-8")
            list(project.add(tmp_path / f"{n}.txt"))
    shutil.copy(service[1] / "root.pem", tmp_path / "p" / "root.pem")
    name(tmp_path / "p", service[0])
    return tmp_path / "p"


def name(folder: Path, address: str) -> None:
    text = f'[timestamps]\nservice = "{address}"\ncertificates = "root.pem"\n'
    path = folder / "dateline.toml"
    # Where the database is stays as it was made.
    database = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("database")]
    path.write_text("".join(f"{line}\n" for line in database) + text, encoding="utf-8")


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "-p", str(folder)])


def stamp(folder: Path) -> Result:
    return run(folder, "evidence", "stamp", "--allow-host", "127.0.0.1")


def test_a_stamp_is_over_all_that_is_new_and_holds(folder: Path, tmp_path: Path) -> None:
    first = stamp(folder)
    assert first.exit_code == 0, first.stderr
    assert first.stderr.startswith("Stamped 2 pieces of evidence: 20")
    assert stamp(folder).stderr == "All evidence bears a stamp already.\n"
    (tmp_path / "2.txt").write_text(told(6, "Corrie"), encoding="utf-8")
    run(folder, "add", str(tmp_path / "2.txt"))
    assert stamp(folder).stderr.startswith("Stamped 1 piece of evidence: 20")
    checked = run(folder, "verify")
    assert checked.exit_code == 0, checked.stdout
    assert "(stamp 2)" in run(folder, "evidence", "show", "2.txt").stdout
    output = tmp_path / "all.wacz"
    run(folder, "evidence", "export", "-o", str(output), "--report", "0.txt")
    with zipfile.ZipFile(io.BytesIO(output.read_bytes())) as zipped:
        stamps = {one for one in zipped.namelist() if one.startswith("stamps/")}
        assert stamps == {"stamps/1.manifest.txt", "stamps/1.tsr", "stamps/1.certificates.pem"}
        assert len(zipped.read("stamps/1.manifest.txt").splitlines()) == 2


def test_nobody_is_asked_unless_the_settings_name_a_service(folder: Path) -> None:
    path = folder / "dateline.toml"
    path.write_text(path.read_text(encoding="utf-8").partition("[timestamps]")[0], encoding="utf-8")
    refused = stamp(folder)
    assert refused.exit_code == 2 and "dateline.toml names no service that stamps" in refused.stderr


def test_a_service_that_is_not_public_is_not_asked_unless_it_is_allowed(folder: Path) -> None:
    refused = run(folder, "evidence", "stamp")
    assert refused.exit_code == 2 and "a loopback address, which is not fetched from" in refused.stderr


def test_a_stamp_of_another_service_is_not_kept(folder: Path, tmp_path: Path) -> None:
    make(tmp_path / "other")
    shutil.copy(tmp_path / "other" / "root.pem", folder / "root.pem")
    refused = stamp(folder)
    assert refused.exit_code == 2 and "the stamp does not hold" in refused.stderr
    with Project.open(folder) as project, project.database.reading() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM stamps").scalar_one() == 0


@pytest.mark.parametrize(("path", "why"), [("odd", "the stamp does not hold"), ("moved", "redirected")])
def test_what_is_no_stamp_is_told(folder: Path, service: tuple[str, Path], path: str, why: str) -> None:
    name(folder, service[0] + path)
    refused = stamp(folder)
    assert refused.exit_code == 2 and why in refused.stderr


@pytest.mark.parametrize("pem", ["", "no certificate"])
def test_certificates_that_are_none_are_told(folder: Path, pem: str) -> None:
    (folder / "root.pem").write_text(pem, encoding="ascii")
    refused = stamp(folder)
    assert refused.exit_code == 2 and "the certificates cannot be used" in refused.stderr


@pytest.mark.parametrize(
    ("change", "told_of"),
    [
        ("UPDATE stamps SET manifest = replace(manifest, '0', '1')", "the stamp does not hold"),
        ("UPDATE stamps SET time = '2001-01-01T00:00:00+00:00'", "it vouches for 20"),
        ("DELETE FROM stamped WHERE sha256 = (SELECT min(sha256) FROM stamped)", "it is over other evidence"),
        ("UPDATE stamps SET answer = (SELECT link FROM chain WHERE number = 1)", "the stamp does not hold"),
    ],
)
def test_a_change_that_was_sealed_over_is_found_by_the_stamp(folder: Path, change: str, told_of: str) -> None:
    assert stamp(folder).exit_code == 0
    with Project.open(folder) as project, project.database.writing() as db:
        unguard(db, "stamps", "stamped")
        db.exec_driver_sql(change)
    flaws = run(folder, "verify")
    assert flaws.exit_code == 1 and f"time stamp 1: {told_of}" in flaws.stdout, flaws.stdout
