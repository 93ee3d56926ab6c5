"""What a reconciliation found, with all that is needed to show why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import polars as pl

from recon.causes import RootCause
from recon.gaps import Direction, Gap
from recon.lines import Side
from recon.matching.judgements import NO_JUDGEMENTS, Judgements, Kind
from recon.matching.lessons import what_was_learned
from recon.matching.score import Weights
from recon.money import Money, add_up
from recon.months import Month
from recon.questions import Problem, Question
from recon.reading.reading import Reading
from recon.rules import Rule
from recon.thresholds import Limits
from recon.understood import Understood


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a person may set; the defaults keep nothing quiet."""

    month: Month | None = None  # none: the one most lines are about
    judgements: Judgements = NO_JUDGEMENTS
    weights: Mapping[Kind, Weights] | None = None  # none: those that ship, and what the judgements teach on top
    rules: tuple[Rule, ...] = ()
    currency: str = "USD"  # of amounts where neither file names one
    day: date | None = None  # on which the month is looked at; none: its last
    grace_days: int = 7  # a younger change is expected to settle
    min_money: Decimal = Decimal(0)  # a client's gaps speak above this a month, 0 meaning always
    min_seats: Decimal = Decimal(0)  # a gap speaks from this many seats on
    client_limits: Mapping[str, Limits] = field(default_factory=dict)  # instead, for the clients that have their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """A month's answer."""

    month: Month | None
    options: Options
    bought: Reading
    billed: Reading
    gaps: tuple[Gap, ...]  # most money first; those below the thresholds are marked, not left out
    causes: tuple[RootCause, ...]
    questions: tuple[Question, ...]
    lines: pl.DataFrame  # every line of both sides with its class, the note why, and its cell
    cautions: tuple[Problem, ...] = ()  # files that make an unlikely pair, rules that are about nobody
    is_doubtful: bool = False  # some of them make every sum untrue until they are settled
    names: Understood  # how the names of the two sides became one

    @property
    def problems(self) -> tuple[Problem, ...]:
        """List what to look at first, then what could not be read."""
        return self.cautions + self.unread

    @property
    def problems_by_side(self) -> tuple[tuple[Side | None, Problem], ...]:
        """Name the side of each problem; what to look at first is about both."""
        first = tuple((None, problem) for problem in self.cautions)
        bought = tuple((Side.BOUGHT, problem) for problem in self.bought.problems)
        return (*first, *bought, *((Side.BILLED, problem) for problem in self.billed.problems))

    @property
    def unread(self) -> tuple[Problem, ...]:
        """List what could not be read, of both files."""
        return self.bought.problems + self.billed.problems

    @property
    def learned(self) -> tuple[str, ...]:
        """Say what people's judgements have taught the matcher."""
        matchings = self.names.client_matches, self.names.product_matches
        return tuple(lesson for matching in matchings for lesson in what_was_learned(matching.weights))

    @property
    def spoken(self) -> tuple[Gap, ...]:
        """List the gaps above the thresholds."""
        return tuple(gap for gap in self.gaps if not gap.is_suppressed)

    def total(self, direction: Direction) -> tuple[Money, ...]:
        """Add up the money of one direction, per currency; what is still waiting is left out."""
        return add_up(gap.monthly for gap in self.leaks(direction))

    def leaks(self, direction: Direction) -> list[Gap]:
        """List the gaps that are in the total of one direction."""
        return [gap for gap in self.gaps if gap.is_leak and gap.direction is direction]
