"""Every notebook runs from top to bottom, some of them in Jupyter itself."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.py"))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_no_model_code_and_no_outputs(notebook: Path) -> None:
    text = notebook.read_text(encoding="utf-8")
    assert "# %% [markdown]" in text
    assert "format_name: percent" in text
    assert not [line for line in text.splitlines() if line.startswith(("class ", "from sim."))]


@pytest.mark.slow
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KOMPETANSESIM_FULL", raising=False)
    runpy.run_path(str(notebook), run_name="__main__")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of Jupyter's own, which come and go with its versions
@pytest.mark.parametrize(("stem", "shows"), [("with_mesa", "practice"), ("quick_start", "<svg")])
def test_a_notebook_opens_and_runs_in_jupyter(tmp_path: Path, stem: str, shows: str) -> None:
    import jupytext
    from nbclient import NotebookClient

    notebook = jupytext.read(next(path for path in NOTEBOOKS if path.stem == stem))
    # Sockets in the file system: nothing listens on a network.
    manager = {"transport": "ipc", "ip": str(tmp_path / "kernel")}
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}})
    client.create_kernel_manager()
    for name, value in manager.items():
        setattr(client.km, name, value)
    done = client.execute()
    shown = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any(shows in str(output.get("data", {})) for output in shown)
