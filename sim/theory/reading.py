"""The programme theories read from `data/`: one file for each scheme, so that a new theory is a new file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sim.cached import read_yaml
from sim.surveys.respondents import Respondents
from sim.theory.asked import QUESTIONS, Asked
from sim.theory.link import HALF, Aim, Also, Departure, Limit, Link, Origin, Stage, Theory, Units

_FOLDER = Path(__file__).with_name("data")
_LANGUAGES = ("en", "nb")
_HALF_WAY = "half"
_NOBODY_ASKED = "half-way on the scale: nobody was asked; assumption"


@cache
def theories() -> tuple[Theory, ...]:
    """All programme theories, in the order of their schemes' names."""
    return tuple(read(file) for file in sorted(_FOLDER.glob("*.yaml")))


def read(file: Path) -> Theory:
    """One theory; its scheme is the file's name."""
    tree = read_yaml(file)
    return Theory(
        scheme=file.stem,
        units=Units(tree["units"]),
        title=tree["title"],
        source=tree["source"],
        strands=tree.get("strands", {}),
        left_out=tree["left_out"],
        departures=tuple(_departure(said) for said in tree.get("departures", {}).values()),
        links=tuple(_links(tree["chain"])),
    )


def _departure(said: Mapping[str, Any]) -> Departure:
    return Departure({lang: said[lang] for lang in _LANGUAGES}, said["source"], said["levers"])


def _links(chain: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[Link]:
    for stage in Stage:
        for key, said in chain[stage.value].items():
            rest = {name: value for name, value in said.items() if name not in _LANGUAGES}
            least, most = (rest.pop(name, None) for name in ("at_least", "at_most"))
            half = _HALF_WAY in (least, most)
            aim, also, origin = (rest.pop(name, None) for name in ("aim", "also", "origin"))
            yield Link(
                key=key,
                stage=stage,
                text={lang: said[lang] for lang in _LANGUAGES},
                at_least=_limit(least),
                at_most=_limit(most),
                nobody_asked=half,
                why=rest.pop("why", "")
                or (_NOBODY_ASKED if half else _answer(_limit(least) or _limit(most))),
                leads_to=tuple(rest.pop("leads_to", ())),
                origin=Origin(origin) if origin else None,
                aim=Aim(**aim) if aim else None,
                also=Also(Stage(also["stage"]), also["why"]) if also else None,
                **rest,
            )


def _limit(said: Any) -> Limit:
    """A number, the half-way mark, or whose answers tell it."""
    if isinstance(said, Mapping):
        asked = said["asked"]
        return Asked((asked,) if isinstance(asked, str) else tuple(asked), Respondents(said["by"]))
    return HALF if said == _HALF_WAY else said


def _answer(limit: Limit) -> str:
    """Why a limit lies where it does that answers tell; empty for any other."""
    if not isinstance(limit, Asked):
        return ""
    says = " and ".join(f"“{QUESTIONS[key].says}”" for key in limit.questions)
    return f"the level from which the middle one of the {limit.by.value} agrees: {says}"
