"""The atlas of a few designs in a small country."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.app.asked_often import find
from sim.app.pages import atlas, kept_answer
from sim.app.pages.kept_answer import KeptEdition
from sim.atlas import api
from sim.atlas.kept import KeptAtlas, is_atlas
from sim.atlas.telling import Telling
from sim.atlas.themes import Theme
from sim.declared import REGISTRY
from sim.errors import InputError
from sim.scenario_files import load_design

DESIGNS = [
    "voluntary", "no_follow_up", "no_vocational", "vocational_as_written", "system_2026", "forum_without_leader",
]  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> KeptAtlas:
    return api.atlas(
        DESIGNS, worlds=2, start=2025, end=2027, scale=0.03, workers=1, out=tmp_path_factory.mktemp("atlas") / "atlas",
        parameters="prior", progress=False,
    )  # fmt: skip


def test_all_shipped_designs_are_in_it_but_history_and_the_baseline_comes_first() -> None:
    shipped = api.shipped()
    assert shipped[0] == "voluntary"
    assert "history" not in shipped
    assert {"obligatory", "market", "no_follow_up"} <= set(shipped)
    assert len(shipped) == len(set(shipped))


def test_it_is_kept_with_what_it_is_bound_to(kept: KeptAtlas) -> None:
    assert is_atlas(kept.folder)
    assert kept.designs == tuple(DESIGNS)
    assert kept.manifest["years"] == {"start": 2025, "parting": 2026, "end": 2027}
    assert len(kept.manifest["model_sha256"]) == 64
    assert all(len(one["digest"]) == 64 for one in kept.manifest["designs"])
    assert set(kept.described["no_follow_up"]["levers"]) == set(kept.manifest["designs"][0]["levers"])


def test_a_vocational_design_is_told_by_what_it_changes_and_never_by_dashes(kept: KeptAtlas) -> None:
    rows = {row.key: row for row in Telling(kept, "nb", "voluntary").rows()}
    row = rows["no_vocational"]
    assert row.theme is Theme.VOCATIONAL
    assert row.costs[0].kind == "better"  # the grant of 51 million is saved, whatever the worlds
    assert all(row.better or row.worse or row.neither or row.costs for row in rows.values())


def test_a_forum_loses_its_leader_from_the_year_of_decision_on_and_what_its_members_feel_leads(
    kept: KeptAtlas,
) -> None:
    (own,) = [one for one in kept.manifest["designs"] if one["key"] == "forum_without_leader"]
    assert own["assumptions"]["decentralised.forum.leader_exit"] == [[2026, 0.5]]
    assert kept.theme("forum_without_leader") is Theme.FUNDING
    way, usual = kept.way("forum_without_leader"), kept.way("voluntary")
    place = kept.places["forum_satisfaction"]
    assert way[0, 0, place] == usual[0, 0, place]  # 2025: what was, is
    assert way[0, 2, place] < usual[0, 2, place] - 0.01  # 2027
    answer = KeptEdition(Telling(kept, "nb", "voluntary"), "forum_without_leader")
    assert str(answer.title) == "Hva skjer når nøkkelpersonen i samarbeidsforumet slutter?"


def test_the_front_page_s_question_on_forums_opens_its_answer_at_once(
    kept: KeptAtlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (kept_answer, atlas):
        monkeypatch.setattr(place, "shipped", lambda: kept)
    question = find("leder-slutter")
    designs = [load_design(key, REGISTRY) for key in (question.a, *question.b.split())]
    try:
        ready = kept_answer.ready(designs, REGISTRY, "nb")
        assert ready is not None
        where, edition = ready
        assert where == "/nb/oversikt/forum_without_leader"
        assert edition.results.designs == ("voluntary", "forum_without_leader")
    finally:
        for kept_for_a_while in (kept_answer._edition, atlas.telling):
            kept_for_a_while.cache_clear()


def test_a_page_in_two_languages_opens_offline(kept: KeptAtlas) -> None:
    page = (kept.folder / "atlas.html").read_text(encoding="utf-8")
    assert "Det varige systemet fra 2026" in page
    assert "The lasting system from 2026" in page
    assert "http" not in page.replace('http-equiv="Content', "")
    assert page.index("Systemet fra 2026</h2>") < page.index("Yrkesfag</h2>")


def test_a_design_asked_for_twice_or_alone_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="twice"):
        api.atlas(["voluntary", "voluntary"], out=tmp_path / "a")
    with pytest.raises(InputError, match="at least two"):
        api.atlas(["voluntary"], out=tmp_path / "a")
    assert not list(tmp_path.iterdir())
