"""A plain CSV, one service a row, read by a mapping (YAML or JSON) that says which column is what.

    columns:                      ours: theirs
      organization.name: Agency
      service.name: [Program, Agency]      the first that is filled
      phone.number: Tel
      service.needs: {column: Types, split: ";", words: {Shelter: shelter}}
      access.wheelchair: {column: Ramp, yes: [ja], no: [nein]}
    constants:
      address.country: US

Ours are HSDS tables and columns, and `needs`, `people.CODE`, `access.CODE`, `languages`, `hours`.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from leeward.directory import vocabulary
from leeward.directory.exchange import cells, languages
from leeward.directory.exchange.files import Named
from leeward.directory.exchange.package import FileUnfit, Package, Problem, Problems
from leeward.directory.exchange.separated import header_of, read_rows
from leeward.directory.exchange.tables import MODELS, table

ONE_A_ROW = ("organization", "service", "location", "address", "phone", "contact", "service_area",
             "cost_option", "required_document")  # fmt: skip
LINKS = {"organization": "organization_id", "service": "service_id", "location": "location_id"}
SPECIAL = {"service.needs", "service.languages", "service.hours"}
Mapping = dict[str, dict[str, Any]]


def read_mapping(path: Path) -> Mapping:
    """Return a mapping: ours to {column: [theirs], …}. Raises FileUnfit and says what is wrong."""
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as wrong:
        raise FileUnfit(f"The mapping {path.name} can't be read: {type(wrong).__name__}.") from None
    if not isinstance(written, dict) or not isinstance(written.get("columns"), dict):
        raise FileUnfit(f"The mapping {path.name} needs `columns:` with ours: theirs.")
    mapping: Mapping = {}
    for ours, theirs in written["columns"].items():
        entry = _with_words(theirs) if isinstance(theirs, dict) else {"column": theirs}
        named = entry.get("column")
        mapping[_known(str(ours))] = {
            **entry,
            "column": named if isinstance(named, list) else [named],
        }
    for ours, value in (written.get("constants") or {}).items():
        mapping[_known(str(ours))] = {"column": [], "constant": value}
    if "organization.name" not in mapping:
        raise FileUnfit("The mapping must say what organization.name is.")
    return mapping


def _with_words(entry: dict[Any, Any]) -> dict[str, Any]:
    """Return an entry whose `yes` and `no` are words again: YAML reads them as true and false."""
    words = {True: "yes", False: "no"}
    plain = {words.get(key, key): value for key, value in entry.items()}
    for name in ("yes", "no"):
        told = plain.get(name, [])
        told = told if isinstance(told, list) else [told]
        plain[name] = [words.get(each, each) if isinstance(each, bool) else each for each in told]
    return plain


def _known(ours: str) -> str:
    name, _dot, column = ours.partition(".")
    is_group = name in vocabulary.GROUPS and column in vocabulary.terms(name)
    is_column = name in ONE_A_ROW and (column == "id" or column in table(name).columns)
    if not (is_group or is_column or ours in SPECIAL):
        raise FileUnfit(f"The mapping names {ours}, which is no column here.")
    return ours


def read(mapping: Mapping, files: list[Named], problems: Problems) -> Iterator[Package]:
    """Yield one package a file."""
    for file in files:
        package = Package()
        if file.suffix in {".yaml", ".yml", ".json"}:
            continue
        _check_header(file, mapping, problems)
        for line, told in read_rows(file, problems):
            _Row(package, file.name, line, told, problems).take(mapping)
        yield package


def _check_header(file: Named, mapping: Mapping, problems: Problems) -> None:
    header = set(header_of(file))
    for entry in mapping.values():
        for name in entry["column"]:
            if name not in header:
                problems.add(Problem(file.name, 1, str(name), "the file has no such column"))


class _Row:
    def __init__(
        self, package: Package, file: str, line: int, told: dict[str, str], problems: Problems
    ) -> None:
        self.package, self.file, self.line = package, file, line
        self.told, self.problems = told, problems
        self.rows: dict[str, dict[str, Any]] = defaultdict(dict)

    def take(self, mapping: Mapping) -> None:
        """Make the rows that this one says."""
        special = {}
        for ours, entry in mapping.items():
            name, _dot, column = ours.partition(".")
            if ours in SPECIAL or name in vocabulary.GROUPS:
                special[ours] = entry
            else:
                self.rows[name][column] = self._value(entry)
        self._name_and_tie()
        for name, values in self.rows.items():
            if name in ("organization", "service") or _says_something(name, values):
                self._add(name, values)
        for ours, entry in special.items():
            self._special(ours, entry)

    def _name_and_tie(self) -> None:
        organization, service = self.rows["organization"], self.rows["service"]
        organization.setdefault("id", _mark(str(organization.get("name", "")).casefold()))
        service.setdefault("name", organization.get("name", ""))
        service.setdefault("status", "active")
        address = self.rows.get("address", {})
        where = [str(address.get(name, "")) for name in ("address_1", "city", "postal_code")]
        service.setdefault("id", _mark(organization["id"], str(service["name"]), *where))
        self.own = service["id"]
        service["organization_id"] = organization["id"]
        if any(where) or self.rows.get("location"):
            location = self.rows["location"]
            location.setdefault("id", self.own)
            location.setdefault("location_type", "physical")
            self._add("service_at_location", {
                "id": self.own, "service_id": self.own, "location_id": location["id"],
            })  # fmt: skip
        ids = {"organization": organization["id"], "service": self.own,
               "location": self.rows.get("location", {}).get("id", "")}  # fmt: skip
        for name, values in self.rows.items():
            if name in ids:
                continue
            values.setdefault("id", self.own)
            link = "location" if name == "address" else "service"
            values.setdefault(LINKS[link], ids[link])

    def _special(self, ours: str, entry: dict[str, Any]) -> None:
        text = str(self._value(entry))
        name, _dot, code = ours.partition(".")
        if ours == "service.languages":
            for each in languages.named_in(text):
                self._add("language", {"id": f"{self.own} {each}", "service_id": self.own, "code":
                                       each, "name": languages.name_of(each)})  # fmt: skip
        elif ours == "service.hours" and text.strip():
            self._add("schedule", {"id": self.own, "service_id": self.own, "description": text})
        elif ours == "service.needs":
            self._needs(text, entry, code)
        elif name in vocabulary.GROUPS and text.strip():
            self._answer(name, code, text, entry)

    def _needs(self, text: str, entry: dict[str, Any], column: str) -> None:
        words = {str(word).casefold(): code for word, code in (entry.get("words") or {}).items()}
        known = vocabulary.terms(vocabulary.NEEDS)
        for each in text.split(entry.get("split") or ";"):
            word = each.strip().casefold()
            code = words.get(word, word.replace(" ", "_"))
            if word and code in known:
                self._tie(vocabulary.NEEDS, code, "yes")
            elif word:
                self._note(column, "a word that the mapping does not know")

    def _answer(self, group: str, code: str, text: str, entry: dict[str, Any]) -> None:
        word = text.strip().casefold()
        if code == "boys_to_age":
            self._tie(group, code, word)
        elif word in {str(each).casefold() for each in entry.get("yes", ())} | cells.YES:
            self._tie(group, code, "yes")
        elif word in {str(each).casefold() for each in entry.get("no", ())} | cells.NO:
            self._tie(group, code, "no")
        else:
            self._note(code, "neither yes nor no")

    def _tie(self, group: str, code: str, value: str) -> None:
        term = vocabulary.terms(group)[code]
        self._add("attribute", {
            "id": f"{self.own} {group} {code}", "link_id": self.own, "link_entity": "service",
            "taxonomy_term_id": str(term.id), "value": value,
        })  # fmt: skip

    def _value(self, entry: dict[str, Any]) -> Any:
        found = (self.told.get(name, "") for name in entry["column"])
        return next((each for each in found if each.strip()), entry.get("constant", ""))

    def _add(self, name: str, values: dict[str, Any]) -> None:
        self.package.add(name, values, file=self.file, line=self.line)

    def _note(self, column: str, reason: str) -> None:
        self.problems.add(Problem(self.file, self.line, column, reason))


def _says_something(name: str, values: dict[str, Any]) -> bool:
    links = {"id", "location_type", *(f"{each}_id" for each in MODELS)}
    told = any(str(value).strip() for key, value in values.items() if key not in links)
    return told or name == "location"


def _mark(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(re.sub(r"\s+", " ", p) for p in parts).encode()).hexdigest()[
        :24
    ]
