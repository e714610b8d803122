"""When the evaluation asked: half-years of its three survey waves, its forms and interviews, and of the registers it read."""

from __future__ import annotations

from sim.half_year import HalfYear, Season

T1 = HalfYear.of(2021, Season.SPRING)
"""First wave of the survey, and the forms on the pre-phase of the 2020 draw [AFI-rapport 2026:02, 2.1.1; 2021:09]."""

T2 = HalfYear.of(2023, Season.SPRING)
"""Second wave, and the guides' form on the pre-phase of the 2022 draw [AFI-rapport 2026:02, 2.1.1, 3.5]."""

T3 = HalfYear.of(2024, Season.AUTUMN)
"""Third wave, and the interviews (2024/25) with owners in the 2022 draw [AFI-rapport 2026:02, 2.1.1, 3.2]."""

WAVES = (T1, T2, T3)

FIRST_DRAW = 2017
DRAW_YEARS = (FIRST_DRAW, 2018, 2020, 2022)
FORM_DRAW, INTERVIEW_DRAW = 2020, 2022
"""Years of the draws whose owners filled in the forms, and whose owners were interviewed."""

DRAWS = tuple(HalfYear.of(year, Season.SPRING) for year in DRAW_YEARS)
DRAW_OF_2020 = HalfYear.of(FORM_DRAW, Season.SPRING)
"""Its register shows the municipalities as they stood at the end of 2019."""

DRAWS_TO_2020 = tuple(draw for draw in DRAWS if draw.year <= FORM_DRAW)
"""Those of which AFI-rapport 2021:09, 2.1, counts who came back: 68 places in 2017 and 2018, 39 in 2020."""

PREPHASE_OF_2020 = HalfYear.of(FORM_DRAW, Season.AUTUMN)
"""When the pre-phase of the 2020 draw begins and its guides are at work."""

BOARDS_ASKED = (HalfYear.of(2022, Season.SPRING), T2)
"""When vocational boards were asked of their roles [AFI-rapport 2026:02, 4.4.1]; that it was in spring is an assumption."""

END_OF_2021 = HalfYear.of(2021, Season.AUTUMN)


def autumns(first: int, last: int) -> tuple[HalfYear, ...]:
    """The autumns of a stretch of years, when a school year's grants are known."""
    return tuple(HalfYear.of(year, Season.AUTUMN) for year in range(first, last + 1))
