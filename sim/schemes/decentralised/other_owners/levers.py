"""Levers on owners beside municipalities: what they count in the split of the grant, and who runs the money of upper secondary."""

from __future__ import annotations

from sim.parameters.declaration import Group, lever

_S1 = "AFI-rapport 2026:02"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class OtherOwnership(
    Group, key="decentralised.other_owners", title="Counties and private owners in the scheme for schools"
):
    """Levers on owners beside municipalities."""

    county_weight: float = lever(
        1.0, unit="teachers per teacher", bounds=(0.0, 5.0),
        source=_S1 + ", 1.2: general subjects of upper secondary are in the scheme; that all teachers count alike is an assumption",
        meaning="what a teacher of general subjects in a county's school counts in the split of the grant against one in grunnskole",
    )
    private_weight: float = lever(
        0.0, unit="teachers per teacher", bounds=(0.0, 5.0),
        source=_S1 + ", 5.2.2: private schools get money from 2026; that nobody did before, and all count alike after, is an assumption",
        meaning="what a teacher in a private school counts in the split of the grant against one in grunnskole",
    )
    own_scheme: bool = lever(
        False, unit="yes/no", source=_S1 + ", 5.2.2: from 2026 a scheme for upper secondary under the county",
        meaning="whether counties run their own scheme: money comes straight to them, and they leave the governor's forum",
    )
    own_grant_nok: float = lever(
        49e6, unit="NOK a year", bounds=(0.0, 1e9),
        source="assumption: as much as an equal share for each teacher of the 245 million gives",
        meaning="state grant for general subjects to the counties' own scheme, where they run one; vocational money comes beside it",
    )
