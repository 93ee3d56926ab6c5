"""Two that want to say the same thing in a place do so one after the other, so that it is said once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from office import ACME, Office, Times

from bot.services.failures import TryLater
from bot.services.floor import Floor, Turn
from bot.store.ledger import StoreLedger

ALERT, CHANNEL = "client:acme", "C1"


@pytest.fixture
def clock() -> Times:
    return Times()


@pytest.fixture
def floor(ledger: StoreLedger, clock: Times) -> Floor:
    Office(ledger, clock=clock).begins()
    return Floor(ledger, clock)


def takes(floor: Floor, by: str, *, gone: str = "", channel: str = CHANNEL) -> str | None:
    return floor.take(ACME, ALERT, channel, turn=Turn(by, floor.clock()), gone=gone)


def test_while_one_speaks_another_waits_a_moment_and_longer_each_time(floor: Floor, clock: Times) -> None:
    assert takes(floor, "one") is None
    assert takes(floor, "other", channel="C2") is None

    for seconds in (0, 5, 20):
        clock.pass_by(seconds=seconds)
        with pytest.raises(TryLater) as later:
            takes(floor, "other")
        assert later.value.after == max(timedelta(seconds=2), clock.now - Times().now)


def test_what_was_said_is_known_to_whoever_comes_next(floor: Floor) -> None:
    takes(floor, "one")
    floor.said(ACME, ALERT, CHANNEL, "1.0")

    assert takes(floor, "other") == "1.0"
    assert takes(floor, "other", gone="1.0") is None
    floor.said(ACME, ALERT, CHANNEL, "2.0")
    assert takes(floor, "third", gone="1.0") == "2.0"


def test_a_turn_in_which_nothing_was_said_is_anothers(floor: Floor, clock: Times) -> None:
    turn = Turn("one", clock())
    floor.take(ACME, ALERT, CHANNEL, turn=turn)
    floor.nothing_said(ACME, ALERT, CHANNEL, Turn("other", clock()))
    assert floor.cut_off(ACME, ALERT, CHANNEL, by="one") == turn

    floor.nothing_said(ACME, ALERT, CHANNEL, turn)

    assert floor.cut_off(ACME, ALERT, CHANNEL, by="one") is None
    assert takes(floor, "other") is None


def test_a_turn_was_cut_off_when_its_promise_comes_again_or_its_time_is_over(floor: Floor, clock: Times) -> None:
    turn = Turn("one", clock())
    floor.take(ACME, ALERT, CHANNEL, turn=turn)

    assert floor.cut_off(ACME, ALERT, CHANNEL, by="one") == turn
    assert floor.cut_off(ACME, ALERT, CHANNEL, by="other") is None
    clock.pass_by(seconds=90)
    assert floor.cut_off(ACME, ALERT, CHANNEL, by="other") == turn


def test_of_many_at_the_same_moment_one_speaks(floor: Floor) -> None:
    def speaks(number: int) -> bool:
        try:
            return takes(floor, str(number)) is None
        except TryLater:
            return False

    with ThreadPoolExecutor(4) as hands:
        assert sum(hands.map(speaks, range(8))) == 1
