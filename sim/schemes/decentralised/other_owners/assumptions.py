"""How many teachers and what staff the owners beside municipalities have."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Uniform

# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class OtherSchooling(
    Group, key="decentralised.other_owners.schools", title="Counties and private owners: teachers and staff"
):
    """Teachers of general subjects in upper secondary, private schools, and the staff of those who own them."""

    man_years: float = fixed(
        23_500.0, unit="man-years", bounds=(100.0, 60_000.0),
        source="recalled; assumption that it is all of upper secondary: Udir (Skoleporten) has about 21,300 in 2010-14, and 8.8 pupils "
        "to each; SSB (2001) 23,835 in 27,027 persons. As general teachers alone it would make 36,000 persons with the vocational ones",
        meaning="teachers' man-years in upper secondary, vocational teachers among them",
    )
    man_year_each: float = fixed(
        0.88, unit="man-years per teacher", bounds=(0.3, 1.0),
        source="SSB (2001): 23,835 of 27,027 teachers; in grunnskole 59,387 of 67,518, which is the same",
        meaning="man-years of a teacher, in upper secondary as in grunnskole",
    )
    pupils_each: float = fixed(
        9.1, unit="pupils per teacher", bounds=(1.0, 50.0),
        source="Udir, GSI 2023-24: 637,051 pupils, and SSB: 70,000 teachers",
        meaning="pupils of a teacher in grunnskole, as which a teacher beside it counts where the grant is split by pupils",
    )
    vocational_teachers: float = fixed(
        9300.0, unit="persons", bounds=(0.0, 50_000.0), source="AFI-rapport 2026:02, 4.2",
        meaning="vocational teachers among them, whose own scheme it is not; as `vocational.people.n_teachers`",
    )
    upper_schools: float = fixed(
        410.0, unit="schools", bounds=(15.0, 1000.0), source="Udir and SSB, rounded",
        meaning="upper secondary schools in the country; as `vocational.people.n_schools`",
    )
    county_owned_share: float = fixed(
        0.744, unit="share of schools", bounds=(0.0, 1.0), source="Udir and SSB, rounded: 305 of 410",
        meaning="upper secondary schools owned by a county; as `vocational.people.county_owned_share`",
    )
    private_size: float = fixed(
        0.3, unit="ratio", bounds=(0.01, 5.0), source="assumption: about a tenth of pupils in a quarter of schools",
        meaning="size of a private upper secondary school against a county's",
    )
    size_spread: float = fixed(
        0.6, unit="SD of the logarithm", bounds=(0.0, 2.0), source="assumption",
        meaning="spread of the number of teachers between schools",
    )
    private_schools: float = fixed(
        282.0, unit="schools", bounds=(1.0, 1000.0), source="Udir, GSI, recalled and rounded",
        meaning="private primary and lower secondary schools in the country",
    )
    private_teachers: float = fixed(
        3_700.0, unit="persons", bounds=(10.0, 20_000.0),
        source="Udir (Skoleporten): in 2014-19 5.3 % of teachers' man-years in grunnskole, of SSB's 70,000 teachers",
        meaning="teachers in private primary and lower secondary schools in the country",
    )
    county_fte: float = uncertain(
        6.0, unit="man-years", bounds=(0.2, 60.0), prior=Uniform(3.0, 9.0), source="assumption",
        meaning="a county's staff for school development",
    )
    county_competence: float = uncertain(
        0.55, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.55, 0.08), source="assumption: as a large municipality's",
        meaning="a county's competence in analysing and leading school development",
    )
    private_fte: float = fixed(
        0.3, unit="man-years", bounds=(0.05, 10.0), source="assumption: most own one school",
        meaning="staff for school development of a private owner",
    )
    private_competence: float = fixed(
        0.45, unit="0-1", bounds=(0.0, 1.0), source="assumption",
        meaning="private owners' competence in analysing and leading school development",
    )
    exit_chance: float = uncertain(
        0.09, unit="share per year", bounds=(0.0, 0.6), prior=Beta(0.09, 0.02),
        source="assumption: as among vocational teachers",
        meaning="chance that a teacher leaves the school within a year and takes along what measures gave",
    )
    own_scheme_fte: float = uncertain(
        0.5, unit="man-years", bounds=(0.0, 10.0), prior=Uniform(0.2, 0.8),
        source="assumption: what the governor's secretariat did is the county's to do",
        meaning="what running its own scheme asks of a county: secretariat, split among schools, accounts",
    )
