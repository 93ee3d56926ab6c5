"""Exports we know by their headers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from recon.lines import Side
from recon.reading.meanings import Meaning
from recon.reading.words import squash

ENOUGH_MEANINGS = 0.7
ENOUGH_FAMILIAR = 0.6


@dataclass(frozen=True, slots=True)
class KnownLayout:
    """What the headers of one export mean; of several the first that says something counts."""

    name: str
    side: Side
    columns: Mapping[Meaning, tuple[str, ...]]
    others: frozenset[str]  # headers that belong to it and that we do not need
    day_order: str | None = None
    price_per: str = "cycle"  # or "term"

    @property
    def headers(self) -> frozenset[str]:
        """Every header that may stand in such a file."""
        return self.others | {header for headers in self.columns.values() for header in headers}


@lru_cache(maxsize=1)
def known_layouts() -> tuple[KnownLayout, ...]:
    """Read the table that ships with us; its headers are squashed, so that their renderings are equal."""
    text = files("recon").joinpath("data/layouts.json").read_text(encoding="utf-8")
    return tuple(
        KnownLayout(
            name=entry["name"],
            side=Side(entry["side"]),
            columns={Meaning(m): tuple(dict.fromkeys(map(squash, hs))) for m, hs in entry["columns"].items()},
            others=frozenset(map(squash, entry["others"])),
            day_order=entry.get("day_order"),
            price_per=entry.get("price_per", "cycle"),
        )
        for entry in json.loads(text)
    )


def recognise_layout(headers: Iterable[str]) -> KnownLayout | None:
    """Find the known export most of whose meanings are here and to which most of these headers belong."""
    seen = {squash(header) for header in headers}
    close = [(closeness(layout, seen), layout) for layout in known_layouts()]
    best = max(close, key=lambda pair: pair[0])
    return best[1] if best[0] > 0 else None


def closeness(layout: KnownLayout, seen: set[str]) -> float:
    """How sure we are of a layout; nothing when too much of it is missing or too much is foreign to it."""
    found = sum(1 for headers in layout.columns.values() if seen.intersection(headers)) / len(layout.columns)
    familiar = len(seen & layout.headers) / max(len(seen), 1)
    complete = len(seen & layout.headers) / len(layout.headers)
    return found + familiar + complete if found >= ENOUGH_MEANINGS and familiar >= ENOUGH_FAMILIAR else 0.0
