"""What the environment says, and what the doctor makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from typer.testing import CliRunner

from bot.cli import app
from bot.sandbox import Sandbox
from bot.settings import UnreadableSettings, read_settings
from bot.slack.manifest import Mode, write_manifest
from bot.store.engine import read_url, say_url
from bot.store.schema import newest


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "GAPWATCH_DATABASE_URL", "PORT", "GAPWATCH_SECRET_KEYS"):
        monkeypatch.delenv(name, raising=False)


def doctor(**env: str) -> tuple[int, str]:
    result = CliRunner(env={"COLUMNS": "300", "TERM": "dumb", **env}).invoke(app, ["doctor"])
    return result.exit_code, result.output


def test_a_hosting_services_own_names_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://db/books")
    monkeypatch.setenv("PORT", "8080")
    assert (read_settings().database_url.get_secret_value(), read_settings().port) == ("postgres://db/books", 8080)

    monkeypatch.setenv("GAPWATCH_DATABASE_URL", "sqlite:///mine.db")
    assert read_settings().database_url.get_secret_value() == "sqlite:///mine.db"


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("xoxb-1\n")
    (tmp_path / "keys").write_text("one,two\nthree\n")
    monkeypatch.setenv("GAPWATCH_SLACK_BOT_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("GAPWATCH_SECRET_KEYS_FILE", str(tmp_path / "keys"))

    settings = read_settings()

    assert settings.slack_bot_token
    assert settings.slack_bot_token.get_secret_value() == "xoxb-1"
    assert [key.get_secret_value() for key in settings.secret_keys] == ["one", "two", "three"]
    assert "xoxb" not in repr(settings)


def test_a_setting_that_can_not_be_used_is_named_and_its_value_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAPWATCH_PORT", "many")
    with pytest.raises(UnreadableSettings, match="GAPWATCH_PORT") as refused:
        read_settings()
    assert "many" not in str(refused.value)

    monkeypatch.setenv("GAPWATCH_PORT", "80")
    monkeypatch.setenv("GAPWATCH_SLACK_BOT_TOKEN_FILE", "/not/there")
    with pytest.raises(UnreadableSettings, match="names /not/there, which I can't read"):
        read_settings()


def test_words_may_be_written_in_small_letters_and_an_address_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAPWATCH_LOG_LEVEL", "warning")
    monkeypatch.setenv("GAPWATCH_SQLITE_SYNCHRONOUS", "normal")
    assert (read_settings().log_level, read_settings().sqlite_synchronous) == ("WARNING", "NORMAL")

    monkeypatch.setenv("GAPWATCH_SLACK_API_URL", "slack.com/api")
    with pytest.raises(UnreadableSettings, match="GAPWATCH_SLACK_API_URL"):
        read_settings()


def test_the_doctor_says_what_is_missing_each_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "new.db").touch()
    code, said = doctor(GAPWATCH_DATABASE_URL=f"sqlite:///{tmp_path / 'new.db'}")

    assert code == 1
    for sentence in (
        "✓ SQLite is ",
        "new.db answers.",
        f"✗ Its tables are not there, and should be at {newest()}: gapwatch migrate",
        "✓ GAPWATCH_SECRET_KEYS is not set, and nothing that needs it is kept.",
        "✗ GAPWATCH_SLACK_BOT_TOKEN is not set",
        "✗ GAPWATCH_SLACK_APP_TOKEN is not set",
    ):
        assert sentence in said


def test_the_doctor_makes_no_database_where_an_address_is_mistyped(tmp_path: Path) -> None:
    code, said = doctor(GAPWATCH_DATABASE_URL=f"sqlite:///{tmp_path / 'gapwacht.db'}")

    assert code == 1
    assert "gapwacht.db yet: if the address is right, gapwatch migrate makes one." in said
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_finds_nothing_amiss_where_all_is_set(sqlite_url: str) -> None:
    keys = Fernet.generate_key().decode()

    with Sandbox(manifest=write_manifest(Mode.SOCKET)) as slack:
        tokens = {"GAPWATCH_SLACK_BOT_TOKEN": slack.bot_token, "GAPWATCH_SLACK_APP_TOKEN": slack.app_token}
        known = {"GAPWATCH_DATABASE_URL": sqlite_url, "GAPWATCH_SLACK_API_URL": slack.base_url}
        code, said = doctor(**known, **tokens, GAPWATCH_SECRET_KEYS=keys)
        wrong = doctor(**known, **tokens | {"GAPWATCH_SLACK_BOT_TOKEN": "xoxb-1"}, GAPWATCH_SECRET_KEYS=keys)
        deaf = doctor(**known, **tokens | {"GAPWATCH_SLACK_APP_TOKEN": "xapp-1"}, GAPWATCH_SECRET_KEYS=keys)

    assert (code, "✗" in said) == (0, False)
    assert "✓ Slack knows me in " in said
    assert "✓ Slack lets me open a socket" in said
    assert wrong[0] == 1
    assert "✗ Slack does not know the bot token (GAPWATCH_SLACK_BOT_TOKEN)." in wrong[1]
    assert "xoxb-1" not in wrong[1]
    assert deaf[0] == 1
    assert "✗ Slack does not know the app-level token (GAPWATCH_SLACK_APP_TOKEN)." in deaf[1]
    assert "xapp-1" not in deaf[1]


UNUSABLE = ["sqlite:////not/there/gapwatch.db", "mysql://x/y", "postgresql://127.0.0.1:1/x", "postgres://a:hu/sh@b/c"]


@pytest.mark.parametrize("url", UNUSABLE)
def test_a_database_that_does_not_answer_is_a_sentence_without_its_password(url: str) -> None:
    code, said = doctor(GAPWATCH_DATABASE_URL=url.replace("127", "me:hush@127"))

    assert code == 1
    assert "Is GAPWATCH_DATABASE_URL right?" in said or "There is no database at " in said
    assert "hush" not in said
    assert "hu/" not in said
    assert "Traceback" not in said


def test_a_new_key_is_one() -> None:
    said = CliRunner().invoke(app, ["doctor", "--new-key"]).output.strip()

    assert Fernet(said).encrypt(b"x")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("sqlite:///gapwatch.db", "sqlite:///gapwatch.db"),
        ("postgres://jo:secret@db.example/gapwatch", "postgresql://jo:***@db.example/gapwatch"),
    ],
)
def test_an_address_is_said_as_a_person_writes_it_and_without_its_password(given: str, said: str) -> None:
    assert say_url(read_url(given)) == said
