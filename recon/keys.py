"""Which lines of the two sides speak of the same client and the same product."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from recon.frames import put_at, put_beside
from recon.lines import Side
from recon.matching.names import plain
from recon.matching.verdicts import Matching, Verdict


@dataclass(frozen=True, slots=True)
class Keys:
    """What each written name of each side means, for clients or for products.

    `names` has the columns `side`, those a name is written in, `party` (one thing of one side),
    `key` (the same thing on both sides), `verdict` and `shown` (how a person gets to read it).
    """

    names: pl.DataFrame
    written_in: tuple[str, ...]

    def give(self, lines: pl.DataFrame, prefix: str) -> pl.DataFrame:
        """Write the meaning on every line: `client_key`, `client_party`, `client_verdict`; null where not known."""
        meanings = self.names.drop("shown").rename({name: f"{prefix}_{name}" for name in ("party", "key", "verdict")})
        return put_beside(lines, meanings, ["side", *self.written_in])

    def show(self, lines: pl.DataFrame, prefix: str) -> pl.DataFrame:
        """Write how a person gets to read it beside few lines, as `client_shown`."""
        shown = self.names.select(pl.col("key").alias(f"{prefix}_key"), pl.col("shown").alias(f"{prefix}_shown"))
        return put_at(lines, shown.unique(f"{prefix}_key"), f"{prefix}_key")

    def doubting(self, names: pl.Series) -> Keys:
        """Be unsure of bought names that no billed name answers for certain."""
        if names.is_empty():
            return self
        doubted = (pl.col("side") == Side.BOUGHT.value) & (pl.col("verdict") == Verdict.NONE.value)
        doubted &= pl.col(self.written_in[0]).is_in(names.implode())
        unsure = pl.lit(Verdict.UNSURE.value, self.names.schema["verdict"])
        return Keys(
            self.names.with_columns(pl.when(doubted).then(unsure).otherwise("verdict").alias("verdict")),
            self.written_in,
        )

    def adding(self, billed: pl.DataFrame) -> Keys:
        """Let further billed wordings mean a bought party: `left_id`, `right_id`, and the columns it is written in."""
        if billed.is_empty():
            return self
        meant = self.names.select("key", "shown", bought="party").unique("bought")
        known = billed.with_columns(bought=pl.format("bought {}", "left_id")).join(meant, on="bought")
        verdict = pl.lit(Verdict.CERTAIN.value, self.names.schema["verdict"])
        rows = known.with_columns(
            side=pl.lit(Side.BILLED.value), party=pl.format("billed {}", "right_id"), verdict=verdict
        )
        return Keys(pl.concat([self.names, rows.select(self.names.columns)]), self.written_in)

    def find(self, name: str) -> list[int]:
        """Find the keys a person means by a name or an id, on whichever side it is written."""
        wanted = pl.select(plain(pl.lit(name))).item()
        same = pl.any_horizontal(plain(pl.col(column)) == wanted for column in self.written_in)
        return sorted(set(self.names.filter(same)["key"].to_list()))


def key_names(
    bought: pl.DataFrame, billed: pl.DataFrame, matching: Matching, written_in: tuple[str, ...], *, show: Side
) -> Keys:
    """Give all names that certainly mean one thing one key.

    `bought` and `billed` have the columns a name is written in, its `party` and the `name` that party goes by.
    """
    parties = pl.concat([_of_side(bought, Side.BOUGHT, written_in), _of_side(billed, Side.BILLED, written_in)])
    matches = matching.matches.with_columns(
        bought=pl.format("bought {}", "left_id"), billed=pl.format("billed {}", "right_id")
    )
    certain = matches.filter(pl.col("verdict") == Verdict.CERTAIN.value)
    one_thing = _join_up(certain.select("bought", "billed").iter_rows())
    verdicts = pl.concat(
        [
            matches.select(party="bought", verdict="verdict").unique(),
            certain.select(party="billed", verdict="verdict").unique(),
        ]
    )
    named = (
        parties.with_columns(key=pl.col("party").replace(one_thing))
        .join(verdicts, on="party", how="left")
        .with_columns(pl.col("verdict").fill_null(Verdict.NONE.value))
    )
    shown = named.join(_choose_shown(named, show), on="key", how="left").drop("name")
    verdict = pl.col("verdict").cast(pl.Enum([verdict.value for verdict in Verdict]))
    return Keys(shown.with_columns(pl.col("key").rank("dense").cast(pl.UInt32), verdict), written_in)


def _of_side(parties: pl.DataFrame, side: Side, written_in: tuple[str, ...]) -> pl.DataFrame:
    return parties.select(*written_in, "name", party=pl.format(f"{side} {{}}", "party"), side=pl.lit(side.value))


def _join_up(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name each group of things joined by pairs after its first member: `a-b, b-c` makes one group of three."""
    first: dict[str, str] = {}

    def root(name: str) -> str:
        while first.setdefault(name, name) != name:
            first[name] = name = first[first[name]]
        return name

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        first[high] = low
    return {name: root(name) for name in first}


def _choose_shown(named: pl.DataFrame, show: Side) -> pl.DataFrame:
    """Show the catalogue's name, else what the preferred side calls it; what would read alike is told apart by ids.

    What has no id is on its own side the only one of its name: people are asked about it, and answer, by that alone.
    """
    first = named.sort(pl.col("side") != show.value, "name", "party").unique("key", keep="first", maintain_order=True)
    own_id = pl.col("party").str.extract(r"^\w+ (?:id|known) (.*)$")
    known = pl.col("party").str.extract(r"^\w+ known (.*)$")
    read = first.with_columns(name=pl.coalesce(known, "name"))
    alike = pl.col("name").is_duplicated() & own_id.is_not_null()
    return read.select("key", shown=pl.when(alike).then(pl.format("{} ({})", "name", own_id)).otherwise("name"))
