"""What a column holds, by its heading: in the words of SSB, Udir, and the model's own register files."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from sim.registers.grids import Raw
from sim.registers.values import year
from sim.world.schema import MUNICIPALITIES

NUMBER, PLACE, NAME, ORGNR, YEAR, MEASURE, VALUE = (
    "number", "place", "name", "orgnr", "year", "measure", "value",
)  # fmt: skip
OWNER, PRIVATE, PUBLIC, ACTIVE, GRUNNSKOLE = "owner", "private", "public", "active", "grunnskole"
GRADES, GRADE = "grades", "grade"  # a range of grades; pupils of one grade
LEVEL = "level"  # of a unit: nation, county, municipality, school
SORT = "sort"  # what parts a municipality's rows: sex, age, level
SOURCE, TARGET = "source", "target"  # of a correspondence in KLASS
SHARES = ("education_low", "education_high", "disability", "unqualified", "competence")
OF_MUNICIPALITIES = tuple(
    cell.name for cell in MUNICIPALITIES.cells[1:] if cell.name not in ("name", "county")
)
OF_SCHOOLS = ("first_grade", "last_grade", "pupils", "teachers", "intake", "kommunenummer_2019")
"""Columns of the model's register files that can be read; the key and the name are read by their own rules."""

_ANY_COUNT = r"(?:antall |antal |tall på |talet på |sum )?"
_IN_ALL = r"(?: i alt| totalt| total| sum| alle trinn)?"
_ON_1_JANUARY = r"(?: (?:per|pr|pa|på)? ?1 ?(?:1|januar|jan|kvartal))?"
_MEANINGS: tuple[tuple[str, str], ...] = (
    (NUMBER, r"(?:kommune|komm|kom|k) ?(?:nummer|nr|num|kode|code)|knr|municipality (?:number|code|no)|regionkode|code|kode"),
    (PLACE, r"region(?:er)?|kommuner?(?: navn)?|kommunenavn|municipality(?: name)?|municipalities|eierkommune"),
    (ORGNR, r"(?:organisasjons?|org) ?(?:nummer|nr)(?: enhet| skole)?|orgnr|organisation number"),
    (NAME, r"navn|name|fullt ?navn|(?:skole|enhet|enhets) ?navn|skole(?:ns navn)?|enhet|school(?: name)?"),
    (YEAR, r"år|aar|year|skole ?år(?:navn)?|skoleaar(?:navn)?|periode|årgang|årstall"),
    (LEVEL, r"enhets? ?(?:niv(?:å|aa)|type)(?: ?kode)?|niv(?:å|aa)(?: ?kode)|unit level"),
    (MEASURE, r"statistikkvariabel|contents|variabel|indikator|måltall|nøkkeltall|(?:utdannings)?nivå"),
    (VALUE, r"verdi|value|tall|obs(?:erva(?:sjon|tion))?|antall|antal"),
    (OWNER, r"eier ?(?:form|forhold|type)? ?(?:navn)?|eigar ?form|ownership"),
    (PRIVATE, r"(?:er )?privat ?(?:skole)?|private"),
    (PUBLIC, r"(?:er )?offentlig ?(?:skole)?|public"),
    (ACTIVE, r"(?:er )?aktiv|active"),
    (GRUNNSKOLE, r"(?:er )?grunnskole"),
    (GRADES, r"trinn ?(?:fra til)?|skole ?trinn|hovedtrinn|klassetrinn|grades|trinn ?navn|årstrinn"),
    ("first_grade", r"(?:skole)?trinn ?(?:gs)? ?fra|fra ?trinn|laveste trinn|første trinn|lowest grade"),
    ("last_grade", r"(?:skole)?trinn ?(?:gs)? ?til|til ?trinn|høyeste trinn|siste trinn|highest grade"),
    (SORT, r"kjønn(?: ?navn)?|kjoenn(?: ?navn)?|alder|sex|age"),
    (SOURCE, r"source ?code"),
    (TARGET, r"target ?code"),
    ("population", rf"{_ANY_COUNT}(?:folke(?:tall?|talet|mengde)n?|befolkning(?:en)?|innbyggere?|innbyggjarar|innbyggertall|"
                   rf"personer|population|inhabitants){_IN_ALL}{_ON_1_JANUARY}"),
    ("pupils", rf"{_ANY_COUNT}(?:elever|elevar|elevtall?|elevtal|pupils){_IN_ALL}"
               r"(?: i (?:kommunale? |offentlige? )?grunnskole[nr]?)?"),
    ("teachers", rf"{_ANY_COUNT}(?:lærere|lærarar|lærerstillinger|teachers)"),
    ("centrality", r"sentralitet(?:s? ?klasse)?(?: \d+)?|centrality(?: class)?"),
    ("education_low", r"(?:andel )?(?:med )?(?:kun |bare )?grunnskole ?(?:nivå|utdanning)|education low"),
    ("education_high", r".*(?:universitet|høgskole|høyskole|høyere utdanning).*"),
    ("disability", r"(?:andel )?ufør.*"),
    ("child_welfare", r".*barnevern.*"),
    ("free_income", r"(?:korrigerte )?frie? inntekter?.*"),
    ("robek", r"(?:i )?robek.*"),
    ("unqualified", r".*ukvalifisert.*|.*uten (?:godkjent )?(?:lærer)?(?:utdanning|kompetanse).*"),
    ("kommunenummer_2019", r"kommune ?(?:nummer|nr) 2019"),
)  # fmt: skip
_GRADE = re.compile(
    rf"{_ANY_COUNT}(?:elever|elevar|elevtall?|pupils)?(?: på| i)? ?(?:(\d{{1,2}}) (?:års)?(?:trinn|klasse)|trinn (\d{{1,2}}))"
)
_YEAR = re.compile(r"(?:skoleåret? )?\b((?:19|20)\d\d)(?:\s*[-/–]\s*(?:20)?\d\d)?\b")
_PERCENT = re.compile(r"%|\bprosent\b|\bpst\b|\bper ?cent\b", re.IGNORECASE)
_THOUSANDS = re.compile(
    r"\b1[ .\u00a0]?000 (?:kr\w*|nok|personer)\b|\btusen(?: (?:kr\w*|personer))?\b|\bi 1[ .\u00a0]?000\b|\bthousand\b|"
    r"\(1[ .\u00a0]?000\)",
    re.IGNORECASE,
)
_MILLIONS = re.compile(r"\bmill(?:ion\w*|\.)?\s?(?:kr\w*|nok)?\b", re.IGNORECASE)
_EACH = re.compile(r"\b(?:per|pr\.?) innb\w*|\bper (?:inhabitant|capita)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """What a column holds.

    Attributes
    ----------
    text : str
        As it stands in the file.
    field : str
        A column of the model's register files, or one of the names of this module; empty if it is not known.
    year : int or None
        Of its numbers, if the heading says so.
    percent, each : bool
        Whether it says per cent, and per inhabitant.
    factor : float
        What its numbers are to be multiplied by.
    grade : int
        Of `GRADE`.
    """

    text: str
    field: str = ""
    year: int | None = None
    percent: bool = False
    each: bool = False
    factor: float = 1.0
    grade: int = 0


@lru_cache(maxsize=10_000)
def meaning(text: str) -> Heading:
    """What a heading says; its parts behind colons and before brackets and commas are tried too."""
    if alone := year(text):
        return Heading(text, year=alone)
    stated = _YEAR.search(text)
    found = Heading(
        text,
        year=int(stated[1]) if stated else None,
        percent=bool(_PERCENT.search(text)),
        each=bool(_EACH.search(text)),
        factor=1000.0 if _THOUSANDS.search(text) else 1e6 if _MILLIONS.search(text) else 1.0,
    )
    for part in _parts(text):
        if grade := _GRADE.fullmatch(part):
            return replace(found, field=GRADE, grade=int(grade[1] or grade[2]))
        for field, words in _MEANINGS:
            if part in (field, field.replace("_", " ")) or re.fullmatch(words, part):
                return replace(found, field=field)
        if part.replace(" ", "_") in OF_MUNICIPALITIES + OF_SCHOOLS:
            return replace(found, field=part.replace(" ", "_"))
    return found


def as_text(cell: Raw) -> str:
    """A heading's text; spreadsheets have years as numbers."""
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def _parts(text: str) -> list[str]:
    """The heading as a whole without signs, year and unit; then its parts."""
    own = re.sub(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])", " ", text.replace("_", " ")).lower()
    without = _THOUSANDS.sub(" ", _PERCENT.sub(" ", _EACH.sub(" ", own)))
    whole = [own, without, _YEAR.sub(" ", without)]
    split = [part for one in (own, whole[-1]) for part in re.split(r"[:,;()\[\]]", one)]
    cleaned = [re.sub(r"\s+", " ", re.sub(r"[^\w ]", " ", part)).strip() for part in whole + split]
    return [part for part in dict.fromkeys(cleaned) if part]
