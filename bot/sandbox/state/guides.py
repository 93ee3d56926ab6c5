"""A guide through a folder of samples: its steps, its files, and the days it moves on to."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

Json = dict[str, Any]

NAME = "guide.json"


class NoGuide(ValueError):  # noqa: N818 - named for what happened
    """A folder holds no guide that can be followed."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What a folder's `guide.json` says; see the one beside the sample month."""

    folder: Path
    told: Json

    @property
    def steps(self) -> list[Json]:
        """The steps, in order."""
        return list(self.told["steps"])

    @property
    def begins(self) -> float:
        """The moment at which it begins, in seconds since 1970."""
        return datetime.fromisoformat(self.told["begins"]).timestamp()

    @property
    def billed(self) -> list[str]:
        """The PSA's reports, one after another; the first is what it begins with."""
        return [str(name) for name in self.told.get("billed") or ()]

    def step(self, name: str) -> Json | None:
        """Find a step."""
        return next((one for one in self.steps if one["id"] == name), None)

    def read(self, name: str) -> bytes:
        """Read one of its files; nothing outside its folder is one of them."""
        return (self.folder / Path(name).name).read_bytes()


def read_guide(folder: Path) -> Guide:
    """Read a folder's guide, and see that its files are there."""
    try:
        told = json.loads((folder / NAME).read_text("utf-8"))
        guide = Guide(folder, told)
        named = {name for step in guide.steps for name in step.get("files") or ()} | set(guide.billed)
        lost = sorted(name for name in named if not (folder / name).is_file())
        _ = guide.begins
    except (OSError, ValueError, KeyError, TypeError) as flaw:
        raise NoGuide(f"I can't follow {folder / NAME}: {flaw}") from flaw
    if lost:
        raise NoGuide(f"{folder / NAME} speaks of {', '.join(lost)}, and I can't find it there.")
    return guide
