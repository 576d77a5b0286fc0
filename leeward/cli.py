"""The `leeward` command: what the Makefile and the operator call."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from leeward.settings.config import SettingsWrong


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def program() -> None:
    """Set up, serve and look after a Leeward site."""


@program.command()
@click.option("--port", default=8000, show_default=True, help="port on this machine")
@click.option("--host", default="127.0.0.1", show_default=True, help="address to listen on")
@click.option("--data", type=click.Path(path_type=Path), help="folder that holds what is stored")
@click.option("--demo/--no-demo", default=None, help="load demonstration content (not when live)")
def up(port: int, host: str, data: Path | None, *, demo: bool | None) -> None:
    """Set up what is missing, then serve."""
    _choose_data(data)
    from leeward import serving

    serving.up(host=host, port=port, wants_demo=demo)


@program.command()
@click.option("--data", type=click.Path(path_type=Path), help="folder that holds what is stored")
@click.option("--demo/--no-demo", default=None, help="load demonstration content (not when live)")
def setup(data: Path | None, *, demo: bool | None) -> None:
    """Set up without serving."""
    _choose_data(data)
    from leeward import serving

    serving.set_up(wants_demo=demo)


@program.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["leeward manage", *arguments])


@program.command()
def words() -> None:
    """Compile the word lists of the other languages."""
    from leeward.words import compile_words

    click.echo(f"{compile_words()} word lists written")


@program.command()
def daily() -> None:
    """Run the daily jobs now. The server runs them by itself; this is for looking after it."""
    import django

    django.setup(set_prefix=False)
    from leeward import jobs

    jobs.run_all(jobs.jobs_named("every_day"))


@program.command(name="make-key")
def make_key() -> None:
    """Make the signing key that a live site needs."""
    from leeward.settings.config import read_config
    from leeward.settings.places import prepare_data_folder, write_secret_key

    config = read_config()
    file = config.secret_key_file or prepare_data_folder(config.data) / "secret.key"
    if file.exists():
        raise SettingsWrong(f"There is a key at {file} already; it is kept as it is.")
    write_secret_key(file)
    click.echo(f"New signing key: {file}")


@program.command(name="new-pepper")
@click.option("--data", type=click.Path(path_type=Path), help="folder that holds what is stored")
def new_pepper(data: Path | None) -> None:
    """Replace the pepper of the six words; stop the site first, start it after."""
    _choose_data(data)
    _start_django()
    from leeward.line.services import pepper

    with _told_calmly(pepper.KeyUnfit):
        pepper.renew()
    click.echo(
        f"A new pepper. The one before opens what is kept for {pepper.OLDER_KEPT_DAYS} days."
    )


@program.command()
@click.option("--deploy", is_flag=True, help="also what is unsafe for a live site")
@click.option("--data", type=click.Path(path_type=Path), help="folder that holds what is stored")
def check(data: Path | None, *, deploy: bool) -> None:
    """Say what is wrong or still unsafe, each with its fix; fails when something is."""
    _choose_data(data)
    from leeward import checking

    report = checking.look(deploy=deploy)
    click.echo(report.text)
    if not report.is_safe:
        sys.exit(1)


@program.group()
def staff() -> None:
    """Look after staff accounts."""


@staff.command(name="invite")
@click.argument("name")
@click.option("--administrator", is_flag=True, help="look after accounts, too")
@click.option("--role", "roles", multiple=True, help="editor, reviewer, advocate, coordinator")
@click.option("--data", type=click.Path(path_type=Path), help="folder that holds what is stored")
def staff_invite(
    name: str, roles: tuple[str, ...], data: Path | None, *, administrator: bool
) -> None:
    """Print a one-time way in for NAME, such as "Ana Lopez"."""
    _choose_data(data)
    _start_django()
    from leeward.people import commands

    wanted = (*roles, "administrator") if administrator else roles
    with _told_calmly(commands.CommandRefused):
        click.echo(commands.invite(name, roles=wanted))


@staff.command(name="code")
@click.argument("name")
@click.option("--data", type=click.Path(path_type=Path), help="folder that holds what is stored")
def staff_code(name: str, data: Path | None) -> None:
    """Print the six digits for the demonstration account NAME, as its app would show them."""
    _choose_data(data)
    _start_django()
    from leeward.people import commands

    with _told_calmly(commands.CommandRefused):
        click.echo(commands.demo_code(name))


@contextmanager
def _told_calmly(refused: type[Exception]) -> Iterator[None]:
    """Turn what an app refuses into one sentence, as for a wrong setting."""
    try:
        yield
    except refused as wrong:
        raise SettingsWrong(str(wrong)) from None


class DirectoryCommands(click.Group):
    """The directory's own commands, read when they are asked for, so that help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names."""
        return sorted(self._found().commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command."""
        return self._found().commands.get(cmd_name)

    def _found(self) -> click.Group:
        from leeward.directory.commands import directory

        return directory


program.add_command(
    DirectoryCommands(name="directory", help="Import, export and look after services.")
)


def _start_django() -> None:
    import django

    django.setup(set_prefix=False)


def _choose_data(data: Path | None) -> None:
    if data is not None:
        os.environ["LEEWARD_DATA"] = str(data)


def main() -> None:
    """Run the command; a wrong setting ends it with one calm sentence that names the fix."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings.base")
    try:
        program()
    except SettingsWrong as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(2)
