"""Homes are drawn: when somebody opens theirs, when they press something there, and when something was decided."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from bot.services.cases import Happening
from bot.services.homes import Filters, Home, Homes, Lately
from bot.services.ids import PersonId, client_key
from bot.services.promises import Promise, PromiseKind
from bot.services.runs import canonical
from bot.slack.blocks import Block
from bot.slack.messenger import again_if_unclear, call
from bot.slack.places import LET_BE
from bot.slack.refusals import Left, NoPlace
from bot.slack.room import Room
from bot.slack.views.home import HomeCard, RunLine, empty_home, home_view
from bot.slack.wording import listed
from recon import GapKind, Stopped

log = logging.getLogger(__name__)
EMPTIED = ""  # what is looked at in a home with nothing in it
TOLD = {
    Happening.OPENED: "new",
    Happening.GROWN: "grown",
    Happening.REOPENED: "open again",
    Happening.CLOSED: "gone",
    Happening.VERIFIED: "corrected",
    Happening.NOT_FIXED: "approved and not fixed",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws homes."""

    room: Room

    def draw(self, person: PersonId, filters: Filters) -> None:
        """Show somebody their home, and remember what they look at."""
        state = filters_to_text(filters)
        view = home_view(self._card(self._homes.of(self.room.workspace, person, filters)), state=state)
        self._publish(person, view)
        if self._homes.all(self.room.workspace).get(person) != state:
            self._homes.opened(self.room.workspace, person, state)

    def open(self, person: PersonId) -> None:
        """Show somebody their home as they left it; should that fail, they see it as it was."""
        try:
            self._draw_again(person, self._shown(person))
        except Stopped as flaw:
            log.warning("the home of %s could not be drawn: %s", person, flaw)

    def shown(self, person: PersonId) -> Filters:
        """Say what somebody looks at in their home."""
        return filters_from_text(self._shown(person))

    def redraw(self, promise: Promise) -> str:
        """Show everybody who has a home how things are; of several promises to do so, the last is enough."""
        coming = self.room.services.outbox.due(self.room.workspace, kinds=[PromiseKind.HOME])
        if any(one.key != promise.key for one in coming):
            return LET_BE
        for person, state in self._homes.all(self.room.workspace).items():
            try:
                self._draw_again(PersonId(person), state)
            except (Left, NoPlace) as flaw:
                log.info("%s has no home any more: %s", person, flaw)
        return "drawn"

    def _draw_again(self, person: PersonId, state: str) -> None:
        """Show somebody their home; one who is a guest by now keeps nothing in it."""
        if self.room.is_colleague(person):
            self.draw(person, filters_from_text(state))
        elif state:
            self._publish(person, empty_home())
            self._homes.opened(self.room.workspace, person, EMPTIED)

    def _shown(self, person: PersonId) -> str:
        return self._homes.all(self.room.workspace).get(person, EMPTIED)

    def _publish(self, person: PersonId, view: Block) -> None:
        with again_if_unclear():
            call(lambda: self.room.messenger.client.views_publish(user_id=person, view=view))

    @property
    def _homes(self) -> Homes:
        return self.room.services.reports.homes

    def _card(self, home: Home) -> HomeCard:
        showing, client = self.room.showing, home.filters.client
        names = (case.gap.client for case in home.open if client_key(case.gap.client) == client)
        return HomeCard(
            queue=tuple(showing.cases(home.queue, home.proposals)),
            open=tuple(showing.cases(home.open, home.proposals)),
            unfiltered=home.unfiltered,
            filters=home.filters,
            client=next(names, client),
            sources=home.sources,
            lately=tuple(run_line(one) for one in home.lately),
            is_admin=home.person.is_admin and home.person.is_colleague,
            is_silent=home.is_silent,
        )


def run_line(lately: Lately) -> RunLine:
    """Say what a run did to the gaps."""
    told = [f"{lately.happened[one]:,} {words}" for one, words in TOLD.items() if lately.happened.get(one)]
    return RunLine(at=lately.run.at, month=lately.run.month, happened=listed(told, most=len(TOLD)) or "nothing new")


def filters_to_text(filters: Filters) -> str:
    """Write down what somebody looks at; it travels with their home."""
    return canonical({name: value for name, value in asdict(filters).items() if value})


def filters_from_text(text: str) -> Filters:
    """Read what somebody looks at."""
    told: Mapping[str, str] = json.loads(text or "{}")
    filters = Filters(**told)  # type: ignore[arg-type]
    return replace(filters, kind=GapKind(filters.kind) if filters.kind else None)
