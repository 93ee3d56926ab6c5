"""The manifest is one that Slack takes, and asks for no more than it says why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, ValidationError
from slack_sdk import WebClient
from typer.testing import CliRunner

from bot.cli import app
from bot.sandbox import Sandbox

SCHEMA = Path(__file__).parent.parent / "reference" / "manifest.schema.2.0.0.json"
URL = "https://gapwatch.example.com/slack/events"


def printed(*words: str) -> dict[str, Any]:
    """Run the command, and read what it printed."""
    result = CliRunner().invoke(app, ["manifest", *words])
    assert result.exit_code == 0, result.output
    made: dict[str, Any] = json.loads(result.stdout)
    return made


@pytest.fixture(scope="module")
def schema() -> Draft7Validator:
    return Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.parametrize("words", [(), ("--mode", "http", "--url", URL)])
def test_slack_takes_the_manifest(schema: Draft7Validator, words: tuple[str, ...]) -> None:
    schema.validate(printed(*words))


def test_the_schema_would_find_a_flaw(schema: Draft7Validator) -> None:
    flawed = printed()
    flawed["display_information"]["name"] = "x" * 36

    with pytest.raises(ValidationError):
        schema.validate(flawed)


def test_over_http_every_way_in_has_the_address() -> None:
    made = printed("--mode", "http", "--url", URL)

    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["event_subscriptions"]["request_url"] == URL
    assert made["settings"]["interactivity"]["request_url"] == URL
    assert made["settings"]["interactivity"]["message_menu_options_url"] == URL
    assert made["features"]["slash_commands"][0]["url"] == URL


@pytest.mark.parametrize("url", ["", "http://gapwatch.example.com", "gapwatch.example.com"])
def test_over_http_an_address_is_needed(url: str) -> None:
    result = CliRunner().invoke(app, ["manifest", "--mode", "http", "--url", url])

    assert result.exit_code == 2
    assert "--url" in result.stderr


def test_an_app_with_this_manifest_can_be_installed_and_speaks() -> None:
    with Sandbox(manifest=printed()) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.base_url)

        assert client.auth_test()["ok"]
        assert client.chat_postMessage(channel="C0BILLING01", text="hello")["ok"]
        assert client.conversations_history(channel="C0BILLING01")["ok"]
