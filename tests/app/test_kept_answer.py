"""Questions whose answer comes along lead straight to it; it holds what an answer played anew holds."""

from __future__ import annotations

import csv
import html
import io
import re
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from sim.app import asked_often
from sim.app.bounds import FIRST_ASKED
from sim.app.county_differences import county_differences
from sim.app.desk import HISTORY
from sim.app.pages.kept_answer import KeptEdition
from sim.atlas.kept import COSTS, STATE_NOK, KeptAtlas, shipped_folder
from sim.atlas.municipality_types import MEASURES, of_design
from sim.atlas.telling import NEAR, Kind, Telling
from sim.conditions.kept import shipped_folder as conditions_folder
from sim.report.differences import Judged
from sim.report.edition import Edition
from sim.report.money import purses, worth
from sim.report.names import in_order
from sim.report.page import brief, render
from sim.report.rendering import TEMPLATES
from tests.atlas.kept_files import KeptFiles
from tests.report.test_page import check_figures, read
from tests.report.test_pdf import needs_pango

KEPT = KeptAtlas(shipped_folder())
FIRST = KEPT.designs[0]
QUESTIONS = [question for theme in asked_often.themes() for question in theme.questions]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.key)
def test_every_question_of_the_front_page_leads_straight_to_the_kept_answer(
    reader: TestClient, question: asked_often.AskedOften
) -> None:
    b, *also = question.b.split()
    asked = reader.get(f"/nb/sporsmal/{question.key}")
    assert asked.status_code == 303
    where = asked.headers["location"]
    assert where.startswith(f"/nb/oversikt/{b}")
    assert (f"mot={question.a}" in where) == (question.a != FIRST)
    assert [f"ogsa={each}" in where for each in also] == [True] * len(also)
    heading = re.search(r"<h1>(.*?)</h1>", reader.get(where).text)
    assert heading is not None
    assert (
        re.sub(r"<[^>]*>", "", heading[1]) == question.words["nb"]
    )  # what was asked, not a comparison's title


FILES = KeptFiles(KEPT.folder, conditions_folder())


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.key)
def test_every_figure_of_a_kept_answer_is_the_one_in_the_kept_files(
    reader: TestClient, question: asked_often.AskedOften
) -> None:
    b, *also = question.b.split()
    where = f"/nb/oversikt/{b}?{urlencode({'mot': question.a, 'ogsa': also}, doseq=True)}"
    assert check_figures(read(reader.get(where).text), FILES, rel=1e-9) > 40


@pytest.mark.parametrize(
    ("path", "least"), [("obligatory", 40), ("no_follow_up/kart?utfall=owner_competence", 4)]
)
def test_so_is_every_figure_in_english_and_on_the_map(reader: TestClient, path: str, least: int) -> None:
    assert check_figures(read(reader.get(f"/en/oversikt/{path}").text), FILES, rel=1e-9) > least


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "alternativer",
        "oversikt",
        "oversikt/obligatory",
        "oversikt/obligatory/kart",
        "sporsmal?a=voluntary&b=market&ny=1",
    ],
)
def test_every_list_of_designs_and_outcomes_is_in_alphabetical_order(
    reader: TestClient, lang: str, path: str
) -> None:
    page = reader.get(f"/{lang}/{path}").text
    lists = [
        re.findall(r'<option value="([^"]*)"[^>]*>([^<]+)', each)
        for each in re.findall(r"<select.*?</select>", page, re.DOTALL)
    ]
    lists.append(re.findall(r'<h2 id="design-([^"]*)">([^<]+)', page))
    named = [
        some for some in lists if len(some) > 8
    ]  # shares of the country and years have an order of their own
    assert (len(named) > 0) == ("sporsmal" not in path)
    for some in named:  # nothing at all, what is asked most, and what happened, stand at the ends
        words = [html.unescape(name) for key, name in some if key not in ("", *FIRST_ASKED, HISTORY)]
        assert words == in_order(words, lang)


