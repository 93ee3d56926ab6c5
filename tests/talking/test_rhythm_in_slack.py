"""People say in Slack when things happen, when they are left in peace, and how long they have to decide."""

from __future__ import annotations

import json
from datetime import time

import pytest
from talking.salon import BILLING, Salon

from bot.sandbox import Seen
from bot.services.cadence import Cadence
from bot.services.calls import to_channel
from bot.services.ids import PersonId
from bot.services.plans import ScheduleKind
from bot.services.quiet import ALWAYS, Quiet
from bot.services.reminding import Patience
from bot.slack.views.schedule import days_of


def typed(salon: Salon, words: str, *, jo: bool = False) -> Seen:
    """Type the command, and read its answer."""
    person = salon.jo if jo else salon.dana
    assert person.types(f"/reconcile {words}", "billing").ok
    return [one for one in person.sees("billing") if one.is_ephemeral][-1]


def test_the_schedule_is_shown_with_what_comes_next(salon: Salon) -> None:
    shown = typed(salon, "schedule")

    assert "06:00: daily in the first 7 and the last 7 days of the month, otherwise every Friday." in shown.words
    assert "Times are in UTC. The billing month begins on the 1st." in shown.words
    assert "The next 10: Fri 23 Oct, 06:00 · Sun 25 Oct, 06:00 · Mon 26 Oct, 06:00" in shown.words


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (7, 7, "daily in the first 7 and the last 7 days of the month"),
        (1, 0, "on the first day of the month"),
        (1, 1, "on the first day and on the last day of the month"),
        (3, 1, "daily in the first 3 days and on the last day of the month"),
    ],
)
def test_a_single_day_of_a_month_is_one_day(first: int, last: int, said: str) -> None:
    assert days_of(Cadence(first_days=first, last_days=last)) == said


def test_a_schedule_is_seen_before_it_is_saved(salon: Salon) -> None:
    salon.dana.presses("Change…", typed(salon, "schedule"))
    salon.dana.chooses("find.zone", "Asia/Kolkata", typing="kolk")
    salon.dana.fills({"at": "07:30", "first_days": "3", "last_days": "0", "weekdays": ["Monday"], "begins": "15"})

    assert salon.dana.presses("Show the next ten runs").ok

    modal = salon.dana.modal
    assert modal is not None
    assert "Mon 26 Oct, 07:30 · Mon 2 Nov, 07:30 · Mon 9 Nov, 07:30 · Sun 15 Nov, 07:30" in modal.words
    assert salon.dana.submits().ok
    plan = salon.office.planning.plan(salon.office.workspace)
    run = plan.of(ScheduleKind.RUN).cadence
    assert (plan.time_zone, plan.month_begins) == ("Asia/Kolkata", 15)
    assert (run.at, run.first_days, run.last_days, run.weekdays) == (time(7, 30), 3, 0, frozenset({0}))
    told = [one for one in salon.dana.sees("billing") if one.is_ephemeral][-1]
    assert "at 07:30: daily in the first 3 days of the month, otherwise every Monday." in told.words
    assert "Set by Dana." in told.words


def test_what_can_not_be_is_said_in_the_form_and_nothing_is_changed(salon: Salon) -> None:
    salon.dana.presses("Change…", typed(salon, "schedule"))

    nothing = {"first_days": "0", "last_days": "0", "weekdays": []}
    outcome = salon.dana.submits(nothing)

    assert not outcome.ok
    assert dict(outcome.errors)["weekdays"].startswith("There has to be some day for the run")
    salon.dana.presses("Show the next ten runs")
    modal = salon.dana.modal
    assert modal is not None
    assert "There has to be some day for the run" in modal.words
    assert salon.office.planning.plan(salon.office.workspace).of(ScheduleKind.RUN).cadence.first_days == 7


@pytest.mark.parametrize("word", ["schedule", "reminders"])
def test_who_may_not_change_it_is_told_who_can(salon: Salon, word: str) -> None:
    salon.jo.presses("Change…", typed(salon, word, jo=True))

    salon.jo.submits()

    modal = salon.jo.modal
    assert modal is not None
    assert "Only an admin may" in modal.words
    assert "Ada and Dana" in modal.words or "Ada, Dana" in modal.words


def test_somebody_sets_hours_of_their_own_and_takes_them_back(salon: Salon) -> None:
    salon.hires(salon.jo)
    salon.jo.presses("My alerts and hours…", typed(salon, "hours", jo=True))
    assert salon.jo.submits({"usual": [], "begins": "20:00", "ends": "10:00", "days_off": ["Sunday"], "most": "2"}).ok

    hours, jo = salon.office.hours, PersonId(salon.jo.id)
    own = Quiet(begins=time(20), ends=time(10), days_off=frozenset({6}), most=2)
    assert hours.of(salon.office.workspace, jo) == own
    shown = typed(salon, "hours", jo=True)
    assert "You: quiet from 20:00 to 10:00 and every Sunday; at most 2 alerts a day" in shown.words

    salon.jo.presses("My alerts and hours…", shown)
    salon.jo.submits({"usual": ["The same as everybody else"]})
    assert hours.of(salon.office.workspace, jo) == ALWAYS


def test_everybodys_and_a_channels_hours_are_an_admins_to_set_and_audited(salon: Salon) -> None:
    salon.hires(salon.jo)
    salon.jo.presses("Everybody's…", typed(salon, "quiet", jo=True))
    salon.jo.submits({"most": "3"})
    assert salon.jo.modal is not None
    assert "Only an admin may set the hours of others" in salon.jo.modal.words

    salon.dana.presses("This channel's…", typed(salon, "hours"))
    salon.dana.submits({"usual": [], "begins": "16:00", "ends": "09:00", "most": "9"})
    salon.dana.presses("Everybody's…", typed(salon, "hours"))
    salon.dana.submits({"begins": "17:00", "ends": "07:00", "most": "4"})

    hours, workspace = salon.office.hours, salon.office.workspace
    assert (hours.of(workspace).begins, hours.of(workspace).most) == (time(17), 4)
    assert hours.of(workspace, to_channel(BILLING)).ends == time(9)
    with salon.office.ledger.look(workspace) as books:
        told = [entry for entry in books.audit.entries() if entry.action == "quiet set"][-1]
    assert (told.by, told.subject) == (salon.dana.id, "workspace")
    assert '"17:00"' in json.loads(told.detail)["new"]


def test_every_day_off_is_no_peace_but_silence_and_refused_in_the_form(salon: Salon) -> None:
    salon.dana.presses("Everybody's…", typed(salon, "hours"))
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    outcome = salon.dana.submits({"days_off": days})

    assert dict(outcome.errors)["days_off"].startswith("With every day off")


def test_the_reminders_are_set(salon: Salon) -> None:
    shown = typed(salon, "reminders")
    assert "for 5 days: one reminder in its thread; 5 days later, one message to" in shown.words

    salon.dana.presses("Change…", shown)
    assert salon.dana.submits({"nudge_after": "3", "escalate_after": "0"}).ok

    reminding = salon.office.rhythm.reminding
    assert reminding.patience(salon.office.workspace) == Patience(nudge_after=3, escalate_after=0)
    told = [one for one in salon.dana.sees("billing") if one.is_ephemeral][-1]
    assert "for 3 days: one reminder in its thread. A gap that waits" in told.words
    assert "A gap that waits as long for a second signature: one message to somebody who can sign." in told.words
