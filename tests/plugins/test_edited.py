"""A plug-in's rule edited while the process lives: what is played is the text whose hash the results name."""

from __future__ import annotations

import linecache
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.errors import InputError
from sim.plugins import module_of, opened
from sim.plugins.source import found
from sim.rules.text import read
from sim.state.schools import Schools
from tests.plugins.given import RULE, written

LONGER = RULE.replace("    return", "    # how tired\n    # all are\n    return")
EDITS = {
    0.75: RULE.replace("0.25", "0.75"),  # of the same length
    0.5: LONGER.replace("0.25", "0.5"),
    0.625: "# new\n# newer\n" + RULE.replace("0.25", "0.625"),  # its lines shifted
    0.875: RULE.replace("tired(schools.fatigue[s])", "0.875"),  # of the rule alone
    0.25: RULE,  # back again
}
SMALL: dict[str, Any] = {
    "worlds": 1, "scale": 0.02, "start": 2025, "end": 2025, "parameters": "prior", "progress": False,
}  # fmt: skip


def fatigue(file: Path, *, plain: bool) -> float:
    model = sim.SchemeModel("voluntary", rng=1, scale=0.02, start=2025, plain=plain, plugins=[file])
    model.run_to(2025)
    (value,) = set(model.state[Schools].fatigue)
    return float(value)


def test_an_edit_counts_compiled_and_line_by_line(tmp_path: Path) -> None:
    for value, text in [(0.25, RULE), *EDITS.items()]:
        file = written(tmp_path, text)
        assert fatigue(file, plain=False) == value
        assert fatigue(file, plain=True) == value


def test_an_edit_counts_in_a_run_in_its_workers_and_in_a_sweep_s_store(tmp_path: Path) -> None:
    def played(name: str, workers: int) -> float:
        results = sim.run(
            "voluntary",
            **SMALL | {"worlds": 2},
            workers=workers,
            tables_only=True,
            out=tmp_path / name,
            plugins=[file],
        )
        rows = results.outcomes.query("outcome == 'fatigue' and group == 'all'")
        assert results.manifest["plugins"][0]["sha256"] == found([file])[0].sha256
        return float(rows["value"].iloc[-1])

    experiment = SMALL | {"title": "T", "designs": ["voluntary"], "outcomes": ["fatigue"]}
    del experiment["progress"]

    def swept(name: str) -> sim.Sweep:
        return sim.sweep(experiment, out=tmp_path / name, workers=1, progress=False, plugins=[file])

    file = written(tmp_path, RULE)
    assert played("before", 1) == pytest.approx(0.25)
    before = swept("store")
    written(tmp_path, EDITS[0.75])
    for workers in (1, 2):
        assert played(f"after {workers}", workers) == pytest.approx(0.75)
    with pytest.raises(InputError, match="plug-in own"):
        swept("store")
    after = swept("other store")
    assert before.outcomes["fatigue@end"].tolist() == pytest.approx([0.25])
    assert after.outcomes["fatigue@end"].tolist() == pytest.approx([0.75])
    assert after.replay(after.experiments["run"][0], plugins=[file]).agrees


def test_a_rule_whose_file_no_longer_holds_its_text_is_refused(tmp_path: Path) -> None:
    """Where an edit falls between loading and the first reading, nothing else may be played under its name."""
    file = written(tmp_path, RULE.replace("0.25", "0.375"))
    (source,) = found([file])
    module = module_of(source)
    for edited, refused in {"0.5": True, "0.3750": False, "(": True}.items():  # 0.3750 makes the same code
        written(tmp_path, RULE.replace("0.25", edited))
        linecache.clearcache()
        if refused:
            with pytest.raises(
                InputError, match=r"own\.py:9: tired: its text has been edited since it was loaded"
            ):
                read(module.tired.function)
        else:
            assert "0.375" in read(module.tired.function).text
    assert opened(source) is module
