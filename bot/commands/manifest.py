"""`gapwatch manifest`: the app manifest to paste into Slack."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.commands.files import saying_what_stops
from bot.slack.manifest import Mode, write_manifest


def manifest(
    *,
    mode: Annotated[Mode, typer.Option(help="socket: no public address is needed; http: Slack calls the bot.")] = (
        Mode.SOCKET
    ),
    url: Annotated[str, typer.Option(help="Where Slack reaches the bot, with http: https://.../slack/events.")] = "",
) -> None:
    """Print the app manifest: paste it at api.slack.com/apps, “Create New App”, “From a manifest”.

    Exit codes: 0 done; 2 the address is missing.
    """
    with saying_what_stops():
        typer.echo(json.dumps(write_manifest(mode, url), indent=2, ensure_ascii=False))
