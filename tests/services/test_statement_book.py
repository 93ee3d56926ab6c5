"""Every line of a statement's workbook opens its evidence, and the lines come to the sums."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import openpyxl
from office import ACME, ADA, JO, PREMIUM, VISIO, Office
from openpyxl.workbook import Workbook

from bot.services.decisions import Reason
from recon import Month

OCTOBER = Month(2026, 10)
EVIL = '=HYPERLINK("https://evil.example","Acme")'


def written(office: Office, threads: dict[str, str] | None = None) -> Workbook:
    content = office.reports.statements.workbook(ACME, OCTOBER, threads or {})
    return openpyxl.load_workbook(BytesIO(content))


def rows(book: Workbook, sheet: str) -> list[dict[str, object]]:
    header, *lines = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    return [dict(zip(map(str, header), line, strict=True)) for line in lines]


def busy(office: Office) -> None:
    office.hires(JO, approver=True)
    office.receives([("Acme", PREMIUM, 12), (EVIL, VISIO, 5)], [("Acme", PREMIUM, 10), (EVIL, VISIO, 2)])
    office.decide.approve(office.gap("Acme").id, office.by(JO))
    office.decide.dismiss(office.gap(EVIL).id, office.by(ADA), Reason.BUNDLED, note="=1+1")


def test_the_lines_come_to_the_sums(office: Office) -> None:
    busy(office)
    book = written(office)

    (sums,) = rows(book, "Statement")
    lines = rows(book, "Lines")
    for column, source, target in (
        ("Detected", "new", None),
        ("Waived", None, "waived"),
        ("Approved", None, "approved"),
    ):
        told = [one for one in lines if (source and one["From"] == source) or (target and one["To"] == target)]
        assert Decimal(str(sums[column])) == sum(Decimal(str(one["A month"])) for one in told) > 0
    assert (sums["Open after"], sums["To be verified"], sums["Currency"]) == (44, 44, "USD")
    assert (sums["Still open"], sums["Kept quiet"]) == (0, 0)


def test_every_line_opens_the_rows_that_prove_it_and_the_thread_where_it_was_talked_about(office: Office) -> None:
    busy(office)
    book = written(office, {"acme": "https://msp.slack.example/archives/C1/p1"})

    lines, evidence = book["Lines"], rows(book, "Evidence")
    for number, line in enumerate(rows(book, "Lines"), start=2):
        cell = lines.cell(number, list(line).index("Evidence") + 1)
        assert cell.hyperlink
        place = int(str(cell.hyperlink.location).split("!A")[1]) - 2
        assert evidence[place]["Gap"] == line["Gap"]
        assert "Quantity" in str(evidence[place]["Cells"])
        thread = lines.cell(number, list(line).index("Thread") + 1)
        assert bool(thread.hyperlink) == (line["Client"] == "Acme") == (thread.value == "Open")
    signed = next(one for one in rows(book, "Lines") if one["To"] == "approved")
    assert (signed["Who"], signed["Rows"]) == (JO, "pax8-2026-10.csv row 2, additions-2026-10.csv row 2")


def test_a_line_opens_the_rows_of_then_though_later_files_have_others(office: Office) -> None:
    office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    office.clock.pass_by(days=1)
    office.receives([("Acme", VISIO, 3), ("Acme", PREMIUM, 15)], [("Acme", VISIO, 3), ("Acme", PREMIUM, 10)])
    office.clock.pass_by(days=1)
    office.receives([("Acme", PREMIUM, 10)], [("Acme", PREMIUM, 10)])
    book = written(office)

    evidence, seen = rows(book, "Evidence"), []
    for number, line in enumerate(rows(book, "Lines"), start=2):
        cell = book["Lines"].cell(number, list(line).index("Evidence") + 1)
        proof = evidence[int(str(cell.hyperlink.location).split("!A")[1]) - 2] if cell.hyperlink else {}
        seen.append((line["To"], "Quantity: 12" in str(proof["Cells"]), "Quantity: 15" in str(proof["Cells"])))

    assert seen == [("open", True, False), ("open", False, True), ("not a gap", False, True)]


def test_a_name_that_is_a_formula_stays_a_name(office: Office) -> None:
    busy(office)
    book = written(office)

    for sheet in ("Lines", "Evidence"):
        assert all(cell.data_type != "f" for row in book[sheet].iter_rows() for cell in row)
    line = next(one for one in rows(book, "Lines") if one["To"] == "waived")
    assert (line["Client"], line["Why"]) == ("'" + EVIL, "bundled · =1+1")


def test_a_month_without_anything_is_an_empty_workbook(office: Office) -> None:
    assert rows(written(office), "Lines") == []


def test_the_same_statement_is_the_same_bytes(office: Office) -> None:
    busy(office)
    statements = office.reports.statements

    assert statements.workbook(ACME, OCTOBER, {}) == statements.workbook(ACME, OCTOBER, {})


def test_a_sum_with_an_estimate_in_it_says_about_and_is_a_number(office: Office) -> None:
    fine = ("Acme", VISIO, 4)  # billed to nobody else, so that nobody knows at what price the other is
    office.receives([("Acme", PREMIUM, 12), fine], [fine])
    book = written(office)

    sums, line = book["Statement"][2], book["Lines"][2]
    formats = {str(head.value): cell.number_format for head, cell in zip(book["Statement"][1], sums, strict=True)}
    money = next(cell for head, cell in zip(book["Lines"][1], line, strict=True) if head.value == "A month")
    assert (formats["Detected"], formats["Still open"]) == ('"about "#,##0.00', '"about "#,##0.00')
    assert (formats["Waived"], money.number_format) == ("#,##0.00", '"about "#,##0.00')
