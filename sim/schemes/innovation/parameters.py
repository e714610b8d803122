"""The innovation scheme: how many projects, whether effects are evaluated, and how what seems to work spreads."""

from __future__ import annotations

from sim.parameters.declaration import Group, Price, fixed, lever, uncertain
from sim.parameters.priors import LogNormal, Uniform

_S1 = "AFI-rapport 2026:02, 1.3; OECD 2020"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Innovation(Group, key="innovation", title="The innovation scheme"):
    """Levers and assumptions."""

    active: bool = lever(
        True, unit="yes/no", source=_S1,
        meaning="whether new projects are called for; those under way finish",
    )
    projects: int = lever(
        3, unit="projects per call", bounds=(0, 6), source=_S1 + "; the figure is an assumption",
        meaning="partnership projects that win in a call",
    )
    call_every: int = lever(
        2, unit="years", bounds=(1, 10), source=_S1 + "; the figure is an assumption",
        meaning="years from one call of the Research Council to the next",
    )
    schools: int = lever(
        30, unit="schools per project", bounds=(2, 200), source=_S1 + "; the figure is an assumption",
        meaning="schools that try a project's measure out", price=Price(300_000.0,
        "assumption: nine million kroner for a project of thirty schools, researchers and evaluation",
        times=("projects",), every="call_every"),
    )
    evaluated: bool = lever(
        True, unit="yes/no", source=_S1,
        meaning="whether a project's effect is evaluated before it is spread; otherwise its own people judge it",
    )
    spread: float = lever(
        0.02, unit="share of schools per year and method", bounds=(0.0, 0.1),
        source="assumption: a method seldom reaches one school in ten within a year",
        meaning="other schools that take up a method in a year when it has been found to work",
    )
    asked_fte_per_school: float = fixed(
        0.02, unit="man-years per school", bounds=(0.0, 0.5),
        source="assumption: about half a working day a month with a project's people",
        meaning="what a school in a project asks of its owner's staff; one that takes up another's method asks half",
    )
    years: float = fixed(
        3.0, unit="years", bounds=(0.5, 10.0),
        source="assumption: three or four years, as in the Research Council's calls",
        meaning="length of a project",
    )
    spread_years: float = fixed(
        5.0, unit="years", bounds=(0.5, 20.0), source="assumption",
        meaning="years for which a method is taken up by others",
    )
    works_share: float = uncertain(
        0.4, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.6),
        source="assumption: most trials of measures in schools find little or nothing (Lortie-Forgues & Inglis 2019)",
        meaning="tried methods that truly do something",
    )
    effect: float = uncertain(
        0.08, unit="SD of practice per year", bounds=(0.0, 0.5), prior=LogNormal(0.08, 0.03, 0.2),
        source="assumption",
        meaning="mean gain a year from a method that does something",
    )
    school_noise: float = fixed(
        0.3, unit="SD of practice", bounds=(0.01, 2.0), source="assumption",
        meaning="spread between schools in what an evaluation measures, when half of the schools are the comparison",
    )
    evidence_asked: float = fixed(
        1.28, unit="standard errors", bounds=(0.0, 4.0), source="assumption: one-sided ten per cent",
        meaning="how far above nothing an estimate must lie for a method to count as working",
    )
    own_judgement: float = uncertain(
        0.8, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.6, 0.95), source="assumption",
        meaning="projects that their own people judge to work, whether or not they do",
    )
    adopted_involvement: float = fixed(
        0.4, unit="0-1", bounds=(0.0, 1.0), source="assumption: as much as usual",
        meaning="how far teachers are drawn in where a school has taken up a method",
    )
    involvement: float = fixed(
        0.6, unit="0-1", bounds=(0.0, 1.0), source="assumption, as in follow-up's measures",
        meaning="how far teachers are drawn into a project",
    )
    at_scale: float = uncertain(
        0.4, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.6),
        source="assumption after Kraft, Blazar & Hogan 2018: effects at scale are a fraction of those of trials",
        meaning="part of a method's effect that is left where other schools take it up, without the project's people",
    )
    apply_power: float = uncertain(
        1.5, unit="exponent", bounds=(0.0, 4.0), prior=Uniform(0.5, 2.5),
        source="assumption: a competition between partnerships",
        meaning="how much owners' capacity, competence and partnership decide who wins",
    )
