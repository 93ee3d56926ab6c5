"""A month that takes long: it is worked out beside, tells how far it is, and ends as one message."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest
from office import ACME, ADA, OCTOBER, PREMIUM, Office, billed_csv, bought_csv
from sandbox.kit import waited
from talking.salon import BILLING, Salon

from bot.jobs.aside import ORPHANED, PIECE, Aside, CutShort, do_aside, hand_over, listen, put
from bot.sandbox import Seen
from bot.services.calls import to_channel
from bot.services.computing import say_nothing
from bot.services.failures import Refused
from bot.services.floor import Turn
from bot.services.gathering import gather
from bot.services.ids import Digest
from bot.services.manners import Manner
from bot.services.promises import Promise, PromiseKind
from bot.services.reconcile import Reconcile
from bot.services.runs import Step
from bot.services.working import work_out
from bot.slack.progressing import Progressing, Telling, subject_of_run
from bot.slack.saying import Spot
from bot.slack.views.progress import Progress, run_progress

HAVE, PAY = [("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)]


def test_worked_out_beside_it_is_the_same_to_the_byte(office: Office) -> None:
    office.drops(bought_csv(HAVE), "pax8.csv")
    office.drops(billed_csv(PAY), "additions.csv", month=OCTOBER)
    beside, heard = Aside(large=0), list[Step]()
    reconcile = Reconcile(office.ledger, office.clock, office.new_id, beside.work_out, beside.write_book)

    run = reconcile.run(ACME, OCTOBER, say=lambda step, _: heard.append(step)).run

    assert heard == list(Step)
    assert office.reconcile.replay(ACME, run.id).is_same
    assert reconcile.workbook(ACME, run.id)[:2] == b"PK"


def test_what_comes_in_pieces_is_put_together_as_it_was(office: Office) -> None:
    clients = [f"Client {number} Holdings" for number in range(2 * PIECE + 1)]
    office.drops(bought_csv([(client, PREMIUM, 2) for client in clients]), "pax8.csv")
    office.drops(billed_csv([(client, PREMIUM, 1) for client in clients]), "additions.csv", month=OCTOBER)
    with office.ledger.look(ACME) as books:
        inputs = gather(books, OCTOBER, office.clock())
        contents = {used.digest: books.files.get(used.digest) for used in inputs.files}
    worked, pipe = work_out(inputs, contents), BytesIO()

    hand_over(pipe, worked)
    pipe.seek(0)

    assert min(len(worked.gaps), len(worked.quantities)) > 2 * PIECE
    assert listen(pipe, say_nothing) == worked


def test_what_stops_it_there_is_said_here(office: Office) -> None:
    office.receives(HAVE, PAY)
    with office.ledger.look(ACME) as books:
        inputs = gather(books, OCTOBER, office.clock())
    empty = dict.fromkeys((used.digest for used in inputs.files), b"")

    with pytest.raises(Refused, match=r"pax8-2026-10\.csv"):
        do_aside("work_out", inputs, empty)


class Deadly:
    """Whoever takes this in dies of it, as one does who takes in more than there is memory for."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (9,)


def test_a_process_that_dies_over_its_work_is_a_fault_of_ours_and_nothing_to_wait_for() -> None:
    inputs: Any = Deadly()

    with pytest.raises(CutShort, match="is there enough memory"):
        do_aside("work_out", inputs, {})


def test_a_process_that_dies_before_it_has_taken_everything_in_is_the_same_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inputs: Any = None
    monkeypatch.setattr(sys, "executable", shutil.which("false"))  # it ends at once

    with pytest.raises(CutShort):
        do_aside("work_out", inputs, {Digest("large"): b"," * 5_000_000})


SLOW = """
import time
from bot.jobs import aside
aside.TASKS["sleep"] = lambda *_: (print("asleep", flush=True), time.sleep(60))
aside.main()
"""


