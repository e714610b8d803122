from __future__ import annotations

from sim.outcomes import groups
from sim.report import group_names


def test_the_report_calls_groups_as_the_tables_do() -> None:
    assert group_names.ALL == groups.ALL
    assert group_names.PICKED_EITHER == groups.PICKED_EITHER
