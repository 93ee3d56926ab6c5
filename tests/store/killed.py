"""A day's work in a process that is killed while it commits; started again, it asks for the same once more."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from uuid import uuid4

from office import ACME, ADA, JO, PREMIUM, Office, billed_csv, bought_csv
from sqlalchemy import Connection, event

from bot.services.decisions import Reason
from bot.store.engine import open_engine
from bot.store.ledger import StoreLedger
from recon import Month, read_month

HAVE = [("Acme", PREMIUM, 12), ("Hooli", PREMIUM, 4)]
PAY = [("Acme", PREMIUM, 10), ("Hooli", PREMIUM, 3)]
OCTOBER = Month(2026, 10)


def live(url: str, life: int, last_commit: int) -> None:
    """Do the day's work, dying by kill -9 just before this life's commit of that number that changes anything."""
    engine = open_engine(url)
    changes = iter(range(1, 10_000))
    changed: list[str] = []

    def notice(_: object, __: object, statement: str, ___: object, ____: object, _____: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            changed.append(statement)

    def die(_: Connection) -> None:
        if changed and next(changes) == last_commit:
            os.kill(os.getpid(), signal.SIGKILL)
        changed.clear()

    event.listen(engine, "before_cursor_execute", notice)
    event.listen(engine, "commit", die)
    office = Office(StoreLedger(engine), new_id=lambda: uuid4().hex[:12])
    office.clock.pass_by(minutes=life)
    work(office)


def work(office: Office) -> None:
    """Do everything the day brings; whatever was done before is asked for again, as Slack does."""
    office.drops(bought_csv(HAVE), "pax8.csv", once="event-1")
    office.drops(billed_csv(PAY), "additions.csv", month=OCTOBER, once="event-2")
    keep_runs(office)
    acme, hooli = office.gap("Acme").id, office.gap("Hooli").id
    office.decide.approve(acme, office.by(JO, "click-1"))
    office.decide.dismiss(hooli, office.by(JO, "click-2"), Reason.NOISE)
    office.undo.last(hooli, office.by(ADA, "click-3"))
    office.decide.dismiss(hooli, office.by(ADA, "click-4"), Reason.INTENDED)


def keep_runs(office: Office) -> None:
    """Keep the promises to compare, those a dead process had in hand first."""
    for promise in (*office.outbox.adrift(ACME, grace=timedelta(0)), *office.outbox.due(ACME)):
        if promise.kind != "run":
            continue
        attempt = office.outbox.claim(ACME, promise.key, was=promise.attempt_at)
        assert attempt
        report = office.reconcile.run(ACME, read_month(promise.payload["month"]))
        assert office.outbox.sent(ACME, attempt, report.run.id)
