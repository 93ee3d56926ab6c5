"""One workspace's part of every table: the only way the store reaches a row, so that none is reached across."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.services.ids import WorkspaceId
from bot.store.tables import SEALED

Where = ColumnElement[bool]
Key = tuple[Any, ...]
T = TypeVar("T")
AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rows of one workspace; of those that are sealed it knows which were written."""

    connection: Connection
    workspace: WorkspaceId
    written: dict[Table, set[Key]] = field(default_factory=dict)

    def rows(
        self, table: Table, *where: Where, order: Sequence[ColumnElement[Any]] = (), most: int | None = None
    ) -> Sequence[RowMapping]:
        """Read rows."""
        asked = select(table).where(self._mine(table, where)).order_by(*order).limit(most)
        return self.connection.execute(asked).mappings().all()

    def row(self, table: Table, *where: Where, order: Sequence[ColumnElement[Any]] = ()) -> RowMapping | None:
        """Read the first row, if there is one."""
        return next(iter(self.rows(table, *where, order=order, most=1)), None)

    def found(self, table: Table, **called: Any) -> RowMapping | None:  # noqa: ANN401 - any column's value
        """Read the row that is called so, if there is one."""
        asked = _asked_for(table, tuple(called))
        return self.connection.execute(asked, {"workspace": self.workspace, **called}).mappings().first()

    def add(self, table: Table, *rows: Mapping[str, Any]) -> None:
        """Write new rows."""
        if rows:
            self.connection.execute(insert(table), [self._clean(row) for row in rows])
            self._wrote(table, rows)

    def add_once(self, table: Table, row: Mapping[str, Any]) -> bool:
        """Write a row unless its key is taken; say whether it was written."""
        written = self._insert(table).values(self._clean(row)).on_conflict_do_nothing(index_elements=_key_names(table))
        # A row count of an insert is not kept by every driver; what it returns is.
        is_new = self.connection.execute(written.returning(table.c.workspace)).first() is not None
        self._wrote(table, [row] if is_new else [])
        return is_new

    def add_new(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write many rows, leaving out those whose key is taken."""
        written = self._insert(table).on_conflict_do_nothing(index_elements=_key_names(table))
        self.connection.execute(written, [self._clean(row) for row in rows])
        self._wrote(table, rows)

    def change_many(self, table: Table, rows: Sequence[Mapping[str, Any]], *, key: str, names: Sequence[str]) -> None:
        """Change the named columns of many rows, each found by its key."""
        if rows:
            mine = self._mine(table, [table.c[key] == bindparam(f"its_{key}")])
            values: dict[Any, Any] = {table.c[name]: bindparam(f"new_{name}") for name in names}
            new = [{f"new_{name}": row[name] for name in names} | {f"its_{key}": row[key]} for row in map(_safe, rows)]
            self.connection.execute(update(table).where(mine).values(values), new)
            self._wrote(table, rows)

    def put(self, table: Table, *rows: Mapping[str, Any]) -> None:
        """Write rows, each over the one that has its key."""
        if rows:
            key = _key_names(table)
            written = self._insert(table)
            rest = {name: written.excluded[name] for name in rows[0] if name not in key}
            put = written.on_conflict_do_update(index_elements=key, set_=rest)
            self.connection.execute(put, [self._clean(row) for row in rows])
            self._wrote(table, rows)

    def change(self, table: Table, *where: Where, **values: Any) -> int:  # noqa: ANN401 - any column's value
        """Change rows; say how many."""
        computed = {name: value for name, value in values.items() if isinstance(value, ColumnElement)}
        changed = update(table).where(self._mine(table, where)).values(computed)
        # Plain values are handed over beside the statement, which is then built a few times faster.
        plain = _safe({name: value for name, value in values.items() if name not in computed})
        if table not in SEALED:
            return self.connection.execute(changed, plain).rowcount
        rows = self.connection.execute(changed.returning(*key_columns(table)), plain).mappings().all()
        self._wrote(table, rows)
        return len(rows)

    def drop(self, table: Table, *where: Where) -> int:
        """Take rows out; say how many."""
        dropped = delete(table).where(self._mine(table, where))
        if table not in SEALED:
            return self.connection.execute(dropped).rowcount
        rows = self.connection.execute(dropped.returning(*key_columns(table))).mappings().all()
        self._wrote(table, rows)
        return len(rows)

    def next_number(self, table: Table, *where: Where) -> int:
        """Give the number after the last."""
        asked = select(func.max(table.c.number)).where(self._mine(table, where))
        return (self.connection.execute(asked).scalar() or 0) + 1

    def pairs(
        self, one: ColumnElement[str], other: ColumnElement[str], table: Table, *where: Where
    ) -> Iterable[tuple[str, str]]:
        """Read two columns."""
        asked = select(one, other).where(self._mine(table, where))
        return [(first, second) for first, second in self.connection.execute(asked)]

    def counts(self, of: ColumnElement[str], table: Table, *where: Where) -> dict[str, int]:
        """Count rows by one column."""
        asked = select(of, func.count()).where(self._mine(table, where)).group_by(of)
        return {key: count for key, count in self.connection.execute(asked).all()}  # noqa: C416 - rows are no pairs to a type checker

    def last_numbers(self, table: Table, of: ColumnElement[str], keys: Iterable[str]) -> dict[str, int]:
        """Give the last number there is of each of some things."""
        found: dict[str, int] = {}
        for some in batched(sorted(set(keys)), AT_ONCE):
            asked = select(of, func.max(table.c.number)).where(self._mine(table, [of.in_(some)])).group_by(of)
            found.update((key, number) for key, number in self.connection.execute(asked))
        return found

    def latest(
        self, table: Table, of: ColumnElement[str], at: ColumnElement[datetime], *where: Where
    ) -> Sequence[tuple[str, datetime]]:
        """Give the last moment there is of each of some things."""
        asked = select(of, func.max(at)).where(self._mine(table, where)).group_by(of)
        return [(key, moment) for key, moment in self.connection.execute(asked)]

    def values(self, column: ColumnElement[Any], table: Table, *where: Where) -> Iterable[Any]:
        """Read the different values of one column, in order."""
        asked = select(column).where(self._mine(table, where)).distinct().order_by(column)
        return self.connection.execute(asked).scalars().all()

    def keys(self, table: Table) -> Sequence[Key]:
        """Read what each row is called, and no more of it."""
        columns = key_columns(table)
        asked = select(*columns).where(self._mine(table, ())).order_by(*columns)
        return [tuple(row) for row in self.connection.execute(asked)]

    def _wrote(self, table: Table, rows: Iterable[Mapping[Any, Any]]) -> None:
        if table in SEALED:
            self.written.setdefault(table, set()).update(key_of(table, row) for row in rows)

    def _mine(self, table: Table, where: Iterable[Where]) -> Where:
        return and_(table.c.workspace == self.workspace, *where)

    def _clean(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return _safe({"workspace": self.workspace, **row})

    def _insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        is_sqlite = self.connection.dialect.name == "sqlite"
        return sqlite.insert(table) if is_sqlite else postgresql.insert(table)


@cache
def _asked_for(table: Table, names: tuple[str, ...]) -> Select[Any]:
    """Ask for one row by these columns: most of what is read is read so, and how it is asked is built once."""
    return select(table).where(*(table.c[name] == bindparam(name) for name in ("workspace", *names)))


def batched(keys: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Cut a list in pieces: a statement holds only so many values."""
    return (keys[start : start + size] for start in range(0, len(keys), size))


def key_columns(table: Table) -> list[Column[Any]]:
    """List what a row is called by within its workspace."""
    return [column for column in table.primary_key.columns if column.name != "workspace"]


def key_of(table: Table, row: Mapping[Any, Any]) -> Key:
    """Name a row within its workspace."""
    return tuple(row[column.name] for column in key_columns(table))


def _key_names(table: Table) -> list[str]:
    return [column.name for column in table.primary_key.columns]


def _safe(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: keepable(value) if isinstance(value, str) else value for name, value in row.items()}


def keepable(text: str) -> str:
    """Write text without the signs that a database refuses."""
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()
