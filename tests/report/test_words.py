"""The words of all message files, in both languages: none that the word list bans (docs/glossary.md)."""

import re
from operator import itemgetter
from pathlib import Path

import pytest

import sim
from sim.report.messages import LANGUAGES, read_texts
from sim.report.names import by_name, in_order
from sim.scenario_files import load_design, names

ROOT = Path(sim.__file__).parent
BANNED = {
    "nb": (
        r"\bverden(er|en|ene|s)?\b", r"\bspil(l|les|ler|le|t|te)\b", r"\bhvor langt\b",
        r"\b(alternativets|utformingens) verk\b", r"\butforming(en|er|ene)? (som følger|prøves|som tekst)\b",
        r"\better hukommelsen\b", r"\btrukket ut sist\b", r"\b(gjennomsnitts|sprednings)uttrekk", r"\bmålbart\b",
        r"\bknapt noe\b",
        r"\bhøyskole", r"(?<!\d)[1-9][\s\u00a0\u202f]\d{3}(?![\s\u00a0\u202f]?\d)(?= (innbyggere|kroner|til))",
        r"\bblir (lavere|høyere)\b", r"\b(the|of|and|with|is|are|leader|exit)\b",
    ),
    "en": (
        r"\bbecomes? (lower|higher|smaller|greater)\b", r"\bhardly matters\b", r"\bmeasurably\b",
        r"\b(alternative|design)['’]s doing\b",
        r"\balternatives?\b",  # the designs are called so, and nothing else
        r"\b(recalled|from memory)\b", r"\b(og|ikke|som|av|til|er)\b",
    ),
}  # fmt: skip
JARGON = {
    "nb": (
        r"\(0–1\)", r"\bper enhet\b", r"\beksponent", r"\blogit", r"\bprior", r"\bSD\b", r"variasjonskoeffisient", r"prosentil",
        r"\buttrekkstraume", r"\bposterior", r"\bemulator", r"\bparameter(e|en|ne)?\b", r"\b\w+_\w+\b",
    ),
    "en": (
        r"\(0–1\)", r"\bper unit\b", r"\bexponent", r"\bto this power\b", r"\blogits?\b", r"\bpriors?\b", r"\bSDs?\b",
        r"coefficient of variation", r"percentile", r"\bdraw trauma\b", r"\bposterior", r"\bemulator", r"\bparameters?\b",
        r"\b\w+_\w+\b",
    ),
}  # fmt: skip
"""Words of those who made the model, kept out of the texts that a minister's adviser reads."""
READ_BY_ADVISERS = (
    "parameter.", "conditions.", "experiment.", "assumption_group.", "lever.", "lever_unit.", "lever_value.", "outcome.",
    "unit.", "answer.", "reason.", "worth.", "figure.", "types.", "atlas.answer.",
    "limits.", "money.", "own_effect.", "concerned.", "gains.", "variance.structure.",
)  # fmt: skip
FILES = {lang: sorted(ROOT.glob(f"**/messages/**/*{lang}.yaml")) for lang in LANGUAGES}
# Names: of options as they are typed, of files, of places in a message, and of what is called so in the other language.
NAMES = re.compile(
    r"--[\w-]+|«designs»|\b\w+\.(parquet|csv|json|html)\b|[{][^}]*[}]|\bexit\b(?= )|Evaluering av ny kompetansemodell"
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_banned_word_stands_in_any_message(lang: str) -> None:
    assert len(FILES[lang]) > 8
    found = [
        f"{file.relative_to(ROOT)}: {key}: {match[0]}"
        for file in FILES[lang]
        for key, text in read_texts(file).items()
        for banned in BANNED[lang]
        if (match := re.search(banned, NAMES.sub("", text), re.IGNORECASE))
    ]
    assert found == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_jargon_stands_in_what_a_minister_s_adviser_reads(lang: str) -> None:
    found = [
        f"{key}: {match[0]}"
        for file in FILES[lang]
        if file.parent.name != "parts"
        for key, text in read_texts(file).items()
        if key.startswith(READ_BY_ADVISERS)
        for word in JARGON[lang]
        if (match := re.search(word, NAMES.sub("", text)))
    ]
    assert found == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_assumption_ends_with_its_unit_in_words(lang: str) -> None:
    told = {
        key: text
        for file in FILES[lang]
        for key, text in read_texts(file).items()
        if key.startswith(("parameter.", "conditions.parameter."))
    }
    assert len(told) > 80
    assert [key for key, text in told.items() if not re.search(r" \([^()]+\)$", text)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_banned_word_stands_in_a_design_that_comes_along(lang: str) -> None:
    told = {
        name: " ".join(str(part.get(lang, "")) for part in (d.title, d.description, d.expected))
        for name in names()
        for d in [load_design(name)]
    }
    found = [
        f"{name}: {m[0]}"
        for name, text in told.items()
        for banned in BANNED[lang]
        if (m := re.search(banned, text, re.IGNORECASE))
    ]
    assert found == []


def test_the_source_of_every_design_is_told_in_norwegian() -> None:
    told = read_texts(ROOT / "app" / "messages" / "levers.nb.yaml")
    english = re.compile(r"\b(the|of|is|are|and|assumptions?|ch)\b")
    left = [n for n in names() if english.search(told.get(f"design_source.{n}") or load_design(n).source)]
    assert left == []


def test_the_word_list_names_what_is_banned() -> None:
    page = (ROOT.parent / "docs" / "glossary.md").read_text(encoding="utf-8")
    for word in ("simulering", "alternativets verk", "Etter hukommelsen", "becomes lower"):
        assert word in page


def test_norwegian_lists_end_with_the_last_letters() -> None:
    assert in_order(["Østfold", "Ål", "Agder", "Ærlig", "ask"], "nb") == [
        "Agder",
        "ask",
        "Ærlig",
        "Østfold",
        "Ål",
    ]
    assert in_order(["b", "A"], "en") == ["A", "b"]
    places = [(1, "Østfold"), (2, "Agder"), (3, "Agder")]  # those of the same name stay as they stood
    assert by_name(places, itemgetter(1), "nb") == [(2, "Agder"), (3, "Agder"), (1, "Østfold")]
