"""A few places that stand in for the gazetteer in these tests."""

from __future__ import annotations

from leeward.gazetteer import Place


def town(name: str, part: str, county: str, latitude: float, longitude: float) -> Place:
    """Return a town of the United States."""
    slug = name.lower().replace(" ", "-")
    areas = (f"US-{part}/{county}/{slug}", f"US-{part}/{county}", f"US-{part}", "US", "world")
    return Place(
        name=name,
        kind="town",
        admin1=part,
        county=county,
        country="US",
        latitude=latitude,
        longitude=longitude,
        population=1000,
        time_zone="America/New_York",
        label=f"{name}, {part}",
        areas=areas,
    )


BROOKLYN = town("Brooklyn", "NY", "kings-county", 40.6932, -73.9898)
BROOKLYN_OHIO = town("Brooklyn", "OH", "cuyahoga-county", 41.44, -81.73)
ALBANY = town("Albany", "NY", "albany-county", 42.65, -73.75)


def find(text: str, *, country: str = "US", limit: int = 8) -> list[Place]:
    """Return the places of that name or label."""
    known = (BROOKLYN, BROOKLYN_OHIO, ALBANY)
    return [place for place in known if text.lower() in {place.name.lower(), place.label.lower()}]
