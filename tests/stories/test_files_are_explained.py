"""People say what a file does not, and set right what it was taken for."""

from __future__ import annotations

from office import PREMIUM, VISIO, billed_csv, bought_csv
from talking.salon import Salon

from bot.sandbox import Seen
from bot.services.exports import FileState
from bot.services.promises import PromiseKind
from recon import Month, Side

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
HAVE, PAY = [("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)]
UNCLEAR = b"Customer,Product,Alpha,Beta,Charge Start,Charge End\n" + b"".join(
    f"{client},{VISIO},{n},{n + 1},2026-10-01,2026-10-31\n".encode()
    for n, client in enumerate(("Acme", "Bolt", "Cog"), 3)
)


def drops(salon: Salon, name: str, content: bytes) -> Seen:
    message = salon.dana.drops(name, content, "billing")
    keeps(salon)
    return message


def keeps(salon: Salon) -> None:
    """Let the bot hear what people did, and read what it must."""
    salon.slack.settles()
    salon.keeps_its_promises(PromiseKind.FILE, PromiseKind.ANSWER, PromiseKind.RECEIPT)


def thread(salon: Salon, message: Seen) -> list[Seen]:
    return [one for one in salon.dana.sees("billing", message)[1:] if not one.is_ephemeral]


def with_button(salon: Salon, message: Seen, words: str) -> Seen:
    return next(one for one in thread(salon, message) if words in one.buttons)


def runs(salon: Salon) -> list[str]:
    return [promise.payload["month"] for promise in salon.office.promised(PromiseKind.RUN)]


def in_use(salon: Salon, month: Month) -> list[str]:
    return sorted(file.name for file in salon.office.readiness(month).files)


def test_an_answer_takes_the_place_of_its_question_at_once_and_is_read_later(salon: Salon) -> None:
    message = drops(salon, "odd.csv", UNCLEAR)
    question = next(one for one in thread(salon, message) if "quantity" in one.words)
    assert salon.dana.presses("Alpha", question).ok

    (asked,) = [one for one in thread(salon, message) if one.ts == question.ts]
    assert asked.buttons == []
    assert "Dana said: Alpha. I will remember it." in asked.words
    assert "quantity" in asked.words
    assert len(salon.office.promised(PromiseKind.ANSWER)) == 1

    salon.dana.presses("Beta", question, stale=True)
    keeps(salon)
    said = [one.words for one in thread(salon, message)]
    assert len([one for one in said if "settled already" in one]) == 1
    with salon.office.ledger.look(salon.office.workspace) as books:
        answers = [entry.detail for entry in books.audit.entries() if entry.action == "answered"]
    assert answers == ['{"answers":["quantity=Alpha"]}']


def test_each_question_is_asked_once_and_each_file_that_waited_is_told_of_in_its_own_thread(salon: Salon) -> None:
    first = drops(salon, "odd.csv", UNCLEAR)
    second = drops(salon, "odd-november.csv", UNCLEAR.replace(b"2026-10", b"2026-11"))
    asked = [one for one in thread(salon, first) if "quantity" in one.words]
    assert len(asked) == 1

    salon.dana.presses("Alpha", asked[0])
    keeps(salon)

    for message in (first, second):
        words = [one.words for one in thread(salon, message)]
        assert len(words) == len(set(words))
        sides = [one for one in thread(salon, message) if "what a vendor says was bought" in one.words]
        assert len(sides) == 1


def test_an_answer_cut_off_after_it_was_kept_is_not_called_settled(salon: Salon) -> None:
    message = drops(salon, "odd.csv", UNCLEAR)
    salon.dana.presses("Alpha", next(one for one in thread(salon, message) if "quantity" in one.words))
    (promise,) = salon.office.promised(PromiseKind.ANSWER)
    first = salon.office.outbox.claim(salon.office.workspace, promise.key)
    assert first
    salon.brings(first)

    salon.office.clock.pass_by(minutes=5)
    again = salon.office.outbox.claim(salon.office.workspace, promise.key, was=first.attempt_at)
    assert again
    assert salon.keeps(again)

    assert not any("settled already" in one.words for one in thread(salon, message))


def test_a_file_of_the_wrong_month_is_moved_and_both_months_are_compared_again(salon: Salon) -> None:
    drops(salon, "pax8-october.csv", bought_csv(HAVE))
    salon.office.drops(billed_csv(PAY), "additions-2026-10.csv", month=OCTOBER)
    salon.office.drops(billed_csv(PAY), "additions-2026-11.csv", month=NOVEMBER)
    later = drops(salon, "pax8-2026.csv", bought_csv([("Acme", PREMIUM, 20)]))
    salon.office.runs()
    assert in_use(salon, OCTOBER) == ["additions-2026-10.csv", "pax8-2026.csv"]

    salon.dana.presses("Wrong month or side…", with_button(salon, later, "Wrong month or side…"))
    assert "more than a year ahead" in dict(salon.dana.submits({"month": "2036-11"}).errors)["month"]
    assert salon.dana.submits({"month": "2026-11"}).ok
    keeps(salon)

    assert in_use(salon, NOVEMBER) == ["additions-2026-11.csv", "pax8-2026.csv"]
    assert in_use(salon, OCTOBER) == ["additions-2026-10.csv", "pax8-october.csv"]
    assert sorted(runs(salon)) == ["2026-10", "2026-11"]
    assert "November 2026: what was bought" in thread(salon, later)[-1].text


def test_a_side_that_was_taken_wrongly_is_set_right_and_remembered(salon: Salon) -> None:
    message = drops(salon, "additions-2026-10.csv", billed_csv(PAY))

    salon.dana.presses("Wrong month or side…", with_button(salon, message, "Wrong month or side…"))
    salon.dana.submits({"side": "bought"})
    keeps(salon)

    files = salon.office.readiness(OCTOBER).files
    assert [file.side for file in files] == [Side.BOUGHT]
    later = drops(salon, "additions-2026-11.csv", billed_csv([("Acme", PREMIUM, 11)]))
    assert "what was bought" in thread(salon, later)[0].text


def test_a_newer_file_of_the_same_source_and_month_takes_the_place_of_the_older_and_says_so(salon: Salon) -> None:
    drops(salon, "pax8.csv", bought_csv(HAVE))
    newer = drops(salon, "pax8-corrected.csv", bought_csv([("Acme", PREMIUM, 13)]))

    assert "It replaces pax8.csv." in thread(salon, newer)[0].words
    assert in_use(salon, OCTOBER) == ["pax8-corrected.csv"]


def test_a_file_is_not_said_to_be_empty_before_it_can_be_read(salon: Salon) -> None:
    told = b"Company,Description,Quantity,Unit Price,Start Date\nAcme,Visio Plan 2,3,15.00,01/03/2026\n"
    message = drops(salon, "additions-2026-10.csv", told)

    card, question = thread(salon, message)
    assert "does 01/03/2026 begin with the day" in question.words
    assert "0 lines" not in card.words
    assert "what is billed" in card.words


def test_a_file_with_other_clients_counts_beside_the_one_there_is_and_says_so(salon: Salon) -> None:
    drops(salon, "pax8.csv", bought_csv(HAVE))
    other = drops(salon, "pax8-second-tenant.csv", bought_csv([("Hooli", PREMIUM, 13)]))

    assert "It has no client in common with pax8.csv, so both count." in thread(salon, other)[0].words
    assert sorted(in_use(salon, OCTOBER)) == ["pax8-second-tenant.csv", "pax8.csv"]


def test_the_same_bytes_dropped_again_change_nothing(salon: Salon) -> None:
    drops(salon, "pax8.csv", bought_csv(HAVE))
    salon.office.drops(billed_csv(PAY), "additions.csv", month=OCTOBER)
    salon.office.runs()

    again = drops(salon, "copy of pax8.csv", bought_csv(HAVE))

    (said,) = thread(salon, again)
    assert "I already have this exact file: handed in by Dana" in said.words
    assert runs(salon) == []


def test_a_short_file_is_said_to_be_whole_with_one_click(salon: Salon) -> None:
    many = [(f"Client {letter}", PREMIUM, 5) for letter in "ABCDEFGH"]
    salon.office.receives(many, many)
    salon.office.drops(billed_csv(many), "additions-2026-11.csv", month=NOVEMBER)
    message = drops(salon, "pax8-2026-11.csv", bought_csv(many[:2], "2026-11"))
    assert "is it whole?" in thread(salon, message)[0].words
    salon.keeps_its_promises(PromiseKind.RUN)

    salon.dana.presses("File is complete", with_button(salon, message, "File is complete"))

    assert "Dana said: File is complete." in thread(salon, message)[0].words
    (report,) = salon.office.runs()
    assert report.run.is_applied


def test_a_source_that_sends_no_more_is_no_longer_waited_for(salon: Salon) -> None:
    ingram = b"End Customer,Item,Qty,Cost,Charge Start,Charge End\nAcme,Project Plan 3,4,22,2026-10-01,2026-10-31\n"
    salon.office.drops(ingram, "ingram.csv", side=Side.BOUGHT)
    salon.office.receives(HAVE, PAY)
    salon.office.drops(billed_csv(PAY), "additions-2026-11.csv", month=NOVEMBER)
    message = drops(salon, "pax8-2026-11.csv", bought_csv(HAVE, "2026-11"))
    salon.keeps_its_promises(PromiseKind.RUN)
    offer = next(one for one in thread(salon, message) if any("Stop expecting" in words for words in one.buttons))

    salon.dana.presses(next(words for words in offer.buttons if "Stop expecting" in words), offer)

    assert salon.office.runs()[-1].run.is_applied
    with salon.office.ledger.look(salon.office.workspace) as books:
        assert all(file.state is FileState.READY for file in books.exports.of_month(NOVEMBER))


def test_a_file_is_left_out_at_a_click_and_counted_again_at_another(salon: Salon) -> None:
    drops(salon, "additions-2026-10.csv", billed_csv(PAY))
    message = drops(salon, "odd.csv", UNCLEAR)
    read = with_button(salon, message, "Ignore this file")
    assert read.buttons == ["Ignore this file"], "what it is must be said first, or that it is nothing"
    salon.dana.presses("Ignore this file", read)
    salon.dana.presses("Ignore this file", read, stale=True)
    keeps(salon)

    (left,) = [one for one in thread(salon, message) if "left odd.csv out: nothing of it counts" in one.words]
    assert (left.ts, left.buttons) == (read.ts, ["Count it again"])
    salon.dana.presses("Alpha", with_button(salon, message, "Alpha"), stale=True)
    keeps(salon)
    assert "odd.csv was left out" in thread(salon, message)[-1].words

    salon.dana.presses("Count it again", left)
    keeps(salon)

    assert "Dana put odd.csv back: it counts again." in [one.text for one in thread(salon, message)]
    with salon.office.ledger.look(salon.office.workspace) as books:
        assert [file.name for file in books.exports.asking()] == ["odd.csv"]
        told = [entry.action for entry in books.audit.entries()]
    assert [action for action in told if action in ("left out", "counted again")] == ["left out", "counted again"]


def test_a_file_of_fees_alone_is_asked_about_and_one_click_says_that_it_counts_seats(salon: Salon) -> None:
    drops(salon, "pax8.csv", bought_csv(HAVE))
    lines = billed_csv([*PAY, ("Bolt", VISIO, 3)]).decode().splitlines()
    fees = "\n".join([f"{lines[0]},Charge Type", *(f"{line},Service charge" for line in lines[1:])])
    message = drops(salon, "additions-2026-10.csv", fees.encode())
    question = with_button(salon, message, "It holds only fees")
    assert "Every line of additions-2026-10.csv is a fee" in question.words
    assert runs(salon) == []

    assert salon.dana.presses("It counts seats, whatever “Charge Type” says", question).ok
    keeps(salon)

    assert runs(salon) == ["2026-10"]
    salon.office.runs()
    assert [(gap.gap.client, int(gap.gap.seats)) for gap in salon.office.looking.gaps(salon.office.workspace)] == [
        ("Bolt", 3),
        ("Acme", 2),
    ]
    again = drops(salon, "later-2026-11.csv", fees.replace("Acme", "Acme Inc").encode())
    assert not any("is a fee" in one.words for one in thread(salon, again))
