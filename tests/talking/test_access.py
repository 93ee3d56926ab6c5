"""Whoever runs the bot learns that Slack lets it in no more: in Slack nobody can be told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sandbox.kit import over_http
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from talking.salon import open_salon

from bot.sandbox import Sandbox
from bot.slack.access import FRESH, Access


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def seconds() -> list[float]:
    return [0.0]


@pytest.fixture
def access(slack: Sandbox, seconds: list[float]) -> Access:
    client = WebClient(token=slack.bot_token, base_url=slack.base_url, retry_handlers=[])
    return Access(client, tick=lambda: seconds[0])


def test_a_revoked_token_is_noticed_within_a_minute_and_says_what_to_do(
    slack: Sandbox, access: Access, seconds: list[float]
) -> None:
    assert access.why_not() == ""
    slack.revokes()
    assert access.why_not() == "", "an answer is believed for a while"

    seconds[0] += FRESH

    assert "Install the app again" in access.why_not()


def test_a_bad_day_of_slacks_says_nothing_about_the_token(slack: Sandbox, access: Access, seconds: list[float]) -> None:
    slack.breaks("auth.test", "status")

    assert access.why_not() == ""

    slack.revokes()
    seconds[0] += FRESH
    assert access.why_not()
    slack.breaks("auth.test", "status")
    seconds[0] += FRESH
    assert access.why_not(), "what was lost is not given back by silence"


class Hanging(WebClient):
    """A Slack that does not answer while somebody else wants to know as well."""

    def __init__(self) -> None:
        super().__init__()
        self.access, self.asked = Access(self, tick=lambda: 0.0), 0

    def auth_test(self, **_: object) -> SlackResponse:
        self.asked += 1
        if self.asked < 3:
            self.access.why_not()
        raise TimeoutError


def test_while_slack_hangs_it_is_asked_once_however_many_want_to_know() -> None:
    hanging = Hanging()

    assert hanging.access.why_not() == ""

    assert hanging.asked == 1


@pytest.mark.parametrize("uninstall", [True, False])
def test_slack_itself_saying_so_is_written_down(
    sqlite_url: str, caplog: pytest.LogCaptureFixture, *, uninstall: bool
) -> None:
    with open_salon(sqlite_url, over_http) as salon:
        salon.slack.revokes(uninstall=uninstall)
        salon.slack.settles()

    assert "Slack no longer knows my token" in caplog.text
