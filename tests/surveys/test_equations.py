"""The answer of a person as docs/reference/survey.md has it, reckoned from its text, is what the played survey reckons with."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import AnyArray
from sim.surveys import asking, measurement
from sim.surveys import questions as q
from sim.surveys.parameters import Survey
from sim.surveys.respondents import GROUPS, Respondents
from tests.test_equations import DOCS, P, agrees, reckoned, whole, written

PAGE = DOCS / "reference" / "survey.md"
S = P[Survey]
WAVE, LEANING, OWN = 0.7, -0.4, 1.3


class Luck:
    """Draws that are known."""

    def normal(self, name: str, ids: AnyArray, per: int | None = None) -> AnyArray:
        if name.startswith("survey: wave"):
            return np.full(len(ids), WAVE)
        if name.startswith("survey: leaning"):
            return np.full(len(ids), LEANING)
        assert per == 1
        return np.full((len(ids), 1), OWN)


def test_what_is_seen_is_as_the_page_has_it() -> None:
    agrees(
        "seen(x)    = ",
        whole,
        {"x": (0, 1)},
        lambda x: measurement.seen(np.array([x]), S.latent_floor)[0],
        PAGE,
    )


@pytest.mark.parametrize(
    ("kind", "away"),
    [(Respondents.OWNERS, None), (Respondents.LEADERS, 0.6), (Respondents.REPRESENTATIVES, 0.8)],
)
def test_the_answer_of_the_played_survey_is_the_page_s(
    kind: Respondents, away: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, latent, expected = q.EQUALITY, 0.62, 0.55
    assert question.at_table
    found: list[AnyArray] = []
    steps = measurement.steps

    def noted(answer: AnyArray, thresholds: tuple[float, ...]) -> AnyArray:
        found.append(answer)
        return steps(answer, thresholds)

    monkeypatch.setattr(measurement, "steps", noted)
    steps_away = GROUPS[kind].steps_away
    agree = asking._agree(
        question, kind, np.array([7]), np.array([[latent]]), np.array([[expected]]),
        None if away is None else np.array([steps_away * away]), S, Luck(),  # type: ignore[arg-type]  # draws that are known
    )  # fmt: skip
    text = written("answer     = ", PAGE).replace("    distance: at the table", "")
    values = {
        "seen(latent[u])": measurement.seen(np.array([latent]), S.latent_floor)[0],
        "seen(expected[u])": measurement.seen(np.array([expected]), S.latent_floor)[0],
        "perception[g]": GROUPS[kind].perception(S),
        "steps_away[g]": float(steps_away),
        "distance[u]": away or 0.0,
        "difficulty[q]": question.difficulty(S) if question.difficulty else 0.0,
        "luck[b, w]": WAVE,
        "luck[i]": LEANING,
        "luck[i, q]": OWN,
    }
    assert float(found[0][0, 0]) == pytest.approx(reckoned(text, values))
    step = 1 + sum(threshold <= reckoned(text, values) for threshold in S.thresholds)
    assert bool(agree[0, 0]) == (step >= question.agree_from)
