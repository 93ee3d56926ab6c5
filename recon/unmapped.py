"""Names no one has matched yet: which lines wait for an answer, and what to ask."""

from __future__ import annotations

from typing import Any

import polars as pl

from recon.classes import LineClass, settle_class
from recon.gaps import count_of
from recon.lines import Side
from recon.matching.judgements import Kind
from recon.matching.verdicts import Verdict
from recon.money import Money, add_up
from recon.questions import Candidate, Question, Topic, identify_question, settles

MOST_CANDIDATES = 8
MOST_SAMPLES = 3
WORTH_WAITING = 0.05  # a billed name this likely to be the one asked about is accused of nothing until the answer
TOPICS = {Kind.CLIENT: Topic.CLIENT, Kind.PRODUCT: Topic.PRODUCT}
OTHER_NAME = {Kind.CLIENT: "product_shown", Kind.PRODUCT: "client_shown"}


def set_aside_unmapped(lines: pl.DataFrame, kind: Kind, candidates: pl.DataFrame) -> pl.DataFrame:
    """Put in question what is bought under a name that no billed name certainly answers, and what might answer it.

    A product without any candidate is not asked about, unless it goes by a code: nobody bills it, which is a gap.
    """
    verdict, party = pl.col(f"{kind}_verdict"), pl.col(f"{kind}_party")
    bought = pl.col("side") == Side.BOUGHT.value
    asked = bought & (verdict == Verdict.UNSURE.value if kind is Kind.PRODUCT else verdict != Verdict.CERTAIN.value)
    waiting = lines.filter(asked & pl.col("class").is_null())
    likely = candidates.filter(pl.col("probability") >= WORTH_WAITING)
    answers = likely.filter(pl.col("bought_party").is_in(waiting[f"{kind}_party"].unique().implode()))["billed_party"]
    might = party.is_in(answers.unique().implode())
    if kind is Kind.CLIENT:
        might = (might | _may_be_any_of(waiting, lines)) & pl.col("is_sold")
    else:
        might |= _may_be_a_code(waiting.filter(~pl.col("product_party").is_in(likely["bought_party"].implode())))
    lines = settle_class(lines, asked, LineClass.QUESTION, f"no billed {kind} is certainly this one")
    return settle_class(lines, might, LineClass.QUESTION, f"may be a {kind} that is bought under another name")


def _may_be_any_of(waiting: pl.DataFrame, lines: pl.DataFrame) -> pl.Expr:
    """Tell billed clients that answer nobody and pay for something an unknown client has bought.

    Any of them may be that client, however differently it is called; it is accused of nothing until somebody knows.
    """
    unknown = (pl.col("side") == Side.BILLED.value) & (pl.col("client_verdict") != Verdict.CERTAIN.value)
    same = lines.filter(unknown & pl.col("product_key").is_in(waiting["product_key"].unique().implode()))
    return pl.col("client_key").is_in(same["client_key"].unique().implode())


def _may_be_a_code(waiting: pl.DataFrame) -> pl.Expr:
    """Tell licences billed to a client and bought for nobody, where that client has something no name answers."""
    unknown = (pl.col("side") == Side.BILLED.value) & (pl.col("product_verdict") != Verdict.CERTAIN.value)
    return unknown & pl.col("is_sold") & pl.col("client_key").is_in(waiting["client_key"].unique().implode())


def ask_unmapped(lines: pl.DataFrame, kind: Kind, candidates: pl.DataFrame) -> list[Question]:
    """Ask once about each unmapped name; `lines` are those that wait, with `seats` and `money`."""
    party = f"{kind}_party"
    seats = pl.col("seats").cast(pl.Float64).cast(pl.String).str.strip_suffix(".0")
    sample = pl.format("{} × {}", seats, OTHER_NAME[kind])
    waiting = lines.group_by(party, maintain_order=True).agg(
        pl.col(f"{kind}_shown").first().alias("shown"),
        pl.col("seats").sum(),
        amounts=pl.struct("money", "currency").drop_nulls(),
        lines=pl.len(),
        clients=pl.col("client_key").n_unique(),
        samples=sample.unique().sort().head(MOST_SAMPLES),
    )
    possible = _possible(candidates.filter(pl.col("bought_party").is_in(waiting[party].implode())))
    return [_ask(kind, row, possible.get(row[party], ())) for row in waiting.iter_rows(named=True)]


def _possible(candidates: pl.DataFrame) -> dict[str, tuple[Candidate, ...]]:
    best = candidates.group_by("bought_party", maintain_order=True).head(MOST_CANDIDATES)
    possible: dict[str, tuple[Candidate, ...]] = {}
    for row in best.iter_rows(named=True):
        candidate = Candidate(row["shown"], row["shown"], row["probability"], tuple(row["reasons"]))
        possible[row["bought_party"]] = (*possible.get(row["bought_party"], ()), candidate)
    return possible


def _ask(kind: Kind, waiting: dict[str, Any], candidates: tuple[Candidate, ...]) -> Question:
    name, seats = waiting["shown"], count_of(waiting["seats"], "seat")
    monthly = add_up(Money(pair["money"], pair["currency"]) for pair in waiting["amounts"] if pair["money"] is not None)
    worth = " and ".join(f"{money} a month" for money in monthly) or "money unknown"
    who = "who is billed for this?" if kind is Kind.CLIENT else "under which name is it billed?"
    known = f"Which billed {kind} is it?" if candidates else f"No billed {kind} is like it: {who}"
    return Question(
        id=identify_question(TOPICS[kind], name),
        topic=TOPICS[kind],
        about=name,
        sentence=f"“{name}” has {seats} bought ({worth}). {known}{settles(waiting['clients'])}",
        candidates=candidates,
        samples=tuple(waiting["samples"]),
        lines=waiting["lines"],
        monthly=monthly,
    )
