"""What the names of a month mean: the matcher's answer, written on the lines."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from recon.keys import Keys, key_names
from recon.lines import Charge, Side
from recon.matching.catalogue import known_product
from recon.matching.judgements import Judgements, Kind
from recon.matching.month import MonthMatching, match_month
from recon.matching.names import plain
from recon.matching.verdicts import Matching, Verdict

CLIENT = ("client", "client_id")
PRODUCT = ("product", "part_number", "sku")
MATCHED_BY = ["source", *CLIENT, "domain", *PRODUCT, "quantity", "charge"]


@dataclass(frozen=True, slots=True)
class Understood:
    """What each client and product name of both sides means, and which pairs a person could still make."""

    clients: Keys
    products: Keys
    client_matches: Matching
    product_matches: Matching

    def give(self, lines: pl.DataFrame) -> pl.DataFrame:
        """Write client and product keys on every line, and whether anybody sells its product to the MSP."""
        keyed = self.products.give(self.clients.give(lines, "client"), "product")
        sold = self.products.names.filter(pl.col("side") == Side.BOUGHT.value)["key"].unique()
        return keyed.with_columns(
            is_sold=pl.col("product_key").is_in(sold.implode()) | pl.col("product_key").is_in(self._licences())
        )

    def show(self, lines: pl.DataFrame) -> pl.DataFrame:
        """Write client and product beside few lines as a person gets to read them."""
        return self.products.show(self.clients.show(lines, "client"), "product")

    def _licences(self) -> list[int]:
        """List what is known as a vendor's licence and bought by nobody, in a month in which licences are bought."""
        written = self.products.names.select("side", "key", *PRODUCT).iter_rows()
        known = [(side, key) for side, key, *names in written if known_product(*names)]
        billed = sorted({key for side, key in known if side == Side.BILLED})
        return billed if any(side == Side.BOUGHT for side, _ in known) else []

    def candidates(self, kind: Kind) -> pl.DataFrame:
        """List the pairs a person could still make, best first.

        A row has `bought_party, billed_party, shown, probability, reasons`. A billed name that certainly answers one
        bought name is no candidate for another.
        """
        keys, matching = (
            (self.clients, self.client_matches) if kind is Kind.CLIENT else (self.products, self.product_matches)
        )
        free = keys.names.filter((pl.col("side") == Side.BILLED.value) & (pl.col("verdict") != Verdict.CERTAIN.value))
        pairs = matching.candidates.select(
            "probability",
            "reasons",
            bought_party=pl.format("bought {}", "left_id"),
            billed_party=pl.format("billed {}", "right_id"),
        )
        named = free.select("shown", billed_party="party").unique("billed_party")
        return pairs.join(named, on="billed_party").sort("bought_party", -pl.col("probability"), "billed_party")


def understand_names(netted: pl.DataFrame, judgements: Judgements) -> Understood:
    """Match the names on the lines that count, and on those that say a count is on its way."""
    counts = pl.col("class").is_null() | (pl.col("charge") == Charge.PRORATED.value)
    known = netted.select(*MATCHED_BY, "side", counts=counts).lazy()
    bought, billed = (
        known.filter(pl.col("counts") & (pl.col("side") == side.value)).select(MATCHED_BY).collect() for side in Side
    )
    month = match_month(bought, billed, judgements)
    idle = _idle_lines(known.filter(~pl.col("counts")).collect(), month)
    if idle.height:
        month = match_month(bought, billed, judgements, idle=idle)
    clients = key_names(month.bought_clients, month.billed_clients, month.clients, CLIENT, show=Side.BILLED)
    products = key_names(month.bought_products, month.billed_products, month.products, PRODUCT, show=Side.BOUGHT)
    return Understood(clients, products, month.clients, month.products)


def _idle_lines(uncounted: pl.DataFrame, month: MonthMatching) -> pl.DataFrame:
    """Find billed lines that do not count and name a client as a vendor does to whom nobody else answers.

    A client whose every line is cancelled or free is a client all the same, and billed for nothing.
    """
    unanswered = month.clients.matches.filter(pl.col("verdict") != Verdict.CERTAIN.value)["left_id"]
    names = month.bought_clients.filter(pl.col("party").is_in(unanswered.implode()))["client"]
    same = plain(pl.col("client")).is_in(names.to_frame().select(plain(pl.col("client")))["client"].unique().implode())
    return uncounted.filter((pl.col("side") == Side.BILLED.value) & same).select(MATCHED_BY)
