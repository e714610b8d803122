"""The page on what the headline differences hang on, fixed assumptions included, from the table of total influence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sim.declared import REGISTRY
from sim.parameters.declaration import Role
from sim.reference.markdown import code, table
from sim.sensitivity.reference import FADES_OUT, NEGLIGIBLE, STANDS_OUT
from sim.sensitivity.total import FLOOR, OPENED, TOTAL, read_total

_NOT_FROZEN = (
    "None of them is frozen: those that are uncertain are drawn in every world all the same. What none of these differences "
    "hangs on, others may (another scheme, another outcome, a question of the survey); an interval that is too narrow there "
    "would be worse than a draw that costs nothing; and a part of the country in a few worlds is no ground to call a "
    "parameter known."
)
INFLUENCES = Path(__file__).resolve().parents[2] / TOTAL
ABOVE_LUCK = 2.0
"""Times the floor of luck from which on an influence is taken for one."""

_HOW = (
    "What the difference between obligatory and voluntary follow-up hangs on, for each of five outcomes: the mean size of its "
    "change when one parameter goes from the 5th to the 95th percentile and all others stand where they may, as a share of the "
    "greatest such change. Fixed numbers that are assumptions are opened for the purpose, by "
    f"{OPENED:.0%} of their value either way, within their bounds. `kompetansesim sensitivity total` has played it: {{how}}. A "
    f"figure in brackets is less than {ABOVE_LUCK:g} times what luck alone would show."
)


def shares(file: Path = INFLUENCES) -> pd.DataFrame:
    """Influence as a share of the greatest on the same outcome, 0 where luck may show as much; columns factor, role, outcomes."""
    found, _ = read_total(file)
    names = [name for name in found.columns[2:] if not name.endswith(FLOOR)]
    real = {
        name: found[name].where(found[name] > ABOVE_LUCK * found[name + FLOOR].fillna(0.0), 0.0)
        for name in names
    }
    return found[["factor", "role"]].assign(
        **{name: part / (part.max() or 1.0) for name, part in real.items()}
    )


def weights(part: pd.DataFrame) -> pd.Series:
    """Each factor's share of all influence on an outcome's difference, averaged over the outcomes; largest first.

    Parameters
    ----------
    part : DataFrame
        As `shares` gives it.
    """
    wide = part.set_index("factor").drop(columns="role")
    total = wide.sum()
    return (wide / total.where(total > 0, 1.0)).mean(axis=1).sort_values(ascending=False, kind="stable")


def influence(file: Path = INFLUENCES) -> str:
    """The table of what moves any of the differences, the candidates among fixed assumptions, and what moves none."""
    lines = ["# What the answers hang on", ""]
    if not file.is_file():
        return "\n".join([*lines, "No table of total influence lies in this checkout.", ""])
    (raw, how), part = read_total(file), shares(file)
    names = [str(name) for name in part.columns[2:]]
    role = {str(f): str(r) for f, r in zip(part["factor"], part["role"], strict=True)}
    real = {f: _numbers(part, k, names) for k, f in enumerate(role)}
    top = [max(float(value) for value in raw[name]) or 1.0 for name in names]
    told = {
        f: [value / most for value, most in zip(_numbers(raw, k, names), top, strict=True)]
        for k, f in enumerate(role)
    }
    order = [str(name) for name in weights(part).index]
    strong = [f for f in order if max(real[f]) >= STANDS_OUT]
    candidates = [f for f in strong if role[f] == Role.FIXED]
    still = [f for f in role if max(told[f]) < NEGLIGIBLE]
    weak = len(role) - len(strong) - len(still)
    rows = [
        [
            code(f), role[f],
            *(f"{share:.0%}" if sure > 0 else f"({share:.0%})" for share, sure in zip(told[f], real[f], strict=True)),
        ]
        for f in order if max(real[f]) >= FADES_OUT
    ]  # fmt: skip
    fixed_still = [f for f in still if role[f] == Role.FIXED]
    fixed = sum(r == Role.FIXED for r in role.values())
    return "\n".join(
        [
            *lines, _HOW.format(how=how), "",
            f"Of {len(role)} factors (all parameters of the survey are one) {len(strong)} have a tenth or more of the "
            f"greatest influence on one of the differences, {weak} have less, and {len(still)} have under a hundredth on each. "
            f"{_NOT_FROZEN}", "",
            *table(["parameter", "role", *(code(name) for name in names)], rows),
            "## Fixed assumptions that should become uncertain", "",
            "Fixed numbers resting on an assumption, with a tenth or more of the greatest influence on one of the differences. "
            "Their values carry no interval today: " + (", ".join(map(code, candidates)) or "none") + ".", "",
            "## What moves none", "",
            f"Fixed assumptions, {len(fixed_still)} of {fixed}: "
            + ", ".join(map(code, fixed_still)) + ".", "",
            f"Uncertain parameters, {len(still) - len(fixed_still)} of {len(role) - fixed}: "
            + ", ".join(code(name) for name in still if name not in fixed_still) + ".", "",
        ]
    )  # fmt: skip


def _numbers(table: pd.DataFrame, row: int, names: Sequence[str]) -> list[float]:
    return [float(table[name].to_numpy()[row]) for name in names]


def decisive(file: Path = INFLUENCES, most: int = 10) -> list[tuple[str, float]]:
    """The single parameters that carry most of the differences, with their share of all influence, the heaviest first."""
    return [
        (str(name), float(share))
        for name, share in weights(shares(file)).items()
        if name in REGISTRY.by_name and share > 0
    ][:most]
