"""A Slack and the bot, each in a process of its own, as they are in life."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox import Workspace
from bot.slack.manifest import Mode, write_manifest

STARTS = 60  # seconds


@dataclass(frozen=True, slots=True)
class Running:
    """Where both are."""

    slack: Workspace
    port: int
    bot: int  # its process


@contextmanager
def both_running(folder: Path, *, by_http: bool) -> Iterator[Running]:
    """Run a Slack and the bot in it."""
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps(write_manifest(Mode.SOCKET)))
    with child([sys.executable, "-m", "bot.sandbox", "--manifest", str(manifest)]) as sandbox:
        slack = Workspace(read_until(sandbox, r"(http://\S+?)/api/"))
        port = free_port()
        env = environment(slack, folder, port, by_http=by_http)
        with child([sys.executable, "-m", "bot", "up"], env) as bot:
            read_until(bot, "Gapwatch is at work")
            if by_http:
                slack.listens_at(f"http://127.0.0.1:{port}/slack/events")
            yield Running(slack, port, bot.pid)


def environment(slack: Workspace, folder: Path, port: int, *, by_http: bool) -> dict[str, str]:
    """Set what an installer sets."""
    token = (
        {"GAPWATCH_SLACK_SIGNING_SECRET": slack.signing_secret}
        if by_http
        else {"GAPWATCH_SLACK_APP_TOKEN": slack.app_token}
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GAPWATCH")}
    return {
        **kept,
        **token,
        "GAPWATCH_DATABASE_URL": f"sqlite:///{folder / 'gapwatch.db'}",
        "GAPWATCH_SLACK_BOT_TOKEN": slack.bot_token,
        "GAPWATCH_SLACK_API_URL": slack.base_url,
        "GAPWATCH_PORT": str(port),
        "GAPWATCH_LOG_LEVEL": "ERROR",
    }


@contextmanager
def child(command: list[str], env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """Run a program, and end it."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603 - our own
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STARTS)
        except subprocess.TimeoutExpired:
            process.kill()


def read_until(process: subprocess.Popen[str], pattern: str) -> str:
    """Read what a program says until it says this, and give the part that was asked for."""
    said = []
    for line in process.stdout or ():
        said.append(line)
        found = re.search(pattern, line)
        if found:
            threading.Thread(target=process.stdout.read if process.stdout else None, daemon=True).start()
            return found[found.lastindex or 0]
    raise SystemExit("It did not start: " + "".join(said))


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
