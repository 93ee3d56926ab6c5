"""What is typed after the command and takes a while, or a form: comparing, exporting, handing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.services.cadence import billing_month
from bot.services.exporting import Form, Subject, Wish
from bot.services.exports import Place
from bot.services.failures import Refused
from bot.slack.heard import Doing
from bot.slack.messages import Message
from bot.slack.messenger import call
from bot.slack.modals.reconcile import reconcile_form
from bot.slack.room import Room
from bot.slack.spoken_months import read_spoken_month
from bot.slack.texts import clean, shorten
from bot.slack.views.errands import comparing, nothing_new, writing
from bot.slack.views.help import command_help
from recon import Month, UnreadableMonth

FORMS = {form.value: form for form in Form} | {"excel": Form.WORKBOOK, "workbook": Form.WORKBOOK}
SUBJECTS = {subject.value: subject for subject in Subject}


@dataclass(frozen=True, slots=True)
class Errands:
    """Sets going what somebody asked for."""

    room: Room
    doing: Doing

    def open_form(self, _: str) -> Message | None:
        """Open the form that takes exports; where no form can be opened, say what can be typed."""
        if not self.doing.trigger:
            return command_help()
        form = reconcile_form(channel=self.doing.channel)
        call(lambda: self.room.messenger.client.views_open(trigger_id=self.doing.trigger, view=form))
        return None

    def compare(self, typed: str) -> Message:
        """Compare a month, the newest if none is named."""
        wanted = self.room.services.comparing.ask(month_of(self.room, typed), self.doing.by)
        if wanted.known:
            return nothing_new(wanted.month, wanted.known.at, wanted.known.figures)
        return comparing(wanted.month)

    def export(self, typed: str) -> Message:
        """Write something as a file, which comes where it was asked for."""
        place = Place(self.doing.channel, self.doing.thread)
        return writing(self.room.services.exporting.ask(wish_of(self.room, typed), place, self.doing.by))


def wish_of(room: Room, typed: str) -> Wish:
    """Read what somebody wants as a file: `2026-10`, `fixes`, `decisions csv`."""
    words = typed.casefold().split()
    form = next((FORMS[word] for word in words if word in FORMS), Form.WORKBOOK)
    rest = [word for word in words if word not in FORMS and word != "as"]
    if rest[:1] == [Subject.MONTH]:
        rest = rest[1:]
    if not rest:
        return Wish(Subject.MONTH, form=form)
    if rest[0] == Subject.STATEMENT:
        return Wish(Subject.STATEMENT, billing_month_of(room, " ".join(rest[1:])), form)
    if rest[0] in SUBJECTS:
        return Wish(SUBJECTS[rest[0]], form=form)
    try:
        return Wish(Subject.MONTH, month_of(room, " ".join(rest)), form)
    except UnreadableMonth as flaw:
        said = shorten(clean(typed), 40)
        can = "I can write a month (as in October 2026), fixes, decisions or a statement"
        raise Refused(f"{can}, and don't know what “{said}” is.") from flaw


def month_of(room: Room, typed: str, today: date | None = None) -> Month | None:
    """Read the month somebody typed; one that lies far ahead is a slip of the fingers."""
    today = today or room.today
    month = read_spoken_month(typed, today) if typed.strip() else None
    if month and (month.year, month.number) > (today.year + 1, today.month):
        raise UnreadableMonth(f"{month.name} is more than a year ahead. Is that what you mean?")
    return month


def billing_month_of(room: Room, typed: str) -> Month | None:
    """Read a billing month: the last one is that before the one that runs, whenever that began."""
    begins = room.services.rhythm.planning.plan(room.workspace).month_begins
    return month_of(room, typed, billing_month(room.today, begins)[0])
