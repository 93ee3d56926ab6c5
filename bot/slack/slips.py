"""The word that a slip of the fingers may have meant; it is asked about, never acted on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

MOST_WORDS = 8  # whoever writes more is talking to people
ALIKE = 0.75
SHORTEST = 4  # signs; of shorter words half the language is one slip away


def meant(words: str, known: Iterable[str]) -> str:
    """Name the known word that a short reply begins with, or nearly does; empty if there is none."""
    typed: list[str] = re.findall(r"[^\W\d_]+", words.casefold())
    if not typed or len(words.split()) > MOST_WORDS:
        return ""
    choices = list(known)
    if typed[0] in choices:
        return typed[0]
    near = get_close_matches(typed[0], choices, n=1, cutoff=ALIKE) if len(typed[0]) >= SHORTEST else []
    return near[0] if near else ""
