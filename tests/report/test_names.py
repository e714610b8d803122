from __future__ import annotations

import pytest

from sim.report.manifest import DesignFacts, Manifest
from sim.report.messages import load
from sim.report.names import Names

MANIFEST = Manifest(designs=(DesignFacts("mine", title={"en": "My own design"}), DesignFacts("their_own")))


@pytest.mark.parametrize(
    ("key", "called"),
    [
        ("mine", "My own design"),
        ("mine (follow_up.guide_hours=150.0)", "My own design (follow_up.guide_hours=150.0)"),
        ("their_own (a.b@2027=0.5, c.d=x_y-z)", "Their own (a.b@2027=0.5, c.d=x_y-z)"),
        (
            "obligatory (follow_up.openness=0.4)#2f8a1c04",
            "Obligatory follow-up (follow_up.openness=0.4)#2f8a1c04",
        ),
        ("their_own#2f8a1c04-synthetic", "Their own#2f8a1c04-synthetic"),
        ("their_own (and_more)", "Their own (and more)"),
        (" (a=1)", "(a=1)"),
    ],
)
def test_a_variant_is_called_by_its_design_and_its_levers_as_the_tables_have_them(
    key: str, called: str
) -> None:
    assert Names(load("en"), MANIFEST).design(key) == called
