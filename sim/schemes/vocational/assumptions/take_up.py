"""Take-up: when small grants are worth the paperwork, and how money and wishes meet."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Uniform

_A = "assumption after AFI-rapport 2026:02, 4"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class TakeUp(Group, key="vocational.take_up", title="Vocational: who takes part"):
    """V1, V2 and V4."""

    wish_share: float = uncertain(
        0.8, unit="share of teachers per year", bounds=(0.0, 1.0), prior=Beta(0.8, 0.08), source="assumption",
        meaning="vocational teachers who see a need in a school year that they would act on if it cost nothing",
    )
    hour_nok: float = fixed(
        500.0, unit="NOK", bounds=(100.0, 2000.0), source="assumption: a teacher's hour with costs",
        meaning="price of an hour of paperwork",
    )
    deterrent: float = uncertain(
        2.0, unit="factor", bounds=(0.0, 20.0), prior=Uniform(1.0, 3.0), source=_A + " [V1]",
        meaning="how much an hour of paperwork deters against what it costs",
    )
    models_relief: float = uncertain(
        0.4, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.6), source=_A + " [V3]",
        meaning="part of the paperwork that good models take away",
    )
    double_work: float = uncertain(
        0.5, unit="share more", bounds=(0.0, 3.0), prior=Uniform(0.2, 0.8), source=_A + ".4.3 [V4]",
        meaning="paperwork and planning done twice where the two schemes have no contact",
    )
    fixed_catches: float = uncertain(
        0.6, unit="share", bounds=(0.0, 1.0), prior=Beta(0.6, 0.12), source=_A,
        meaning="part of the year's wishes that are there when a fixed deadline comes, before anybody has learned of it",
    )
    direct_use: float = uncertain(
        0.6, unit="share", bounds=(0.0, 1.0), prior=Beta(0.6, 0.12), source=_A,
        meaning="part of the wishes that a school meets by itself with money it got directly, before it has learned to",
    )
    learn_years: float = uncertain(
        3.0, unit="years", bounds=(0.1, 50.0), prior=Uniform(1.5, 4.5),
        source=_A + ".4: money unused in the first years, full use in most counties by 2024-25 [V6]",
        meaning="years of work until two thirds of the routine are there",
    )
    learned_share: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8),
        source="assumption, alike for deadlines, applications and money that schools got directly: all work well by 2024-25 [V6]",
        meaning="part of what is missed at first that those with full routine no longer miss",
    )
    host_hours: float = fixed(
        4.0, unit="hours", bounds=(0.0, 100.0), source="assumption: half a day",
        meaning="a firm's hours on a teacher who stays there",
    )
    moved_share: float = uncertain(
        0.7, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.4, 1.0),
        source=_A + ".4: the training side grows; that it gets what schools leave is an assumption",
        meaning="part of what schools leave unused that a county with full routine moves to the training side",
    )
    substitutes: float = uncertain(
        0.7, unit="share", bounds=(0.0, 1.0), prior=Beta(0.7, 0.1),
        source=_A + ", p. 77: yrkesfaglærer 2 is popular because it needs no substitute; the figure is an assumption",
        meaning="stays and courses for which a substitute of the trade is found",
    )
    plan_misses: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.6),
        source=_A + ".4.2 and more than 180 trades [V2]; the figure is an assumption",
        meaning="wishes for small measures that a long-term plan has not foreseen",
    )
    plan_paperwork: float = uncertain(
        0.3, unit="share more", bounds=(0.0, 3.0), prior=Uniform(0.0, 0.6), source="assumption",
        meaning="how much more paperwork a small grant takes that must be shown to fit a plan",
    )
    plan_keeps: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 1.0), source="assumption: what a plan is meant for",
        meaning="how far a plan that is brought about lets collective measures under way go before new ones",
    )
    plan_nok: float = fixed(
        15_000.0, unit="NOK per vocational teacher a year", bounds=(100.0, 1e6),
        source=_A + ".4.2: the scheme is too small to bring a plan about; the figure is an assumption",
        meaning="grant at which half of a plan is brought about",
    )
    school_begins: float = uncertain(
        0.4, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.4, 0.1), source="assumption",
        meaning="chance that a school which did not take part begins to, where taking part is as easy as usual",
    )
    school_stays: float = uncertain(
        0.85, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.85, 0.05), source="assumption",
        meaning="chance that a school which took part does so again, where taking part is as easy as usual",
    )
    usual_worth: float = fixed(
        0.5, unit="share", bounds=(0.05, 1.0), source="assumption: the yardstick of the two chances above",
        meaning="part of the wishes that is usually worth the trouble",
    )
    private_part: float = fixed(
        0.3, unit="share", bounds=(0.0, 1.0), source="assumption",
        meaning="how easily a private school comes to take part, against a county's own",
    )
    second_teacher_nok: float = fixed(
        10_000.0, unit="NOK", bounds=(1000.0, 200_000.0),
        source="assumption: a skilled worker's wage for some days; no dearer than a course with its substitute",
        meaning="price of a professional who teaches along for a while (yrkesfaglærer 2)",
    )
    course_nok: float = fixed(
        10_000.0, unit="NOK", bounds=(500.0, 100_000.0), source="assumption",
        meaning="price of a course of some days for one teacher, with a substitute",
    )
    collective_nok: float = fixed(
        60_000.0, unit="NOK a year", bounds=(5000.0, 1e6), source="assumption",
        meaning="price of a lasting collective measure at one school",
    )
    course_community: float = uncertain(
        5.0, unit="teachers", bounds=(0.5, 50.0), prior=Uniform(3.0, 8.0), source=_A + " [V2]",
        meaning="teachers of a trade in a county at which a fitting course comes about two times in three",
    )
    stay_firms: float = fixed(
        2.0, unit="firms", bounds=(0.1, 50.0), source="assumption",
        meaning="training firms of a trade in a county at which a stay comes about two times in three",
    )
