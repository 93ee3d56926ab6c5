"""What changed between two runs: which gaps are new, grown, shrunk, closed or as they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from recon.gaps import Gap


class Turn(StrEnum):
    """What became of a gap."""

    NEW = "new"
    GROWN = "grown"
    SHRUNK = "shrunk"
    CLOSED = "closed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """One gap in two runs; it has no `before` if it is new, and no `after` if it closed."""

    turn: Turn
    before: Gap | None
    after: Gap | None

    @property
    def gap(self) -> Gap:
        """The gap as it is known best: as it is now, or as it was last."""
        known = self.after or self.before
        assert known is not None  # noqa: S101 - a change is of something
        return known


def compare_runs(before: Iterable[Gap], after: Iterable[Gap]) -> tuple[Change, ...]:
    """Follow each gap from one run to the next, most money first.

    A gap is known again by its identity; where only its plan is named otherwise, by client and product.
    One that turned from under- to over-billing closed, and another opened. What is still waiting is not yet a gap.
    """
    old = [gap for gap in before if gap.is_leak]
    new = [gap for gap in after if gap.is_leak]
    changes = [_turn(was, now) for was, now in _pair(old, new)]
    return tuple(sorted(changes, key=lambda change: (-change.gap.monthly.amount, change.gap.id, change.turn)))


def _pair(old: list[Gap], new: list[Gap]) -> Iterator[tuple[Gap | None, Gap | None]]:
    for key_of in (_identity, _identity_on_any_plan):
        was, now = _by_key(old, key_of), _by_key(new, key_of)
        settled = {key for key in now if len(now[key]) == len(was.get(key, ())) == 1}
        yield from ((was[key][0], now[key][0]) for key in sorted(settled))
        old = [gap for key, gaps in was.items() if key not in settled for gap in gaps]
        new = [gap for key, gaps in now.items() if key not in settled for gap in gaps]
    yield from ((gap, None) for gap in old)
    yield from ((None, gap) for gap in new)


def _by_key(gaps: list[Gap], key_of: Callable[[Gap], tuple[str, ...]]) -> dict[tuple[str, ...], list[Gap]]:
    keyed: dict[tuple[str, ...], list[Gap]] = defaultdict(list)
    for gap in gaps:
        keyed[key_of(gap)].append(gap)
    return keyed


def _identity(gap: Gap) -> tuple[str, ...]:
    return (gap.id, gap.direction)


def _identity_on_any_plan(gap: Gap) -> tuple[str, ...]:
    return (gap.client.casefold(), gap.product.casefold(), gap.currency, gap.direction, gap.about)


def _turn(was: Gap | None, now: Gap | None) -> Change:
    if was is None or now is None:
        return Change(Turn.NEW if was is None else Turn.CLOSED, was, now)
    before, after = (was.seats, was.monthly.amount), (now.seats, now.monthly.amount)
    turn = Turn.UNCHANGED if before == after else Turn.GROWN if after > before else Turn.SHRUNK
    return Change(turn, was, now)
