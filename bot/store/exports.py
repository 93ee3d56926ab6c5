"""Files handed in, and the sources they come from, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from bot.services.exports import FileState, KeptFile, Place, Source
from bot.services.failures import NotFound
from bot.services.ids import Digest, FileId, PersonId
from bot.store.shelf import Shelf
from bot.store.tables import files, sources
from recon import Month, Side, read_month


@dataclass(frozen=True, slots=True)
class ExportsShelf:
    """The files of a workspace."""

    shelf: Shelf

    def add(self, file: KeptFile) -> None:
        """Keep what is known of a new file."""
        self.shelf.add(files, {"id": file.id, **_columns(file)})

    def get(self, file: FileId) -> KeptFile:
        """Give a file."""
        row = self.shelf.found(files, id=file)
        if row is None:
            raise NotFound("I know no such file.")
        return _file(row)

    def put(self, file: KeptFile) -> None:
        """Keep what is known of a file by now."""
        self.shelf.change(files, files.c.id == file.id, **_columns(file))

    def same(self, content: Digest) -> KeptFile | None:
        """Give the newest file of the same bytes that is in use."""
        in_use = files.c.state.not_in([FileState.REPLACED.value, FileState.LEFT_OUT.value])
        row = self.shelf.row(files, files.c.digest == content, in_use, order=(files.c.at.desc(), files.c.id))
        return _file(row) if row else None

    def of_month(self, month: Month) -> Sequence[KeptFile]:
        """List the files a month is compared from."""
        ready = (files.c.month == str(month), files.c.state == FileState.READY.value)
        return [_file(row) for row in self.shelf.rows(files, *ready, order=(files.c.at, files.c.id))]

    def replaced_by(self, file: FileId) -> Sequence[KeptFile]:
        """List the files whose place another took, the newest first."""
        rows = self.shelf.rows(files, files.c.replaced_by == file, order=(files.c.at.desc(), files.c.id))
        return [_file(row) for row in rows]

    def asking(self) -> Sequence[KeptFile]:
        """List the files that wait for an answer."""
        asking = files.c.state == FileState.ASKING.value
        return [_file(row) for row in self.shelf.rows(files, asking, order=(files.c.at, files.c.id))]

    def came(self, contents: Iterable[Digest]) -> Mapping[Digest, datetime]:
        """Say when some bytes first came in, whatever became of the file."""
        rows = self.shelf.rows(files, files.c.digest.in_(list(contents)), order=(files.c.at.desc(),))
        return {Digest(row["digest"]): row["at"] for row in rows}

    def months(self) -> Sequence[Month]:
        """List the months there are files of, oldest first."""
        stated = self.shelf.values(files.c.month, files, files.c.month.is_not(None))
        return [read_month(month) for month in stated]

    def called(self) -> Iterable[tuple[str, Side | None, str]]:
        """Say what the source of each file is called, with its side and its headings; the first file first."""
        named = self.shelf.rows(files, files.c.source != "", order=(files.c.at, files.c.id))
        return [(file.source, file.side, file.fingerprint) for file in map(_file, named)]

    def sources(self) -> Sequence[Source]:
        """List what is expected every month."""
        rows = self.shelf.rows(sources, order=(sources.c.side, sources.c.name))
        return [
            Source(side=Side(row["side"]), name=row["name"], month=read_month(row["month"]), lines=row["lines"])
            for row in rows
        ]

    def expect(self, source: Source) -> None:
        """Expect a source from now on."""
        row = {"side": source.side.value, "name": source.name, "month": str(source.month), "lines": source.lines}
        self.shelf.put(sources, row)

    def expect_no_more(self, side: Side, name: str) -> bool:
        """Stop expecting a source; say whether it was expected."""
        return self.shelf.drop(sources, sources.c.side == side.value, sources.c.name == name) > 0


def _columns(file: KeptFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "digest": file.digest,
        "side": file.side.value if file.side else None,
        "source": file.source,
        "month": str(file.month) if file.month else None,
        "fingerprint": file.fingerprint,
        "lines": file.lines,
        "clients": file.clients,
        "problems": file.problems,
        "state": file.state.value,
        "by": file.by,
        "at": file.at,
        "channel": file.place.channel if file.place else None,
        "thread": file.place.thread if file.place else None,
        "replaced_by": file.replaced_by,
        "is_accepted": file.is_accepted,
    }


def _file(row: RowMapping) -> KeptFile:
    return KeptFile(
        id=FileId(row["id"]),
        name=row["name"],
        digest=Digest(row["digest"]),
        side=Side(row["side"]) if row["side"] else None,
        source=row["source"],
        month=read_month(row["month"]) if row["month"] else None,
        fingerprint=row["fingerprint"],
        lines=row["lines"],
        clients=row["clients"],
        problems=row["problems"],
        state=FileState(row["state"]),
        by=PersonId(row["by"]),
        at=row["at"],
        place=Place(row["channel"], row["thread"]) if row["channel"] else None,
        replaced_by=row["replaced_by"],
        is_accepted=row["is_accepted"],
    )
