"""What makes the differences unsure, in sentences: parameters, luck, how the model is built; and whether more worlds help."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.report.differences import Judged
from sim.report.group_names import PICKED_EITHER
from sim.report.messages import Messages
from sim.report.money import weighed
from sim.report.part_messages import load_part
from sim.report.quantity import Quantity, source
from sim.report.reasons import leading
from sim.report.results import EVERYONE, MEAN, Results
from sim.report.sentences import Sentence
from sim.report.subject import PUPILS
from sim.report.view import View

TABLE, STRUCTURES = "variance", "structures"
COMPONENTS = ("parameters", "worlds", "structure")
STANDARD = "standard"  # the model's own structure, by its name in the files
_PERCENT = 100.0
_DECIDES, _HOLDS = ("turns", "fades", "matters"), ("stays", "small", "direction")
"""Kinds on which an answer hangs, the worst first, and under which it holds."""
_MOST_NAMED = 2  # structures in one sentence
_VERDICTS = ("settled", "more worlds", "parameters", "no difference", "unknown")


@dataclass(frozen=True)
class Share:
    """A component's share of the variance, with its interval."""

    share: Quantity
    low: Quantity
    high: Quantity


@dataclass(frozen=True)
class Row:
    """The budget of one difference.

    Attributes
    ----------
    shares : mapping from component to Share
        Those that can be told.
    verdict : Sentence
        Whether more worlds would settle it, and how many.
    """

    outcome: str
    design: str
    shares: dict[str, Share]
    verdict: Sentence


class VarianceFacts:
    """What the files say of where the uncertainty comes from.

    Parameters
    ----------
    view : View
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.texts: Messages = load_part(TABLE, view.lang)

    @cached_property
    def table(self) -> dict[tuple[str, str, str], dict[str, Any]]:
        """The budget for the whole country over all years, by outcome, design and component; empty if there is none."""
        return self.view.results.once(TABLE, lambda: _budget(self.view.results))

    @cached_property
    def structures(self) -> tuple[str, ...]:
        """The alternative structures that were played."""
        return self.view.results.once(STRUCTURES, lambda: _structures_in(self.view.results))

    @cached_property
    def rows(self) -> list[Row]:
        """The budget of every main outcome and alternative that has one."""
        rows = []
        for outcome in self.view.main_outcomes:
            for design in self.view.results.alternatives:
                shares = {c: share for c in COMPONENTS if (share := self._share(outcome, design, c))}
                if verdict := self._verdict(outcome, design):
                    rows.append(Row(outcome, design, shares, verdict))
        return rows

    def record(self, outcome: str, design: str, component: str) -> dict[str, Any] | None:
        """A row of the table."""
        return self.table.get((outcome, design, component))

    def _share(self, outcome: str, design: str, component: str) -> Share | None:
        record = self.record(outcome, design, component)
        if record is None or record["share"] != record["share"]:
            return None
        return Share(*(
            self._quantity(record, (outcome, design, component), column, "percent", _PERCENT)
            for column in ("share", "share_low", "share_high")
        ))  # fmt: skip

    def _verdict(self, outcome: str, design: str) -> Sentence | None:
        record = self.record(outcome, design, "worlds")
        if record is None or str(record["settled_by"]) not in _VERDICTS:
            return None
        key = "variance.verdict." + str(record["settled_by"]).replace(" ", "_")
        further = self._quantity(record, (outcome, design, "worlds"), "worlds_needed", "worlds", 1.0)
        if str(record["settled_by"]) == "parameters" and further.value > 0:
            key += "_unclear"
        if str(record["settled_by"]) == "more worlds" and further.value != further.value:
            key = "variance.verdict.beyond_reach"
        other = self._quantity(record, (outcome, design, "worlds"), "other_sign", "percent", _PERCENT)
        return Sentence(self.texts, key, {"further": further, "other": other})

    def _quantity(
        self, record: dict[str, Any], where: tuple[str, str, str], column: str, unit: str, factor: float
    ) -> Quantity:
        outcome, design, component = where
        place = source(
            f"{TABLE}.parquet", outcome=outcome, group=EVERYONE, design=design, horizon=MEAN, component=component,
            column=column,
        )  # fmt: skip
        return Quantity(float(record[column]), place, self.view.messages, unit, factor)

    def by_structure(self, outcome: str, design: str, group: str = EVERYONE) -> dict[str, Quantity]:
        """The difference under each structure, the model's own first, shown as the comparison shows it."""
        like = [d for d in self.view.differences(outcome) if d.row.design == design]
        results = self.view.results
        rows = results.once((STRUCTURES, group), lambda: _under_structures(results, group))
        if not like:
            return {}
        shown = like[0].difference
        where = {"group": group, "horizon": MEAN, "versus": results.baseline}
        place = {**where, "outcome": outcome, "design": design}
        return {
            structure: Quantity(
                difference,
                source(f"{STRUCTURES}.parquet", structure=structure, **place, column="difference"),
                self.view.messages,
                shown.unit,
                shown.factor,
                shown.decimals,
                signed=True,
            )
            for structure, (difference, _) in rows.get((outcome, design), {}).items()
        }

    def clear(self, outcome: str, design: str, group: str) -> set[str]:
        """The structures under which the interval of the difference leaves zero out."""
        results = self.view.results
        rows = results.once((STRUCTURES, group), lambda: _under_structures(results, group))
        return {structure for structure, (_, clear) in rows.get((outcome, design), {}).items() if clear}


