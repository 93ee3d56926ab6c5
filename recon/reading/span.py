"""How far out a sheet's cells lie, before anyone holds them as a grid."""

from __future__ import annotations

import re
import zipfile

from recon.errors import UnreadableFile
from recon.reading.unpack import TooMuch, opened

LAST_TWO_LETTERS, LAST_COLUMN = 702, 16_384  # ZZ, XFD
MOST_SPAN = 60_000_000  # cells between the first and the last used one; the reader holds them all
ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d{1,9})")
FAR_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Z]{2,3})\d")


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
