"""The country as it is before anything is done: municipalities, schools, teachers and those who lead them."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Normal, Uniform

_GUESS = "assumption"
_SSB = "SSB, population of municipalities 1 January 2024"
_GSI = "Udir, Fakta om grunnskolen 2023-24 (GSI)"
_LIST = "Udir, public schools with grades 1-10 in the list of January 2026, pupils of 2023 (GSI)"
_MUNICIPAL = "Udir's published municipal results 2022-25"
_CENTRALITY = "fitted to SSB, sentralitetsindeks 2024: three classes by inhabitants and north (ordered probit); correlation with log persons 0.87"
_KMD = "fitted by least squares to KMD, Grønt hefte 2026, over municipalities of 2024: SD of the logarithm 0.177, beyond this law 0.057"
_AGES = "SSB, children aged 6-15 by municipality 2024"
_RESULTS = "derived from Udir's published school results 2022-25"
_LEAVING = "fitted with the two others of leaving points to Udir, leaving points of municipalities 2013-15"
_MAN_YEARS = (
    "fitted to Udir, man-years of Bergen's public schools of 100 or more pupils 2021-2025: SD of the logarithmic change over 1, 2 and"
    " 4 years 0.062, 0.082 and 0.110"
)
_DRAWN = "AFI-rapport 2021:09, 2.3: municipalities outside the draw, 2019"
_NORTH = (
    "assumption after Udir's published municipal results 2022-25 (mean pupils of Trøndelag, Nordland, Troms and Finnmark 0.7, 1.3,"
    " 0.8 and 1.5 points below the nation's; about two thirds of the gap stand at equal size); Finnmark lay far above in the first"
    " draws (OECD 2020); 24 of 39 drawn in 2020 lay in the north (AFI-rapport 2021:09, 2.3)"
)

_OFFICE = (
    "assumption: 19 of 33 owners in follow-up are alone or two (AFI-rapport 2026:02, 3.2), which a third more or less in each of the law's"
    " numbers would give too"
)

# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Society(Group, key="society", title="Municipalities, schools and staff at the start"):
    """What the synthetic country is drawn from, and what fills the gaps of a user's registers."""

    # municipalities
    population_log_mean: float = fixed(
        8.66, unit="log persons", bounds=(5.0, 12.0), source=_SSB,
        meaning="mean logarithm of municipalities' inhabitants, from which relative size is reckoned",
    )
    population_log_sd: float = fixed(
        1.29, unit="log persons", bounds=(0.1, 3.0), source=_SSB,
        meaning="SD over municipalities of the logarithm of inhabitants",
    )
    population_skew: float = fixed(
        0.1, unit="SD", bounds=(0.0, 0.3), source="fitted to " + _SSB,
        meaning="how much the upper tail of that logarithm is drawn out and the lower one drawn in",
    )
    population_top: float = fixed(
        0.2, unit="per SD", bounds=(0.0, 2.0), source="fitted to " + _SSB + ": mean 8.66, SD 1.29 and skewness 0.44 of log persons",
        meaning="how much more a county's largest municipalities stand out from those at the upper quarter than the law of the others has it",
    )
    smallest_municipality: float = fixed(
        200.0, unit="persons", bounds=(50.0, 2000.0), source=_SSB,
        meaning="inhabitants of the smallest municipality",
    )
    merger_luck: float = fixed(
        1.5, unit="log persons", bounds=(0.0, 5.0), source="counted in the mergers of 2020 (KMD; SSB): mean log persons of those made 10.0",
        meaning="how little size decided which municipalities the mergers of 2020 made: 0 means the largest",
    )
    part_spread: float = fixed(
        1.2, unit="log persons", bounds=(0.0, 3.0), source="counted in the same",
        meaning="SD of the logarithm of what each municipality brought into a merger",
    )
    cohort_per_1000: float = fixed(
        11.48, unit="pupils per 1000 inhabitants", bounds=(5.0, 20.0),
        source=_GSI + " and " + _SSB + ": 637,051 pupils in ten grades, 5,550,203 inhabitants",
        meaning="pupils of one grade",
    )
    cohort_spread: float = fixed(
        0.11, unit="log", bounds=(0.0, 0.5), source=_AGES,
        meaning="SD between municipalities of mean size of the logarithm of pupils per inhabitant",
    )
    cohort_even: float = fixed(
        0.2, unit="log per SD of log persons", bounds=(0.0, 1.0),
        source="fitted to " + _LIST + " and SSB's inhabitants: that SD is 0.25, 0.17, 0.13, 0.12, 0.10 and 0.08 under 2,000 and from 2,000,"
        " 5,000, 10,000, 20,000 and 50,000 inhabitants on",
        meaning="how it falls in larger municipalities",
    )
    cohort_size_slope: float = fixed(
        0.07, unit="log per SD of log persons", bounds=(-0.2, 0.3), source=_AGES,
        meaning="how much more pupils there are per inhabitant in municipalities above the mean size than below it",
    )
    cohort_size_bend: float = fixed(
        0.025, unit="log per squared SD of log persons", bounds=(0.0, 0.1),
        source="fitted to " + _LIST + " and SSB's inhabitants: 0.096 pupils per inhabitant under 2,000, 0.116 from 10,000 on, 0.107 from"
        " 100,000 on, Oslo 0.092",
        meaning="how much fewer there are again in the largest ones, and in the smallest",
    )
    # schools
    mean_school: float = fixed(
        249.6, unit="pupils", bounds=(50.0, 1000.0), source=_LIST + ": 2,414 schools",
        meaning="pupils per school in the nation, to which the law of school counts is brought; private schools have owners of their"
        " own and are left out, their pupils (5 %) go to municipal ones",
    )
    school_count_intercept: float = fixed(
        -5.00, unit="log schools", bounds=(-8.0, 0.0), source="fitted to " + _LIST,
        meaning="logarithm of a municipality's schools where the logarithm of its inhabitants is 0",
    )
    school_count_slope: float = fixed(
        0.735, unit="log schools per log person", bounds=(0.3, 1.2), source="fitted to " + _LIST,
        meaning="how schools grow with inhabitants",
    )
    school_count_sd: float = fixed(
        0.46, unit="log schools", bounds=(0.0, 1.0), source="fitted to " + _LIST + ": 0.49 below 5,000 inhabitants",
        meaning="SD of the logarithm of schools around that law in municipalities of mean size and smaller ones",
    )
    school_count_even: float = fixed(
        0.8, unit="log per SD of log persons", bounds=(0.0, 2.0),
        source="fitted to " + _LIST + ": that SD is 0.39, 0.32, 0.20 and 0.17 from 5,000, 10,000, 20,000 and 50,000 inhabitants on",
        meaning="how it falls in larger municipalities, which differ less in how scattered people live",
    )
    largest_mean_school: float = fixed(
        450.0, unit="pupils", bounds=(100.0, 2000.0), source=_LIST + ": Oslo's 446",
        meaning="most pupils per school that a municipality has on average",
    )
    smallest_mean_school: float = fixed(
        20.0, unit="pupils", bounds=(1.0, 100.0), source=_GUESS,
        meaning="fewest pupils per school that a municipality has on average, if it has several",
    )
    school_size_power: float = fixed(
        0.75, unit="power", bounds=(0.1, 3.0),
        source="fitted to " + _LIST + ": coefficient of variation of primary schools in one municipality 0.67 where there are 2-3",
        meaning="how uneven the sizes of primary schools in one municipality of mean size are, after Weibull's law: about their coefficient of variation",
    )
    school_size_even: float = fixed(
        0.6, unit="log per SD of log persons", bounds=(0.0, 1.0),
        source="fitted to " + _LIST + ": 0.65, 0.54 and 0.43 where there are 4-7, 8-15 and 16 or more",
        meaning="how that power falls in larger municipalities",
    )
    combined_size_power: float = fixed(
        1.3, unit="power", bounds=(0.1, 3.0),
        source="fitted to " + _LIST + ": coefficient of variation 0.73 where there are 2-3, 0.84 where 4-7",
        meaning="the same of combined schools, of municipalities of any size",
    )
    lower_secondary_size_power: float = fixed(
        0.37, unit="power", bounds=(0.0, 3.0),
        source="fitted to " + _LIST + ": coefficient of variation 0.34 to 0.51 in municipalities of any size",
        meaning="the same of lower secondary schools, of municipalities of any size",
    )
    largest_combined: float = fixed(
        1056.0, unit="pupils", bounds=(200.0, 5000.0), source=_LIST + ": the largest of all",
        meaning="most pupils that a combined school is planned for, where the municipality has primary schools: the others take the rest",
    )
    smallest_school: float = fixed(
        0.02, unit="share", bounds=(0.0, 1.0), source=_GUESS,
        meaning="size of the smallest school against the mean of its kind in one municipality",
    )
    combined_schools: float = fixed(
        0.6, unit="schools per square root of schools", bounds=(0.0, 1.0),
        source="counted in " + _LIST + ": 44, 26, 17 and 13 % combined where a municipality has 2-3, 4-7, 8-15 and 16 or more",
        meaning="schools with grades 1-10 where a municipality has several",
    )
    lower_secondary_cohort: float = fixed(
        126.0, unit="pupils", bounds=(20.0, 500.0),
        source="counted in " + _LIST + ": 38, 71, 94, 106, 110 and 125 pupils of one grade in such a school, 11, 18, 18, 21, 23 and 24 % of"
        " the schools, from 2,000, 5,000, 10,000, 20,000, 50,000 and 100,000 inhabitants on",
        meaning="pupils of one grade in a school with grades 8-10 where very many live; there is one for so many who aren't in combined"
        " schools",
    )
    lower_secondary_half: float = fixed(
        4500.0, unit="persons", bounds=(0.0, 50000.0), source="counted in the same",
        meaning="inhabitants of a municipality where it is half as many",
    )
    # teachers
    teachers_scale: float = fixed(
        0.3848, unit="persons per pupil to that power", bounds=(0.05, 2.0), source="SSB: 70,000 persons",
        meaning="teaching posts that a school's size calls for in a municipality of mean size",
    )
    teachers_power: float = fixed(
        0.8, unit="power", bounds=(0.3, 1.0),
        source="fitted to Udir, Skoleporten 2014-2019, 72 municipalities: a school's own man-years are those of 84 pupils, SD of the logarithm"
        " of pupils per man-year freed of inhabitants 0.118, and correlations of 0.85 to 0.66 with itself one to four years later; 42 pupils"
        " (SE 12) among Bergen's schools",
        meaning="how posts grow with pupils: small schools need more for each",
    )
    teachers_size: float = fixed(
        0.08, unit="log posts per SD of log persons", bounds=(0.0, 0.5),
        source="fitted to the same: the logarithm of pupils per man-year grows by 0.125 with that of inhabitants, correlation 0.78",
        meaning="how many more posts schools of the same size have where few live, as the world begins: free income is higher there",
    )
    needs_sd: float = fixed(
        0.5, unit="posts per square root of posts", bounds=(0.0, 2.0), source=_MAN_YEARS + ", less what pupils and rounding explain",
        meaning="SD of the posts that a school's pupils call for beyond what as many others do",
    )
    economy_sd: float = fixed(
        0.085, unit="log posts", bounds=(0.0, 0.3),
        source="derived from Udir, Skoleporten 2014-2019, 72 municipalities: SD of the yearly change of man-years by inhabitants 0.103, 0.072,"
        " 0.049 and 0.033, less what pupils, needs and rounding explain; with them go the SD of pupils per man-year freed of size, 0.118,"
        " and its correlations of 0.85, 0.77, 0.70 and 0.66 with itself one to four years later",
        meaning="SD of what the economy of the year adds to the posts of all schools of a municipality of mean size",
    )
    economy_size: float = fixed(
        0.32, unit="log per SD of log persons", bounds=(0.0, 2.0), source="derived from the same, by inhabitants",
        meaning="how much less that is the more inhabitants there are",
    )
    staffing_persistence: float = fixed(
        0.85, unit="share per year", bounds=(0.0, 1.0), source=_MAN_YEARS,
        meaning="part of both that is there a year later",
    )
    age_at_start: float = fixed(
        23.0, unit="years", bounds=(18.0, 40.0), source=_GUESS, meaning="least age of a teacher's first year",
    )
    age_spread: float = fixed(
        8.0, unit="years", bounds=(0.0, 30.0), source="TALIS 2018 (recalled): mean age 44",
        meaning="most years by which a teacher's first year comes later than that",
    )
    successor_experience: float = fixed(
        12.0, unit="years", bounds=(0.0, 30.0), source=_GUESS,
        meaning="mean experience of a successor who comes from another school",
    )
    oldest: float = fixed(
        70.0, unit="years", bounds=(60.0, 75.0), source="Norwegian age limit",
        meaning="greatest age of a teacher",
    )
    unqualified_mean: float = fixed(
        0.16, unit="share", bounds=(0.0, 0.6), source="SSB 2020: 17.5 % of man-years",
        meaning="mean over municipalities of teaching by staff without teacher education",
    )
    unqualified_sd: float = fixed(
        0.06, unit="share", bounds=(0.01, 0.2), source=_GUESS, meaning="SD over municipalities of the share of teaching by staff without teacher education",
    )
    unqualified_far_north: float = fixed(
        0.05, unit="share", bounds=(0.0, 0.3), source=_GUESS, meaning="what the far north has more of it",
    )
    unqualified_gap: float = fixed(
        0.4, unit="SD of practice", bounds=(0.0, 2.0), source=_GUESS,
        meaning="how far their practice lies below the others'",
    )
    teacher_sd: float = fixed(
        1.0, unit="SD of practice", bounds=(1.0, 1.0), source="definition of the unit",
        meaning="SD over the nation's teachers of practice",
    )
    practice_school_share: float = uncertain(
        0.12, unit="share of variance", bounds=(0.0, 0.8), prior=Uniform(0.06, 0.18),
        source=_GUESS + " after studies of teachers' value added: most of it lies inside schools; half or one and a half times as much is as likely",
        meaning="variance of teachers' practice that lies between schools",
    )
    practice_climate: float = fixed(
        0.3, unit="correlation", bounds=(0.0, 1.0), source=_GUESS,
        meaning="correlation of a school's practice and climate",
    )
    ownership_sd: float = fixed(
        0.15, unit="0-1", bounds=(0.0, 0.5), source=_GUESS,
        meaning="SD over teachers of ownership at the start",
    )
    # results and climate
    school_permanent_sd: float = uncertain(
        1.72, unit="scale points", bounds=(1.0, 4.0), prior=Normal(1.72, 0.1),
        source=_RESULTS + ": covariance of a test's results in two years 4.0 in 5th grade, 3.8 in 8th where results are published (1,093 and"
        " 426 public schools), which lie in larger municipalities than others",
        meaning="SD over schools of the level of results as it lasts over some years: what the place calls for, what drifts,"
        " what teaching gives, and what comes and goes slowly",
    )
    within_municipality_share: float = uncertain(
        0.81, unit="share of variance", bounds=(0.3, 0.98), prior=Uniform(0.76, 0.86),
        source=_RESULTS + ": 0.81 in 5th grade, 0.74 in 8th",
        meaning="part of that variance that lies inside municipalities",
    )
    tests_own_share: float = uncertain(
        0.1, unit="share of variance", bounds=(0.0, 0.45), prior=Uniform(0.0, 0.25),
        source=_RESULTS + ": municipal results of 5th and 8th grade",
        meaning="variance of the lasting level of a grade's tests that the other grade does not share",
    )
    background_growth: float = fixed(
        0.2, unit="share", bounds=(0.0, 0.5),
        source="fitted to " + _MUNICIPAL + ": SD between municipalities of 50,000 and more 1.05 in 5th grade, 1.32 in 8th",
        meaning="how much more results of 8th grade answer to who lives in a municipality and a district, and how much less those of 5th,"
        " than both together",
    )
    own_fades: float = fixed(
        0.8, unit="share", bounds=(0.0, 1.0),
        source="fitted to " + _RESULTS + ": where 20-39 are tested, SD of 2.6 in 5th grade and 1.9 in 8th",
        meaning="part of what a school's own surroundings give that is gone by 8th grade",
    )
    subject_share: float = uncertain(
        0.07, unit="share of variance", bounds=(0.0, 0.5), prior=Uniform(0.02, 0.12),
        source="derived from " + _MUNICIPAL + ": the same subject correlates 0.30 in the two grades, different ones 0.21",
        meaning="variance of the lasting level of a test by which numeracy lies above and reading below, or the other way",
    )
    leaving_points_size: float = uncertain(
        1.2, unit="scale points per SD of log persons", bounds=(-0.5, 2.0), prior=Normal(1.2, 0.2),
        source=_LEAVING + ": correlation with the logarithm of pupils -0.08, while tests of 2022-25 grow with inhabitants (0.30)",
        meaning="how much less leaving points are, against tests, where many live: marks are given among one's own pupils",
    )
    leaving_points_background: float = fixed(
        1.35, unit="share", bounds=(0.0, 2.0),
        source=_LEAVING + ": correlations with higher education 0.32 (0.54 where 50 or more leave) and with compulsory school only -0.32 (-0.48),"
        " lasting SD 1.13 where 200 or more leave; standard error 0.25. Single pupils' gap by parents' education (SSB: 5.8 leaving points in"
        " 2020, 5.7 scale points of 8th grade in 2019) would give 0.6",
        meaning="how much more leaving points answer to who lives in a municipality and a district than tests of both grades do",
    )
    leaving_points_own_share: float = uncertain(
        0.15, unit="share of variance", bounds=(0.0, 0.9), prior=Uniform(0.0, 0.3),
        source=_LEAVING + ": least squares end at 0, with a standard error of 0.3; lasting SD 1.30, 1.13, 1.39, 0.98 and 1.13 where under 20,"
        " 20-49, 50-99, 100-199 and 200 or more leave",
        meaning="variance of the lasting level of leaving points that tests do not share",
    )
    climate_within_share: float = uncertain(
        0.5, unit="share of variance", bounds=(0.2, 1.0), prior=Uniform(0.3, 0.8), source=_GUESS,
        meaning="variance of schools' lasting climate that lies inside municipalities",
    )
    climate_correlation: float = fixed(
        0.6, unit="correlation", bounds=(0.0, 1.0), source=_GUESS,
        meaning="correlation inside a municipality of support, motivation and absence of bullying",
    )
    climate_intake: float = uncertain(
        0.3, unit="correlation", bounds=(0.0, 0.6), prior=Normal(0.3, 0.1),
        source=_GUESS + ": pupils thrive somewhat more where results are good; as wide as what is known of hardship and either",
        meaning="correlation over municipalities of climate and results",
    )
    north_gap_trondelag: float = uncertain(
        0.5, unit="SD between municipalities", bounds=(0.0, 2.0), prior=Normal(0.5, 0.2), source=_NORTH,
        meaning="how far results and climate of Trøndelag's municipalities lie below those of others of their size and education",
    )
    north_gap_nordland: float = uncertain(
        0.65, unit="SD between municipalities", bounds=(0.0, 2.0), prior=Normal(0.65, 0.25), source=_NORTH,
        meaning="the same of Nordland's",
    )
    north_gap_troms: float = uncertain(
        0.4, unit="SD between municipalities", bounds=(0.0, 2.0), prior=Normal(0.4, 0.25), source=_NORTH,
        meaning="the same of Troms's",
    )
    north_gap_finnmark: float = uncertain(
        1.0, unit="SD between municipalities", bounds=(0.0, 2.5), prior=Normal(1.0, 0.35), source=_NORTH,
        meaning="the same of Finnmark's",
    )
    north_municipalities: float = fixed(
        0.33, unit="share", bounds=(0.0, 1.0), source=_SSB, meaning="municipalities that lie in the north",
    )
    # background of municipalities
    education_high_mean: float = fixed(
        0.25, unit="share", bounds=(0.0, 1.0), source=_DRAWN, meaning="16+ with higher education",
    )
    education_high_sd: float = fixed(
        0.07, unit="share", bounds=(0.0, 0.3), source="assumption: as of those aged 30-49 in 2014 (SSB: 0.071)",
        meaning="SD over municipalities of the share with higher education",
    )
    education_low_mean: float = fixed(
        0.29, unit="share", bounds=(0.0, 1.0), source=_DRAWN, meaning="16+ with only compulsory schooling",
    )
    education_low_sd: float = fixed(
        0.05, unit="share", bounds=(0.0, 0.3), source="assumption: as of those aged 30-49 in 2014 (SSB: 0.050)",
        meaning="SD over municipalities of the share with only compulsory schooling",
    )
    education_size: float = fixed(
        0.5, unit="correlation", bounds=(-1.0, 1.0), source="fitted to SSB, level of education by municipality 2014: 0.54 in all",
        meaning="correlation of education and logarithm of inhabitants, but for what cities have more of",
    )
    education_cities: float = fixed(
        0.3, unit="SD per squared SD of log persons", bounds=(0.0, 0.5),
        source="fitted to " + _MUNICIPAL + ": mean 1.1 below the nation's over municipalities, 0.4 above it from 50,000 inhabitants on; with it"
        " some 33 % of the nation have higher education, and 25 % in the mean municipality",
        meaning="how much more education grows with inhabitants where they are many",
    )
    education_levels: float = fixed(
        0.54, unit="correlation", bounds=(0.0, 1.0), source="SSB, level of education by municipality 2014, aged 30-49",
        meaning="how closely few with compulsory schooling go with many with higher education",
    )
    intake_education: float = fixed(
        0.72, unit="correlation", bounds=(0.0, 0.9), source="fitted to " + _MUNICIPAL + " and SSB's of education",
        meaning="correlation over municipalities of lasting results and education",
    )
    intake_hardship: float = uncertain(
        0.55, unit="correlation", bounds=(0.0, 0.9), prior=Normal(0.55, 0.08),
        source="assumption after AFI-rapport 2021:09, 2.3: those drawn had more on disability benefit and in child welfare",
        meaning="correlation over municipalities of weak lasting results and hardship; what goes beyond education's share in it is"
        " a path of its own",
    )
    climate_hardship: float = uncertain(
        0.4, unit="correlation", bounds=(0.0, 0.9), prior=Normal(0.4, 0.1), source=_GUESS + " after AFI-rapport 2021:09, 2.3",
        meaning="correlation over municipalities of weak climate and hardship, likewise",
    )
    intake_luck_size: float = fixed(
        0.5, unit="log per SD of log persons", bounds=(0.0, 1.0), source="fitted to " + _MUNICIPAL + ": SD by inhabitants",
        meaning="how much smaller the luck of a municipality's results is the more inhabitants it has",
    )
    segregation: float = fixed(
        0.6, unit="log per SD of log persons", bounds=(0.0, 2.0),
        source="fitted to " + _RESULTS + ": SD by pupils tested, persistence and part inside municipalities in 5th and in 8th grade",
        meaning="how much more the districts of one municipality differ in results the more inhabitants it has",
    )
    segregated_size: float = fixed(
        2.9, unit="SD of log persons", bounds=(-2.0, 6.0), source="fitted to the same",
        meaning="relative size of a municipality whose districts differ as much as the schools inside others do in all",
    )
    hardship_education: float = uncertain(
        0.5, unit="correlation", bounds=(0.0, 0.9), prior=Normal(0.5, 0.1),
        source=_GUESS + ": they go together and are not the same; as wide as what is known of hardship and results",
        meaning="how closely hardship goes with little education",
    )
    education_low_hardship: float = fixed(
        0.7, unit="correlation", bounds=(0.0, 1.0), source=_GUESS,
        meaning="correlation of hardship with many with compulsory schooling only",
    )
    disability_mean: float = fixed(
        0.12, unit="share", bounds=(0.0, 1.0), source=_DRAWN, meaning="aged 18-66 on disability benefit",
    )
    disability_sd: float = fixed(
        0.03, unit="share", bounds=(0.0, 0.2), source=_GUESS, meaning="SD over municipalities of the share on disability benefit",
    )
    child_welfare_mean: float = fixed(
        32.0, unit="per 1000", bounds=(0.0, 200.0), source=_DRAWN,
        meaning="children with child-welfare measures",
    )
    child_welfare_sd: float = fixed(
        10.0, unit="per 1000", bounds=(0.0, 100.0), source=_GUESS, meaning="SD over municipalities of children with child-welfare measures",
    )
    child_welfare_hardship: float = fixed(
        0.6, unit="correlation", bounds=(0.0, 1.0), source=_GUESS,
        meaning="how closely child welfare goes with hardship",
    )
    free_income_mean: float = fixed(
        66_168.0, unit="NOK per inhabitant", bounds=(20_000.0, 200_000.0), source=_DRAWN,
        meaning="free income (frie inntekter), mean over municipalities",
    )
    free_income_large: float = fixed(
        53_300.0, unit="NOK per inhabitant", bounds=(10_000.0, 200_000.0),
        source="derived: with what small municipalities have more it makes the mean over municipalities of AFI-rapport 2021:09, 2.3",
        meaning="free income where very many live",
    )
    free_income_small: float = fixed(
        1600.0, unit="persons", bounds=(0.0, 10000.0), source=_KMD,
        meaning="inhabitants of a municipality that has the square root of two times as much: what any of them needs is shared by few",
    )
    free_income_sd: float = fixed(
        0.057, unit="log NOK", bounds=(0.0, 0.5), source=_KMD, meaning="SD of the logarithm beyond that law",
    )
    robek_share: float = fixed(
        0.029, unit="share", bounds=(0.0, 0.5),
        source="AFI-rapport 2021:09, 2.3: 10 municipalities of 422 in 2019 and 12 of 356 in 2020; the number of 2021 is held back",
        meaning="municipalities in ROBEK",
    )
    special_case_share: float = fixed(
        0.02, unit="share", bounds=(0.0, 0.3), source=_GUESS + " after AFI-rapport 2021:09, 2.1",
        meaning="municipalities whose figures are distorted, e.g. by a special school",
    )
    central_share: float = fixed(
        0.073, unit="share", bounds=(0.0, 0.5), source="SSB, sentralitetsindeks 2024: classes 1-2",
        meaning="central municipalities",
    )
    remote_share: float = fixed(
        0.594, unit="share", bounds=(0.0, 0.99), source="SSB, sentralitetsindeks 2024: classes 5-6",
        meaning="remote municipalities",
    )
    centrality_size: float = fixed(
        0.82, unit="SD per SD of log persons", bounds=(0.0, 1.0), source=_CENTRALITY,
        meaning="how much more central large municipalities lie than others of their region",
    )
    centrality_luck: float = fixed(
        0.44, unit="SD", bounds=(0.0, 1.0), source=_CENTRALITY,
        meaning="SD of centrality beyond size and north",
    )
    north_remoteness: float = fixed(
        0.44, unit="SD", bounds=(0.0, 3.0), source=_CENTRALITY,
        meaning="how much less central northern municipalities lie than others of their size",
    )
    # those who lead
    owner_fte_base: float = uncertain(
        0.15, unit="man-years", bounds=(0.0, 2.0), prior=Uniform(0.05, 0.25), source=_OFFICE,
        meaning="owner's staff for development whatever its size",
    )
    owner_fte_per_school: float = uncertain(
        0.11, unit="man-years", bounds=(0.0, 1.0), prior=Uniform(0.07, 0.15), source=_OFFICE,
        meaning="owner's staff for development per (schools to a power)",
    )
    owner_fte_power: float = uncertain(
        0.9, unit="power", bounds=(0.3, 1.5), prior=Uniform(0.75, 1.05),
        source=_OFFICE + "; large offices may share out their work, or have no more than their schools call for",
        meaning="power of the number of schools by which an owner's staff grows",
    )
    owner_fte_sd: float = uncertain(
        0.3, unit="log man-years", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.5),
        source=_OFFICE + "; offices of as many schools may differ by a tenth or by half",
        meaning="SD of the logarithm around that law",
    )
    competence_mean: float = uncertain(
        0.45, unit="0-1", bounds=(0.0, 1.0), prior=Normal(0.45, 0.08),
        source=_GUESS + " after AFI-rapport 2026:02, 5.2; nothing ties it down but that it lies within half of the SD between those who come",
        meaning="competence of those who come as heads of schools, and so of owners, mean",
    )
    competence_sd: float = fixed(
        0.18, unit="0-1", bounds=(0.0, 0.5), source="assumption after AFI-rapport 2026:02, 5.2: it differs a lot",
        meaning="SD of the competence of those who come as heads of schools; offices with staff even it out",
    )
    competence_size: float = fixed(
        0.5, unit="correlation", bounds=(0.0, 0.99),
        source="assumption after AFI-rapport 2026:02, 2.3.1.2: large municipalities have it more often",
        meaning="correlation of that competence and logarithm of inhabitants",
    )
    leadership_mean: float = uncertain(
        0.5, unit="0-1", bounds=(0.0, 1.0), prior=Normal(0.5, 0.08),
        source=_GUESS + ": half of the scale; nothing ties it down but that it lies within half of the SD between schools",
        meaning="principals' competence in leading development, mean",
    )
    leadership_sd: float = fixed(0.18, unit="0-1", bounds=(0.0, 0.5), source=_GUESS, meaning="SD over schools of principals' competence in leading development")
    longest_tenure: float = fixed(
        35.0, unit="years", bounds=(5.0, 50.0), source=_GUESS, meaning="longest time in a leading post",
    )
    # networks, UH units, offices
    network_size: float = fixed(
        6.0, unit="municipalities", bounds=(2.0, 20.0),
        source=_GUESS + "; AFI-rapport 2026:02 met nine networks in two counties",
        meaning="municipalities in a regional network",
    )
    uh_quality_mean: float = fixed(
        0.55, unit="0-1", bounds=(0.05, 0.95), source=_GUESS + " after AFI-rapport 2026:02",
        meaning="UH units' practice-near quality, mean",
    )
    uh_quality_sd: float = fixed(
        0.35, unit="0-1", bounds=(0.02, 0.45), source="AFI-rapport 2026:02: it varies a lot; the figure is an assumption", meaning="SD over UH units of their practice-near quality",
    )
    uh_tradition_mean: float = fixed(
        0.5, unit="0-1", bounds=(0.0, 1.0), source=_GUESS,
        meaning="UH units' tradition in school development, mean of those without a specialised unit",
    )
    uh_tradition_specialised: float = fixed(
        0.2, unit="0-1", bounds=(0.0, 0.5), source=_GUESS + " after AFI-rapport 2026:02, 2.4",
        meaning="what a specialised unit adds to it",
    )
    uh_tradition_sd: float = fixed(
        0.15, unit="0-1", bounds=(0.0, 0.5), source=_GUESS, meaning="SD of tradition",
    )
    uh_specialised_share: float = fixed(
        0.3, unit="share", bounds=(0.0, 1.0), source=_GUESS,
        meaning="chance of a specialised unit where it isn't known",
    )
    schools_per_uh_fte: float = fixed(
        17.0, unit="schools", bounds=(2.0, 200.0),
        source="derived from the grant: about one UH man-year per 17 schools",
        meaning="schools that one man-year at UH serves",
    )
    uh_fte_sd: float = fixed(
        0.3, unit="log man-years", bounds=(0.0, 1.0), source=_GUESS,
        meaning="SD of the logarithm around that",
    )
    insight_mean: float = fixed(
        0.6, unit="correlation", bounds=(0.0, 1.0), source=_GUESS,
        meaning="how well offices' judgement follows true need, mean",
    )
    owner_insight_mean: float = fixed(
        0.6, unit="correlation", bounds=(0.0, 1.0),
        source=_GUESS + ": as for results; offices know owners by supervision, complaints and visits",
        meaning="how well offices' judgement follows what owners lack, mean",
    )
    insight_sd: float = fixed(
        0.12, unit="correlation", bounds=(0.0, 0.5), source=_GUESS, meaning="SD over offices of how well the governor's judgement follows true need, and what owners lack",
    )
    closeness_mean: float = fixed(
        0.6, unit="share", bounds=(0.0, 1.0), source=_GUESS,
        meaning="how close offices stay in the triangle, mean",
    )
    closeness_sd: float = fixed(
        0.15, unit="share", bounds=(0.0, 0.5),
        source=_GUESS + "; offices differed (AFI-rapport 2021:09, 3.2)", meaning="SD over offices of how close the governor stays",
    )
