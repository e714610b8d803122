"""The page of claims: what the sources say, where it is in the code, how that was checked, and what has come of it.

What was played is read from the table that `kompetansesim check claims` has left (`make check-claims`).
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from sim.reference.markdown import code, interval, table
from sim.surveys.questionnaire import ECHOES

_DATA = Path(__file__).with_name("data")
FILE, PLAYED = _DATA / "claims.csv", _DATA / "played.csv"
PAGE = "../claims-played.md"
FIGURE = "figure "
_PAGES = {"AFI-rapport 2026:02": "S", "AFI-rapport 2021:09": "A", "OECD 2020": "O"}
"""The sources, in order, with the letter that numbers their claims."""


class Standing(StrEnum):
    """What has come of a claim."""

    HOLDS = "holds"
    WEAKER = "weaker"
    LEFT_OUT = "left out"


class Basis(StrEnum):
    """What a claim's state rests on, as the page tells it."""

    PLAYED = "holds, played"
    LITTLE = "holds, played, too little to name"
    ASSUMED = "holds, played by turning an assumption alone"
    UNTOLD = "holds in the mechanism, cannot be told when played"
    OTHER_WAY = "the other way when played"
    TEST = "holds by a test of the mechanism or a figure alone"
    WEAKER = "weaker"
    LEFT_OUT = "left out"


_MEANS = {
    Basis.PLAYED: "at least one contrast of it that could have come out otherwise comes out as the source says in paired worlds "
    "of the whole model, large enough to be worth naming, and none comes out the other way",
    Basis.LITTLE: "the same, but none is large enough to be worth naming",
    Basis.ASSUMED: "it comes out so, but all that differs between the two sides is an assumption, mostly the strength that the "
    "claim itself is given: that says how much it comes to in whole runs; that it is so stays the source's word",
    Basis.UNTOLD: "the mechanism is there and its tests hold; in the worlds played luck and what is not known of the parameters "
    "leave the direction open",
    Basis.OTHER_WAY: "a contrast of it comes out the other way in paired worlds",
    Basis.TEST: "nothing of it can be put as two sides of one world (rules, facts, counts), or nobody has: what it rests on is "
    "named under *how checked*; what it comes to in whole runs was not measured",
    Basis.WEAKER: "in part, or coarser; the reason says what is missing and why, and what was played is told too",
    Basis.LEFT_OUT: "not in the model; the reason says why",
}
_BY_VERDICT = {
    "the other way": Basis.OTHER_WAY,
    "as the source says": Basis.PLAYED,
    "as the source says, too little to name": Basis.LITTLE,
    "cannot be told": Basis.UNTOLD,
}
"""What a claim that holds rests on, by the verdicts on its contrasts; the first that any of them has."""


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


@dataclass(frozen=True)
class Played:
    """What came of a contrast in paired worlds, as the table has it."""

    says: str
    difference: float
    low: float
    high: float
    verdict: str
    turned: str

    def __str__(self) -> str:
        told = "" if _BY_VERDICT[self.verdict] is Basis.PLAYED else f", {self.verdict}"
        return f"*{self.says}* {interval(self.difference, self.low, self.high)}{told}"


@cache
def played() -> dict[str, tuple[Played, ...]]:
    """The contrasts of each claim, by its name."""
    found: dict[str, tuple[Played, ...]] = {}
    with PLAYED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            difference, low, high = (float(row[column]) for column in ("difference", "low", "high"))
            one = Played(row["says"], difference, low, high, row["verdict"], row["turned"])
            for name in row["claims"].split():
                found[name] = (*found.get(name, ()), one)
    return found


def basis(claim: Claim) -> Basis:
    """What its state rests on."""
    if claim.state is not Standing.HOLDS:
        return Basis.WEAKER if claim.state is Standing.WEAKER else Basis.LEFT_OUT
    mine = played().get(claim.name, ())
    open_ones = [one for one in mine if one.turned != "assumption"]
    verdicts = {one.verdict for one in open_ones or mine}
    if any(_BY_VERDICT[one.verdict] is Basis.OTHER_WAY for one in mine):
        return Basis.OTHER_WAY
    found = next((what for verdict, what in _BY_VERDICT.items() if verdict in verdicts), Basis.TEST)
    return Basis.ASSUMED if found in (Basis.PLAYED, Basis.LITTLE) and not open_ones else found


def claims() -> str:
    """Every claim with its state; how many are in each at the head."""
    found = all_claims()
    bases = {claim: basis(claim) for claim in found}
    count = Counter((claim.source, what) for claim, what in bases.items())
    also = sum(what is Basis.WEAKER and claim.name in played() for claim, what in bases.items())
    lines = [
        "# Claims",
        "",
        "What the evaluations and OECD say of the schemes, claim by claim: where it is in the code, how that was checked, and "
        "what has come of it. Numbers are this project's own, with gaps. What can be put as two sides of one world is "
        f"[played]({PAGE}): the difference in a reading, with its 90 % interval, positive where it points as the source says. A "
        "test alone is reckoned by hand or a small world and shows a direction, not a size; a *figure* is a row of the "
        "[virtual survey](survey.md) that is held against the published one in the fit report.",
        "",
        *table(
            ["source", *(what.value for what in Basis), "claims"],
            [
                [name, *(str(sum(count[source, what] for source in of)) for what in Basis),
                 str(sum(count[source, what] for source in of for what in Basis))]
                for name, of in (*((source, (source,)) for source in _PAGES), ("all", tuple(_PAGES)))
            ],
        ),
        *(f"- *{what.value}*: {means}." for what, means in _MEANS.items()),
        "",
        f"Of those that are weaker, {also} were played too.",
        "",
    ]  # fmt: skip
    for source in _PAGES:
        lines += [f"## {source}", ""]
        lines += table(
            ["no.", "section", "what the source says", "mechanism", "how checked", "state"],
            [_row(claim) for claim in found if claim.source == source],
        )
    return "\n".join(lines)


def _row(claim: Claim) -> list[str]:
    mine = played().get(claim.name, ())
    return [
        claim.name,
        claim.section,
        claim.says,
        ", ".join(map(code, claim.mechanism)),
        ", ".join([*(["played"] if mine else []), *map(_check, claim.checks)]),
        basis(claim).value
        + (f" ({claim.reason})" if claim.reason else "")
        + (f": {'; '.join(map(str, mine))}" if mine else ""),
    ]


def _check(check: str) -> str:
    if not check.startswith(FIGURE):
        return code(check)
    row = check.removeprefix(FIGURE)
    return f"{FIGURE}{code(row)}" + (" (repeats an input)" if row in ECHOES else "")
