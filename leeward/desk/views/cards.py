"""Looking for a card to send: what is looked for stands in the body and is kept nowhere."""

from __future__ import annotations

from django.conf import settings

from leeward.desk.services import cards
from leeward.desk.views.asked import Asked, Refused, Told, Unfit, answers
from leeward.people.models import Account


@answers(when={cards.IndexUnfit: Refused(503, "index_busy")})
def look(account: Account, asked: Asked) -> Told:
    """Tell services near a place, or a country's lines."""
    found = _lines(asked) if asked.text("kind") == "lines" else _services(asked)
    return {"cards": found.cards, "is_place_unknown": found.is_place_unknown}


def _services(asked: Asked) -> cards.Cards:
    return cards.services(
        where=asked.text("where", most=100),
        asked=asked.text("words"),
        has_bed=asked.flag("has_bed"),
        language=_language(asked),
    )


def _lines(asked: Asked) -> cards.Cards:
    country = asked.text("country", most=2)
    if country not in dict(cards.countries("en")):
        raise Unfit
    return cards.lines(country=country, language=_language(asked))


def _language(asked: Asked) -> str:
    """Return the visitor's language where the site speaks it, else the site's first."""
    language = asked.text("language", most=5)
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
