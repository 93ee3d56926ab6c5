"""What is asked of the past: a week, a month's statement, what other thresholds would have done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from bot.services.failures import Refused
from bot.services.reports import Reports
from bot.slack.errands import billing_month_of
from bot.slack.heard import Doing
from bot.slack.messages import Message
from bot.slack.messenger import call
from bot.slack.modals.what_if import what_if_form
from bot.slack.reporting import Reporting, week_card
from bot.slack.room import Room
from bot.slack.texts import clean, shorten
from bot.slack.views.help import command_help
from bot.slack.views.statement import StatementCard, statement_message
from bot.slack.views.thresholds import Threshold
from bot.slack.views.weekly import week_message
from bot.slack.views.what_if import WhatIfCard, following_again, what_if_message
from recon import Limits, Money, Month, UnreadableMonth

WEEKS = {"": 0, "this": 0, "this week": 0, "week": 0, "last": 1, "last week": 1}
WHICH = "I sum up weeks and months: write summary, summary last, or a month, as in summary October 2026."
MOST_LIMITS = 2  # money and seats


@dataclass(frozen=True, slots=True)
class Back:
    """Looks back."""

    room: Room
    doing: Doing

    def summary(self, which: str) -> None:
        """Sum up the week that runs, the last one, or a month; with many gaps that takes longer than Slack waits."""
        back = WEEKS.get(which.casefold())
        if back is None:
            return self._summary_of_month(which)
        return self.room.later(self.doing, lambda: self.room.whisper(self.doing, self._week(back)))

    def _summary_of_month(self, typed: str) -> None:
        try:
            self.statement(typed)
        except UnreadableMonth as flaw:
            raise Refused(f"I don't know what “{shorten(clean(typed), 40)}” is. {WHICH}") from flaw

    def statement(self, typed: str) -> None:
        """State a billing month, the one that runs if none is named."""
        month = billing_month_of(self.room, typed)
        self.room.later(self.doing, lambda: self.room.whisper(self.doing, self._stated(month)))

    def _week(self, back: int) -> Message:
        day = self.room.today - timedelta(weeks=back)
        return week_message(week_card(Reporting(self.room.workspace, self._reports).week(day)))

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
                found_in=found.found_in,
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
