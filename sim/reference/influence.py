"""The page on what the headline differences hang on, fixed assumptions included, from the table of total influence."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.declared import REGISTRY
from sim.parameters.declaration import Role
from sim.reference.markdown import code, table
from sim.sensitivity.reference import FADES_OUT, NEGLIGIBLE, STANDS_OUT
from sim.sensitivity.total import FLOOR, OPENED, TOTAL, read_total

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
    names = list(part.columns[2:])
    most = part[names].max(axis=1)
    raw_most = (raw[names] / raw[names].max().where(lambda top: top > 0, 1.0)).max(axis=1)
    order = [str(name) for name in weights(part).index]
    by_name = part.assign(most=most, raw_most=raw_most).set_index("factor")
    strong = [name for name in order if by_name.loc[name, "most"] >= STANDS_OUT]
    candidates = [name for name in strong if by_name.loc[name, "role"] == Role.FIXED]
    still = by_name.index[by_name["raw_most"] < NEGLIGIBLE]
    weak = len(by_name) - len(strong) - len(still)
    rows = []
    for name in order:
        if by_name.loc[name, "most"] < FADES_OUT:
            continue
        told = raw.set_index("factor").loc[name, names] / raw[names].max()
        real = by_name.loc[name, names] > 0
        cells = [f"{told[k]:.0%}" if real[k] else f"({told[k]:.0%})" for k in names]
        rows.append([code(name), str(by_name.loc[name, "role"]), *cells])
    fixed_still = [name for name in still if by_name.loc[name, "role"] == Role.FIXED]
    return "\n".join(
        [
            *lines, _HOW.format(how=how), "",
            f"Of {len(by_name)} factors (all parameters of the survey are one) {len(strong)} have a tenth or more of the "
            f"greatest influence on one of the differences, {weak} have less, and {len(still)} have under a hundredth on each: "
            "they are frozen, which means that none of these answers asks what they are.", "",
            *table(["parameter", "role", *(code(name) for name in names)], rows),
            "## Fixed assumptions that should become uncertain", "",
            "Fixed numbers resting on an assumption, with a tenth or more of the greatest influence on one of the differences. "
            "Their values carry no interval today: " + (", ".join(map(code, candidates)) or "none") + ".", "",
            "## What moves none", "",
            f"Fixed assumptions, {len(fixed_still)} of {int((by_name['role'] == Role.FIXED).sum())}: "
            + ", ".join(map(code, fixed_still)) + ".", "",
            f"Uncertain parameters, {len(still) - len(fixed_still)} of {int((by_name['role'] != Role.FIXED).sum())}: "
            + ", ".join(code(name) for name in still if name not in fixed_still) + ".", "",
        ]
    )  # fmt: skip


def decisive(file: Path = INFLUENCES, most: int = 10) -> list[tuple[str, float]]:
    """The single parameters that carry most of the differences, with their share of all influence, the heaviest first."""
    return [
        (str(name), float(share))
        for name, share in weights(shares(file)).items()
        if name in REGISTRY.by_name and share > 0
    ][:most]