def test_counties_and_questions_on_conditions_are_in_norwegian_order(reader: TestClient) -> None:
    page = reader.get("/nb/oversikt/no_follow_up/kart").text
    counties = re.findall(r'<th scope="row"[^>]*>([^<]+)', page)
    assert len(counties) == 15
    assert counties == in_order(counties, "nb")
    assert counties[-1] == "Østfold"
    start = reader.get("/nb/").text
    questions = re.findall(r'<span id="on-[^>]*>([^<]+)', start)
    assert len(questions) > 4
    assert questions == in_order(questions, "nb")


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_what_there_is_today_is_called_voluntary_only_where_that_is_asked(
    reader: TestClient, lang: str
) -> None:
    voluntary = {"nb": "frivillig oppfølging", "en": "voluntary follow-up"}[lang]
    scheme, system = {
        "nb": ("dagens ordning", "dagens ordninger"),
        "en": ("today’s scheme", "today’s system"),
    }[lang]
    for key, name in (
        ("obligatory", voluntary), ("low_pressure", voluntary), ("draw_larger", scheme), ("system_2026", system),
        ("forum_without_leader", system),
    ):  # fmt: skip
        page = reader.get(f"/{lang}/oversikt/{key}").text
        answer = (
            page.split('class="answers"')[1].partition("</div>")[0]
            + page.split("<caption>")[1].partition("<")[0]
        )
        assert {one: bool(re.search(rf"\b{one}\b", answer)) for one in (voluntary, scheme, system)} == {
            one: one == name for one in (voluntary, scheme, system)
        }, key


def test_no_hash_stands_in_an_answer_or_on_the_page_of_a_type(reader: TestClient) -> None:
    code = str(KEPT.manifest["code"]["commit"])[:10]
    assert code in reader.get("/nb/oversikt").text
    for path in ("oversikt/obligatory", "kommunetyper/smallest"):
        assert code not in reader.get(f"/nb/{path}").text


def test_a_question_on_small_municipalities_begins_with_them(reader: TestClient) -> None:
    for key, is_first in (("system_2026", True), ("draw_size_floor", True), ("obligatory", False)):
        told = reader.get(f"/nb/oversikt/{key}").text.split('class="answers"')[1]
        first = told.split("<p>")[1].partition("</p>")[0]
        assert ("de minste kommunene (under 1000 innbyggere)" in first) == is_first


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("key", ["system_2026", "draw_size_floor"])
def test_a_question_on_small_municipalities_is_answered_with_their_sizes_and_not_the_country_s(
    reader: TestClient, key: str, lang: str
) -> None:
    told = Telling(KEPT, lang, FIRST)
    opening = reader.get(f"/{lang}/oversikt/{key}").text.split('class="answers"')[1].partition("</div>")[0]
    _, first, second, third, *_ = opening.split("<p>")
    assert "<data" not in first
    cells = [told.cell(d) for m in MEASURES if (d := told.difference(key, m, "smallest")) and d.moved]
    ranked = sorted(cells, key=lambda one: (one.d.row.outcome.endswith("per_pupil"), -one.d.times))
    ends = [
        next((one for one in ranked if one.d.judged is judged), None)
        for judged in (Judged.BETTER, Judged.WORSE)
    ]
    shown = [one.__html__() for cell in ends if cell for one in (cell.shown, cell.low, cell.high)]
    assert len(shown) in (3, 6)
    assert [one in second for one in shown] == [True] * second.count("<data")
    assert "<data" not in third  # the verdict on the country, whose size stands in the figure and the table


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.key)
def test_what_changes_is_ranked_by_size_against_what_matters(
    reader: TestClient, question: asked_often.AskedOften
) -> None:
    told, (b, *_) = Telling(KEPT, "nb", question.a), question.b.split()
    section = reader.get(f"/nb/oversikt/{b}?mot={question.a}").text.split('<h2 id="moved">')[1]
    names = re.findall(r'<th scope="row" role="rowheader">(.*?)</th>', section.partition("</section>")[0])
    ranked = sorted((d for some in told.moved(b).values() for d in some), key=lambda d: -d.times)
    assert names == [told.names.outcome(d.row.outcome) for d in ranked]


@pytest.mark.parametrize("b", KEPT.designs[1:])
def test_money_and_work_are_rounded_alike_in_line_list_and_table(b: str) -> None:
    told = Telling(KEPT, "nb", FIRST)
    listed = {key: told.cell(d) for key in COSTS if (d := told.difference(b, key))}
    for purse in purses(told.views[b], b):
        own = next((one for key, one in listed.items() if key.startswith(purse.key)), None)
        if purse.told == "same":
            continue
        assert purse.size.number == purse.difference.number.lstrip("+−")
        assert purse.key == "county" or own is not None
        assert own is None or own.shown.number == purse.difference.number
        assert own is None or not own.worth or own.worth.number == worth(purse).difference.number


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.key)
def test_every_answer_of_a_question_tells_what_the_same_money_buys_in_other_designs(
    reader: TestClient, question: asked_often.AskedOften
) -> None:
    b, *_ = question.b.split()
    told = Telling(KEPT, "nb", question.a)
    rows = told.same_money(b)
    spent = {key: d.row.difference for key in told.views if (d := told.difference(key, STATE_NOK))}
    spent[told.a] = 0.0
    bare = told.without(b)
    own = max(abs(spent[each] - spent[bare]) for each in (told.a, b))  # what the scheme itself costs
    for row, more in rows[1:]:
        apart = spent[row.key] - spent[b]
        assert told.without(row.key) == bare
        assert abs(apart) <= NEAR * own * (1 + 1e-9)
        assert (more.value if more else 0.0) == pytest.approx(apart if abs(apart) >= 1e6 else 0.0)
        assert row.better or row.worse
    text = reader.get(f"/nb/oversikt/{b}?mot={question.a}").text.split('id="same-money"')[1]
    assert ("Ingen andre alternativer om det samme koster staten" in text) == (not rows)
    assert [row.title in text for row, _ in rows] == [True] * len(rows)


