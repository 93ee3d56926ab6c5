"""What to ask people about a month, and what their answers would settle."""

from __future__ import annotations

import polars as pl

from recon.causes import RootCause
from recon.classes import LineClass
from recon.lines import EXACT, Side
from recon.matching.judgements import Kind
from recon.matching.verdicts import Verdict
from recon.questions import Question, most_settled_first
from recon.renamed import ask_renamed, blame_names
from recon.understood import Understood
from recon.unmapped import ask_unmapped


def ask(lines: pl.DataFrame, renamed: pl.DataFrame, names: Understood) -> tuple[tuple[Question, ...], list[RootCause]]:
    """Ask what settles most money first, with the causes one answer would settle."""
    months = pl.col("price_months").fill_null(1).cast(EXACT)
    waiting = names.show(lines.filter((pl.col("class") == LineClass.QUESTION.value) & (pl.col("seats") != 0)))
    waiting = waiting.with_columns(money=pl.coalesce("unit_price", "unit_cost") / months * pl.col("seats"))
    bought = pl.col("side") == Side.BOUGHT.value
    unsure = {
        Kind.CLIENT: pl.col("client_verdict") != Verdict.CERTAIN.value,
        Kind.PRODUCT: pl.col("product_verdict") == Verdict.UNSURE.value,
    }
    asked = [
        question
        for kind in Kind
        for question in ask_unmapped(waiting.filter(bought & unsure[kind]), kind, names.offered(kind))
    ]
    causes = blame_names(waiting, names.candidates[Kind.PRODUCT], asked)
    for question, cause in ask_renamed(renamed):
        asked.append(question)
        causes += [cause] if cause else []
    return most_settled_first(asked), causes
