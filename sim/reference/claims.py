"""The page of claims: what the sources say, where it is in the code, how that was checked, and what has come of it."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from sim.reference.markdown import code, table
from sim.surveys.questionnaire import ECHOES

FILE = Path(__file__).with_name("data") / "claims.csv"
FIGURE = "figure "
_PAGES = {"AFI-rapport 2026:02": "S", "AFI-rapport 2021:09": "A", "OECD 2020": "O"}
"""The sources, in order, with the letter that numbers their claims."""


class Standing(StrEnum):
    """What has come of a claim."""

    HOLDS = "holds"
    WEAKER = "weaker"
    LEFT_OUT = "left out"


_MEANS = {
    Standing.HOLDS: "the mechanism is there and works in the source's direction by the test named; where that is a test of "
    "the mechanism alone, what it comes to in whole runs was not measured",
    Standing.WEAKER: "in part, coarser, or open until the model is fitted; the reason says which",
    Standing.LEFT_OUT: "not in the model; the reason says why",
}


@dataclass(frozen=True)
class Claim:
    """One thing that a source says.

    Attributes
    ----------
    number : int
        Of the claim among those of its source; it stays when others come or go.
    section : str
        Where it stands; empty where the source has no sections here.
    says : str
        In our own words, short.
    mechanism : tuple of str
        Parameters by name, files of the code.
    checks : tuple of str
        Tests as `file::name` or `file::name[case]`; figures of the virtual survey as "figure" and the row's id.
    reason : str
        Why no more, for what does not hold wholly.
    """

    source: str
    number: int
    section: str
    says: str
    mechanism: tuple[str, ...]
    checks: tuple[str, ...]
    state: Standing
    reason: str

    @property
    def name(self) -> str:
        """Letter of the source and number."""
        return f"{_PAGES[self.source]}{self.number}"


@cache
def all_claims() -> tuple[Claim, ...]:
    """Every claim of the file, in its order.

    Raises
    ------
    ValueError
        If a row has a state that is none.
    """
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Claim(
                row["source"],
                int(row["number"]),
                row["section"],
                row["says"],
                _several(row["mechanism"]),
                _several(row["checks"]),
                Standing(row["state"]),
                row["reason"],
            )
            for row in csv.DictReader(file)
        )


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("; ") if part)


def claims() -> str:
    """Every claim with its state; how many are in each at the head."""
    found = all_claims()
    count = Counter((claim.source, claim.state) for claim in found)
    lines = [
        "# Claims",
        "",
        "What the evaluations and OECD say of the schemes, claim by claim: where it is in the code, how that was checked, and "
        "what has come of it. Numbers are this project's own, with gaps. A test is a paired run "
        "with its error stated in its file, or reckoned by hand; a *figure* is a row of the "
        "[virtual survey](survey.md) that is held against the published one in the fit report. A test alone shows a direction, "
        "not a size.",
        "",
        *table(
            ["source", *(state.value for state in Standing), "claims"],
            [
                [
                    source,
                    *(str(count[source, state]) for state in Standing),
                    str(sum(count[source, state] for state in Standing)),
                ]
                for source in _PAGES
            ]
            + [
                [
                    "all",
                    *(str(sum(count[source, state] for source in _PAGES)) for state in Standing),
                    str(len(found)),
                ]
            ],
        ),
        *(f"- *{state.value}*: {means}." for state, means in _MEANS.items()),
        "",
    ]
    for source in _PAGES:
        lines += [f"## {source}", ""]
        lines += table(
            ["no.", "section", "what the source says", "mechanism", "how checked", "state"],
            [_row(claim) for claim in found if claim.source == source],
        )
    return "\n".join(lines)


def _row(claim: Claim) -> list[str]:
    return [
        claim.name,
        claim.section,
        claim.says,
        ", ".join(map(code, claim.mechanism)),
        ", ".join(_check(check) for check in claim.checks),
        claim.state.value + (f": {claim.reason}" if claim.reason else ""),
    ]


def _check(check: str) -> str:
    if not check.startswith(FIGURE):
        return code(check)
    row = check.removeprefix(FIGURE)
    return f"{FIGURE}{code(row)}" + (" (repeats an input)" if row in ECHOES else "")
