"""Workbooks become cells: which sheet holds the lines, and what its cells say."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from recon.errors import UnreadableFile
from recon.reading.sheet import Sheet, cell_names, cells_from
from recon.reading.unpack import TooMuch, check_inflated_size, opened

OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
HEAD_ROWS = 60
LARGEST_EXACT = 1e15
LAST_TWO_LETTERS, LAST_COLUMN = 702, 16_384  # ZZ, XFD
MOST_SPAN = 60_000_000  # cells between the first and the last used one; the reader holds them all
ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d{1,9})")
FAR_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Z]{2,3})\d")
Value = str | float | bool | date | datetime | time | timedelta


def is_workbook_like(content: bytes) -> bool:
    """Tell XLSX, XLSB, ODS and XLS from text by the first bytes."""
    return content.startswith((ZIP, OLE))


def read_workbook(content: bytes, name: str, header_score: Callable[[list[str]], float]) -> Sheet:
    """Read the sheet whose header speaks most of lines; of equal ones, the first."""
    if content.startswith(ZIP):
        check_inflated_size(content, name)
        check_span(content, name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = [book.get_sheet_by_name(title) for title in visible_sheets(book)]
            best = max(sheets, key=lambda sheet: sheet_score(sheet, header_score), default=None)
            if best is None or best.height == 0:
                raise UnreadableFile(f"{name} is a workbook without a filled sheet: there is nothing in it to read.")
            return sheet_of(best, "XLSX" if content.startswith(ZIP) else "XLS")
    except PasswordError as locked:
        raise UnreadableFile(
            f"{name} is a workbook with a password. Save it without one and give it to me again."
        ) from locked
    except (CalamineError, OSError, ValueError) as broken:
        raise UnreadableFile(
            f"{name} looks like a workbook but I can't open it ({broken}). Save it again as XLSX or CSV."
        ) from broken


def visible_sheets(book: CalamineWorkbook) -> list[str]:
    """Name the sheets a person sees, or all where none is visible."""
    seen = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    return seen or list(book.sheet_names)


def sheet_score(sheet: CalamineSheet, header_score: Callable[[list[str]], float]) -> tuple[float, int]:
    """How much a sheet looks like lines: the best header in its head, then how many rows it has."""
    rows = sheet.to_python(skip_empty_area=False, nrows=HEAD_ROWS)
    best = max((header_score([as_text(cell) or "" for cell in row]) for row in rows), default=0.0)
    return (round(best, 6), sheet.height)


def sheet_of(sheet: CalamineSheet, kind: str) -> Sheet:
    """Turn every cell into the text a person would read in it."""
    rows = sheet.to_python(skip_empty_area=False)
    width = max((len(row) for row in rows), default=0)
    numeric = {f"c{at}" for at in range(width) if any(isinstance(v, int | float) for v in column(rows, at))}
    cells = cells_from([pl.Series([as_text(v) for v in column(rows, at)], dtype=pl.String) for at in range(width)])
    numeric -= {name for name in cell_names(cells) if cells[name].null_count() == cells.height}
    return Sheet(cells=cells, format=kind, name=sheet.name, numeric=frozenset(numeric))


def column(rows: list[list[Value]], at: int) -> Iterator[Value]:
    """Walk down one column; short rows end in nothing."""
    return (row[at] if at < len(row) else "" for row in rows)


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


def check_span(content: bytes, name: str) -> None:
    """Refuse a sheet with a few cells at far corners: held as a grid it would not fit any machine."""
    with opened(content, name) as archive:
        for entry in archive.namelist():
            if entry.startswith("xl/worksheets/") and entry.endswith(".xml"):
                check_sheet_span(archive, entry, name)


def check_sheet_span(archive: zipfile.ZipFile, entry: str, name: str) -> None:
    """Bound rows times columns from the sheet's own references."""
    try:
        xml = archive.read(entry)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as broken:
        raise UnreadableFile(f"{name} is a damaged workbook. Download or save it again.") from broken
    rows = max(map(int, ROW_NUMBER.findall(xml)), default=xml.count(b"<row"))
    letters = max((len(found[1]) for found in FAR_COLUMN.finditer(xml)), default=1)
    columns = (26, LAST_TWO_LETTERS, LAST_COLUMN)[letters - 1]
    if rows * columns > MOST_SPAN and rows * columns > 40 * xml.count(b"<c "):
        raise TooMuch(
            f"{name} has stray cells far out (row {rows}, more than {columns // 27} columns) and little between. "
            "Delete them, or copy the table to a new workbook, and give me that."
        )
