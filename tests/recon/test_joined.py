import polars as pl
import pytest
from months_of import billed

from recon import (
    Judgement,
    Judgements,
    Kind,
    LineClass,
    Options,
    Reading,
    Reconciliation,
    Said,
    Side,
    Stopped,
    explain_gaps,
    join_readings,
    read_lines,
    reconcile,
)

PAX8 = b"Customer,Product,Quantity,Unit Cost\nAcme,Visio Plan 2,10,11.00\nAcme,Visio Plan 2,many,11.00\n"
INGRAM = b"End Customer,Item,Qty,Cost\nAcme,Project Plan 3,4,22.00\n"


def read(content: bytes, name: str) -> Reading:
    return read_lines(content, name, side=Side.BOUGHT)


def test_two_vendors_are_compared_with_one_psa() -> None:
    both = join_readings([read(PAX8, "pax8.csv"), read(INGRAM, "ingram.csv")])
    pay = billed(
        {"client": "Acme", "product": "Visio Plan 2", "seats": 10},
        {"client": "Acme", "product": "Project Plan 3", "seats": 1},
    )

    result = reconcile(both, pay, Options())

    (gap,) = result.gaps
    assert gap.product.endswith("Project Plan 3")
    (why,) = explain_gaps(result, result.gaps)
    assert [
        (line.source, line.row, dict(line.cells).get("Item")) for line in why.evidence if line.side == "bought"
    ] == [("ingram.csv", 2, "Project Plan 3")]


def test_a_row_that_is_no_line_still_knows_its_file() -> None:
    both = join_readings([read(INGRAM, "ingram.csv"), read(PAX8, "pax8.csv")])

    result = reconcile(both, billed({"product": "Visio Plan 2"}))

    unreadable = result.lines.filter(pl.col("class") == LineClass.UNREADABLE.value)
    assert unreadable.select("source", "row").rows() == [("pax8.csv", 3)]
    assert result.problems[0].sentence.startswith("pax8.csv: Row 3")


def test_one_file_is_itself_and_two_of_one_name_are_refused() -> None:
    alone = read(INGRAM, "ingram.csv")

    assert join_readings([alone]) is alone
    with pytest.raises(Stopped, match="different names"):
        join_readings([alone, alone])


def test_of_several_files_the_first_may_have_nothing_that_is_set_aside() -> None:
    header = "Customer,Product,Quantity,Unit Cost,Status\n"
    first, second = (
        read((header + "".join(f"Acme,{name},1,11.00,{status}\n" for name, status in rows)).encode(), f"{at}.csv")
        for at, rows in enumerate(
            (
                [("Project Plan 3", "active"), ("Project Plan 5", "active")],
                [("Visio Plan 1", "active"), ("Visio Plan 2", "cancelled"), ("Visio Plan 3", "suspended")],
            )
        )
    )

    lines = reconcile(join_readings([first, second]), billed({"product": "Visio Plan 2"})).lines

    assert lines.filter(pl.col("class") == LineClass.SUSPENDED.value)["note"].to_list() == ["its status is suspended"]


OF_PAX8 = """Customer,Product,Quantity,Unit Cost
Harbor Point Realty,Microsoft 365 Business Premium,22,18.70
Acme Dental,Microsoft 365 Business Premium,5,18.70
"""
OF_ANOTHER = """Customer,Product,Quantity,Unit Cost
Harbor Pt Realty,Huntress Managed EDR,22,3.10
Acme Dental,Huntress Managed EDR,5,3.10
"""
BILLED = """Company,Description,Quantity,Unit Price
Harbor Point Realty,Microsoft 365 Business Premium,22,26.00
Harbor Point Realty,Huntress EDR,22,6.50
Acme Dental,Microsoft 365 Business Premium,5,26.00
Acme Dental,Huntress EDR,5,6.50
"""


def of_vendors(*texts: str, told: tuple[Judgement, ...] = ()) -> Reconciliation:
    """Reconcile what several vendors sold with what is billed."""
    bought = [read_lines(text.encode(), f"{at}.csv", side=Side.BOUGHT) for at, text in enumerate(texts)]
    billed = read_lines(BILLED.encode(), "psa.csv", side=Side.BILLED)
    return reconcile(join_readings(bought), billed, Options(judgements=Judgements(told)))


def test_the_client_of_another_vendor_is_offered_to_one_that_is_called_nearly_so_and_accused_of_nothing() -> None:
    asked = of_vendors(OF_PAX8, OF_ANOTHER)
    answered = of_vendors(
        OF_PAX8, OF_ANOTHER, told=(Judgement(Kind.CLIENT, "Harbor Pt Realty", "Harbor Point Realty", Said.SAME, "jo"),)
    )

    assert [[one.label for one in question.candidates] for question in asked.questions] == [["Harbor Point Realty"]]
    assert not [*asked.gaps, *answered.gaps, *answered.questions]


def test_two_clients_of_one_vendor_are_two_and_the_answered_one_is_not_offered() -> None:
    only = of_vendors(OF_PAX8 + "Harbor Pt Realty,Huntress Managed EDR,22,3.10\n")

    assert [question.candidates for question in only.questions if question.about == "Harbor Pt Realty"] == [()]
