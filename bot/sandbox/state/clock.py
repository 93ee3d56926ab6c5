"""The time in this Slack: it runs, can be stopped, and can be moved on."""

import heapq
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Clock:
    """Tells the time, and does what was to be done at a time once it has come."""

    real: Callable[[], float] = time.time
    shift: float = 0.0
    stopped_at: float | None = None
    wake: Callable[[], None] = lambda: None
    waiting: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    order: "itertools.count[int]" = field(default_factory=itertools.count)

    def now(self) -> float:
        """Tell the time, in seconds since 1970."""
        return self.real() + self.shift if self.stopped_at is None else self.stopped_at

    def at(self, when: float, do: Callable[[], None]) -> None:
        """Do something when its time has come."""
        heapq.heappush(self.waiting, (when, next(self.order), do))
        self.wake()

    def stop(self) -> None:
        """Stand still until moved."""
        self.stopped_at = self.now()

    def go(self) -> None:
        """Run again, from where it stands."""
        if self.stopped_at is not None:
            self.shift = self.stopped_at - self.real()
            self.stopped_at = None
            self.wake()

    def move_to(self, when: float) -> None:
        """Stand at a later time; a clock never goes back."""
        if when <= self.now():
            return
        if self.stopped_at is not None:
            self.stopped_at = when
        else:
            self.shift = when - self.real()

    def advance(self, seconds: float) -> None:
        """Move on, doing on the way what falls due, each thing at its own time."""
        self.run_to(self.now() + seconds)
        self.wake()

    def run_to(self, goal: float) -> None:
        """Do what is due until then, and stand there."""
        while self.waiting and self.waiting[0][0] <= goal:
            when, _, do = heapq.heappop(self.waiting)
            self.move_to(when)
            do()
        self.move_to(goal)

    def ring(self) -> None:
        """Do what is due now."""
        self.run_to(self.now())

    def seconds_to_next(self) -> float | None:
        """Tell how long until something is due, or nothing if that will not come by itself."""
        if not self.waiting or self.stopped_at is not None:
            return None
        return max(0.0, self.waiting[0][0] - self.now())
