"""What people did is kept until it was acted on, whoever dies meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.services.failures import TryLater
from bot.services.inbox import Envelope, Opening
from bot.store.inbox import StoreInbox, open_inbox

Take = Callable[[str], StoreInbox]


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_inbox(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def take(engine: Engine) -> Take:
    return lambda holder: StoreInbox(engine, "T1", holder)


def bodies(inbox: StoreInbox) -> list[object]:
    return [envelope.body["n"] for envelope in inbox.waiting(100)]


def test_the_same_click_twice_is_there_once_and_what_was_done_is_forgotten(take: Take) -> None:
    inbox = take("one")
    for number in (1, 2, 1):
        inbox.put(Envelope(f"click:{number}", {"n": number}))
    assert bodies(inbox) == [1, 2]

    inbox.done("click:1")
    assert bodies(inbox) == [2]


def test_what_a_dead_process_left_is_taken_on_by_one_that_lives(take: Take) -> None:
    dead, living, other = take("dead"), take("living"), take("other")
    dead.put(Envelope("click:1", {"n": 1}))
    other.put(Envelope("click:2", {"n": 2}))

    assert living.adopt({"living", "other"}) == 1
    assert (bodies(dead), bodies(living), bodies(other)) == ([], [1], [2])


def test_many_at_once_share_a_commit_and_each_is_safe_when_its_sender_hears_so(take: Take, engine: Engine) -> None:
    inbox, commits, gate = take("one"), list[int](), threading.Event()

    def slow(_: object) -> None:
        commits.append(1)
        gate.wait(5 if len(commits) == 1 else 0)

    event.listen(engine, "commit", slow)

    def put(number: int) -> None:
        inbox.put(Envelope(f"click:{number}", {"n": number}))

    with ThreadPoolExecutor(40) as senders:
        sent = [senders.submit(put, number) for number in range(40)]
        while len(inbox.came) < 39:
            threading.Event().wait(0.01)
        gate.set()
        for one in sent:
            one.result()

    assert len(commits) == 2
    assert sorted(map(str, bodies(inbox))) == sorted(map(str, range(40)))


def test_what_can_not_be_written_is_not_said_to_be_safe(take: Take, engine: Engine) -> None:
    inbox, broken = take("one"), [True]

    def fail(_: object) -> None:
        if broken:
            broken.clear()
            raise OSError("the disk is full")

    event.listen(engine, "commit", fail)
    with pytest.raises(OSError, match="full"):
        inbox.put(Envelope("click:1", {"n": 1}))

    inbox.put(Envelope("click:2", {"n": 2}))
    assert bodies(inbox) == [2]


def test_what_can_not_be_done_just_now_stays_the_first_in_line_and_a_fault_of_ours_blocks_nobody(take: Take) -> None:
    inbox, done, flaws = take("one"), list[object](), [TryLater(), None, ValueError(), None]

    def act(body: Mapping[str, Any]) -> None:
        flaw = flaws.pop(0)
        if flaw:
            raise flaw
        done.append(body["n"])

    opening = Opening(inbox, act)
    for number in (1, 2, 3):
        opening.put(Envelope(f"click:{number}", {"n": number}))

    assert (opening.once(), done) == (0, [])
    opening.once()
    assert (done, bodies(inbox)) == ([1, 3], [])
