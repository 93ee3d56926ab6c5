"""A week is told once: first the words, then the picture is hung below them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

from bot.services.failures import TryLater
from bot.services.ids import PersonId
from bot.services.promises import Promise
from bot.services.weekly import Week
from bot.slack.messages import Rendering
from bot.slack.messenger import Posted
from bot.slack.places import LET_BE, Places
from bot.slack.reporting import Reporting, trend_of, week_card
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.trend import Trend, in_words
from bot.slack.trend_picture import draw
from bot.slack.views.scorecard import scorecard_message
from bot.slack.views.weekly import Picture, week_message

log = logging.getLogger(__name__)
PATIENCE = 5  # attempts, before words without a picture must do
SLACK = "slack"  # where an uploaded picture is, until a message shows it


@dataclass(frozen=True, slots=True)
class Weeks:
    """Tells weeks: the team theirs where results are told, and managers theirs alone; out of hours both wait."""

    room: Room
    places: Places

    @property
    def reporting(self) -> Reporting:
        """Lays weeks out."""
        return Reporting(self.room.workspace, self.room.services.reports)

    def summarise(self, promise: Promise) -> str:
        """Tell the team of a week."""
        place = self.places.of_results()
        home = place.channel
        self.places.tell(place)
        week = self.reporting.week(date.fromisoformat(promise.payload["week"]))
        told = week_message(week_card(week))
        posted = Saying(self.room).say(promise, Spot(home, subject=f"summary:{week.monday}"), told)
        trend = trend_of(week)
        if trend:
            self._hang(promise, posted, week, trend)
        return posted.ts

    def score(self, promise: Promise) -> str:
        """Tell an account manager of their weeks, if they are still there."""
        person = PersonId(promise.payload["person"])
        place = self.places.of_person(person)
        if place is None:
            return LET_BE
        self.places.tell(place)
        card = self.reporting.scorecard(person, date.fromisoformat(promise.payload["week"]))
        return Saying(self.room).say(promise, Spot(place.channel), scorecard_message(card)).ts

    def _hang(self, promise: Promise, posted: Posted, week: Week, trend: Trend) -> None:
        """Show the picture in the message; doing so twice is doing so once, and it is uploaded only once."""
        picture = Picture(self._upload(week, trend), in_words(trend))
        hung = self.room.messenger.edit(posted, week_message(week_card(week, picture)))
        if hung.rendering is Rendering.RICH:
            return
        self.room.messenger.edit(posted, week_message(week_card(week)))
        if promise.attempts < PATIENCE:
            raise TryLater("Slack has not looked at the picture yet.")
        log.warning("Slack does not take the picture of %s: %s", week.monday, " ".join(hung.complaints))

    def _upload(self, week: Week, trend: Trend) -> str:
        outbox, subject = self.room.services.outbox, f"picture:{week.monday}"
        known = outbox.posts(self.room.workspace, subject).get(SLACK)
        if known:
            return known
        look = self.room.services.reports.workplaces.of(self.room.workspace).look
        name = f"trend-{week.monday}.png"
        file = self.room.messenger.upload(name, draw(trend, look), title="Trend", alt=in_words(trend))
        outbox.posted(self.room.workspace, subject, SLACK, file)
        return file
