from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.calibration.acceptance import PACKED_REPORT, TAKEN, accept
from sim.calibration.space import Space
from sim.errors import InputError
from sim.experiments import posterior
from sim.experiments.manifest import manifest
from sim.experiments.parameter_draws import FromPriors
from sim.experiments.planning import planned
from sim.experiments.posterior import (
    DECLARED,
    SAME_ANSWERS,
    FromPosterior,
    InPlaceOfPosterior,
    as_file,
    posterior_table,
    source_of,
)
from sim.experiments.provenance import file_digest, model_digest
from sim.parameters.declaration import Group, uncertain
from sim.parameters.priors import Uniform
from sim.parameters.registry import Registry


class Known(Group, key="known", title="Known"):
    a: float = uncertain(1.0, unit="1", bounds=(0.0, 0.1), prior=Uniform(0.0, 0.1), source="toy", meaning="a")
    b: float = uncertain(1.0, unit="1", bounds=(0.0, 2.0), prior=Uniform(0.0, 2.0), source="toy", meaning="b")


class Newer(Group, key="newer", title="Newer"):
    c: float = uncertain(1.0, unit="1", bounds=(0.0, 2.0), prior=Uniform(0.0, 2.0), source="toy", meaning="c")


REGISTRY = Registry([Known])
WIDER = Registry([Known, Newer])
DRAWS = np.array([[0.01, 1.1], [0.02, 1.2], [0.03, 1.3]])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "posterior.parquet"
    pq.write_table(posterior_table(list(REGISTRY.by_name.values()), DRAWS), path)
    return path


def test_every_row_is_drawn_once_and_none_counts_twice(file: Path) -> None:
    source = FromPosterior(REGISTRY, 1, file)
    rows = [source.values(number)["known.a"] for number in range(3)]
    assert sorted(rows) == pytest.approx([0.01, 0.02, 0.03])
    with pytest.raises(InputError, match="has 3 draws, and no draw counts twice"):
        source.values(3)
    assert all(source.values(k)["known.b"] == pytest.approx(1 + 10 * a) for k, a in enumerate(rows))


def test_the_seed_decides_the_order_and_nothing_else_does(file: Path) -> None:
    def order(seed: int) -> list[float]:
        source = FromPosterior(REGISTRY, seed, file)
        return [source.values(number)["known.a"] for number in range(3)]

    assert order(1) == order(1)
    assert len({tuple(order(seed)) for seed in range(20)}) > 1


def test_a_parameter_that_the_file_lacks_keeps_its_prior_and_the_manifest_says_so(file: Path) -> None:
    source = FromPosterior(WIDER, 4, file)
    assert source.values(2)["newer.c"] == FromPriors(WIDER, 4).values(2)["newer.c"]
    told = source.describe()
    assert told["drawn_from"] == "posterior"
    assert told["from_their_priors"] == ["newer.c"]
    assert told["posterior_sha256"] == file_digest(file)
    assert told["draws"] == 3


def test_rounding_to_four_bytes_leads_nothing_out_of_bounds() -> None:
    ends = np.array([[0.1, 2.0], [0.0, 0.0]])  # 0.1 in four bytes is more than 0.1
    table = posterior_table(list(REGISTRY.by_name.values()), ends)
    assert max(table["known.a"].to_pylist()) <= 0.1
    assert max(table["known.a"].to_pylist()) == pytest.approx(0.1, abs=1e-7)


class Otherwise(Group, key="known", title="Known"):
    a: float = uncertain(
        1.0, unit="1", bounds=(0.0, 0.1), prior=Uniform(0.0, 0.05), source="toy", meaning="a"
    )


def test_a_posterior_made_when_a_parameter_was_declared_otherwise_is_refused(file: Path) -> None:
    with pytest.raises(InputError, match=r"known\.a was declared as Uniform\(0, 0\.1\)") as error:
        FromPosterior(Registry([Otherwise]), 1, file)
    assert error.value.file == str(file)
    with pytest.raises(InputError, match="is no uncertain parameter"):
        FromPosterior(Registry([Newer]), 1, file)


