"""The forms a client's name is compared in."""

from __future__ import annotations

from functools import cache

import polars as pl

from recon.matching.words import legal_forms, short_forms, word_list

LONGEST = 300
"""Letters of a name that are looked at; what follows never tells two clients apart."""

SEPARATED = r"[^\p{L}\p{N}]+"
CODE = r"^\s*(?:#\s*\d{2,}|c-?\d{3,}|\d{3,}\s+-\s)\s*-?\s*"
ALSO_KNOWN = r"\s+(?:d\s?/?\s?b\s?/?\s?a|t\s?/\s?a|aka|a/k/a|f/k/a|formerly|trading as|doing business as)\.?:?\s+"


def plain(text: pl.Expr) -> pl.Expr:
    """Lower case, no accents, no punctuation: two names that differ only in these are written alike."""
    folded = text.str.slice(0, LONGEST).str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    return spaced(folded.str.replace_all("ß", "ss"))


def spaced(folded: pl.Expr) -> pl.Expr:
    """Turn `j.c.g. smith's & co` into `jcg smiths and co`."""
    return (
        folded.str.replace_all(r"['’`´ʼ]", "")
        .str.replace_all(r"[&+]", " and ")
        .str.replace_all(r"\b([\p{L}\p{N}])\.", "${1}")
        .str.replace_all(SEPARATED, " ")
        .str.strip_chars()
    )


def opened(text: pl.Expr) -> pl.Expr:
    """Put spaces back where a name was written without any: `AchieveNBCInc.` is `Achieve NBC Inc.`."""
    split = text.str.replace_all(r"(\p{Ll})(\p{Lu})", "${1} ${2}").str.replace_all(
        r"(\p{Lu})(\p{Lu}\p{Ll})", "${1} ${2}"
    )
    return pl.when(text.str.contains(r"\s")).then(text).otherwise(split)


@cache
def tails() -> dict[str, str]:
    """Patterns of what may end a name without being part of it."""
    notes, places = "|".join(word_list("notes")), "|".join(word_list("places"))
    legal = "|".join(sorted(legal_forms(), key=lambda word: (-len(word), word)))
    return {
        "note": rf"(?:\s*\*+|\s*\[[^\]]*\]|\s*[-(]\s*(?:{notes})\s*\)?)\s*$",
        "place": rf"(?:,\s*|\s+-\s+|\s*\(|\s+)(?:location \d+|site \d+|hq|main office)\)?\s*$"
        rf"|(?:,\s*|\s+-\s+|\s*\()(?:{places})\)?\s*$",
        "legal": rf"(?:\s+(?:and\s+)?(?:{legal}))+$",
        "legal first": r"^(?:ооо|оао|зао|пао|ао|ooo|oao|zao|pao|ojsc|jsc|pjsc|limited liability company)\s+",
    }


def without(text: pl.Expr, pattern: str) -> pl.Expr:
    """Cut a pattern off, unless nothing would be left."""
    cut = text.str.replace(pattern, "").str.strip_chars()
    return pl.when(cut.str.contains(r"[\p{L}\p{N}]")).then(cut).otherwise(text)


def name_forms(names: pl.Series) -> pl.DataFrame:
    """Give each name's forms; its core has no code, note, place, legal form or `the`, and abbreviations written out."""
    cuts = tails()
    folded = opened(pl.col("name").str.slice(0, LONGEST)).str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    frame = pl.DataFrame({"name": names}).with_columns(lower=folded.str.to_lowercase())
    frame = frame.with_columns(head=without(without(without(pl.col("lower"), CODE), cuts["note"]), cuts["note"]))
    frame = frame.with_columns(main=without(without(pl.col("head"), cuts["place"]), cuts["note"]))
    frame = frame.with_columns(
        tail=spaced(pl.col("head").str.slice(pl.col("main").str.len_chars())), main=spaced(pl.col("main"))
    )
    frame = frame.with_columns(legal=legal_family(pl.col("main")), bare=without(pl.col("main"), cuts["legal"]))
    frame = frame.with_columns(bare=without(without(pl.col("bare"), cuts["legal first"]), r"^the\s+|\s+the$"))
    frame = frame.with_columns(core=canonical(pl.col("bare")))
    never_empty = pl.when(pl.col("core") == "").then(pl.col("name").str.slice(0, LONGEST)).otherwise(pl.col("core"))
    return (
        frame.with_columns(core=never_empty)
        .with_columns(joined=pl.col("bare").str.replace_all(" ", ""), initials=initials(pl.col("bare")))
        .select("core", "bare", "tail", "legal", "joined", "initials", same="core")
    )


def canonical(bare: pl.Expr) -> pl.Expr:
    """Write abbreviations out and drop words that say nothing: `intl svcs` is `international service`."""
    small = ["and", "the", "of"]
    words = bare.str.split(" ").list.eval(pl.element().filter(~pl.element().is_in(small)).replace(short_forms()))
    said = words.list.join(" ")
    return pl.when(said == "").then(bare).otherwise(said)


def legal_family(main: pl.Expr) -> pl.Expr:
    """Name the family of the legal form a name ends in, or null."""
    forms = legal_forms()
    ending = main.str.extract(rf"\s({'|'.join(sorted(forms, key=lambda word: (-len(word), word)))})$")
    return ending.replace_strict(forms, default=None)


def initials(bare: pl.Expr) -> pl.Expr:
    """Take the first letter of each word, `and` and `of` left out."""
    words = bare.str.split(" ").list.eval(
        pl.element().filter(~pl.element().is_in(["and", "of", "the", "for"])).str.slice(0, 1)
    )
    return words.list.join("")
