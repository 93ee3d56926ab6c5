"""What is kept comes back as it was, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import ACME, ADA, JO, OCTOBER, PREMIUM, Office, billed_csv, bought_csv
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError, StatementError

from bot.services.decisions import Names, Reason
from bot.services.failures import AlreadyDecided, AskForAccess, NotFound, Refused, TooLargeToKeep
from bot.services.homes import LATELY, Filters
from bot.services.ids import PersonId, WorkspaceId
from bot.services.people import Owner, Person, Workspace
from bot.services.promises import Promised, PromiseKind
from bot.services.runs import ClientTotal
from bot.store.columns import to_money, to_units
from bot.store.engine import open_beside, open_engine
from bot.store.ledger import StoreLedger
from bot.store.secrets import Safe
from bot.store.verify import find_all_flaws
from recon import Direction, Kind, Limits, Money

NOW = datetime(2026, 10, 20, 9, 0, 0, 123456, tzinfo=UTC)
HAVE, PAY = [("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)]


@pytest.fixture
def opened(ledger: StoreLedger) -> Office:
    return Office(ledger).begins()


def test_evidence_past_its_time_is_found_without_reading_what_is_kept(opened: Office) -> None:
    opened.receives(HAVE, PAY)
    engine, asked = opened.ledger.engine, list[tuple[str, Any]]()
    event.listen(engine, "before_cursor_execute", lambda _, __, words, values, *___: asked.append((words, values)))
    with opened.ledger.open(ACME) as books:
        assert not books.files.has_older_than(NOW - timedelta(days=400), but=())
        assert not books.files.forget_older_than(NOW - timedelta(days=400), but=())

    about = [(words, values) for words, values in asked if "blobs" in words]
    assert len(about) == 2
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET enable_seqscan = off"))  # a table of a page is read whole otherwise
        explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
        for words, values in about:
            plan = " ".join(map(str, connection.exec_driver_sql(f"{explain} {words}", values).all()))
            assert "ix_blobs_workspace_at" in plan


def test_a_month_goes_all_the_way_on_both_databases(opened: Office) -> None:
    report = opened.receives(HAVE, PAY)
    gap = opened.gap("Acme")
    opened.hires(JO, approver=True, limit="50.0001")
    opened.decide.approve(gap.id, opened.by(JO, "click"))
    opened.undo.last(gap.id, opened.by(ADA))
    until = NOW + timedelta(days=9)
    opened.decide.dismiss(gap.id, opened.by(JO), Reason.BUNDLED, until=until, note="until May\0\ud800")
    opened.speak.same(Names(Kind.CLIENT, "Acme Ltd", "Acme"), opened.by(ADA), case=gap.id)
    opened.runs()
    opened.receives(HAVE, [("Acme", PREMIUM, 12)], "2026-11")

    assert opened.reconcile.replay(ACME, report.run.id).is_same
    assert [event.happening for event in opened.looking.why(ACME, gap.id).story] == [
        "opened",
        "decided",
        "taken back",
        "decided",
        "closed",
    ]
    with opened.ledger.look(ACME) as books:
        assert books.people.get(JO).limit == Money(Decimal("50.0001"), "USD")
        assert list(find_all_flaws(books)) == []
        assert books.decisions.of_case(gap.id)[1].note == "until May�?"


def test_a_client_with_a_new_name_keeps_what_it_has_on_both_databases(opened: Office) -> None:
    opened.receives(HAVE, PAY)
    case = opened.gap("Acme")
    opened.owners.set_owner(Owner(client="Acme", manager=JO), opened.by(ADA))
    opened.decide.approve(case.id, opened.by(ADA))
    opened.outbox.posted(ACME, "client:acme", "C-1", "17.1")

    opened.receives(HAVE, [("Acme Inc", PREMIUM, 10)], "2026-11")

    assert (opened.gap("Acme Inc").id, opened.gap("Acme Inc").decision) == (case.id, opened.case(case).decision)
    assert opened.owners.all(ACME) == (Owner(client="Acme Inc", manager=JO),)
    assert [opened.outbox.posts(ACME, f"client:{name}") for name in ("acme", "acmeinc")] == [{}, {"C-1": "17.1"}]
    assert len(opened.looking.history(ACME, case.id)) == 4
    assert {one.payload["client"] for one in opened.promised(PromiseKind.ALERT)} == {"Acme Inc"}
    with opened.ledger.look(ACME) as books:
        assert list(find_all_flaws(books)) == []


def test_what_was_said_twice_and_taken_back_once_is_as_it_was_written(opened: Office) -> None:
    opened.receives(HAVE, PAY)
    names = Names(Kind.CLIENT, "Acme Ltd", "Acme")
    first, second = (opened.speak.same(names, opened.by(ADA)) for _ in range(2))

    opened.undo.take_back(second.id, opened.by(ADA))

    with opened.ledger.look(ACME) as books:
        assert list(find_all_flaws(books)) == []
        last = books.answers.judgements().said[-1]
    with opened.ledger.open(ACME) as books:
        books.answers.say(last, decision=first.id)
    with opened.ledger.look(ACME) as books:
        assert list(find_all_flaws(books)) == ["judgement 5 is not as it was said"]


def test_what_is_told_of_the_money_is_the_same_on_both_databases(opened: Office) -> None:
    opened.receives(HAVE, PAY)
    gap = opened.gap("Acme")
    opened.decide.approve(gap.id, opened.by(ADA))
    opened.reports.homes.opened(ACME, ADA, "{}")
    opened.clock.pass_by(days=7)
    opened.receives(HAVE, [("Acme", PREMIUM, 12)], "2026-11")
    reports = opened.reports

    (flow,) = reports.statements.of_month(ACME).flows
    assert (str(flow.detected), str(flow.fixed), flow.ties) == ("$44.00", "$44.00", True)
    week = reports.weekly.week(ACME)
    assert [str(share.money) for one in week.sums for share in one.shares] == ["$44.00"]
    assert {one.age for one in week.sources} == {timedelta(0)}
    assert reports.what_if.of(ACME, Limits()).alerts == 1
    assert reports.homes.of(ACME, ADA, Filters()).queue == ()
    assert [promise.kind for promise in opened.promised(PromiseKind.HOME)] == []
    opened.clock.pass_by(seconds=5)
    assert [promise.kind for promise in opened.promised(PromiseKind.HOME)] == [PromiseKind.HOME]


def test_no_run_is_read_but_those_that_are_shown(opened: Office) -> None:
    months = ["2026-10", "2026-10", "2026-11", "2026-10", "2026-11"]
    runs = [opened.receives([("Acme", PREMIUM, 12 + n)], PAY, month).run.id for n, month in enumerate(months)]
    with opened.ledger.engine.begin() as connection:
        spoilt = text("UPDATE runs SET figures = '{}' WHERE runs.workspace = :workspace AND id = :id")
        connection.execute(spoilt, {"workspace": ACME, "id": runs[1]})
    shown = [opened.receives([("Acme", PREMIUM, 30 + n)], PAY, "2026-12").run.id for n in range(LATELY)]

    assert [one.run.id for one in opened.reports.homes.of(ACME, ADA, Filters()).lately] == shown[::-1]
    assert opened.looking.results_before(ACME, runs[3]) == (runs[1], runs[0])
    assert opened.looking.results_before(ACME, runs[2]) == ()
    assert [opened.looking.is_first(ACME, run) for run in (runs[0], runs[3], shown[0])] == [True, False, False]
    opened.clock.pass_by(days=20)
    assert opened.rhythm.advising.advice(ACME)


def test_figures_of_an_older_version_are_read(opened: Office) -> None:
    run = opened.receives([("Acme", PREMIUM, 12)], PAY).run.id
    old = (
        '{"lines":2,"matched":0,"gaps":1,"suppressed":0,"questions":0,"problems":0,"is_exact":false,'
        '"under":[["44.00","USD"]],"over":[],"clients":[["Acme",1,[["44.00","USD"]],[]]]}'
    )
    with opened.ledger.engine.begin() as connection:
        kept = text("UPDATE runs SET figures = :old WHERE runs.workspace = :workspace AND id = :id")
        connection.execute(kept, {"workspace": ACME, "id": run, "old": old})

    figures = opened.looking.run(ACME, run).figures

    assert (figures.estimated, figures.estimated_quiet) == (tuple(Direction), ())
    assert figures.clients == (ClientTotal("Acme", 1, figures.under, ()),)


def test_names_no_database_likes_are_kept_all_the_same(opened: Office) -> None:
    nasty = "x" * 5_000, "'; DROP TABLE gaps; --", "NUL\0 and <!channel>", "%_\\"
    have, pay = ([(name, f"{PREMIUM} {name}", seats) for name in nasty] for seats in (12, 10))
    opened.receives(have, pay)

    gaps = opened.looking.gaps(ACME)

    assert len(gaps) == len(nasty)
    for gap in gaps:
        opened.owners.set_owner(Owner(client=gap.gap.client, manager=JO), opened.by(ADA))
        opened.thresholds.set_limits(Limits(), opened.by(ADA), client=gap.gap.client)
        assert opened.looking.history(ACME, gap.id)
        assert not opened.decide.approve(gap.id, opened.by(ADA)).is_proposed
    assert opened.fixes.as_workbook(ACME)
    with opened.ledger.look(ACME) as books:
        assert list(find_all_flaws(books)) == []


def test_an_amount_no_database_holds_stops_the_run_with_a_sentence(opened: Office) -> None:
    others = [(f"Client {letter}", PREMIUM, 5) for letter in "ABCDEFGH"]
    opened.drops(bought_csv([("Acme", PREMIUM, 10_000_012), *others]), "pax8.csv")
    opened.drops(billed_csv(PAY, price="99999999.99"), "additions.csv", month=OCTOBER)

    with pytest.raises(TooLargeToKeep, match="is too large to be true"):
        opened.runs()


def test_a_block_that_ends_badly_leaves_nothing_behind(opened: Office) -> None:
    def fail() -> None:
        with opened.ledger.open(ACME) as books:
            books.people.put(Person(id=JO, name="Jo"))
            books.audit.record(JO, "tried", "nothing", {}, at=NOW)
            books.outbox.promise(Promised("key", PromiseKind.RUN, {}), at=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    with opened.ledger.look(ACME) as books:
        assert [person.id for person in books.people.all()] == [ADA]
        assert list(find_all_flaws(books)) == []
        with pytest.raises(NotFound):
            books.outbox.get("key")


def test_a_promise_is_made_once_per_key(opened: Office) -> None:
    with opened.ledger.open(ACME) as books:
        books.outbox.promise(Promised("key", PromiseKind.RUN, {"month": "2026-10"}), at=NOW)
        books.outbox.promise(
            Promised("key", PromiseKind.RUN, {"month": "2026-11"}), Promised("other", PromiseKind.RUN, {}), at=NOW
        )
        assert [promise.key for promise in books.outbox.due(NOW, 9, PromiseKind)] == ["key", "other"]
        assert books.outbox.get("key").payload == {"month": "2026-10"}


def test_writers_wait_for_one_another_and_no_update_is_lost(opened: Office) -> None:
    def count_up() -> None:
        for _ in range(20):
            with opened.ledger.open(ACME) as books:
                books.settings.put("count", str(int(books.settings.get("count") or 0) + 1))

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with opened.ledger.look(ACME) as books:
        assert books.settings.get("count") == "80"


def test_of_many_who_click_at_once_one_decides_and_the_others_learn_who(opened: Office) -> None:
    opened.receives(HAVE, PAY)
    gap = opened.gap("Acme")
    clickers = [PersonId(f"U{number}") for number in range(6)]
    for person in clickers:
        opened.hires(person, approver=True)
    won: list[str] = []
    lost: list[str] = []
    opened.new_id = iter(f"thread{number}" for number in range(100)).__next__

    def click(person: PersonId) -> None:
        try:
            won.append(opened.decide.approve(gap.id, opened.by(person)).by)
        except AlreadyDecided as late:
            lost.append(str(late))

    threads = [threading.Thread(target=click, args=(person,)) for person in clickers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(won) == 1
    assert len(lost) == 5
    assert all(sentence.startswith(won[0]) for sentence in lost)
    assert len(opened.fixes.to_do(ACME)) == 1


def test_two_workspaces_of_one_database_know_nothing_of_each_other(opened: Office) -> None:
    other = Office(opened.ledger, workspace=WorkspaceId("T2"), new_id=opened.new_id).begins()
    opened.receives(HAVE, PAY)
    gap = opened.gap("Acme")
    opened.decide.dismiss(gap.id, opened.by(ADA), Reason.NOISE)

    assert other.looking.gaps(other.workspace) == ()
    assert other.undo.standing(other.workspace) == ()
    assert other.promised() == []
    for ask in (
        lambda: other.looking.why(other.workspace, gap.id),
        lambda: other.decide.approve(gap.id, other.by(ADA)),
        lambda: other.undo.take_back(opened.undo.standing(ACME)[0].id, other.by(ADA)),
    ):
        with pytest.raises(Refused, match=r"I know no such (gap|decision)|No gap has"):
            ask()
    other.receives([("Acme", PREMIUM, 30)], PAY)
    assert int(opened.gap("Acme").gap.bought) == 12
    assert opened.ledger.workspaces() == ["T1", "T2"]


def test_books_of_a_workspace_nobody_installed_are_not_opened(opened: Office) -> None:
    for way in (opened.ledger.open, opened.ledger.look):
        with pytest.raises(NotFound, match="not set up"), way(WorkspaceId("T9")):
            pass
    assert not opened.ledger.found(Workspace(id=ACME, name="again"), at=NOW)


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'x'", "DELETE FROM audit", "DELETE FROM judgements"])
def test_what_is_written_down_for_good_can_not_be_changed(opened: Office, statement: str) -> None:
    opened.speak.same(Names(Kind.CLIENT, "a", "b"), opened.by(ADA))

    # Past the watch for workspaces, as a person with the database's own tools would.
    raw = opened.ledger.engine.raw_connection()
    with pytest.raises(Exception, match="is only ever added to"):
        raw.cursor().execute(statement)
    raw.close()


def test_moments_come_back_aware_and_exact(opened: Office) -> None:
    summer = datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    for moment in (NOW, summer):
        with opened.ledger.open(ACME) as books:
            books.heard.remember(str(moment), "x", at=moment)
            books.audit.record(ADA, "looked", str(moment), {}, at=moment)
    with opened.ledger.look(ACME) as books:
        assert [entry.at for entry in books.audit.entries()][-2:] == [NOW, summer]
        assert list(find_all_flaws(books)) == []
    with pytest.raises(StatementError, match="no time zone"), opened.ledger.open(ACME) as books:
        books.heard.remember("naive", "x", at=NOW.replace(tzinfo=None))


def test_secrets_are_sealed_and_keys_are_rotated(opened: Office) -> None:
    old, new = "x" * 43 + "=", "y" * 43 + "="
    sealed = StoreLedger(opened.ledger.engine, Safe((old,)))
    with sealed.open(ACME) as books:
        books.secrets.keep("bot token", "xoxb-1", at=NOW)

    both = StoreLedger(opened.ledger.engine, Safe((new, old)))
    with both.open(ACME) as books:
        assert books.secrets.rotate() == 1
    with StoreLedger(opened.ledger.engine, Safe((new,))).look(ACME) as books:
        assert books.secrets.get("bot token") == "xoxb-1"
        assert books.secrets.get("another") is None
        stored = books.shelf.connection.execute(text("SELECT sealed FROM secrets WHERE secrets.workspace = 'T1'"))
        assert b"xoxb" not in bytes(stored.scalar_one())
    with sealed.look(ACME) as books, pytest.raises(AskForAccess, match="can't be opened"):
        books.secrets.get("bot token")
    with opened.ledger.open(ACME) as books, pytest.raises(AskForAccess, match="no key"):
        books.secrets.keep("bot token", "xoxb-2", at=NOW)


@pytest.mark.parametrize("connect", [open_engine, open_beside])
def test_a_statement_that_fails_does_not_tell_what_it_was_about(
    database_url: str, connect: Callable[[str], Engine]
) -> None:
    engine = connect(database_url)

    with engine.connect() as connection, pytest.raises(DBAPIError) as failed:
        connection.execute(text("SELECT nothing FROM nowhere WHERE client = :client"), {"client": "Acme"})

    assert "Acme" not in str(failed.value)
    engine.dispose()


@given(st.decimals(-(10**14), 10**14, places=4))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_amount_comes_back_as_it_was(amount: Decimal) -> None:
    money = Money(amount, "USD")

    assert to_money(to_units(money), "USD") == money


def test_an_amount_too_large_to_be_true_is_a_sentence() -> None:
    with pytest.raises(TooLargeToKeep, match="is the file's decimal mark right"):
        to_units(Money(Decimal(10) ** 25, "USD"))
    with pytest.raises(ValueError, match="more than 4 decimals"):
        to_units(Money(Decimal("0.00001"), "USD"))
