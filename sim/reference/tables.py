"""The pages on tables: the model's state, a results folder, a user's registers."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa

from sim.declared import OUTCOMES
from sim.evaluation import observed
from sim.evaluation import tables as evaluation
from sim.experiments import counties, tables, theory_tables, variance_tables, yardstick
from sim.experiments.detail import BY_GROUP, DetailReader, GroupReader
from sim.experiments.documenting import ROWS_ARE, documentation
from sim.experiments.instruments import EventTable, national_model
from sim.model import SchemeModel
from sim.reference.markdown import code, paragraphs, shown, table
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.state import Column, Table
from sim.state.identity import CODE
from sim.surveys.survey import describe
from sim.world.place_names import PlaceNames
from sim.world.registers import schema_markdown

_SCALE = 0.02  # the smallest country there is: only its columns are looked at


@cache
def _model() -> SchemeModel:
    """A small country in the spring of a draw, when every table has rows."""
    model = SchemeModel("voluntary", rng=0, scale=_SCALE)
    while not len(model.state[DrawRegister]):
        model.step()
    return model


@cache
def _autumn() -> SchemeModel:
    """The same country half a year later, when what is followed through the autumn has rows."""
    model = _model().branch(_model().design)
    model.step()
    return model


def state() -> str:
    """Every table of the state and its columns."""
    lines = paragraphs(
        "# State",
        "Everything that the model remembers from one half-year to the next: tables with one row for each thing and one "
        "column for each fact. `id` is who a thing is, for ever; references are rows of the table named, -1 for none. "
        "The last column says what a merger of municipalities does to a municipality's value.",
    )
    for found in _model().state:
        kind = type(found)
        rows = "A row for each of the" if found.aligned else "The table of"
        declared = f"{rows} {found.entity.replace('_', ' ')}; declared in `{kind.__module__}`."
        lines += paragraphs(f"## {kind.__name__}", " ".join((kind.__doc__ or "").split()), declared)
        lines += table(
            ["column", "unit", "meaning", "range", "in a merger"],
            [
                [code(name) + _several(c), c.unit, c.meaning, _range(c), _merger(found, c)]
                for name, c in kind.columns().items()
            ],
        )
    return "\n".join(lines)


def _several(c: Column) -> str:
    return f" ({' x '.join(map(str, c.shape))} values)" if c.shape else ""


def _range(c: Column) -> str:
    if c.codes is not None:
        return ", ".join(f"{member.value} {member.name.lower()}" for member in c.codes)
    if c.refers is not None:
        return f"row of {c.refers}"
    if np.dtype(c.dtype).kind == "b":
        return "yes, no"
    if c.low is not None and c.high is not None:
        return f"{shown(c.low)} to {shown(c.high)}"
    if c.low is not None:
        return f"{shown(c.low)} or more"
    return "text" if np.dtype(c.dtype).kind == "U" else "any number"


def _merger(found: Table, c: Column) -> str:
    return c.merger.value if found.entity == "municipalities" else ""


def results() -> str:
    """Every table of a results folder and its columns."""
    declared = {
        "comparison": tables.COMPARISON,
        yardstick.TABLE: yardstick.YARDSTICK,
        counties.TABLE: counties.schema(OUTCOMES),
        "summary": tables.SUMMARY,
        "outcomes": tables.OUTCOMES,
        "parameters": tables.PARAMETERS,
    }
    found = {name: (ROWS_ARE[name], schema) for name, schema in declared.items()}
    for name, event in national_model().events.items():
        found[name] = (f"{event.rows_are}, in one world under one design", _event_schema(event))
    found |= theory_tables.declared() | variance_tables.declared()
    found[observed.TABLE] = (f"{observed.ROWS_ARE}, in one world under one design", _evaluator_schema())
    found |= evaluation.declared()
    for name in ("municipalities", BY_GROUP, "schools"):
        found[name] = (ROWS_ARE[name], _detail_schema(name))
    lead = (
        "The tables of a [results folder](../how-to/read-a-results-folder.md), column by column; each folder carries "
        "the same in its `tables.md`. A name with a part in angle brackets stands for several columns."
    )
    head, _, body = documentation(found).partition("\n\n")
    return f"{head.replace('# Tables', '# Results')}\n\n{lead}\n\n{body}"


def _event_schema(event: EventTable) -> pa.Schema:
    """The declared columns, with the types that a small country's have."""
    rows, words = event.read(_model()) or event.read(_autumn()), event.words()
    fields = [tables.WORLD, tables.DESIGN]
    for name, sentence in event.columns.items():
        first = next(column for column in rows if event.sentence(column) == sentence)
        values = tables.words(words[first], rows[first]) if first in words else tables.array(rows[first])
        fields.append(tables.field(name, tables.WORDS if sentence[0] == CODE else values.type, *sentence))
    return pa.schema(fields)


def _evaluator_schema() -> pa.Schema:
    """The columns of what an evaluator sees."""
    kinds = {"year": tables.WHOLE, "municipality": tables.WORDS}
    own = [
        tables.field(name, kinds.get(name, tables.NUMBER), *said) for name, said in observed.COLUMNS.items()
    ]
    return pa.schema([tables.WORLD, tables.DESIGN, *own])


def _detail_schema(entity: str) -> pa.Schema:
    """The columns that a small country's state has."""
    found = _model().state
    measured = OUTCOMES if entity != "schools" else ()
    reader = GroupReader(found, measured) if entity == BY_GROUP else DetailReader(found, entity, measured)
    nothing = np.zeros((len(measured), len(found.entity("municipalities"))))
    piece = reader.table([reader.read(found, nothing)], [found.now], PlaceNames.of(None))
    return pa.schema([tables.WORLD, tables.DESIGN, *piece.schema])


def registers() -> str:
    """Every register file that a user can bring, and its columns."""
    lead = (
        "The files that can stand in a folder given with `--registers`; see the "
        "[recipe](../how-to/bring-your-own-registers.md). What a file does not tell is drawn as in the synthetic "
        "country. Rows are told apart by the first column."
    )
    return f"# Register files\n\n{lead}\n\n{schema_markdown()}"


def survey() -> str:
    """The virtual survey: how an answer comes about, every question, and every row it answers."""
    return f"# The virtual survey\n\n{describe()}"
