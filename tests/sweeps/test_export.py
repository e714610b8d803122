from __future__ import annotations

import io
import json
import tarfile
from types import SimpleNamespace
from typing import cast

import numpy as np
import pandas as pd
import pytest

from sim.errors import InputError
from sim.parameters.declaration import Group, uncertain
from sim.parameters.priors import Beta, LogNormal, Normal
from sim.parameters.registry import Registry
from sim.sweeps import Kept, play_points
from sim.sweeps.export import ema_archive, salib_problem, to_ema
from sim.sweeps.table import RunTable
from tests.experiments.toy import OUTCOMES, PUSHED, REGISTRY, STILL, toy_instruments
from tests.sweeps import toys
from tests.sweeps.toys import COLUMNS, points

KEPT = Kept.of(COLUMNS, OUTCOMES, 2021, (STILL, PUSHED))


def test_the_workbench_gets_its_pair_without_the_failures() -> None:
    table = play_points(points(3, bad=(1,)), KEPT, workers=1, progress=False, instruments=toys.failing)
    experiments, outcomes = to_ema(table)
    assert experiments["policy"].tolist() == ["still", "pushed", "still", "still", "pushed"]
    assert experiments["scenario"].tolist() == ["0-0", "0-0", "1-1", "2-2", "2-2"]
    assert experiments["toy.luck_sd"].tolist() == [1.0, 1.0, 0.66, 1.2, 1.2]
    assert set(outcomes) == set(COLUMNS)
    assert all(values.shape == (5,) and not np.isnan(values).any() for values in outcomes.values())


def test_a_salib_problem_names_what_differs_with_bounds_and_groups() -> None:
    table = play_points(points(3), KEPT, workers=1, progress=False, instruments=toy_instruments)
    problem = salib_problem(table, REGISTRY)
    assert problem["names"] == ["toy.luck_sd"]
    assert (problem["dists"], problem["bounds"]) == (["unif"], [[0.5, 1.5]])
    assert problem["priors"] == ["Uniform(0.5, 1.5)"]
    assert problem["groups"] == ["toy"]
    assert table.experiments[problem["names"]].shape == (6, problem["num_vars"])


def test_where_nothing_differs_there_is_no_problem() -> None:
    table = play_points(points(1), KEPT, workers=1, progress=False, instruments=toy_instruments)
    with pytest.raises(InputError, match="no parameter differs"):
        salib_problem(table, REGISTRY)


class Shapes(Group, key="shapes", title="Shapes"):
    of_normal: float = uncertain(
        0.0, unit="1", bounds=(-1.0, 2.0), prior=Normal(0.5, 0.4), source="toy", meaning="a"
    )
    of_beta: float = uncertain(
        0.3, unit="1", bounds=(0.0, 1.0), prior=Beta(0.3, 0.1), source="toy", meaning="b"
    )
    of_cut: float = uncertain(
        1.0, unit="1", bounds=(0.5, 9.0), prior=LogNormal(1.0, 0.4, 2.5), source="toy", meaning="c"
    )
    of_whole: float = uncertain(
        1.0, unit="1", bounds=(1e-6, 1e6), prior=LogNormal(1.0, 0.4, 2.5), source="toy", meaning="d"
    )


def test_priors_are_told_as_salib_knows_them_and_stand_ins_are_named() -> None:
    from SALib.sample import latin

    rows = pd.DataFrame(
        {f"shapes.{name}": [0.9, 1.0] for name in ("of_beta", "of_cut", "of_normal", "of_whole")}
    )
    table = SimpleNamespace(parameters=tuple(rows), experiments=rows, figures=("y@end",))
    problem = salib_problem(cast(RunTable, table), Registry([Shapes]))
    assert problem["dists"] == ["truncnorm", "lognorm", "truncnorm", "lognorm"]
    assert problem["stand_ins"] == ["shapes.of_beta", "shapes.of_cut"]
    sampled = latin.sample({k: problem[k] for k in ("num_vars", "names", "bounds", "dists")}, 2000, seed=1)
    assert sampled.mean(axis=0)[[0, 2]] == pytest.approx([0.3, 0.5], abs=0.02)
    assert np.median(sampled[:, 3]) == pytest.approx(1.0, abs=0.05)


def test_the_archive_is_what_the_workbench_reads_and_the_same_each_time() -> None:
    table = play_points(points(3), KEPT, workers=1, progress=False, instruments=toy_instruments)
    experiments, outcomes = to_ema(table)
    packed = ema_archive(experiments, outcomes)
    assert packed == ema_archive(experiments, outcomes)
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as archive:

        def read(name: str) -> bytes:
            found = archive.extractfile(name)
            assert found is not None
            return found.read()

        told = json.loads(read("metadata.json"))
        frame = pd.read_csv(io.BytesIO(read("experiments.csv")))
        assert list(frame) == list(told["experiments"])
        assert all(str(name).isidentifier() for name in frame)
        for (kind, name, file), values in zip(told["outcomes"], outcomes.values(), strict=True):
            assert kind == "ScalarOutcome"
            assert name.isidentifier()
            assert np.loadtxt(io.BytesIO(read(file))) == pytest.approx(values)
