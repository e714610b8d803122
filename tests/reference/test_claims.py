"""Every claim has a state, and what its row names exists."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from sim.declared import REGISTRY
from sim.reference.claims import FIGURE, Basis, Claim, Standing, all_claims, basis, claims, played
from sim.surveys.questionnaire import ECHOES, ITEMS
from tests.test_sources import missing

ROOT = Path(__file__).parents[2]
CLAIMS = all_claims()
NO_CLAIM = {"S": (70, 82, 111, 113, 128), "AO": (40, 43)}
"""Numbers that stand for no claim: of the evaluation of 2026, and of the two older works together."""
LAST = {"S": 166, "AO": 124}


@cache
def text(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("works", LAST)
def test_every_claim_has_its_row_once(works: str) -> None:
    numbers = [claim.number for claim in CLAIMS if claim.name[0] in works]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) == set(range(1, LAST[works] + 1)) - set(NO_CLAIM[works])


@pytest.mark.parametrize("claim", CLAIMS, ids=[claim.name for claim in CLAIMS])
def test_a_claim_that_holds_is_checked_and_any_other_has_its_reason(claim: Claim) -> None:
    assert claim.says
    if claim.state is Standing.HOLDS:
        assert claim.mechanism
        assert claim.name in played() or any(
            check.removeprefix(FIGURE) not in ECHOES for check in claim.checks
        )
        assert not claim.reason
    else:
        assert claim.reason


def test_every_mechanism_named_is_a_parameter_or_a_file() -> None:
    wrong = [
        (claim.name, name)
        for claim in CLAIMS
        for name in claim.mechanism
        if name not in REGISTRY.by_name and not (ROOT / name).is_file()
    ]
    assert wrong == []


def test_every_test_and_every_figure_named_exists() -> None:
    asked = {item.target for item in ITEMS}
    wrong = [
        (claim.name, check)
        for claim in CLAIMS
        for check in claim.checks
        if not (check.removeprefix(FIGURE) in asked if check.startswith(FIGURE) else is_a_test(check))
    ]
    assert wrong == []


def is_a_test(check: str) -> bool:
    """Whether a file has the test, and the case, where one is named."""
    file, name, case = re.fullmatch(r"(\S+\.py)::(\w+)(?:\[(.+)\])?", check).groups()  # type: ignore[union-attr]  # or fail
    if not (ROOT / file).is_file() or f"def {name}(" not in text(file):
        return False
    return case is None or any(
        case == words.replace(" ", "-") for words in re.findall(r'"([^"\n]+)"', text(file))
    )


def test_every_section_named_stands_in_the_list_of_sources() -> None:
    wrong = {
        claim.name: found
        for claim in CLAIMS
        if claim.section
        if (found := missing(f"{claim.source}, {claim.section}"))
    }
    assert wrong == {}


LEFT_OUT = re.compile(r"^## What is left out[^\n]*\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
IN_BRACKETS = re.compile(r"\(([^()]*)\)")


def named_in_tables() -> set[str]:
    """Names of claims in brackets, in the first column of the docs' tables of what is left out."""
    cells = [
        row.split("|")[1]
        for page in sorted((ROOT / "docs").glob("*.md"))
        for part in LEFT_OUT.findall(page.read_text(encoding="utf-8"))
        for row in part.splitlines()
        if row.startswith("| ")
    ]
    inside = " ".join(words for cell in cells for words in IN_BRACKETS.findall(cell))
    return set(re.findall(r"\b[SAO]\d+\b", inside))


def test_what_is_left_out_of_the_claims_stands_in_the_docs_tables_of_what_is_left_out() -> None:
    standing = {claim.name: claim.state for claim in CLAIMS}
    named = named_in_tables()
    assert {name for name, state in standing.items() if state is Standing.LEFT_OUT} - named == set()
    assert [name for name in sorted(named) if standing[name] is Standing.HOLDS] == []


def test_the_head_counts_claims_by_what_their_state_rests_on() -> None:
    count = Counter(basis(claim) for claim in CLAIMS)
    told = " | ".join(str(count[what]) for what in Basis)
    assert f"| all | {told} | {len(CLAIMS)} |" in claims()
