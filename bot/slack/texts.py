"""Words from files, made harmless: they mention nobody, link nowhere and stay within Slack's limits."""

from __future__ import annotations

import re
import unicodedata

ELLIPSIS = "…"
NAMELESS = "(no name)"
LONGEST_NAME = 80
JOINERS = "\u200c\u200d"  # Persian, Indic scripts and emoji are wrong without them
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
RIGHT_TO_LEFT = frozenset({"R", "AL"})
MARKS = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
SHORTCODE = re.compile(r":(?=[\w+'-]+:)")
HALF_A_TAG = re.compile(r"<[^>]*$|&[a-z]{0,4}$")


def clean(text: str) -> str:
    """Keep what can be seen, on one line; signs that turn the direction of other words are left out."""
    if not text.isprintable():  # few names are not: what can be printed can be seen
        text = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or is_seen(sign))
    return " ".join(text.split()) or NAMELESS


def is_seen(sign: str) -> bool:
    """Tell whether a sign shows, or is needed by those beside it."""
    return sign in JOINERS or unicodedata.category(sign) not in UNSEEN


def shorten(text: str, most: int) -> str:
    """Cut a text that is too long, and show that it was."""
    return text if len(text) <= most else text[: most - 1].rstrip() + ELLIPSIS


def escape(text: str) -> str:
    """Write the three signs that mean something to Slack as themselves."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def said(text: str, most: int = LONGEST_NAME) -> str:
    """Write words from a file into a sentence of ours: they format, mention, link and reorder nothing."""
    words = shorten(clean(text), most).translate(MARKS)
    words = escape(SHORTCODE.sub("∶", EDGE_UNDERSCORE.sub("ˍ", words)))
    turns = not words.isascii() and any(unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in words)
    return f"{ISOLATE}{words}{END_ISOLATE}" if turns else words


def cut(text: str, most: int) -> str:
    """Cut a sentence of ours, never within a link or an escaped sign."""
    if len(text) <= most:
        return text
    return HALF_A_TAG.sub("", text[: most - 1]).rstrip() + ELLIPSIS
