"""The same rules played by Python itself, line by line, give the same world."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model import SchemeModel


@pytest.mark.parametrize("design", ["history", "system_2026_strengthened"])
def test_a_small_world_is_the_same_played_line_by_line(design: str) -> None:
    models = [SchemeModel(design, rng=5, scale=0.01, start=2024, plain=plain) for plain in (False, True)]
    for model in models:
        model.run_to(2026)
    compiled, plain = (model.state for model in models)
    assert plain.plain
    for table in compiled:
        for name, values in table.arrays().items():
            other = getattr(plain[type(table)], name)
            if values.dtype.kind == "f":
                assert np.allclose(values, other, rtol=1e-9, atol=1e-12, equal_nan=True), (
                    f"{type(table).__name__}.{name}"
                )
            else:
                assert np.array_equal(values, other), f"{type(table).__name__}.{name}"
