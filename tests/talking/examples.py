"""One of every message and modal, about a small invented month."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from months_of import PREMIUM, STANDARD, VISIO, billed, bought, result_of

from bot.services.decisions import Reason
from bot.slack.blocks import Block
from bot.slack.cards import Closed, Decided, GapCard, Verdict
from bot.slack.messages import Message
from bot.slack.modals.assign import assign_form
from bot.slack.modals.dismiss import dismiss_form
from bot.slack.modals.reconcile import reconcile_form
from bot.slack.modals.same import same_form
from bot.slack.modals.snooze import snooze_form
from bot.slack.modals.thresholds import thresholds_form
from bot.slack.views import reading, why
from bot.slack.views.client import ClientCard, client_alert
from bot.slack.views.decisions import Standing, decision_list
from bot.slack.views.failures import already_decided, retired, stopped, stopped_modal, waiting_modal, went_wrong
from bot.slack.views.fixes import Fix, fix_list
from bot.slack.views.gap import gap_message
from bot.slack.views.gaps import gap_list
from bot.slack.views.help import command_help, thread_help
from bot.slack.views.history import HistoryCard, Point, history_message
from bot.slack.views.owners import Imported, OwnerRow, ask_owner, owner_list, owner_set, owners_imported
from bot.slack.views.progress import Progress, Step, run_progress
from bot.slack.views.questions import answered, ask, ask_month, month_said
from bot.slack.views.result import RunCard, rows_of, run_result
from bot.slack.views.status import SourceState, StatusCard, status_message
from bot.slack.views.thresholds import Threshold, threshold_list, threshold_set
from bot.slack.views.turns import assigned, closed, grown, not_fixed, reopened, signature_wanted, spoke, woke
from bot.slack.wording import Who
from recon import Candidate, Direction, Kind, Money, Month, Question, Side, Topic, read_lines

DANA, SAM = Who("U0DANA0001", "Dana"), Who("U0SAM00001", "Sam")
OCTOBER, SEPTEMBER = Month(2026, 10), Month(2026, 9)
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
FIRST = date(2026, 12, 1)

MONTH = result_of(
    bought(
        {"client": "Acme Ltd", "seats": 12},
        {"client": "Acme Ltd", "product": VISIO, "seats": 3, "cost": "9.50"},
        {"client": "Bolt Inc", "seats": 5},
        {"client": "Cog & Sons", "product": STANDARD, "seats": 4},
    ),
    billed(
        {"client": "Acme", "seats": 10},
        {"client": "Bolt Inc", "seats": 9},
        {"client": "Cog & Sons", "product": STANDARD, "seats": 4, "price": "10.00"},
    ),
)
UNDER = next(gap for gap in MONTH.gaps if gap.product == PREMIUM and gap.direction is Direction.UNDER)
OVER = next(gap for gap in MONTH.gaps if gap.direction is Direction.OVER)
VISIO_GAP = next(gap for gap in MONTH.gaps if gap.product == VISIO)
COST = next(gap for gap in MONTH.gaps if gap.product == STANDARD)

OPEN = GapCard(
    id="case-1",
    gap=UNDER,
    days_open=12,
    lost=Money(Decimal("17.60"), "USD"),
    next_invoice=FIRST,
    loses=Money(Decimal("44.00"), "USD"),
)
APPROVED = Decided(
    verdict=Verdict.APPROVED,
    by=DANA,
    at=AT,
    todo="Bill 12 Microsoft 365 Business Premium instead of 10 from 1 Nov 2026.",
)
DISMISSED = Decided(
    verdict=Verdict.DISMISSED,
    by=SAM,
    at=AT,
    reason=Reason.BUNDLED,
    note="part of the Gold plan",
    until=date(2027, 3, 31),
)
SNOOZED = Decided(verdict=Verdict.SNOOZED, by=DANA, at=AT, until=date(2026, 11, 5))
SAME = Decided(verdict=Verdict.SAME, by=DANA, at=AT, names=("Acme Ltd", "Acme Holdings"))
NOT_SAME = replace(SAME, verdict=Verdict.NOT_SAME)
PROPOSED = replace(APPROVED, is_proposed=True)
FIXED = Closed(month=Month(2026, 11), recovered=Money(Decimal("44.00"), "USD"))

RUN = RunCard(
    month=OCTOBER,
    clients=rows_of(MONTH.gaps),
    under=MONTH.total(Direction.UNDER),
    over=MONTH.total(Direction.OVER),
    is_exact=False,
    lines=1893,
    matched=962,
    bought=1000,
    suppressed=2,
    questions=3,
    problems=1,
    new=2,
    closed=1,
    causes=("9 clients have Visio Plan 2 and none of them is billed for it: $512.00 a month.",),
)
COLUMN = Question(
    id="0a1b2c3d4e5f",
    topic=Topic.COLUMN,
    about="quantity",
    sentence="I can't find a quantity column. I see Name, Seats and Price. Which one is it?",
    candidates=(Candidate("Seats", "Seats", None, ("whole numbers",)), Candidate("Price", "Price")),
    samples=("12", "3", "5"),
)
SIDE = replace(
    COLUMN,
    topic=Topic.SIDE,
    about="side",
    sentence="Does this file say what was bought, or what is billed?",
    candidates=(Candidate("bought", "Bought"), Candidate("billed", "Billed")),
    samples=(),
)
MANY_COLUMNS = replace(COLUMN, candidates=tuple(Candidate(f"Col {n}", f"Column {n}") for n in range(12)))
CLIENT = Question(
    id="5f4e3d2c1b0a",
    topic=Topic.CLIENT,
    about="Wayne Ent.",
    sentence="“Wayne Ent.” has 12 seats bought ($216.00 a month). Which billed client is it?",
    candidates=(
        Candidate("Wayne Enterprises", "Wayne Enterprises", 0.873, ("'Wayne Ent.' shortens 'Wayne Enterprises'",)),
        Candidate("Wayfair", "Wayfair", 0.12, ("share some words",)),
    ),
    lines=2,
    monthly=(Money(Decimal(216), "USD"),),
)
LIMIT = Threshold(Money(Decimal(75), "USD"), Decimal(2))
PAX8 = b"Customer,Product,Quantity,Unit Cost\nAcme Ltd,Visio Plan 2,12,9.50\nBolt,Visio Plan 2,many,9.50\n,,3,\n"
READ = reading.card_of(read_lines(PAX8, "pax8-2026-10.csv", side=Side.BOUGHT))
POINTS = tuple(Point(Month(2026, month), Decimal(8 + month // 4), Decimal(8)) for month in range(5, 11))
FIXES = (
    Fix(
        client="Acme Ltd",
        product=PREMIUM,
        was=Decimal(10),
        now=Decimal(12),
        effective=date(2026, 11, 1),
        monthly=Money(Decimal("44.00"), "USD"),
        where="additions.csv row 2",
    ),
)
PEOPLE = (OwnerRow("Acme Ltd", DANA, SAM), OwnerRow("Bolt Inc", None))

WHY = why.WhyCard(
    id="case-1",
    sentence="Acme has 12 Microsoft 365 Business Premium and is billed for 10: 2 are not billed.",
    arithmetic=("12 bought − 10 billed = 2 missing", "2 × $22.00 = $44.00"),
    rows=(
        why.RowSeen(
            side="bought",
            source="pax8.csv",
            row=2,
            cells=(("Customer", "Acme Ltd"), ("Quantity", "12"), ("Unit Cost", "18.00")),
            counted_as="underbilled",
        ),
        why.RowSeen(
            side="billed",
            source="additions.csv",
            row=2,
            cells=(("Company", "Acme"), ("Quantity", "10"), ("Unit Price", "22.00")),
            counted_as="underbilled",
        ),
    ),
    paths=(
        why.NamesSeen(
            bought="Acme Ltd",
            billed="Acme",
            by="scored",
            probability=0.982,
            reasons=("'Acme Ltd' and 'Acme' say the same",),
        ),
        why.NamesSeen(bought=PREMIUM, billed=PREMIUM, by="catalogue", probability=0.998, reasons=()),
    ),
    reasons=("no rule explains it",),
    settled_by="Billing 12 instead of 10 would settle it; so would buying 2 fewer.",
)
STATUS = StatusCard(
    month=OCTOBER,
    open_gaps=4,
    under=MONTH.total(Direction.UNDER),
    over=MONTH.total(Direction.OVER),
    waiting=("sherweb.csv: which column is the quantity?",),
    sources=(
        SourceState("Pax8 invoice", Side.BOUGHT, OCTOBER, date(2026, 11, 2)),
        SourceState("Sherweb", Side.BOUGHT, Month(2026, 8), date(2026, 9, 1), is_late=True),
    ),
)

MESSAGES: dict[str, Message] = {
    "file_read": reading.file_read(replace(READ, missing=("I still need what is billed for October 2026.",))),
    "file_replaces": reading.file_read(
        replace(READ, problems=(), unreadable=0, replaces="pax8-old.csv", month=OCTOBER)
    ),
    "file_seen_before": reading.file_read(replace(READ, seen_before="by Dana on 2 Nov 2026", side=None)),
    "question_column": ask(COLUMN, about="file-1"),
    "question_side": ask(SIDE, about="file-1"),
    "question_many_columns": ask(MANY_COLUMNS, about="file-1"),
    "question_client": ask(CLIENT, about="workspace"),
    "question_nobody_like_it": ask(replace(CLIENT, candidates=()), about="workspace"),
    "question_month": ask_month("pax8.csv", (SEPTEMBER, OCTOBER), about="file-1"),
    "question_month_said": month_said("pax8.csv", OCTOBER, DANA),
    "question_answered": answered(COLUMN, "Seats", DANA),
    "progress": run_progress(Progress(OCTOBER, 84_210, Step.MATCHING)),
    "result": run_result(RUN),
    "result_nothing_found": run_result(
        replace(RUN, clients=(), under=(), over=(), is_exact=True, new=None, suppressed=0, questions=0, problems=0)
    ),
    "result_source_missing": run_result(replace(RUN, missing=("Sherweb is missing: its newest file is of August.",))),
    "client_alert": client_alert(ClientCard(client="Acme Ltd", gaps=(UNDER, VISIO_GAP), month=OCTOBER, asks=DANA)),
    "client_settled": client_alert(ClientCard(client="Acme Ltd", gaps=(), settled=2)),
    "gap_open": gap_message(OPEN),
    "gap_new_estimated": gap_message(GapCard(id="case-2", gap=VISIO_GAP)),
    "gap_overbilled": gap_message(GapCard(id="case-3", gap=OVER, assigned=SAM)),
    "gap_below_cost": gap_message(GapCard(id="case-4", gap=COST)),
    "gap_shrunk": gap_message(replace(OPEN, shrank_from="$66.00")),
    "gap_asks_first": gap_message(replace(OPEN, asks_first=True)),
    "gap_approved": gap_message(replace(OPEN, decided=APPROVED)),
    "gap_approved_by_two": gap_message(replace(OPEN, decided=replace(APPROVED, seconded_by=SAM))),
    "gap_proposed": gap_message(replace(OPEN, decided=PROPOSED)),
    "gap_dismissed": gap_message(replace(OPEN, decided=DISMISSED)),
    "gap_snoozed": gap_message(replace(OPEN, decided=SNOOZED)),
    "gap_same_as": gap_message(replace(OPEN, decided=SAME)),
    "gap_not_the_same": gap_message(replace(OPEN, decided=NOT_SAME)),
    "gap_closed_recovered": gap_message(replace(OPEN, decided=APPROVED, closed=FIXED)),
    "gap_closed_by_itself": gap_message(replace(OPEN, closed=replace(FIXED, recovered=None))),
    "turn_grown": grown(OPEN, "$22.00", DANA),
    "turn_closed": closed(replace(OPEN, decided=APPROVED, closed=FIXED)),
    "turn_reopened": reopened(OPEN, DANA),
    "turn_woke": woke(OPEN, DANA),
    "turn_not_fixed": not_fixed(OPEN, Month(2026, 11), DANA),
    "turn_spoke": spoke(OPEN),
    "turn_assigned": assigned(OPEN),
    "turn_signature_wanted": signature_wanted(replace(OPEN, decided=PROPOSED)),
    "why": why.why_message(WHY),
    "history": history_message(HistoryCard("Acme Ltd", PREMIUM, POINTS)),
    "history_none": history_message(HistoryCard("Acme Ltd", PREMIUM, ())),
    "gaps": gap_list([OPEN, GapCard(id="case-2", gap=VISIO_GAP), GapCard(id="case-3", gap=OVER, days_open=1)]),
    "gaps_none": gap_list([], client="Bolt Inc"),
    "status": status_message(STATUS),
    "status_first": status_message(StatusCard(month=None)),
    "decisions": decision_list([Standing("d1", APPROVED, "Acme Ltd", PREMIUM), Standing("d2", SAME)]),
    "decisions_none": decision_list([]),
    "fixes": fix_list(FIXES),
    "fixes_none": fix_list([]),
    "thresholds": threshold_list(LIMIT, [("Bolt Inc", replace(LIMIT, seats=Decimal(5)))]),
    "threshold_set": threshold_set("Bolt Inc", LIMIT, replace(LIMIT, seats=Decimal(5)), DANA),
    "threshold_of_everybody_again": threshold_set("Bolt Inc", LIMIT, None, DANA),
    "owners": owner_list(PEOPLE),
    "owners_none": owner_list([]),
    "owner_asked": ask_owner("Bolt Inc", asks=SAM, about="client-1"),
    "owner_set": owner_set("Bolt Inc", DANA, SAM),
    "owners_imported": owners_imported(Imported(12, ("kim@msp.example",), ("Zorg",), ("Row 4 has no address.",))),
    "help": command_help(),
    "help_wrong_word": command_help("recnocile"),
    "help_thread": thread_help(),
    "help_not_understood": thread_help(understood=False),
    "help_nearly_understood": thread_help("Is 3/4 in March or in April?", understood=False),
    "stopped": stopped("I can't find a quantity column. I see Name, Seats and Price. Which one is it?"),
    "went_wrong": went_wrong(),
    "already_decided": already_decided(APPROVED),
    "button_out_of_date": retired(),
}

MODALS: dict[str, Block] = {
    "modal_reconcile": reconcile_form(channel="C0BILLING01", month=OCTOBER),
    "modal_dismiss": dismiss_form(OPEN),
    "modal_same": same_form(OPEN, {Kind.CLIENT: CLIENT.candidates}),
    "modal_snooze": snooze_form(OPEN, today=date(2026, 11, 2)),
    "modal_assign": assign_form(OPEN),
    "modal_thresholds": thresholds_form(LIMIT, about="C0BILLING01"),
    "modal_stopped": stopped_modal("This gap has changed since you saw it."),
    "modal_waiting": waiting_modal("Same as…"),
}
