"""Which pairs of names are worth scoring: never all of them."""

from __future__ import annotations

import numpy as np
import polars as pl

from recon.matching.names import SILENT

SHARED_BY = 40
"""A word or letter group that more names than this share says too little to bring two of them together."""

RAREST_WORDS, RAREST_GRAMS, GRAM = 4, 7, 4
MISTYPED = (4, 12)
"""Letters of a word that may hide behind a slip."""

FORMS, SHORT, TELLING = ("initials", "letters"), 3, 3
"""What spells a name by its letters, letters of a word that is written whole there, letters that say something."""

KEPT = ((10_000, 12), (30_000, 6))
"""Below so many names, how many candidates each keeps from a kind of key."""

KEPT_OF_MANY, FIRST = 3, 6
"""How many it keeps of more names than that; with how many of thousands that share a whole form each is compared."""


def candidate_pairs(left: pl.DataFrame, right: pl.DataFrame, done: pl.DataFrame) -> pl.DataFrame:
    """Bring together names that share a form, a domain, initials, rare words or rare letter groups: `l`, `r`.

    Names of `done` pairs (`l`, `r`) are only met by names that are not: they may be what those stand for.
    """
    mine, theirs = left.lazy(), right.lazy()
    found = [
        meeting(keys_of(mine), others(theirs))
        for keys_of, others in ((form_keys, form_keys), (initial_keys, short_keys), (short_keys, initial_keys))
    ]
    kept = candidates_kept(left.height + right.height)
    for of_left, of_right, rarest in (
        (word_keys(mine, words_meant(mine, theirs)), word_keys(theirs, words_meant(theirs, mine)), RAREST_WORDS),
        (gram_keys(mine), gram_keys(theirs), RAREST_GRAMS),
    ):
        mine_keys, their_keys = (side.lazy() for side in pl.collect_all([of_left, of_right], engine="in-memory"))
        open_left = mine_keys.join(done.lazy(), left_on="i", right_on="l", how="anti")
        open_right = their_keys.join(done.lazy(), left_on="i", right_on="r", how="anti")
        found.append(sharing(open_left, their_keys, rarest, kept).collect(engine="in-memory"))
        found.append(sharing(open_right, mine_keys, rarest, kept).select(l="r", r="l").collect(engine="in-memory"))
    pairs = pl.concat(part.lazy() for part in found).unique()
    both = pairs.join(done.lazy(), on="l", how="semi").join(done.lazy(), on="r", how="semi")
    return pairs.join(both, on=["l", "r"], how="anti").sort("l", "r").collect(engine="in-memory")


def candidates_kept(names: int) -> int:
    """Say how many candidates a name keeps: more where there are few names, and time for all of them."""
    return next((kept for below, kept in KEPT if names < below), KEPT_OF_MANY)


def keyed(frame: pl.LazyFrame, *keys: pl.Expr) -> pl.LazyFrame:
    """Stack the keys of each name as `i`, `key`, nothing empty and nothing twice."""
    beside = frame.select("i", *(key.alias(f"key {at}") for at, key in enumerate(keys)))
    stacked = beside.unpivot(index="i", value_name="key").select("i", "key")
    return stacked.filter(pl.col("key").is_not_null() & (pl.col("key") != "")).unique()