def _budget(results: Results) -> dict[tuple[str, str, str], dict[str, Any]]:
    rows = results.table(TABLE, filters=[("group", "=", EVERYONE), ("horizon", "=", MEAN)])
    found = ({str(name): value for name, value in row.items()} for row in rows.to_dict("records"))
    return {(str(row["outcome"]), str(row["design"]), str(row["component"])): row for row in found}


def _structures_in(results: Results) -> tuple[str, ...]:
    rows = results.table(STRUCTURES, ["structure"])
    found = rows["structure"].unique() if len(rows) else ()
    return tuple(str(key) for key in found if key != STANDARD)


def _under_structures(results: Results, group: str) -> dict[tuple[str, str], dict[str, tuple[float, bool]]]:
    """Mean differences from the baseline in a group and whether they are clear, by outcome and design and then by structure."""
    where = {"group": group, "horizon": MEAN, "versus": results.baseline}
    rows = results.table(STRUCTURES, filters=[(name, "=", value) for name, value in where.items()])
    found: dict[tuple[str, str], dict[str, tuple[float, bool]]] = {}
    for row in rows.to_dict("records"):
        place = str(row["outcome"]), str(row["design"])
        clear = row["low"] > 0 or row["high"] < 0
        found.setdefault(place, {})[str(row["structure"])] = float(row["difference"]), clear
    return found


@dataclass(frozen=True)
class VariancePart:
    """What the page says of where the uncertainty comes from."""

    texts: Messages
    opening: tuple[Sentence, ...]
    rows: tuple[Row, ...]
    components: tuple[str, ...]
    structures: tuple[Sentence, ...]


def variance_part(view: View) -> VariancePart:
    """The part of the page; without rows where the files have no budget."""
    facts = VarianceFacts(view)
    shown = tuple(c for c in COMPONENTS if any(c in row.shares for row in facts.rows))
    per_draw = view.fact("worlds_per_draw")
    key = "variance.intro" if shown else "variance.not_apart"
    opening = (Sentence(facts.texts, key, {"worlds": view.fact("n_worlds"), "per_draw": per_draw}),)
    return VariancePart(facts.texts, opening, tuple(facts.rows), shown, tuple(_structures(facts)))


@dataclass(frozen=True)
class Under:
    """What other structures do to one difference.

    Attributes
    ----------
    kind : str
        As `under_others` has it.
    structures : tuple of str
        Those that do it; empty for all.
    """

    outcome: str
    design: str
    group: str
    kind: str
    structures: tuple[str, ...]


def _under_each(facts: VarianceFacts) -> Iterator[Under]:
    view = facts.view
    for outcome, design in _carrying(view) if facts.structures else ():
        group = view.concerned(outcome) if outcome != PUPILS else PICKED_EITHER
        found = facts.by_structure(outcome, design, group)
        if STANDARD not in found or not found[STANDARD].value:
            continue
        least = next((d.smallest for d in view.differences(outcome, group) if d.row.design == design), None)
        values = {key: each.value for key, each in found.items()}
        yield Under(
            outcome, design, group, *under_others(values, facts.clear(outcome, design, group), least or 0.0)
        )


def deciding(view: View) -> Sentence | None:
    """One sentence on what the answer to the pair that was asked hangs on in how the model is built, or that it holds.

    None where no other structure was played, or what came of it can't be told.
    """
    facts = VarianceFacts(view)
    asked, *_ = view.results.alternatives
    of_asked = [one for one in _under_each(facts) if one.design == asked]
    return in_short(
        facts.texts, [(one.kind, one.structures, view.names.outcome_inline(one.outcome)) for one in of_asked]
    )


