"""Packages that are installed for one test: entry points as pip writes them, in a folder where Python looks."""

from __future__ import annotations

import shutil
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

Points = Mapping[str, Mapping[str, str]]
"""The objects of each entry-point group by name."""


class Site:
    """A folder of installed packages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, folder: Path) -> None:
        """Install a project's folder: its package, and the entry points of its ``pyproject.toml``."""
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        shutil.copytree(folder / project["name"], self.folder / project["name"])
        self.register(project["name"], project["entry-points"])

    def write(self, name: str, code: str, points: Points) -> None:
        """Install a package of one module."""
        (self.folder / f"{name}.py").write_text(code, encoding="utf-8")
        self.register(name, points)

    def register(self, name: str, points: Points) -> None:
        """The metadata of a package, as pip leaves them."""
        about = self.folder / f"{name}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
        lines = [
            line
            for group, objects in points.items()
            for line in (f"[{group}]", *(f"{key} = {value}" for key, value in objects.items()))
        ]
        (about / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Where a test installs packages; they are gone after it."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    before = set(sys.modules)
    monkeypatch.syspath_prepend(folder)
    yield Site(folder)
    for name in set(sys.modules) - before:
        if (getattr(sys.modules[name], "__file__", None) or "").startswith(str(folder)):
            del sys.modules[name]
