"""The desk: one page that stays open. What it shows, its scripts ask for."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from leeward.desk import phrases, words
from leeward.desk.services import cards
from leeward.desk.views.asked import RIGHT
from leeward.safety.access import staff_with

# In this order: each fills what the ones after it use. `sealing.in_browser` says which come first.
SEALING = (
    "vendor/hpke", "bytes", "contexts", "keys", "suite", "envelope", "box", "messages", "possible",
    "vendor/argon2", "stretch", "members", "passkeys", "shares", "fingerprint",
)  # fmt: skip
OWN = (
    "base", "ask", "forms", "ring", "making", "gate", "team", "locks", "recovery", "supervisors",
    "talk", "epochs", "render", "pane", "tools", "notes", "people", "cards", "consent", "ending",
    "presence", "queue", "lines", "calls", "live", "notice", "idle", "keyboard", "main",
)  # fmt: skip
SCRIPTS = (*(f"sealing/{name}.js" for name in SEALING), *(f"desk/{name}.js" for name in OWN))


@staff_with(RIGHT)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show the desk, empty: keys are asked for before anything else."""
    language = get_language() or settings.LANGUAGE_CODE
    context = {
        "scripts": SCRIPTS,
        "words": words.for_scripts(),
        "replies": phrases.replies(),
        "steps": phrases.steps(),
        "abouts": words.abouts(),
        "outcomes": words.outcomes(),
        "countries": cards.countries(language),
        "home": settings.CONFIG.country,
    }
    return render(request, "desk/desk.html", context)
