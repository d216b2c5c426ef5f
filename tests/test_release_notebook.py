"""The notebook of the docs runs on a release of the sample reports, and draws what it says."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from dateline.coder.machine import MachineCoder
from dateline.export.release.cut import cut
from dateline.samples import write_samples
from dateline.store import Project
from release_cases import cited

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.model
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_notebook_runs_on_a_release_of_the_samples(
    coder: MachineCoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = tmp_path / "pages"
    write_samples(pages)
    with Project.create(tmp_path / "p") as project:
        list(project.add(pages))
        list(project.code(coder.code_many, coder.info, "{}"))
        list(project.link())
        made = cut(project, cited("1.0"), tmp_path / "release")
    assert made.rows["events"] > 10
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = nbformat.read(ROOT / "docs" / "notebooks" / "release.ipynb", as_version=4)
    # What is kept in the repository is what people wrote, without what a run put out.
    assert [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs] == []
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    drawn = [output for output in outputs if "image/png" in output.get("data", {})]
    assert len(drawn) == 2
    assert [output for output in outputs if output.output_type in {"error", "stream"}] == []
    assert "event mentions" in outputs[0].data["text/plain"]
