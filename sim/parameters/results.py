"""Pupils' results: what lies behind them and how they are measured."""

from __future__ import annotations

from sim.parameters.declaration import Group, dated, fixed, uncertain
from sim.parameters.priors import Beta, LogNormal, Normal, Uniform

_UDIR = "derived from Udir's published school results 2022-25"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Results(Group, key="results", title="Pupils' results"):
    """Lasting levels, what moves them, and noise."""

    pupil_sd: float = fixed(
        9.0, unit="scale points", bounds=(6.0, 12.0), source=_UDIR,
        meaning="SD of pupils within a school on a national test",
    )
    national_sd: float = fixed(
        10.0, unit="scale points", bounds=(8.0, 12.0), source="Udir: the scale's definition",
        meaning="SD of pupils in the nation; one pupil SD",
    )
    cohort_sd_5: float = uncertain(
        2.1, unit="scale points", bounds=(0.5, 4.0), prior=Normal(2.1, 0.2),
        source=_UDIR + ": variance less covariance of two years 4.6, 3.6, 2.5 and 2.2 beyond sampling where under 20, 20-39, 40-79"
        " and 80 or more are tested",
        meaning="SD of a school's cohorts of one class around its level beyond sampling noise, 5th grade",
    )
    cohort_sd_8: float = uncertain(
        1.4, unit="scale points", bounds=(0.3, 3.0), prior=Normal(1.4, 0.15),
        source=_UDIR + ": 1.6, 1.1 and 0.8 where 20-39, 40-79 and 80 or more are tested; leaving points of 2013-15"
        " swing from year to year as it gives (SD of pupils, were all of it sampling, 8.8 to 11.1)",
        meaning="SD of a school's cohorts of one class around its level beyond sampling noise, 8th grade (and leaving points)",
    )
    cohort_lasting_sd: float = uncertain(
        0.85, unit="scale points", bounds=(0.0, 1.2), prior=Uniform(0.6, 1.1),
        source=_UDIR + ": what the same cohort in 5th and 8th grade has in common beyond its pupils' abilities",
        meaning="part of it that a cohort takes with it from first grade to tenth; the rest is new at each test",
    )
    class_share: float = fixed(
        0.8, unit="share of variance", bounds=(0.0, 1.0),
        source=_UDIR + ": the same variances, 1.4 + 3.2 / classes in 5th grade and 0.5 + 1.4 / classes in 8th",
        meaning="part of what is new in a cohort at a test that belongs to its classes and evens out over several",
    )
    class_size: float = fixed(
        22.0, unit="pupils", bounds=(10.0, 35.0), source="assumption; a usual class",
        meaning="pupils tested in one class",
    )
    cohort_subjects_correlation: float = fixed(
        0.3, unit="correlation", bounds=(0.0, 1.0),
        source="derived so that school means of reading and numeracy correlate 0.72-0.78 (" + _UDIR + ")",
        meaning="correlation between reading and numeracy of the part that is new at each test",
    )
    pupil_ability_share: float = uncertain(
        0.65, unit="share of variance", bounds=(0.4, 0.95), prior=Normal(0.65, 0.05),
        source=_UDIR + ": correlation of the same cohorts in 5th and 8th grade, 0.60 (0.26 of others), and of schools' reading and numeracy, 0.72-0.77",
        meaning="part of pupils' differences inside a school that both subjects, both tests and leaving points have in common",
    )
    drift_sd: float = uncertain(
        0.12, unit="scale points a year", bounds=(0.0, 0.6), prior=Uniform(0.05, 0.2),
        source=_UDIR + ": the covariance of two years falls by 0.1 points squared (SE about 0.1) from one year apart to three",
        meaning="yearly drift of a school's lasting level",
    )
    drift_persistence: float = fixed(
        0.96, unit="per year", bounds=(0.9, 0.999), source=_UDIR + ": 0.96-1.0",
        meaning="how much of a school's drift away from what its place calls for persists a year",
    )
    value_added_persistence: float = uncertain(
        0.82, unit="per year", bounds=(0.5, 0.99), prior=Beta(0.82, 0.06),
        source="Udir's school contribution figures, 37 municipalities",
        meaning="persistence of what comes and goes in a school's results",
    )
    value_added_sd: float = fixed(
        0.6, unit="scale points", bounds=(0.3, 2.5),
        source="Udir's school contribution figures: 1.0-1.5, of which practice explains 0.9; results of tests hardly fade over three years",
        meaning="SD between schools of what comes and goes",
    )
    practice_to_pupils: float = uncertain(
        0.20, unit="pupil SD per SD of practice", bounds=(0.02, 0.8), prior=LogNormal(0.20, 0.10, 0.37),
        source="Kraft, Blazar & Hogan 2018 (0.18/0.49); teacher value-added slope 0.12",
        meaning="what pupils gain when their teachers' practice is one SD better",
    )
    results_follow: float = uncertain(
        0.5, unit="share per year", bounds=(0.05, 1.0), prior=Beta(0.5, 0.15), source="assumption",
        meaning="how fast pupils' results follow their teachers' practice: a test sums up several years' teaching",
    )
    turnover_cost: float = uncertain(
        0.08, unit="pupil SD per share of posts changed", bounds=(0.0, 0.3), prior=Normal(0.08, 0.02),
        source="Ronfeldt, Loeb & Wyckoff 2013: 0.008 per 10 points",
        meaning="what pupils lose when teachers change",
    )
    turnover_weak_factor: float = fixed(
        1.5, unit="factor", bounds=(1.0, 3.0), source="Ronfeldt, Loeb & Wyckoff 2013",
        meaning="how much more it costs in schools below the nation's mean",
    )
    usual_turnover: float = fixed(
        0.15, unit="share", bounds=(0.0, 0.5), source="definition: the zero of what turnover gives and takes",
        meaning="share of posts changed that goes with the nation's mean",
    )
    principal_change_cost: float = uncertain(
        0.025, unit="pupil SD", bounds=(0.0, 0.1), prior=Normal(0.025, 0.01),
        source="Bartanen et al.; Miller 2013 (recalled)",
        meaning="what pupils lose after a change of principal",
    )
    principal_change_years: float = fixed(
        2.0, unit="years", bounds=(0.0, 5.0), source="Bartanen et al.; Miller 2013 (recalled)",
        meaning="years for which a change of principal is felt",
    )
    practice_to_climate: float = uncertain(
        0.3, unit="school SD per SD of practice", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.6), source="assumption",
        meaning="what better practice gives support, motivation and safety",
    )
    community_to_climate: float = uncertain(
        0.5, unit="school SD per 0-1", bounds=(0.0, 2.0), prior=Uniform(0.0, 1.0), source="assumption",
        meaning="what a stronger professional community gives support, motivation and safety",
    )
    community_usual: float = fixed(
        0.5, unit="0-1", bounds=(0.0, 1.0), source="assumption",
        meaning="professional community that goes with the nation's mean climate",
    )
    limit_points: float = fixed(
        -3.0, unit="scale points from the nation's mean at the start", bounds=(-5.0, 0.0),
        source="assumption; about a tenth of municipalities lie below it",
        meaning="true level of test results below which a municipality counts as under the limit",
    )


