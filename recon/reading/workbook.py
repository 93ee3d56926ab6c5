"""Workbooks become cells: which sheet holds the lines, and what its cells say."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from recon.errors import UnreadableFile
from recon.reading.sheet import ROW, BestHeader, Sheet
from recon.reading.span import check_span
from recon.reading.unpack import check_inflated_size

OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
HEAD_ROWS = 60
CHUNK = 20_000
LEAST = 2.0  # what a header of lines scores at least
AS_GOOD = 0.8  # of the best header: another sheet that looks like lines too
LARGEST_EXACT = 1e15
Value = str | float | bool | date | datetime | time | timedelta


def is_workbook_like(content: bytes) -> bool:
    """Tell a workbook of any kind from text by the first bytes."""
    return content.startswith((ZIP, OLE))


def read_workbook(content: bytes, name: str, best_header: BestHeader) -> Sheet:
    """Read the sheet whose header speaks most of lines; of equal ones, the first."""
    if OPEN_DOCUMENT in content[:100]:  # one repeated cell of it may stand for a billion, and nothing bounds that
        raise UnreadableFile(f"{name} is an OpenDocument spreadsheet, which I don't read. Save it as XLSX or CSV.")
    if content.startswith(ZIP):
        check_inflated_size(content, name)
        check_span(content, name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheet, others = chosen_sheet(book, name, best_header)
            return sheet_of(sheet, "XLSX" if content.startswith(ZIP) else "XLS", others)
    except PasswordError as locked:
        raise UnreadableFile(
            f"{name} is a workbook with a password. Save it without one and give it to me again."
        ) from locked
    except BaseException as broken:  # a panic of the Rust reader derives from BaseException, under a name it hides
        if not isinstance(broken, CalamineError | OSError | ValueError) and type(broken).__name__ != "PanicException":
            raise
        raise UnreadableFile(
            f"{name} looks like a workbook but I can't open it ({broken}). Save it again as XLSX or CSV."
        ) from broken


def chosen_sheet(book: CalamineWorkbook, name: str, best_header: BestHeader) -> tuple[CalamineSheet, tuple[str, ...]]:
    """Choose the sheet of lines, and name those that look nearly as much like lines."""
    sheets = [book.get_sheet_by_name(title) for title in visible_sheets(book)]
    scored = [(sheet_score(sheet, best_header), sheet) for sheet in sheets]
    (score, height), best = max(scored, key=lambda pair: pair[0], default=((0.0, 0), None))
    if best is None or height == 0:
        raise UnreadableFile(f"{name} is a workbook without a filled sheet: there is nothing in it to read.")
    others = [s.name for (also, _), s in scored if s is not best and also > max(AS_GOOD * score, LEAST)]
    return best, tuple(others)


def visible_sheets(book: CalamineWorkbook) -> list[str]:
    """Name the sheets a person sees, or all where none is visible."""
    seen = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    return seen or list(book.sheet_names)


def sheet_score(sheet: CalamineSheet, best_header: BestHeader) -> tuple[float, int]:
    """How much a sheet looks like lines: the best header in its head, then how many rows it has."""
    rows = islice(sheet.iter_rows(), HEAD_ROWS)
    best = best_header([as_text(cell) or "" for cell in row] for row in rows)[0]
    return (round(best, 6), sheet.height)


def sheet_of(sheet: CalamineSheet, kind: str, others: tuple[str, ...]) -> Sheet:
    """Turn every cell into the text a person would read in it, a chunk of rows at a time."""
    left = sheet.start[1] if sheet.start else 0  # rows above the first cell are given, columns before it are not
    names = [f"c{left + at}" for at in range(sheet.width)]
    empty = {f"c{at}": pl.String for at in range(left + sheet.width)}
    chunks = [pl.DataFrame(schema=empty)]
    numeric: set[str] = set()
    rows = sheet.iter_rows()
    while chunk := list(islice(rows, CHUNK)):
        columns = dict(zip(names, zip(*chunk, strict=True), strict=True))
        numeric |= {name for name, cells in columns.items() if any(type(cell) in (int, float) for cell in cells)}
        chunks.append(pl.DataFrame([text_of(name, cells) for name, cells in columns.items()]))
    cells = pl.concat(chunks, how="diagonal").with_row_index(ROW, offset=1)
    return Sheet(cells, kind, name=sheet.name, numeric=frozenset(numeric), other_tables=others)


def text_of(name: str, cells: Sequence[Value]) -> pl.Series:
    """Write one column as text."""
    return pl.Series(name, [as_text(cell) for cell in cells], dtype=pl.String)


def as_text(value: Value) -> str | None:
    """Write a cell as a person would: 12, 12.5, 2026-10-01, TRUE."""
    match value:
        case "":
            return None
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return number_text(value)
        case datetime():
            midnight = value.time() == time()
            return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
        case _:
            return str(value)


def number_text(value: float) -> str:
    """Write a number with the 15 digits a workbook holds, never with an exponent."""
    if value.is_integer() and abs(value) < LARGEST_EXACT:
        return str(int(value))
    text = f"{value:.15g}"
    return text if "e" not in text else f"{value:.12f}".rstrip("0")
