"""Evidence is deleted when its time is over; its digests stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.services.ids import BOT, Clock, Digest, WorkspaceId
from bot.services.ports import Books, Ledger
from bot.services.workplace import kept_for


@dataclass(frozen=True, slots=True)
class Retention:
    """Keep evidence as long as it was agreed, and no longer."""

    ledger: Ledger
    clock: Clock
    keep_for: timedelta

    def forget(self, workspace: WorkspaceId) -> int:
        """Delete what is older, except for what the newest run and the files in use are made of; say how many.

        Mostly there is nothing to delete: whoever writes then is not kept waiting.
        """
        now = self.clock()
        with self.ledger.look(workspace) as books:
            if not books.files.has_older_than(now - kept_for(books, self.keep_for), but=_in_use(books)):
                return 0
        with self.ledger.open(workspace) as books:
            forgotten = books.files.forget_older_than(now - kept_for(books, self.keep_for), but=_in_use(books))
            if forgotten:
                books.audit.record(BOT, "forgot", "evidence", {"count": forgotten}, at=now)
            return forgotten


def _in_use(books: Books) -> set[Digest]:
    runs = [run for run in (books.runs.newest(), books.runs.newest_applied()) if run]
    kept = {name for run in runs for name in (run.document, run.at_hand, *run.hashes.values())}
    files = {file.digest for run in runs for file in books.exports.of_month(run.month)}
    return kept | files | {file.digest for file in books.exports.asking()}