def in_short(texts: Messages, found: Sequence[tuple[str, tuple[str, ...], str]]) -> Sentence | None:
    """The worst that other structures do to an answer, or that it holds; None where neither can be told.

    Parameters
    ----------
    found : sequence of tuple
        Kind, structures and outcome inside a sentence, as `Under` has them, what carries the verdict first.
    """
    decides = [one for worst in _DECIDES for one in found if one[0] == worst]
    if decides:
        kind, structures, outcome = decides[0]
        named = [structure_name(texts, key) for key in structures[:_MOST_NAMED]]
        joined = texts.text("variance.short.or", first=named[0], last=named[1]) if named[1:] else named[0]
        more = "among_others" if len(structures) > _MOST_NAMED else "all"
        condition = Sentence(texts, f"variance.short.if.{more}", {"structures": joined})
        return Sentence(texts, f"variance.short.{kind}", {"outcome_inline": outcome, "condition": condition})
    if not found or not all(kind in _HOLDS for kind, _, _ in found):
        return None
    *first, last = dict.fromkeys(outcome for _, _, outcome in found)
    outcomes = texts.text("variance.short.and", first=", ".join(first), last=last) if first else last
    return Sentence(texts, "variance.short.holds", {"outcomes": outcomes})


def turning(view: View) -> Iterator[Sentence]:
    """What other structures do to what carries the verdict, and to the results of those drawn; alike ones are told once."""
    facts = VarianceFacts(view)
    alike: dict[tuple[str, str, str, tuple[str, ...]], list[str]] = {}
    for one in _under_each(facts):
        place = one.outcome, one.group, one.kind, one.structures or facts.structures
        alike.setdefault(place, []).append(one.design)
    listed = False
    for (outcome, group, kind, structures), designs in alike.items():
        names = [view.names.design_inline(design) for design in designs]
        again = "_again" if kind == "small" and listed else ""
        yield Sentence(facts.texts, f"variance.structure.{kind}{again}{'_several' if len(designs) > 1 else ''}", {
            "a": view.names.design_inline(view.results.baseline),
            "b": names[0],
            "all": _together(facts.texts, names),
            "outcome_inline": view.names.outcome_inline(outcome),
            "group": view.names.group_inline(group),
            "structures": _named(facts, structures),
        })  # fmt: skip
        listed = listed or structures == facts.structures


def _carrying(view: View) -> list[tuple[str, str]]:
    """Outcomes and alternatives of whose differences it is told: what carries the verdict, then pupils' results under all."""
    asked, *_ = view.results.alternatives
    moved = weighed(view, asked)
    carrying = (leading(moved, judged) for judged in (Judged.BETTER, Judged.WORSE))
    carried = [(d.row.outcome, asked) for d in carrying if d]
    return list(dict.fromkeys([*carried, *((PUPILS, design) for design in view.results.alternatives)]))


def under_others(
    values: Mapping[str, float], clear: Collection[str], least: float
) -> tuple[str, tuple[str, ...]]:
    """What other structures do to a difference, and which of them do it, none being all.

    They turn its sign, both sides clear and either as large as would matter; or one that matters fades to what does not, or is
    not clear; or one that would matter comes about where it does not; or it stays too small to matter, its direction turned or
    not; or keeps its sign; or it can't be told. A sign that turns within luck is no finding.
    """
    own = values[STANDARD]
    matter = tuple(key for key, each in values.items() if key in clear and abs(each) >= least)
    turned = tuple(
        key
        for key, each in values.items()
        if each * own < 0 and {key, STANDARD} <= set(clear) and {key, STANDARD} & set(matter)
    )
    if turned:
        return "turns", turned
    if matter and abs(own) < least:
        return "matters", matter
    if all(abs(each) < least for each in values.values()):
        other_way = tuple(key for key, each in values.items() if each * own < 0 and key in clear)
        return ("direction", other_way) if other_way else ("small", ())
    faded = tuple(key for key, each in values.items() if key not in matter or each * own < 0)
    if STANDARD in matter and faded:
        return "fades", faded
    return "stays" if all(each * own > 0 for each in values.values()) else "unclear", ()


def _together(texts: Messages, names: Sequence[str]) -> str:
    *first, last = names
    return texts.text("variance.structure.together", first=", ".join(first), last=last) if first else last


def _named(facts: VarianceFacts, structures: Iterable[str]) -> str:
    return "; ".join(structure_name(facts.texts, key) for key in structures)


def structure_name(texts: Messages, key: str) -> str:
    """What a structure says, as a clause."""
    return texts.first(f"structure.{key}") or key.replace("_", " ")


def _structures(facts: VarianceFacts) -> Iterator[Sentence]:
    """Which structures were played and what came of it, or that none was."""
    if not facts.structures:
        yield Sentence(facts.texts, "variance.structure.not_varied", {})
        return
    yield Sentence(facts.texts, "variance.structure.varied", {"structures": _named(facts, facts.structures)})
    yield from turning(facts.view)
    for row in facts.rows:
        found = facts.by_structure(row.outcome, row.design)
        if len(found) > 1 and any(each.value for each in found.values()):
            own = found[STANDARD]
            low, high = (end(found.values(), key=lambda each: each.value) for end in (min, max))
            yield Sentence(facts.texts, "variance.structure.range", {
                "outcome": facts.view.names.outcome(row.outcome),
                "b": facts.view.names.design_inline(row.design),
                "own": own, "low": low.bare, "high": high,
            })  # fmt: skip
