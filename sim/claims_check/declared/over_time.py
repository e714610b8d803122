"""Contrasts of what happened: later years of one world against earlier ones, groups of those asked, and other pasts."""

from __future__ import annotations

from functools import partial

from sim.claims_check.contrast import WITHOUT_OTHERS, Contrast, Dated, Frame, Setting
from sim.claims_check.readings import FIGURE, THEN, WHEN_ASKED

HISTORY = Frame("What happened", 2017, 2005, 2018, 2025, design="history", scale=0.5)
PAST = Frame("Other pasts", 2005, 2017, 2022, 2026, given=WITHOUT_OTHERS, scale=0.2)
REGULATION = Frame("The regulation of 2021", 2017, 2021, 2021, 2025, given=WITHOUT_OTHERS)

AS_IT_WAS: Setting = {}
NO_PANDEMIC: Setting = {"pandemic.share_lost": 0.0}

OPEN: Setting = {"decentralised.regulation": False}
REGULATED: Setting = {"decentralised.regulation": True}

_T1, _T3 = (2021, 2021), (2024, 2024)
_of, _under, _past = (partial(Contrast, frame) for frame in (HISTORY, REGULATION, PAST))


def _later(says: str, reading: str, source: str, claims: str, *, falls: bool = False) -> Contrast:
    """The wave of 2024 against that of 2021, greater or less."""
    years, before = (_T1, _T3) if falls else (_T3, _T1)
    return _of(says, WHEN_ASKED + reading, AS_IT_WAS, AS_IT_WAS, source, claims, years=years, before=before)


def _waves(row: str) -> str:
    """What the virtual survey answers in the wave it is asked in."""
    return f"{FIGURE}{row}_t1{THEN}{row}_t3"


CONTRASTS: tuple[Contrast, ...] = (
    _later("more members are satisfied with the forum", _waves("forum_satisfied"), "2.2.1", "S41"),
    _later("satisfaction with the forum rises", "outcome forum_satisfaction", "2.2.1", "S41"),
    _later("fewer owners see a shared understanding", _waves("shared_owner"), "fig. 2-4", "S49", falls=True),
    _later("fewer of UH see a shared understanding", _waves("shared_uh"), "fig. 2-4", "S49", falls=True),
    _later("fewer leaders say that teachers are active", FIGURE + "sign_involvement_leader", "fig. 2-11", "S80", falls=True),
    _later(
        "fewer representatives say that teachers are active", FIGURE + "sign_involvement_rep", "fig. 2-11", "S80", falls=True
    ),
    _later("more of UH find teacher education more relevant", _waves("te_relevance_uh"), "2.3.1.3", "S69"),
    _later("more leaders find measures adapted", _waves("adapted_leader"), "2.3.1", "S54"),
    _later("more of UH find measures adapted", _waves("adapted_uh"), "2.3.1", "S56"),
    _later("somewhat fewer owners find themselves strengthened", _waves("owner_strengthened_owner"), "2.3.1", "S57", falls=True),
    _of("owners and UH are more content than leaders", "figure leader_gap", None, AS_IT_WAS, "fig. 2-4", "S50 S60"),
    _of(
        "leaders are more content than representatives", "figure adapted_leader_t3 less adapted_rep_t3", None,
        AS_IT_WAS, "2.3.1", "S60",
    ),
    _of(
        "owners plan with UH more than they find needs with it", "figure collab_plan_owner less collab_needs_owner",
        None, AS_IT_WAS, "2.3.1", "S58",
    ),
    _of(
        "UH plans with owners more than it finds needs with them", "figure collab_plan_uh less collab_needs_uh", None,
        AS_IT_WAS, "2.3.1", "S58",
    ),
    _of(
        "contact comes back to UH more than teaching", "figure gain_contact_uh_t3 less gain_teaching_uh_t3", None,
        AS_IT_WAS, "2.3.1.3", "S69",
    ),
    _of(
        "teaching comes back to UH more than research", "figure gain_teaching_uh_t3 less gain_research_uh_t3", None,
        AS_IT_WAS, "2.3.1.3", "S69",
    ),
    _of(
        "in the first years vocational money lay unused", "unused", AS_IT_WAS, AS_IT_WAS, "4.4", "S141",
        years=(2019, 2021), before=(2024, 2025),
    ),
    _of(
        "counties come to use the whole vocational grant", "counties that use nine tenths", AS_IT_WAS, AS_IT_WAS,
        "4.4", "S142", years=(2024, 2025), before=(2020, 2021),
    ),
    _of(
        "by 2024 most counties use the whole vocational grant", "counties that use nine tenths, beyond half", None,
        AS_IT_WAS, "4.4", "S142", years=(2024, 2025),
    ),
    _of(
        "the training side grows from the first years to 2023", "training side", AS_IT_WAS, AS_IT_WAS, "4.4", "S151",
        years=(2023, 2023), before=(2019, 2021),
    ),
    _of(
        "the training side goes on growing to 2025", "training side", AS_IT_WAS, AS_IT_WAS, "4.4", "S151",
        years=(2025, 2025), before=(2023, 2023),
    ),
    _under("the regulation is first met with criticism", "satisfaction", REGULATED, OPEN, "2.2.1", "S35", years=(2021, 2021)),
    _under("and then accepted", "satisfaction", OPEN, REGULATED, "2.2.1", "S35 S40", years=(2025, 2025)),
    _past(
        "a regulation from the first day is met with less satisfaction years after", "satisfaction", REGULATED, AS_IT_WAS,
        "2.2.1, 5.3", "S34",
    ),
    _past(
        "a regulation from the first day leaves the money's way less legitimate", "legitimacy of the money's way", REGULATED,
        AS_IT_WAS, "2.2.1, 5.3", "S34 S7",
    ),
    _past(
        "a regulation from the first day lowers owners' effort", "owners' effort", REGULATED, AS_IT_WAS, "2.2.1, 5.3",
        "S34 S7",
    ),
    _past(
        "a regulation from the first day lowers UH's effort", "UH's effort", REGULATED, AS_IT_WAS, "2.2.1, 5.3", "S34 S43",
    ),
    _past(
        "a regulation from the first day leaves roles less clear than one after an open phase, as long after it",
        "role clarity", {**REGULATED, **NO_PANDEMIC}, NO_PANDEMIC, "2.2.1, 5.3", "S34", years=(2022, 2026),
        before=(2018, 2022),
    ),
    _past(
        "a phase that stays open for ever leaves roles less clear", "role clarity", OPEN, AS_IT_WAS, "2.2.1, 5.3", "S33 S34",
    ),
    _past(
        "a phase that stays open for ever makes members less content in the long run", "satisfaction", OPEN, AS_IT_WAS,
        "2.2.1, 5.3", "S33 S34", years=(2026, 2028),
    ),
    _past(
        "a scheme that is changed and changed back is worth less effort than one that lasts", "owners' effort",
        {"decentralised.market_share": Dated(((2019, 1.0), (2021, 0.05)))}, AS_IT_WAS, "2.2.1", "S36 S8",
    ),
)  # fmt: skip
