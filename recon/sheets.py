"""Tables become a workbook: the same bytes for the same tables, safe to open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from recon.safe_text import defuse

MOST_ROWS = 1_048_575  # below the header; Excel has no more
AT_ONCE = 10_000  # rows written in one piece
LONGEST_TEXT = 16_000  # half of what a cell holds, since a sign may take two places
WIDEST, NARROWEST, MEASURED = 60, 8, 2_000
DAY_NOUGHT = date(1899, 12, 30)  # as Excel counts days
ROW = "\0row"  # no table has such a column
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)  # a date of creation would make each file another
NOT_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
LOOKS_ESCAPED = r"_(x[0-9A-Fa-f]{4}_)"  # Excel would read `_x0041_` as A
LEADS = ("https://", "internal:")  # a link goes to the web or stays in the workbook, and runs nothing
MOST_LINKS = 30_000  # Excel follows 65,530 a sheet
FORMATS = {"money": "#,##0.00", "about": '"about "#,##0.00', "date": "yyyy-mm-dd", "plain": "General"}
ABOUT = "\0about "  # before a column's name: whether each of its amounts is an estimate


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name; `money` names the columns written with cents, `links` where the cells of a column lead.

    `about` says of each cell of a column whether its money is an estimate, which is shown, and can still be added up.
    """

    name: str
    table: pl.DataFrame
    money: frozenset[str] = field(default=frozenset())
    links: Mapping[str, Sequence[str]] = field(default_factory=dict)
    about: Mapping[str, Sequence[bool]] = field(default_factory=dict)

    def part(self, start: int, rows: int) -> Sheet:
        """Take some rows."""
        links = {column: there[start : start + rows] for column, there in self.links.items()}
        about = {column: there[start : start + rows] for column, there in self.about.items()}
        return replace(self, table=self.table.slice(start, rows), links=links, about=about)

    def style_of(self, column: str) -> str:
        """Say how a column is shown."""
        is_date = self.table.schema[column] == pl.Date
        return "money" if column in self.money else "date" if is_date else "plain"


def write_workbook(sheets: Iterable[Sheet], *, most_rows: int = MOST_ROWS) -> bytes:
    """Write an XLSX file; a table too long for one sheet goes on in the next."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.set_properties({"created": ALWAYS})
        header = book.add_format({"bold": True, "bottom": 1})
        formats = {name: book.add_format({"num_format": shown}) for name, shown in FORMATS.items()}
        for sheet in sheets:
            for part in _parts(sheet, most_rows):
                _add_sheet(book, part, header, formats)
    return file.getvalue()


def _parts(sheet: Sheet, most_rows: int) -> Iterator[Sheet]:
    yield sheet.part(0, most_rows)
    for number, start in enumerate(range(most_rows, sheet.table.height, most_rows), start=2):
        yield replace(sheet.part(start, most_rows), name=f"{sheet.name} {number}")


def _add_sheet(book: Any, sheet: Sheet, header: Any, formats: dict[str, Any]) -> None:  # noqa: ANN401 - xlsxwriter has no types
    page = book.add_worksheet(sheet.name, worksheet_class=TablePage)
    page.show(sheet, formats)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, sheet.table.height, max(sheet.table.width - 1, 0))
    for place, (column, width) in enumerate(_widths(sheet.table).items()):
        page.set_column(place, place, width + len("about ") * any(sheet.about.get(column, ())))
        page.write_string(0, place, column, header)


def _widths(table: pl.DataFrame) -> dict[str, int]:
    """Fit each column to the first rows' values."""
    longest = table.head(MEASURED).select(pl.all().cast(pl.String).str.len_chars().max().fill_null(0)).row(0)
    return {
        column: min(max(length, len(column) + 3, NARROWEST) + 1, WIDEST)
        for column, length in zip(table.columns, longest, strict=True)
    }


class TablePage(Worksheet):  # type: ignore[misc] # xlsxwriter has no types
    """A page whose rows are written in large pieces; cell by cell, a million lines take two minutes."""

    def show(self, sheet: Sheet, formats: dict[str, Any]) -> None:
        """Say what stands below the header."""
        self.sheet = sheet
        self.formats = [formats[sheet.style_of(column)] for column in sheet.table.columns]
        self.about = formats["about"]
        for column, links in sheet.links.items():
            place = sheet.table.columns.index(column)
            for row, link in enumerate(links[:MOST_LINKS], start=1):
                if link.startswith(LEADS):
                    self.hyperlinks[row][place] = Url(link)

    def _write_dimension(self) -> None:
        last = xl_col_to_name(max(self.sheet.table.width - 1, 0))
        self._xml_empty_tag("dimension", [("ref", f"A1:{last}{self.sheet.table.height + 1}")])

    def _write_rows(self) -> None:
        super()._write_rows()
        styles = [style._get_xf_index() for style in self.formats]  # noqa: SLF001 - as xlsxwriter's own cells do
        about = self.about._get_xf_index()  # noqa: SLF001 - as above
        for piece in _rows_as_xml(self.sheet, styles, about):
            self.fh.write(piece)


def _rows_as_xml(sheet: Sheet, styles: list[int], about: int) -> Iterator[str]:
    table = sheet.table
    marked = table.with_columns(pl.Series(f"{ABOUT}{column}", marks) for column, marks in sheet.about.items())
    for start in range(0, table.height, AT_ONCE):
        piece = marked.slice(start, AT_ONCE).with_columns(pl.int_range(start + 2, start + 2 + pl.len()).alias(ROW))
        cells = [
            _cell_as_xml(pl.col(column), table.schema[column], xl_col_to_name(place), style)
            for place, (column, style) in enumerate(zip(table.columns, _styles(sheet, styles, about), strict=True))
        ]
        row = pl.format('<row r="{}">{}</row>', ROW, pl.concat_str(cells, ignore_nulls=True))
        yield piece.select(row.str.join("")).item()


def _styles(sheet: Sheet, styles: list[int], about: int) -> Iterator[int | pl.Expr]:
    """Give each column's style; where some of its amounts are estimates, each cell's."""
    for column, style in zip(sheet.table.columns, styles, strict=True):
        yield pl.when(f"{ABOUT}{column}").then(about).otherwise(style) if column in sheet.about else style


def _cell_as_xml(value: pl.Expr, kind: pl.DataType, letters: str, style: int | pl.Expr) -> pl.Expr:
    """Write a cell, or nothing where nothing is said."""
    is_one = isinstance(style, int)  # a style that is the same in each row need not be put together for each
    place, told = f'<c r="{letters}{{}}" s="{style if is_one else "{}"}"', [ROW] if is_one else [ROW, style]
    if kind == pl.Date:
        value = (value - pl.lit(DAY_NOUGHT)).dt.total_days()
    elif not kind.is_numeric():
        return pl.format(place + ' t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>', *told, _text(value))
    return pl.format(place + "><v>{}</v></c>", *told, value.cast(pl.String))


def _text(value: pl.Expr) -> pl.Expr:
    long = value.str.len_chars() > LONGEST_TEXT
    short = pl.when(long).then(value.str.head(LONGEST_TEXT) + pl.lit("…")).otherwise(value)
    legal = defuse(short).str.replace_all("\r\n?", "\n").str.replace_all(NOT_XML, "�")
    return legal.str.replace_all(LOOKS_ESCAPED, "_x005F_${1}").str.replace_many(
        {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
    )
