"""How long a run will take: from the first one on, before any of its worlds is done.

Reckoned from what half-years take on one core (`sim.experiments.play`), and corrected by how the latest run went on this machine.
"""

from __future__ import annotations

from typing import Any

from sim.app.answers import Answers
from sim.app.questions import Question
from sim.experiments.play import HALF_YEAR_SECONDS, NATIONAL_SECONDS
from sim.half_year import Season
from sim.rules.warming import available_cores

_AROUND = 4.0  # seconds for getting ready, and for the tables


def expected_seconds(question: Question, answers: Answers, workers: int | None) -> float:
    """Seconds that a question's run will take, from its beginning."""
    years = question.end + 1 - question.start
    plain = _plain(len(question.keys), question.worlds, years, question.scale) / (
        workers or available_cores()
    )
    latest = next(filter(None, map(_pace, (answer.manifest for answer in answers.all()))), 1.0)
    return _AROUND + plain * latest


def _plain(designs: int, worlds: int, years: int, scale: float) -> float:
    return worlds * designs * years * len(Season) * (HALF_YEAR_SECONDS + scale * NATIONAL_SECONDS)


def _pace(manifest: dict[str, Any]) -> float | None:
    """How many times as long a finished run took as was reckoned; None where it doesn't tell."""
    run, years = manifest.get("run") or {}, manifest.get("years") or {}
    try:
        seconds, workers = float(run["seconds"]), int(run["workers"])
        n_years = int(years["end"]) + 1 - int(years["start"])
        designs, worlds, scale = len(manifest["designs"]), int(manifest["worlds"]), float(manifest["scale"])
    except (KeyError, TypeError, ValueError):
        return None
    # Structures are played anew, each with all designs.
    plain = _plain(designs * (1 + len(manifest.get("structures") or ())), worlds, n_years, scale) / max(
        workers, 1
    )
    return max(seconds - _AROUND, 0.0) / plain if plain > 0 and seconds > _AROUND else None
