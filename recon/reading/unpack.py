"""What is packed inside a file, and never more of it than a machine can hold."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from recon.errors import UnreadableFile

MEGABYTE = 1024 * 1024
MOST_GIVEN = 200 * MEGABYTE
MOST_UNPACKED = 1000 * MEGABYTE
MOST_LAYERS = 3
LOCAL_HEADER = 30
STEP = MEGABYTE
GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
WORKBOOK_PARTS = ("xl/", "content.xml")


class TooMuch(UnreadableFile):
    """The file is larger than I take; export fewer months or clients at a time."""


def unpack(content: bytes, name: str) -> tuple[bytes, str]:
    """Take the wrappings off: gzip (of any number of members) and zip archives that hold one file."""
    if len(content) > MOST_GIVEN:
        raise TooMuch(
            f"{name} is {len(content) // MEGABYTE} MB; I take files up to {MOST_GIVEN // MEGABYTE} MB "
            f"({MOST_UNPACKED // MEGABYTE} MB unpacked). Export fewer months or clients at a time."
        )
    for _ in range(MOST_LAYERS):
        if content.startswith(GZIP):
            content, name = gunzip(content, name), name.removesuffix(".gz")
        elif content.startswith(ZIP) and not is_workbook(content, name):
            content, name = only_file(content, name)
        else:
            return content, name
    if content.startswith(GZIP):
        raise UnreadableFile(f"{name} is packed more than {MOST_LAYERS} times over. Give me the file that is inside.")
    return content, name


def gunzip(content: bytes, name: str) -> bytes:
    """Join the members of a gzip file; what follows the last one is padding."""
    parts: list[bytes] = []
    size, rest = 0, content
    while rest.startswith(GZIP):
        inflater = zlib.decompressobj(wbits=31)
        for part in inflated(inflater, rest, name):
            size = allowed(size + len(part), name)
            parts.append(part)
        if not inflater.eof:
            raise UnreadableFile(f"{name} is a gzip file that breaks off before its end. Download it again.")
        rest = inflater.unused_data.lstrip(b"\0")
    return b"".join(parts)


def inflated(inflater: zlib._Decompress, packed: bytes, name: str) -> Iterator[bytes]:
    """Inflate step by step, so that a bomb is noticed before it is held."""
    try:
        while packed and not inflater.eof:
            yield inflater.decompress(packed, STEP)
            packed = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as broken:
        raise UnreadableFile(f"{name} is packed, and damaged: I can't unpack it. Download it again.") from broken


def allowed(size: int, name: str) -> int:
    """Hand the size back unless it is more than we hold."""
    if size > MOST_UNPACKED:
        raise TooMuch(
            f"{name} unpacks to more than {MOST_UNPACKED // MEGABYTE} MB. If it is a real export, split it; if not, "
            "don't open it: small files that unpack to huge ones are a known attack."
        )
    return size


def opened(content: bytes, name: str) -> zipfile.ZipFile:
    """Open an archive whose table of contents can be read and is not encrypted."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError) as broken:
        raise UnreadableFile(
            f"{name} is a damaged zip archive or workbook: I can't read its table of contents. Download it again."
        ) from broken
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise UnreadableFile(f"{name} is protected by a password. Save it without one and give it to me again.")
    return archive


def is_workbook(content: bytes, name: str) -> bool:
    """Tell a workbook (a zip archive of XML) from an archive of files."""
    with opened(content, name) as archive:
        return any(entry.startswith(WORKBOOK_PARTS) for entry in archive.namelist())


def only_file(content: bytes, name: str) -> tuple[bytes, str]:
    """Take the one file out of an archive."""
    with opened(content, name) as archive:
        entries = [e for e in archive.infolist() if not e.is_dir() and not e.filename.startswith("__MACOSX/")]
        if len(entries) != 1:
            seen = ", ".join(e.filename for e in entries[:3])
            raise UnreadableFile(
                f"{name} is an archive of {len(entries)} files ({seen or 'none'}), and I read one table at a time. "
                "Unpack it and give me the CSV or XLSX you mean."
            )
        return b"".join(member_of(content, entries[0], name)), entries[0].filename.rsplit("/", 1)[-1]


def check_inflated_size(content: bytes, name: str) -> None:
    """Refuse a workbook that unpacks to too much, whatever sizes it declares."""
    with opened(content, name) as archive:
        entries = archive.infolist()
        allowed(sum(entry.file_size for entry in entries), name)
        size = 0
        for entry in entries:
            for part in member_of(content, entry, name):
                size = allowed(size + len(part), name)


def member_of(content: bytes, entry: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """Inflate one member by its bytes, since its declared size may lie."""
    start = entry.header_offset
    head = content[start : start + LOCAL_HEADER]
    if len(head) < LOCAL_HEADER or not head.startswith(ZIP):
        raise UnreadableFile(
            f"{name} is a damaged archive: a file in it is not where its list says. Download it again."
        )
    name_size, extra_size = struct.unpack("<HH", head[26:30])
    start += LOCAL_HEADER + name_size + extra_size
    packed = content[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        size = 0
        for part in inflated(zlib.decompressobj(wbits=-15), packed, name):
            size = allowed(size + len(part), name)
            yield part
    else:
        raise UnreadableFile(f"{name} is packed in a way I don't know. Save it as a plain CSV or XLSX.")
