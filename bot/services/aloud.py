"""What is said in a channel itself, beside the thread it belongs to."""

from __future__ import annotations

from enum import StrEnum

from bot.services.ports import Books

ALOUD = "said aloud"


class Aloud(StrEnum):
    """What of a gap those who read no threads see as well."""

    JUMPS = "jumps"  # that it comes back, or that its money doubled
    RETURNS = "returns"  # that it comes back
    NOTHING = "nothing"


def aloud_in(books: Books, to: str) -> Aloud:
    """Look up what is said in a channel itself."""
    return Aloud(books.settings.get(ALOUD, to) or Aloud.JUMPS)


def keep_aloud(books: Books, to: str, aloud: Aloud) -> None:
    """Keep what is said in a channel itself."""
    books.settings.put(ALOUD, None if aloud is Aloud.JUMPS else aloud.value, to)
