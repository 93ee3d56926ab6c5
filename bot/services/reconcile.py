"""A month is compared, and what is new about it is promised to be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bot.services.applying import apply_moves
from bot.services.cases import Case
from bot.services.computing import compute, say_nothing, weights_of
from bot.services.exports import Source
from bot.services.failures import TryLater
from bot.services.following import Found, Moved, follow
from bot.services.gathering import gather, last_word, must_be_readable, recall
from bot.services.ids import BOT, Clock, Digest, NewId, RunId, WorkspaceId
from bot.services.packing import pack
from bot.services.planning import month_begins_of
from bot.services.ports import Books, Ledger
from bot.services.promising import told_of
from bot.services.readiness import look_at_month
from bot.services.renaming import keep_names
from bot.services.replaying import Differences, compare_documents
from bot.services.runs import Counted, Inputs, Run, Say, Step, digest
from bot.services.verifying import Before, Seen, Settled, names_settled
from bot.services.working import Contents, Work, Worked, Write, work_out, write_book
from recon import Direction, GapId, Month, Side, write_document

AT_ONCE = 200  # rows a transaction writes
MOST_TRIES = 3  # a file or an answer may come in while a month is compared


def go_on() -> None:
    """Take no rest."""


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
    weights: str  # the matcher's, now
    differences: Differences | None  # none where the bytes are the same

    @property
    def is_same(self) -> bool:
        """Whether the bytes are."""
        return self.differences is None


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Compare a month."""

    ledger: Ledger
    clock: Clock
    new_id: NewId
    work: Work = work_out
    write: Write = write_book
    rest: Callable[[], None] = go_on  # so that others get on while a long list is written

    def run(
        self, workspace: WorkspaceId, month: Month, *, because: str | None = None, say: Say = say_nothing
    ) -> RunReport:
        """Compare a month with everything known by now; if nothing has changed since the last time, nothing happens."""
        for _ in range(MOST_TRIES):
            with self.ledger.look(workspace) as books:
                inputs = gather(books, month, self.clock())
                known = last_word(books, inputs)
                if known:
                    return RunReport(run=known, is_new=False)
                must_be_readable(books, month)
                contents = {used.digest: books.files.get(used.digest) for used in inputs.files}
            worked = self.work(inputs, contents, say)
            say(Step.KEEPING, worked.figures.lines)
            if not worked.figures.is_one_sided:
                self._keep_quantities(workspace, month, worked.quantities)
            report = self._keep(workspace, inputs, worked, because)
            if report is not None:
                return report
        raise TryLater(f"{month.name} keeps changing while I compare it; I will try again.")

    def replay(self, workspace: WorkspaceId, run: RunId) -> Replay:
        """Do a run again from the evidence that was kept."""
        known, inputs, contents = self._recall(workspace, run)
        result = compute(inputs, contents.__getitem__)
        document = write_document(result).encode()
        differences = None if digest(document) == known.document else self._differences(workspace, known, document)
        return Replay(run=known, document=document, weights=weights_of(result), differences=differences)

    def _differences(self, workspace: WorkspaceId, known: Run, document: bytes) -> Differences:
        with self.ledger.look(workspace) as books:
            return compare_documents(books.files.get(known.document), document)

    def workbook(self, workspace: WorkspaceId, run: RunId) -> bytes:
        """Write a run's whole result as XLSX: every line of both sides with its class."""
        _, inputs, contents = self._recall(workspace, run)
        return self.write(inputs, contents)

    def _recall(self, workspace: WorkspaceId, run: RunId) -> tuple[Run, Inputs, Contents]:
        with self.ledger.look(workspace) as books:
            known = books.runs.get(run)
            inputs = recall(books, known)
            contents = {used.digest: books.files.get(used.digest) for used in inputs.files}
        return known, inputs, contents

    def _keep_quantities(self, workspace: WorkspaceId, month: Month, seen: Mapping[Counted, Decimal]) -> None:
        """Keep what has changed, a piece at a time: nobody who clicks waits for a hundred thousand rows.

        A run that is cut off here is run again, and goes on.
        """
        with self.ledger.look(workspace) as books:
            if look_at_month(books, month).missing:
                return
            known = books.runs.quantities(month)
        gone = {place: Decimal(0) for place in known if place not in seen}
        told = [*seen.items(), *gone.items()]
        for start in range(0, len(told), AT_ONCE):
            some = told[start : start + AT_ONCE]
            changed = {place: count for place, count in some if known.get(place) != count}
            if changed:
                with self.ledger.open(workspace) as books:
                    books.runs.put_quantities(month, changed)
                self.rest()

    def _keep(self, workspace: WorkspaceId, inputs: Inputs, worked: Worked, because: str | None) -> RunReport | None:
        """Keep a run and what it changes, unless its inputs are no longer what they were."""
        now = self.clock()
        texts = {name: pack(text.encode()) for name, text in inputs.texts.items()}
        with self.ledger.open(workspace) as books:
            if gather(books, inputs.month, now) != inputs:
                return None
            known = last_word(books, inputs)
            if known:
                return RunReport(run=known, is_new=False)
            missing = look_at_month(books, inputs.month).missing
            is_applied = not (missing or worked.figures.is_one_sided or _is_past(books, inputs.month))
            if is_applied and keep_names(books, worked.clients, at=now) and gather(books, inputs.month, now) != inputs:
                return None  # what was agreed with a client under its old name counts as well
            run = Run(
                id=RunId(self.new_id()),
                month=inputs.month,
                at=now,
                inputs=inputs.digest,
                hashes={name: books.files.keep(kept, at=now) for name, kept in texts.items()},
                weights=worked.weights,
                document=books.files.keep(worked.document, at=now),
                at_hand=books.files.keep(worked.at_hand, at=now),
                figures=worked.figures,
                missing=missing,
                is_applied=is_applied,
                because=because,
            )
            books.runs.add(run)
            moves: list[Moved] = []
            if not (missing or worked.figures.is_one_sided):
                _expect_again(books, run)
            if run.is_applied:
                moves = follow(_found(books, run, worked, self.new_id))
                apply_moves(books, run, moves)
            books.outbox.promise(*told_of(books, run), at=now)
            told = {"month": str(run.month), "inputs": run.inputs, "document": run.document, "moved": len(moves)}
            books.audit.record(BOT, "reconciled", run.id, told, at=now)
        return RunReport(run=run, moves=tuple(moves))


