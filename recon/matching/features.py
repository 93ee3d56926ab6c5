"""How alike two names are, as numbers."""

from __future__ import annotations

import numpy as np
import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from recon.matching.alignment import compare_words
from recon.matching.pairs import Codes, Floats, Known, Pair, Rows
from recon.matching.score import DIFFER, SAME

AT_ONCE = 100_000
"""Pairs described at a time, which bounds the memory they take."""

NEARLY = SAME + 0.25
"""What two legal forms of one family say, which people take for each other."""

LONGEST = 40
"""Letters beyond which a name's length says no more."""


def describe(pairs: pl.DataFrame, known: Known) -> pl.DataFrame:
    """Add one column a feature to pairs of `l`, `r`; of several spellings of a name the most alike counts."""
    rows, mine, theirs = rows_of(pairs, known)
    parts = [
        compare(mine[at : at + AT_ONCE], theirs[at : at + AT_ONCE], known)
        for at in range(0, max(len(mine), 1), AT_ONCE)
    ]
    described = rows.hstack(pl.concat(parts))
    if described.height == pairs.height:
        return described
    likeness = pl.col("word order aside") + pl.col("bought words found") + pl.col("billed words found")
    return described.filter(likeness.rank("ordinal", descending=True).over("l", "r") == 1)


def rows_of(pairs: pl.DataFrame, known: Known) -> tuple[pl.DataFrame, Rows, Rows]:
    """Give each pair's spellings: the pairs, once for each two spellings, and the rows of both."""
    if known.left.is_plain and known.right.is_plain:
        return pairs, pairs["l"].to_numpy(), pairs["r"].to_numpy()
    rows = pairs.lazy()
    for name, side in (("l", known.left), ("r", known.right)):
        spellings = pl.LazyFrame({name: side.i}).with_row_index(f"{name} row")
        rows = rows.join(spellings, on=name)
    told = rows.sort("l", "r", "l row", "r row").collect(engine="in-memory")
    return told.drop("l row", "r row"), told["l row"].to_numpy(), told["r row"].to_numpy()


def compare(mine: Rows, theirs: Rows, known: Known) -> pl.DataFrame:
    """Give the features of pairs, by the rows of both."""
    pair = Pair(known.left, known.right, mine, theirs)
    columns = spellings(pair) | relations(pair) | (makes(pair) if known.of_products else sites(pair))
    return pl.DataFrame(columns | compare_words(mine, theirs, known.words))


def spellings(pair: Pair) -> dict[str, Floats]:
    """Compare the spellings as a whole."""
    return {
        "spelling": pair.alike(fuzz.ratio, "joined"),
        "beginning": pair.alike(JaroWinkler.normalized_similarity, "joined"),
        "word order aside": pair.alike(fuzz.token_sort_ratio, "core"),
        "shared words": pair.alike(fuzz.token_set_ratio, "core"),
        "one inside the other": pair.alike(fuzz.partial_ratio, "joined"),
    }


def relations(pair: Pair) -> dict[str, Floats]:
    """Compare legal forms, what was cut off or bracketed, initials and lengths."""
    short = np.minimum(pair.left.length["joined"][pair.mine], pair.right.length["joined"][pair.theirs])
    return {
        "legal form": legal_forms(pair),
        "place or note": relation(*pair.codes("tail")),
        "in brackets": endings(pair),
        "shorter length": np.minimum(short, np.float32(LONGEST)),
        "is the initials": acronyms(pair),
        "letters explained": pair.explained(),
        "part is initials": pair.explained_in_part(),
    }


def relation(mine: Codes, theirs: Codes) -> Floats:
    """0 neither says, 1 only one says, 2 both say the same, 3 they differ."""
    told = np.where((mine != 0) & (theirs != 0), np.where(mine == theirs, 2, 3), (mine != 0) ^ (theirs != 0))
    return told.astype(np.float32)


def legal_forms(pair: Pair) -> Floats:
    """Relate the legal forms; `Inc` and `Corp` are nearly the same."""
    told = relation(*pair.codes("legal"))
    one, other = pair.codes("legal_word")
    told[(told == SAME) & (one != other)] = NEARLY
    return told


def endings(pair: Pair) -> Floats:
    """Relate what is in brackets or after a comma; `NZ` and `New Zealand`, or `India` and `of India`, do not differ."""
    told = relation(*pair.codes("aside"))
    places = np.flatnonzero(told == DIFFER)
    mine, theirs = (texts[places] for texts in pair.texts("aside"))
    told[places[[speak_of_one(one, other) for one, other in zip(mine, theirs, strict=True)]]] = SAME
    return told


def speak_of_one(one: str, other: str) -> bool:
    """Tell whether two endings share a word or a beginning, or one is the other's initials."""
    words = one.split(), other.split()
    initials = ["".join(word[0] for word in of) for of in words]
    begins = one.startswith(other) or other.startswith(one)
    return begins or not {*words[0]}.isdisjoint(words[1]) or initials[0] in words[1] or initials[1] in words[0]


def acronyms(pair: Pair) -> Floats:
    """0 no, 1 the first word is the other's initials, 2 the whole name is."""
    whole, first = (
        pair.spells_initials(name, bought=True) | pair.spells_initials(name, bought=False)
        for name in ("joined", "first")
    )
    return np.where(whole, 2, np.where(first, 1, 0)).astype(np.float32)


def sites(pair: Pair) -> dict[str, Floats]:
    """Compare domains with each other and with the other side's name."""
    return {
        "same domain": relation(*pair.codes("domain")),
        "domain alike": pair.alike(fuzz.ratio, "site"),
        "domain like the name": np.maximum(pair.fits(bought=True), pair.fits(bought=False)),
    }


def makes(pair: Pair) -> dict[str, Floats]:
    """Compare products' brands and tiers, and count how many products of the brand each side has."""
    mine, theirs = pair.codes("brand")
    most = np.maximum(pair.left.of_brand[pair.mine], pair.right.of_brand[pair.theirs])
    return {
        "tier": relation(*pair.codes("marks")),
        "same brand": (mine == theirs).astype(np.float32),
        "others of the brand": np.minimum(most, np.float32(LONGEST)),
    }
