"""One of every message and modal, about a small invented month."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from months_of import PREMIUM, STANDARD, VISIO, billed, bought, result_of

from bot.services.decisions import Correction, Reason
from bot.services.exporting import Subject, Wish
from bot.services.exports import FileState, KeptFile
from bot.services.failures import TwoProducts
from bot.services.flows import Flow
from bot.services.freshness import Light, SourceHealth
from bot.services.homes import Filters
from bot.services.ids import CaseId, CorrectionId, DecisionId, Digest, FileId, PersonId
from bot.services.known_again import Because
from bot.services.people import Person
from bot.services.runs import Figures, Step, totals_of
from bot.services.scorecards import Rate
from bot.services.shares import Heading
from bot.services.what_if import Outcome
from bot.services.wondering import NameQuestion
from bot.services.workplace import Workplace
from bot.slack.blocks import Block, section
from bot.slack.cards import Closed, Decided, GapCard, Verdict
from bot.slack.messages import Message
from bot.slack.modals.assign import assign_form
from bot.slack.modals.behind import BehindCard, Part, behind_list
from bot.slack.modals.dismiss import dismiss_form
from bot.slack.modals.name import name_form
from bot.slack.modals.owner import billing_form, owner_form
from bot.slack.modals.people import role_form, second_form
from bot.slack.modals.reconcile import reconcile_form
from bot.slack.modals.same import same_form, same_sure_form
from bot.slack.modals.set_right import set_right_form
from bot.slack.modals.snooze import snooze_form
from bot.slack.modals.thresholds import thresholds_form
from bot.slack.modals.what_if import what_if_form
from bot.slack.modals.workplace import workplace_form
from bot.slack.views import errands, names, people, reading, why, wishes
from bot.slack.views.client import ClientCard, client_alert
from bot.slack.views.decisions import Standing, decision_list
from bot.slack.views.failures import already_decided, retired, stopped, stopped_modal, waiting_modal, went_wrong
from bot.slack.views.fixes import fix_list
from bot.slack.views.gap import gap_message
from bot.slack.views.gaps import gap_list, no_such_client
from bot.slack.views.help import command_help, not_understood, thread_help, which_gap
from bot.slack.views.history import HistoryCard, Point, history_message
from bot.slack.views.home import HomeCard, RunLine, home_view
from bot.slack.views.lists import MOST
from bot.slack.views.overheard import allowed, forbidden, overheard
from bot.slack.views.owners import (
    Imported,
    OwnerRow,
    ask_owner,
    billing_set,
    owner_changed,
    owner_list,
    owner_set,
    owners_imported,
)
from bot.slack.views.progress import Progress, nothing_new, run_progress, told_elsewhere
from bot.slack.views.questions import answered, ask, ask_month
from bot.slack.views.result import RunCard, run_result
from bot.slack.views.scorecard import PaceLine, ScoreCard, scorecard_message
from bot.slack.views.settings import settings_message, settings_set
from bot.slack.views.statement import StatementCard, statement_message
from bot.slack.views.status import StatusCard, status_message
from bot.slack.views.thresholds import Threshold, threshold_list, threshold_set
from bot.slack.views.turns import assigned, closed, grown, not_fixed, renamed, reopened, signature_wanted, spoke, woke
from bot.slack.views.weekly import Line, Oldest, Picture, WeekCard, week_message
from bot.slack.views.what_if import WhatIfCard, following_again, what_if_message
from bot.slack.wording import Who
from recon import (
    Candidate,
    Direction,
    GapKind,
    Kind,
    Limits,
    Money,
    Month,
    Question,
    Side,
    Topic,
    read_lines,
    ways_estimated,
)

DANA, SAM = Who("U0DANA0001", "Dana"), Who("U0SAM00001", "Sam")
OCTOBER, SEPTEMBER, NOVEMBER = Month(2026, 10), Month(2026, 9), Month(2026, 11)
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
FIRST = date(2026, 12, 1)


def USD(amount: str) -> tuple[Money, ...]:  # noqa: N802 - reads like the currency it is
    return (Money(Decimal(amount), "USD"),)


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
UNPRICED = replace(
    VISIO_GAP,
    monthly=Money(Decimal(0), "USD"),
    estimated_because="neither a price nor a cost for it is known",
)
BUNDLED = replace(OVER, billed=Decimal(0), bundled=OVER.billed)
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
    todo="Bill 12 instead of 10 from 1 Nov 2026.",
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
NONE_OF_THESE = [replace(NOT_SAME, names=("Acme Ltd", other)) for other in ("Acme Holdings", "Acme Dental", "Ace")]
PROPOSED = replace(APPROVED, is_proposed=True)
FIXED = Closed(month=Month(2026, 11), recovered=Money(Decimal("44.00"), "USD"))

RUN = RunCard(
    month=OCTOBER,
    clients=totals_of(MONTH.gaps),
    under=MONTH.total(Direction.UNDER),
    over=MONTH.total(Direction.OVER),
    estimated=ways_estimated(MONTH.gaps),
    lines=1893,
    matched=962,
    bought=1000,
    suppressed=2,
    questions=3,
    problems=1,
    totals=1,
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
CLIENT = NameQuestion(
    id="5f4e3d2c1b0a",
    kind=Kind.CLIENT,
    side=Side.BOUGHT,
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
FIX = Correction(
    id=CorrectionId("fix-1"),
    case=CaseId("case-1"),
    decision=DecisionId("decision-1"),
    client="Acme Ltd",
    product=PREMIUM,
    plan="",
    lines="additions.csv row 2",
    was=Decimal(10),
    now=Decimal(12),
    effective=date(2026, 11, 1),
    money=Money(Decimal("44.00"), "USD"),
    todo="Bill 12 instead of 10.",
    at=AT,
)
SWAP = replace(
    FIX,
    product="Microsoft 365 E5",
    was=Decimal(5),
    now=Decimal(5),
    money=Money(Decimal("105.00"), "USD"),
    todo="Bill 5 Microsoft 365 E5 instead of Microsoft 365 E3.",
)
FIXES = (
    (FIX, UNDER),
    (replace(FIX, client="Bolt Inc", was=Decimal(9), now=Decimal(5), money=Money(Decimal(88), "USD")), OVER),
    (SWAP, replace(UNDER, kind=GapKind.WRONG_PRODUCT)),
    (
        replace(SWAP, product=STANDARD, money=COST.monthly, todo="Bill at a price $3.00 higher per seat."),
        COST,
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
SOURCES = (
    SourceHealth(name="Sherweb", side=Side.BOUGHT, month=SEPTEMBER, came=None, age=timedelta(days=40), light=Light.RED),
    SourceHealth(
        name="Pax8 invoice", side=Side.BOUGHT, month=OCTOBER, came=AT, age=timedelta(hours=20), light=Light.GREEN
    ),
)
LONG_ROW = replace(WHY.rows[0], cells=(("Customer", "Acme Ltd"),) * (why.MOST_CELLS + 1))
STATUS = StatusCard(
    month=OCTOBER,
    open=MONTH.gaps,
    waiting=("sherweb.csv: which column is the quantity?",),
    sources=SOURCES,
)

WEEK = WeekCard(
    monday=date(2026, 11, 16),
    is_over=True,
    lines=(
        Line(Heading.FOUND, 5, USD("312.00"), USD("22.00"), 3, USD("44.00"), (), [Direction.UNDER], [Direction.UNDER]),
        Line(Heading.SIGNED, 2, USD("88.00"), USD("22.00")),
        Line(Heading.FIXED, 3, USD("120.00"), USD("22.00"), 1, USD("44.00")),
        Line(Heading.WAIVED, 1, USD("19.00"), ()),
        Line(Heading.UNREAL, 0, (), (), 1, USD("8.00")),
        Line(Heading.LOST, 0, (), ()),
        Line(Heading.OPEN, 7, USD("410.00"), USD("80.00"), 6, USD("281.00"), USD("80.00"), [Direction.OVER]),
        Line(Heading.PENDING, 2, USD("88.00"), (), 1, USD("44.00")),
        Line(Heading.QUIET, 12, USD("96.40"), ()),
    ),
    decided=4,
    decided_before=2,
    ages=(23, 9, 9, 6, 4, 2, 0),
    oldest=Oldest(VISIO_GAP, 23),
    real=9,
    settled=10,
    to_seen=timedelta(minutes=4),
    to_acted=timedelta(hours=31),
    sources=SOURCES,
    cause="9 clients have Visio Plan 2 and none of them is billed for it: $512.00 a month.",
)
LITTLE = PaceLine(in_time=Rate(0, 0), stuck=Rate(1, 1), reaction=None)
QUIET_WEEK = replace(
    WEEK,
    is_over=False,
    lines=tuple(Line(heading, 0, (), ()) for heading in Heading),
    decided=0,
    ages=(),
    oldest=None,
    settled=0,
    to_seen=None,
    to_acted=None,
    sources=(),
    cause="",
)
SCORES = ScoreCard(
    until=date(2026, 11, 22),
    clients=14,
    mine=PaceLine(in_time=Rate(8, 9), stuck=Rate(2, 2), reaction=timedelta(hours=26)),
    before=PaceLine(in_time=Rate(3, 5), stuck=Rate(4, 5), reaction=timedelta(days=4)),
    all=PaceLine(in_time=Rate(70, 100), stuck=Rate(19, 20), reaction=timedelta(days=2)),
    waiting=(UNDER, OVER),
)


def flow(direction: Direction, *amounts: str) -> Flow:
    (zero,) = USD("0")
    before, new, won, left, after = (Money(Decimal(amount), "USD") for amount in amounts)
    return Flow(
        direction=direction,
        currency="USD",
        opened=before,
        detected=new,
        approved=won,
        fixed=won,
        waived=left,
        unreal=zero,
        lost=zero,
        closed=after,
        still=after,
        pending=zero,
        quiet=zero,
    )


FLOWS = (
    flow(Direction.UNDER, "120.00", "312.50", "88.00", "19.00", "325.50"),
    flow(Direction.OVER, "0", "22.00", "22.00", "0", "0"),
)
GUESSED = (flow(Direction.UNDER, "20.00", "8.50", "12.00", "0", "16.50"),)
STATED = StatementCard(
    month=OCTOBER,
    is_over=True,
    flows=FLOWS,
    ever=FLOWS,
    estimated=GUESSED,
    ever_estimated=GUESSED,
    lines=14,
    other_months=(SEPTEMBER, OCTOBER),
)
TRIED = Outcome(
    limits=Limits(Decimal(75), Decimal(2)),
    since=datetime(2026, 8, 4, 9, tzinfo=UTC),
    alerts=12,
    real=9,
    noise=1,
    missed=(VISIO_GAP, OVER),
    runs=23,
    forgotten=1,
)
TRIAL = WhatIfCard(
    wanted=LIMIT,
    outcome=TRIED,
    now=replace(LIMIT, seats=Decimal(1)),
    present=replace(TRIED, alerts=19, noise=6, missed=()),
)
FIGURES = Figures(
    lines=1893,
    matched=962,
    gaps=4,
    suppressed=2,
    questions=3,
    problems=1,
    under=MONTH.total(Direction.UNDER),
    over=MONTH.total(Direction.OVER),
    estimated=ways_estimated(MONTH.gaps),
)

FILE = KeptFile(
    id=FileId("file-1"),
    name="pax8-2026-10.csv",
    digest=Digest("0" * 64),
    side=Side.BOUGHT,
    source="Pax8 invoice",
    month=OCTOBER,
    fingerprint="1a2b3c",
    lines=412,
    clients=38,
    problems=0,
    state=FileState.READY,
    by=PersonId(DANA.id),
    at=AT,
)

CHANGED = {"currency": ("USD", "EUR"), "home channel": ("", "<#C0BILLING01>")}
STAFF = (
    Person(id=PersonId("U1"), name="Dana", is_admin=True),
    Person(id=PersonId("U2"), name="Sam", is_approver=True, limit=Money(Decimal(200), "USD")),
    Person(id=PersonId("U2"), name="Sam", is_admin=True),
    Person(id=PersonId("U3"), name="Jo"),
)

MESSAGES: dict[str, Message] = {
    "settings": settings_message(is_admin=True, in_channel=True),
    "settings_of_anybody": settings_message(is_admin=False),
    "settings_set": settings_set(CHANGED, DANA),
    "settings_as_they_were": settings_set({}, DANA),
    "file_read": reading.file_read(replace(READ, missing=("I still need what is billed in October 2026.",))),
    "file_replaces": reading.file_read(
        replace(READ, problems=(), unreadable=0, replaces=("pax8-old.csv",), month=OCTOBER)
    ),
    "file_seen_before": reading.file_read(replace(READ, seen_before="by Dana on 2 Nov 2026", side=None)),
    "file_kept_again": reading.file_read(
        replace(READ, seen_before="by Dana on 2 Nov 2026", is_kept_again=True, is_complete=True, month=OCTOBER)
    ),
    "file_is_short": reading.file_read(
        replace(READ, id="file-1", is_short=True, absent=((Side.BOUGHT, "Sherweb"),), problems=(), unreadable=0)
    ),
    "file_left_out": reading.left_out("contacts.csv", "file-1", DANA),
    "file_counted_again": reading.taken_in_again("contacts.csv", DANA),
    "file_completes_a_month": reading.file_read(replace(READ, is_complete=True, month=OCTOBER)),
    "files_handed_in": reading.handed_in(DANA, 2),
    "files_read_now": reading.reading_now(1),
    "comparing": errands.comparing(OCTOBER),
    "comparing_nothing_new": errands.nothing_new(OCTOBER, AT, FIGURES),
    "writing": errands.writing(Wish(Subject.MONTH, OCTOBER)),
    "writing_fixes": errands.writing(Wish(Subject.FIXES)),
    "question_column": ask(COLUMN, about="file-1"),
    "question_side": ask(SIDE, about="file-1"),
    "question_many_columns": ask(MANY_COLUMNS, about="file-1"),
    "question_client": names.ask_name(CLIENT),
    "question_one_candidate": names.ask_name(replace(CLIENT, candidates=CLIENT.candidates[:1], lines=30)),
    "question_nobody_like_it": names.ask_name(replace(CLIENT, candidates=())),
    "questions_more": names.more_names(12, "$1,204.00", "run-1"),
    "questions_asked_for": names.asked_more(DANA),
    "name_settled": names.name_settled(section("*Which?*"), "the same as Wayne Enterprises", DANA, "decision-1"),
    "name_changed": names.changed([SAME], [("new", 1), ("closed", 2)], ["new: Acme Ltd, $44.00 a month"], 3),
    "name_changed_nothing": names.changed([SAME], [], [], 0),
    "name_refused": names.changed(NONE_OF_THESE, [], [], 2),
    "name_taken_back": names.changed(
        [SAME], [("closed", 1)], ["closed: Acme Ltd, $44.00 a month"], 4, taken_back_by=DANA
    ),
    "question_month": ask_month("pax8.csv", (SEPTEMBER, OCTOBER), about="file-1"),
    "question_answered": answered(section("*Which column is the quantity?*"), "Seats", DANA),
    "progress": run_progress(Progress(OCTOBER, 84_210, Step.MATCHING)),
    "progress_begins": run_progress(Progress(OCTOBER, 0, Step.READING)),
    "progress_nothing_new": nothing_new(OCTOBER),
    "result": run_result(RUN),
    "result_nothing_found": run_result(
        replace(RUN, clients=(), under=(), over=(), estimated=(), new=None, suppressed=0, questions=0, problems=0)
    ),
    "result_of_a_month_before": run_result(replace(RUN, is_past=True, new=None, closed=None)),
    "result_overtaken": run_result(replace(RUN, is_overtaken=True)),
    "result_with_decisions": run_result(
        replace(
            RUN,
            decided={RUN.clients[0].client: {Verdict.APPROVED: 1}, "Zenith": {Verdict.APPROVED: 1, Verdict.SNOOZED: 1}},
        )
    ),
    "result_source_missing": run_result(replace(RUN, missing=("Sherweb is missing: its newest file is of August.",))),
    "result_with_quiet_gaps": run_result(
        replace(RUN, under=(Money(Decimal("311.84"), "USD"), Money(Decimal("46.58"), "CAD")))
    ),
    "result_of_an_unlikely_pair": run_result(
        replace(RUN, cautions=("Are the two files swapped? lines.csv looks like a billed file.",), is_doubtful=True)
    ),
    "result_of_much_to_look_at": run_result(
        replace(
            RUN,
            cautions=tuple(f"Two things are unlikely in file {number}.csv." for number in range(1, 7)),
            missing=("Sherweb is missing: its newest file is of August.",),
        )
    ),
    "client_alert": client_alert(ClientCard(client="Acme Ltd", gaps=(UNDER, VISIO_GAP), month=OCTOBER, asks=DANA)),
    "client_settled": client_alert(
        ClientCard(
            client="Acme Ltd", gaps=(), approved=(UNDER,), left=1, closed=2, recovered=(Money(Decimal(44), "USD"),)
        )
    ),
    "wish_may_ask": wishes.may_ask("You can't decide about Acme. Ask Dana.", "U3/case-1", DANA),
    "wish_sent": wishes.was_sent(DANA, "Wayne & Sons"),
    "wish_wanted": wishes.wanted(OPEN, SAM, "dismiss this as bundled until 31 Mar 2027", "wish"),
    "wish_let": wishes.was_let(OPEN, SAM, DANA),
    "wish_done": wishes.done(OPEN, "approved", "3 Nov 2026", "<@U2> "),
    "wish_not_done": wishes.not_done(OPEN, "Dana dismissed this as noise on 4 Nov 2026.", "3 Nov 2026", "<@U2> "),
    "gap_open": gap_message(OPEN),
    "gap_new_estimated": gap_message(GapCard(id="case-2", gap=VISIO_GAP)),
    "gap_overbilled": gap_message(GapCard(id="case-3", gap=OVER, next_invoice=FIRST, loses=OVER.monthly, assigned=SAM)),
    "gap_of_an_unknown_amount": gap_message(
        GapCard(id="case-2", gap=UNPRICED, next_invoice=FIRST, loses=UNPRICED.monthly)
    ),
    "client_alert_of_an_unknown_amount": client_alert(ClientCard(client="Acme", gaps=(UNPRICED,), month=OCTOBER)),
    "gap_bought_before": gap_message(GapCard(id="case-3", gap=OVER, bought_last=(OCTOBER, Decimal(1200)))),
    "gap_overbilled_in_bundles": gap_message(GapCard(id="case-3", gap=BUNDLED)),
    "client_alert_of_bundles": client_alert(ClientCard(client="Acme Ltd", gaps=(BUNDLED,), month=OCTOBER)),
    "gap_below_cost": gap_message(GapCard(id="case-4", gap=COST, next_invoice=FIRST, loses=COST.monthly)),
    "gap_shrunk": gap_message(replace(OPEN, shrank_from="$66.00")),
    "gap_asks_first": gap_message(replace(OPEN, asks_first=True)),
    "gap_approved": gap_message(replace(OPEN, decided=APPROVED)),
    "gap_approved_by_two": gap_message(replace(OPEN, decided=replace(APPROVED, seconded_by=SAM))),
    "gap_proposed": gap_message(replace(OPEN, decided=PROPOSED)),
    "gap_dismissal_proposed": gap_message(replace(OPEN, decided=replace(DISMISSED, is_proposed=True))),
    "turn_signature_wanted_for_a_dismissal": signature_wanted(
        replace(OPEN, decided=replace(DISMISSED, is_proposed=True))
    ),
    "people": people.people_list(STAFF, Money(Decimal(500), "USD")),
    "people_role_given": people.role_given(STAFF[1], STAFF[2], DANA),
    "people_second_set": people.second_set(None, Money(Decimal(500), "USD"), DANA),
    "gap_dismissed": gap_message(replace(OPEN, decided=DISMISSED)),
    "gap_snoozed": gap_message(replace(OPEN, decided=SNOOZED)),
    "gap_same_as": gap_message(replace(OPEN, decided=SAME)),
    "gap_not_the_same": gap_message(replace(OPEN, decided=NOT_SAME)),
    "gap_closed_recovered": gap_message(replace(OPEN, decided=APPROVED, closed=FIXED)),
    "gap_closed_unfixed": gap_message(replace(OPEN, decided=APPROVED, closed=replace(FIXED, recovered=None))),
    "gap_closed_by_an_answer": gap_message(replace(OPEN, closed=replace(FIXED, recovered=None, is_answered=True))),
    "gap_closed_by_itself": gap_message(replace(OPEN, closed=replace(FIXED, recovered=None))),
    "turn_grown": grown(OPEN, "$22.00", DANA),
    "turn_closed": closed(replace(OPEN, decided=APPROVED, closed=FIXED)),
    "turn_reopened": reopened(OPEN, DANA),
    "turn_woke": woke(OPEN, DANA),
    "turn_not_fixed": not_fixed(OPEN, Month(2026, 11), DANA),
    "turn_spoke": spoke(OPEN),
    "turn_renamed": renamed("Riverbend Dental", "Riverbend Dental Group"),
    "turn_called_as_its_vendor_does": renamed("Riverbend Dental Group", "Riverbend Dental PA", Because.UNBILLED),
    "turn_namesake": renamed("Riverbend Dental", "Riverbend Dental (r7)", Because.NAMESAKE),
    "turn_alone": renamed("Riverbend Dental (r7)", "Riverbend Dental", Because.ALONE),
    "turn_parted": renamed("Riverbend Dental Group", "Riverbend Dental PA", Because.PARTED),
    "turn_assigned": assigned(OPEN),
    "turn_signature_wanted": signature_wanted(replace(OPEN, decided=PROPOSED)),
    "why": why.why_message(WHY),
    "why_of_one_more": why.why_message(replace(WHY, rows=(LONG_ROW,) * (why.MOST_LINES + 1))),
    "history": history_message(HistoryCard("Acme Ltd", PREMIUM, POINTS)),
    "history_none": history_message(HistoryCard("Acme Ltd", PREMIUM, ())),
    "gaps": gap_list([OPEN, GapCard(id="case-2", gap=VISIO_GAP), GapCard(id="case-3", gap=OVER, days_open=1)]),
    "gaps_of_many": gap_list([OPEN] * 21),
    "gaps_none": gap_list([], clients=["Bolt Inc"]),
    "gaps_of_nobody": no_such_client("Acmee", ["Acme Ltd", "Acme & Sons"]),
    "status": status_message(STATUS),
    "status_first": status_message(StatusCard(month=None)),
    "decisions": decision_list([Standing("d1", APPROVED, "Acme Ltd", PREMIUM), Standing("d2", SAME)]),
    "decisions_none": decision_list([]),
    "fixes": fix_list(FIXES),
    "fixes_of_many": fix_list(FIXES[:1] * (MOST + 1)),
    "fixes_none": fix_list([]),
    "thresholds": threshold_list(LIMIT, [("Bolt Inc", replace(LIMIT, seats=Decimal(5)))]),
    "threshold_set": threshold_set("Bolt Inc", LIMIT, replace(LIMIT, seats=Decimal(5)), DANA),
    "threshold_of_everybody_again": threshold_set("Bolt Inc", LIMIT, None, DANA),
    "owners": owner_list(PEOPLE),
    "owners_all_known": owner_list(PEOPLE[:1]),
    "owners_none": owner_list([]),
    "owner_asked": ask_owner("Bolt Inc", asks=SAM, about="client-1"),
    "owner_changed": owner_changed("Bolt Inc", (DANA, SAM), "C0BOLT0001", DANA),
    "billing_set": billing_set(SAM, DANA),
    "owner_set": owner_set("Bolt Inc", DANA, SAM),
    "owners_imported": owners_imported(Imported(12, ("kim@msp.example",), ("Zorg",), ("Row 4 has no address.",))),
    "week": week_message(WEEK),
    "week_with_its_picture": week_message(replace(WEEK, picture=Picture("F0TREND", "Recovered from $0.00 to $88.00."))),
    "week_that_began_today": week_message(
        replace(WEEK, is_over=False, decided=0, ages=(0,), oldest=Oldest(VISIO_GAP, 0), to_seen=timedelta(seconds=9))
    ),
    "week_without_anything": week_message(QUIET_WEEK),
    "statement": statement_message(STATED),
    "statement_of_one_line": statement_message(replace(STATED, lines=1)),
    "statement_without_a_line": statement_message(replace(STATED, lines=0)),
    "statement_of_files_that_came_later": statement_message(
        replace(STATED, flows=(), other_months=(NOVEMBER,), found_in=NOVEMBER)
    ),
    "statement_of_nothing": statement_message(replace(STATED, flows=(), is_over=False)),
    "what_if": what_if_message(TRIAL),
    "what_if_following": following_again(),
    "scorecard": scorecard_message(SCORES),
    "scorecard_of_little": scorecard_message(replace(SCORES, waiting=(), mine=SCORES.mine, before=LITTLE, all=LITTLE)),
    "help": command_help(),
    "help_wrong_word": command_help("recnocile"),
    "help_slip": command_help("staus"),
    "help_which_gap": which_gap("history"),
    "help_thread": thread_help(),
    "help_not_understood": not_understood(),
    "help_nearly_understood": not_understood("Is 3/4 in March or in April?"),
    "progress_told_elsewhere": told_elsewhere(),
    "overheard": overheard("C0SHARED01", "it is shared with another company"),
    "channel_closed": overheard("C0SHARED01", "it is archived", may_allow=False),
    "overheard_allowed": allowed("C0SHARED01", DANA),
    "overheard_forbidden": forbidden("C0SHARED01", DANA),
    "stopped": stopped("I can't find a quantity column. I see Name, Seats and Price. Which one is it?"),
    "went_wrong": went_wrong(),
    "already_decided": already_decided(APPROVED),
    "button_out_of_date": retired(),
}

HOME = HomeCard(
    queue=(OPEN, GapCard(id="case-2", gap=VISIO_GAP, decided=PROPOSED)),
    open=(OPEN, GapCard(id="case-2", gap=VISIO_GAP, decided=PROPOSED), GapCard(id="case-3", gap=OVER, days_open=1)),
    unfiltered=3,
    filters=Filters(),
    sources=WEEK.sources,
    lately=(RunLine(at=AT, month=OCTOBER, happened="2 new and 1 corrected"),),
    is_admin=True,
)
NARROW = Filters(client="acmeltd", kind=GapKind.UNDERBILLED, owner=PersonId(DANA.id), quiet=True, page=2, mine=1)
MANY = tuple(replace(OPEN, id=f"case-{number}") for number in range(100))
HOMES: dict[str, Block] = {
    "home": home_view(HOME, state=""),
    "home_with_alerts_off": home_view(replace(HOME, is_silent=True), state=""),
    "home_of_nobody": home_view(
        replace(HOME, queue=(), open=(), unfiltered=0, sources=(), lately=(), is_admin=False),
        state="",
    ),
    "home_of_many": home_view(
        replace(
            HOME,
            queue=MANY,
            open=MANY,
            unfiltered=120,
            client="Acme Ltd",
            filters=Filters(
                client="acmeltd", kind=GapKind.UNDERBILLED, owner=PersonId(DANA.id), quiet=True, page=2, mine=1
            ),
        ),
        state="{}",
    ),
}

MODALS: dict[str, Block] = {
    "modal_reconcile": reconcile_form(channel="C0BILLING01", month=OCTOBER),
    "modal_name": name_form(CLIENT, about="5f4e3d2c1b0a/C0BILLING01/1.0"),
    "modal_role": role_form("USD", about="C0BILLING01"),
    "modal_second": second_form(Money(Decimal(500), "USD"), "USD", about="C0BILLING01"),
    "modal_owner": owner_form(about="C0BILLING01"),
    "modal_billing": billing_form("U0DANA0001", about="C0BILLING01"),
    "modal_set_right": set_right_form(FILE),
    "modal_dismiss": dismiss_form(OPEN),
    "modal_same_sure": same_sure_form(
        TwoProducts("Microsoft 365 Business Premium", "Microsoft 365 Business Standard").told, "gap-1 product/1"
    ),
    "modal_same": same_form(OPEN, {Kind.CLIENT: CLIENT.candidates}),
    "modal_snooze": snooze_form(OPEN, today=date(2026, 11, 2)),
    "modal_assign": assign_form(OPEN),
    "modal_thresholds": thresholds_form(LIMIT, about="C0BILLING01"),
    "modal_behind": behind_list(
        BehindCard(
            monday=WEEK.monday,
            heading=Heading.OPEN,
            parts=tuple(Part(f"case-{n}", gap, gap.monthly) for n, gap in enumerate((UNDER, OVER, VISIO_GAP) * 6)),
            page=1,
        )
    ),
    "modal_what_if": what_if_form(LIMIT, about="C0BILLING01"),
    "modal_workplace": workplace_form(Workplace(home="C0BILLING01", keep_days=400), about="C0BILLING01"),
    "modal_stopped": stopped_modal("This gap has changed since you saw it."),
    "modal_waiting": waiting_modal("Same as…"),
}