def test_what_is_no_posterior_is_refused(tmp_path: Path, file: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.parquet: no such file"):
        FromPosterior(REGISTRY, 1, tmp_path / "nothing.parquet")
    (tmp_path / "text.parquet").write_text("known.a\n", encoding="utf-8")
    with pytest.raises(InputError, match="is no file of posterior draws"):
        FromPosterior(REGISTRY, 1, tmp_path / "text.parquet")
    table = pq.read_table(file)
    note = {DECLARED: table.schema.metadata[DECLARED]}
    outside = pa.table({"known.a": [0.5], "known.b": [1.0]}).replace_schema_metadata(note)
    pq.write_table(outside, file)
    with pytest.raises(InputError, match=r"row 1: column 'known\.a', value '0\.5'.*; calibrate anew"):
        FromPosterior(REGISTRY, 1, file)


def test_draws_of_one_s_own_are_taken_from_parquet_csv_and_a_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kept"))
    frame = pd.DataFrame(DRAWS, columns=["known.a", "known.b"])
    frame.to_parquet(tmp_path / "mine.parquet")
    frame.to_csv(tmp_path / "mine.csv", index=False)
    for wanted in (tmp_path / "mine.parquet", str(tmp_path / "mine.csv"), frame):
        source = source_of(REGISTRY, 1, as_file(wanted))
        assert sorted(source.values(n)["known.b"] for n in range(3)) == [1.1, 1.2, 1.3]
    with pytest.raises(
        InputError, match=r"row 2: column 'known\.a', value '0\.18': expected a number from 0 to 0\.1"
    ):
        source_of(REGISTRY, 1, as_file(frame * 9))
    with pytest.raises(InputError, match=r"^the frame of draws: column 'other' is no uncertain parameter"):
        source_of(REGISTRY, 1, as_file(frame.assign(other=1.0)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "known.a\n0.1\n0.5\n",
            "row 2: column 'known.a', value '0.5': expected a number from 0 to 0.1 (unit: 1)",
        ),
        (
            "known.a\n0.1\nmuch\n",
            "row 2: column 'known.a', value 'much': expected a number from 0 to 0.1 (unit: 1)",
        ),
        (
            "known.a,known.b\n0.1,1\n,1\n",
            "row 2: column 'known.a', no value: expected a number from 0 to 0.1 (unit: 1)",
        ),
        (
            "known.a,known.b\n,1\n",
            "row 1: column 'known.a', no value: expected a number from 0 to 0.1 (unit: 1)",
        ),
        (
            "known.aa\n0.1\n",
            "column 'known.aa' is no uncertain parameter of this model; nearest known: known.a, known.b",
        ),
        ("known.a,known.a\n0.1,0.1\n", "column 'known.a' stands twice: expected a parameter once"),
        ("known.a\n\n", "holds no draws: expected a row for each below the names of the parameters"),
        (
            "known.a;known.b\n0,1;1\n",
            "is no file of posterior draws: expected Parquet, or CSV in UTF-8 with commas between columns, a column for each "
            "parameter",
        ),
    ],
)
def test_a_file_of_one_s_own_is_told_its_row_its_column_and_what_was_expected(
    tmp_path: Path, text: str, told: str
) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        source_of(REGISTRY, 1, wrong)
    assert str(error.value) == f"{wrong}: {told}"


def test_the_accepted_posterior_is_the_default_and_priors_stand_in_for_one_that_does_not_fit(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posterior, "calibration_folder", lambda: file.parent)
    assert isinstance(source_of(REGISTRY, 1), FromPosterior)
    assert isinstance(source_of(REGISTRY, 1, "prior"), FromPriors)
    stand_in = source_of(Registry([Otherwise]), 1)
    assert isinstance(stand_in, InPlaceOfPosterior)
    assert stand_in.describe()["drawn_from"] == "priors"
    assert "declared as" in str(stand_in.describe()["posterior_left_out"])
    assert stand_in.values(3) == FromPriors(Registry([Otherwise]), 1).values(3)
    with pytest.raises(InputError):
        source_of(Registry([Otherwise]), 1, "posterior")


def test_without_an_accepted_posterior_worlds_draw_from_priors_unless_one_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posterior, "calibration_folder", lambda: tmp_path / "empty")
    assert isinstance(source_of(REGISTRY, 1), FromPriors)
    with pytest.raises(InputError, match="no posterior has been accepted"):
        source_of(REGISTRY, 1, "posterior")


def a_posterior_of_the_whole_model(folder: Path, names: int = 5) -> Path:
    from sim.declared import REGISTRY as NATION

    space = Space.of(NATION)
    some = space.declarations[:names]
    values = space.values(space.prior_design(4, 1))[:, :names]
    pq.write_table(posterior_table(list(some), values), folder / "posterior.parquet")
    return folder / "posterior.parquet"


