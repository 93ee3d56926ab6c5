"""Wordings of the PSA that may be a product that is bought: one question for all clients that have it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl

from recon.causes import ENOUGH, Child, RootCause, name_cause
from recon.classes import LineClass
from recon.frames import engine_for
from recon.gaps import GapKind, count
from recon.lines import Side
from recon.matching.catalogue import possible_products
from recon.matching.judgements import Kind
from recon.matching.verdicts import Verdict
from recon.money import Money, add_up
from recon.questions import Candidate, Question, Topic, identify_question, settles
from recon.understood import PRODUCT, Understood

SHORT = [GapKind.UNBILLED.value, GapKind.UNDERBILLED.value]


def find_renamed(cells: pl.DataFrame, lines: pl.DataFrame, names: Understood) -> pl.DataFrame:
    """Find cells that fall short at a client billed for a wording that may be this very product.

    The answer has a row per such cell and wording: `cell, billed_party, wording` and what the cell is short of.
    """
    billed = (
        lines.lazy()
        .filter((pl.col("side") == Side.BILLED.value) & _is_open(names) & ~pl.col("is_sold"))
        .group_by("client_key", billed_party="product_party")
        .agg(billed=pl.col("seats").sum())
        .filter(pl.col("billed") > 0)
        .collect(engine=engine_for(lines.height))
    )
    products = names.products.names.select("side", "party", "shown", product_key="key").unique()
    bought = products.filter(pl.col("side") == Side.BOUGHT.value).select("product_key", bought_party="party")
    wordings = products.select(billed_party="party", wording="shown")
    possible = names.candidates[Kind.PRODUCT].drop("shown").join(bought, on="bought_party")
    asked = pl.col("product_key").is_in(possible["product_key"].unique().implode())
    return (
        cells.filter(asked & pl.col("kind").is_in(SHORT) & pl.col("doubt").is_null())
        .join(possible, on="product_key")
        .join(billed, on=["client_key", "billed_party"])
        .join(wordings, on="billed_party")
        .sort("cell", -pl.col("probability"), "billed_party")
        .unique("cell", keep="first", maintain_order=True)
    )


def _is_open(names: Understood) -> pl.Expr:
    """Tell lines that nothing answers yet: an unclear wording may be another product at each client.

    It waits here too where another client's product is asked about, and may turn out to be that.
    """
    billed = names.products.names.filter(pl.col("side") == Side.BILLED.value)
    unclear = [party for party, *name in billed.select("party", *PRODUCT).iter_rows() if possible_products(*name)]
    waits = (pl.col("class") == LineClass.QUESTION.value) & pl.col("product_party").is_in(unclear)
    return pl.col("class").is_null() | waits


def ask_renamed(renamed: pl.DataFrame) -> list[tuple[Question, RootCause | None]]:
    """Ask once about each wording, with what the answer settles at every client."""
    asked = []
    for (_, wording), rows in renamed.sort("billed_party", "client", "cell").group_by(
        ["billed_party", "wording"], maintain_order=True
    ):
        children = [_child(row) for row in rows.iter_rows(named=True)]
        asked.append(_ask(str(wording), rows.unique("product", keep="first", maintain_order=True), children))
    return asked


def _child(row: dict[str, Any]) -> Child:
    each = row["price_bought"] or row["usual_price"] or row["cost_bought"] or Decimal(0)
    monthly = Money(each * row["missing"], row["currency"]).rounded()
    return Child(row["client"], row["seats_bought"], row["billed"], monthly)


def _ask(wording: str, products: pl.DataFrame, children: list[Child]) -> tuple[Question, RootCause | None]:
    product, clients = " or ".join(products["product"]), len({child.client for child in children})
    monthly = add_up(child.monthly for child in children)
    where = f"{clients} clients have" if clients > 1 else f"{children[0].client} has"
    question = Question(
        id=identify_question(Topic.PRODUCT, wording),
        topic=Topic.PRODUCT,
        about=wording,
        sentence=f"Is “{wording}” in the PSA the {product} that {where} bought? No other line bills it."
        + settles(clients),
        candidates=tuple(
            Candidate(name, name, probability, tuple(reasons))
            for name, probability, reasons in products.select("product", "probability", "reasons").iter_rows()
        ),
        samples=tuple(f"{c.client}: {count(c.bought)} bought, {count(c.billed)} billed" for c in children[:3]),
        lines=len(children),
        monthly=monthly,
    )
    return question, blame_wording(question, product, children)


def blame_wording(question: Question, product: str, children: list[Child]) -> RootCause | None:
    """Call a question a root cause where its answer settles enough clients."""
    clients = len({child.client for child in children})
    if clients < ENOUGH or len({child.monthly.currency for child in children}) > 1:
        return None
    said = f"{clients} clients wait for one answer: which billed product is {product}"
    return name_cause(said, children, about=f"renamed {product}", question=question.id)


def blame_names(waiting: pl.DataFrame, candidates: pl.DataFrame, asked: list[Question]) -> list[RootCause]:
    """Name the product questions whose answer settles many clients; `waiting` are the lines in question, both sides."""
    questions = {question.about: question for question in asked if question.topic is Topic.PRODUCT}
    if not questions:
        return []
    by_client = ["client_key", "client_shown"]
    bought = waiting.filter((pl.col("side") == Side.BOUGHT.value) & (pl.col("product_verdict") == Verdict.UNSURE.value))
    billed = waiting.filter(pl.col("side") == Side.BILLED.value).select(
        "client_key", "seats", billed_party="product_party"
    )
    possible = candidates.select("billed_party", product_party="bought_party").join(billed, on="billed_party")
    found = possible.group_by("product_party", "client_key").agg(billed=pl.col("seats").sum())
    wanted = (
        bought.group_by("product_party", "product_shown", "currency", *by_client)
        .agg(pl.col("seats", "money").sum())
        .join(found, on=["product_party", "client_key"], how="left")
        .with_columns(pl.col("billed").fill_null(0))
        .sort("product_party", "client_shown", "client_key")
    )
    causes = []
    for (product,), rows in wanted.group_by(["product_shown"], maintain_order=True):
        children = [
            Child(row["client_shown"], row["seats"], row["billed"], Money(row["money"], row["currency"]).rounded())
            for row in rows.iter_rows(named=True)
        ]
        cause = blame_wording(questions[str(product)], str(product), children)
        causes += [cause] if cause else []
    return causes
