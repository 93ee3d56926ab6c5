"""A month is compared, and what is new about it is promised to be told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal

from bot.services.agreed import agreed_rules, what_is_agreed
from bot.services.applying import apply_moves
from bot.services.cases import Case
from bot.services.computing import (
    add_up_figures,
    compute,
    count_quantities,
    judgements_to_text,
    put_at_hand,
    state_gaps,
    weights_of,
    with_names_apart,
)
from bot.services.exports import Source
from bot.services.failures import Refused, TryLater
from bot.services.following import Found, Moved, follow
from bot.services.ids import BOT, Clock, Digest, NewId, RunId, WorkspaceId
from bot.services.packing import pack
from bot.services.ports import Books, Ledger
from bot.services.promising import result_of
from bot.services.readiness import Readiness, look_at_month
from bot.services.runs import Counted, FileUsed, Inputs, Run, digest
from recon import Direction, Gap, GapId, Month, Reconciliation, Side, export_workbook, write_document

AT_ONCE = 1_000  # rows a transaction writes
MOST_TRIES = 3  # a file or an answer may come in while a month is compared


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What a run found, and what it changed."""

    run: Run
    moves: tuple[Moved, ...] = ()
    is_new: bool = True  # not new: nothing has changed since, so this is the run there was


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A run done again from the evidence that was kept."""

    run: Run
    document: bytes
    is_same: bool
    weights: str  # the matcher's, now


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Compare a month."""

    ledger: Ledger
    clock: Clock
    new_id: NewId

    def readiness(self, workspace: WorkspaceId, month: Month) -> Readiness:
        """Say what a month still needs."""
        with self.ledger.look(workspace) as books:
            return look_at_month(books, month)

    def run(self, workspace: WorkspaceId, month: Month, *, because: str | None = None) -> RunReport:
        """Compare a month with everything known by now; if nothing has changed since the last time, nothing happens."""
        for _ in range(MOST_TRIES):
            with self.ledger.look(workspace) as books:
                inputs = gather(books, month)
                known = books.runs.newest(month)
                if known and known.inputs == inputs.digest and _is_last_word(books, known):
                    return RunReport(run=known, is_new=False)
                contents = {used.digest: books.files.get(used.digest) for used in inputs.files}
            result = compute(inputs, contents.__getitem__)
            self._keep_quantities(workspace, month, count_quantities(result))
            report = self._keep(workspace, inputs, result, because)
            if report is not None:
                return report
        raise TryLater(f"{month} keeps changing while I compare it; I will try again.")

    def replay(self, workspace: WorkspaceId, run: RunId) -> Replay:
        """Do a run again from the evidence that was kept."""
        known, result = self._again(workspace, run)
        document = write_document(result).encode()
        is_same = digest(document) == known.document
        return Replay(run=known, document=document, is_same=is_same, weights=weights_of(result))

    def workbook(self, workspace: WorkspaceId, run: RunId) -> bytes:
        """Write a run's whole result as XLSX: every line of both sides with its class."""
        _, result = self._again(workspace, run)
        return export_workbook(result)

    def _again(self, workspace: WorkspaceId, run: RunId) -> tuple[Run, Reconciliation]:
        with self.ledger.look(workspace) as books:
            known = books.runs.get(run)
            inputs = recall(books, known)
            contents = {used.digest: books.files.get(used.digest) for used in inputs.files}
        return known, compute(inputs, contents.__getitem__)

    def _keep_quantities(self, workspace: WorkspaceId, month: Month, seen: dict[Counted, Decimal]) -> None:
        """Keep what has changed, a piece at a time: nobody who clicks waits for a hundred thousand rows.

        A run that is cut off here is run again, and goes on.
        """
        with self.ledger.look(workspace) as books:
            if look_at_month(books, month).missing:
                return
            known = books.runs.quantities(month)
        gone = {place: Decimal(0) for place in known if place not in seen}
        changed = [(place, count) for place, count in (seen | gone).items() if known.get(place) != count]
        for start in range(0, len(changed), AT_ONCE):
            with self.ledger.open(workspace) as books:
                books.runs.put_quantities(month, dict(changed[start : start + AT_ONCE]))

    def _keep(
        self, workspace: WorkspaceId, inputs: Inputs, result: Reconciliation, because: str | None
    ) -> RunReport | None:
        """Keep a run and what it changes, unless its inputs are no longer what they were."""
        document = write_document(result)
        gaps, now = state_gaps(document), self.clock()
        packed, at_hand = pack(document.encode()), pack(put_at_hand(result, document).encode())
        texts = {name: pack(text.encode()) for name, text in inputs.texts.items()}
        with self.ledger.open(workspace) as books:
            if gather(books, inputs.month) != inputs:
                return None
            missing = look_at_month(books, inputs.month).missing
            run = Run(
                id=RunId(self.new_id()),
                month=inputs.month,
                at=now,
                inputs=inputs.digest,
                hashes={name: books.files.keep(kept, at=now) for name, kept in texts.items()},
                weights=weights_of(result),
                document=books.files.keep(packed, at=now),
                at_hand=books.files.keep(at_hand, at=now),
                figures=add_up_figures(result),
                missing=missing,
                is_applied=not missing and not _is_past(books, inputs.month),
                because=because,
            )
            books.runs.add(run)
            moves: list[Moved] = []
            if not missing:
                _expect_again(books, run)
            if run.is_applied:
                moves = follow(_found(books, run, gaps, self.new_id))
                apply_moves(books, run, moves)
            books.outbox.promise(result_of(run), at=now)
            told = {"month": str(run.month), "inputs": run.inputs, "document": run.document, "moved": len(moves)}
            books.audit.record(BOT, "reconciled", run.id, told, at=now)
        return RunReport(run=run, moves=tuple(moves))


