"""The comparison as a user makes it, in a small country."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import sim
from sim.cli.program import app
from sim.country_check.evidence import FILE, Use, read_published
from sim.country_check.playing import ITEMS
from sim.country_check.standing_still import NEVER_TAUGHT
from sim.country_check.table import COLUMNS, tally
from sim.errors import InputError
from sim.experiments.posterior import calibration_folder


def test_every_figure_is_compared_in_a_played_country_and_written(tmp_path: Path) -> None:
    found = sim.check_draw(worlds=2, scale=0.15, parameters="prior", workers=1, progress=False, out=tmp_path)
    published = {one.id for one in read_published(calibration_folder())}
    assert set(found.columns) == set(COLUMNS)
    assert set(found["figure"]) == published | {item.target for item in ITEMS}
    played = found[found["worlds"] > 0]
    # A small country has no municipalities of some kinds; all else is there.
    assert len(played) > 0.85 * len(found)
    assert (played["low"] <= played["high"]).all()
    assert pq.read_table(tmp_path / "country.parquet").num_rows == len(found)
    page = (tmp_path / "country.md").read_text(encoding="utf-8")
    assert tally(found)[0] in page
    assert f"| {NEVER_TAUGHT} |" in page


def test_the_command_prints_a_line_for_each_figure() -> None:
    result = CliRunner().invoke(
        app,
        [
            "check",
            "draw",
            "--worlds",
            "2",
            "--scale",
            "0.1",
            "--parameters",
            "prior",
            "--workers",
            "1",
            "--quiet",
        ],
    )
    assert result.exit_code == 0, result.output
    assert "ratio_environment_average" in result.output
    assert "same_cohort" in result.output


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("a,g,q,many,u,checked,s", "value"),
        ("a,g,q,1,u,tuned,s", "use"),
        ("a,g,q,1,u,fitted,s\na,g,q,1,u,fitted,s", "id"),
    ],
)
def test_faults_of_the_evidence_are_told_with_their_place(tmp_path: Path, row: str, field: str) -> None:
    (tmp_path / FILE).write_text(f"id,group,quantity,value,unit,use,source\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_published(tmp_path)
    assert error.value.field == field
    assert error.value.file == str(tmp_path / FILE)


def test_the_evidence_names_its_publishers() -> None:
    for one in read_published(calibration_folder()):
        assert any(name in one.source for name in ("Udir", "SSB", "KMD", "AFI-rapport", "OECD")), one.id
        assert one.use in Use
