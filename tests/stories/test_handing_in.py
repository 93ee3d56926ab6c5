"""People hand files in by the form and by the shortcut, and ask for months and files."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from office import PREMIUM, VISIO, billed_csv, bought_csv
from talking.salon import BILLING, Salon

from bot.sandbox import Screen, Seen
from bot.services.promises import PromiseKind

PAX8 = bought_csv([("Acme", PREMIUM, 12)])
PAYS = billed_csv([("Acme", PREMIUM, 10)])


def form(salon: Salon, channel: str = "billing") -> Screen:
    assert salon.dana.types("/reconcile", channel).ok
    opened = salon.dana.modal
    assert opened is not None
    return opened


def told(salon: Salon, channel: str = "billing") -> str:
    """Read the last thing that Dana alone was told."""
    return [one for one in salon.dana.sees(channel) if one.is_ephemeral][-1].words


def hands_in(salon: Salon, **values: object) -> dict[str, str]:
    """Fill the form in and send it; the answer is what is wrong with it."""
    return dict(salon.dana.submits(values).errors)


def answers(salon: Salon) -> list[str]:
    """Read the thread that the last form began."""
    head = salon.dana.waits_for("handed", "billing")
    return [one.text for one in salon.dana.sees("billing", head)[1:]]


def test_both_sides_are_handed_in_by_the_form_and_compared(salon: Salon) -> None:
    assert form(salon).title == "Reconcile"
    bought, billed = salon.dana.hands_in("pax8.csv", PAX8), salon.dana.hands_in("additions.csv", PAYS)

    assert hands_in(salon, bought=[bought], billed=[billed], month="2026-10") == {}
    assert salon.dana.modal is None
    salon.keeps_its_promises()

    assert "Dana handed 2 files in" in salon.dana.waits_for("handed", "billing").text
    first, second = answers(salon)
    assert "1 line, 1 client" in first
    assert "I still need" not in first + second
    assert all("Both sides of October 2026 are here" in one for one in (first, second))
    assert salon.case(PREMIUM).gap.seats == 2


@pytest.mark.parametrize("ending", ["xls", "xml", "html", "htm", "csv.gz", "zip"])
def test_the_form_takes_every_kind_of_file_that_can_be_read(salon: Salon, ending: str) -> None:
    form(salon)
    export = salon.dana.hands_in(f"pax8.{ending}", PAX8)

    assert hands_in(salon, bought=[export]) == {}


def test_what_is_wrong_with_the_form_is_said_beside_its_field(salon: Salon) -> None:
    form(salon)
    file = salon.dana.hands_in("pax8.csv", PAX8)

    assert hands_in(salon) == {"bought": "Choose at least one export, of either side."}
    assert "as a month" in hands_in(salon, bought=[file], month="soon")["month"]
    assert "more than a year ahead" in hands_in(salon, bought=[file], month="2062-10")["month"]
    assert salon.office.promised() == []

    assert hands_in(salon, bought=[file], month="2026-10") == {}
    assert len(salon.office.promised(PromiseKind.FILE)) == 1


def test_a_file_handed_in_again_by_the_form_is_known(salon: Salon) -> None:
    for _ in range(2):
        form(salon)
        hands_in(salon, bought=[salon.dana.hands_in("pax8.csv", PAX8)])
        salon.keeps_its_promises()

    (answer,) = answers(salon)
    assert "already have this exact file" in answer


def test_a_short_file_that_is_said_to_be_whole_needs_no_second_word(salon: Salon) -> None:
    many = [(f"Client {number}", PREMIUM, 5) for number in range(8)]
    salon.office.receives(many, many)
    form(salon)
    few = salon.dana.hands_in("pax8-2026-11.csv", bought_csv(many[:2], "2026-11"))

    hands_in(salon, bought=[few], whole=["whole"])
    salon.keeps_its_promises(PromiseKind.FILE)

    assert not any("is it whole" in one for one in answers(salon))


def test_where_the_bot_is_not_it_answers_in_direct_messages(salon: Salon) -> None:
    salon.slack.new_channel("elsewhere", by="dana")
    form(salon, "elsewhere")
    hands_in(salon, bought=[salon.dana.hands_in("pax8.csv", PAX8)])
    salon.keeps_its_promises()

    direct = salon.client.conversations_open(users=salon.dana.id)["channel"]["id"]
    head = salon.dana.waits_for("handed", direct)
    assert "1 line, 1 client" in salon.dana.sees(direct, head)[1].text


def test_the_shortcut_reads_a_file_that_was_dropped_before_the_bot_came(salon: Salon) -> None:
    salon.slack.new_channel("exports", by="dana")
    message = salon.dana.drops("pax8.csv", PAX8, "exports")
    salon.dana.invites("gapwatch", "exports")

    assert salon.dana.uses("Reconcile this file", message).ok
    salon.keeps_its_promises()

    said = [one for one in salon.dana.sees("exports", message)[1:] if not one.is_ephemeral]
    assert "1 line, 1 client" in said[0].text


def test_the_shortcut_on_a_message_without_a_file_says_so(salon: Salon) -> None:
    message = salon.dana.says("Lunch?", "billing")

    assert salon.dana.uses("Reconcile this file", message).ok

    assert "no file in this message" in told(salon)
    assert salon.office.promised() == []


def test_the_shortcut_where_the_bot_is_not_says_how_to_go_on(salon: Salon) -> None:
    salon.slack.new_channel("exports", by="dana", private=True)
    message = salon.dana.drops("pax8.csv", PAX8, "exports")

    assert salon.dana.uses("Reconcile this file", message).ok
    salon.keeps_its_promises()

    direct = salon.client.conversations_open(users=salon.dana.id)["channel"]["id"]
    assert "invite me" in salon.dana.sees(direct)[-1].text


def test_a_month_is_compared_again_only_if_that_says_something_new(salon: Salon) -> None:
    salon.dana.types("/reconcile run", "billing")
    assert "Nothing has been handed in yet" in told(salon)
    salon.office.drops(PAX8, "pax8.csv")
    salon.dana.types("/reconcile run", "billing")
    assert "I still need what is billed in October 2026" in told(salon)

    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    salon.dana.types("/reconcile run 2026-10", "billing")
    assert "Nothing has changed for October 2026" in told(salon)
    assert "$44.00 a month not billed" in told(salon)

    salon.office.drops(bought_csv([("Acme", PREMIUM, 14)]), "pax8-2026-10.csv")
    salon.keeps_its_promises(PromiseKind.FILE)
    salon.dana.types("/reconcile run", "billing")
    assert "I am comparing October 2026" in told(salon)
    assert len(salon.office.promised(PromiseKind.RUN)) == 2


@pytest.mark.parametrize(
    "words",
    ["run Oktober", "export nonsense", "export 2026-10 csv", "export csv", "export statement csv", "export 2025-01"],
)
def test_what_can_not_be_done_is_a_sentence(salon: Salon, words: str) -> None:
    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])

    assert salon.dana.types(f"/reconcile {words}", "billing").ok

    assert told(salon).strip()
    assert salon.office.promised(PromiseKind.EXPORT) == []


def exported(salon: Salon, channel: str = "billing", thread: Seen | None = None) -> bytes:
    salon.keeps_its_promises(PromiseKind.EXPORT)
    (file,) = next(one.files for one in reversed(salon.dana.sees(channel, thread)) if one.files)
    return salon.dana.reads_file(file["id"])


def test_a_month_the_fixes_and_the_decisions_come_as_files(salon: Salon) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 12), ("Acme", VISIO, 3)], [("Acme", PREMIUM, 10), ("Acme", VISIO, 1)])
    salon.dana.presses("Approve", salon.shown(alert, PREMIUM))

    salon.dana.types("/reconcile export", "billing")
    assert "I am writing October 2026." in told(salon)
    book = openpyxl.load_workbook(BytesIO(exported(salon)))
    assert "Lines" in " ".join(book.sheetnames) or len(book.sheetnames) > 2

    salon.dana.types("/reconcile export fixes csv", "billing")
    assert b"Acme,Microsoft 365 Business Premium" in exported(salon)

    salon.dana.says("export decisions csv", "billing", thread=alert)
    salon.slack.settles()
    said = exported(salon, thread=alert)
    assert b"approve,Dana" in said


def test_a_file_whose_answer_was_lost_is_put_there_once(salon: Salon) -> None:
    salon.office.clock.now = salon.office.clock.now.fromtimestamp(salon.slack.now(), salon.office.clock.now.tzinfo)
    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    salon.dana.types("/reconcile export fixes", "billing")
    (promise,) = salon.office.promised(PromiseKind.EXPORT)
    first = salon.office.outbox.claim(salon.office.workspace, promise.key)
    assert first
    salon.brings(first)

    salon.office.clock.pass_by(minutes=5)
    again = salon.office.outbox.claim(salon.office.workspace, promise.key, was=first.attempt_at)
    assert again
    assert salon.keeps(again)

    assert len([one for one in salon.dana.sees("billing") if one.files]) == 1


def test_a_file_asked_for_where_the_bot_is_not_comes_in_direct_messages(salon: Salon) -> None:
    salon.office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    salon.slack.new_channel("elsewhere", by="dana")

    salon.dana.types("/reconcile export fixes csv", "elsewhere")
    direct = salon.client.conversations_open(users=salon.dana.id)["channel"]["id"]

    assert exported(salon, direct)


def test_words_of_the_command_are_understood_in_a_thread_and_in_direct_messages(salon: Salon) -> None:
    alert = salon.alerts([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    for words, sentence in (("gaps", "1 gap open at Acme"), ("status", "October 2026"), ("fixes", "Nothing to fix")):
        salon.dana.says(words, "billing", thread=alert)
        salon.slack.settles()
        assert sentence in salon.dana.sees("billing", alert)[-1].text

    direct = salon.client.conversations_open(users=salon.dana.id)["channel"]["id"]
    for words, sentence in (
        ("status", "October 2026"),
        ("hello?", "I don't know “hello?”"),
        ("approve", "thread of a"),
    ):
        salon.dana.says(words, direct)
        salon.slack.settles()
        assert sentence in salon.dana.sees(direct)[-1].words


def test_the_history_of_a_gap_is_shown_by_command(salon: Salon) -> None:
    salon.alerts([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])

    salon.dana.types(f"/reconcile history {salon.case(PREMIUM).id}", BILLING)

    assert "12 bought and 10 billed" in told(salon)
