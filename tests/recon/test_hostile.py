"""No file, whatever it is, brings anything but lines, problems, questions or a sentence."""

from __future__ import annotations

import polars as pl
import pytest
from hostile import HEADER, PLAIN, READ, REFUSED, ROW, workbook
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recon import Reading, Side, Stopped, read_lines


@pytest.mark.parametrize("kind", list(REFUSED))
def test_a_hopeless_file_is_refused_with_a_sentence(kind: str) -> None:
    with pytest.raises(Stopped) as stopped:
        read_lines(REFUSED[kind](), "export.csv")

    sentence = str(stopped.value)
    assert "export.csv" in sentence
    assert len(sentence) > 40
    assert sentence.rstrip("”").endswith(".")


@pytest.mark.parametrize("kind", list(READ))
def test_an_odd_file_is_read(kind: str) -> None:
    make, lines = READ[kind]

    reading = read_lines(make(), "export.csv", side=Side.BILLED)

    assert not reading.questions
    assert reading.lines.height == lines
    assert_conserved(reading)


def assert_conserved(reading: Reading) -> None:
    """Every row that says something is a line or set aside, once."""
    told = reading.lines["row"].to_list() + reading.set_aside["row"].to_list()
    assert sorted(told) == reading.table["row"].to_list()


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    content = b"Agreement report\n\n" + HEADER + ROW + b"\n" + b'"Acme\nLtd",Duo MFA,3,4.50,Managed\n' + b"Acme,,3,,\n"

    reading = read_lines(content, "x.csv", side=Side.BILLED)

    assert reading.layout.header_row == 3
    assert reading.lines["row"].to_list() == [4, 6]
    assert [(problem.row, problem.sentence) for problem in reading.problems] == [
        (7, "Row 7 has no product: Acme | 3"),
    ]
    assert reading.set_aside.rows() == [(7, "unreadable")]
    assert reading.layout.blank_rows == 1


def test_totals_notes_and_repeated_headers_are_set_aside_for_what_they_are() -> None:
    content = (
        PLAIN + b"Acme Total,,9,13.50,\n" + HEADER + ROW + b"Grand Total:,,12,,\n,,12,,\nPrinted by Jo on 1 Oct,,,,\n"
    )

    reading = read_lines(content, "x.csv", side=Side.BILLED)

    assert reading.set_aside.rows() == [
        (5, "total"),
        (6, "repeated header"),
        (8, "total"),
        (9, "total"),
        (10, "note"),
    ]
    assert not reading.problems


def test_the_total_of_a_client_whom_the_file_names_is_a_total() -> None:
    content = PLAIN + b"Total Acme,,9,13.50,\n,Subtotal ACME,9,13.50,\nTotal Wine,,4,6.00,\n"

    reading = read_lines(content, "x.csv", side=Side.BILLED)

    assert reading.set_aside.rows() == [(5, "total"), (6, "total"), (7, "unreadable")]
    assert [problem.row for problem in reading.problems] == [7]


SLOW = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
SEEDS = (
    PLAIN,
    PLAIN.decode().encode("utf-16"),
    b"sep=;\n" + PLAIN.replace(b",", b";").replace(b".", b","),
    HEADER + b'"Acme, ""Ltd""","Duo\nMFA",(3),$1 234.50,\n,,,,\nTotal,,3,,\n' + ROW,
    workbook([["Customer", "Product", "Qty", "Unit Price"], ["Acme", "Duo", 3, 4.5], ["Hooli", "Duo", "x", None]]),
)


def read_anything(content: bytes) -> None:
    try:
        reading = read_lines(content, "x.csv", side=Side.BOUGHT)
    except Stopped:
        return
    if not reading.questions:
        assert_conserved(reading)


@SLOW
@given(st.binary(max_size=2000))
def test_any_bytes_are_answered(content: bytes) -> None:
    read_anything(content)


@SLOW
@given(text=st.text(alphabet=st.sampled_from("aZ9é,;\t|\"'\n\r.-$()=[{<\0 €/:"), max_size=300), headed=st.booleans())
def test_any_text_under_a_header_is_answered(text: str, *, headed: bool) -> None:
    read_anything((HEADER if headed else b"") + text.encode())


@SLOW
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=4), st.integers(0, 6)), max_size=8),
)
def test_any_damage_to_a_good_file_is_answered(content: bytes, edits: list[tuple[int, bytes, int]]) -> None:
    for at, put, cut in edits:
        place = at % (len(content) + 1)
        content = content[:place] + put + content[place + cut :]
    read_anything(content)


def test_a_client_called_total_is_a_client() -> None:
    reading = read_lines(PLAIN + b"Total,Duo MFA,3,4.50,Managed\n", "x.csv", side=Side.BILLED)

    assert reading.lines["client"].to_list()[-1] == "Total"
    assert reading.set_aside.is_empty()


def test_a_hundred_thousand_equal_rows_are_understood_as_three_are() -> None:
    few = read_lines(PLAIN, "x.csv", side=Side.BILLED)
    many = read_lines(HEADER + ROW * 100_000, "x.csv", side=Side.BILLED)

    assert many.layout.columns == few.layout.columns
    assert many.lines.height == 100_000
    assert many.lines.select(pl.all().exclude("row")).unique().height == 1


@SLOW
@given(st.permutations(range(12)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    rows = [f"Client {at % 4},Duo MFA,{at + 1},{at},{at}.5\n".encode() for at in range(12)]
    straight = read_lines(HEADER + b"".join(rows), "x.csv", side=Side.BILLED)
    mixed = read_lines(HEADER + b"".join(rows[at] for at in order), "x.csv", side=Side.BILLED)

    assert mixed.layout.columns == straight.layout.columns
    assert mixed.lines.sort("quantity").drop("row").equals(straight.lines.sort("quantity").drop("row"))
