"""A file is handed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from office import ACME, ADA, NOVEMBER, OCTOBER, PREMIUM, VISIO, Office, billed_csv, bought_csv

from bot.services.exports import FileState
from bot.services.failures import Refused
from bot.services.naming import tidy_name
from bot.services.promises import PromiseKind
from recon import Month, Side, Topic, UnreadableFile

HAVE, PAY = [("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)]
INGRAM = b"End Customer,Item,Qty,Cost,Charge Start,Charge End\nAcme,Project Plan 3,4,22.00,2026-10-01,2026-10-31\n"


def test_a_file_says_what_it_is_and_what_the_month_still_needs(office: Office) -> None:
    received = office.drops(bought_csv(HAVE), "pax8.csv")

    file = received.file
    assert (file.side, file.month, file.state, file.lines, file.clients) == (
        Side.BOUGHT,
        OCTOBER,
        FileState.READY,
        1,
        1,
    )
    assert received.waits_for == ("I still need what is billed in October 2026.",)
    assert office.promised(PromiseKind.RUN) == []


def test_the_same_bytes_are_recognised_under_any_name(office: Office) -> None:
    first = office.drops(bought_csv(HAVE), "pax8.csv", once="event-1")

    renamed = office.drops(bought_csv(HAVE), "copy of pax8.csv", once="event-2")
    repeated = office.drops(bought_csv(HAVE), "pax8.csv", once="event-1")

    assert (renamed.is_known, renamed.is_repeat, renamed.file) == (True, False, first.file)
    assert (repeated.is_known, repeated.is_repeat) == (True, True)


def test_a_file_past_its_time_is_kept_again_when_it_is_handed_in_and_its_month_compared(office: Office) -> None:
    old = office.receives(HAVE, PAY).run
    office.receives([("Acme", PREMIUM, 13)], [("Acme", PREMIUM, 11)], "2026-11")
    office.clock.pass_by(days=500)
    assert office.rhythm.retention.forget(ACME) > 0
    with pytest.raises(Refused, match=r"pax8-2026-10.csv was deleted when its time was over. Hand it in again."):
        office.comparing.ask(OCTOBER, office.by(ADA))

    bought = office.drops(bought_csv(HAVE), "pax8.csv", once="event-1")
    assert (bought.file.name, bought.is_kept_again, bought.is_complete) == ("pax8-2026-10.csv", True, False)
    assert bought.waits_for == ("additions-2026-10.csv was deleted when its time was over. Hand it in again.",)
    repeated = office.drops(bought_csv(HAVE), "pax8.csv", once="event-1")
    assert (repeated.is_kept_again, repeated.is_repeat) == (False, True)
    assert office.promised(PromiseKind.RUN) == []

    billed = office.drops(billed_csv(PAY), "additions.csv")
    assert (billed.is_kept_again, billed.is_complete) == (True, True)
    (report,) = office.runs()
    assert (report.is_new, report.run.month, report.run.figures.gaps) == (True, OCTOBER, old.figures.gaps)
    assert office.reconcile.replay(ACME, report.run.id).is_same
    assert office.drops(billed_csv(PAY), "additions.csv").is_kept_again is False


def test_a_month_whose_result_and_files_are_past_their_time_still_says_what_it_said(office: Office) -> None:
    office.clock.pass_by(days=20)
    known = office.receives(HAVE, PAY).run
    office.receives([("Acme", PREMIUM, 13)], [("Acme", PREMIUM, 11)], "2026-11")
    office.clock.pass_by(days=500)
    office.rhythm.retention.forget(ACME)

    assert office.comparing.ask(OCTOBER, office.by(ADA)).known == known


def test_a_newer_file_of_the_same_source_and_month_replaces_the_older(office: Office) -> None:
    office.receives(HAVE, PAY)
    older = office.drops(bought_csv(HAVE), "pax8.csv").file

    received = office.drops(bought_csv([("Acme", PREMIUM, 10)]), "pax8 corrected.csv")

    assert received.replaced == (older,)
    with pytest.raises(Refused, match="has been replaced by a newer file"):
        office.explaining.say_month(older.id, NOVEMBER, office.by(ADA))
    with pytest.raises(Refused, match="has been replaced by a newer file"):
        office.explaining.answer(older.id, office.by(ADA), "side=bought")
    assert received.run
    (report,) = office.runs()
    assert report.run.figures.gaps == 0


def test_an_event_that_is_delivered_late_brings_no_older_file_back(office: Office) -> None:
    office.drops(billed_csv(PAY), "additions.csv", month=OCTOBER)
    office.drops(bought_csv(HAVE), "pax8.csv", once="event-1")
    newer = office.drops(bought_csv([("Acme", PREMIUM, 10)]), "pax8.csv", once="event-2").file

    late = office.drops(bought_csv(HAVE), "pax8.csv", once="event-1")

    assert late.is_repeat
    assert [file for file in office.readiness(OCTOBER).files if file.side is Side.BOUGHT] == [newer]


def test_going_back_to_an_older_file_is_a_new_answer(office: Office) -> None:
    office.receives(HAVE, PAY)
    office.receives([("Acme", PREMIUM, 10)], PAY)

    received = office.drops(bought_csv(HAVE), "pax8.csv")

    assert not received.is_known
    assert office.runs()[-1].run.figures.gaps == 1


def test_a_file_without_a_month_takes_the_one_that_waits_for_it(office: Office) -> None:
    office.drops(bought_csv(HAVE), "pax8.csv")

    received = office.drops(billed_csv(PAY), "additions.csv")

    assert received.file.month == OCTOBER
    assert "I take it for October 2026" in (received.month_because or "")
    assert received.run


@pytest.mark.parametrize(
    ("zone", "months"),
    [("America/New_York", (Month(2026, 11), Month(2026, 12))), ("Asia/Tokyo", (Month(2026, 12), Month(2027, 1)))],
)
def test_the_months_that_are_offered_are_those_of_the_workspaces_calendar(
    office: Office, zone: str, months: tuple[Month, ...]
) -> None:
    office.joining.change(replace(office.joining.workspace(ACME), time_zone=zone), office.by(ADA))
    office.clock.now = datetime(2027, 1, 1, 2, tzinfo=UTC)  # still the evening of New Year's Eve in New York

    assert office.drops(billed_csv(PAY), "additions.csv").months == months


def test_a_month_nobody_can_guess_is_asked_for(office: Office) -> None:
    received = office.drops(billed_csv(PAY), "additions.csv")
    assert (received.file.state, received.months) == (FileState.ASKING, (Month(2026, 9), OCTOBER))

    answered = office.explaining.say_month(received.file.id, OCTOBER, office.by(ADA))

    assert (answered.file.state, answered.file.month) == (FileState.READY, OCTOBER)
    office.drops(bought_csv(HAVE), "pax8.csv")
    assert office.runs()[-1].run.figures.gaps == 1


def test_an_answer_about_a_header_is_remembered_and_settles_every_file_that_waits_for_it(office: Office) -> None:
    header = "Name,Thing,Amount of it\n"
    one = office.drops(f"{header}Acme,{PREMIUM},12\n".encode(), "one-2026-10.csv")
    two = office.drops(f"{header}Acme,{PREMIUM},13\n".encode(), "two-2026-11.csv")
    assert one.reading
    assert Topic.SIDE in {question.topic for question in one.reading.questions}
    assert (one.file.state, two.file.state) == (FileState.ASKING, FileState.ASKING)

    answers = ["side=bought", "client=Name", "product=Thing", "quantity=Amount of it"]
    settled = office.explaining.answer(one.file.id, office.by(ADA), *answers)

    assert [(one.file.id, one.file.state, one.file.month) for one in settled] == [
        (one.file.id, FileState.READY, OCTOBER),
        (two.file.id, FileState.READY, NOVEMBER),
    ]
    third = office.drops(f"{header}Hooli,{PREMIUM},1\n".encode(), "three-2026-12.csv")
    assert third.reading
    assert third.reading.questions == ()


def test_what_is_no_export_is_refused_with_a_sentence_and_nothing_is_kept(office: Office) -> None:
    with pytest.raises(UnreadableFile, match="web page"):
        office.drops(b"<html><title>Sign in</title></html>", "page.csv")

    with office.ledger.look(ACME) as books:
        assert books.exports.months() == []
        assert books.exports.asking() == []


def test_two_vendors_are_compared_together(office: Office) -> None:
    office.drops(INGRAM, "ingram.csv", side=Side.BOUGHT)

    report = office.receives(HAVE, [*PAY, ("Acme", "Project Plan 3", 4)])

    assert [case.gap.product for case in office.looking.gaps(ACME)] == [PREMIUM]
    assert report.run.figures.gaps == 1


def test_a_source_that_is_not_there_opens_and_closes_no_gap(office: Office) -> None:
    office.drops(INGRAM, "ingram.csv", side=Side.BOUGHT)
    office.receives([*HAVE, ("Hooli", VISIO, 5)], [*PAY, ("Hooli", VISIO, 3), ("Acme", "Project Plan 3", 4)])
    before = office.looking.gaps(ACME)
    office.keeps_its_promises()

    report = office.receives(HAVE, [("Acme", PREMIUM, 12), ("Acme", "Project Plan 3", 4)], "2026-11")

    assert "is not there for November 2026" in report.run.missing[0]
    assert (report.moves, report.run.is_applied) == ((), False)
    assert office.looking.gaps(ACME) == before
    assert [promise.kind for promise in office.promised()] == ["result"]


def test_a_source_that_is_no_longer_used_is_not_waited_for(office: Office) -> None:
    ingram = office.drops(INGRAM, "ingram.csv", side=Side.BOUGHT)
    office.receives(HAVE, PAY)
    assert office.receives(HAVE, PAY, "2026-11").run.missing

    assert office.explaining.expect_no_more(Side.BOUGHT, ingram.file.source, office.by(ADA))

    assert office.reconcile.run(ACME, NOVEMBER).run.is_applied


def test_a_file_that_was_cut_off_closes_no_gap_until_someone_says_that_it_is_whole(office: Office) -> None:
    many = [(f"Client {letter}", PREMIUM, 5) for letter in "ABCDEFGH"]
    office.receives([*many, *HAVE], [*many, *PAY])

    report = office.receives(HAVE, [*many, *PAY], "2026-11")
    assert "has 1 line where" in report.run.missing[0]

    (file,) = (f for f in office.readiness(NOVEMBER).files if f.side is Side.BOUGHT)
    office.explaining.accept(file.id, office.by(ADA))

    assert office.runs()[-1].run.is_applied


def test_a_side_without_a_line_of_the_month_accuses_nobody_until_it_is_set_right(office: Office) -> None:
    office.receives(HAVE, PAY)
    before = office.looking.gaps(ACME)
    office.keeps_its_promises()
    old = office.drops(bought_csv([("Acme", PREMIUM, 13)], "2026-10"), "again.csv", month=NOVEMBER).file
    office.drops(billed_csv([*PAY, ("Hooli", VISIO, 3)]), "additions-2026-11.csv", month=NOVEMBER)

    report = office.runs()[-1]

    assert report.run.figures.is_one_sided
    assert (report.moves, report.run.is_applied, report.run.missing) == ((), False, ())
    assert office.looking.gaps(ACME) == before
    assert [promise.kind for promise in office.promised()] == ["result"]

    office.explaining.leave_out(old.id, office.by(ADA))
    office.drops(bought_csv([*HAVE, ("Hooli", VISIO, 5)], "2026-11"), "pax8-2026-11.csv")
    assert office.runs()[-1].run.is_applied


def test_a_month_that_is_over_moves_no_gap(office: Office) -> None:
    office.receives(HAVE, PAY, "2026-11")

    report = office.receives([("Acme", PREMIUM, 30)], PAY, "2026-10")

    assert not report.run.is_applied
    assert int(office.gap("Acme").gap.bought) == 12


def test_files_of_one_client_each_stand_side_by_side(office: Office) -> None:
    office.explaining.answer(
        office.drops(b"Item,Seats bought\nVisio Plan 2,3\n", "acme-2026-10.csv", side=Side.BOUGHT).file.id,
        office.by(ADA),
        "product=Item",
        "quantity=Seats bought",
        "side=bought",
    )
    office.drops(b"Item,Seats bought\nVisio Plan 2,4\n", "hooli-2026-10.csv")

    names = sorted(file.name for file in office.readiness(OCTOBER).files)

    assert names == ["acme-2026-10.csv", "hooli-2026-10.csv"]


def test_an_export_nobody_has_met_is_called_after_its_first_file_and_known_by_its_headings(office: Office) -> None:
    first = office.drops(billed_csv(PAY), "Additions_2026-10 (2).csv").file
    later = office.drops(billed_csv([("Acme", PREMIUM, 11)]), "printed on monday.csv").file
    other = office.drops(billed_csv(PAY).replace(b"Company", b"Account"), "Additions 2026-11.csv").file

    assert [file.source for file in (first, later, other)] == ["“Additions”", "“Additions”", "“Additions 2”"]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("connectwise-additions-2026-10.csv", "connectwise-additions"),
        ("Office 365 seats Oct 2026.xlsx", "Office 365 seats"),
        ("31.10.2026_Halo-Export.csv.gz", "Halo-Export"),
        ("2026-10.csv", "export"),
        ("Augmentt_2026-10.csv", "Augmentt"),
        ("Azure Marketplace September.csv", "Azure Marketplace"),
    ],
)
def test_what_changes_from_month_to_month_is_no_part_of_a_name(name: str, called: str) -> None:
    assert tidy_name(name) == called


def test_what_is_bought_and_what_is_billed_with_the_same_headings_are_two_sources(office: Office) -> None:
    content = b"Customer,Product,Quantity,Price\nAcme,Visio Plan 2,3,15.00\n"

    sources = [
        office.drops(content + more, name, side=side, month=OCTOBER).file.source
        for more, name, side in ((b"", "vendor.csv", Side.BOUGHT), (b"\n", "psa.csv", Side.BILLED))
    ]

    assert sources == ["“vendor”", "“psa”"]


def test_a_file_without_a_line_takes_the_place_of_no_clients_file(office: Office) -> None:
    acme = office.drops(b"Item,Seats bought\nVisio Plan 2,3\n", "acme-2026-10.csv", side=Side.BOUGHT).file
    office.explaining.answer(acme.id, office.by(ADA), "product=Item", "quantity=Seats bought", "side=bought")

    office.drops(b"Item,Seats bought\nTotal,0\n", "hooli-2026-10.csv")

    assert office.intake.file(ACME, acme.id).state is FileState.READY


def test_a_month_that_waited_for_an_answer_about_another_months_file_is_compared_again(office: Office) -> None:
    other = office.drops(b"Firm,Thing,Count\nBeta,Visio Plan 2,3\n", "odd.csv").file
    partial = office.receives(HAVE, PAY).run
    assert (partial.missing, partial.is_applied) == (("odd.csv waits for an answer.",), False)
    assert not office.looking.status(ACME, office.clock()).open

    office.explaining.answer(other.id, office.by(ADA), "client=Firm", "product=Thing", "side=billed")
    office.explaining.say_month(other.id, NOVEMBER, office.by(ADA))

    whole = office.runs()[-1]
    assert (whole.run.month, whole.run.missing, whole.run.is_applied) == (OCTOBER, (), True)


def test_a_file_that_is_none_to_count_is_left_out_and_its_month_compared_without_it(office: Office) -> None:
    office.receives(HAVE, PAY)
    wrong = office.drops(INGRAM, "ingram.csv").file
    assert office.runs()[-1].run.figures.gaps == 2

    office.explaining.leave_out(wrong.id, office.by(ADA))

    without = office.runs()[-1].run
    assert (without.figures.gaps, without.missing, without.is_applied) == (1, (), True)
    with pytest.raises(Refused, match="was left out"):
        office.explaining.leave_out(wrong.id, office.by(ADA))
    with pytest.raises(Refused, match="was left out"):
        office.explaining.say_month(wrong.id, NOVEMBER, office.by(ADA))

    office.explaining.count_again(wrong.id, office.by(ADA))
    assert office.runs()[-1].run.figures.gaps == 2
    with pytest.raises(Refused, match="is not left out"):
        office.explaining.count_again(wrong.id, office.by(ADA))


def test_a_file_left_out_gives_its_place_back_to_the_one_it_replaced(office: Office) -> None:
    office.receives(HAVE, PAY)
    newer = office.drops(bought_csv([("Acme", PREMIUM, 10)]), "pax8 corrected.csv").file
    assert office.runs()[-1].run.figures.gaps == 0

    office.explaining.leave_out(newer.id, office.by(ADA))
    assert office.runs()[-1].run.figures.gaps == 1

    again = office.drops(bought_csv([("Acme", PREMIUM, 10)]), "pax8 corrected.csv")
    assert not again.is_known, "what was left out may be handed in again"


EAST, WEST = [("Acme", PREMIUM, 10), ("Hooli", VISIO, 5)], [("Bolt", PREMIUM, 4), ("Cove", VISIO, 2)]


def in_use(office: Office, month: Month = OCTOBER) -> list[str]:
    return sorted(file.name for file in office.readiness(month).files if file.side is Side.BILLED)


def test_a_month_that_a_source_gives_in_parts_is_compared_from_all_of_them(office: Office) -> None:
    office.drops(bought_csv([*EAST, *WEST]), "pax8.csv")
    east = office.drops(billed_csv(EAST), "additions-east.csv", month=OCTOBER).file
    received = office.drops(billed_csv(WEST), "additions-west.csv", month=OCTOBER)

    assert (received.replaced, received.beside) == ((), (east,))
    assert office.runs()[-1].run.figures.gaps == 0

    office.drops(billed_csv([*EAST, ("Hooli", PREMIUM, 1)]), "additions-east corrected.csv", month=OCTOBER)
    assert in_use(office) == ["additions-east corrected.csv", "additions-west.csv"]


def test_a_file_that_takes_the_place_of_several_parts_gives_it_back_to_all(office: Office) -> None:
    for name, rows in (("additions-east.csv", EAST), ("additions-west.csv", WEST)):
        office.drops(billed_csv(rows), name, month=OCTOBER)
    whole = office.drops(billed_csv([*EAST, *WEST]), "additions-whole.csv", month=OCTOBER)

    assert {file.name for file in whole.replaced} == {"additions-east.csv", "additions-west.csv"}
    assert in_use(office) == ["additions-whole.csv"]
    office.explaining.leave_out(whole.file.id, office.by(ADA))
    assert in_use(office) == ["additions-east.csv", "additions-west.csv"]


def test_a_month_without_one_of_the_parts_there_were_before_looks_cut_off(office: Office) -> None:
    office.drops(bought_csv([*EAST, *WEST]), "pax8.csv")
    more = [(f"Client {letter}", PREMIUM, 5) for letter in "ABCD"]
    for name, rows in (("additions-east.csv", EAST), ("additions-west.csv", [*WEST, *more])):
        office.drops(billed_csv(rows), name, month=OCTOBER)
    office.runs()

    office.drops(bought_csv([*EAST, *WEST], "2026-11"), "pax8-2026-11.csv")
    office.drops(billed_csv(EAST), "additions-east-2026-11.csv", month=NOVEMBER)
    cut = "additions-east-2026-11.csv has 2 lines where “additions-east” had 8; is it whole?"
    assert office.readiness(NOVEMBER).missing == (cut,)

    office.drops(billed_csv([("Bolt", PREMIUM, 4)]), "additions-west-2026-11.csv", month=NOVEMBER)
    names = "additions-east-2026-11.csv and additions-west-2026-11.csv"
    cut = f"{names} have 3 lines where “additions-east” had 8; is that whole?"
    assert office.readiness(NOVEMBER).missing == (cut,)


def test_nobody_need_answer_for_a_file_that_is_left_out(office: Office) -> None:
    odd = office.drops(b"Firm,Thing,Count\nBeta,Visio Plan 2,3\n", "odd.csv").file
    assert not office.receives(HAVE, PAY).run.is_applied

    office.explaining.leave_out(odd.id, office.by(ADA, once="click-1"))

    assert office.runs()[-1].run.is_applied
    assert office.explaining.is_heard(office.by(ADA, once="click-1"))
