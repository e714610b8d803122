"""The pages on parameters, on the order of the school year, and on outcomes."""

from __future__ import annotations

from sim import school_year
from sim.declared import Declared
from sim.outcomes.groups import KEYS
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.declaration import Declaration, Price, Role
from sim.reference.markdown import code, paragraphs, shown, table

_YEARS = "calendar year"

_ROLES = {
    Role.LEVER: "a choice of policy: a design sets it, dated by year",
    Role.UNCERTAIN: "a fact not known well: every world draws it from its prior, which is cut off at the bounds",
    Role.FIXED: "a fact known well enough, or a definition; it can be held at another value for a whole run",
    Role.DATED: "a fact that changes over the years; `history` has its values, by year",
}
_GATHERED = {
    Gather.MEAN: "mean over municipalities, each counting the same",
    Gather.PUPILS: "mean over municipalities, weighted by pupils",
    Gather.SUM: "sum over municipalities",
    Gather.NATION: "one figure for the nation, no groups",
}
_BETTER = {1: "more", -1: "less", 0: "neither"}


def parameters(known: Declared) -> str:
    """Every parameter, group by group."""
    lead = (
        "Each parameter is declared once, with its group in `sim/parameters/` or in the folder of its scheme. Set one by "
        "its name in a scenario file or with `--lever` or `--assumption`; `kompetansesim parameters` prints the same list."
    )
    lines = [
        *paragraphs("# Parameters", lead),
        *table(
            ["role", "parameters", "what it means"],
            [[role.value, str(len(known.registry.of_role(role))), words] for role, words in _ROLES.items()],
        ),
    ]
    for group in known.registry.groups:
        lines += paragraphs(f"## {group.title}", f"`{group.key}`: {(group.__doc__ or '').strip()}")
        lines += table(
            ["name", "meaning", "default", "unit", "bounds", "prior", "role", "source"],
            [_parameter(known.registry.find(declaration.name)) for declaration in group.declarations()],
        )
    return "\n".join(lines)


def _parameter(d: Declaration) -> list[str]:
    grouped = not d.unit.startswith(_YEARS)
    prior = d.prior.words() if d.prior else ""
    default = shown(d.default, grouped=grouped)
    source = f"{d.source}; free: {d.free}" if d.free else d.source
    if d.price:
        source += f"; its price in `running_nok`: {_price(d.price)} ({d.price.source})"
    return [code(d.name), d.meaning, default, d.unit, _bounds(d, grouped), prior, d.role.value, source]


def _price(price: Price) -> str:
    factors = "".join(f" x {field}" for field in price.times)
    return f"{shown(price.nok)} NOK a year for each{factors}" + (f" / {price.every}" if price.every else "")


def _bounds(d: Declaration, grouped: bool) -> str:
    kind = d.item or d.kind
    if d.words:
        words = ", ".join(d.words)
    elif kind is bool:
        words = "yes, no"
    elif d.bounds is None:
        words = "any"
    else:
        words = " to ".join(shown(end, grouped=grouped) for end in d.bounds)
    return f"each: {words}" if d.item else words


def order(known: Declared) -> str:
    """The order of the school year."""
    lead = (
        "What happens in each half-year, from top to bottom. It is decided in `sim/school_year.py` and nowhere else; "
        "`kompetansesim order` prints it. Letters and numbers in brackets are the mechanisms of the "
        "[model description](../model.md)."
    )
    return f"# The order of the school year\n\n{lead}\n\n{school_year.describe(known.schemes)}"


def outcomes(known: Declared) -> str:
    """Every outcome, and the groups it is given for."""
    lead = (
        "What is measured at the end of each half-year; the names are those of the column `outcome` in the "
        "[results](results.md). Outcomes only read the state. Unless the meaning says otherwise, the true state of the "
        "model is measured and not what a survey or a test would find."
    )
    groups = (
        "Each outcome but those of the nation is given for these groups (column `group`); `sim/outcomes/groups.py` says "
        "who belongs to them."
    )
    lines = [
        *paragraphs("# Outcomes", lead),
        *table(
            ["name", "meaning", "unit", "better", "gathered as", "smallest effect of interest"],
            [
                [code(o.key), o.meaning, o.unit, _BETTER[o.better], _GATHERED[o.gather], _smallest(o)]
                for o in known.outcomes
            ],
        ),
        *paragraphs("## Groups of municipalities", groups),
        *(f"- `{key}`" for key in KEYS),
    ]
    return "\n".join(lines)


def _smallest(outcome: Outcome) -> str:
    """Its size in words, and why."""
    declared = outcome.smallest
    if declared is None:
        return ""
    size = f"{100 * declared.size:g} % of the level" if declared.of_level else f"{declared.size:g}"
    return f"{size}; {declared.why}"