def form_keys(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Whole forms: equal ones always meet."""
    return keyed(frame, *map(pl.col, ("key", "core", "joined", "bare", "site", "domain")))


def initial_keys(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Take what a longer name may be called by its letters: its initials, all, the first two, or all but one or two."""
    whole = [pl.col(form) for form in FORMS]
    part = [cut for form in whole for size in (1, 2) for cut in (form.str.slice(size), form.str.head(-size))]
    first = [form.str.head(2) for form in whole]
    letters = [*(of_letters(form, 2) for form in (*whole, *first)), *(of_letters(cut, TELLING) for cut in part)]
    return keyed(frame, *letters, with_short_words())


def of_letters(key: pl.Expr, least: int) -> pl.Expr:
    """Keep a key of so many letters; a shorter one says nothing."""
    return pl.when(key.str.len_chars() >= least).then(key)


def with_short_words() -> pl.Expr:
    """Spell a name by its initials, short words whole: `cruk` of `cancer research uk`."""
    word = pl.element()
    short = (word.str.len_chars() <= SHORT) & ~word.is_in(SILENT)
    spelled = pl.col("bare").str.split(" ").list.eval(pl.when(short).then(word).otherwise(word.str.slice(0, 1)))
    return pl.when(pl.col("bare").str.contains(" ")).then(spelled.list.join(""))


def short_keys(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Take short names and first words, which may be another's initials, and their singular."""
    joined, first = pl.col("joined"), pl.col("bare").str.split(" ").list.first()
    plural = joined.str.ends_with("s") & (joined.str.len_chars() > TELLING)
    singular = pl.when(plural).then(joined.str.strip_suffix("s"))
    return keyed(frame, first, joined, singular).filter(pl.col("key").str.len_chars().is_between(2, 7))


def words_meant(side: pl.LazyFrame, other: pl.LazyFrame) -> pl.DataFrame:
    """Find for each word that the other side does not have what it may be a slip of there: `word`, `meant`."""
    mine, theirs = (words_of(frame).with_row_index("i") for frame in (side, other))
    slips = meeting(slip_keys(mine.join(theirs, on="key", how="anti")), slip_keys(theirs))
    word, meant = mine["key"].gather(slips["l"]), theirs["key"].gather(slips["r"])
    return pl.DataFrame({"word": word.hash(), "meant": meant.hash()})


def words_of(frame: pl.LazyFrame) -> pl.DataFrame:
    """List the words of a side's names."""
    words = frame.select(key=pl.col("core").str.split(" ")).explode("key").unique()
    return words.collect(engine="in-memory").sort("key")


def slip_keys(words: pl.DataFrame) -> pl.LazyFrame:
    """Take each word, and it without each of its letters: what a slip apart is shares one of them."""
    word = pl.col("key")
    likely = words.lazy().filter(word.str.len_chars().is_between(*MISTYPED))
    return keyed(likely, word, *(word.str.head(at) + word.str.slice(at + 1) for at in range(MISTYPED[1])))


def meeting(left: pl.LazyFrame, right: pl.LazyFrame) -> pl.DataFrame:
    """Join on a key; where thousands share it, each meets only the first few of the other side."""
    # Numbers join quicker than texts; two texts of one hash would only be compared in vain.
    mine, theirs = (side.with_columns(pl.col("key").hash()).collect(engine="in-memory") for side in (left, right))
    few = first_few(theirs)
    pairs = [mine.join(few, on="key")]
    if few is not theirs:
        pairs.append(first_few(mine).join(theirs, on="key"))
    return pl.concat([pair.select(l="i", r="i_right") for pair in pairs]).unique()


def first_few(side: pl.DataFrame) -> pl.DataFrame:
    """Keep the first names of each key; most keys have no more, and need not be put in order."""
    shared = side.group_by("key").len("n").filter(pl.col("n") > FIRST)
    if shared.is_empty():
        return side
    place = pl.int_range(pl.len()).over("key", order_by="i")
    crowd = side.join(shared, on="key", how="semi").filter(place < FIRST)
    return pl.concat([side.join(shared, on="key", how="anti"), crowd])


def word_keys(frame: pl.LazyFrame, meant: pl.DataFrame) -> pl.LazyFrame:
    """Take the words of a name, also as they may have been meant, and the first two together."""
    words, one, two = pl.col("core").str.split(" "), pl.col("one"), pl.col("two")
    single = frame.select("i", key=words).explode("key").with_columns(pl.col("key").hash())
    first = frame.select("i", one=words.list.get(0), two=words.list.get(1, null_on_oob=True)).drop_nulls()
    first = first.with_columns(one.hash(), two.hash())
    first = pl.concat([first, *(instead(first, word, meant) for word in ("one", "two"))])
    both = first.select("i", key=pl.min_horizontal(one, two) ^ pl.max_horizontal(one, two).hash(1))
    return pl.concat([single, instead(single, "key", meant), both]).unique()


def instead(frame: pl.LazyFrame, word: str, meant: pl.DataFrame) -> pl.LazyFrame:
    """Give the rows that have another word in a column, with the word it may stand for."""
    found = frame.join(meant.lazy(), left_on=word, right_on="word")
    return found.with_columns(pl.col("meant").alias(word)).drop("meant")


def gram_keys(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Take every four letters in a row, as a number, of the name and of its web site."""
    texts = keyed(frame, pl.col("joined"), pl.col("site")).sort("i").collect(engine="in-memory")
    joined = texts["key"].str.slice(0, 60)
    letters = np.frombuffer(("\x00" + "\x00".join(joined.to_list()) + "\x00\x00\x00").encode(), np.uint8)
    sizes = joined.str.len_bytes().to_numpy().astype(np.int64) + 1
    owner = np.repeat(texts["i"].to_numpy(), sizes)
    wide = letters.astype(np.uint32)
    grams = wide[:-3] | wide[1:-2] << 8 | wide[2:-1] << 16 | wide[3:] << 24
    inside = (wide[1:-2] != 0) & (wide[2:-1] != 0) & (wide[3:] != 0)
    starts = np.flatnonzero(inside)
    starts = starts[starts < len(owner)]
    both = owner[starts].astype(np.uint64) << 32 | grams[starts]
    both.sort(kind="stable")  # one number for name and letters: equal ones stand together; names are in order already
    both = both[np.diff(both, prepend=~both[:1]) != 0]
    return pl.LazyFrame({"i": (both >> 32).astype(np.uint32), "key": both.astype(np.uint32)})


def sharing(some: pl.LazyFrame, all_others: pl.LazyFrame, rarest: int, kept: int) -> pl.LazyFrame:
    """Join each name's rarest keys with the other side's, and keep the few that share most: `l`, `r`."""
    common = all_others.group_by("key").len("n").filter(pl.col("n") <= SHARED_BY)
    weighed = some.join(common, on="key").with_columns(weight=(1.0 / pl.col("n").sqrt()).cast(pl.Float32))
    rare = weighed.filter(pl.int_range(pl.len()).over("i", order_by=["n", "key"]) < rarest)
    pairs = rare.join(all_others, on="key", suffix="_right").group_by(l="i", r="i_right").agg(pl.col("weight").sum())
    heaviest = pl.int_range(pl.len()).over("l", order_by=[-pl.col("weight").round(4), pl.col("r")])
    return pairs.filter(heaviest < kept).select("l", "r")
