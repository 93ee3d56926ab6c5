"""Nobody is disturbed out of hours or too often, and nothing is lost by it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import ACME, ADA, JO, MAX, PREMIUM, SAM, Office

from bot.services.calls import Way, to_channel
from bot.services.failures import Held, NotAllowed, Refused
from bot.services.meeting import Meeting, Met
from bot.services.people import Owner, Person, Workspace
from bot.services.promises import Promise, PromiseKind
from bot.services.quiet import Quiet, is_open, next_open, quiet_from_text, quiet_to_text
from bot.services.waiting import about_client
from bot.store.ledger import StoreLedger

CLIENTS = ["Acme", "Bolt", "Core", "Dune", "Echo", "Fern", "Gull"]
FRIDAY_EVENING, MONDAY_MORNING = datetime(2026, 10, 23, 18, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)


@pytest.fixture
def seven(office: Office) -> Office:
    """Let Sam answer for seven clients, each with a gap: Acme's is the smallest, Gull's the largest."""
    office.keeps_hours(None, office.by(ADA))
    office.hires(SAM)
    for client in CLIENTS:
        office.owners.set_owner(Owner(client=client, manager=SAM), office.by(ADA))
    have = [(client, PREMIUM, 11 + place) for place, client in enumerate(CLIENTS)]
    office.receives(have, [(client, PREMIUM, 10) for client in CLIENTS])
    return office


def ways(office: Office, *clients: str, to: str = SAM) -> dict[str, Way]:
    return {client: office.peace.may_call(ACME, to, about_client(client)) for client in clients}


def digests(office: Office) -> list[Promise]:
    return office.promised(PromiseKind.DIGEST)


def test_the_most_money_is_told_by_itself_and_the_rest_in_one_digest(seven: Office) -> None:
    found = ways(seven, *CLIENTS)

    assert [client for client, way in found.items() if way is Way.DIGEST] == ["Acme", "Bolt"]
    assert digests(seven) == []
    seven.clock.pass_by(minutes=10)
    (promise,) = digests(seven)
    assert promise.payload == {"to": SAM, "day": "2026-10-20"}
    rest = seven.peace.digest(ACME, SAM, date(2026, 10, 20))
    assert [case.gap.client for case in rest.cases] == ["Bolt", "Acme"]


def test_who_wants_no_alerts_has_all_of_it_in_one_digest_a_day(seven: Office) -> None:
    seven.keeps_hours(Quiet(most=0), seven.by(SAM), SAM)

    assert set(ways(seven, *CLIENTS).values()) == {Way.DIGEST}

    seven.clock.pass_by(minutes=10)
    assert len(digests(seven)) == 1
    assert len(seven.peace.digest(ACME, SAM, date(2026, 10, 20)).cases) == len(CLIENTS)


def test_asked_again_the_answer_is_the_same_and_nobody_is_called_twice(ledger: StoreLedger) -> None:
    office = Office(ledger).begins()
    office.keeps_hours(None, office.by(ADA))

    once = [office.peace.may_call(ACME, SAM, f"case:{number}") for number in range(6)]
    again = [office.peace.may_call(ACME, SAM, f"case:{number}") for number in range(6)]

    assert once == again == [Way.TOLD] * 5 + [Way.DIGEST]


def test_a_digest_leaves_out_what_was_settled_meanwhile(seven: Office) -> None:
    ways(seven, *CLIENTS)

    seven.decide.approve(seven.gap("Bolt").id, seven.by(ADA))

    rest = seven.peace.digest(ACME, SAM, date(2026, 10, 20))
    assert [case.gap.client for case in rest.cases] == ["Acme"]


def test_what_comes_after_the_digest_waits_for_the_next_morning(seven: Office) -> None:
    ways(seven, *CLIENTS)
    seven.clock.pass_by(minutes=10)
    seven.keeps_its_promises()

    with pytest.raises(Held) as held:
        seven.peace.may_call(ACME, SAM, "case:late")

    assert held.value.until == datetime(2026, 10, 21, 8, tzinfo=UTC)
    seven.clock.now = held.value.until
    assert seven.peace.may_call(ACME, SAM, "case:late") is Way.TOLD


def test_everybody_has_a_day_of_their_own(seven: Office) -> None:
    ways(seven, *CLIENTS)

    assert seven.peace.may_call(ACME, JO, about_client("Acme")) is Way.TOLD


def test_a_channel_has_no_limit_unless_it_is_given_one(seven: Office) -> None:
    channel = to_channel("C1")
    assert set(ways(seven, *CLIENTS, to=channel).values()) == {Way.TOLD}

    other = to_channel("C2")
    seven.keeps_hours(Quiet(most=1), seven.by(ADA), other)

    assert [seven.peace.may_call(ACME, other, f"case:{one}") for one in (1, 2)] == [Way.TOLD, Way.DIGEST]


def test_evenings_and_weekends_hold_delivery_until_monday_morning(seven: Office) -> None:
    seven.clock.now = FRIDAY_EVENING

    for ask in (lambda: seven.peace.may_tell(ACME, SAM), lambda: seven.peace.may_call(ACME, SAM, "case:1")):
        with pytest.raises(Held, match=r"Held until 26 Oct 2026, 08:00") as held:
            ask()
        assert held.value.until == MONDAY_MORNING
        assert held.value.after == MONDAY_MORNING - FRIDAY_EVENING

    seven.clock.now = MONDAY_MORNING
    seven.peace.may_tell(ACME, SAM)


def test_people_are_at_work_where_they_live(seven: Office) -> None:
    seven.hours.knows_zone(ACME, SAM, "America/New_York")
    seven.hours.knows_zone(ACME, JO, "Not/AZone")

    with pytest.raises(Held) as held:
        seven.peace.may_tell(ACME, SAM)

    assert held.value.until == datetime(2026, 10, 20, 12, tzinfo=UTC)
    seven.peace.may_tell(ACME, JO)


def test_whoever_has_just_handed_a_file_in_is_awake(office: Office) -> None:
    office.keeps_hours(None, office.by(ADA))
    office.clock.now = FRIDAY_EVENING + timedelta(hours=3)
    office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])

    office.peace.may_tell(ACME, ADA)
    with pytest.raises(Held):
        office.peace.may_tell(ACME, SAM)

    office.clock.pass_by(hours=1)
    with pytest.raises(Held):
        office.peace.may_tell(ACME, ADA)


def test_hours_that_somebody_set_are_not_begun_again(ledger: StoreLedger) -> None:
    office = Office(ledger).begins()
    assert not office.hours.begin(ACME, Quiet())
    office.keeps_hours(None, office.by(ADA))

    assert office.hours.begin(ACME, Quiet(most=3))

    assert not office.hours.begin(ACME, Quiet(most=4))
    assert office.hours.of(ACME).most == 3


def test_people_set_their_own_hours_and_admins_everybodys(office: Office) -> None:
    office.keeps_hours(None, office.by(ADA))
    office.hires(SAM)
    office.hires(MAX)
    late = Quiet(begins=time(20), ends=time(10), most=2)

    changed = office.keeps_hours(late, office.by(SAM), SAM)
    assert (changed.was.quiet, changed.now.quiet) == (None, late)
    assert (office.hours.of(ACME, SAM), office.hours.of(ACME, MAX)) == (late, Quiet())
    for to in ("", MAX, to_channel("C1")):
        with pytest.raises(NotAllowed, match="Only an admin may set the hours of others"):
            office.keeps_hours(late, office.by(SAM), to)

    office.keeps_hours(Quiet(most=9), office.by(ADA))
    office.keeps_hours(None, office.by(ADA), SAM)
    assert office.hours.of(ACME, SAM) == office.hours.of(ACME, MAX) == Quiet(most=9)
    assert office.rhythm.manners.of(ACME, SAM).quiet is None
    with office.ledger.look(ACME) as books:
        told = [
            (entry.by, entry.subject, json.loads(entry.detail))
            for entry in books.audit.entries()
            if entry.action == "quiet set"
        ]
    assert [by for by, _, _ in told] == [ADA, ADA, SAM, ADA, ADA]
    assert told[2][1:] == (str(SAM), {"old": None, "new": quiet_to_text(late)})


@pytest.mark.parametrize(
    ("quiet", "sentence"),
    [
        (Quiet(days_off=frozenset(range(7))), "With every day off"),
        (Quiet(days_off=frozenset({8})), "seven days"),
        (Quiet(most=-1), "from 0 to 1,000"),
    ],
)
def test_hours_that_make_no_sense_are_a_sentence(office: Office, quiet: Quiet, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        office.keeps_hours(quiet, office.by(ADA))


hours = st.times().map(lambda at: at.replace(second=0, microsecond=0))
quiets = st.builds(Quiet, begins=hours, ends=hours, days_off=st.frozensets(st.integers(0, 6), max_size=6))
zones = st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata"])
moments = st.datetimes(datetime(2010, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - as asked for


@given(quiet=quiets, zone=zones.map(ZoneInfo), now=moments)
def test_peace_ends_and_nothing_could_have_come_sooner(quiet: Quiet, zone: ZoneInfo, now: datetime) -> None:
    opens = next_open(quiet, zone, now)

    assert opens >= now
    assert is_open(quiet, zone, opens)
    assert (opens == now) == is_open(quiet, zone, now)
    between = (opens - now) / 50
    assert not any(is_open(quiet, zone, now + between * step) for step in range(50) if opens > now)


@given(quiet=quiets)
def test_hours_are_read_as_they_were_written(quiet: Quiet) -> None:
    assert quiet_from_text(quiet_to_text(quiet)) == quiet


def test_a_day_that_is_full_asks_nothing_more_of_the_books(seven: Office) -> None:
    ways(seven, *CLIENTS)
    seven.clock.pass_by(minutes=10)
    seven.keeps_its_promises()
    with seven.ledger.look(ACME) as books:
        before = len(books.calls.of(SAM, date(2026, 10, 20)))

    for number in range(3):
        with pytest.raises(Held):
            seven.peace.may_call(ACME, SAM, f"case:{number}")

    with seven.ledger.look(ACME) as books:
        assert len(books.calls.of(SAM, date(2026, 10, 20))) == before == len(CLIENTS)


def test_where_people_live_is_learnt_when_they_are_met(office: Office) -> None:
    office.keeps_hours(None, office.by(ADA))
    met = [
        Met(Person(id=ADA, name="Ada"), time_zone="UTC"),
        Met(Person(id=SAM, name="Sam"), time_zone="Asia/Kolkata"),
        Met(Person(id=JO, name="Jo"), time_zone="Mars/Olympus"),
        Met(Person(id=MAX, name="Max"), time_zone="America"),
    ]

    for _ in range(2):
        Meeting(office.ledger, office.clock).everyone(Workspace(id=ACME, name="MSP"), met)

    assert [office.hours.zone(ACME, one).key for one in (SAM, JO, MAX)] == ["Asia/Kolkata", "UTC", "UTC"]


def test_until_when_something_is_held_is_said_in_utc_whatever_zone_somebody_works_in() -> None:
    opens = datetime(2026, 10, 26, 8, tzinfo=ZoneInfo("America/New_York"))

    held = Held(opens, now=FRIDAY_EVENING)

    assert str(held) == "Held until 26 Oct 2026, 12:00 UTC."
    assert held.after == opens - FRIDAY_EVENING