def test_two_designs_chosen_lead_there_too_but_others_do_not(reader: TestClient) -> None:
    assert reader.get("/en/sporsmal?a=voluntary&b=market").headers["location"] == "/en/oversikt/market"
    for path in ("a=voluntary&b=history", "a=voluntary&b=market&b=network", "a=voluntary&b=market&ny=1"):
        answer = reader.get(f"/en/sporsmal?{path}")
        assert "/oversikt/" not in answer.headers.get("location", "")


def test_fresh_worlds_are_the_second_choice_and_have_another_seed(reader: TestClient) -> None:
    page = reader.get("/nb/oversikt/obligatory").text
    assert page.index('class="answers"') < page.index("Simuler på nytt med andre tilfeldigheter")
    form = reader.get("/nb/sporsmal?a=voluntary&b=obligatory&ny=1&seed=2027").text
    assert 'name="seed" inputmode="numeric" class="short" maxlength="12" value="2027"' in form


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_it_shows_the_country_year_by_year_with_a_band(reader: TestClient, lang: str) -> None:
    page = reader.get(f"/{lang}/oversikt/obligatory").text
    figure = re.search(rf'<figure id="{lang}-figure-trajectories".*?</figure>', page, re.DOTALL)
    assert figure is not None
    edition = Edition(Telling(KEPT, lang, FIRST).views["obligatory"].results, lang)
    panels = figure[0].count("<svg viewBox")
    assert panels > len(edition.view.main_outcomes) - 2 > 0
    assert f'<figure id="{lang}-figure-answer"' in page


def test_it_tells_what_part_of_the_scheme_s_own_effect_a_difference_is(reader: TestClient) -> None:
    page = reader.get("/nb/oversikt/draw_larger").text
    assert "Mot det oppfølgingen selv gir" in page
    told = Telling(KEPT, "nb", FIRST)
    d = next(d for some in told.moved("draw_larger").values() for d in some if told.share(d))
    low, share, high = told.share(d) or (None, None, None)
    assert low is not None
    assert share is not None
    assert high is not None
    assert low.value * low.factor < share.value * share.factor < high.value * high.factor
    assert share.number in page
    # A design without follow-up loses all of it, which says nothing.
    assert "Mot det oppfølgingen selv gir" not in reader.get("/nb/oversikt/no_follow_up").text


def test_it_tells_what_the_money_brings_under_each_design_that_was_asked_about(reader: TestClient) -> None:
    page = reader.get("/nb/oversikt/voluntary?mot=no_follow_up&ogsa=draw_larger&ogsa=obligatory").text
    table = page[page.index("Kroner per elev som nås") :]
    assert table[: table.index("</tr>")].count('<td class="n">') == 3
    edition = KeptEdition(Telling(KEPT, "nb", "no_follow_up"), "voluntary", ("draw_larger", "obligatory"))
    assert [worth.design for worth in edition.worths] == ["voluntary", "draw_larger", "obligatory"]
    assert reader.get("/nb/oversikt/voluntary?mot=no_follow_up&ogsa=nothing&ogsa=%3Cb%3E").status_code == 200


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_it_has_a_map_of_all_counties_with_the_figures_kept(reader: TestClient, lang: str) -> None:
    assert f'href="/{lang}/oversikt/no_follow_up/kart"' in reader.get(f"/{lang}/oversikt/no_follow_up").text
    page = reader.get(f"/{lang}/oversikt/no_follow_up/kart?utfall=owner_competence").text
    pair = KEPT.between(FIRST, "no_follow_up")
    found = county_differences(pair, "owner_competence", "no_follow_up")
    assert len(found) == 15
    assert page.count("<polygon ") == 15
    nordland = next(one for one in found if one.county == 18)
    row = pair.comparison("owner_competence", "no_follow_up", "county.18")
    assert row is not None
    assert nordland.row == row
    assert nordland.n == 41
    assert f'value="{row.difference!r}"' in page
    assert f'href="/{lang}/oversikt/no_follow_up"' in page


