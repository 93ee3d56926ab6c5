"""The tables in `recon/data`, read once."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_data(name: str) -> Any:  # noqa: ANN401 - each table has a shape of its own
    """Read a JSON table that ships with the core; callers must not change it."""
    return json.loads((files("recon.data") / name).read_text(encoding="utf-8"))


def word_list(name: str) -> tuple[str, ...]:
    """Give a list of words, longest first, so that the longest wins where one begins another."""
    return tuple(sorted(read_data("words.json")[name], key=lambda word: (-len(word), word)))


def legal_forms() -> dict[str, str]:
    """Map each spelling of a legal form to its family: `corporation` to `inc`."""
    families: dict[str, list[str]] = read_data("words.json")["legal_forms"]
    return {word: family for family, words in families.items() for word in words}


def legal_words() -> dict[str, str]:
    """Map each legal form that is written out to how it is written in short: `corporation` to `corp`."""
    words: dict[str, str] = read_data("words.json")["legal_words"]
    return words


def short_forms() -> dict[str, str]:
    """Map each abbreviation, and each plural of what it shortens, to the full word: `svcs` to `service`."""
    shortened: dict[str, str] = read_data("words.json")["short_forms"]
    return {plural(full): full for full in shortened.values() if full.isalpha()} | shortened


def plural(word: str) -> str:
    """Write the plural of a word: `industries` of `industry`, `firemen` of `fireman`."""
    if word.endswith("man"):
        return f"{word[:-3]}men"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else f"{word}s"
