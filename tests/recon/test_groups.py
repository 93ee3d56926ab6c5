"""Reports that say a client, or a product, once for all the lines below it."""

from __future__ import annotations

from exports import as_csv

from recon import Reading, Side, read_lines

HEADERS = ["Customer", "Product", "Qty", "Unit Price"]


def lines_of(reading: Reading) -> list[tuple[str, str, int]]:
    return [(client, product, int(seats)) for client, product, seats in reading.lines.select(*LINE).iter_rows()]


LINE = ("client", "product", "quantity")


def test_merged_cells_name_the_client_of_all_their_lines() -> None:
    rows = [["Acme", "Duo", "3", "4"], ["", "Visio", "2", "9"], ["Bolt", "Duo", "5", "4"], ["", "Visio", "1", "9"]]

    reading = read_lines(as_csv(HEADERS, rows), "x.csv", side=Side.BILLED)

    assert lines_of(reading) == [("Acme", "Duo", 3), ("Acme", "Visio", 2), ("Bolt", "Duo", 5), ("Bolt", "Visio", 1)]
    assert [p.sentence for p in reading.problems] == [
        "2 lines name no client; I take each for the client named last above it."
    ]


def test_a_heading_names_the_client_of_the_lines_up_to_its_total() -> None:
    rows = [
        ["Acme", "", "", ""], ["", "Duo", "3", "4"], ["", "Visio", "2", "9"], ["Total for Acme", "", "5", ""],
        ["Bolt", "", "", ""], ["", "Duo", "5", "4"], ["Total for Bolt", "", "5", ""], ["Total", "", "10", ""],
    ]  # fmt: skip

    reading = read_lines(as_csv(HEADERS, rows), "x.csv", side=Side.BILLED)

    assert lines_of(reading) == [("Acme", "Duo", 3), ("Acme", "Visio", 2), ("Bolt", "Duo", 5)]
    assert sorted(reading.set_aside["reason"]) == ["note", "note", "total", "total", "total"]


def test_a_report_by_product_names_the_product_once() -> None:
    rows = [
        ["", "Duo", "", ""],
        ["Acme", "", "3", "4"],
        ["Bolt", "", "5", "4"],
        ["", "Visio", "", ""],
        ["Acme", "", "2", "9"],
    ]

    reading = read_lines(as_csv(HEADERS, rows), "x.csv", side=Side.BILLED)

    assert lines_of(reading) == [("Acme", "Duo", 3), ("Bolt", "Duo", 5), ("Acme", "Visio", 2)]


def test_a_hole_in_a_file_that_names_its_clients_on_every_line_is_told_and_not_filled() -> None:
    rows = [["Acme", "Duo", "3", "4"], ["", "Visio", "2", "9"], ["Acme", "Teams", "1", "2"], ["", "Duo", "5", "4"]]

    reading = read_lines(as_csv(HEADERS, rows), "x.csv", side=Side.BILLED)

    assert lines_of(reading) == [("Acme", "Duo", 3), ("Acme", "Teams", 1)]
    assert [p.row for p in reading.problems] == [3, 5]


def test_a_few_holes_among_clients_of_one_line_each_are_told_and_not_filled() -> None:
    rows = [["" if at in (7, 20) else f"Client {at}", "Duo", "3", "4"] for at in range(40)]

    reading = read_lines(as_csv(HEADERS, rows), "x.csv", side=Side.BILLED)

    assert reading.lines.height == 38
    assert len(reading.problems) == 2


def test_a_subtotal_that_names_its_client_is_no_seat_of_the_product_above_it() -> None:
    rows = [
        ["Acme", "Duo", "3", "4"], ["Acme", "Visio", "2", "9"], ["Acme", "", "5", ""],
        ["Bolt", "Teams", "4", "2"], ["Bolt", "", "4", ""],
    ]  # fmt: skip

    reading = read_lines(as_csv(HEADERS, rows), "x.csv", side=Side.BILLED)

    assert lines_of(reading) == [("Acme", "Duo", 3), ("Acme", "Visio", 2), ("Bolt", "Teams", 4)]
    assert [p.row for p in reading.problems] == [4, 6]


def test_a_subtotal_that_names_its_product_is_no_seat_of_the_client_above_it() -> None:
    rows = [
        ["Acme", "Duo", "3", "4"], ["Bolt", "Duo", "5", "4"], ["", "Duo", "8", ""],
        ["Cato", "Visio", "2", "9"], ["", "Visio", "2", ""], ["Total", "", "10", ""],
    ]  # fmt: skip

    reading = read_lines(as_csv(HEADERS, rows), "x.csv", side=Side.BILLED)

    assert lines_of(reading) == [("Acme", "Duo", 3), ("Bolt", "Duo", 5), ("Cato", "Visio", 2)]
    assert [p.row for p in reading.problems] == [4, 6]


def test_two_lines_of_one_product_below_one_client_are_both_that_clients() -> None:
    rows = [["Acme", "Duo", "3", "4"], ["", "Duo", "2", "4"], ["Bolt", "Duo", "5", "4"], ["", "Visio", "1", "9"]]
    rows += [["", "Teams", "1", "2"]]

    reading = read_lines(as_csv(HEADERS, rows), "x.csv", side=Side.BILLED)

    assert [client for client, *_ in lines_of(reading)] == ["Acme", "Acme", "Bolt", "Bolt", "Bolt"]
