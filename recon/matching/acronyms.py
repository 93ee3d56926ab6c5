"""How well the letters of a short name are explained by the words of a long one."""

from __future__ import annotations

from functools import lru_cache

from recon.matching.names import SILENT

LETTERS = (2, 8)
"""How many letters a name may have to be looked at as somebody's initials."""

MOST_WORDS = 12


@lru_cache(maxsize=50_000)
def letters_explained(short: str, long: str) -> float:
    """Say which share of the words and letters agree: 1 for `who` and `world health organization`, 0 if one is left.

    Each letter must begin a word or go on from one that it began, in order; a plural's `s` need not.
    """
    words = tuple(long.split(" ")[:MOST_WORDS])
    if len(words) < 2 or not LETTERS[0] <= len(short) <= LETTERS[1]:  # noqa: PLR2004 - one word has no initials
        return 0.0
    fits = [fit(letters, words) for letters in {short, short.removesuffix("s")} if len(letters) >= LETTERS[0]]
    return max(fits, default=0.0)


@lru_cache(maxsize=50_000)
def part_explained(short: str, long: str) -> float:
    """Say which share of both names agrees once the first word of one is read as initials of words of the other.

    1 for `luc ghana` and `lakeside university college ghana`.
    """
    first, *rest = short.split(" ")
    words = [word for word in long.split(" ") if word not in SILENT]
    begun = "".join(word[0] for word in words)
    best, start = 0.0, begun.find(first)
    while start >= 0:
        left = words[:start] + words[start + len(first) :]
        shared = len(set(rest) & set(left))
        best = max(best, (1 + len(first) + 2 * shared) / (1 + len(set(rest)) + len(first) + len(set(left))))
        start = begun.find(first, start + 1)
    return best


def fit(letters: str, words: tuple[str, ...]) -> float:
    """Weigh how many of the words that matter are used, and how many of the letters are initials."""
    best = {0: (0, 0)}  # letters explained so far: how many words that matter were used, how many words in all
    for word in words:
        counts = word not in SILENT
        for start, (used, begun) in sorted(best.items(), reverse=True):
            for end in range(start + 1, len(letters) + 1):
                if not word.startswith(letters[start:end]):
                    break
                best[end] = max(best.get(end, (0, 0)), (used + counts, begun + 1))
    used, begun = best.get(len(letters), (0, 0))
    matter = sum(word not in SILENT for word in words)
    return used / max(matter, 1) * begun / len(letters)
