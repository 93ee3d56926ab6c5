"""People drop files in Slack, and are answered in their thread."""

from __future__ import annotations

from office import PREMIUM, VISIO, billed_csv, bought_csv
from talking.salon import Salon

from bot.sandbox import Seen
from bot.services.promises import PromiseKind
from bot.slack.views.reading import FileCard, file_read

PAX8 = bought_csv([("Acme", PREMIUM, 12)])
UNCLEAR = b"Customer,Product,Alpha,Beta,Charge Start,Charge End\n" + b"".join(
    f"{client},{VISIO},{n},{n + 1},2026-10-01,2026-10-31\n".encode()
    for n, client in enumerate(("Acme", "Bolt", "Cog"), 3)
)


def dropped(salon: Salon, name: str, content: bytes) -> list[Seen]:
    """Drop a file, and read what is said in its thread."""
    message = salon.dana.drops(name, content, "billing")
    reads(salon)
    return salon.dana.sees("billing", message)[1:]


def reads(salon: Salon) -> None:
    """Let the bot hear what was dropped, and read it."""
    salon.slack.settles()
    salon.keeps_its_promises(PromiseKind.FILE)


def test_a_file_is_answered_in_its_thread(salon: Salon) -> None:
    (answer,) = dropped(salon, "pax8.csv", PAX8)

    assert "1 line, 1 client" in answer.text
    assert "October 2026: what was bought." in answer.text
    assert "I still need what is billed" in answer.text


def test_both_sides_of_a_month_promise_a_run_once(salon: Salon) -> None:
    dropped(salon, "pax8.csv", PAX8)
    dropped(salon, "additions-2026-10.csv", billed_csv([("Acme", PREMIUM, 10)]))
    salon.slack.sends_again("message")
    reads(salon)

    assert len(salon.office.promised(PromiseKind.RUN)) == 1


def test_what_was_wanted_of_a_month_is_no_longer_once_it_is_there(salon: Salon) -> None:
    (first,) = dropped(salon, "pax8.csv", PAX8)
    dropped(salon, "additions-2026-10.csv", billed_csv([("Acme", PREMIUM, 10)]))
    salon.keeps_its_promises(PromiseKind.RECEIPT)

    (shown,) = [
        one for top in salon.dana.sees("billing") for one in salon.dana.sees("billing", top) if one.ts == first.ts
    ]
    assert "I still need" not in shown.words
    assert "October 2026: what was bought. Both sides of October 2026 are here" in shown.text
    assert shown.buttons == first.buttons


def test_a_third_file_of_a_month_corrects_nothing(salon: Salon) -> None:
    dropped(salon, "pax8.csv", PAX8)
    dropped(salon, "additions-2026-10.csv", billed_csv([("Acme", PREMIUM, 10)]))
    salon.keeps_its_promises(PromiseKind.RECEIPT)

    dropped(salon, "additions-2026-10.csv", billed_csv([("Acme", PREMIUM, 11)]))

    assert salon.office.promised(PromiseKind.RECEIPT) == []


def test_the_same_event_twice_is_answered_once_and_the_same_bytes_are_known(salon: Salon) -> None:
    message = salon.dana.drops("pax8.csv", PAX8, "billing")
    reads(salon)
    salon.slack.sends_again("message")
    reads(salon)
    (again,) = dropped(salon, "copy.csv", PAX8)

    assert len(salon.dana.sees("billing", message)) == 2
    assert "I already have this exact file: handed in by Dana on 20 Oct 2026" in again.text


def test_a_column_is_asked_about_once_and_remembered(salon: Salon) -> None:
    said = dropped(salon, "odd.csv", UNCLEAR)
    question = next(one for one in said if "quantity" in one.words)

    salon.dana.presses(question.buttons[0], question)
    salon.keeps_its_promises(PromiseKind.ANSWER, PromiseKind.RECEIPT)

    now = salon.dana.sees("billing", salon.dana.sees("billing")[0])
    assert any("Dana said: " in one.words for one in now)
    assert "lines" in now[-1].text or now[-1].buttons
    later = dropped(salon, "odd-later.csv", UNCLEAR.replace(b"3,4", b"4,5"))
    assert not any("quantity column" in one.words for one in later)


def test_a_file_that_is_no_table_gets_a_sentence(salon: Salon) -> None:
    (said,) = dropped(salon, "logo.png", b"\x89PNG\r\n\x1a\n\x00\x00")

    assert "can" in said.text


def test_without_the_scope_it_is_named(salon: Salon) -> None:
    scopes = [scope for scope in salon.slack.app()["installation"]["scopes"] if scope != "files:read"]
    salon.slack.grants(scopes)

    (said,) = dropped(salon, "pax8.csv", PAX8)

    assert "files:read" in said.text
    assert salon.office.promised() == []


def test_owners_are_imported_from_a_list(salon: Salon) -> None:
    salon.office.directory.known["jo@msp.example"] = salon.office.joining.people(salon.office.workspace)[0]

    (said,) = dropped(salon, "owners.csv", b"client,email\nAcme,jo@msp.example\nBolt,kim@msp.example\n")

    assert "1 client now has an owner." in said.text
    assert "kim@msp.example" in said.words


def test_of_a_file_nobody_has_explained_yet_no_lines_are_counted() -> None:
    unknown = FileCard(name="big.csv", source=None, side=None, month=None, lines=0, clients=0)

    told = file_read(unknown).text

    assert told == "big.csv: an export of a system I don't know. Is it bought or billed?"
