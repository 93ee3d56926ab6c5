"""How often an app may ask: a bucket for each method, and for each channel it posts in."""

import math
from dataclasses import dataclass, field

POSTS_A_MINUTE = 60
POSTS_AT_ONCE = 5


@dataclass(slots=True)
class Limits:
    """Slack's rate limits; off unless asked for, since tests want speed."""

    on: bool = False
    own: dict[str, float] = field(default_factory=dict)
    buckets: dict[tuple[str, ...], tuple[float, float]] = field(default_factory=dict)

    def seconds_to_wait(self, now: float, method: str, per_minute: float, place: tuple[str, ...]) -> int:
        """Take one call out of the bucket, or tell in how many seconds there will be one."""
        if not self.on:
            return 0
        if method == "chat.postMessage":
            return self.take(now, (method, *place), POSTS_A_MINUTE, POSTS_AT_ONCE)
        rate = self.own.get(method, per_minute)
        return self.take(now, (method, place[0]), rate, max(1, rate)) if rate else 0

    def take(self, now: float, key: tuple[str, ...], per_minute: float, at_once: float) -> int:
        """Let a bucket fill with time, and take one drop out."""
        left, since = self.buckets.get(key, (at_once, now))
        full = min(at_once, left + (now - since) * per_minute / 60)
        self.buckets[key] = (full - 1 if full >= 1 else full, now)
        return 0 if full >= 1 else math.ceil((1 - full) * 60 / per_minute)
