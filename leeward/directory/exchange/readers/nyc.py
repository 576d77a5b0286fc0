"""New York City's file of services for victims of crime: one site a row, 64 columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from leeward.directory import vocabulary
from leeward.directory.exchange import languages, texts
from leeward.directory.exchange.files import Named
from leeward.directory.exchange.package import Package, Problem, Problems
from leeward.directory.exchange.readers.facilities import mark
from leeward.directory.exchange.separated import read_rows
from leeward.directory.rules import hours

COUNTIES = {
    "brooklyn": "Kings County", "manhattan": "New York County", "bronx": "Bronx County",
    "queens": "Queens County", "staten island": "Richmond County",
}  # fmt: skip
LANGUAGES = {
    "SPANISH": "es", "ARABIC": "ar", "BENGALI": "bn", "CHINESE": "zh", "FRENCH": "fr",
    "HAITIAN-CREOLE": "ht", "ITALIAN": "it", "KOREAN": "ko", "POLISH": "pl", "RUSSIAN": "ru",
    "URDU": "ur", "YIDDISH": "yi",
}  # fmt: skip
# An empty cell says nothing, so only "yes" is ever read from these.
PEOPLE = {
    "TRANSGENDER_AND_GENDER_NONCONFORMING_FOCUS": "trans", "PEOPLE_WITH_DISABILITIES":
    "disability", "AGE_60+": "older",
}  # fmt: skip
HARM = {
    "INTIMATE_PARTNER_VIOLENCE": "harm by a partner", "FAMILY_VIOLENCE": "harm by family",
    "SEXUAL_ASSAULT": "sexual assault", "VIOLENT_CRIME": "violent crime", "HATE_CRIME":
    "hate crime", "PROPERTY/FINANCIAL_CRIMES": "theft or fraud",
}  # fmt: skip
# Names of sites that say nothing without the organisation's.
_VAGUE = re.compile(
    r"^(?:the )?(?:[\w ]*\boffices?\b|brooklyn|bronx|queens|manhattan|staten island"
    r"|supportive housing|youth services|clinic|main site|headquarters)$",
    re.IGNORECASE,
)
_CITY_LINE = re.compile(
    r"^(?P<city>.*?)[\s,]*\b(?:NY|N\.Y\.?|New York)?[\s,]*(?P<zip>\d{5})(?:-\d{4})?\s*$",
    re.IGNORECASE,
)
_WALK_IN = re.compile(r"walk[- ]?ins?\b|self[- ]?referrals?", re.IGNORECASE)
_BY_LINE = re.compile(r"\b(?:language line|interpret|voiance|languages)", re.IGNORECASE)


def read(files: list[Named], problems: Problems) -> Iterator[Package]:
    """Yield one package of all sites."""
    package = Package()
    for file in files:
        for line, told in read_rows(file, problems):
            cells = {name: texts.plain(value) for name, value in told.items()}
            _Site(package, file.name, line, cells, problems).take()
    yield package


@dataclass(slots=True)
class _Site:
    package: Package
    file: str
    line: int
    cells: dict[str, str]
    problems: Problems
    own: str = ""

    def take(self) -> None:
        """Make the rows of one site."""
        owner = self._cell("ORGANIZATION_NAME")
        names = [owner, self._cell("LOCATION_NAME")]
        where = [self._cell("ADDRESS_1"), self._cell("ADDRESS_2")]
        self.own = mark(*(name.casefold() for name in (*names, *where)), self._cell("PHONE"))
        organization = mark(owner.casefold())
        self._add("organization", id=organization, name=owner)
        self._service(organization, owner, names[1])
        self._place(names[1] or owner, where)
        if self._cell("PHONE"):
            self._add(
                "phone", id=self.own, service_id=self.own, number=self._cell("PHONE"),
                extension=self._cell("EXT"), type="voice",
            )  # fmt: skip
        self._needs()
        self._languages()
        self._hours()

    def _service(self, organization: str, owner: str, site: str) -> None:
        name = f"{owner}, {site}" if _VAGUE.match(site) else site or owner
        referral = self._cell("REFERRAL_REQUIRED")
        other_language = self._cell("OTHER_LANGUAGE")
        self._add(
            "service", id=self.own, organization_id=organization, name=name, status="active",
            description=self._description(), url=self._cell("WEBSITE"),
            eligibility_description=self._cell("ELIGIBILITY_CRITERIA"),
            application_process=referral if len(referral) > 1 else "",
            interpretation_services=other_language if _BY_LINE.search(other_language) else "",
        )  # fmt: skip

    def _description(self) -> str:
        harms = [words for column, words in HARM.items() if self._is_set(column)]
        first = f"Helps after {', '.join(harms)}." if harms else ""
        return "\n".join(filter(None, [first, self._cell("OTHER_SERVICE")]))

    def _place(self, name: str, where: list[str]) -> None:
        self._add(
            "location", id=self.own, name=name, location_type="physical",
            latitude=self._cell("LAT"), longitude=self._cell("LON"),
        )  # fmt: skip
        self._add("service_at_location", id=self.own, service_id=self.own, location_id=self.own)
        county = COUNTIES.get(self._cell("BOROUGH").casefold(), "")
        line = _CITY_LINE.match(where[1])
        if line is None and where[1]:
            self._note("ADDRESS_2", "no city and ZIP in it; kept as a line of the address")
        self._add(
            "address", id=self.own, location_id=self.own, address_1=where[0],
            address_2="" if line else where[1],
            city=line["city"].strip(" ,") if line else "", region=county, state_province="NY",
            postal_code=line["zip"] if line else "", country="US", address_type="physical",
        )  # fmt: skip
        if county:
            code = f"US-NY/{county.lower().replace(' ', '-')}"
            self._add("service_area", id=self.own, service_id=self.own, name=county, area_code=code)

    def _needs(self) -> None:
        ties = [
            (group, code)
            for group in vocabulary.GROUPS
            for code, term in vocabulary.terms(group).items()
            if any(self._is_set(column) for column in term.maps_to.get("nyc", ()))
        ]
        ties += [(vocabulary.PEOPLE, code) for name, code in PEOPLE.items() if self._is_set(name)]
        if self._is_set("AGE_0-5"):
            ties.append((vocabulary.NEEDS, "child_help"))
        if _WALK_IN.search(self._cell("REFERRAL_REQUIRED")):
            ties.append((vocabulary.ACCESS, "no_referral"))
        words = f"{self._cell('ELIGIBILITY_CRITERIA')} {self._cell('OTHER_SERVICE')}".casefold()
        if "traffick" in words:
            ties += [(group, "trafficking") for group in (vocabulary.NEEDS, vocabulary.PEOPLE)]
        for group, code in dict.fromkeys(ties):
            self._tie(group, code)

    def _languages(self) -> None:
        codes = [code for column, code in LANGUAGES.items() if self._is_set(column)]
        codes += languages.named_in(self._cell("OTHER_LANGUAGE"))
        for code in dict.fromkeys(codes):
            self._add(
                "language", id=f"{self.own} {code}", service_id=self.own, code=code,
                name=languages.name_of(code),
            )  # fmt: skip
        if "ase" in codes:
            self._tie(vocabulary.ACCESS, "sign_language")

    def _hours(self) -> None:
        main = self._cell("MAIN_HOURS_OF_OPERATION")
        weekend = self._cell("WEEKEND_HOURS_OF_OPERATION")
        prose = "\n".join(filter(None, [main, weekend]))
        rules = hours.from_main_and_weekend(main, weekend) or []
        if not rules and prose:
            self._add("schedule", id=self.own, service_id=self.own, description=prose)
        for at, rule in enumerate(rules):
            values: dict[str, Any] = {each.name: getattr(rule, each.name) for each in fields(rule)}
            values["description"] = prose if at == 0 else ""
            self._add("schedule", id=f"{self.own} {at}", service_id=self.own, **values)

    def _tie(self, group: str, code: str) -> None:
        term = vocabulary.terms(group)[code]
        self._add(
            "attribute", id=f"{self.own} {group} {code}", link_id=self.own, link_entity="service",
            taxonomy_term_id=str(term.id), value="yes",
        )  # fmt: skip

    def _cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def _is_set(self, column: str) -> bool:
        return self._cell(column) == "1"

    def _add(self, table: str, **values: object) -> None:
        self.package.add(table, values, file=self.file, line=self.line)

    def _note(self, column: str, reason: str) -> None:
        self.problems.add(Problem(self.file, self.line, column, reason))
