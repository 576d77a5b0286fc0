"""More staff for a journey than the demonstration has."""

from __future__ import annotations

import json
import subprocess

from tests.journeys.live import LEEWARD, LiveSite, environment_of

# Run inside the product: its own services make the accounts, as an invitation would.
MAKE = """
import json, pathlib, secrets
from django.conf import settings
from django.contrib.auth.models import Group
from leeward.line.models import Member, Team
from leeward.people import services
from leeward.people.models import Account
from leeward.people.services.factors import set_up_app
wanted = json.loads({wanted!r})
file = pathlib.Path(settings.DATA) / "demo-sign-in.txt"
known = json.loads(file.read_text())
for name in wanted["names"]:
    password, key = secrets.token_urlsafe(12), services.new_key()
    account = Account.objects.create_user(name, display_name=name.title(), password=password)
    account.groups.set(Group.objects.filter(name=wanted["role"]))
    set_up_app(account, key)
    known[name] = {{"password": password, "app key": key}}
    for slug in wanted["teams"]:
        Member.objects.create(
            team=Team.objects.get(slug=slug), account=account,
            working_name=name.title(), is_supervisor=wanted["is_supervisor"],
        )
file.write_text(json.dumps(known))
"""


def invite(
    site: LiveSite,
    *names: str,
    role: str = "coordinator",
    teams: tuple[str, ...] = ("main",),
    is_supervisor: bool = True,
) -> None:
    """Make accounts in the teams; `staff.password_of` and `unused_code` know them from then on."""
    wanted = {"names": names, "role": role, "teams": teams, "is_supervisor": is_supervisor}
    run_inside(site, MAKE.format(wanted=json.dumps(wanted)))


def run_inside(site: LiveSite, code: str) -> None:
    """Run code inside the product, beside the server. For sites that keep their rows in SQLite."""
    subprocess.run(
        [LEEWARD, "manage", "shell", "-v", "0", "-c", code],
        env=environment_of("") | {"LEEWARD_DATA": str(site.data)},
        check=True,
        timeout=600,
    )