def test_the_map_opens_with_what_moved_most(reader: TestClient) -> None:
    design = "forum_without_leader"
    page = reader.get(f"/nb/oversikt/{design}/kart").text
    offered = re.findall(r'<option value="(\w+)"', page)
    moved = [d.row.outcome for d in Telling(KEPT, "nb", FIRST).views[design].movers(design)]
    first = next(outcome for outcome in moved if outcome in offered)
    assert re.search(rf'<option value="{first}" selected', page)
    assert first != KeptEdition(Telling(KEPT, "nb", FIRST), design).view.main_outcomes[0]


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_map_s_outcomes_are_listed_in_alphabetical_order(reader: TestClient, lang: str) -> None:
    page = reader.get(f"/{lang}/oversikt/no_follow_up/kart").text
    offered = re.findall(
        r"<option[^>]*>([^<]+)</option>", page.split('name="utfall"')[1].partition("</select>")[0]
    )
    assert len(offered) > 10
    assert offered == in_order(offered, lang)


def test_the_map_keeps_the_baseline(reader: TestClient) -> None:
    page = reader.get("/nb/oversikt/voluntary/kart?mot=no_follow_up").text
    assert '<input type="hidden" name="mot" value="no_follow_up">' in page
    assert 'href="/nb/oversikt/voluntary?mot=no_follow_up"' in page


def test_a_letter_that_stands_for_a_design_is_explained(reader: TestClient) -> None:
    assert not KeptEdition(Telling(KEPT, "nb", FIRST), "obligatory").lettered
    told = Telling(KEPT, "nb", FIRST)
    assert KeptEdition(told, "draw_schools_left_alone").lettered
    page = reader.get("/nb/oversikt/draw_schools_left_alone").text
    assert f"Alternativ B: {told.title('draw_schools_left_alone')}" in page


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_it_can_be_taken_along_on_one_page_as_tables_and_as_figures(reader: TestClient, lang: str) -> None:
    page = reader.get(f"/{lang}/oversikt/voluntary?mot=no_follow_up").text
    links = re.findall(r'href="(/oversikt/voluntary/[^"]+)" download', page)
    files = {link.partition("?")[0].removeprefix("/oversikt/voluntary/"): reader.get(link) for link in links}
    begins = {
        f"kort.{lang}.pdf": b"%PDF", f"rapport.{lang}.pdf": b"%PDF",
        f"tabell.{lang}.xlsx": b"PK", f"tabell.{lang}.csv": b"\xef\xbb\xbf",
        **{f"figur/{key}.{lang}.svg": b"<svg" for key in ("answer", "trajectories")},
        **{f"figur/{key}.{lang}.png": b"\x89PNG" for key in ("answer", "trajectories")},
    }  # fmt: skip
    assert files.keys() == begins.keys()
    for name, begin in begins.items():
        assert files[name].status_code == 200
        assert begin in files[name].content[:400], name
        assert 'filename="no_follow_up-voluntary-' in files[name].headers["content-disposition"]
    title = {"nb": "Brukes pengene til oppfølging godt?", "en": "Is the money for follow-up well spent?"}[
        lang
    ]
    words = {"nb": f"Kilde: «{title}»", "en": f"Source: “{title}”"}[lang]
    assert words in read_svg(files[f"figur/answer.{lang}.svg"].text)


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("b", ["obligatory", "system_2026"])
def test_its_report_has_the_kept_files_figures_the_way_over_time_and_leads_to_no_annex(
    b: str, lang: str
) -> None:
    edition = KeptEdition(Telling(KEPT, lang, FIRST), b)
    page = render([edition])
    assert check_figures(read(page), KeptFiles(KEPT.folder, conditions_folder()), rel=1e-9) > 30
    assert f'id="{lang}-figure-trajectories"' in page
    assert "annex.html" not in page
    assert all(sentence.__html__() in page for sentence in edition.headline)


def read_svg(text: str) -> str:
    """The words of a figure, one line after another."""
    return " ".join(re.findall(r"<text[^>]*>([^<]*)", html.unescape(text)))