def gather(books: Books, month: Month) -> Inputs:
    """Gather all that a month's result depends on, or say what is lacking."""
    ready = look_at_month(books, month)
    if not ready.can_run:
        raise Refused(" ".join(ready.lacking))
    used = [FileUsed(file.side, file.source, file.name, file.digest) for file in ready.files if file.side]
    return Inputs(
        month=month,
        files=with_names_apart(used),
        profiles=books.answers.profiles(file.fingerprint for file in ready.files).to_json(),
        judgements=judgements_to_text(books.answers.judgements()),
        rules=agreed_rules(books),
        settings=what_is_agreed(books).to_json(),
    )


def recall(books: Books, run: Run) -> Inputs:
    """Read a run's inputs back from the evidence."""
    texts = {name: books.files.get(kept).decode() for name, kept in run.hashes.items()}
    return Inputs(month=run.month, files=read_files(texts.pop("files")), **texts)


def read_files(text: str) -> tuple[FileUsed, ...]:
    """Read which files a run used."""
    return tuple(FileUsed(Side(side), source, name, Digest(kept)) for side, source, name, kept in json.loads(text))


def _is_past(books: Books, month: Month) -> bool:
    """Tell a month that is over for the gaps: a later one has spoken."""
    newest = books.runs.newest_applied()
    return newest is not None and month < newest.month


def _is_last_word(books: Books, run: Run) -> bool:
    """Tell whether a run of the same inputs would say nothing else: what is missing is not among the inputs."""
    missing = look_at_month(books, run.month).missing
    return run.missing == missing


def _expect_again(books: Books, run: Run) -> None:
    for file in books.exports.of_month(run.month):
        if file.side:
            books.exports.expect(Source(side=file.side, name=file.source, month=run.month, lines=file.lines))


def _found(books: Books, run: Run, gaps: list[tuple[Gap, str]], new_id: NewId) -> Found:
    unclosed = books.cases.unclosed()
    standing = {decision.id: decision for decision in books.decisions.standing()}
    closed = books.cases.closed_identities()

    def last_closed(identity: GapId, direction: Direction) -> Case | None:
        return books.cases.last_closed(identity, direction) if (identity, direction) in closed else None

    asked = {c.decision: c for c in books.decisions.corrections() if c.decision in standing}
    return Found(
        run=run,
        gaps=gaps,
        unclosed=unclosed,
        last_closed=last_closed,
        decisions=standing,
        corrections=asked,
        new_id=new_id,
    )
