"""Things happen when clocks on the wall say so, whatever clocks and months do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.cadence import (
    WEEK,
    Cadence,
    billing_month,
    cadence_from_text,
    cadence_to_text,
    fire_times,
    happens_on,
    last_missed,
    moment_of,
    next_time,
)

PRESET = Cadence(weekdays=frozenset({4}), first_days=7, last_days=7)
ZONES = [
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "America/Santiago",
    "Asia/Beirut",
    "America/Nuuk",
]


def year(cadence: Cadence, name: str, number: int = 2027) -> list[datetime]:
    zone = ZoneInfo(name)
    start, end = (datetime(one, 1, 1, tzinfo=zone).astimezone(UTC) for one in (number, number + 1))
    times = fire_times(cadence, zone, start - timedelta(seconds=1))
    return list(takewhile(lambda moment: moment < end, times))


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("number", [2027, 2028])
def test_through_a_year_the_preset_comes_at_six_on_each_of_its_days(name: str, number: int) -> None:
    there = [moment.astimezone(ZoneInfo(name)) for moment in year(PRESET, name, number)]

    days = [date(number, 1, 1) + timedelta(days=count) for count in range(366 if number % 4 == 0 else 365)]
    wanted = [
        day
        for day in days
        if day.day <= 7 or (day + timedelta(days=7)).month != day.month or day.strftime("%A") == "Friday"
    ]
    assert [moment.date() for moment in there] == wanted
    assert {moment.time() for moment in there} == {time(6)}


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("at", [time(0), time(1, 30), time(2), time(2, 15), time(2, 30), time(3), time(23, 30)])
def test_through_a_year_every_day_has_its_time_once_even_where_clocks_jump(name: str, at: time) -> None:
    zone, moments = ZoneInfo(name), year(Cadence(at=at, weekdays=WEEK), name)

    assert len(moments) == 365
    assert moments == sorted(set(moments))
    late = [moment for moment in moments if moment.astimezone(zone).time() != at]
    assert len(late) <= 1
    for moment in late:
        before = (moment - timedelta(seconds=1)).astimezone(zone)
        assert moment.astimezone(zone).replace(tzinfo=None) - before.replace(tzinfo=None) > timedelta(minutes=29)


def test_an_hour_that_clocks_skip_comes_when_they_have_skipped_it() -> None:
    (moment,) = (
        one for one in year(Cadence(at=time(1, 30), weekdays=WEEK), "Europe/London") if one.month == 3 and one.day == 28
    )

    assert moment == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert moment.astimezone(ZoneInfo("Europe/London")).time() == time(2)


def test_an_hour_that_clocks_show_twice_comes_the_first_time_only() -> None:
    moment = moment_of(date(2027, 11, 7), time(1, 30), ZoneInfo("America/New_York"))

    assert moment == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)


def test_half_an_hour_of_summer_time_is_told_apart() -> None:
    zone = ZoneInfo("Australia/Lord_Howe")

    jumped = moment_of(date(2027, 10, 3), time(2, 10), zone)
    assert jumped is not None
    assert jumped.astimezone(zone).time() == time(2, 30)


def test_a_day_that_a_zone_leaves_out_has_no_time() -> None:
    days = [moment.astimezone(ZoneInfo("Pacific/Apia")).date() for moment in year(PRESET, "Pacific/Apia", 2011)]

    assert date(2011, 12, 29) in days
    assert date(2011, 12, 30) not in days
    assert days.count(date(2011, 12, 31)) == 1


@pytest.mark.parametrize("name", ZONES)
def test_every_hour_is_when_the_minute_hand_points_up(name: str) -> None:
    moments = list(islice(fire_times(Cadence(is_hourly=True), ZoneInfo(name), datetime(2027, 1, 1, tzinfo=UTC)), 9000))

    assert {moment.astimezone(ZoneInfo(name)).minute for moment in moments} == {0}
    steps = {after - before for before, after in pairwise(moments)}
    assert steps <= {timedelta(minutes=minutes) for minutes in (30, 60, 90)}


@pytest.mark.parametrize(
    ("begins", "day", "month"),
    [
        (1, date(2027, 2, 28), (date(2027, 2, 1), date(2027, 3, 1))),
        (15, date(2027, 1, 14), (date(2026, 12, 15), date(2027, 1, 15))),
        (31, date(2027, 2, 27), (date(2027, 1, 31), date(2027, 2, 28))),
        (31, date(2027, 2, 28), (date(2027, 2, 28), date(2027, 3, 31))),
        (31, date(2028, 2, 29), (date(2028, 2, 29), date(2028, 3, 31))),
        (30, date(2027, 3, 29), (date(2027, 2, 28), date(2027, 3, 30))),
    ],
)
def test_a_billing_month_may_begin_on_any_day(begins: int, day: date, month: tuple[date, date]) -> None:
    assert billing_month(day, begins) == month


def test_what_happens_on_no_day_never_happens() -> None:
    assert next_time(Cadence(), ZoneInfo("UTC"), datetime(2027, 1, 1, tzinfo=UTC)) is None


def test_of_many_missed_times_the_last_counts() -> None:
    daily, zone = Cadence(weekdays=WEEK), ZoneInfo("Asia/Kolkata")
    since, now = datetime(2027, 1, 1, 12, tzinfo=UTC), datetime(2027, 1, 9, 0, 30, tzinfo=UTC)

    assert last_missed(daily, zone, since, now) == datetime(2027, 1, 9, 0, 30, tzinfo=UTC)
    assert last_missed(daily, zone, now, now) is None


cadences = st.builds(
    Cadence,
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    weekdays=st.frozensets(st.integers(0, 6)),
    first_days=st.integers(0, 31),
    last_days=st.integers(0, 31),
    month_begins=st.integers(1, 31),
)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - as asked for


@given(cadence=cadences, name=st.sampled_from(ZONES), after=moments)
def test_times_follow_one_another_and_each_is_the_next_after_the_one_before(
    cadence: Cadence, name: str, after: datetime
) -> None:
    zone = ZoneInfo(name)
    times = list(islice(fire_times(cadence, zone, after), 40))

    assert bool(times) == cadence.ever_happens
    before = after
    for moment in times:
        assert moment > before
        assert next_time(cadence, zone, before) == moment
        assert next_time(cadence, zone, moment - timedelta(microseconds=1)) == moment
        before = moment


@given(cadence=cadences, name=st.sampled_from(ZONES), after=moments)
def test_no_day_is_left_out_and_none_comes_twice(cadence: Cadence, name: str, after: datetime) -> None:
    zone, end = ZoneInfo(name), after + timedelta(days=40)
    days = [
        moment_of(day, cadence.at, zone)
        for day in (after.date() + timedelta(count) for count in range(-2, 43))
        if happens_on(cadence, day)
    ]

    found = list(takewhile(lambda moment: moment <= end, fire_times(cadence, zone, after)))
    assert found == [moment for moment in days if moment and after < moment <= end]


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), begins=st.integers(1, 31))
def test_each_day_is_in_one_billing_month_of_28_to_31_days(day: date, begins: int) -> None:
    start, end = billing_month(day, begins)

    assert start <= day < end
    assert 28 <= (end - start).days <= 31
    assert billing_month(end, begins)[0] == end


@given(cadence=cadences)
def test_a_cadence_is_read_as_it_was_written(cadence: Cadence) -> None:
    assert cadence_from_text(cadence_to_text(cadence), month_begins=cadence.month_begins) == cadence
