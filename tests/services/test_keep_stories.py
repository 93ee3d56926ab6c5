"""One promise is kept once, whatever comes between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import polars as pl
import pytest
from office import ACME, PREMIUM, Office
from polars.exceptions import PanicException

from bot.services.failures import AskForAccess, CutOff, Held, Refused, TryLater, Unclear, Unreachable
from bot.services.ids import WorkspaceId
from bot.services.keep import IN_ME, MOST_CUTS, MOST_TRIES, Keep
from bot.services.outbox import Outbox
from bot.services.promises import Promise, PromiseKind, PromiseState
from bot.services.trouble import TROUBLE
from recon import Stopped


class Killed(BaseException):
    """The process is gone."""


class Outside:
    """Where promises are brought; it answers as it is told, and remembers who came in doubt."""

    def __init__(self, office: Office) -> None:
        office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
        self.office, self.answers, self.came = office, list[BaseException | str](), list[bool]()
        ways = {PromiseKind.ALERT: self.bring}
        self.keep = Keep(office.outbox, ways, timedelta(seconds=90), office.trouble.tell)
        (self.promise,) = office.promised(PromiseKind.ALERT)

    def bring(self, _: WorkspaceId, promise: Promise) -> str:
        self.came.append(promise.is_in_doubt)
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def answers_with(self, *answers: BaseException | str) -> Promise:
        """Keep the promise as often as there are answers, each time when it is due."""
        self.answers += answers
        for _ in answers:
            known = self.known
            self.office.clock.now = max(self.office.clock.now, known.not_before or self.office.clock.now)
            self.keep.promise(ACME, self.promise.key)
        return self.known

    @property
    def known(self) -> Promise:
        return self.office.outbox.get(ACME, self.promise.key)


@pytest.fixture
def outside(office: Office) -> Outside:
    return Outside(office)


def test_what_arrived_is_not_brought_again(outside: Outside) -> None:
    assert outside.answers_with("1.0").state is PromiseState.SENT

    outside.keep.promise(ACME, outside.promise.key)

    assert (outside.came, outside.known.sent_as) == ([False], "1.0")


def test_who_is_asked_to_wait_waits_so_long_and_does_not_look_for_what_never_left(outside: Outside) -> None:
    waits = outside.answers_with(TryLater("Slower.", after=timedelta(seconds=40)))
    outside.office.clock.pass_by(seconds=20)
    outside.keep.promise(ACME, outside.promise.key)

    assert waits.not_before == outside.office.clock.now + timedelta(seconds=20)
    assert outside.came == [False]
    assert outside.answers_with("1.0").state is PromiseState.SENT
    assert outside.came == [False, False]


def test_a_lost_answer_is_looked_for_when_the_attempt_is_surely_over(outside: Outside) -> None:
    assert outside.answers_with(Unclear()).state is PromiseState.UNKNOWN
    outside.office.clock.pass_by(seconds=60)
    outside.keep.promise(ACME, outside.promise.key)
    assert outside.came == [False]

    outside.office.clock.pass_by(seconds=30)

    assert outside.answers_with("1.0").state is PromiseState.SENT
    assert outside.came == [False, True]


def test_a_doubt_stays_until_it_is_settled(outside: Outside) -> None:
    outside.answers_with(Unclear())
    outside.office.clock.pass_by(seconds=90)

    outside.answers_with(TryLater("I may not look just now."), "1.0")

    assert outside.came == [False, True, True]


def test_one_cut_off_is_left_alone_until_nobody_can_have_it_in_hand(outside: Outside) -> None:
    claimed = outside.office.outbox.claim(ACME, outside.promise.key)
    assert claimed

    outside.keep.promise(ACME, outside.promise.key)
    assert (outside.known.state, outside.came) == (PromiseState.UNKNOWN, [])
    assert outside.office.outbox.sent(ACME, claimed, "1.0"), "whoever began it may still say how it went"

    outside.office.clock.pass_by(seconds=90)
    outside.keep.promise(ACME, outside.promise.key)
    assert (outside.known.state, outside.came) == (PromiseState.SENT, [])


def test_what_is_refused_is_not_tried_again_and_says_why(outside: Outside) -> None:
    dead = outside.answers_with(Refused("There is no such place."))

    outside.keep.promise(ACME, outside.promise.key)

    assert (dead.state, dead.reason, len(outside.came)) == (PromiseState.DEAD, "There is no such place.", 1)


def test_what_goes_wrong_is_tried_some_times_and_then_given_up(outside: Outside) -> None:
    waits = outside.answers_with(ValueError("secret detail"))
    assert waits.state is PromiseState.PENDING
    assert waits.not_before
    assert waits.not_before > outside.office.clock.now

    dead = outside.answers_with(*[ValueError("secret detail")] * (MOST_TRIES - 1))

    assert dead.state is PromiseState.DEAD
    assert "secret" not in (dead.reason or "")
    assert told(outside) == [dead.reason]


def test_a_fault_in_the_library_below_is_a_fault_like_any_other(outside: Outside) -> None:
    waits = outside.answers_with(a_panic())

    assert (waits.state, waits.reason) == (PromiseState.PENDING, IN_ME)


def is_killed(outside: Outside, times: int) -> Promise:
    """Let the process be killed while it has the promise in hand, and started again at once."""
    for _ in range(times):
        with pytest.raises(Killed):
            outside.answers_with(Killed())
        outside.keep.promise(ACME, outside.promise.key)
        outside.office.clock.pass_by(seconds=90)
    return outside.known


def test_what_ends_the_process_each_time_is_given_up_and_told(outside: Outside) -> None:
    parted = list[str]()

    def part(_: WorkspaceId, promise: Promise) -> str:
        parted.append(promise.key)
        return "2.0"

    outside.keep = replace(outside.keep, partings={PromiseKind.ALERT: part})
    assert is_killed(outside, MOST_CUTS).state is PromiseState.UNKNOWN

    outside.keep.promise(ACME, outside.promise.key)

    assert (outside.known.state, outside.known.reason) == (PromiseState.DEAD, str(CutOff()))
    assert (told(outside), parted) == ([str(CutOff())], [outside.promise.key])
    assert len(outside.came) == MOST_CUTS


def test_what_is_only_found_begun_after_its_time_was_cut_off_as_well(outside: Outside) -> None:
    for _ in range(MOST_CUTS):
        with pytest.raises(Killed):
            outside.answers_with(Killed())
        outside.office.clock.pass_by(seconds=90)

    outside.keep.promise(ACME, outside.promise.key)

    assert outside.known.state is PromiseState.DEAD
    assert len(outside.came) == MOST_CUTS


def test_only_what_was_cut_off_counts_and_not_what_waited_or_had_no_answer(outside: Outside) -> None:
    assert is_killed(outside, MOST_CUTS - 1).cuts == MOST_CUTS - 1
    for flaw in (
        TryLater("Slower."),
        Unclear(),
        Held(outside.office.clock.now + timedelta(hours=1), now=outside.office.clock.now),
    ):
        assert outside.answers_with(flaw).state is not PromiseState.DEAD
        outside.office.clock.pass_by(seconds=90)

    assert outside.answers_with("1.0").state is PromiseState.SENT


def test_a_parting_that_has_to_wait_is_said_later(outside: Outside) -> None:
    waits = [TryLater("Slower.")]

    def part(*_: object) -> str:
        if waits:
            raise waits.pop()
        return "2.0"

    outside.keep = replace(outside.keep, partings={PromiseKind.ALERT: part})
    is_killed(outside, MOST_CUTS)
    outside.keep.promise(ACME, outside.promise.key)
    assert outside.known.state is PromiseState.PENDING

    outside.office.clock.pass_by(seconds=90)
    outside.keep.promise(ACME, outside.promise.key)

    assert (outside.known.state, len(outside.came)) == (PromiseState.DEAD, MOST_CUTS)


def a_panic() -> BaseException:
    """Let the library die as it does of a column that begins with an empty piece."""
    names = pl.concat([pl.DataFrame({"name": [name] * 2}) for name in "ab"], rechunk=False)
    cut = names.with_row_index().filter(pl.col("name") == "b")
    try:
        cut.select(pl.format("{}!", "name"))
    except PanicException as panic:
        return panic
    pytest.skip("NO PANIC: polars has mended it, so that nothing is left to guard against")


def test_what_needs_access_waits_until_it_is_given_however_long_that_takes(outside: Outside) -> None:
    waits = outside.answers_with(*[AskForAccess("My token was revoked.")] * (2 * MOST_TRIES))
    assert waits.state is PromiseState.PENDING
    assert waits.not_before
    assert waits.not_before <= outside.office.clock.now + timedelta(hours=1)

    assert outside.answers_with("1.0").state is PromiseState.SENT


def test_a_promise_nobody_keeps_says_so(outside: Outside) -> None:
    (result,) = outside.office.promised(PromiseKind.RESULT)

    outside.keep.promise(ACME, result.key)
    outside.keep.promise(ACME, "nothing at all")

    assert outside.office.outbox.get(ACME, result.key).reason == "Nobody here keeps a promise to result."


def told(outside: Outside) -> list[str]:
    notices = outside.office.promised(PromiseKind.NOTICE)
    return [notice.payload["why"] for notice in notices if notice.payload["about"] == TROUBLE]


@pytest.mark.parametrize("flaw", [AskForAccess("My token was revoked."), Unreachable("The channel is archived.")])
def test_what_is_in_the_way_is_told_once_a_day(outside: Outside, flaw: Stopped) -> None:
    outside.answers_with(flaw)
    outside.office.clock.pass_by(minutes=15)
    outside.office.trouble.tell(ACME, outside.promise, flaw)
    assert told(outside) == [str(flaw)]

    (notice,) = (one for one in outside.office.promised(PromiseKind.NOTICE) if one.payload["about"] == TROUBLE)
    outside.office.trouble.tell(ACME, notice, flaw)
    assert len(told(outside)) == 1, "that it can't be told is told nobody"

    outside.office.clock.pass_by(days=1)
    outside.office.trouble.tell(ACME, outside.promise, flaw)
    assert len(told(outside)) == 2


class DiesGivingUp(Outbox):
    """Promises of a process that is killed just before it writes down that one can't be kept."""

    def dead(self, *_: object) -> bool:
        raise Killed


@pytest.mark.parametrize(("flaw", "tries"), [(Unreachable("The channel is archived."), 1), (ValueError(), MOST_TRIES)])
def test_somebody_hears_of_what_is_given_up_once_even_if_we_are_killed_meanwhile(
    outside: Outside, flaw: Exception, tries: int
) -> None:
    alive, office = outside.keep, outside.office
    outside.answers_with(*[flaw] * (tries - 1))

    outside.keep = replace(alive, outbox=DiesGivingUp(office.ledger, office.clock))
    with pytest.raises(Killed):
        outside.answers_with(flaw)
    heard = told(outside)
    outside.keep = alive
    office.clock.pass_by(seconds=90)
    given_up = outside.answers_with(flaw)

    assert given_up.state is PromiseState.DEAD
    assert told(outside) == heard == [given_up.reason]
