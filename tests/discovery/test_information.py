from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.declared import REGISTRY
from sim.discovery import information
from sim.discovery.asking import HistoryJob, answers_of, ask, last_year_before
from sim.discovery.information import history_jobs, net_gain, value_of_information
from sim.errors import InputError
from sim.experiments.instruments import national_model
from sim.scenario_files import load_design
from sim.sweeps.point import digest_of
from sim.world.registers import Registers
from tests.discovery.test_api import by_hand


def test_prices_are_taken_off_the_gain() -> None:
    given = by_hand()
    gain, unit = net_gain(given, "practice", {"hours": 0.1}, national_model(), "store")
    # seven hours fewer at 0.1 each are worth 0.7
    np.testing.assert_allclose(gain, given.values[:, :, 1, 0] + 0.7)
    assert unit == "SD of practice"


def test_less_is_better_where_it_is() -> None:
    gain, _ = net_gain(by_hand(), "hours@mean", {}, national_model(), "store")
    assert (gain == 7.0).all()


@pytest.mark.parametrize(
    ("outcome", "message"), [("legitimacy", "keeps no figure"), ("nonsense", "keeps no figure")]
)
def test_a_figure_that_is_not_there_is_refused(outcome: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        net_gain(by_hand(), outcome, {}, national_model(), "store")


def test_what_turns_the_choice_is_worth_measuring_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(information, "read_runs", lambda *_: by_hand())
    found = value_of_information(
        tmp_path / "store", ["a", "b"], outcome="practice", surveys=False, out=tmp_path / "out", lang="en"
    )
    value = found.table("value").set_index(["kind", "name"])
    # b gains 1 in some four of ten draws and loses 0.5 in the others: chosen without knowledge, and knowing a saves the losses
    gain = by_hand().values[:, :, 1, 0].mean(axis=1)
    saved = np.maximum(gain, 0).mean() - gain.mean()
    assert gain.mean() > 0
    assert value.loc[("everything", ""), "value"] == pytest.approx(saved, abs=0.01)
    assert value.loc[("parameter", "cube.a"), "value"] == pytest.approx(saved, abs=0.05)
    assert value.loc[("parameter", "cube.a"), "clear"]
    assert not value.loc[("parameter", "cube.b"), "clear"]
    assert not value.loc[("parameter", "cube.c"), "clear"]
    assert found.manifest["unit"] == "SD of practice"
    page = (found.folder / "report.html").read_text(encoding="utf-8")
    assert "The decision rule" in page


def test_where_nothing_turns_the_choice_nothing_is_worth_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(information, "read_runs", lambda *_: by_hand())
    found = value_of_information(
        tmp_path / "store", ["a", "b"], outcome="hours", surveys=False, out=tmp_path / "out", lang="en"
    )
    value = found.table("value")
    assert (value["value"] == 0).all()
    assert not value["clear"].any()
    page = (found.folder / "report.html").read_text(encoding="utf-8")
    assert "What fixes the sign is how the model is built" in " ".join(page.split())


def test_two_designs_are_chosen_between() -> None:
    with pytest.raises(InputError, match="expected two designs"):
        value_of_information("store", ["a"])


def test_only_what_was_asked_before_the_decision_counts() -> None:
    assert last_year_before(2026, 2034) == 2025
    assert last_year_before(2019, 2034) == 2018
    assert last_year_before(2030, 2024) == 2024


@pytest.mark.slow
def test_the_surveys_are_asked_in_every_draw_and_world() -> None:
    design = load_design("voluntary", REGISTRY)
    jobs = [
        HistoryJob(
            design, {"follow_up.acceptance.legitimacy_base": base}, row, slot, world, 1, 2017, 2021, 0.05
        )
        for row, base in enumerate((0.2, 0.8))
        for slot, world in enumerate((3, 4))
    ]
    found, kinds = ask(jobs, workers=1, progress=False)
    assert set(kinds.values()) == {"survey", "register"}
    assert {figures.shape for figures in found.values()} == {(2, 2)}
    again, _ = ask(jobs, workers=2, progress=False)
    for target, figures in found.items():
        np.testing.assert_array_equal(figures, again[target])
    # at least one item hears of the legitimacy that the draws differ in
    assert any((figures[0] != figures[1]).any() for figures in found.values())


def test_the_country_that_is_asked_is_that_of_the_runs(tmp_path: Path) -> None:
    folder = tmp_path / "country"
    folder.mkdir()
    file = folder / "municipalities.csv"
    rows = [f"{number},{number * 5}" for number in (1103, 1108, 1120, 1121, 1124, 1127)]
    file.write_text("\n".join(["kommunenummer,population", *rows]) + "\n", encoding="utf-8")
    given = replace(by_hand(), years=(2024, 2030), registers=folder, registers_digest=digest_of(folder))
    pair = ["voluntary", "obligatory"]
    job, *_ = history_jobs(given, pair, national_model, "store")
    assert (job.registers, job.start, job.last) == (folder, 2024, 2025)
    seen: list[object] = []

    def model(_: object, **settings: object) -> Any:
        seen.append(settings["registers"])
        raise ArithmeticError

    odd = replace(job, instruments=lambda: replace(national_model(), model=model))
    with pytest.raises(ArithmeticError):
        answers_of(odd)
    (registers,) = seen
    assert isinstance(registers, Registers)
    file.write_text(file.read_text(encoding="utf-8").replace("1103,5515", "1103,5516"), encoding="utf-8")
    with pytest.raises(InputError, match="they are gone or were changed since"):
        history_jobs(given, pair, national_model, "store")
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="they are gone or were changed since"):
        history_jobs(given, pair, national_model, "store")


def test_without_a_wave_there_is_nothing_to_ask() -> None:
    job = HistoryJob(load_design("voluntary", REGISTRY), {}, 0, 0, 0, 1, 2016, 2016, 0.02)
    with pytest.raises(InputError, match="no wave of the surveys"):
        ask([job], workers=1, progress=False)
