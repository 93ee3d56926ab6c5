"""What the environment says, read once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from recon import Stopped

PREFIX = "GAPWATCH_"
HERE = "sqlite:///gapwatch.db"


class UnreadableSettings(Stopped):
    """A setting can't be used."""


class Settings(BaseSettings):
    """Every setting; a secret may also stand in a file that `..._FILE` names."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore", populate_by_name=True
    )

    database_url: SecretStr = Field(
        SecretStr(HERE), validation_alias=AliasChoices(f"{PREFIX}DATABASE_URL", "DATABASE_URL")
    )
    sqlite_synchronous: str = Field("FULL", pattern="^(FULL|NORMAL)$")
    secret_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()  # separated by commas, the newest first
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = Field("https://slack.com/api/", pattern="^https?://[^/]")
    home_channel: str = ""  # where results are told; the likeliest channel the bot is in, if not said
    port: int | None = Field(None, ge=1, le=65535, validation_alias=AliasChoices(f"{PREFIX}PORT", "PORT"))
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    keep_days: int = Field(400, ge=31)  # how long files and results are kept

    @field_validator("log_level", "sqlite_synchronous", mode="before")
    @classmethod
    def as_written_here(cls, value: object) -> object:
        """Let `info` be `INFO`."""
        return value.upper() if isinstance(value, str) else value

    @field_validator("secret_keys", mode="before")
    @classmethod
    def split_keys(cls, value: object) -> object:
        """Read keys separated by commas or lines."""
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - none is read: what counts is the environment
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - as above
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over files it names."""
        return init_settings, env_settings, NamedFiles(settings_cls)


class NamedFiles(PydanticBaseSettingsSource):
    """Reads each setting `X` from the file that `GAPWATCH_X_FILE` or `X_FILE` names."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Read one setting's file, if there is one."""
        alias = field.validation_alias
        names = alias.choices if isinstance(alias, AliasChoices) else [f"{PREFIX}{field_name.upper()}"]
        path = next((found for name in names if (found := os.environ.get(f"{name}_FILE"))), None)
        return (_read(path, str(names[0])) if path else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        """Read every file that is named."""
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


def _read(path: str, name: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as flaw:
        why = flaw.strerror if isinstance(flaw, OSError) else "it is not text in UTF-8"
        raise UnreadableSettings(f"{name}_FILE names {path}, which I can't read: {why}.") from flaw


def read_settings(**given: object) -> Settings:
    """Read the settings, or say in one sentence which can't be used."""
    try:
        return Settings(**given)  # type: ignore[arg-type] # checked by the model itself
    except ValidationError as flaw:
        wrong = "; ".join(
            f"{PREFIX}{_name(error['loc'])}: {error['msg']}" for error in flaw.errors(include_input=False)
        )
        # What was given may be a secret, so the cause is left out.
        raise UnreadableSettings(f"I can't use the settings. {wrong}.") from None


def _name(place: tuple[int | str, ...]) -> str:
    return str(place[0] if place else "").removeprefix(PREFIX).upper()


def missing_for_slack(settings: Settings) -> Mapping[str, str]:
    """Name what Slack needs and is not set, and where it is found."""
    needed = {"slack_bot_token": "the bot token (xoxb-...), from “OAuth & Permissions”"}
    if not hears_by_http(settings):
        needed |= {"slack_app_token": "the app-level token (xapp-...) with connections:write, for Socket Mode"}
    return {f"{PREFIX}{name.upper()}": said for name, said in needed.items() if getattr(settings, name) is None}


def hears_by_http(settings: Settings) -> bool:
    """Say whether Slack calls the bot; with an app-level token, which has no other use, the bot calls Slack."""
    return bool(settings.slack_signing_secret and settings.port and not settings.slack_app_token)
