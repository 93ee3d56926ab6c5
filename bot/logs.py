"""What is written down for whoever runs the bot: never a token, and at the usual level nothing of a client's."""

from __future__ import annotations

import logging
import re
import sys
from typing import TextIO

TOKENS = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe[\w.-]+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)", re.IGNORECASE)
QUIET = ("bot.slack.app.bolt", "slack_bolt", "slack_sdk", "dbos", "alembic", "waitress", "urllib3", "apscheduler")
"""Libraries that write down what they send; only what goes wrong with them is told."""


class Hiding(logging.Formatter):
    """Writes a line, and a token in it as what it is."""

    def format(self, record: logging.LogRecord) -> str:
        """Hide tokens wherever they stand, in a traceback too."""
        return TOKENS.sub("[hidden]", super().format(record))


def write_logs(level: str, to: TextIO | None = None) -> None:
    """Write to standard error from now on, or to a file."""
    handler = logging.StreamHandler(to or sys.stderr)
    handler.setFormatter(Hiding("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        library = logging.getLogger(name)
        library.setLevel(max(logging.WARNING, root.level))
        library.handlers[:] = []
        library.propagate = True
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that somebody waits a moment is measured, not told