def test_who_works_beside_leaves_when_whoever_asked_is_gone() -> None:
    with subprocess.Popen([sys.executable, "-c", SLOW], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as child:
        assert child.stdin
        try:
            put(child.stdin, ("sleep", None, {}))
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(2)

            child.stdin.close()

            assert child.wait(20) == ORPHANED
        finally:
            child.kill()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no signals")
def test_who_works_beside_leaves_ctrl_c_to_whoever_asked() -> None:
    with subprocess.Popen([sys.executable, "-c", SLOW], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdin
        assert child.stderr
        try:
            put(child.stdin, ("sleep", None, {}))
            assert child.stderr.readline() == b"asleep\n"

            child.send_signal(signal.SIGINT)
            child.send_signal(signal.SIGTERM)

            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(1)
        finally:
            child.kill()


def promised(salon: Salon) -> Promise:
    """Hand both sides in, and take the promise to compare them in hand."""
    salon.office.drops(bought_csv(HAVE), "pax8.csv")
    salon.office.drops(billed_csv(PAY), "additions.csv", month=OCTOBER)
    (promise,) = salon.office.promised(PromiseKind.RUN)
    claimed = salon.office.outbox.claim(salon.office.workspace, promise.key)
    assert claimed
    return claimed


def told(salon: Salon) -> Seen:
    return salon.dana.sees("billing")[-1]


def test_one_message_tells_how_far_it_is_and_becomes_the_result(salon: Salon) -> None:
    promise, office = promised(salon), salon.office
    with Progressing(salon.room, BILLING, before_speaking=0.01).told(promise, OCTOBER) as say:
        first = salon.dana.waits_for("October 2026: reading both sides (step 1 of 4)", "billing")
        say(Step.MATCHING, 84_210)
        assert "matching names and comparing (84,210 lines, step 2 of 4)" in told(salon).text
        run = office.reconcile.run(office.workspace, OCTOBER, because=promise.payload["because"]).run
    assert office.outbox.sent(office.workspace, promise, run.id)
    salon.keeps_its_promises(PromiseKind.RESULT, PromiseKind.EXPORT)

    assert (told(salon).ts, "$44.00 a month not billed" in told(salon).text) == (first.ts, True)
    (workbook,) = salon.dana.sees("billing", first)[1:]
    assert workbook.files[0]["name"].endswith(".xlsx")


def test_a_run_that_ends_as_a_first_word_comes_due_says_none_beside_its_result(salon: Salon) -> None:
    telling = Telling(salon.room, BILLING, promised(salon), OCTOBER)
    before = salon.dana.sees("billing")

    telling.say(Step.KEEPING, 7)
    telling.begin()

    assert salon.dana.sees("billing") == before


def test_a_progress_message_somebody_deleted_is_followed_by_a_result_of_its_own(salon: Salon) -> None:
    promise, office = promised(salon), salon.office
    with Progressing(salon.room, BILLING, before_speaking=0.01).told(promise, OCTOBER):
        first = salon.dana.waits_for("October 2026: reading both sides", "billing")
        office.reconcile.run(office.workspace, OCTOBER, because=promise.payload["because"])
    salon.client.chat_delete(channel=first.channel, ts=first.ts)
    salon.keeps_its_promises(PromiseKind.RESULT)

    assert "$44.00 a month not billed" in told(salon).text


def test_a_lost_answer_to_a_progress_message_leaves_one(salon: Salon) -> None:
    promise = promised(salon)
    salon.slack.breaks("chat.postMessage", "dropped", done=True)
    before = len(salon.dana.sees("billing"))

    with Progressing(salon.room, BILLING, before_speaking=0.01).told(promise, OCTOBER) as say:
        salon.dana.waits_for("October 2026: reading both sides", "billing")
        say(Step.WRITING, 7)
        assert waited(lambda: "writing what was found" in told(salon).text)

    assert len(salon.dana.sees("billing")) == before + 1


def test_a_first_word_that_nobody_could_write_down_becomes_the_result_of_the_next_attempt(salon: Salon) -> None:
    """Whoever told it was killed before it could be written down, and the next attempt needs no word."""
    promise, office = promised(salon), salon.office
    spot, before = Spot(BILLING, subject=subject_of_run(promise.key)), len(salon.dana.sees("billing"))
    salon.room.floor.take(office.workspace, spot.subject, BILLING, turn=Turn(promise.key, office.clock()))
    words = run_progress(Progress(OCTOBER, 7, Step.READING))
    said = salon.messenger.post(BILLING, words, key=spot.key(promise))

    with Progressing(salon.room, BILLING).told(promise, OCTOBER):
        office.reconcile.run(office.workspace, OCTOBER, because=promise.payload["because"])
    salon.keeps_its_promises(PromiseKind.RESULT)

    assert (told(salon).ts, "$44.00 a month not billed" in told(salon).text) == (said.ts, True)
    assert len(salon.dana.sees("billing")) == before + 1


def test_a_run_that_is_refused_says_so_where_it_told_how_far_it_was(salon: Salon) -> None:
    promise = promised(salon)

    def fail() -> None:
        with Progressing(salon.room, BILLING, before_speaking=0.01).told(promise, OCTOBER):
            salon.dana.waits_for("October 2026: reading both sides", "billing")
            raise Refused("I still need what is billed in October 2026.")

    with pytest.raises(Refused):
        fail()
    assert "I still need what is billed" in told(salon).text


def test_a_fault_of_ours_is_owned_up_to_at_once_and_the_result_takes_its_place(salon: Salon) -> None:
    promise, office = promised(salon), salon.office

    def falter() -> None:
        with Progressing(salon.room, BILLING).told(promise, OCTOBER):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        falter()
    owned_up = told(salon)
    with Progressing(salon.room, BILLING).told(promise, OCTOBER):
        office.reconcile.run(office.workspace, OCTOBER, because=promise.payload["because"])
    salon.keeps_its_promises(PromiseKind.RESULT)

    assert "something went wrong on my side. All files are kept; I will try again" in owned_up.text
    assert (told(salon).ts, "$44.00 a month not billed" in told(salon).text) == (owned_up.ts, True)


def test_a_fault_while_the_channel_of_results_has_alerts_off_is_owned_up_to_where_the_result_comes(
    salon: Salon,
) -> None:
    promise, office = promised(salon), salon.office
    office.rhythm.manners.change(Manner(is_silent=True), office.by(ADA), to_channel(BILLING))
    before = len(salon.dana.sees("billing"))

    def falter() -> None:
        with Progressing(salon.room, BILLING).told(promise, OCTOBER):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        falter()
    alone = salon.messenger.direct(salon.dana.id)
    (owned_up,) = salon.dana.sees(alone)
    with Progressing(salon.room, BILLING).told(promise, OCTOBER):
        office.reconcile.run(office.workspace, OCTOBER, because=promise.payload["because"])
    salon.keeps_its_promises(PromiseKind.RESULT)

    assert "something went wrong on my side" in owned_up.text
    (result,) = salon.dana.sees(alone)
    assert (result.ts, "$44.00 a month not billed" in result.text) == (owned_up.ts, True)
    assert len(salon.dana.sees("billing")) == before
