"""Files that are not what they seem, made here byte by byte."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from openpyxl import Workbook

HEADER = b"Customer,Product,Qty,Unit Price,Agreement\n"
ROW = b"Acme,Duo MFA,3,4.50,Managed\n"
PLAIN = HEADER + ROW * 3


def workbook(rows: list[list[object]], title: str = "Lines") -> bytes:
    """Write one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Get a workbook's bytes."""
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def archive(entries: dict[str, bytes]) -> bytes:
    """Zip some files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in entries.items():
            zipped.writestr(name, content)
    return held.getvalue()


def far_corners() -> bytes:
    """Two cells with a billion empty ones between them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "Customer", "x"
    return saved(book)


def bomb() -> bytes:
    """Make a gzip file of a few MB that unpacks to more than a gigabyte."""
    zeros, check = b"\0" * (1 << 20), 0
    for _ in range(1100):
        check = zlib.crc32(zeros, check)
    head, end = b"\x1f\x8b\x08" + b"\0" * 7, struct.pack("<II", check, 1100 << 20)
    return head + packed(zeros, 1100) + end


def packed(piece: bytes, times: int) -> bytes:
    """Pack a piece once, so that what it became can follow itself any number of times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)) * times + packer.flush()


def lying_bomb() -> bytes:
    """Make a workbook whose sheet unpacks to more than a gigabyte while its list of contents says 10 bytes."""
    sheet = packed(b" " * (1 << 20), 1100)
    name = b"xl/worksheets/sheet1.xml"
    fields = (20, 0, 8, 0, 0, 0, len(sheet), 10, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", *fields) + name
    listed = b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", 20, *fields[:9], 0, 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(listed), len(local) + len(sheet), 0)
    return local + sheet + listed + end


REFUSED: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "spaces": lambda: b" \n\t\r\n" * 50,
    "only commas": lambda: b",,,,\n,,,,\n",
    "only a mark": lambda: b"\xef\xbb\xbf",
    "only a header": lambda: HEADER,
    "a header and blank rows": lambda: HEADER + b",,,,\n\n , ,,,\n",
    "a login page": lambda: b"<!DOCTYPE html><html><head><title>Sign in - Portal</title></head><body>...</body></html>",
    "markup": lambda: b'\n <?xml version="1.0"?><a/>',
    "a PDF": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    "a PNG": lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
    "a JPEG": lambda: b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)),
    "JSON": lambda: b'[{"customer": "Acme", "quantity": 3}]',
    "JSON lines": lambda: b'{"customer": "Acme", "quantity": 3}\n{"customer": "Hooli", "quantity": 4}\n',
    "an encrypted workbook": lambda: (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
    ),
    "an OLE file of another kind": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 4000,
    "a broken zip": lambda: archive({"a.csv": PLAIN})[:-30],
    "a broken workbook": lambda: workbook([["Customer", "Qty"], ["A", 1]])[:3000],
    "an archive of two files": lambda: archive({"a.csv": PLAIN, "b.csv": PLAIN}),
    "an OpenDocument spreadsheet": lambda: archive(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<office:document-content/>"}
    ),
    "an empty archive": lambda: archive({}),
    "a Word document": lambda: archive({"word/document.xml": b"<w:document/>", "[Content_Types].xml": b"<Types/>"}),
    "an empty workbook": lambda: workbook([]),
    "a workbook without a table": lambda: workbook([[1, 2], [3, 4]]),
    "a sheet with far corners": far_corners,
    "a gzip that breaks off": lambda: gzip.compress(PLAIN * 100)[:-20],
    "gzip in gzip in gzip in gzip": lambda: gzip.compress(gzip.compress(gzip.compress(gzip.compress(PLAIN)))),
    "gzip of a picture": lambda: gzip.compress(b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    "a gzip bomb": bomb,
    "a workbook bomb that lies": lying_bomb,
    "binary junk": lambda: bytes((at * 7919 + at // 3) % 256 for at in range(5000)),
    "zero bytes": lambda: b"\0" * 5000,
    "prose": lambda: b"Dear Sir or Madam\nplease find the invoice attached\nkind regards\n",
    "numbers without a header": lambda: b"1,2,3\n4,5,6\n7,8,9\n",
    "one column": lambda: b"Customer\nAcme\nHooli\n",
    "200 MB and more": lambda: HEADER + b"a" * (201 << 20),
}
READ: dict[str, tuple[Callable[[], bytes], int]] = {  # and how many lines they hold
    "plain": (lambda: PLAIN, 3),
    "a mark": (lambda: b"\xef\xbb\xbf" + PLAIN, 3),
    "UTF-16": (lambda: PLAIN.decode().encode("utf-16"), 3),
    "UTF-16 without a mark": (lambda: PLAIN.decode().encode("utf-16-le"), 3),
    "UTF-16, big end first": (lambda: PLAIN.decode().encode("utf-16-be"), 3),
    "cp1252": (lambda: HEADER + "Café Müller,Duo MFA,3,€4.50,Managed\n".encode("cp1252"), 1),
    "gzip": (lambda: gzip.compress(PLAIN), 3),
    "gzip of several members": (lambda: gzip.compress(HEADER) + gzip.compress(ROW) + gzip.compress(ROW) + b"\0\0", 2),
    "gzip in gzip": (lambda: gzip.compress(gzip.compress(PLAIN)), 3),
    "an archive of one file": (lambda: archive({"export.csv": PLAIN, "__MACOSX/._export.csv": b"x"}), 3),
    "sep=": (lambda: b"sep=,\r\n" + PLAIN, 3),
    "quoted sep=": (lambda: b'"sep=;"\r\n' + PLAIN.replace(b",", b";"), 3),
    "tabs": (lambda: PLAIN.replace(b",", b"\t"), 3),
    "bars": (lambda: PLAIN.replace(b",", b"|"), 3),
    "carets": (lambda: PLAIN.replace(b",", b"^"), 3),
    "tildes": (lambda: PLAIN.replace(b",", b"~"), 3),
    "section signs": (lambda: PLAIN.replace(b",", "§".encode()), 3),
    "lone CR": (lambda: PLAIN.replace(b"\n", b"\r"), 3),
    "CRLF": (lambda: PLAIN.replace(b"\n", b"\r\n"), 3),
    "mixed line ends": (lambda: HEADER + ROW[:-1] + b"\r\n" + ROW[:-1] + b"\r" + ROW, 3),
    "no last line end": (lambda: PLAIN[:-1], 3),
    "an unclosed quote": (lambda: HEADER + b'"Acme,Duo MFA,3,4.50,Managed\n' + ROW * 3, 4),
    "an inch sign": (lambda: HEADER + b'Acme,27" Screen,3,4.50,Managed\n' + ROW, 2),
    "newlines in cells": (lambda: HEADER + b'"Acme\nLtd","Duo\r\nMFA",3,4.50,"Man\n\naged"\n' + ROW, 2),
    "doubled quotes": (lambda: HEADER + b'"The ""Acme"" Co","Duo, MFA",3,4.50,Managed\n', 1),
    "JSON in a cell": (lambda: HEADER + b'Acme,Duo MFA,3,4.50,"[{""a"": ""b, c""}]"\n', 1),
    "ragged rows": (lambda: HEADER + b"Acme,Duo MFA,3\nAcme,Duo MFA,3,4.50,Managed,more,and more\n" + ROW, 3),
    "blank rows": (lambda: HEADER + b"\n" + ROW + b",,,,\n\n \n" + ROW, 2),
    "stray zero bytes": (lambda: HEADER * 50 + ROW.replace(b"Acme", b"Ac\0me") + ROW, 2),
    "a preamble": (lambda: b"Agreement report\nPrinted,31/10/2026\n\n" + PLAIN, 3),
    "a 5 MB cell": (lambda: HEADER + b"Acme,Duo MFA,3,4.50," + b"x" * (5 << 20) + b"\n" + ROW, 2),
    "a quoted 5 MB cell": (
        lambda: HEADER + b'Acme,Duo MFA,3,4.50,"' + b"x\n" * 150 + b"x" * (5 << 20) + b'"\n' + ROW,
        2,
    ),
    "100,000 columns": (lambda: HEADER[:-1] + b",x" * 100_000 + b"\n" + ROW * 2, 2),
    "a header twice": (lambda: PLAIN + HEADER + PLAIN[len(HEADER) :], 6),
    "totals": (lambda: PLAIN + b"Total,,9,13.50,\nGrand Total:,,9,,\n,,9,,\nPrinted by Jo,,,,\n", 3),
    "duplicate headers": (lambda: b"Customer,Product,Qty,Unit Price,Agreement,Agreement\n" + ROW[:-1] + b",B\n", 1),
    "a column called row": (lambda: b"row,Customer,Product,Qty,Unit Price,Agreement\n1," + ROW, 1),
    "formulas as text": (lambda: HEADER + b"=1+1,'=cmd(),3,4.50,@x\n", 1),
    "emoji and right to left": (lambda: HEADER + "שלום 🎉,Duo MFA,3,4.50,مرحبا\n".encode(), 1),
    "numbers too large": (
        lambda: HEADER + b"Acme,Duo MFA," + b"9" * 60 + b",4.50,M\n" + ROW.replace(b",3,", b",4,") + ROW,
        2,
    ),
}
