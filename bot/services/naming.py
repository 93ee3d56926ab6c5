"""What an export is called, so that next month's is known to be the same source."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Iterator
from itertools import count

from bot.services.exports import KeptFile
from bot.services.ids import client_key
from bot.services.ports import Books
from recon import Reading

NAMES_CLIENT = frozenset({"client", "client_id", "domain"})
LONGEST = 40  # signs of a file's name
ENDING = re.compile(r"(\.[a-z0-9]{2,4})+$", re.IGNORECASE)
MONTHS = "|".join(name for names in zip(month_name, month_abbr, strict=True) for name in names if name)
DATES = re.compile(
    r"(?<![a-z0-9])("
    r"\d{4}[-_. ]?\d{1,2}([-_. ]?\d{1,2})?|\d{1,2}[-_. ]\d{1,2}[-_. ]\d{2,4}|\d{1,2}[-_. ]\d{4}|\(\d+\)|\d{5,}"
    rf"|(\d{{1,2}}[-_. ])?({MONTHS})([-_. ]?\d{{1,4}}){{0,2}}"
    r")(?![a-z0-9])",
    re.IGNORECASE,
)
GAPS = re.compile(r"^[\W_]+|[\W_]+$|[\s_]+|[\s_.-]{2,}")


def name_source(books: Books, file: KeptFile, reading: Reading) -> str:
    """Name what a file is an export of; files of one client each are told apart by the client."""
    layout = reading.layout
    clients = reading.lines["client"].unique()
    if len(clients) > 1 or NAMES_CLIENT & set(layout.columns):
        return layout.source or _call_by_file(books, file, reading)
    headings = ", ".join(header[:30] for header in layout.headers[:3])
    source = layout.source or f"the export with {headings} (header {layout.fingerprint[:6]})"
    return f"{source} of {client_key(clients[0]) if len(clients) else tidy_name(file.name)}"


def _call_by_file(books: Books, file: KeptFile, reading: Reading) -> str:
    """Call an export nobody has met after its first file; what has the same headings, and no other side, is one."""
    side, called = reading.layout.side or file.side, books.exports.called()
    taken = set()
    for name, its_side, headings in called:
        if headings == reading.layout.fingerprint and (its_side is side or None in (its_side, side)):
            return name
        taken.add(name)
    return next(name for name in _names_like(tidy_name(file.name)) if name not in taken)


def _names_like(name: str) -> Iterator[str]:
    """Give a name, then others like it, all in quotes: what is known by its layout has none."""
    yield f"“{name}”"
    yield from (f"“{name} {number}”" for number in count(2))


def tidy_name(name: str) -> str:
    """Leave out of a file's name what differs from month to month: `Additions_2026-10 (2).csv` is `Additions`."""
    for left_out in (ENDING, DATES, GAPS):
        name = left_out.sub(" ", name).strip()
    return name[:LONGEST].strip() or "export"
