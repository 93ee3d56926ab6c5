"""What every handler has at hand: what can be asked for, how to answer, and what may wait."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.services.agreements import Agreements
from bot.services.comparing import Comparing
from bot.services.decide import Decide
from bot.services.explaining import Explaining
from bot.services.exporting import Exporting
from bot.services.failures import FAULTS, AlreadyDecided, MovedOn, NotAllowed, NotYours
from bot.services.fixes import Fixes
from bot.services.floor import Floor
from bot.services.handing import Handing
from bot.services.ids import CaseId, Clock, PersonId, WorkspaceId
from bot.services.intake import Intake
from bot.services.joining import Joining
from bot.services.looking import Looking
from bot.services.outbox import Outbox
from bot.services.overhearing import Overhearing
from bot.services.owners import Owners
from bot.services.people import Person
from bot.services.reports import Reports
from bot.services.rhythm import Rhythm
from bot.services.speak import Speak
from bot.services.thresholds import Thresholds
from bot.services.trouble import Trouble
from bot.services.undo import Undo
from bot.services.wishes import Wishes
from bot.services.wondering import Wondering
from bot.slack.blocks import Block
from bot.slack.cards import Decided
from bot.slack.company import Company
from bot.slack.downloads import Downloads
from bot.slack.heard import Doing, must_belong
from bot.slack.messages import Message
from bot.slack.messenger import Messenger, Posted, call
from bot.slack.refusals import NoPlace, Vanished
from bot.slack.showing import Showing, subject_of
from bot.slack.views.failures import already_decided, shown_modal, stopped, went_wrong
from bot.slack.views.gap import gap_message
from bot.slack.views.wishes import may_ask
from recon import Stopped

log = logging.getLogger(__name__)
MODAL = "modal"
After = Callable[[Callable[[], None]], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a person can ask for."""

    handing: Handing
    comparing: Comparing
    exporting: Exporting
    intake: Intake
    explaining: Explaining
    overhearing: Overhearing
    decide: Decide
    speak: Speak
    wondering: Wondering
    undo: Undo
    looking: Looking
    owners: Owners
    joining: Joining
    outbox: Outbox
    thresholds: Thresholds
    agreements: Agreements
    fixes: Fixes
    reports: Reports
    rhythm: Rhythm
    trouble: Trouble
    wishes: Wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One workspace, as the handlers see it; `after` runs what Slack need not wait for."""

    workspace: WorkspaceId
    services: Services
    messenger: Messenger
    floor: Floor
    downloads: Downloads
    company: Company
    clock: Clock
    after: After
    bot: str = ""  # the bot's own id in Slack

    def must_be_colleague(self, doing: Doing) -> None:
        """Let people of this workspace through, and no guests."""
        must_belong(doing)
        if not self.is_colleague(doing.by.person):
            raise NotAllowed("You are a guest here, so I can't tell you anything, nor take anything from you.")

    def is_colleague(self, person: PersonId) -> bool:
        """Say whether somebody is of this workspace, and no guest."""
        known = self.company.someone(person)
        return known is not None and not known.is_guest

    def overheard(self, channel: str) -> bool:
        """Say whether strangers read along in a channel that nobody allowed money to be told in; it is said once."""
        why = self.company.strangers(channel)
        if not why or self.services.overhearing.is_allowed(self.workspace, channel):
            return False
        self.services.overhearing.warn(self.workspace, channel, why)
        return True

    @property
    def today(self) -> date:
        """The day it is where the workspace is."""
        return self.clock().astimezone(self.zone).date()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone the workspace is in."""
        return self.services.rhythm.hours.zone(self.workspace)

    @property
    def showing(self) -> Showing:
        """Turns what the services know into what people see."""
        plan = self.services.rhythm.planning.plan(self.workspace)  # read once: the books are opened for it
        zone, known = plan.zone, (self.services.looking, self.services.joining)
        today = self.clock().astimezone(zone).date()
        return Showing(self.workspace, *known, zone, today, plan.month_begins)

    def person(self, person: PersonId) -> Person:
        """Say what somebody may do; one nobody introduced may do nothing."""
        people = self.services.joining.people(self.workspace)
        return next((one for one in people if one.id == person), Person(id=person, name=person))

    def morning_of(self, day: date) -> datetime:
        """Say when a day begins where the workspace is."""
        return datetime.combine(day, time(), self.zone)

    def redraw(self, case: CaseId) -> None:
        """Show a gap as it is now, wherever it was posted; should this fail, the promise to do so still stands."""
        shown = gap_message(self.showing.case(case))
        for channel, ts in self.services.outbox.posts(self.workspace, subject_of(case)).items():
            self.show(Posted(channel, ts), shown)

    def show(self, posted: Posted, shown: Message) -> None:
        """Bring one of several messages up to date; that it is gone keeps no other from being shown."""
        with suppress(Vanished, NoPlace):
            self.messenger.edit(posted, shown)

    def reply(self, doing: Doing, message: Message, *, key: str) -> None:
        """Say something in the thread in which something was done."""
        self.messenger.post(doing.channel, message, key=key, thread=doing.thread or doing.ts)

    def tell(self, doing: Doing, message: Message) -> None:
        """Answer in the thread in which somebody asked; where strangers read along, for that person alone."""
        if self.overheard(doing.channel):
            self.whisper(doing, message)
        else:
            self.reply(doing, message, key=f"answer:{doing.by.once}")

    def say(self, doing: Doing, message: Message, *, key: str) -> None:
        """Say something where something was done, in no thread."""
        self.messenger.post(doing.channel, message, key=key)

    def replace(self, doing: Doing, message: Message) -> None:
        """Put something in the place of the message that was clicked on."""
        self.messenger.edit(Posted(doing.channel, doing.ts), message)

    def whisper(self, doing: Doing, message: Message) -> None:
        """Tell only the person who did something, where they did it, even if the bot is not there."""
        if not doing.channel:
            self._open(doing, message)
            return
        try:
            self.messenger.whisper(doing.channel, doing.by.person, message, thread=doing.thread)
        except NoPlace:
            if not doing.answer_url:
                raise
            self.messenger.answer(doing.answer_url, message)

    def open(self, doing: Doing, view: Block) -> str:
        """Open a modal, over the one somebody is in; the answer is its name."""
        views = self.messenger.client
        show = views.views_push if doing.surface == MODAL else views.views_open
        return str(call(lambda: show(trigger_id=doing.trigger, view=view))["view"]["id"])

    def _open(self, doing: Doing, message: Message) -> None:
        """Tell somebody who is in no channel in a modal; if it is too late for that, directly."""
        try:
            self.open(doing, shown_modal("Gapwatch", message))
        except Stopped:
            direct = self.messenger.direct(doing.by.person)
            self.messenger.post(direct, message, key=f"told:{doing.by.once}")

    def later(self, doing: Doing, work: Callable[[], None]) -> None:
        """Do something once Slack has its answer; what goes wrong then is said where the person is."""

        def guarded() -> None:
            with self.minding(doing):
                work()

        self.after(guarded)

    @contextmanager
    def minding(self, doing: Doing, case: CaseId | None = None) -> Iterator[None]:
        """Answer whatever stops us: nobody who clicked is left without a word, and an outdated message is redrawn."""
        try:
            yield
        except Stopped as flaw:
            is_stale, first = isinstance(flaw, AlreadyDecided | MovedOn), self._winner(flaw)
            told = already_decided(first) if first else self.refusal(flaw)
            self.after(lambda: self._say(doing, told, case if is_stale else None))
        except FAULTS:
            log.exception("a handler failed")
            self.after(lambda: self._say(doing, went_wrong(), None))

    def refusal(self, flaw: Stopped) -> Message:
        """Say what stopped us; whoever may not decide is offered to have an admin asked."""
        admin = self.services.wishes.admin(self.workspace) if isinstance(flaw, NotYours) and flaw.wish else None
        if isinstance(flaw, NotYours) and admin:
            return may_ask(str(flaw), flaw.wish, self.showing.who(admin))
        return stopped(str(flaw))

    def _winner(self, flaw: Stopped) -> Decided | None:
        return self.showing.decision(flaw.winner) if isinstance(flaw, AlreadyDecided) else None

    def _say(self, doing: Doing, told: Message, case: CaseId | None) -> None:
        try:
            self.whisper(doing, told)
            if case:
                self.redraw(case)
        except Stopped as flaw:
            log.warning("could not answer in %s: %s", doing.channel, flaw)
