"""What a list needs is read at once, however long the list is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from office import ACME, ADA, PREMIUM, Office, bought_csv
from sqlalchemy import event

from bot.services.freshness import look_at_sources
from bot.services.ids import PersonId
from bot.services.people import Person

CLIENTS = ["Acme", "Bolt", "Core", "Dune"]


@pytest.fixture
def busy(office: Office) -> Office:
    """Let four clients be billed for too little, and each of them be corrected."""
    office.receives([(client, PREMIUM, 12) for client in CLIENTS], [(client, PREMIUM, 10) for client in CLIENTS])
    for client in CLIENTS:
        office.decide.approve(office.gap(client).id, office.by(ADA))
    return office


def reads(office: Office, act: Callable[[], object]) -> list[str]:
    """Name the tables that are read from while something is done, each as often as it is."""
    asked: list[str] = []

    def note(_: object, __: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement.partition("FROM ")[2].split()[0])

    event.listen(office.ledger.engine, "before_cursor_execute", note)
    act()
    event.remove(office.ledger.engine, "before_cursor_execute", note)
    return asked


def test_the_list_of_fixes_is_read_at_once(busy: Office) -> None:
    asked = reads(busy, lambda: busy.fixes.as_csv(ACME))

    assert [asked.count(table) for table in ("corrections", "decisions", "people")] == [1, 1, 1]
    assert busy.fixes.as_csv(ACME).decode().count(",Ada,") == len(CLIENTS)


def test_the_files_of_a_source_are_read_once_for_its_age_and_whom_to_ask(busy: Office) -> None:
    sources = reads(busy, lambda: look_at(busy)).count("files")

    assert reads(busy, lambda: busy.rhythm.stale.ages(ACME)).count("files") == sources
    assert {one.by for one in busy.rhythm.stale.ages(ACME)} == {ADA}


def look_at(office: Office) -> None:
    with office.ledger.look(ACME) as books:
        look_at_sources(books, office.clock())


def test_clients_of_nobodys_are_found_at_once(busy: Office) -> None:
    assert reads(busy, lambda: busy.owners.unowned(ACME)).count("owners") == 1
    assert set(busy.owners.unowned(ACME)) == set(CLIENTS)


def test_a_list_of_owners_is_set_without_reading_everybody_for_each(busy: Office) -> None:
    mails = [f"{client.lower()}@msp.example" for client in CLIENTS]
    busy.directory.known = {mail: Person(id=PersonId(f"U-{mail}"), name=mail, email=mail) for mail in mails}
    rows = [f"{client},{mail}" for client, mail in zip(CLIENTS, mails, strict=True)]

    def bring(*some: str) -> list[str]:
        content = "\n".join(["client,email", *some]).encode()
        return reads(busy, lambda: busy.owners.read(content, busy.by(ADA)))

    first, rest = bring(rows[0]), bring(*rows[1:])

    assert [rest.count(table) for table in ("owners", "people")] == [first.count(one) for one in ("owners", "people")]
    assert busy.owners.unowned(ACME) == ()


def test_a_file_is_taken_in_without_looking_at_every_month_before_it(office: Office) -> None:
    def take_in(month: str) -> int:
        return reads(office, lambda: office.drops(bought_csv([("Acme", PREMIUM, 12)], month), month)).count("sources")

    office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 12)], "2026-06")
    first = take_in("2026-07")
    for month in ("2026-08", "2026-09"):
        office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 12)], month)

    assert take_in("2026-10") == first
