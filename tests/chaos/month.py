"""A month as people live it, in a Slack where the bot may die at any moment and is started again."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from typing import TypeVar

from chaos.dying import live
from office import PREMIUM, VISIO, billed_csv, bought_csv
from sqlalchemy import Engine

from bot.sandbox import CannotDo, Person, Sandbox, Seen
from bot.services.ids import WorkspaceId
from bot.services.promises import PromiseState
from bot.store.engine import open_engine
from bot.store.inbox import StoreInbox, open_inbox
from bot.store.ledger import StoreLedger

T = TypeVar("T")
PATIENCE = 180.0  # seconds for one step, on a machine with much else to do; what was cut off is looked for after two
RETRY, LAST_RETRY = 61, 301  # seconds after which Slack sends an event again that nobody took
STUCK = 60.0  # seconds without what was waited for; a bot short of time may miss an event twice
Rows = list[tuple[str, str, int]]
OCTOBER = ([("Acme", PREMIUM, 20), ("Acme", VISIO, 8)], [("Acme", PREMIUM, 10), ("Acme", VISIO, 3)])
NOVEMBER = ([("Acme", PREMIUM, 10), ("Acme", VISIO, 8)], [("Acme", VISIO, 3), ("Acme", PREMIUM, 10)])


@dataclass
class Bot:
    """The bot's process, started again when it has died."""

    slack: Sandbox
    url: str
    last: int
    deaths: int = 0
    process: ForkServerProcess | None = None
    ready: Event = field(default_factory=multiprocessing.get_context("forkserver").Event)
    is_behind: bool = False  # it died, and Slack has not yet sent again what it missed

    def tend(self) -> None:
        """Start it if it is not there; once it listens, Slack sends again what nobody took."""
        if self.process is None:
            self.start(self.last)
        elif self.process.exitcode is not None:
            assert self.process.exitcode == -signal.SIGKILL, self.process.exitcode
            self.deaths, self.is_behind = self.deaths + 1, True
            self.start(0)
        elif self.is_behind and self.ready.is_set():
            self.is_behind = False
            self.slack.advance(RETRY)

    def start(self, last: int) -> None:
        processes = multiprocessing.get_context("forkserver")
        processes.set_forkserver_preload(["chaos.dying"])
        self.ready.clear()
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        self.process = processes.Process(target=live, args=(self.url, self.slack.address, last, self.ready))
        self.process.start()

    def stop(self) -> None:
        if self.process and self.process.exitcode is None:
            self.process.terminate()
            self.process.join(30)
            assert self.process.exitcode in (0, -signal.SIGKILL)