def test_a_study_names_its_posterior_in_the_manifest_and_in_its_command(tmp_path: Path) -> None:
    file = a_posterior_of_the_whole_model(tmp_path)
    study = planned(["voluntary"], worlds=2, seed=1, start=2017, end=2018, scale=0.05, parameters=file)
    told = manifest(study, {})
    assert told["parameters"]["posterior"] == str(file)  # type: ignore[index]  # the section is a mapping
    assert f"--parameters {file}" in str(told["command"])
    first = FromPosterior(study.instruments().registry, 1, file).values(1)
    assert study.jobs()[1].values == first


def test_only_a_finished_calibration_whose_files_are_its_own_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its tables are empty words here; what they say together is tested in tests/calibration/test_acceptance.py.
    monkeypatch.setattr("sim.calibration.acceptance.fit_not_of_answers", lambda _: [])
    monkeypatch.setattr("sim.report.calibration.calibration_page", lambda *_, **__: "a report")
    folder, target = tmp_path / "work", tmp_path / "calibration"
    folder.mkdir()
    a_posterior_of_the_whole_model(folder)
    with pytest.raises(InputError, match="not finished"):
        accept(folder, target=target)
    for name in TAKEN[1:]:
        (folder / name).write_bytes(name.split(".")[0].encode())
    told = {"files_sha256": {name: file_digest(folder / name) for name in TAKEN}}
    (folder / "provenance.json").write_text(json.dumps(told), encoding="utf-8")
    written = accept(folder, target=target)
    assert [file.name for file in written] == [*TAKEN, "provenance.json", PACKED_REPORT]
    assert gzip.decompress((target / PACKED_REPORT).read_bytes()) == b"a report"
    assert file_digest(target / "posterior.parquet") == file_digest(folder / "posterior.parquet")
    (folder / "fit.parquet").write_bytes(b"another")
    with pytest.raises(InputError, match="is not the file that"):
        accept(folder, target=target)
    assert (target / "fit.parquet").read_bytes() == b"fit"


def test_a_posterior_is_bound_to_the_rules_that_it_was_made_with(file: Path) -> None:
    assert FromPosterior(REGISTRY, 1, file).describe()["rules_changed_since"] is None

    def noted(model: str, posterior_hash: str, *same: str) -> None:
        told = {
            "plan": {"model_sha256": model},
            "files_sha256": {"posterior.parquet": posterior_hash},
            SAME_ANSWERS: same,
        }
        (file.parent / "provenance.json").write_text(json.dumps(told), encoding="utf-8")

    noted(model_digest(), file_digest(file))
    assert FromPosterior(REGISTRY, 1, file).describe()["rules_changed_since"] is False
    noted("other rules", file_digest(file))
    source = FromPosterior(REGISTRY, 1, file)
    assert source.describe()["rules_changed_since"] is True
    assert len(source.values(0)) == 2  # a warning, no refusal
    noted("other rules", file_digest(file), "older rules", model_digest())
    assert FromPosterior(REGISTRY, 1, file).describe()["rules_changed_since"] is False
    noted("other rules", "of another posterior")
    assert FromPosterior(REGISTRY, 1, file).describe()["rules_changed_since"] is None


def test_the_manifest_says_from_which_year_on_the_last_wave_was_the_better_forecast(file: Path) -> None:
    assert FromPosterior(REGISTRY, 1, file).describe()["survey_worse_from"] is None
    for worse, year in (([True, False], 2021), ([True, True], 2023), ([False, False], None)):
        table = {"origin": [2021, 2023], "worse": worse, "widening": [1.0, 1.0]}
        pq.write_table(pa.table(table), file.parent / "rolling_verdicts.parquet")
        assert FromPosterior(REGISTRY, 1, file).describe()["survey_worse_from"] == year


def test_the_manifest_says_what_was_learned_of_measurement_and_of_mechanisms(file: Path) -> None:
    assert FromPosterior(REGISTRY, 1, file).describe()["learned"] is None
    table = {
        "parameter": ["survey.a", "survey.b", "known.a", "known.b", "known.c"],
        "informed": [True, False, True, False, True],
        "narrowed": [0.5, 0.0, 0.2, 0.0, 0.4],
    }
    pq.write_table(pa.table(table), file.parent / "learned.parquet")
    assert FromPosterior(REGISTRY, 1, file).describe()["learned"] == {
        "measurement": 1, "of_measurement": 2, "mechanisms": 2, "of_mechanisms": 3, "except": ["known.c", "known.a"],
    }  # fmt: skip
