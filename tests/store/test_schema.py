"""The tables get where they should be, and a change to what is kept is found."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from databases import Postgres
from office import ACME, ADA, PREMIUM, Office, billed_csv
from sqlalchemy import inspect, text
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.doctor import UNWELL
from bot.services.decisions import Names, Reason
from bot.services.packing import pack
from bot.services.people import Owner
from bot.store.engine import open_engine, read_url
from bot.store.inbox import metadata as of_the_inbox
from bot.store.inbox import open_inbox
from bot.store.ledger import StoreLedger
from bot.store.schema import config, current, migrate, newest
from bot.store.tables import metadata
from recon import Kind, Stopped


def run(url: str, *arguments: str) -> tuple[int, str]:
    env = {"GAPWATCH_DATABASE_URL": url, "COLUMNS": "200", "TERM": "dumb"}
    result = CliRunner(env=env).invoke(app, list(arguments))
    return result.exit_code, result.output


def is_ours(_: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:  # noqa: FBT001 - as Alembic asks
    return not (kind == "table" and reflected and other is None and name not in metadata.tables)


def test_the_migrations_lead_to_the_tables_the_code_knows(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE of_another_engine (id INTEGER)"))
        options = {"include_object": is_ours, "compare_type": False}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, metadata)
        connection.rollback()
    engine.dispose()

    assert differences == []


def test_the_inbox_is_made_with_the_tables_and_not_by_whoever_starts_first(postgres: Postgres) -> None:
    with postgres.copy() as url:
        engine = open_inbox(url)
        with engine.connect() as connection:
            options = {"include_name": lambda name, kind, _: kind != "table" or name == "inbox"}
            assert compare_metadata(MigrationContext.configure(connection, opts=options), of_the_inbox) == []
            connection.execute(text("DROP TABLE inbox"))
            connection.commit()
        engine.dispose()

        engine = open_inbox(url)
        assert not inspect(engine).has_table("inbox")
        engine.dispose()


def test_an_inbox_that_a_process_made_is_left_as_it_is(postgres: Postgres) -> None:
    with postgres.copy() as url:
        engine = open_engine(url)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
            command.upgrade(config(connection), "0005")
            of_the_inbox.create_all(connection)
            connection.execute(text("INSERT INTO inbox (once, workspace, holder, body) VALUES ('1', 'T1', 'me', '{}')"))

        migrate(engine)

        with engine.connect() as connection:
            assert connection.execute(text("SELECT once FROM inbox")).scalars().all() == ["1"]
        engine.dispose()


def test_every_table_carries_the_workspace_in_its_key() -> None:
    keys = {table.name: next(iter(table.primary_key.columns)).name for table in metadata.sorted_tables}
    of_the_machine = {"instances"}  # processes serve every workspace

    assert {name for name, key in keys.items() if key != "workspace"} == of_the_machine


def test_migrating_twice_changes_nothing_and_keeps_what_is_there(database_url: str) -> None:
    engine = open_engine(database_url)
    office = Office(StoreLedger(engine)).begins()
    migrate(engine)

    assert current(engine) == newest()
    assert len(office.joining.people(ACME)) == 1
    engine.dispose()


def test_a_new_database_is_migrated_and_then_up_to_date(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"

    assert run(url, "migrate")[1].strip().endswith(f"is at {newest()} now; it was at nothing.")
    assert run(url, "migrate")[1].strip().endswith(f"is up to date ({newest()}).")


@pytest.mark.parametrize("command", ["migrate", "release", "doctor"])
def test_tables_of_a_newer_version_are_said_to_be_that_and_left_alone(sqlite_url: str, command: str) -> None:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")

    code, said = run(sqlite_url, command)

    assert code == (UNWELL if command == "doctor" else 2)
    assert "The tables are of a newer version than this program: they are at 9999" in said
    assert "gapwatch migrate" not in said
    assert file.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
    file.close()


def test_sqlite_keeps_what_it_answered(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with engine.connect() as connection:
        kept = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")]
        assert [*kept, connection.execute(text("PRAGMA foreign_keys")).scalar()] == ["wal", 2, 1]
    engine.dispose()


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "nonsense"])
def test_a_database_that_can_not_hold_books_is_a_sentence(url: str) -> None:
    with pytest.raises(Stopped, match="SQLite"):
        read_url(url) if url != "nonsense" else read_url("sqlite:///")
    code, said = run(url, "migrate")
    assert code == 2
    assert "Traceback" not in said


def test_a_postgres_address_is_read_as_hosting_services_write_it() -> None:
    assert str(read_url("postgres://me:pw@db/books")) == "postgresql+psycopg://me:***@db/books"


def a_month_with_decisions(url: str) -> None:
    engine = open_engine(url)
    office = Office(StoreLedger(engine)).begins()
    office.receives([("Acme", PREMIUM, 12), ("Hooli", PREMIUM, 4)], [("Acme", PREMIUM, 10), ("Hooli", PREMIUM, 3)])
    office.decide.dismiss(office.gap("Acme").id, office.by(ADA), Reason.NOISE)
    office.decide.approve(office.gap("Hooli").id, office.by(ADA))
    office.speak.same(Names(Kind.CLIENT, "Acme Ltd", "Acme"), office.by(ADA))
    office.owners.set_owner(Owner(client="Acme", manager=ADA), office.by(ADA))
    engine.dispose()


def test_a_run_is_replayed_from_its_evidence_and_a_changed_file_is_noticed(sqlite_url: str, tmp_path: Path) -> None:
    a_month_with_decisions(sqlite_url)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as file:
        (run_id,) = file.execute("SELECT id FROM runs").fetchone()

    code, said = run(sqlite_url, "replay", run_id, "--out", str(tmp_path / "result.json"))
    assert (code, "the same" in said) == (0, True)
    assert (tmp_path / "result.json").read_bytes().startswith(b"{")

    changed = pack(billed_csv([("Acme", PREMIUM, 11), ("Hooli", PREMIUM, 3)]))
    file.execute(
        "UPDATE blobs SET content = ? WHERE digest = (SELECT digest FROM files WHERE side = 'billed')",
        (changed.content,),
    )
    file.commit()
    file.close()
    code, said = run(sqlite_url, "replay", run_id)
    assert (code, "another now" in said) == (1, True)
    assert run(sqlite_url, "replay", "nothing")[0] == 2


@pytest.mark.parametrize(
    ("then", "code", "words"),
    [
        ({"bundled": "gone"}, 0, "the same result, in other bytes. What is new since stands beside: gaps[].bundled."),
        ({"billed": "4"}, 1, "the result is another now, in gaps[].billed."),
    ],
)
def test_a_run_kept_before_a_field_came_is_the_same_result_and_another_is_told_by_its_fields(
    sqlite_url: str, then: dict[str, str], code: int, words: str
) -> None:
    a_month_with_decisions(sqlite_url)
    engine = open_engine(sqlite_url)
    office = Office(StoreLedger(engine))
    with office.ledger.look(ACME) as books:
        (known,) = books.runs.all()
        kept = json.loads(books.files.get(known.document))
    for gap in kept["gaps"]:
        gap.update(then)
        if then.get("bundled"):
            del gap["bundled"]
    with office.ledger.open(ACME) as books:
        other = books.files.keep(pack(json.dumps(kept).encode()), at=office.clock())
    with engine.begin() as connection:
        connection.execute(text("UPDATE runs SET document = :other"), {"other": other})
    engine.dispose()

    assert run(sqlite_url, "replay", known.id)[0] == code
    said = " ".join(run(sqlite_url, "replay", known.id)[1].split())
    assert words in said
    assert "matcher" not in said


def test_books_nobody_touched_are_verified(sqlite_url: str) -> None:
    a_month_with_decisions(sqlite_url)

    code, said = run(sqlite_url, "audit", "verify")

    assert (code, "entries are as they were written" in said) == (0, True)


@pytest.mark.parametrize("command", [("audit", "verify"), ("replay", "1")])
def test_where_there_are_no_books_nothing_is_said_to_be_well_and_nothing_made(
    sqlite_url: str, tmp_path: Path, command: tuple[str, ...]
) -> None:
    nowhere = tmp_path / "mistyped.db"

    code, said = run(f"sqlite:///{nowhere}", *command)
    assert (code, f"There is no database at sqlite:///{nowhere}." in said, nowhere.exists()) == (2, True, False)

    code, said = run(sqlite_url, *command)
    assert (code, "holds no books yet" in said) == (2, True)


def test_what_was_there_before_there_were_seals_is_sealed_when_the_tables_are_brought_up_to_date(
    sqlite_url: str,
) -> None:
    a_month_with_decisions(sqlite_url)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as file:
        file.execute("DROP TABLE seals")
        file.execute("ALTER TABLE outbox DROP COLUMN cuts")
        file.execute("DROP INDEX ix_blobs_workspace_at")
        file.execute("DROP TABLE signs")
        file.execute("UPDATE alembic_version SET version_num = '0004'")
    file.close()

    assert run(sqlite_url, "migrate")[0] == 0

    code, said = run(sqlite_url, "audit", "verify")
    assert (code, "entries are as they were written" in said) == (0, True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE audit SET subject = subject || 'x' WHERE number = 5", "entry 5 ("),
        ("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE number = 3", "entry 3 ("),
        ("UPDATE audit SET seal = 'x' WHERE number = 4", "entry 5 does not follow"),
        ("DELETE FROM audit WHERE number = 2", "entry 2 is missing"),
        ("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)", "the chain should end with entry"),
        ("UPDATE judgements SET billed = 'Evil Corp'", "judgement 1 is not as it was said"),
        ("DELETE FROM judgements", "is missing"),
        ("UPDATE decisions SET reason = 'intended' WHERE reason = 'noise'", "is not as it was taken"),
        ("UPDATE decisions SET by = 'U-evil' WHERE verb = 'approve'", "is not as it was taken"),
        (
            "UPDATE blobs SET content = CAST(content || x'00' AS BLOB) WHERE size = (SELECT max(size) FROM blobs)",
            "were changed",
        ),
        ("UPDATE decisions SET note = 'bundled' WHERE verb = 'approve'", "is not as it was written"),
        ("UPDATE decisions SET wakes_at = '2030-01-01 00:00:00.000000' WHERE verb = 'dismiss'", "is not as it was"),
        ("UPDATE decisions SET at = 'nonsense' WHERE verb = 'dismiss'", "is not as it was written"),
        ("UPDATE corrections SET now = '40'", "corrections "),
        ("UPDATE corrections SET now = '4x'", "corrections "),
        ("UPDATE corrections SET money = money + 1", "corrections "),
        ("DELETE FROM corrections", "is missing"),
        ("UPDATE gaps SET stated = replace(stated, '12', '13')", "gaps "),
        ("UPDATE gaps SET monthly = 0", "gaps "),
        ("UPDATE gap_events SET told = '{}' WHERE number = 1", "gap_events "),
        ("UPDATE runs SET figures = replace(figures, '2', '3')", "runs "),
        ("UPDATE files SET month = '2026-09' WHERE side = 'bought'", "files "),
        ("UPDATE sources SET lines = 1", "sources "),
        ("INSERT INTO profiles VALUES ('T1', 'x', '{}', 'U-evil', '2026-01-01 00:00:00.000000')", "was slipped in"),
        ("UPDATE audit SET at = 'nonsense' WHERE number = 3", "can't be read"),
        ("UPDATE audit SET detail = '{}' WHERE action LIKE 'decided%'", "can't be read"),
        ("UPDATE settings SET value = '1'", "settings "),
        ("UPDATE people SET is_admin = 1 - is_admin", "people "),
        ("UPDATE owners SET manager = 'U-evil'", "owners "),
        ("INSERT INTO settings (workspace, name, scope, value) VALUES ('T1', 'x', '', '1')", "was slipped in"),
        ("UPDATE seals SET seal = 'x' WHERE of_table = 'runs'", "runs "),
    ],
)
def test_any_change_behind_the_bots_back_is_found_and_its_row_named(
    sqlite_url: str, change: str, sentence: str
) -> None:
    a_month_with_decisions(sqlite_url)
    file = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    for (trigger,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f"DROP TRIGGER {trigger}")
    file.execute(change)
    file.commit()
    file.close()

    code, said = run(sqlite_url, "audit", "verify")

    assert code == 1
    assert sentence in said
