"""The operator's settings: read from the environment or one `leeward.toml`, checked at start.

Every setting is a field of `Config`. `LEEWARD_<NAME>` in the environment wins over the same
name in `leeward.toml`. A wrong value stops the program with a sentence that names the fix.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AliasChoices, Field, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

CONFIG_FILE = "leeward.toml"

# The portal of Wikipedia: small, the same for everybody, no account picture, no place guessed
# from the network, and an ordinary thing to have open. docs/decisions/0003 weighs the others.
DEFAULT_EXIT = "https://www.wikipedia.org/"

Words = Annotated[list[str], NoDecode]


class SettingsWrong(Exception):
    """A setting is missing or unsafe; the text says which and what to do."""


class Config(BaseSettings):
    """The operator's settings, checked. Read once at start by `read_config`."""

    model_config = SettingsConfigDict(env_prefix="LEEWARD_", extra="forbid", frozen=True)

    live: bool = Field(False, description="true on a server that people really use")
    debug: bool = Field(False, description="true only while writing code; never with live")
    data: Path = Field(Path("var"), description="folder that holds all that is stored")
    database_url: str = Field(
        "",
        description="empty for the embedded SQLite, or postgresql://user:word@host:port/name",
        validation_alias=AliasChoices("LEEWARD_DATABASE_URL", "DATABASE_URL", "database_url"),
    )
    redis_url: str = Field(
        "",
        description="empty for one server process, or redis://host:port to wake several",
        validation_alias=AliasChoices("LEEWARD_REDIS_URL", "REDIS_URL", "redis_url"),
    )
    secret_key_file: Path | None = Field(None, description="file with the signing key")
    hosts: Words = Field(["127.0.0.1", "localhost"], description="names the site answers to")
    behind_proxy: bool = Field(False, description="true when Caddy or another front stands before")
    workers: int = Field(1, ge=1, le=16, description="server processes")
    title: str = Field("Welcome", max_length=40, description="the one title every page shows")
    organisation: str = Field("Leeward", max_length=60, description="name shown on the pages")
    country: str = Field("US", pattern="^[A-Z]{2}$", description="two letters, as in ISO 3166")
    own_line: str = Field("", max_length=30, description="the organisation's own phone line")
    own_line_hours: str = Field("", max_length=60, description="when that line is answered")
    exit_url: Words = Field([DEFAULT_EXIT], description="neutral sites the X leaves to")
    languages: Words = Field(["en", "es"], description="languages offered, first is default")
    time_zone: str = Field("UTC", description="such as America/New_York")
    demo_rows: int = Field(
        0, ge=0, description="of each demonstration list of services, at most so many; 0 for all"
    )

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # the others have no use here
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        **_others: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return where settings come from, strongest first."""
        file = os.environ.get("LEEWARD_CONFIG", CONFIG_FILE)
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, Path(file))

    @field_validator("hosts", "exit_url", "languages", mode="before")
    @classmethod
    def _split_words(cls, value: Any) -> Any:
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("exit_url")
    @classmethod
    def _exit_is_an_address(cls, value: list[str]) -> list[str]:
        if not value:
            raise ValueError("name at least one neutral site, such as " + DEFAULT_EXIT)
        for url in value:
            parts = urlsplit(url)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise ValueError(f"{url} is not a web address; write one such as {DEFAULT_EXIT}")
            if any(mark in url for mark in " ;,'\"<>"):
                raise ValueError(f"{url} has a mark that can't stand in a header; leave it out")
        return value

    @field_validator("time_zone")
    @classmethod
    def _zone_is_known(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value} is not a time zone; write one such as America/New_York")
        return value

    @field_validator("languages")
    @classmethod
    def _languages_are_shipped(cls, value: list[str]) -> list[str]:
        unknown = sorted(set(value) - {"en", "es", "ar"})
        if unknown or not value:
            raise ValueError(f"no such language here: {unknown}; choose from en, es, ar")
        return value

    @model_validator(mode="after")
    def _live_is_safe(self) -> Config:
        if self.live and self.debug:
            raise ValueError(
                "debug shows code and data to visitors, so it can't be on in live use; "
                "set debug = false (or unset LEEWARD_DEBUG)"
            )
        if self.live and set(self.hosts) <= {"127.0.0.1", "localhost"}:
            raise ValueError('live needs the site\'s own name; set hosts = ["help.example.org"]')
        if self.database_url and not self.database_url.startswith(("postgres://", "postgresql://")):
            raise ValueError(
                "DATABASE_URL must be empty (SQLite) or start with postgresql://; correct it"
            )
        if self.redis_url and not self.redis_url.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("REDIS_URL must be empty or start with redis://; correct it")
        return self


def read_config() -> Config:
    """Return the checked settings. Raises SettingsWrong with the setting's name and the fix."""
    try:
        return Config()
    except ValidationError as wrong:
        raise SettingsWrong(_sentence(wrong)) from None
    except ValueError as wrong:  # tomllib's own message names line and column
        raise SettingsWrong(f"leeward.toml can't be read: {wrong}. Correct that line.") from None


def _sentence(wrong: ValidationError) -> str:
    lines = []
    for error in wrong.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in error["loc"]) or "settings"
        said = error["msg"].removeprefix("Value error, ")
        field = Config.model_fields.get(name)
        hint = f" ({field.description})" if field and field.description else ""
        lines.append(f"  {name}: {said}{hint}")
    return (
        "Leeward can't start: a setting is wrong. Correct it in leeward.toml, "
        "or as LEEWARD_<NAME> in the environment:\n" + "\n".join(lines)
    )
