"""What sets the pace, as people see it: the schedule, their hours, the reminders."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from bot.services.calls import to_channel
from bot.services.plans import Plan, ScheduleKind
from bot.slack.heard import Doing
from bot.slack.messages import Message
from bot.slack.room import Room
from bot.slack.views.hours import hours_message, reminders_message
from bot.slack.views.schedule import NEXT, ScheduleCard, schedule_message


@dataclass(frozen=True, slots=True)
class Pacing:
    """Shows when things happen."""

    room: Room
    doing: Doing

    def schedule(self, _: str) -> Message:
        """Say when things happen, and what comes next."""
        return schedule_message(self.card(self.room.services.rhythm.planning.plan(self.room.workspace)))

    def hours(self, _: str) -> Message:
        """Say when everybody, this person and this channel are left in peace."""
        rhythm, workspace, channel = self.room.services.rhythm, self.room.workspace, self.doing.channel
        here = None if channel.startswith("D") else rhythm.manners.of(workspace, to_channel(channel))
        return hours_message(rhythm.hours.of(workspace), rhythm.manners.of(workspace, self.doing.by.person), here)

    def reminders(self, _: str) -> Message:
        """Say how long people have to decide."""
        return reminders_message(self.room.services.rhythm.reminding.patience(self.room.workspace))

    def card(self, plan: Plan) -> ScheduleCard:
        """Show a plan with its next runs."""
        runs = islice(plan.coming(self.room.clock(), ScheduleKind.RUN), NEXT)
        return ScheduleCard(plan, tuple(due.at.astimezone(plan.zone) for due in runs))
