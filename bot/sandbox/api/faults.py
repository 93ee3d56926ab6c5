"""What shall go wrong, and when: the network and Slack's bad days, on demand."""

from dataclasses import dataclass, field, replace
from typing import Literal

How = Literal["status", "ratelimited", "refused", "dropped", "hangs"]


@dataclass(frozen=True, slots=True)
class Fault:
    """The next calls of a method go wrong in one way; with `done`, only after Slack has done what was asked."""

    method: str
    how: How
    times: int = 1
    done: bool = False
    status: int = 500
    error: str = "internal_error"
    retry_after: int = 1
    seconds: float = 60.0


@dataclass(slots=True)
class Faults:
    """What is still to go wrong."""

    waiting: list[Fault] = field(default_factory=list)

    def plan(self, fault: Fault) -> None:
        """Let something go wrong."""
        self.waiting.append(fault)

    def next_for(self, method: str) -> Fault | None:
        """Tell what goes wrong with this call, and count it."""
        for place, fault in enumerate(self.waiting):
            if fault.method in (method, "*"):
                left = replace(fault, times=fault.times - 1)
                self.waiting[place : place + 1] = [left] if left.times else []
                return fault
        return None
