"""What is told of the money, and how the workspace wants it: the services that look back, together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.services.homes import Homes
from bot.services.ids import Clock, NewId, WorkspaceId
from bot.services.ports import Books, Ledger
from bot.services.promising import scorecard_of, summary_of
from bot.services.scorecards import Scorecards, managers
from bot.services.spans import week_of
from bot.services.statement import Statements, zone_of_workspace
from bot.services.weekly import Weekly
from bot.services.what_if import WhatIf
from bot.services.workplace import Workplaces


@dataclass(frozen=True, slots=True)
class Reports:
    """Look back."""

    ledger: Ledger
    clock: Clock
    new_id: NewId

    @property
    def workplaces(self) -> Workplaces:
        """Sets what holds for the whole workspace."""
        return Workplaces(self.ledger, self.clock, self.new_id)

    @property
    def weekly(self) -> Weekly:
        """Sums weeks up."""
        return Weekly(self.ledger, self.clock)

    @property
    def statements(self) -> Statements:
        """States billing months."""
        return Statements(self.ledger, self.clock)

    @property
    def scorecards(self) -> Scorecards:
        """Keeps the score."""
        return Scorecards(self.ledger, self.clock)

    @property
    def homes(self) -> Homes:
        """Puts homes together."""
        return Homes(self.ledger, self.clock)

    @property
    def what_if(self) -> WhatIf:
        """Tries thresholds on what was."""
        return WhatIf(self.ledger, self.clock)

    def promise(self, workspace: WorkspaceId) -> date:
        """Promise to tell of the last week that is over, the team of all and each account manager of theirs.

        However often this is asked, each is told once.
        """
        with self.ledger.open(workspace) as books:
            return promise_week(books, self.clock())


def promise_week(books: Books, now: datetime) -> date:
    """Promise to tell of the last week that is over."""
    monday = week_of(now.astimezone(zone_of_workspace(books)).date()) - timedelta(weeks=1)
    cards = (scorecard_of(monday, person) for person in managers(books))
    books.outbox.promise(summary_of(monday), *cards, at=now)
    return monday
