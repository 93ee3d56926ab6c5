"""The whole bot at work in a Slack, as `gapwatch up` runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from bot.jobs.engine import Pace
from bot.listening import hear_slack
from bot.sandbox import Workspace
from bot.services.hours import EVERYBODY
from bot.services.ids import PersonId
from bot.services.manners import Manner
from bot.services.people import Actor
from bot.services.presence import Role
from bot.services.quiet import ALWAYS
from bot.settings import Settings, read_settings
from bot.store.engine import open_engine
from bot.wiring import House, build_house, migrate_all

BILLING = "C0BILLING01"
DANA = PersonId("U0DANA00001")
BRISK = Pace(poll=0.02, posts=1_000, period=1.0, grace=timedelta(seconds=2))
"""No test waits for Slack's patience, which the sandbox does not lose."""


def settings_for(slack: Workspace, url: str, **more: object) -> Settings:
    """Set everything as an installer would."""
    return read_settings(
        **{
            "database_url": url,
            "slack_bot_token": slack.bot_token,
            "slack_app_token": slack.app_token,
            "slack_api_url": slack.base_url,
            **more,
        }
    )


@contextmanager
def at_work(
    slack: Workspace,
    url: str,
    *,
    role: Role = Role.UP,
    pace: Pace = BRISK,
    but: Callable[[House], House] = lambda house: house,
) -> Iterator[House]:
    """Let the bot work until the block ends; tests run on Sundays too, so its people are never left in peace."""
    settings = settings_for(slack, url)
    engine = open_engine(url)
    migrate_all(engine, settings)
    engine.dispose()
    house = but(build_house(settings, pace=pace))
    house.services.rhythm.manners.change(Manner(quiet=ALWAYS), Actor(house.workspace, DANA), EVERYBODY)
    try:
        with house.working(role), hear_slack(house):
            yield house
    finally:
        house.close()
