"""A question put to the model: two designs, how many worlds, how much of the country; and when two questions are the same."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sim.app.bounds import Bounds, Usual
from sim.app.own_designs import PREFIX, OwnDesigns
from sim.design import Design
from sim.errors import InputError
from sim.experiments.manifest import described
from sim.experiments.parameter_draws import WORLDS_PER_DRAW
from sim.experiments.planning import compared, planned
from sim.experiments.posterior import source_of
from sim.experiments.study import Study
from sim.parameters.registry import Registry

_DIGITS = 8


@dataclass(frozen=True)
class Question:
    """What is to be played.

    Attributes
    ----------
    a, b : str
        Keys of the designs; `a` is what `b` is compared with.
    more : str
        Keys of further designs to compare with `a`, a blank between.
    """

    a: str
    b: str
    worlds: int
    scale: float
    seed: int
    start: int
    end: int
    detail: int
    lang: str
    more: str = ""

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Question:
        """A question as `json` wrote it; KeyError, TypeError or ValueError if it is none."""
        read = {"str": str, "int": int, "float": float}
        fields = cls.__dataclass_fields__.items()
        content = {"more": "", **content}  # runs of earlier have none
        return cls(**{name: read[str(field.type)](content[name]) for name, field in fields})

    @property
    def json(self) -> dict[str, Any]:
        """The question as plain values."""
        return asdict(self)

    @property
    def keys(self) -> tuple[str, ...]:
        """Of all designs, the baseline first."""
        return (self.a, self.b, *self.more.split())

    def designs(self, own: OwnDesigns) -> tuple[Design, ...]:
        """All designs, read; `InputError` if one is not there."""
        return tuple(own.find(key) for key in self.keys)

    def identity(self, own: OwnDesigns) -> str:
        """Name of the question's results: the same question, the same name, whatever language it was asked in."""
        asked = {name: value for name, value in self.json.items() if name not in ("a", "b", "more", "lang")}
        asked["drawn"] = source_of(own.registry, self.seed).describe()
        asked["policies"] = [policy(design, own.registry) for design in self.designs(own)]
        asked["titles"] = [dict(design.title) for design in self.designs(own)]
        digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:_DIGITS]
        others = f"{self.b}-and-more" if self.more else self.b
        return f"{self.a}-vs-{others}-{digest}"

    def study(self, own: OwnDesigns) -> Study:
        """The study that answers it, the same that the command `compare` makes of it without other structures of the model.

        Designs of a visitor's are named by their file, which the results hold too.

        Raises
        ------
        InputError
            If a design can't be used, or the designs are the same as long as the study goes on.
        """
        study = planned(
            self.designs(own), worlds=self.worlds, seed=self.seed, start=self.start, end=self.end, scale=self.scale,
            detail=self.detail, lang=self.lang, worlds_per_draw=WORLDS_PER_DRAW,
        )  # fmt: skip
        named = tuple(f"{key}.yaml" if key.startswith(PREFIX) else key for key in self.keys)
        return compared(replace(study, named=named), structures=False)


def policy(design: Design, registry: Registry) -> str:
    """What the model sees of a design, its name left out, as text that is equal for equal policies."""
    facts = described(design, registry)
    return policy_text(facts)


def policy_text(facts: Mapping[str, Any]) -> str:
    """As `policy`, from the manifest's description of a design."""
    seen = {name: facts.get(name) or {} for name in ("levers", "facts", "assumptions")}
    return json.dumps(seen, sort_keys=True, ensure_ascii=True)


def asked(form: Mapping[str, str], usual: Usual, bounds: Bounds, lang: str) -> Question:
    """The question that a visitor's form puts.

    Raises
    ------
    InputError
        Naming the field that can't be used.
    """
    question = Question(
        a=form.get("a", ""), b=form.get("b", ""), more=form.get("more", ""), worlds=usual.worlds,
        scale=usual.scale, seed=usual.seed, start=usual.start, end=usual.end, detail=0, lang=lang,
    )  # fmt: skip
    worlds = _whole(form.get("worlds"), usual.worlds, 1, bounds.worlds, "worlds")
    seed = _whole(form.get("seed"), usual.seed, 0, 2**31, "seed")
    scale = _scale(form.get("scale"), usual)
    return replace(question, worlds=worlds, seed=seed, scale=scale, detail=min(worlds, usual.detail))


def _whole(text: str | None, usual: int, low: int, high: int, field: str) -> int:
    if text is None or not text.strip():
        return usual
    digits = re.sub(r"\s", "", text)
    if not (
        digits.isascii()
        and digits.isdecimal()
        and len(digits) <= len(str(high))
        and low <= int(digits) <= high
    ):
        raise InputError(f"expected a whole number from {low} to {high}", field=field)
    return int(digits)


def _scale(text: str | None, usual: Usual) -> float:
    if text is None:
        return usual.scale
    offered = {f"{scale:g}": scale for scale in usual.scales}
    if text not in offered:
        raise InputError(f"expected one of {', '.join(offered)}", field="scale")
    return offered[text]


def keep_scenarios(folder: Path, question: Question, own: OwnDesigns) -> None:
    """Put the scenario files of visitors' designs among the results."""
    for key in set(question.keys):
        text = own.text(key)
        if text is not None:
            (folder / f"{key}.yaml").write_text(text, encoding="utf-8", newline="")
