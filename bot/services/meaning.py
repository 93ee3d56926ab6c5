"""Which clients somebody means by what they typed: one by its name, else all whose names have the words in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.services.ids import client_key

MOST_NEAR = 3
ALIKE = 70  # of 100; below that it is another name, not a slip of the fingers


@dataclass(frozen=True, slots=True)
class Meant:
    """The names that are meant; if there are none, those that are written nearly like it."""

    names: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def who_is_meant(typed: str, known: Iterable[str]) -> Meant:
    """Find the clients that are meant among all that are known."""
    wanted, keys = client_key(typed), {name: client_key(name) for name in sorted(known)}
    exact = tuple(name for name, key in keys.items() if key == wanted)
    found = exact or tuple(name for name, key in keys.items() if wanted in key)
    if found:
        return Meant(found)
    alike = process.extract(wanted, keys, scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=MOST_NEAR)
    return Meant(near=tuple(name for _, _, name in alike))
