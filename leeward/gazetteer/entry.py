"""A place on its way into the file."""

from __future__ import annotations

from dataclasses import dataclass, field

from leeward.gazetteer.fold import fold


@dataclass(slots=True, eq=False)
class Entry:
    """A place on its way into the file. `others`: further names, folded. town: of a ZIP."""

    kind: str
    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    time_zone: str
    county: str = ""
    others: list[str] = field(default_factory=list)
    town: Entry | None = None
    folded: str = field(init=False)

    def __post_init__(self) -> None:
        self.folded = fold(self.name)