def _is_past(books: Books, month: Month) -> bool:
    """Tell a month that is over for the gaps: a later one has spoken."""
    newest = books.runs.newest_applied()
    return newest is not None and month < newest.month


def _expect_again(books: Books, run: Run) -> None:
    lines = Counter[tuple[Side, str]]()  # a source may come in parts
    for file in books.exports.of_month(run.month):
        if file.side:
            lines[file.side, file.source] += file.lines
    for (side, source), count in lines.items():
        books.exports.expect(Source(side=side, name=source, month=run.month, lines=count))


def _found(books: Books, run: Run, worked: Worked, new_id: NewId) -> Found:
    unclosed = books.cases.unclosed()
    standing = {decision.id: decision for decision in books.decisions.standing()}
    closed = books.cases.closed_identities()

    def last_closed(identity: GapId, direction: Direction) -> Case | None:
        return books.cases.last_closed(identity, direction) if (identity, direction) in closed else None

    @cache
    def settled_since(then: Digest) -> Settled:
        kept = (then, run.hashes["judgements"])
        if kept[0] == kept[1] or books.files.forgotten(kept):
            return {}
        return names_settled(*(books.files.get(one).decode() for one in kept))

    def before(case: Case) -> Before:
        last, gap = books.runs.get(case.run), case.gap
        # Of the month itself only the gap tells: this run has put its own quantities in place of the last one's.
        known = books.runs.history(gap.client, gap.product) if case.month != run.month else ()
        seats = {side: seats for month, side, seats in known if month == case.month}
        return Before(
            bought=seats.get(Side.BOUGHT, gap.bought),
            billed=seats.get(Side.BILLED, gap.billed),
            has_other_files=last.hashes["files"] != run.hashes["files"],
            has_same_rules=last.hashes["rules"] == run.hashes["rules"],
            settled=settled_since(last.hashes["judgements"]),
        )

    asked = {c.decision: c for c in books.decisions.corrections() if c.decision in standing}
    return Found(
        run=run,
        gaps=worked.gaps,
        unclosed=unclosed,
        last_closed=last_closed,
        decisions=standing,
        corrections=asked,
        before=before,
        new_id=new_id,
        begins=month_begins_of(books),
        seen=Seen(worked.quantities, worked.in_question),
    )
