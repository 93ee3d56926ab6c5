"""What the services sum up becomes what people see of their weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.services.cases import Case
from bot.services.ids import PersonId, WorkspaceId
from bot.services.reports import Reports
from bot.services.scorecards import Pace
from bot.services.shares import Heading, Sum
from bot.services.weekly import Week
from bot.slack.modals.behind import BehindCard, Part
from bot.slack.trend import Mark, Trend
from bot.slack.views.scorecard import PaceLine, ScoreCard
from bot.slack.views.weekly import Line, Oldest, Picture, WeekCard
from recon import Direction


@dataclass(frozen=True, slots=True)
class Reporting:
    """Lays weeks out for people."""

    workspace: WorkspaceId
    reports: Reports

    def week(self, monday: date | None = None) -> Week:
        """Sum a week up."""
        return self.reports.weekly.week(self.workspace, monday)

    def behind(self, monday: date, heading: Heading, page: int = 0) -> BehindCard:
        """Show the gaps behind a sum."""
        shares = self.reports.weekly.behind(self.workspace, monday, heading)
        parts = tuple(Part(share.case.id, share.case.gap, share.money) for share in shares)
        return BehindCard(monday=monday, heading=heading, parts=parts, page=page)

    def scorecard(self, person: PersonId, monday: date) -> ScoreCard:
        """Show one person's score."""
        found = self.reports.scorecards.of(self.workspace, person, monday)
        return ScoreCard(
            until=found.until,
            clients=found.clients,
            mine=pace_line(found.mine),
            before=pace_line(found.before),
            all=pace_line(found.all),
            waiting=tuple(case.gap for case in found.waiting),
        )


def week_card(week: Week, picture: Picture | None = None) -> WeekCard:
    """Show a week."""
    oldest = week.ages[0] if week.ages else None
    return WeekCard(
        monday=week.monday,
        is_over=week.is_over,
        lines=tuple(line_of(now, was) for now, was in zip(week.sums, week.before, strict=True)),
        decided=week.decided,
        decided_before=week.decided_before,
        ages=tuple(one.days for one in week.ages),
        oldest=oldest_of(oldest.case, oldest.days) if oldest else None,
        real=week.precision.real,
        settled=week.precision.settled,
        to_seen=week.latency.to_seen,
        to_acted=week.latency.to_acted,
        sources=week.sources,
        names=week.names,
        cause=week.cause or "",
        picture=picture,
    )


def line_of(now: Sum, was: Sum) -> Line:
    """Show one heading beside what it was a week before."""
    sums = (one.total(way) for one in (now, was) for way in Direction)
    under, over, under_before, over_before = sums
    return Line(
        now.heading,
        len(now.shares),
        under,
        over,
        len(was.shares),
        under_before,
        over_before,
        now.estimated,
        was.estimated,
    )


def oldest_of(case: Case, days: int) -> Oldest:
    """Show the gap that is open longest."""
    return Oldest(case.gap, days)


def trend_of(week: Week) -> Trend | None:
    """Show how things went; before anything was found there is nothing to draw."""
    marks = tuple(Mark(one.monday, one.fixed, one.under, one.over, one.estimated) for one in week.trend)
    return Trend(marks, week.currency) if marks else None


def pace_line(pace: Pace) -> PaceLine:
    """Show rates."""
    return PaceLine(in_time=pace.in_time, stuck=pace.stuck, reaction=pace.reaction)
