"""Whom the bot called upon on which day, so that nobody is called too often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Way(StrEnum):
    """How someone hears of something."""

    TOLD = "told"  # by itself
    DIGEST = "digest"  # with the rest of the day


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Something a person or a channel hears of on a day: a client, a gap handed to them; once, however much it is."""

    to: str
    day: date  # where they are
    subject: str
    way: Way
    at: datetime


CHANNEL = "channel:"
PERSON = "person:"
"""What someone's direct messages are called where messages are remembered."""


def to_channel(channel: str) -> str:
    """Name a channel as one that is told something; people are named by their ids."""
    return f"{CHANNEL}{channel}"
