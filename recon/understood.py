"""What the names of a month mean: the matcher's answer, written on the lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from recon.classes import LineClass
from recon.frames import engine_for
from recon.keys import Keys, key_names
from recon.lines import Charge, Side
from recon.matching.catalogue import is_bare_code, known_product
from recon.matching.judgements import Judgement, Judgements, Kind, Said
from recon.matching.match import match_names
from recon.matching.month import MonthMatching, match_month
from recon.matching.names import plain
from recon.matching.parties import one_each, product_parties
from recon.matching.score import Weights
from recon.matching.verdicts import Matching, Verdict
from recon.sites import billed_together

CLIENT = ("client", "client_id")
PRODUCT = ("product", "part_number", "sku")
GONE = (LineClass.CANCELLED, LineClass.SUSPENDED, LineClass.OFFSET, LineClass.PENDING, LineClass.TRIAL)
BILLS_NOTHING = (LineClass.CANCELLED, LineClass.NOT_BILLABLE)
MATCHED_BY = ["source", *CLIENT, "domain", *PRODUCT, "quantity", "charge"]


@dataclass(frozen=True, slots=True)
class Understood:
    """What each client and product name of both sides means, and which pairs a person could still make."""

    clients: Keys
    products: Keys
    client_matches: Matching
    product_matches: Matching
    candidates: Mapping[Kind, pl.DataFrame]
    withdrawn: tuple[int, ...]  # products on bought lines only that do not count
    together: pl.DataFrame  # candidates that are billed for another client for certain, and may be for this one too

    def give(self, lines: pl.DataFrame) -> pl.DataFrame:
        """Write client and product keys on every line, and whether anybody sells its product to the MSP."""
        keyed = self.products.give(self.clients.give(lines, "client"), "product")
        sold = self.products.names.filter(pl.col("side") == Side.BOUGHT.value)["key"].unique()
        return keyed.with_columns(
            is_sold=pl.col("product_key").is_in(sold.implode())
            | pl.col("product_key").is_in([*self._licences(), *self.withdrawn])
        )

    def find_product(self, name: str) -> list[int]:
        """Find the products a person means: called so on a line, or known by that name in the catalogue."""
        known = known_product(name)
        wanted = [f"{side} known {known.name}" for side in Side] if known else []
        same = self.products.names.filter(pl.col("party").is_in(wanted))["key"].to_list()
        return sorted({*self.products.find(name), *same})

    def show(self, lines: pl.DataFrame) -> pl.DataFrame:
        """Write client and product beside few lines as a person gets to read them."""
        return self.products.show(self.clients.show(lines, "client"), "product")

    def offered(self, kind: Kind) -> pl.DataFrame:
        """List what a person may say a name is."""
        more = kind is Kind.CLIENT and self.together.height
        return pl.concat([self.candidates[kind], self.together]) if more else self.candidates[kind]

    def billed_with(self, waiting: pl.DataFrame) -> pl.DataFrame:
        """List what may be billed to another client together with what it has itself: `client_key, product_key`."""
        billed = self.clients.names.select(client_key="key", billed_party="party").unique()
        pairs = self.together.select("billed_party", client_party="bought_party").join(billed, on="billed_party")
        has = waiting.select("client_party", "product_key").unique()
        return pairs.join(has, on="client_party").select("client_key", "product_key").unique()

    def _licences(self) -> list[int]:
        """List what is known as a vendor's licence and bought by nobody, in a month in which licences are bought."""
        written = self.products.names.select("side", "key", *PRODUCT).iter_rows()
        known = [(side, key) for side, key, *names in written if known_product(*names)]
        billed = sorted({key for side, key in known if side == Side.BILLED})
        return billed if any(side == Side.BOUGHT for side, _ in known) else []


def understand_names(
    netted: pl.DataFrame,
    uncounted: pl.DataFrame,
    judgements: Judgements,
    weights: Mapping[Kind, Weights] | None = None,
    presumed: tuple[Judgement, ...] = (),
) -> Understood:
    """Match the names on the lines that count, and on those that say a count is on its way, or can't be read.

    `presumed` of products is whatever nobody has said otherwise.
    """
    told = judgements.after(presumed)
    counts = pl.col("class").is_null() | (pl.col("charge") == Charge.PRORATED.value)
    known = netted.select(*MATCHED_BY, "side", counts=counts).lazy()
    if uncounted.height:
        known = pl.concat([known, uncounted.lazy().select(*MATCHED_BY, "side", counts=pl.lit(value=True))])
    engine = engine_for(netted.height)
    bought, billed = (
        known.filter(pl.col("counts") & (pl.col("side") == side.value)).select(MATCHED_BY).collect(engine=engine)
        for side in Side
    )
    month = match_month(bought, billed, judgements, of_products=told, weights=weights)
    idle = _idle_lines(known.filter(~pl.col("counts")).collect(engine=engine), month)
    if idle.height:
        month = match_month(bought, billed, judgements, of_products=told, weights=weights, idle=idle)
    clients = key_names(month.bought_clients, month.billed_clients, month.clients, CLIENT, show=Side.BILLED)
    products = key_names(month.bought_products, month.billed_products, month.products, PRODUCT, show=Side.BOUGHT)
    products = products.adding(_unbilled_products(netted, month, told))
    for doubtful in (_bare_codes(month.bought_products), _beside_codes(netted, clients, month.billed_products)):
        products = products.doubting(_not_told(doubtful, told))
    withdrawn = _withdrawn_products(netted, month, products, told)
    candidates = {
        Kind.CLIENT: _candidates(clients, month.clients.candidates, answers=False),
        Kind.PRODUCT: _candidates(products, month.products.candidates, answers=False),
    }
    vendors = bought.select("source", *CLIENT).unique()
    together = _candidates(clients, billed_together(month, judgements, vendors), answers=True)
    return Understood(clients, products, month.clients, month.products, candidates, withdrawn, together)


