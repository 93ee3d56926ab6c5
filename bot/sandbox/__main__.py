"""Where `python -m bot.sandbox` begins."""

import argparse
import asyncio
import contextlib
import json
import sys
from pathlib import Path

from bot.sandbox.psa.sheet import NotThatReport
from bot.sandbox.running import HOST, Start, running
from bot.sandbox.state.guides import NoGuide


async def serve(start: Start) -> None:
    """Serve until interrupted, after telling what an app needs to know."""
    async with running(start) as slack:
        app = slack.world.app()
        token = next(iter(slack.world.state.installations)).bot_token
        sys.stdout.write(
            f"Slack is at {slack.world.address}/api/\n"
            f"its page       {slack.world.address}/\n"
            f"bot token      {token}\n"
            f"app token      {app.app_token}\n"
            f"signing secret {app.signing_secret}\n"
        )
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> int:
    """Read the arguments, and serve."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="A Slack to try an app in.")
    parser.add_argument("--port", type=int, default=0, help="where to listen (any free port if not said)")
    parser.add_argument("--data", type=Path, help="a folder to keep everything in, so that a restart goes on")
    parser.add_argument("--manifest", type=Path, help="the app's manifest, as JSON")
    parser.add_argument("--guide", type=Path, help="a folder of samples with a guide.json to be led by")
    asked = parser.parse_args()
    try:
        manifest = json.loads(asked.manifest.read_text("utf-8")) if asked.manifest else None
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve(Start(asked.port, asked.data, manifest, asked.guide)))
    except (NoGuide, NotThatReport) as flaw:
        sys.stderr.write(f"{flaw}\n")
        return 2
    except ValueError as wrong:
        sys.stderr.write(f"{asked.manifest} is not JSON: {wrong}\n")
        return 2
    except OSError as failure:
        sys.stderr.write(f"This Slack cannot start at {HOST}:{asked.port}: {failure.strerror or failure}.\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
