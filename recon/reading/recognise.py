"""What a file is when it is no table, by its first bytes."""

from __future__ import annotations

import re

from recon.errors import UnreadableFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
EXPORT = "Export the lines as CSV or XLSX and give me that."
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture, sound or film"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
)
MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|script|table|\?xml|!--|div|form|svg)", re.IGNORECASE)
XML = re.compile(rb"\s*<\?xml(?![^<]*<(?:!doctype )?html)", re.IGNORECASE)
TITLE = re.compile(rb"<title[^>]*>(.{1,80}?)</title>", re.IGNORECASE | re.DOTALL)
JSON = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{"\]\d])')
NOT_BLANK = re.compile(rb"[^\s\0,;|\"]")


def refuse_what_is_no_table(content: bytes, name: str) -> None:
    """Stop with a sentence when the bytes are something else than a table."""
    for start, what in MAGIC:
        if content.startswith(start):
            raise UnreadableFile(f"{name} is {what}, which I can't read as a table. {EXPORT}")
    if content.startswith(OLE) and ENCRYPTED in content:
        raise UnreadableFile(f"{name} is a workbook with a password. Save it without one and give it to me again.")
    if not NOT_BLANK.search(content.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")):
        raise UnreadableFile(f"{name} is empty: there is nothing in it to read. {EXPORT}")


def is_markup(text: bytes) -> bool:
    """Tell a web page or XML from a table of text."""
    return MARKUP.match(text) is not None


def refuse_markup(text: bytes, name: str) -> None:
    """Stop when text is a web page without a table of lines (often a login page saved as an export) or JSON."""
    if is_markup(text):
        title = TITLE.search(text[:20_000])
        if XML.match(text):
            raise UnreadableFile(f"{name} is XML, and I find no table of lines in it. {EXPORT}")
        called = f" called “{title[1].decode('utf-8', 'replace').strip()}”" if title else ""
        raise UnreadableFile(
            f"{name} is a web page{called} without a table of lines; often that is a login page. "
            "Sign in, download the export again, and give me that."
        )
    if JSON.match(text):
        raise UnreadableFile(
            f"{name} is JSON, and I read tables. Export it as CSV or XLSX, or connect the system itself."
        )