class Measurement(Group, key="measurement", title="Measurement of the indicators"):
    """National shares and means, and how many pupils answer."""

    lowest_level_5: float = fixed(
        0.25, unit="share", bounds=(0.05, 0.5), source="Udir",
        meaning="pupils at the lowest mastery level in 5th grade, nation",
    )
    lowest_level_8: float = fixed(
        0.11, unit="share", bounds=(0.02, 0.4), source="Udir (lowest level approximated)",
        meaning="pupils at the lowest mastery level in 8th grade, nation",
    )
    tested_share: float = fixed(
        0.90, unit="share", bounds=(0.5, 1.0),
        source="fitted to Udir's published municipal results 2022-25: median of 62 pupils tested; some 4 % are exempted and as many do not take"
        " part (Udir, recalled), and some go to private schools",
        meaning="pupils who take the national tests of a grade",
    )
    survey_response: float = fixed(
        0.875, unit="share", bounds=(0.5, 1.0), source="Udir, recalled: 0.85-0.90",
        meaning="pupils who answer Elevundersøkelsen",
    )
    leaving_points_mean: float = dated(
        42.0, unit="points", bounds=(35.0, 50.0), source="SSB: 40.4 (2014), 43.2 (2020), about 42 (2023-25)",
        meaning="national mean of grunnskolepoeng",
    )
    leaving_points_per_scale_point: float = fixed(
        0.75, unit="points per scale point", bounds=(0.2, 1.5),
        source="derived: SD between schools 1.8-2.3 (SSB/IMDi 2014-15)",
        meaning="leaving points that go with one scale point of a school's level",
    )
    leaving_points_pupil_sd: float = fixed(
        8.2, unit="points", bounds=(5.0, 12.0), source="SSB/IMDi 2014-15",
        meaning="SD of pupils' leaving points",
    )
    support_mean_7: float = fixed(
        4.35, unit="index 1-5", bounds=(1.0, 5.0), source="Udir, recalled",
        meaning="support from teachers, 7th grade, nation",
    )
    support_mean_10: float = fixed(
        4.0, unit="index 1-5", bounds=(1.0, 5.0), source="Udir, recalled",
        meaning="support from teachers, 10th grade, nation",
    )
    motivation_mean_7: float = fixed(
        3.8, unit="index 1-5", bounds=(1.0, 5.0), source="Udir, recalled",
        meaning="motivation, 7th grade, nation",
    )
    motivation_mean_10: float = fixed(
        3.4, unit="index 1-5", bounds=(1.0, 5.0), source="Udir, recalled",
        meaning="motivation, 10th grade, nation",
    )
    index_pupil_sd: float = fixed(
        0.72, unit="index 1-5", bounds=(0.3, 1.2), source="Udir, recalled: 0.65-0.80",
        meaning="SD of pupils on an index",
    )
    index_school_share: float = fixed(
        0.05, unit="share of variance", bounds=(0.0, 0.2), source="Udir, recalled: 0.03-0.07",
        meaning="variance of an index that lies between schools",
    )
    bullying_mean_7: float = fixed(
        1.2, unit="index 1-5, low is good", bounds=(1.01, 3.0),
        source="Udir, recalled: Skoleporten's index of bullying lies at about 1.2",
        meaning="bullying, 7th grade, nation",
    )
    bullying_mean_10: float = fixed(
        1.2, unit="index 1-5, low is good", bounds=(1.01, 3.0),
        source="Udir, recalled: Skoleporten's index of bullying lies at about 1.2",
        meaning="bullying, 10th grade, nation",
    )
    bullying_pupil_sd: float = fixed(
        0.5, unit="index 1-5", bounds=(0.1, 1.5), source="assumption: most pupils answer 1, about a tenth 3 or more",
        meaning="SD of pupils on the index of bullying",
    )
    climate_cohort_share: float = uncertain(
        0.6, unit="share of variance", bounds=(0.0, 1.0), prior=Uniform(0.3, 0.9),
        source="assumption; fewer come back to the draw than would if climate lasted (AFI-rapport 2021:09, 2.1: 93 different"
        " municipalities in 107 places)",
        meaning="part of schools' differences in climate that belongs to the year's cohort",
    )
    climate_luck_correlation: float = uncertain(
        0.6, unit="correlation", bounds=(0.0, 0.95), prior=Uniform(0.4, 0.8),
        source="assumption: the same pupils answer all three, and one class is hard on all of them",
        meaning="correlation between support, motivation and absence of bullying of the year's luck: cohort's and pupils'",
    )
    test_not_held: float = uncertain(
        0.004, unit="share", bounds=(0.0, 0.1), prior=Uniform(0.0, 0.008),
        source="assumption; AFI-rapport 2021:09, table 1 names it among the reasons for fewer points",
        meaning="chance that a school does not hold a national test in a year",
    )
    survey_not_held: float = uncertain(
        0.10, unit="share", bounds=(0.0, 0.5), prior=Uniform(0.05, 0.15),
        source="assumption; AFI-rapport 2021:09, table 1 names it among the reasons for fewer points, which 72 of 422"
        " municipalities had",
        meaning="chance that a school does not hold the pupil survey in a grade in a year",
    )
    publication_limit: float = fixed(
        10.0, unit="pupils", bounds=(1.0, 30.0),
        source="assumption after Udir's rules on small groups; about a tenth of municipalities have no published test result",
        meaning="fewest pupils for whom a figure is published; the draw itself uses every figure that there is",
    )
