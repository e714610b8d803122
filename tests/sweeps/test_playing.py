from __future__ import annotations

import math

import pytest

from sim.errors import InputError
from sim.experiments.play import Job, play_world
from sim.sweeps.identity import code_digest
from sim.sweeps.kept import Kept, figures_of
from sim.sweeps.playing import Run, Unit, play_unit
from tests.experiments.toy import OUTCOMES, PUSHED, STILL, TWIN, toy_instruments
from tests.sweeps.toys import BAD_LUCK, COLUMNS, END, START, failing

NAMES = (
    "practice@mean", "practice@end", "practice@2019", "practice@2020-2021", "practice@end:need", "practice@mean:picked.either",
    "drawn_share@mean:size.large", "spread@end", "pupils@end:region.north",
)  # fmt: skip


def unit(kept: Kept, designs: tuple[str, ...] = ("still", "pushed"), **settings: object) -> Unit:
    by_key = {design.key: design for design in (STILL, PUSHED, TWIN)}
    given: dict[str, object] = {
        "runs": {key: by_key[key] for key in designs},
        "values": {"toy.luck_sd": 1.3},
        "world": 3,
        "seed": 7,
        "start": START,
        "end": END,
        "scale": 1.0,
        "kept": kept,
        "code": code_digest(),
        "instruments": toy_instruments,
    }
    return Unit(**{**given, **settings})  # type: ignore[arg-type]  # its own fields


def kept(names: tuple[str, ...] = NAMES, parting: int = 2021) -> Kept:
    return Kept.of(names, OUTCOMES, parting).with_reference((STILL, PUSHED))


def figures(runs: list[Run]) -> list[tuple[float, ...]]:
    assert all(run.figures is not None for run in runs)
    return [run.figures for run in runs if run.figures is not None]


def same(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return all(x == y or (math.isnan(x) and math.isnan(y)) for x, y in zip(a, b, strict=True))


def test_the_kept_figures_are_those_of_a_full_recording_to_the_last_digit() -> None:
    whole = play_world(
        Job(3, 7, (STILL, PUSHED), START, 2021, END, values={"toy.luck_sd": 1.3}, instruments=toy_instruments)
    )
    wanted = [
        tuple(figures_of(kept(), values, whole.half_years, OUTCOMES, START, END).tolist())
        for values in whole.outcomes
    ]
    found = figures(play_unit(unit(kept())))
    assert all(same(a, b) for a, b in zip(found, wanted, strict=True))
    assert not any(math.isnan(value) for value in found[0][:6])


def test_a_run_is_the_same_whoever_is_played_beside_it() -> None:
    together = figures(play_unit(unit(kept(), ("still", "pushed", "twin"))))
    assert same(figures(play_unit(unit(kept(), ("pushed",))))[0], together[1])
    assert same(figures(play_unit(unit(kept(), ("twin",))))[0], together[2])


def test_groups_are_settled_at_the_parting_told_though_designs_part_earlier() -> None:
    early = kept(("practice@end:need", "practice@end:picked.either"), parting=2022)
    alone = figures(play_unit(unit(early, ("still",))))[0]
    beside = figures(play_unit(unit(early)))[0]
    assert same(alone, beside)
    assert not math.isnan(alone[0])
    assert math.isnan(alone[1])  # no draw is held in 2022


def test_designs_that_part_at_the_start_get_worlds_of_their_own() -> None:
    names = ("practice@end", "practice@mean:need", "practice@end:picked.either")
    found = figures(play_unit(unit(kept(names, parting=2015), start=2021, end=2022)))
    assert found[0] != found[1]
    assert not any(math.isnan(value) for value in found[0])


def test_a_design_that_fails_leaves_the_others_alone() -> None:
    still, pushed = play_unit(unit(kept(COLUMNS), values={"toy.luck_sd": BAD_LUCK}, instruments=failing))
    assert still.figures is not None
    assert pushed.figures is None
    assert pushed.error == "ArithmeticError: the toy is broken"
    assert pushed.trace.endswith(" step")
    assert "tests/sweeps/toys.py:" in pushed.trace.splitlines()[-1]


def test_a_world_that_can_not_be_built_is_every_run_s_failure() -> None:
    runs = play_unit(unit(kept(), values={"toy.nonsense": 1.0}, registers=None, instruments=broken))
    assert [run.figures for run in runs] == [None, None]
    assert {run.error for run in runs} == {"ZeroDivisionError: nothing is built"}


def broken() -> object:
    from dataclasses import replace

    def model(*_: object, **__: object) -> object:
        raise ZeroDivisionError("nothing is built")

    return replace(toy_instruments(), model=model)  # type: ignore[arg-type]  # it is never anything


def test_the_machine_s_own_trouble_is_no_run_s_result() -> None:
    def full() -> object:
        from dataclasses import replace

        def model(*_: object, **__: object) -> object:
            raise MemoryError

        return replace(toy_instruments(), model=model)  # type: ignore[arg-type]  # it is never anything

    with pytest.raises(MemoryError):
        play_unit(unit(kept(), instruments=full))


def test_other_code_plays_for_nobody() -> None:
    with pytest.raises(InputError, match="are not those of the process that hands out the runs"):
        play_unit(unit(kept(), code="another"))