def _candidates(keys: Keys, pairs: pl.DataFrame, *, answers: bool) -> pl.DataFrame:
    """List the pairs a person could still make, best first; with billed names that answer another, or those that don't.

    A row has `bought_party, billed_party, shown, probability, reasons`.
    """
    known = pl.col("verdict") == Verdict.CERTAIN.value
    some = keys.names.filter((pl.col("side") == Side.BILLED.value) & (known if answers else ~known))
    named = some.select("shown", billed_party="party").unique("billed_party")
    parties = pairs.select(
        "probability",
        "reasons",
        bought_party=pl.format("bought {}", "left_id"),
        billed_party=pl.format("billed {}", "right_id"),
    )
    return parties.join(named, on="billed_party").sort("bought_party", -pl.col("probability"), "billed_party")


def _not_told(bought: pl.Series, judgements: Judgements) -> pl.Series:
    """Leave out the products of which somebody has said what they are billed as."""
    told = judgements.told(Kind.PRODUCT)
    sure = told.pairs.filter(pl.col("said") != Said.UNSURE.value)["bought"]
    _, numbers = told.numbering.look_up(bought)
    return bought.filter(~numbers.is_in(sure.implode()).fill_null(value=False))


def _bare_codes(bought: pl.DataFrame) -> pl.Series:
    """List the products that are called by a stock code only.

    That nobody bills such a product is not known: nobody would bill it under that name.
    """
    return bought.filter(_are_codes(bought))["product"]


def _are_codes(products: pl.DataFrame) -> pl.Series:
    return pl.Series([is_bare_code(*names) for names in products.select(PRODUCT).iter_rows()], dtype=pl.Boolean)


def _beside_codes(netted: pl.DataFrame, clients: Keys, billed: pl.DataFrame) -> pl.Series:
    """List the products of clients that are billed by codes, where that is how the PSA calls most of what it bills.

    That nobody bills such a product by its name does not say that nobody bills it.
    """
    codes = billed.filter(_are_codes(billed))
    if codes.height * 2 <= billed.height:
        return billed["product"].clear()
    counts = netted.filter(pl.col("class").is_null()).select("side", *CLIENT, "product")
    lines = clients.give(counts, "client")
    by_code = (pl.col("side") == Side.BILLED.value) & pl.col("product").is_in(codes["product"].implode())
    coded = lines.filter(by_code)["client_key"].unique()
    bought = (pl.col("side") == Side.BOUGHT.value) & pl.col("client_key").is_in(coded.implode())
    return lines.filter(bought)["product"].unique()


def _unbilled_products(netted: pl.DataFrame, month: MonthMatching, judgements: Judgements) -> pl.DataFrame:
    """Say which bought product a wording certainly is that stands only on billed lines that bill nothing.

    They are matched by themselves: such a wording is no answer to offer, and takes nothing from what is billed.
    """
    unbilled = (pl.col("side") == Side.BILLED.value) & pl.col("class").is_in([of.value for of in BILLS_NOTHING])
    left = _named_only_on(netted.filter(unbilled), month.billed_products)
    certain = _certainly_same(month.bought_products, left, judgements)
    return left.join(certain, left_on="party", right_on="right_id", coalesce=False)


def _withdrawn_products(
    netted: pl.DataFrame, month: MonthMatching, products: Keys, judgements: Judgements
) -> tuple[int, ...]:
    """List the billed products that a vendor sells, and that are bought only on lines that no longer count."""
    gone = (pl.col("side") == Side.BOUGHT.value) & pl.col("class").is_in([of.value for of in GONE])
    left = _named_only_on(netted.filter(gone), month.bought_products)
    certain = _certainly_same(left, month.billed_products, judgements)
    parties = certain.select(party=pl.format("billed {}", "right_id"))
    return tuple(products.names.join(parties, on="party", how="semi")["key"].unique().sort())


def _named_only_on(lines: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    if lines.is_empty():
        return known.clear()
    wordings = lines.select(PRODUCT).unique()
    return product_parties(wordings.join(known, on=PRODUCT, how="anti", nulls_equal=True))


def _certainly_same(bought: pl.DataFrame, billed: pl.DataFrame, judgements: Judgements) -> pl.DataFrame:
    if bought.is_empty() or billed.is_empty():
        return pl.DataFrame(schema={"left_id": pl.String, "right_id": pl.String})
    sides = [one_each(parties, PRODUCT) for parties in (bought, billed)]
    matches = match_names(*sides, kind=Kind.PRODUCT, judgements=judgements).matches
    return matches.filter(pl.col("verdict") == Verdict.CERTAIN.value).select("left_id", "right_id")


def _idle_lines(uncounted: pl.DataFrame, month: MonthMatching) -> pl.DataFrame:
    """Find billed lines that do not count and name a client as a vendor does to whom nobody else answers.

    A client whose every line is cancelled or free is a client all the same, and billed for nothing.
    """
    unanswered = month.clients.matches.filter(pl.col("verdict") != Verdict.CERTAIN.value)["left_id"]
    names = month.bought_clients.filter(pl.col("party").is_in(unanswered.implode()))["client"]
    same = plain(pl.col("client")).is_in(names.to_frame().select(plain(pl.col("client")))["client"].unique().implode())
    return uncounted.filter((pl.col("side") == Side.BILLED.value) & same).select(MATCHED_BY)
