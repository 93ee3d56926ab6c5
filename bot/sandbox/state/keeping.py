"""Keeping the state in a folder, so that a restarted Slack goes on where it was."""

import json
import sqlite3
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.sandbox.state.shelves import Shelf, State

TABLES = """
create table if not exists records (shelf text, key text, body text, primary key (shelf, key));
create table if not exists contents (file text primary key, body blob);
"""
WRITE = "insert into records values (?, ?, ?) on conflict do update set body = excluded.body"


class Folder:
    """One database file in a folder; every change is in it before it is answered."""

    def __init__(self, path: Path) -> None:
        """Open or make the folder."""
        path.mkdir(parents=True, exist_ok=True)
        self.books = sqlite3.connect(path / "slack.sqlite", isolation_level=None, check_same_thread=False)
        self.books.execute("pragma journal_mode = wal")
        self.books.execute("pragma synchronous = normal")
        self.books.executescript(TABLES)

    def load(self, state: State) -> bool:
        """Fill the state with what was kept, and say whether there was anything."""
        found = False
        for name, shelf in state.shelves().items():
            rows = self.books.execute("select body from records where shelf = ? order by rowid", [name])
            for (body,) in rows.fetchall():
                shelf.put(revived(shelf, body))
                found = True
            shelf.changed.clear()
        state.contents.update(self.books.execute("select file, body from contents").fetchall())
        return found

    def save(self, state: State) -> None:
        """Write what has changed since the last time, all or nothing."""
        changed = {name: shelf for name, shelf in state.shelves().items() if shelf.changed}
        if not changed and not state.new_contents:
            return
        self.books.execute("begin immediate")
        for name, shelf in changed.items():
            self.write(name, shelf)
        for file in state.new_contents:
            self.books.execute("insert or replace into contents values (?, ?)", [file, state.contents[file]])
        self.books.execute("commit")
        state.new_contents.clear()

    def write(self, name: str, shelf: Shelf[Any]) -> None:
        """Write one shelf's changes; an old record keeps its place."""
        for key in shelf.changed:
            record = shelf.get(key)
            if record is None:
                self.books.execute("delete from records where shelf = ? and key = ?", [name, key])
            else:
                self.books.execute(WRITE, [name, key, json.dumps(asdict(record))])
        shelf.changed.clear()

    def close(self) -> None:
        """Let go of the folder."""
        self.books.close()


def revived(shelf: Shelf[Any], body: str) -> object:
    """Make a record again of what was written of it; JSON knows no tuples, records no lists."""
    fields = json.loads(body)
    return shelf.kind(**{name: as_tuple(value) if isinstance(value, list) else value for name, value in fields.items()})


def as_tuple(value: list[object]) -> tuple[object, ...]:
    """Turn lists of lists into tuples of tuples."""
    return tuple(as_tuple(inner) if isinstance(inner, list) else inner for inner in value)
