"""Pages for those who watch over the bot: is it there, is it ready, how is it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.services.health import Health
from bot.serving.http import PLAIN, Page
from recon import Stopped

METRICS = "text/plain; version=0.0.4; charset=utf-8"
FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)  # seconds; Slack waits three
Check = Callable[[], str]
"""Gives a sentence if something keeps the bot from working, and nothing if all is well."""


@dataclass(frozen=True, slots=True)
class Figures(Collector):
    """Looks at the books whenever somebody asks for figures."""

    examine: Callable[[], Health]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give what waits and what is in doubt."""
        health = self.examine()
        counts = GaugeMetricFamily("gapwatch_promises", "Promises by how far they are kept", labels=["state"])
        for state, count in health.promises.items():
            counts.add_metric([state.value], count)
        yield counts
        late = health.waiting.total_seconds()
        yield GaugeMetricFamily("gapwatch_oldest_due_seconds", "How long the oldest due promise has waited", late)


@dataclass
class Watching:
    """The pages, and the figures that are counted as things happen."""

    examine: Callable[[], Health]
    checks: Mapping[str, Check]
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        """Begin to count."""
        self.registry.register(Figures(self.examine))
        self.answers = Histogram(
            "gapwatch_answer_seconds", "Until Slack has its answer", buckets=FAST, registry=self.registry
        )

    def pages(self) -> dict[str, Page]:
        """Give the pages under their paths."""
        return {"/healthz": self._healthz, "/readyz": self._readyz, "/metrics": self._metrics}

    def _healthz(self) -> tuple[bool, str, str]:
        return True, "ok\n", PLAIN

    def _readyz(self) -> tuple[bool, str, str]:
        flaws = [sentence for sentence in (ask(check) for check in self.checks.values()) if sentence]
        return not flaws, "\n".join(flaws or ["ready"]) + "\n", PLAIN

    def _metrics(self) -> tuple[bool, str, str]:
        return True, generate_latest(self.registry).decode(), METRICS


def ask(check: Check) -> str:
    """Make a check; one that fails says why."""
    try:
        return check()
    except Stopped as flaw:
        return str(flaw)
