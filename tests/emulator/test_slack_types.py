"""Every message and modal is what Slack's own published types say it may be."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from emulator.installing import HOME, NODE, must_be_installed

Json = dict[str, Any]

GOLDEN = Path(__file__).parents[1] / "golden"
STRICT = ("--noEmit", "--strict", "--skipLibCheck", "--module", "esnext", "--moduleResolution", "bundler")


def typed(name: str, made: Json) -> Iterable[str]:
    """Write what was made as constants of Slack's types."""
    plain = "".join(letter if letter.isalnum() else "_" for letter in name)
    if made.get("type") in ("modal", "home"):
        yield f"export const {plain}: View = {json.dumps(made)};"
    for rendering in ("blocks", "simple"):
        if "type" not in made and rendering in made:
            yield f"export const {plain}_{rendering}: AnyBlock[] = {json.dumps(made[rendering])};"


def complaints(lines: Iterable[str], name: str) -> list[str]:
    """Compile, and read what the compiler has to say."""
    must_be_installed()
    file = HOME / name
    file.write_text("\n".join(['import type { AnyBlock, View } from "@slack/types";', *lines]), encoding="utf-8")
    compiler = HOME / "node_modules" / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        [str(NODE), str(compiler), *STRICT, str(file)], capture_output=True, text=True, cwd=HOME, check=False
    )
    return done.stdout.splitlines()


def test_every_golden_message_and_modal_has_slacks_types() -> None:
    made = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLDEN.glob("*.json"))}
    lines = [line for name, one in made.items() for line in typed(name, one)]

    assert len(lines) > len(made)
    assert complaints(lines, "golden.ts") == []


def test_the_types_would_find_a_flaw() -> None:
    button = {"type": "button", "text": {"type": "mrkdwn", "text": "*Approve*"}, "action_id": "a"}
    flawed = {"blocks": [{"type": "actions", "elements": [button]}]}

    assert "error TS2322" in complaints(typed("flawed", flawed), "flawed.ts")[0]
