"""A form is sent in: what it asks is done and confirmed where it was opened, or what can't be is said below a field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from slack_bolt import Ack

from bot.services.agreed import must_make_sense
from bot.services.failures import NotAllowed, Refused
from bot.slack.heard import Submitted, read_submission
from bot.slack.messages import Message
from bot.slack.room import Room
from bot.slack.views.failures import shown_modal, stopped_modal
from recon import Stopped

Act = Callable[[Room, Submitted], Message]
"""Does what a form asks, and says what is so now."""


class Unfit(Refused):
    """What was filled in can't be."""

    def __init__(self, flaws: Mapping[str, str]) -> None:
        """Name the fields, and what is said below each."""
        super().__init__(" ".join(flaws.values()))
        self.flaws = flaws


def sending(room: Room, act: Act, field: str) -> Callable[[Ack, dict[str, Any]], None]:
    """Hear a form; whatever can't be is said below `field`, unless it names its own fields."""

    def sent(ack: Ack, body: dict[str, Any]) -> None:
        submitted = read_submission(body, room.workspace)
        try:
            room.must_be_colleague(submitted.doing)
            told = act(room, submitted)
        except NotAllowed as flaw:
            ack(response_action="update", view=stopped_modal(str(flaw)))
        except Stopped as flaw:
            flaws = flaw.flaws if isinstance(flaw, Unfit) else {field: str(flaw)}
            ack(response_action="errors", errors=dict(flaws))
        else:
            confirm(room, ack, submitted, told)

    return sent


def confirm(room: Room, ack: Ack, sent: Submitted, told: Message) -> None:
    """Say what is so now: in the channel the form was opened in, or in the form's place."""
    where = replace(sent.doing, channel=sent.about.partition(" ")[0])
    if not where.channel:
        ack(response_action="update", view=shown_modal("Gapwatch", told) | {"clear_on_close": True})
        return
    ack()
    room.later(where, lambda: room.whisper(where, told))


def read_limit(sent: Submitted, field: str) -> Decimal:
    """Read a number that may be a limit; what is none is said below its own field."""
    typed = sent.values[field]
    try:
        found = Decimal(typed)
        must_make_sense(found)
    except InvalidOperation as flaw:
        raise Unfit({field: f"“{typed}” is not a number."}) from flaw
    except Refused as flaw:
        raise Unfit({field: str(flaw)}) from flaw
    return found
