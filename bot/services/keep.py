"""One promise is kept: taken in hand, done, and told of."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.services.failures import FAULTS, AskForAccess, CutOff, NotFound, TryLater, Unclear, Unreachable
from bot.services.ids import WorkspaceId
from bot.services.outbox import GRACE, Outbox
from bot.services.promises import Promise, PromiseKind, PromiseState
from bot.services.trouble import TROUBLE, Tell, tell_nobody
from recon import Stopped

log = logging.getLogger(__name__)
Way = Callable[[WorkspaceId, Promise], str]
"""Does what was promised, and names what came of it."""
BEGUN_AGAIN_AT_ONCE = frozenset({PromiseKind.RUN, PromiseKind.REDRAW})
"""What may be done twice without harm, so that one cut off need not wait until its first attempt is surely over."""
SLACK = timedelta(seconds=1)  # by which the clocks of the engine and of the books may differ
UNTIL_ACCESS = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=1)
AFTER_A_FAULT = timedelta(seconds=30)
MOST_TRIES = 12
MOST_CUTS = 5  # what ends the process each time would end it for ever, and with it all else in hand
IN_ME = "Something keeps going wrong on my side. Ask whoever runs me to look into my log."


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep promises by the ways there are; whatever engine calls this, once or twice, each is kept once."""

    outbox: Outbox
    ways: Mapping[PromiseKind, Way]
    grace: timedelta = GRACE
    tell: Tell = tell_nobody
    partings: Mapping[PromiseKind, Way] = field(default_factory=dict)  # say in its place that one is given up

    def promise(self, workspace: WorkspaceId, key: str) -> None:
        """Keep one promise now, if it is due and nobody else has it in hand."""
        attempt = self._take(workspace, key)
        if attempt is not None:
            self._do(workspace, attempt)

    def _take(self, workspace: WorkspaceId, key: str) -> Promise | None:
        try:
            known = self.outbox.get(workspace, key)
        except NotFound:
            return None
        soon = self.outbox.clock() + SLACK
        if known.state is PromiseState.PENDING:
            is_due = known.not_before is None or known.not_before <= soon
            return self.outbox.claim(workspace, key) if is_due else None
        if known.state in (PromiseState.SENDING, PromiseState.UNKNOWN) and known.attempt_at:
            if known.kind in BEGUN_AGAIN_AT_ONCE or known.attempt_at + self.grace <= soon:
                return self.outbox.claim(workspace, key, was=known.attempt_at)
            if known.state is PromiseState.SENDING:
                self.outbox.cut_off(workspace, known, "It was cut off; I look for it before I try again.")
        return None

    def _do(self, workspace: WorkspaceId, attempt: Promise) -> None:
        way = self._give_up if attempt.cuts >= MOST_CUTS else self.ways.get(attempt.kind)
        if way is None:
            self.outbox.dead(workspace, attempt, f"Nobody here keeps a promise to {attempt.kind}.")
            return
        try:
            sent_as = way(workspace, attempt)
        except Stopped as flaw:
            self._stop(workspace, attempt, flaw)
        except FAULTS:
            log.exception("a promise to %s could not be kept", attempt.kind)
            self._try_again(workspace, attempt)
        else:
            self.outbox.sent(workspace, attempt, sent_as)

    def _give_up(self, workspace: WorkspaceId, attempt: Promise) -> str:
        """Try no more what was cut off so often, once that is said where somebody waits for it."""
        parting = self.partings.get(attempt.kind)
        if parting:
            parting(workspace, attempt)
        raise CutOff

    def _stop(self, workspace: WorkspaceId, attempt: Promise, flaw: Stopped) -> None:
        """Say what a failure means for the promise."""
        match flaw:
            case TryLater():
                self.outbox.again(workspace, attempt, after=flaw.after, reason=str(flaw))
            case Unclear():
                self.outbox.unknown(workspace, attempt, str(flaw))
            case AskForAccess():
                log.warning("a promise to %s waits: %s", attempt.kind, type(flaw).__name__)
                self._wait_for_access(workspace, attempt, flaw)
            case _:
                log.warning("a promise to %s can't be kept: %s", attempt.kind, type(flaw).__name__)
                if isinstance(flaw, (CutOff, Unreachable)):
                    self.tell(workspace, attempt, flaw)  # first: who is killed in between tells it once more, not never
                self.outbox.dead(workspace, attempt, str(flaw))

    def _wait_for_access(self, workspace: WorkspaceId, attempt: Promise, flaw: AskForAccess) -> None:
        """Wait as long as it takes to be let in again; only the news of that would be old by then."""
        if attempt.payload.get("about") == TROUBLE:
            self.outbox.dead(workspace, attempt, str(flaw))
            return
        later = min(UNTIL_ACCESS * attempt.attempts, LONGEST_WAIT)
        self.outbox.again(workspace, attempt, after=later, reason=str(flaw))
        self.tell(workspace, attempt, flaw)

    def _try_again(self, workspace: WorkspaceId, attempt: Promise) -> None:
        """Try again after a fault of ours, later each time; when that is given up, somebody hears of it."""
        if attempt.attempts < MOST_TRIES:
            self.outbox.again(workspace, attempt, after=AFTER_A_FAULT * attempt.attempts, reason=IN_ME)
            return
        self.tell(workspace, attempt, Stopped(IN_ME))
        self.outbox.dead(workspace, attempt, IN_ME)
