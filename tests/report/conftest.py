"""A plausible results folder, made without the model."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

DESIGNS = ("voluntary", "obligatory", "obligatory_mild", "obligatory_robek")
TITLES = {
    "voluntary": ("Voluntary follow-up, as today", "Frivillig oppfølging, som i dag"),
    "obligatory": ("Obligatory follow-up", "Obligatorisk oppfølging"),
    "obligatory_mild": ("Obligatory follow-up, mild sanction", "Obligatorisk oppfølging, mild sanksjon"),
    "obligatory_robek": (
        "Obligatory follow-up, sanction as in ROBEK",
        "Obligatorisk oppfølging, sanksjon etter modell av ROBEK",
    ),
    "low_pressure": (
        "Voluntary follow-up, truly felt as such",
        "Frivillig oppfølging som også oppleves slik",
    ),
    "own_idea": ("Tom & <b>Jerry's</b> idea", "Tom & <b>Jerrys</b> idé"),
}
GROUPS = (
    "all", "size.small", "size.medium", "size.large", "region.north", "region.west", "region.east", "region.south",
    "centrality.central", "centrality.middle", "centrality.remote", "economy.low", "economy.middle", "economy.high",
    "economy.robek", "picked.either", "picked.both", "picked.one", "picked.other", "need",
)  # fmt: skip
# outcome: unit, better, level, spread between worlds, effect of the second, third, ... design, noise of a difference
SMALLEST = {
    "0-1": 0.01, "ratio": 0.01, "SD of practice": 0.025, "share": 0.01, "hundredths of a pupil SD": 0.5,
    "municipalities": 1.0, "hours per half-year": 775.0, "NOK per half-year": 648_000.0,
}  # fmt: skip
OUTCOMES: dict[str, tuple[str, int, float, float, tuple[float, ...], float]] = {
    "owner_competence": ("0-1", 1, 0.46, 0.03, (0.0009, 0.0016, -0.0012, 0.0, 0.001), 0.0022),
    "owner_load": ("ratio", -1, 1.08, 0.1, (0.001, 0.01, 0.03, 0.0, 0.0), 0.004),
    "practice": ("SD of practice", 1, 0.05, 0.02, (0.0001, 0.0003, -0.0002, 0.0, 0.0), 0.0012),
    "ownership": ("0-1", 1, 0.5, 0.03, (-0.0007, -0.001, -0.003, 0.001, 0.0), 0.002),
    "community": ("0-1", 1, 0.52, 0.02, (0.0001, 0.0, -0.0003, 0.0, 0.0), 0.0009),
    "fatigue": ("0-1", -1, 0.34, 0.03, (0.0001, 0.0004, 0.001, 0.0, 0.0), 0.001),
    "teacher_turnover": ("share", -1, 0.133, 0.01, (0.0, 0.0, 0.0, 0.0, 0.0), 0.0),
    "pupil_results": ("hundredths of a pupil SD", 1, 1.2, 1.5, (0.02, 0.06, -0.04, -0.01, 0.0), 0.16),
    "under_limit": ("municipalities", -1, 38.2, 4.0, (-0.05, -0.1, 0.1, 0.0, 0.0), 0.45),
    "inequality": ("hundredths of a pupil SD", -1, 11.3, 0.7, (-0.005, -0.01, 0.004, 0.0, 0.0), 0.05),
    "legitimacy": ("0-1", 1, 0.61, 0.06, (-0.035, -0.05, -0.12, 0.04, 0.0), 0.03),
    "felt_voluntariness": ("0-1", 0, 0.12, 0.02, (-0.09, -0.1, -0.11, 0.3, 0.0), 0.02),
    "stigma": ("0-1", -1, 0.27, 0.05, (0.001, 0.01, 0.05, 0.0, 0.0), 0.02),
    "hours": ("hours per half-year", -1, 15480.0, 1800.0, (120.0, 260.0, 560.0, -900.0, 0.0), 300.0),
    "money_nok": ("NOK per half-year", -1, 32.4e6, 1e3, (0.0, 0.0, 0.0, 0.0, 0.0), 0.0),
    "participates": ("municipalities", 0, 52.0, 3.0, (0.4, 0.4, 0.4, -4.0, 0.0), 0.5),
    "hit_rate": ("share", 1, 0.54, 0.05, (0.0, 0.001, 0.0, 0.0, 0.0), 0.01),
    "odd_one": ("quarks", 1, 5.0, 1.0, (1.0, 1.0, 1.0, 1.0, 1.0), 0.5),
}
START, PARTING, END = 2017, 2026, 2034
Z90, Z_MDE = 1.685, 2.87
FolderMaker = Callable[..., Path]


def write_folder(
    folder: Path,
    *,
    designs: tuple[str, ...] = DESIGNS,
    worlds: int = 40,
    municipalities: int = 120,
    nothing: bool = False,
) -> Path:
    """Write a folder as an experiment leaves it.

    `nothing` takes every effect away, though not the noise.
    """
    rng = np.random.default_rng(4)
    folder.mkdir(parents=True, exist_ok=True)
    years = np.arange(START, END + 1)
    comparison, summary, single = [], [], []
    for outcome, (unit, better, level, spread, effects, noise) in OUTCOMES.items():
        base = (
            level
            + spread * rng.normal(size=(worlds, 1))
            + 0.1 * spread * rng.normal(size=(worlds, 2 * len(years)))
        )
        for number, design in enumerate(designs):
            effect = 0.0 if nothing or number == 0 else effects[(number - 1) % len(effects)]
            shift = effect + noise * rng.normal(size=(worlds, 1)) if number else np.zeros((worlds, 1))
            grown = np.clip((np.repeat(years, 2) - PARTING + 1) / 3, 0, 1)
            values = base + shift * grown
            summary.append(_summary(design, outcome, unit, values, years))
            single.append(_single(design, outcome, values, years))
            if number == 0:
                baseline = values
                continue
            for group_number, group in enumerate(GROUPS):
                for horizon, from_year in (("mean", PARTING), ("end", END)):
                    kept = np.repeat(years, 2) >= from_year
                    d = (values - baseline)[:, kept].mean(axis=1)
                    if group != "all":
                        d = d * (1 + 0.4 * rng.normal()) + noise * rng.normal(size=worlds)
                        if group_number % 7 == 3 and outcome == "legitimacy":
                            d = d * np.nan
                    a = baseline[:, kept].mean(axis=1)
                    where = {"outcome": outcome, "group": group, "versus": designs[0], "design": design, "horizon": horizon,
                             "start": from_year, "end": END, "unit": unit, "better": better,
                             "smallest": SMALLEST.get(unit, np.nan)}  # fmt: skip
                    comparison.append(where | _paired(a, a + d, d, better))
    if len(designs) > 1:
        pd.DataFrame(comparison).to_parquet(folder / "comparison.parquet")
    pd.concat(summary).to_parquet(folder / "summary.parquet")
    pd.concat(single).to_parquet(folder / "outcomes.parquet")
    _draws(designs, worlds, municipalities, rng).to_parquet(folder / "draws.parquet")
    _parameters(worlds, rng).to_parquet(folder / "parameters.parquet")
    (folder / "manifest.json").write_text(json.dumps(_manifest(designs, worlds)), encoding="utf-8")
    return folder


def _paired(a: Any, b: Any, d: Any, better: int) -> dict[str, float]:
    n = len(d)
    error = float(d.std(ddof=1)) / n**0.5 if n > 1 else float("nan")
    mean = float(d.mean())
    wins = float(((better * d) > 0).mean() + (d == 0).mean() / 2)
    spread = np.quantile(d, [0.05, 0.95])
    return {
        "n_worlds": n, "mean_versus": float(a.mean()), "mean_design": float(b.mean()), "difference": mean,
        "low": mean - Z90 * error, "high": mean + Z90 * error,
        "spread_low": float(spread[0]), "spread_high": float(spread[1]), "sd_difference": error * n**0.5,
        "probability_better": wins if better else float("nan"),
        "minimum_detectable_effect": Z_MDE * error,
        "variance_reduction": float(2 * a.var(ddof=1) / d.var(ddof=1)) if n > 1 and error > 0 else float("nan"),
    }  # fmt: skip


def _over_years(worlds: int, years: Any) -> dict[str, Any]:
    """World, year and season of values of shape (worlds, half-years), flattened."""
    return {
        "world": np.repeat(np.arange(worlds), 2 * len(years)),
        "year": np.tile(np.repeat(years, 2), worlds),
        "season": np.tile(np.array(["spring", "autumn"]), worlds * len(years)),
    }


def _summary(design: str, outcome: str, unit: str, values: Any, years: Any) -> pd.DataFrame:
    names = ("p05", "p25", "p50", "p75", "p95")
    p = dict(zip(names, np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0), strict=True))
    where = {"design": design, "outcome": outcome, "group": "all", "unit": unit}
    when = {name: column for name, column in _over_years(1, years).items() if name != "world"}
    rows = pd.DataFrame({**when, "mean": values.mean(axis=0), **p}).assign(**where)
    return rows[(rows["year"] % 2 == 0) & (rows["season"] == "spring")] if outcome == "hit_rate" else rows


def _single(design: str, outcome: str, values: Any, years: Any) -> pd.DataFrame:
    rows = pd.DataFrame({**_over_years(len(values), years), "value": values.ravel()})
    return rows.assign(design=design, outcome=outcome, group="all")


def _draws(designs: tuple[str, ...], worlds: int, n: int, rng: np.random.Generator) -> pd.DataFrame:
    parts = []
    for world in range(worlds):
        people = np.exp(rng.normal(8.66, 1.29, n)).clip(250, 700_000)
        need = rng.normal(0, 0.7, n) + 0.15 * (9 - np.log(people))
        for year in (2017, 2018, 2020, 2022, 2026, 2028, 2030, 2032, 2034):
            risk = np.clip(0.33 + 0.08 * need + 0.12 * (3000 / people) ** 0.4 * rng.normal(size=n), 0, 1)
            drawn = np.full(n, "none", dtype=object)
            drawn[np.argsort(-risk)[: n // 12]] = "average"
            others = np.flatnonzero((people < 100_000) & (drawn == "none"))
            drawn[rng.choice(others, n // 36, False)] = "spread"
            rows = pd.DataFrame({
                "world": world, "year": year, "municipality": [f"Agder-{k:02d}" for k in range(1, n + 1)], "county": "Agder",
                "population": people.astype(int), "n_schools": 5, "n_pupils": (people * 0.115).astype(int),
                "possible_points": 117.0, "risk_points": risk * 117, "risk_share": risk, "drawn": drawn,
                "excluded_because": "", "true_need": need,
            })  # fmt: skip
            for design in designs:
                takes_part = (drawn != "none") & ((rng.random(n) > 0.02) | (design != "voluntary"))
                parts.append(rows.assign(design=design, participates=takes_part))
    return pd.concat(parts, ignore_index=True)


def _parameters(worlds: int, rng: np.random.Generator) -> pd.DataFrame:
    names = {"follow_up.acceptance.decline_if_free": 0.03, "follow_up.acceptance.autonomy_cost": 0.2,
             "follow_up.acceptance.enforced_worth": 0.5, "results.practice_to_pupils": 0.2}  # fmt: skip
    return pd.DataFrame(
        [
            {"world": world, "name": name, "value": middle * float(np.exp(0.3 * rng.normal()))}
            for world in range(worlds)
            for name, middle in names.items()
        ]
    )


def _manifest(designs: tuple[str, ...], worlds: int) -> dict[str, Any]:
    obliged = [[2005, "voluntary"], [PARTING, "compulsory"]]
    return {
        "made_by": "kompetansesim",
        "format": 1,
        "code": {
            "version": "0.1.0",
            "commit": "0123456789abcdef" * 2,
            "dirty": False,
            "sources_sha256": "f" * 64,
        },
        "software": {"python": "3.11.7", "mesa": "3.3.1", "numpy": "2.4.6", "pandas": "3.1.1"},
        "command": f"kompetansesim compare {' '.join(designs)} --worlds {worlds} --seed 1 --start {START} --end {END}",
        "designs": [
            {
                "key": key,
                "digest": (f"{number}a" * 32),
                "title": dict(zip(("en", "nb"), TITLES[key], strict=True)),
                "description": {
                    "en": "Whoever is drawn must take part.",
                    "nb": "De som trekkes ut, må delta.",
                },
                "expected": {"en": "Critics: it costs trust.", "nb": "Kritikerne: det koster tillit."},
                "levers": {"follow_up.obligation": obliged if key.startswith("obligatory") else obliged[:1]},
            }
            for number, key in enumerate(designs)
        ],
        "seed": 1,
        "worlds": worlds,
        "years": {"start": START, "parting": PARTING if len(designs) > 1 else START, "end": END},
        "scale": 1.0,
        "registers": None,
        "parameters": {"drawn_from": "priors", "priors": []},
        "run": {"started": "2026-11-22T01:00:00+00:00", "seconds": 84.2, "workers": 2},
    }


@pytest.fixture(scope="session")
def make_folder(tmp_path_factory: pytest.TempPathFactory) -> FolderMaker:
    """A function that writes a results folder; the same arguments give the same folder."""
    made: dict[str, Path] = {}

    def make(**options: Any) -> Path:
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = write_folder(tmp_path_factory.mktemp("results"), **options)
        return made[key]

    return make
