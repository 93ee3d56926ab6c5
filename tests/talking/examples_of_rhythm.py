"""Every message and form about when things happen, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice

from talking.examples import DANA, OVER, SAM, UNDER, VISIO_GAP

from bot.services.advising import BUSY, QUIET, Advice, Seen
from bot.services.agreed import USUAL
from bot.services.agreements import Agreement, Changed
from bot.services.aloud import Aloud
from bot.services.ids import PersonId
from bot.services.manners import Manner, MannerChanged
from bot.services.plans import PRESETS, Plan, Schedule, ScheduleKind
from bot.services.quiet import Quiet
from bot.services.reminding import Patience
from bot.services.stale import Wanted
from bot.slack.blocks import Block
from bot.slack.messages import Message
from bot.slack.modals.agreement import agreement_form
from bot.slack.modals.hours import hours_form, reminders_form
from bot.slack.modals.schedule import schedule_form
from bot.slack.views.advice import advice_left, advice_message, advice_taken
from bot.slack.views.agreements import agreement_added, agreement_ended, agreement_list, agreements_modal
from bot.slack.views.digest import DigestCard, DigestRow, digest_message
from bot.slack.views.hours import hours_message, reminders_message, reminders_set
from bot.slack.views.manners import MannerCard, manner_set, passed_on
from bot.slack.views.reminders import Waiting, escalation, nudge
from bot.slack.views.schedule import ScheduleCard, schedule_message, schedule_set
from bot.slack.views.stale import files_wanted
from bot.slack.wording import Who
from recon import Limits, Month, Rule, RuleKind, Side

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
PLAN = Plan(
    schedules=tuple(Schedule(kind=kind, cadence=cadence, fired_at=NOW) for kind, cadence in PRESETS.items()),
    time_zone="America/New_York",
)
RUNS = tuple(due.at.astimezone(PLAN.zone) for due in islice(PLAN.coming(NOW, ScheduleKind.RUN), 10))
LATE = Quiet(begins=time(20), ends=time(10), days_off=frozenset({6}), most=2)
LATER, SILENT = Manner(quiet=LATE), Manner(is_silent=True)
OLD = Wanted(
    name="Pax8",
    side=Side.BOUGHT,
    month=Month(2026, 10),
    lacks=None,
    age=timedelta(days=9, hours=3),
    by=PersonId(DANA.id),
)
GONE = Wanted(name="Sherweb", side=Side.BOUGHT, month=Month(2026, 9), lacks=Month(2026, 10), age=None, by=None)
LONG = [Waiting(UNDER, 10, SAM), Waiting(VISIO_GAP, 12, None)]

ADVICE = Advice(
    seen=Seen(clients=60, a_week=Decimal("12.5"), totals=tuple(map(Decimal, (900, 400, 300, 90, 80, 60))), people=3),
    cadence=BUSY,
    limits=Limits(Decimal(150), Decimal(2)),
    was=USUAL,
)

AGREED = [
    Agreement("a1", Rule(kind=RuleKind.BUNDLE, unit="Managed Workstation", contains=("Premium", "Huntress"))),
    Agreement(
        "a2",
        Rule(
            kind=RuleKind.TEMPORARY,
            client="Acme & Sons",
            product="Visio Plan 2",
            seats=Decimal(3),
            start=date(2026, 10, 1),
            end=date(2026, 12, 31),
            note="They move <house>",
        ),
    ),
]


def manner_said(whose: str, changed: MannerChanged, *heirs: Who) -> Message:
    usual, is_channel = Quiet(begins=time(), ends=time()), whose == "This channel"
    card = MannerCard(whose=whose, changed=changed, usual=usual, is_channel=is_channel, heirs=heirs, undo="undo")
    return manner_set(card, DANA)


RHYTHM_MESSAGES: dict[str, Message] = {
    "schedule": schedule_message(ScheduleCard(PLAN, RUNS)),
    "schedule_set": schedule_set(ScheduleCard(PLAN, RUNS), DANA),
    "hours": hours_message(Quiet(), Manner(quiet=LATE), Manner(aloud=Aloud.NOTHING)),
    "hours_of_whoever_wants_no_alerts": hours_message(Quiet(), Manner(quiet=LATE, is_silent=True)),
    "hours_set": manner_said("You", MannerChanged(was=Manner(), now=LATER)),
    "hours_set_to_a_digest": manner_said("You", MannerChanged(was=LATER, now=Manner(quiet=replace(LATE, most=0)))),
    "hours_as_everybodys": manner_said("This channel", MannerChanged(was=LATER, now=Manner())),
    "alerts_off": manner_said("You", MannerChanged(was=Manner(), now=SILENT, is_missed=True), DANA),
    "alerts_off_in_a_channel": manner_said("This channel", MannerChanged(was=Manner(), now=SILENT), DANA, SAM),
    "alerts_off_of_nobodys": manner_said("You", MannerChanged(was=Manner(), now=SILENT)),
    "alerts_on_and_less_aloud": manner_said("This channel", MannerChanged(was=SILENT, now=Manner(aloud=Aloud.RETURNS))),
    "alerts_passed_on": passed_on("Jo", DANA, [UNDER, OVER]),
    "waited": digest_message(DigestCard((DigestRow("Wayne & Sons", (UNDER,)),), in_thread=1, has_waited=True)),
    "reminders": reminders_message(Patience()),
    "reminders_never": reminders_set(Patience(nudge_after=0), DANA),
    "digest": digest_message(
        DigestCard(
            (DigestRow("Acme Ltd", (UNDER, VISIO_GAP)), DigestRow("Bolt Inc", (OVER,), unfixed=1)),
            ("Core & Co", "Dune"),
            in_thread=2,
        )
    ),
    "nudge": nudge(LONG, DANA),
    "escalation": escalation(LONG),
    "escalation_of_one_signature": escalation([*LONG, Waiting(OVER, 7, SAM, DANA)]),
    "advice": advice_message(ADVICE, "USD"),
    "advice_of_less": advice_message(
        replace(ADVICE, cadence=QUIET, limits=None, seen=replace(ADVICE.seen, a_week=Decimal(1))), "USD"
    ),
    "advice_taken": advice_taken(ADVICE, "USD", DANA),
    "advice_left": advice_left(DANA),
    "agreements": agreement_list(AGREED),
    "agreements_none": agreement_list([]),
    "agreement_added": agreement_added(Changed(AGREED[1], is_compared=True), DANA),
    "agreement_ended": agreement_ended(Changed(AGREED[0], is_compared=True), DANA),
    "files_wanted": files_wanted([OLD], DANA),
    "files_wanted_of_many": files_wanted([GONE, OLD], None),
}
RHYTHM_MODALS: dict[str, Block] = {
    "modal_schedule": schedule_form(PLAN, RUNS, about="C0BILLING01"),
    "modal_schedule_impossible": schedule_form(PLAN, (), about="C0BILLING01", flaw="There has to be some day."),
    "modal_hours": hours_form("Everybody's hours", Quiet(), about="C0BILLING01 "),
    "modal_hours_of_a_channel": hours_form(
        "This channel", LATE, about="C0BILLING01 channel:C0BILLING01", own=SILENT, is_channel=True
    ),
    "modal_hours_of_one": hours_form("My alerts and hours", LATE, about="C0BILLING01 U1", own=Manner()),
    "modal_agreements": agreements_modal(AGREED),
    **{f"modal_agreement_{kind.name.lower()}": agreement_form(kind, about="C0BILLING01") for kind in RuleKind},
    "modal_reminders": reminders_form(Patience(), about="C0BILLING01"),
}
