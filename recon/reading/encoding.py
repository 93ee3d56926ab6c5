"""Bytes of any encoding become UTF-8 with plain line ends."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from recon.errors import UnreadableFile

MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HEAD = 65_536
STEP = 1024 * 1024
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x1c\x1d\x1e\x1f"))
MOST_CONTROLS = 0.02


@dataclass(frozen=True, slots=True)
class Text:
    """What a file says, in UTF-8, a newline after each line."""

    utf8: bytes
    encoding: str
    damaged: int = 0  # letters that could not be read


def decode(content: bytes, name: str) -> Text:
    """Find the encoding by mark, by zero bytes, by trying UTF-8, and last take it for Windows' own."""
    mark, encoding = next(((mark, code) for mark, code in MARKS if content.startswith(mark)), (b"", ""))
    body = content.removeprefix(mark)
    encoding = encoding or wide_encoding(body[:HEAD])
    if encoding not in ("", "utf-8"):
        letters = body.decode(encoding, "replace")
        return Text(plain(letters.encode("utf-8", "replace"), name), encoding, letters.count("\ufffd"))
    if is_utf8(body):
        return Text(plain(body, name), "utf-8 with BOM" if mark else "utf-8")
    return from_narrow(body, name)


def from_narrow(body: bytes, name: str) -> Text:
    """Tell UTF-8 with a few damaged letters from cp1252, by which explains more of the bytes above 127."""
    letters = body.decode("utf-8", "replace")
    damaged = letters.count("\ufffd")
    beyond_ascii = len(letters) - len(letters.encode("ascii", "ignore"))
    if beyond_ascii > 4 * damaged:
        return Text(plain(letters.encode("utf-8"), name), "utf-8", damaged)
    letters = body.decode("cp1252", "replace")
    return Text(plain(letters.encode("utf-8"), name), "cp1252", letters.count("\ufffd"))


def wide_encoding(head: bytes) -> str:
    """Recognise UTF-16 without a mark: every second byte of western text is zero."""
    pairs = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if pairs and odd > pairs * 0.4 and even < pairs * 0.05:
        return "utf-16-le"
    if pairs and even > pairs * 0.4 and odd < pairs * 0.05:
        return "utf-16-be"
    return ""


def is_utf8(body: bytes) -> bool:
    """Try it piece by piece, without a second copy of the file."""
    if body.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(body), STEP):
            decoder.decode(body[start : start + STEP])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def plain(utf8: bytes, name: str) -> bytes:
    """Refuse what is no text, drop stray zero bytes, and end every line the same way."""
    head = utf8[:HEAD]
    if len(head) - len(head.translate(None, CONTROLS)) > MOST_CONTROLS * len(head):
        raise UnreadableFile(
            f"{name} is binary data of a kind I don't know, not a table. "
            "Export the lines as CSV or XLSX and give me that."
        )
    if b"\0" in utf8:
        utf8 = utf8.replace(b"\0", b"")
    if b"\r" in utf8:
        utf8 = utf8.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return utf8.removesuffix(b"\x1a")
