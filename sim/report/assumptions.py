"""The assumptions that the answer rests on, as the worlds of this study had them, and what the model can't say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.report.number_format import level_decimals
from sim.report.quantity import Quantity, source
from sim.report.sentences import Sentence
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

_MIDDLE, _LOW, _HIGH = 0.5, 0.05, 0.95
_SHARES = (_MIDDLE, _LOW, _HIGH)
_OBLIGATION_WORDS = (
    "obligation", "sanction", "floor", "robek", "mild", "enforced", "autonomy", "pressure", "order", "refuse",
)  # fmt: skip
_LEARNED = ("learned_measurement", "of_measurement", "learned_mechanisms", "of_mechanisms")
_PERCENT = 100.0
_DIGITS = 2


@dataclass(frozen=True)
class Assumed:
    """A parameter over the worlds."""

    name: str
    what: str
    middle: Quantity
    low: Quantity
    high: Quantity


def assumed(view: View) -> list[Assumed]:
    """The parameters that have a text in the message files and a value in the results, in the files' order.

    Those of a scheme are left out where the comparison is about something else.
    """
    table = view.results.parameters
    if table.empty:
        return []
    by_name = view.results.once("quantiles of parameters", lambda: _quantiles(table))
    prefix = "parameter."
    wanted = [key.removeprefix(prefix) for key in view.messages if key.startswith(prefix)]
    found = []
    for name in wanted:
        if name not in by_name or name.startswith(view.subject.besides):
            continue
        if _on_obligation(name) and not view.results.manifest.obliges:
            continue
        decimals = level_decimals(by_name[name][0], _DIGITS)
        middle, low, high = (
            Quantity(
                value,
                source("parameters.parquet", name=name, column="value", stat=f"q{share:g}"),
                view.messages,
                decimals=decimals,
            )
            for share, value in zip(_SHARES, by_name[name], strict=True)
        )
        found.append(Assumed(name, view.messages.raw(prefix + name), middle, low, high))
    return found


def _quantiles(table: pd.DataFrame) -> dict[str, list[float]]:
    """Of each parameter's values over the worlds, at `_SHARES`."""
    by_world = table.pivot(index="world", columns="name", values="value")
    found = np.percentile(by_world.to_numpy(dtype=np.float64), [100 * share for share in _SHARES], axis=0)
    return dict(zip(map(str, by_world.columns), found.T.tolist(), strict=True))


def _on_obligation(name: str) -> bool:
    return any(word in name for word in _OBLIGATION_WORDS)


def limits(view: View) -> list[Sentence]:
    """What the model can't say, the run's own limits first."""
    manifest = view.results.manifest
    keys = [
        f"places_{manifest.places}"
        if manifest.places
        else "registers"
        if manifest.registers
        else "synthetic",
        "priors" if manifest.from_priors else "calibrated",
        *(["rules_changed"] if manifest.rules_changed else []),
        *(["survey_worse"] if manifest.survey_worse_from is not None else []),
        *(["obligation"] if manifest.obliges else []),
        "introduction",
        "adaptation",
        "measured",
        f"surroundings.{view.subject.key}",
        "long_run",
    ]
    facts = {"survey_worse": {"year": view.fact("survey_worse_from")}} if "survey_worse" in keys else {}
    sentences = [Sentence(view.messages, f"limits.{key}", facts.get(key, {})) for key in keys]
    if manifest.of_mechanisms is not None:
        learned = {name: view.fact(name) for name in _LEARNED}
        sentences.insert(keys.index("calibrated") + 1, Sentence(view.messages, "limits.learned", learned))
    if manifest.scale < 1:
        share = Quantity(
            manifest.scale, source("manifest.json", path="scale"), view.messages, "percent", _PERCENT
        )
        sentences.insert(0, Sentence(view.messages, "limits.scale", {"share": share}))
    return sentences
