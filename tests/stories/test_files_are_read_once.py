"""Files are read once and answered once, whatever fails on the way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from office import PREMIUM, billed_csv, bought_csv
from sandbox.kit import over_http, over_socket
from talking.salon import Listening, Salon, open_salon

from bot.sandbox import Seen
from bot.services.exports import Place
from bot.services.failures import TryLater, Unclear
from bot.services.handing import Handing
from bot.services.ids import PersonId, WorkspaceId
from bot.services.intake import Upload
from bot.services.people import Actor, Workspace
from bot.services.ports import Books
from bot.services.promises import Promise, PromiseKind
from bot.slack.answering import Answering
from bot.slack.exporting import Exports
from bot.slack.taking import Taking
from bot.store.ledger import StoreLedger

PAX8 = bought_csv([("Acme", PREMIUM, 12)])
PAYS = billed_csv([("Acme", PREMIUM, 10)])


def drops(salon: Salon, name: str = "pax8.csv", content: bytes = PAX8) -> Seen:
    message = salon.dana.drops(name, content, "billing")
    salon.slack.settles()
    return message


def answers(salon: Salon, message: Seen) -> list[str]:
    return [one.text for one in salon.dana.sees("billing", message)[1:]]


def taken_in_hand(salon: Salon) -> Promise:
    (promise,) = salon.office.promised(PromiseKind.FILE)
    claimed = salon.office.outbox.claim(salon.office.workspace, promise.key)
    assert claimed
    return claimed


def tries_again(salon: Salon, promise: Promise) -> None:
    """Take up what whoever had it in hand never told of."""
    salon.office.clock.pass_by(minutes=5)
    again = salon.office.outbox.claim(salon.office.workspace, promise.key, was=promise.attempt_at)
    assert again
    assert salon.keeps(again)


def files(salon: Salon) -> list[str]:
    with salon.office.ledger.look(salon.office.workspace) as books:
        return [entry.subject for entry in books.audit.entries() if entry.action == "handed in"]


def test_before_a_file_is_fetched_it_is_written_down_that_it_came(salon: Salon) -> None:
    message = drops(salon)
    salon.slack.sends_again("message")
    salon.slack.settles()

    (promise,) = salon.office.promised(PromiseKind.FILE)
    assert promise.payload["thread"] == message.ts
    assert (files(salon), answers(salon, message)) == ([], [])

    salon.keeps_its_promises()
    assert len(files(salon)) == 1
    assert len(answers(salon, message)) == 1


@dataclass
class Busy:
    """A ledger that does not answer the first time."""

    ledger: StoreLedger
    times: int = 0

    def open(self, workspace: WorkspaceId) -> AbstractContextManager[Books]:
        self.times += 1
        if self.times == 1:
            raise TryLater("The database does not answer.")
        return self.ledger.open(workspace)

    def look(self, workspace: WorkspaceId) -> AbstractContextManager[Books]:
        return self.ledger.look(workspace)

    def found(self, workspace: Workspace, *, at: datetime) -> bool:
        return self.ledger.found(workspace, at=at)

    def workspaces(self) -> Sequence[WorkspaceId]:
        return self.ledger.workspaces()


@pytest.mark.parametrize("listening", [over_http, over_socket])
def test_an_event_that_could_not_be_written_down_is_sent_again(sqlite_url: str, listening: Listening) -> None:
    busy: list[Busy] = []

    def make_busy(salon: Salon) -> None:
        busy.append(Busy(salon.office.ledger))
        services = replace(salon.room.services, handing=Handing(busy[0], salon.office.clock))
        salon.room = replace(salon.room, services=services)

    with open_salon(sqlite_url, listening, but=make_busy) as salon:
        message = drops(salon)
        salon.keeps_its_promises(PromiseKind.FILE)

        assert busy[0].times == 2
        assert len(answers(salon, message)) == 1


@pytest.mark.parametrize("once", [1, 2])
def test_whoever_dropped_what_can_not_be_read_without_ending_hears_of_it_in_its_thread(salon: Salon, once: int) -> None:
    message = drops(salon)
    attempt = replace(taken_in_hand(salon), is_in_doubt=True)

    for _ in range(once):
        Taking(salon.room).give_up(attempt)

    (answer,) = answers(salon, message)
    assert "I was cut off each time I tried to read this file, so I gave up. Drop it again" in answer


def test_whoever_answered_or_asked_for_a_file_hears_where_they_did_that_it_is_given_up(salon: Salon) -> None:
    drops(salon, "additions.csv", PAYS)
    salon.keeps_its_promises()
    message = salon.dana.sees("billing")[-1]
    salon.dana.presses("October 2026", salon.dana.waits_for("Which month", "billing", message))
    (promised,) = salon.office.promised(PromiseKind.ANSWER)
    for _ in range(2):
        Answering(salon.room).give_up(promised)
    assert len([said for said in answers(salon, message) if "read the file by what you said of it" in said]) == 1

    salon.keeps_its_promises()
    asked = replace(promised, key="export:1", kind=PromiseKind.EXPORT)
    for _ in range(2):
        Exports(salon.room).give_up(asked)
    assert len([said for said in answers(salon, message) if "write the file you asked for, so I gave up" in said]) == 1


def test_a_file_that_can_not_be_written_any_more_is_said_where_it_was_asked_for(salon: Salon) -> None:
    drops(salon, "additions.csv", PAYS)
    message = salon.dana.sees("billing")[-1]
    told = {"subject": "month", "form": "xlsx", "title": "October", "run": "gone", "person": salon.dana.id}
    told |= {"channel": message.channel, "thread": message.ts}

    Exports(salon.room).bring(Promise(key="export:1", kind=PromiseKind.EXPORT, payload=told))

    assert "No runs have an id that begins with “gone”." in answers(salon, message)[-1]


def test_a_file_kept_before_a_crash_is_answered_after_it_as_it_was_read(salon: Salon) -> None:
    drops(salon, "additions.csv", PAYS)
    salon.keeps_its_promises()
    question = salon.dana.waits_for("Which month", "billing", salon.dana.sees("billing")[-1])
    salon.dana.presses("October 2026", question)
    salon.keeps_its_promises()
    assert "names no month" not in answers(salon, salon.dana.sees("billing")[-1])[-1], "somebody has said it"
    message = drops(salon)
    promise = taken_in_hand(salon)
    ((file, _),) = json.loads(promise.payload["files"])
    fetched = salon.room.downloads.get(file)
    by = Actor(salon.office.workspace, PersonId(salon.dana.id), f"{promise.key}/{file}")
    upload = Upload(content=fetched.content, name=fetched.name, place=Place(message.channel, message.ts))
    before = salon.office.intake.receive(upload, by)

    tries_again(salon, promise)

    (answer,) = answers(salon, message)
    assert before.file.id in files(salon)
    assert len(files(salon)) == 2
    assert "Both sides of October 2026 are here, so I compare them now." in answer
    assert "this exact file" not in answer


@pytest.mark.parametrize("done", [True, False])
def test_an_answer_that_got_lost_is_looked_for_before_it_is_said_again(salon: Salon, *, done: bool) -> None:
    salon.office.clock.now = salon.office.clock.now.fromtimestamp(salon.slack.now(), salon.office.clock.now.tzinfo)
    message = drops(salon)
    promise = taken_in_hand(salon)
    salon.slack.breaks("chat.postMessage", "dropped", done=done)

    with pytest.raises(Unclear):
        salon.brings(promise)
    tries_again(salon, promise)

    assert len(answers(salon, message)) == 1
    assert len(files(salon)) == 1


def test_one_bad_file_of_three_does_not_keep_the_others_back(salon: Salon) -> None:
    named = [("pax8.csv", PAX8), ("logo.png", b"\x89PNG\r\n\x1a\n"), ("additions-2026-10.csv", PAYS)]
    message = salon.dana.says("October", "billing", files=[salon.dana.hands_in(*one) for one in named])
    salon.slack.settles()
    salon.keeps_its_promises(PromiseKind.FILE)

    first, second, third = answers(salon, message)
    assert "what was bought" in first
    assert "logo.png" in second
    assert "what is billed" in third


def test_a_file_deleted_before_it_was_read_is_said_to_be_gone(salon: Salon) -> None:
    file = salon.dana.hands_in("pax8.csv", PAX8)
    message = salon.dana.says("", "billing", files=[file])
    salon.slack.settles()
    salon.slack.breaks("files.info", "refused", error="file_deleted")
    salon.keeps_its_promises()

    assert answers(salon, message) == ["The file was deleted."]


def test_slack_may_have_a_bad_day_but_not_for_ever(salon: Salon) -> None:
    message = drops(salon)
    salon.slack.breaks("files.info", "status", times=5)

    for _ in range(5):
        salon.keeps_its_promises()
        salon.office.clock.pass_by(minutes=5)

    (said,) = answers(salon, message)
    assert "Slack did not answer in time" in said
    assert salon.office.promised(PromiseKind.FILE) == []
