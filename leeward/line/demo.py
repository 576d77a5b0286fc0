"""A demonstration line: one team, two members, some weeks of shifts, and four weeks of figures.

No keys are made: an advocate's keys are made in her browser, at her first visit to the desk. Until
then the line says that it is not ready and shows the phone lines.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from leeward.line import demo_figures
from leeward.line.models import Member, Shift, Team
from leeward.line.rules.blocks import last_finished
from leeward.people.models import Account

SLUG = "main"
MEMBERS = (("advocate", "Sam", "en es"), ("coordinator", "Robin", "en"))
WEEKS_AHEAD = 3
EVENINGS = (time(16, 0), time(22, 0))
MORNINGS = (time(8, 0), time(14, 0))

WORDS = {
    "name_en": "Support line",
    "name_es": "Línea de apoyo",
    "who_answers_en": (
        "People from our own team answer. Some are paid, some are volunteers. All of them had 40 "
        "hours of training. No machine answers."
    ),
    "who_answers_es": (
        "Responden personas de nuestro equipo. Algunas cobran, otras son voluntarias. Todas "
        "tuvieron 40 horas de formación. No responde ninguna máquina."
    ),
    "must_report_en": (
        "If you tell us that a child is being hurt now, the law here may make us tell the child "
        "protection office. If somebody is about to die, we may call the emergency number, if we "
        "know where. We tell you first whenever we can. You can talk without saying names or "
        "places."
    ),
    "must_report_es": (
        "Si nos cuentas que ahora le hacen daño a un niño o a una niña, la ley puede obligarnos a "
        "avisar a la oficina de protección de menores. Si alguien está a punto de morir, podemos "
        "llamar al número de emergencia, si sabemos dónde. Te avisamos antes siempre que podemos. "
        "Puedes hablar sin decir nombres ni lugares."
    ),
    "caller_id_en": "Your phone shows “Private number”.",
    "caller_id_es": "Tu teléfono muestra «Número privado».",
}


@transaction.atomic
def load() -> None:
    """Make the team unless there is one, and its members and shifts. Repeat-safe."""
    if Team.objects.exists():
        return
    team = Team.objects.create(slug=SLUG, **WORDS)
    for username, working_name, languages in MEMBERS:
        account = Account.objects.filter(username=username).first()
        if account is None:
            continue
        Member.objects.create(
            team=team,
            account=account,
            working_name=working_name,
            languages=languages,
            is_supervisor=username == "coordinator",
        )
        _plan(team, account, EVENINGS if username == "advocate" else MORNINGS)
    demo_figures.load(team, last_finished(timezone.localdate()))


def _plan(team: Team, account: Account, hours: tuple[time, time]) -> None:
    """Plan shifts on working days, from the first of the four weeks with figures on."""
    zone = timezone.get_default_timezone()
    today = timezone.now().astimezone(zone).date()
    first = last_finished(today).start
    until = today + timedelta(weeks=WEEKS_AHEAD)
    days = (first + timedelta(days=number) for number in range((until - first).days))
    Shift.objects.bulk_create(
        Shift(
            team=team,
            account=account,
            starts_at=datetime.combine(day, hours[0], zone),
            ends_at=datetime.combine(day, hours[1], zone),
        )
        for day in days
        if day.weekday() < 5  # noqa: PLR2004  -- Monday to Friday
    )