def test_norwegian_excel_reads_the_table_of_a_kept_answer(reader: TestClient) -> None:
    text = reader.get("/oversikt/obligatory/tabell.nb.csv").content.decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text), delimiter=";")
    told = Telling(KEPT, "nb", FIRST)
    d = told.difference("obligatory", "owner_load")
    assert d is not None
    (row,) = (
        r
        for r in rows
        if r[:3] == [told.name("owner_load"), told.names.group("all"), told.title("obligatory")]
    )
    shown = row[heading.index("Forskjell")]
    assert "," in shown
    assert float(shown.replace(",", ".")) == pytest.approx(d.row.difference * d.difference.factor, rel=1e-5)


@pytest.mark.parametrize(
    "file",
    [
        "kort.sv.pdf",
        "rapport.sv.pdf",
        "tabell.sv.csv",
        "tabell.nb.exe",
        "figur/answer.nb.gif",
        "figur/draw.nb.svg",
        "figur/answer.sv.svg",
    ],
)
def test_a_file_that_there_is_not_is_said_so(reader: TestClient, file: str) -> None:
    assert reader.get(f"/oversikt/obligatory/{file}").status_code == 404


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("without", ["no_follow_up", "no_decentralised", "no_vocational"])
def test_page_and_brief_open_with_the_same_sentences_and_what_the_state_pays_stands_once(
    reader: TestClient, without: str, lang: str
) -> None:
    edition = KeptEdition(Telling(KEPT, lang, without), "voluntary")
    assert edition.added is not None
    opening = [str(sentence) for sentence in edition.opening]
    for text in (reader.get(f"/{lang}/oversikt/voluntary?mot={without}").text, brief(edition, "")):
        shown = html.unescape(re.sub(r"<[^>]*>", "", text.split('class="answers"')[1].partition("</div>")[0]))
        places = [shown.find(sentence) for sentence in opening]
        assert places == sorted(places)
        assert -1 not in places
        for told in (edition.added.spent, edition.added.per_head.value):
            assert shown.count(str(told)) == 1


@needs_pango
@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("key", ["system_2026", "draw_larger"])
def test_its_brief_is_one_page_and_answers_what_was_asked(key: str, lang: str) -> None:
    import weasyprint

    edition = KeptEdition(Telling(KEPT, lang, FIRST), key)
    page = brief(edition, (TEMPLATES / "pdf.css").read_text(encoding="utf-8"))
    assert len(weasyprint.HTML(string=page).render().pages) == 1
    small = {"nb": "de minste kommunene", "en": "the smallest municipalities"}[lang]
    first = page.split('class="answers"')[1].partition("</p>")[0]
    assert (small in first) == (key == "system_2026")


def test_the_table_of_municipalities_has_only_what_moves_and_says_what_does_not(reader: TestClient) -> None:
    page = reader.get("/nb/oversikt/obligatory").text
    table = page[page.index('class="of-types') : page.index("Hvor sikkert er det?")]
    told = Telling(KEPT, "nb", FIRST)
    rows = [row for row in of_design(told, "obligatory") if row.kind is not Kind.NOTHING]
    moves = [MEASURES[i] for i in told.seen(rows)]
    assert "owner_load" in moves
    assert len(moves) < len(MEASURES)
    assert table.count('role="columnheader"') == 2 + len(moves)  # the type, beside the country
    assert "Modellen viser ingen forskjell av betydning for" in table


@pytest.mark.parametrize("path", ["oversikt/obligatory", "oversikt", "kommunetyper/smallest"])
def test_every_cell_of_a_table_that_becomes_a_list_on_a_phone_says_what_it_is(
    reader: TestClient, path: str
) -> None:
    for table in re.findall(
        r'<table class="[^"]*stacks".*?</table>', reader.get(f"/en/{path}").text, re.DOTALL
    ):
        assert 'role="table"' in table
        cells = [cell for cell in re.findall(r"<td[^>]*>", table) if "colspan" not in cell]
        assert cells
        assert [cell for cell in cells if "data-label=" not in cell or 'role="cell"' not in cell] == []


def test_on_the_map_what_is_too_small_to_matter_has_words_and_no_digits(reader: TestClient) -> None:
    page = reader.get("/nb/oversikt/no_follow_up/kart?utfall=owner_competence").text
    rows = re.findall(r"<tr class.*?</tr>", page, re.DOTALL)
    quiet = [row for row in rows if 'class="unclear"' in row]
    assert len(rows) == 15
    assert quiet
    assert not any('class="n difference"' in row for row in quiet)
    assert all("betydning" in row or "Uvisst" in row for row in quiet)
