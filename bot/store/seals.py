"""A seal on each row that people rely on, by which one that was changed behind the bot's back is known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, RowMapping, Table, tuple_

from bot.services.runs import canonical
from bot.store.shelf import Key, Shelf, batched, key_columns, key_of
from bot.store.tables import SEALED, seals

AT_ONCE = 500
UNREADABLE = (ValueError, ArithmeticError, TypeError, LookupError)
"""What comes of reading bytes that are no number or moment any more, or that lack what was written there."""


def write_seals(shelf: Shelf) -> None:
    """Seal the rows that were written, as they are now."""
    written = [(table, some) for table in SEALED for some in batched(sorted(shelf.written.pop(table, ())), AT_ONCE)]
    shelf.put(seals, *(seal for table, keys in written for seal in _seals(shelf, table, keys)))


def seal_everything(shelf: Shelf) -> None:
    """Seal all rows, as they are now: a migration may have changed each."""
    for table in SEALED:
        shelf.written[table] = set(shelf.keys(table))
    write_seals(shelf)


def _seals(shelf: Shelf, table: Table, keys: Sequence[Key]) -> Iterator[dict[str, str]]:
    """Compute the seals of some rows; those that are no longer there lose theirs."""
    rows = {key_of(table, row): row for row in shelf.rows(table, _among(table, keys))}
    gone = [_name(key) for key in keys if key not in rows]
    if gone:
        shelf.drop(seals, seals.c.of_table == table.name, seals.c.its_key.in_(gone))
    yield from ({"of_table": table.name, "its_key": _name(key), "seal": seal_of(row)} for key, row in rows.items())


def seal_of(row: RowMapping) -> str:
    """Compute what a row's seal must be; a column that is empty does not count, so that one may be added."""
    told = [[name, str(value)] for name, value in sorted(row.items()) if value is not None]
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def find_broken_seals(shelf: Shelf) -> Iterator[str]:
    """Say of each row that it was changed, slipped in or taken out."""
    for table in SEALED:
        known = dict(shelf.pairs(seals.c.its_key, seals.c.seal, seals, seals.c.of_table == table.name))
        for key, row in _readable(shelf, table):
            kept = known.pop(_name(key), None)
            if kept is None:
                yield f"{table.name} {_name(key)} was slipped in"
            elif row is None or seal_of(row) != kept:
                yield f"{table.name} {_name(key)} is not as it was written"
        for name in sorted(known):
            yield f"{table.name} {name} is missing"


def _readable(shelf: Shelf, table: Table) -> Iterator[tuple[Key, RowMapping | None]]:
    """Read a table; where a row can't be read any more, one row at a time."""
    try:
        rows = shelf.rows(table)
    except UNREADABLE:
        for key in shelf.keys(table):
            yield key, _row(shelf, table, key)
    else:
        yield from ((key_of(table, row), row) for row in rows)


def _row(shelf: Shelf, table: Table, key: Key) -> RowMapping | None:
    try:
        return shelf.row(table, _among(table, [key]))
    except UNREADABLE:
        return None


def _among(table: Table, keys: Sequence[Key]) -> ColumnElement[bool]:
    columns = key_columns(table)
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])
    return tuple_(*columns).in_(keys)


def _name(key: Key) -> str:
    return " ".join(map(str, key))