@dataclass
class Month:
    """People at work with a bot that dies."""

    slack: Sandbox
    bot: Bot
    dana: Person = field(init=False)
    olivia: Person = field(init=False)

    def __post_init__(self) -> None:
        self.dana, self.olivia = self.slack.person("dana"), self.slack.person("olivia")

    def until(self, look: Callable[[], T | None], what: str) -> T:
        """Wait for something, whoever dies meanwhile."""
        begun, is_stuck = time.monotonic(), False
        while time.monotonic() < begun + PATIENCE:
            self.bot.tend()
            found = look()
            if found:
                return found
            if not is_stuck and time.monotonic() > begun + STUCK:
                is_stuck = True
                self.slack.advance(LAST_RETRY)
            time.sleep(0.05)
        raise AssertionError(f"{what} never came, {self.bot.deaths} deaths; Olivia sees {self.seen()}")

    def seen(self) -> list[str]:
        """Read all that the bot and others said to Olivia alone, and below it."""
        tops = [one for channel in self.directs() for one in self.olivia.sees(channel)]
        return [one.text for top in tops for one in self.olivia.sees(top.channel, top)]

    def lived(self) -> None:
        """Live the month."""
        self.hand_in(*OCTOBER, "2026-10")
        self.result("October 2026: $330.00")
        self.press("Approve", PREMIUM, "Approved by")
        self.say("Visio: dismiss noise", VISIO, "Dismissed by")
        self.press("Undo", VISIO, "", but="Dismissed by")
        self.press("Approve", VISIO, "Approved by")
        self.hand_in(*NOVEMBER, "2026-11")
        self.result("November 2026: $110.00")
        self.until(lambda: "recovered" in self.gap(PREMIUM).words, "that it is fixed")
        self.until(self.is_quiet, "quiet")

    def hand_in(self, bought: Rows, billed: Rows, month: str) -> None:
        self.until(self.bot.ready.is_set, "the bot")
        self.dana.drops(f"pax8-{month}.csv", bought_csv(bought, month), "billing")
        self.until(lambda: self.answers_to(f"pax8-{month}.csv"), "an answer to the first file")
        self.dana.drops(f"additions-{month}.csv", billed_csv(billed), "billing")

    def result(self, words: str) -> Seen:
        return self.until(
            lambda: next((one for one in self.dana.sees("billing") if words in one.text), None), f"the result {words}"
        )

    def press(self, button: str, product: str, shown: str, *, but: str = "\0") -> None:
        """Press a button until what it does is seen; one that is not answered is pressed again."""

        def look() -> bool:
            gap = self.gap(product)
            if shown in gap.words and but not in gap.words:
                return True
            if button in gap.buttons:
                with suppress(CannotDo):  # it was redrawn a moment ago
                    self.olivia.presses(button, gap)
                time.sleep(0.3)
            return False

        self.until(look, f"what {button} does")

    def say(self, words: str, product: str, shown: str) -> None:
        parent = self.until(lambda: self.alert, "the alert")
        self.until(lambda: self.gap(product), "the gap")
        self.olivia.says(words, parent.channel, thread=parent)
        self.until(lambda: shown in self.gap(product).words, f"what {words} does")

    @property
    def alert(self) -> Seen | None:
        return next((top for top in self.told() if "Acme" in top.text and len(self.below(top)) > 0), None)

    def gap(self, product: str) -> Seen:
        """Find the gap's message once it is there."""

        def look() -> Seen | None:
            alert = self.alert
            there = self.below(alert) if alert else []
            return next((one for one in there if product in one.text and one.blocks and one.buttons), None)

        return self.until(look, f"the gap of {product}")

    def told(self) -> list[Seen]:
        """Read what the bot wrote to Olivia alone."""
        return [one for channel in self.directs() for one in self.olivia.sees(channel) if not one.is_ephemeral]

    def directs(self) -> list[str]:
        return [str(one["id"]) for one in self.olivia.do("channels")["channels"] if one.get("is_im")]

    def below(self, top: Seen) -> list[Seen]:
        return [one for one in self.olivia.sees(top.channel, top)[1:] if not one.is_ephemeral]

    def answers_to(self, name: str) -> list[Seen]:
        """Read what was answered to a file."""
        dropped = [one for one in self.dana.sees("billing") if any(file["name"] == name for file in one.files)]
        return [one for top in dropped for one in self.dana.sees("billing", top)[1:] if not one.is_ephemeral]

    def is_quiet(self) -> bool:
        """Say whether everything was kept, and everything acted on."""
        with opened(self.bot.url) as (ledger, workspace, inbox):
            with ledger.look(workspace) as books:
                tally = books.outbox.tally()
            return inbox.depth() == 0 and set(tally) <= {PromiseState.SENT}


class opened:  # noqa: N801 - it reads as what it does
    """The bot's books, seen from outside."""

    def __init__(self, url: str) -> None:
        self.engines: list[Engine] = [open_engine(url), open_inbox(url)]

    def __enter__(self) -> tuple[StoreLedger, WorkspaceId, StoreInbox]:
        ledger = StoreLedger(self.engines[0])
        (workspace,) = ledger.workspaces()
        return ledger, workspace, StoreInbox(self.engines[1], workspace, "nobody")

    def __exit__(self, *_: object) -> None:
        for engine in self.engines:
            engine.dispose()
