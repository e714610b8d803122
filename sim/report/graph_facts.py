"""The nation's partnership graph in numbers: how closely owners and UH units are tied, and where the money gathers."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.messages import Messages
from sim.report.part_messages import load_part
from sim.report.quantity import Quantity, source
from sim.report.view import View

MEASURES = (
    "uh_units", "ties_per_uh_unit", "most_ties_of_a_uh_unit", "uh_units_per_network", "owners_reached", "clustering",
    "grant_gini_owners", "money_gini_uh_units", "changed_partner",
)  # fmt: skip
_COUNTS = ("uh_units", "most_ties_of_a_uh_unit")
_PERCENT = ("changed_partner",)
_DECIMALS = {"ties_per_uh_unit": 1, "uh_units_per_network": 1, "owners_reached": 1}


@dataclass(frozen=True)
class GraphColumn:
    """One column of the table: a design in one year."""

    design: str
    year: Quantity


@dataclass(frozen=True)
class GraphTable:
    """Measures of the graph, a row each, for the baseline in the first year and all designs in the last.

    Attributes
    ----------
    rows : tuple of (name of the measure, its value in each column)
    """

    texts: Messages
    columns: tuple[GraphColumn, ...]
    rows: tuple[tuple[str, tuple[Quantity, ...]], ...]


def graph_table(view: View) -> GraphTable | None:
    """The table, means over the worlds kept in detail; None if the files have no graph."""
    rows = view.results.table("graph")
    if not len(rows):
        return None
    texts = load_part("partnerships", view.lang)
    first, last = int(rows["year"].min()), int(rows["year"].max())
    places = [(view.results.baseline, first), *((design, last) for design in view.results.designs)]
    means = rows.groupby(["design", "year", "measure"], observed=True)["value"].mean()

    def cell(measure: str, design: str, year: int) -> Quantity:
        where = source(
            "graph.parquet", design=design, year=year, measure=measure, column="value", stat="mean"
        )
        value = float(means.get((design, year, measure), float("nan")))
        if measure in _PERCENT:
            return Quantity(value, where, texts, unit="percent", factor=100.0)
        decimals = 0 if measure in _COUNTS else _DECIMALS.get(measure, 2)
        return Quantity(value, where, texts, decimals=decimals)

    def year_of(design: str, year: int) -> Quantity:
        return Quantity(
            float(year), source("graph.parquet", design=design, column="year"), texts, grouped=False
        )

    present = [measure for measure in MEASURES if measure in set(rows["measure"])]
    return GraphTable(
        texts,
        tuple(GraphColumn(design, year_of(design, year)) for design, year in places),
        tuple(
            (texts.text(f"measure.{measure}"), tuple(cell(measure, *place) for place in places))
            for measure in present
        ),
    )
