"""The tables of an evaluation: every column with its type, unit and meaning."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from sim.experiments import tables

ESTIMATES, EVALUATION, POWER, RETURNING = "estimates", "evaluation", "power", "returning"

_SCENARIO = tables.field(
    "scenario", tables.WORDS, "name",
    "`model`: the model's own effect; `none`: the figures of the world without the draw, so that the true effect is 0; "
    "`stronger`: measures give more, by assumption",
)  # fmt: skip
_ESTIMATOR = tables.field(
    "estimator", tables.WORDS, "name",
    "`before_after`: change of the drawn; `look_alikes`: against the nearest not drawn; "
    "`corrected`: the same, corrected by regression for what they differ in; `discontinuity`: at the draw's cut",
)  # fmt: skip
_OUTCOME = tables.field(
    "outcome", tables.WORDS, "name",
    "`risk_share`: points of the draw's indicators over possible points; `lowest_level`: pupils at the lowest level on "
    "national tests, less the nation's; less is better for both",
)  # fmt: skip
_AFTER = tables.field(
    "years_after", tables.YEAR, "years", "years from that of the draw to that of the figures"
)


def _number(name: str, meaning: str, unit: str = "share") -> pa.Field:
    return tables.field(name, tables.NUMBER, unit, meaning)


SCHEMAS = {
    ESTIMATES: pa.schema([
        tables.WORLD, _SCENARIO, _ESTIMATOR, _OUTCOME, _AFTER,
        _number("estimate", "estimated effect; empty where nothing can be estimated"),
        _number("low", "lower end of the 95 % interval that the evaluator would report"),
        _number("high", "its upper end"),
        _number("true_effect", "figure with the draw less figure without, mean over the drawn"),
        _number("own_effect", "the same over those whom the estimator is about; at the cut, the drawn near it"),
        _number("sd_between", "standard deviation between municipalities, mean of the three years before"),
        tables.field("n_drawn", tables.WHOLE, "municipalities", "drawn municipalities that the estimate rests on"),
        tables.field("n_compared", tables.WHOLE, "municipalities", "not drawn ones"),
    ]),
    EVALUATION: pa.schema([
        _SCENARIO, _ESTIMATOR, _OUTCOME, _AFTER,
        tables.field("n_worlds", tables.WHOLE, "worlds", "worlds with an estimate"),
        _number("n_drawn", "drawn municipalities that an estimate rests on, mean over worlds", "municipalities"),
        _number("true_effect", "true effect on the drawn, mean over worlds"),
        _number("own_effect", "true effect on those whom the estimator is about, mean over worlds"),
        _number("estimate", "mean over worlds"),
        _number("estimate_low", "5th percentile of the estimates over worlds"),
        _number("estimate_high", "95th percentile"),
        _number("bias", "mean over worlds of the estimate less the true effect on the drawn"),
        _number("bias_low", "lower end of its 90 % interval (Student's t over worlds)"),
        _number("bias_high", "its upper end"),
        _number("regression_to_the_mean", "mean estimate in the same worlds when the draw has no effect at all"),
        _number("sd_error", "standard deviation over worlds of the estimate less the true effect"),
        _number("stated_error", "the error that evaluators would state: mean half width of their interval over 1.96"),
        _number("found", "worlds in which the interval leaves out zero: power, or false alarms where there is no effect"),
        _number("found_low", "lower end of its 90 % interval (Wilson)"),
        _number("found_high", "its upper end"),
        _number("coverage", "worlds in which the 95 % interval holds the true effect that the estimator is about"),
        _number("coverage_low", "lower end of its 90 % interval (Wilson)"),
        _number("coverage_high", "its upper end"),
        _number("minimum_detectable_effect",
                "true effect that one draw would show with 80 % chance at 5 %, were the estimator without bias"),
        _number("sd_between", "standard deviation between municipalities before the draw, mean over worlds"),
        _number("draws_needed", "draws put together for 80 % power at the scenario's true effect, were there no bias; to two "
                "digits, empty without an effect", "draws"),
        _number("municipalities_needed", "drawn municipalities in them", "municipalities"),
    ]),
    POWER: pa.schema([
        _ESTIMATOR, _OUTCOME, _AFTER,
        _number("effect_sd", "assumed true effect, the same in every drawn municipality", "SD between municipalities"),
        _number("effect", "the same in the outcome's unit; negative is an improvement"),
        tables.field("n_draws", tables.WHOLE, "draws", "draws whose estimates are put together"),
        _number("n_drawn", "drawn municipalities in them", "municipalities"),
        _number("found", "chance that the 95 % interval leaves out zero"),
        _number("found_low", "lower end of its 90 % interval (resampled worlds)"),
        _number("found_high", "its upper end"),
    ]),
    RETURNING: pa.schema([
        tables.field("figure", tables.WORDS, "name",
                     "`eighth`: pupils at the lowest level in 8th grade; `fifth`: in 5th grade; `echo`: the first less the "
                     "second"),
        tables.field("n_worlds", tables.WHOLE, "worlds", "worlds with a figure"),
        _number("change", "drawn less not drawn, of the figure in the year of the draw and the two after it less that in the "
                "three years then; in worlds without the draw, mean over worlds; above 0, the drawn look worse at first"),
        _number("change_low", "lower end of its 90 % interval (Student's t over worlds)"),
        _number("change_high", "its upper end"),
    ]),
}  # fmt: skip
"""Columns of each table."""

ROWS_ARE = {
    ESTIMATES: "one estimate of the draw's effect: world, scenario, estimator, outcome, years after",
    EVALUATION: "one estimator in one scenario for one outcome after so many years, over all worlds",
    RETURNING: "what the cohorts that got municipalities drawn leave in the figures when they are met again",
    POWER: "one estimator for one outcome, at one assumed effect and number of draws put together",
}


def arrow(frame: pd.DataFrame, name: str) -> pa.Table:
    """A frame as a table of the declared schema."""
    return tables.framed(frame, SCHEMAS[name])


def declared() -> dict[str, tuple[str, pa.Schema]]:
    """What a row of each table is, and its schema."""
    return {name: (ROWS_ARE[name], schema) for name, schema in SCHEMAS.items()}
