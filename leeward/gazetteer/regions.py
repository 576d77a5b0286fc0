"""States, provinces and countries: what they are called, and what people write for them.

Names of countries: Unicode CLDR, by `babel`. Codes of states: ISO 3166-2; of Canada's provinces in
the places file: GeoNames admin1.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from babel import Locale

from leeward.gazetteer.fold import fold

# Code, English name, Spanish name where it differs.
_STATES = """
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut
DE Delaware|DC District of Columbia=Distrito de Columbia|FL Florida|GA Georgia|HI Hawaii=Hawái
ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana=Luisiana|ME Maine
MD Maryland|MA Massachusetts|MI Michigan=Míchigan|MN Minnesota|MS Mississippi=Misisipi
MO Missouri=Misuri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire=Nuevo Hampshire
NJ New Jersey=Nueva Jersey|NM New Mexico=Nuevo México|NY New York=Nueva York
NC North Carolina=Carolina del Norte|ND North Dakota=Dakota del Norte|OH Ohio|OK Oklahoma
OR Oregon=Oregón|PA Pennsylvania=Pensilvania|RI Rhode Island|SC South Carolina=Carolina del Sur
SD South Dakota=Dakota del Sur|TN Tennessee=Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia
WA Washington|WV West Virginia=Virginia Occidental|WI Wisconsin|WY Wyoming
PR Puerto Rico|VI U.S. Virgin Islands=Islas Vírgenes de EE. UU.|GU Guam
AS American Samoa=Samoa Americana|MP Northern Mariana Islands=Islas Marianas del Norte
FM Micronesia|MH Marshall Islands=Islas Marshall|PW Palau=Palaos
"""
# GeoNames admin1, the code that people write, English name.
_PROVINCES = """
01 AB Alberta|02 BC British Columbia|03 MB Manitoba|04 NB New Brunswick
05 NL Newfoundland and Labrador|07 NS Nova Scotia|08 ON Ontario|09 PE Prince Edward Island
10 QC Quebec|11 SK Saskatchewan|12 YT Yukon|13 NT Northwest Territories|14 NU Nunavut
"""
_COUNTRY_WORDS = {"usa": "US", "u s a": "US", "us": "US", "estados unidos": "US", "eeuu": "US"}
_SHORT_COUNTRIES = {"en": {"US": "USA"}, "es": {"US": "EE. UU."}}
# Parts of the United States that GeoNames lists as countries.
TERRITORIES = frozenset({"PR", "VI", "GU", "AS", "MP"})

Region = tuple[str, str]


@cache
def states() -> dict[str, tuple[str, str]]:
    """Return the English and Spanish name of every US state and territory, by its code."""
    found = {}
    for part in _STATES.replace("\n", "|").split("|"):
        code, _, names = part.partition(" ")
        english, _, spanish = names.partition("=")
        if code:
            found[code] = (english, spanish or english)
    return found


@cache
def provinces() -> dict[str, tuple[str, str]]:
    """Return (code, name) of Canada's provinces by GeoNames' admin1."""
    rows = [row.split(" ", 2) for row in _PROVINCES.replace("\n", "|").split("|") if row]
    return {row[0]: (row[1], row[2]) for row in rows}


@cache
def country_name(code: str, language: str = "en") -> str:
    """Return a country's name in "en" or "es"; its code when there is none."""
    language = language if language in _SHORT_COUNTRIES else "en"
    short = _SHORT_COUNTRIES[language].get(code)
    return short or str(Locale.parse(language).territories.get(code, code))


def state_name(code: str, language: str = "en") -> str:
    """Return a US state's name in "en" or "es"; its code when there is none."""
    names = states().get(code, (code, code))
    return names[1] if language == "es" else names[0]


def meanings(folded: str) -> frozenset[Region]:
    """Return what folded words may name: {("US", "NY")}, {("FR", "")}, or several."""
    return _by_name().get(folded, frozenset())


@cache
def _by_name() -> dict[str, frozenset[Region]]:
    found: dict[str, set[Region]] = {}
    for name, region in _spellings():
        found.setdefault(fold(name), set()).add(region)
    return {name: frozenset(regions) for name, regions in found.items() if name}


def _spellings() -> Iterator[tuple[str, Region]]:
    """Yield every name and code of a state, province or country, and what it stands for."""
    for code, names in states().items():
        yield from ((name, ("US", code)) for name in (code, *names))
    for admin1, names in provinces().items():
        yield from ((name, ("CA", admin1)) for name in names)
    for language in ("en", "es"):
        for code, name in Locale.parse(language).territories.items():
            if len(code) == len("US") and code.isalpha():
                region = ("US", code) if code in TERRITORIES else (code, "")
                yield name, region
                yield code, region
    yield from ((name, (code, "")) for name, code in _COUNTRY_WORDS.items())
