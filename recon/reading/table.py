"""Bytes become a table of text, or a sentence that says what they are instead."""

from __future__ import annotations

from dataclasses import replace

from recon.errors import UnreadableFile
from recon.reading.delimited import read_delimited
from recon.reading.dialect import sniff
from recon.reading.encoding import decode
from recon.reading.header import best_header
from recon.reading.markup import read_markup
from recon.reading.recognise import is_markup, refuse_markup, refuse_what_is_no_table
from recon.reading.sheet import Sheet
from recon.reading.unpack import unpack
from recon.reading.workbook import is_workbook_like, read_workbook


def read_table(content: bytes, name: str) -> Sheet:
    """Get the cells out of whatever the bytes are."""
    content, _ = unpack(content, name)
    refuse_what_is_no_table(content, name)
    if is_workbook_like(content):
        return read_workbook(content, name, best_header)
    text = decode(content, name)
    marked_up = read_markup(text.utf8.decode(), best_header) if is_markup(text.utf8) else None
    if marked_up:
        return replace(marked_up, encoding=text.encoding, damaged=text.damaged)
    refuse_markup(text.utf8, name)
    dialect = sniff(text.utf8, best_header)
    if dialect is None:
        raise UnreadableFile(
            f"{name} is text without columns: I find no comma, semicolon, tab or other mark that divides its lines. "
            "Export the lines as CSV or XLSX and give me that."
        )
    kind = "TSV" if dialect.delimiter == "\t" else "CSV"
    cells = read_delimited(text.utf8, dialect)
    return Sheet(cells, kind, text.encoding, dialect.delimiter, damaged=text.damaged)
