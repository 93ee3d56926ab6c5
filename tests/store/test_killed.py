"""Kill -9 at every commit of a day: nothing is lost, nothing is done twice, and the record is whole."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import Counter
from datetime import UTC, datetime

import pytest
from killed import live
from office import ACME, JO, Office

from bot.services.cases import CaseState
from bot.services.decisions import CorrectionState, Verb
from bot.services.promises import PromiseKind
from bot.store.engine import open_engine
from bot.store.ledger import StoreLedger
from bot.store.verify import find_all_flaws

COMMITS = 10  # two files, a promise taken in hand, its quantities, its run, its settling, four clicks
MOST_LIVES = 3 * COMMITS


def progress(ledger: StoreLedger) -> tuple[int, int]:
    """Say how far the day has come, having checked that the record is whole."""
    with ledger.look(ACME) as books:
        assert list(find_all_flaws(books)) == []
        return books.audit.end()[0], len(books.outbox.due(datetime(2030, 1, 1, tzinfo=UTC), 100, PromiseKind))


def test_killed_at_every_commit_of_a_day_nothing_is_lost_and_nothing_doubled(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["killed"])
    engine = open_engine(database_url)
    ledger = StoreLedger(engine)
    Office(ledger).begins().hires(JO, approver=True)
    came, last_commit, deaths = progress(ledger), 1, 0
    for life in range(1, MOST_LIVES):
        process = processes.Process(target=live, args=(database_url, life, last_commit))
        process.start()
        process.join(60)
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        # One commit further than the last life; what it had in hand must be taken in hand again first.
        came, last_commit, deaths = progress(ledger), 3 if progress(ledger) == came else 2, deaths + 1
    assert COMMITS <= deaths < MOST_LIVES - 1

    office = Office(ledger)
    with ledger.look(ACME) as books:
        decisions = [decision for case in books.cases.all() for decision in books.decisions.of_case(case.id)]
        assert Counter((one.verb, one.stands) for one in decisions) == {
            (Verb.APPROVE, True): 1,
            (Verb.DISMISS, True): 1,
            (Verb.DISMISS, False): 1,
        }
        assert [one.state for one in books.decisions.corrections()] == [CorrectionState.TO_DO]
        assert len(books.runs.all()) == 1
        actions = Counter(entry.action for entry in books.audit.entries())
    assert (actions["handed in"], actions["reconciled"], actions["took back: dismiss"]) == (2, 1, 1)
    assert office.looking.status(ACME, office.clock()).counts == {CaseState.DECIDED: 2}
    kinds = Counter(promise.kind for promise in office.promised())
    assert (kinds[PromiseKind.ALERT], kinds[PromiseKind.RESULT], kinds[PromiseKind.NOTICE]) == (2, 1, 2)
    engine.dispose()
