"""A table whose header is found and whose columns are understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from recon.lines import Side
from recon.reading.columns import Understanding, understand
from recon.reading.header import find_header
from recon.reading.meanings import MONEY
from recon.reading.profiles import Profile, Profiles
from recon.reading.sheet import Sheet
from recon.reading.sides import guess_side, money_columns
from recon.reading.words import fingerprint_of


@dataclass(frozen=True, slots=True)
class File:
    """A table whose header is found and whose columns are understood."""

    name: str
    sheet: Sheet
    header_row: int
    names: Mapping[str, str]  # cell column -> heading
    below: pl.DataFrame  # the rows under the header
    fingerprint: str
    profile: Profile
    known: Understanding
    side: Side | None
    own_side: Side | None  # as it seems by itself, whatever people say

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """Meaning to cell columns, with money settled for the side; for an unknown side, as undecided as it is."""
        money = money_columns(self.known.columns, self.names, self.side) if self.side else {}
        rest = {str(m): columns for m, columns in self.known.columns.items() if m not in MONEY or not self.side}
        return {**rest, **money}


def look_into(sheet: Sheet, name: str, profiles: Profiles, side: Side | None) -> File:
    """Find the header, understand the columns and decide the side, as far as the file and its profile tell."""
    header_row, names = find_header(sheet, name)
    below = sheet.cells.slice(header_row)  # a filter would copy a million rows
    fingerprint = fingerprint_of(names.values())
    profile = profiles.about(fingerprint)
    known = understand(below, names, profile, fingerprint)
    own = known.layout.side if known.layout else guess_side(names.values(), name, known.columns)
    decided = side or profile.side or own
    return File(name, sheet, header_row, names, below, fingerprint, profile, known, decided, own)
