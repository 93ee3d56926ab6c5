"""Names that people spoke of as numbers, so that what they said of many is found by numbers."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from recon.matching.keys import name_keys


@dataclass(frozen=True, slots=True)
class Numbering:
    """The names people spoke of; those that have one key have one number."""

    keys: pl.Series  # the key of each number
    written: pl.DataFrame  # the names as they were written: `hash`, `name`, `number`

    def look_up(self, names: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Give names' keys, and their numbers where people spoke of them; only new ones need be worked out."""
        if self.written.is_empty():
            return name_keys(names).alias("key"), pl.Series("number", [None], dtype=pl.UInt32).new_from_index(
                0, len(names)
            )
        asked = pl.LazyFrame({"asked": names}).with_columns(hash=pl.col("asked").hash())
        found = asked.join(self.written.lazy(), on="hash", how="left", maintain_order="left")
        # Two names may have one hash, however unlikely: the second is worked out as if it were new.
        number = pl.when(pl.col("asked") == pl.col("name")).then("number")
        numbers = found.select(number.alias("number")).collect(engine="in-memory")["number"]
        keys = self.keys.gather(numbers)
        if numbers.null_count():
            new = numbers.is_null()
            worked_out = name_keys(names.filter(new))
            places = new.arg_true()
            keys, numbers = keys.scatter(places, worked_out), numbers.scatter(places, self.numbers_of(worked_out))
        return keys.alias("key"), numbers

    def numbers_of(self, keys: pl.Series) -> pl.Series:
        """Give the numbers of keys, null where nobody spoke of them."""
        known = self.keys.alias("key").to_frame().with_row_index("number")
        return keys.alias("key").to_frame().join(known, on="key", how="left", maintain_order="left")["number"]


@dataclass(frozen=True, slots=True)
class Told:
    """What still holds of one kind of name."""

    numbering: Numbering
    pairs: pl.DataFrame  # bought, billed (numbers), said, by; in the order they were said


def number_names(names: pl.Series) -> Numbering:
    """Give each name the number of its key."""
    written = pl.DataFrame({"name": names}).unique("name", maintain_order=True)
    keys = name_keys(written["name"])
    numbering = Numbering(keys.unique(maintain_order=True), written.clear())
    written = written.select(pl.col("name").hash().alias("hash"), "name", numbering.numbers_of(keys))
    return Numbering(numbering.keys, written.unique("hash", keep="first", maintain_order=True))
