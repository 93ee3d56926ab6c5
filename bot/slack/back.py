"""What is asked of the past: a week, a month's statement, what other thresholds would have done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from bot.services.failures import Refused
from bot.services.reports import Reports
from bot.slack.errands import month_of
from bot.slack.heard import Doing
from bot.slack.messages import Message
from bot.slack.messenger import call
from bot.slack.modals.what_if import what_if_form
from bot.slack.reporting import Reporting, week_card
from bot.slack.room import Room
from bot.slack.views.help import command_help
from bot.slack.views.statement import StatementCard, statement_message
from bot.slack.views.thresholds import Threshold
from bot.slack.views.weekly import week_message
from bot.slack.views.what_if import WhatIfCard, following_again, what_if_message
from recon import Limits, Money, Month

LAST = ("last", "last week")
MOST_LIMITS = 2  # money and seats


@dataclass(frozen=True, slots=True)
class Back:
    """Looks back."""

    room: Room
    doing: Doing

    def summary(self, which: str) -> None:
        """Sum up the week that runs, or the last one; with thousands of gaps that takes longer than Slack waits."""
        self.room.later(self.doing, lambda: self.room.whisper(self.doing, self._week(which)))

    def statement(self, typed: str) -> None:
        """State a billing month, the one that runs if none is named."""
        month = month_of(self.room, typed)
        self.room.later(self.doing, lambda: self.room.whisper(self.doing, self._stated(month)))

    def _week(self, which: str) -> Message:
        today = self.room.today
        monday = last_week(today) if which.casefold() in LAST else today
        return week_message(week_card(Reporting(self.room.workspace, self._reports).week(monday)))

    def _stated(self, month: Month | None) -> Message:
        found = self._reports.statements.of_month(self.room.workspace, month)
        return statement_message(
            StatementCard(
                month=found.month,
                is_over=found.is_over,
                flows=found.flows,
                ever=found.ever,
                estimated=found.estimated,
                ever_estimated=found.ever_estimated,
                lines=len(found.postings),
                other_months=found.months,
            )
        )

    def what_if(self, typed: str) -> Message | None:
        """Try thresholds on what was; without any, ask which."""
        words = typed.replace("$", "").replace(",", "").split()
        if not words:
            return self.ask_what_if()
        if len(words) > MOST_LIMITS:
            raise Refused("Write the amount and the seats, as in: what-if 75 2")
        limits = Limits(*(read_number(word) for word in words))
        self.room.later(self.doing, lambda: self.room.whisper(self.doing, self.tried(limits)))
        return following_again()

    def ask_what_if(self) -> Message | None:
        """Open the form, filled with what holds now; where no form can be opened, say what can be typed."""
        if not self.doing.trigger:
            return command_help()
        now = self._threshold(self._reports.what_if.limits(self.room.workspace))
        form = what_if_form(now, about=self.doing.channel)
        call(lambda: self.room.messenger.client.views_open(trigger_id=self.doing.trigger, view=form))
        return None

    def tried(self, limits: Limits) -> Message:
        """Say what some limits would have done, beside those that hold."""
        what_if, workspace = self._reports.what_if, self.room.workspace
        now = what_if.limits(workspace)
        return what_if_message(
            WhatIfCard(
                wanted=self._threshold(limits),
                outcome=what_if.of(workspace, limits),
                now=self._threshold(now),
                present=what_if.of(workspace, now),
            )
        )

    @property
    def _reports(self) -> Reports:
        return self.room.services.reports

    def _threshold(self, limits: Limits) -> Threshold:
        currency = self.room.services.thresholds.agreed(self.room.workspace).currency
        return Threshold(Money(limits.min_money, currency), limits.min_seats)


def read_number(text: str) -> Decimal:
    """Read a number as it was typed."""
    try:
        return Decimal(text)
    except InvalidOperation as flaw:
        raise Refused(f"“{text}” is no number. Write the amount and the seats, as in: what-if 75 2") from flaw


def last_week(today: date) -> date:
    """Give a day of the week before."""
    return today - timedelta(days=7)
