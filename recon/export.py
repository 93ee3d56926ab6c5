"""A result as files people open: a workbook of everything, a CSV of the gaps."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO

import polars as pl

from recon.gaps import Gap
from recon.lines import EXACT, Side
from recon.questions import Candidate, Question
from recon.result import Reconciliation
from recon.safe_text import defuse_for_csv, defuse_id
from recon.sheets import Sheet, write_workbook
from recon.summary_sheet import MONTHLY, summarise

Schema = dict[str, pl.DataType | type[pl.DataType]]

GAPS: Schema = {
    "Kind": pl.String,
    "Direction": pl.String,
    "Client": pl.String,
    "Product": pl.String,
    "Billed instead": pl.String,
    "Plan": pl.String,
    "Bought": EXACT,
    "Billed": EXACT,
    "In bundles": EXACT,
    "Seats": EXACT,
    "Monthly": MONTHLY,
    "Currency": pl.String,
    "Figure": pl.String,
    "Basis": pl.String,
    "What": pl.String,
    "Arithmetic": pl.String,
    "Reasons": pl.String,
    "Bought rows": pl.String,
    "Billed rows": pl.String,
    "Quiet": pl.String,
    "Gap": pl.String,
}
QUESTIONS: Schema = {
    "About": pl.String,
    "Name": pl.String,
    "Question": pl.String,
    "Candidates": pl.String,
    "Samples": pl.String,
    "Lines": pl.Int64,
    "Monthly": MONTHLY,
    "Currency": pl.String,
    "In other currencies": pl.String,
    "Id": pl.String,
}
PROBLEMS: Schema = {
    "Side": pl.String,
    "Row": pl.Int64,
    "Column": pl.String,
    "Cell": pl.String,
    "Problem": pl.String,
}
LINES = {
    "side": "Side",
    "row": "Row",
    "class": "Class",
    "note": "Note",
    "gap": "Gap",
    "client": "Client",
    "product": "Product",
    "quantity": "Quantity",
    "unit_price": "Unit price",
    "unit_cost": "Unit cost",
    "amount": "Amount",
    "currency": "Currency",
    "charge": "Charge",
    "status": "Status",
    "period_start": "From",
    "period_end": "Until",
    "agreement": "Agreement",
    "sku": "SKU",
    "line_id": "Line id",
    "source": "File",
}
WITH_CENTS = frozenset({"Monthly", "Amount"})
NEEDLESS_ZEROS = r"\.?0+$"
BETWEEN = " · "


def export_workbook(result: Reconciliation) -> bytes:
    """Write the whole result as XLSX: summary, gaps, questions, every line with its class, and problems."""
    summary, is_about = summarise(result)
    tables = {
        "Summary": summary,
        "Gaps": list_gaps(result.gaps),
        "Questions": list_questions(result.questions),
        "Lines": list_lines(result),
        "Problems": list_problems(result),
    }
    about = {"Summary": {"Monthly": is_about}, "Gaps": {"Monthly": [not gap.exact for gap in result.gaps]}}
    return write_workbook(
        Sheet(name, table, WITH_CENTS.intersection(_amounts(table)), about=about.get(name, {}))
        for name, table in tables.items()
    )


def export_gaps(result: Reconciliation) -> bytes:
    """Write the gaps as CSV, in UTF-8 with the mark Excel knows it by."""
    return write_csv(list_gaps(result.gaps))


def write_csv(table: pl.DataFrame) -> bytes:
    """Write a table as CSV that is safe to open: no text begins a formula, no quantity has needless zeros."""
    quantities = pl.col(name for name, kind in table.schema.items() if kind == EXACT)
    written = table.with_columns(
        defuse_for_csv(pl.col(pl.String)), quantities.cast(pl.String).str.replace(NEEDLESS_ZEROS, "")
    )
    file = BytesIO()
    written.write_csv(file, include_bom=True, line_terminator="\r\n")
    return file.getvalue()


def write_pairs(pairs: pl.DataFrame) -> bytes:
    """Write pairs of names, as `match_pairs` gives them, as CSV that is safe to open."""
    written = pairs.with_columns(
        defuse_id(pl.col("left_id", "right_id")),
        pl.col("score").round(6),
        defuse_for_csv(pl.col("reasons").list.join("; ")),
    )
    return written.write_csv().encode()


def list_gaps(gaps: Iterable[Gap]) -> pl.DataFrame:
    """Put gaps in a table, as a person reads them."""
    rows = [
        (
            gap.kind,
            gap.direction,
            gap.client,
            gap.product,
            gap.billed_product,
            gap.plan,
            gap.bought,
            gap.billed,
            gap.bundled or None,
            gap.seats,
            gap.monthly.rounded().amount,
            gap.currency,
            "exact" if gap.exact else f"estimated: {gap.estimated_because}",
            gap.basis,
            gap.sentence,
            BETWEEN.join(gap.arithmetic),
            BETWEEN.join(gap.reasons),
            ", ".join(map(str, gap.bought_rows)),
            ", ".join(map(str, gap.billed_rows)),
            "below the threshold" if gap.is_suppressed else None,
            gap.id,
        )
        for gap in gaps
    ]
    return pl.DataFrame(rows, schema=GAPS, orient="row")


def list_questions(questions: Iterable[Question]) -> pl.DataFrame:
    """Put questions in a table, each with its possible answers, best first."""
    rows = [
        (
            question.topic,
            question.about,
            question.sentence,
            BETWEEN.join(_say(candidate) for candidate in question.candidates),
            BETWEEN.join(question.samples),
            question.lines,
            *_say_money(question),
            question.id,
        )
        for question in questions
    ]
    return pl.DataFrame(rows, schema=QUESTIONS, orient="row")


def _say_money(question: Question) -> tuple[Decimal | None, str | None, str | None]:
    """Give the largest amount as a number; what waits in other currencies can't stand in its cell."""
    if not question.monthly:
        return None, None, None
    most, *others = sorted(question.monthly, key=lambda money: (-money.amount, money.currency))
    return most.rounded().amount, most.currency, BETWEEN.join(map(str, others)) or None


def _say(candidate: Candidate) -> str:
    sure = [] if candidate.probability is None else [f"{candidate.probability:.0%}"]
    why = ", ".join([*sure, *candidate.reasons])
    return f"{candidate.label} ({why})" if why else candidate.label


def list_lines(result: Reconciliation) -> pl.DataFrame:
    """Put every line of both files in a table, with its class and the gaps it is part of."""
    gaps = pl.DataFrame(
        [(cell, gap.id) for gap in result.gaps for cell in gap.cells],
        schema={"cell": result.lines.schema["cell"], "gap": pl.String},
        orient="row",
    )
    of_cell = gaps.group_by("cell").agg(pl.col("gap").sort().str.join(BETWEEN))
    lines = result.lines.join(of_cell, on="cell", how="left")
    in_order = lines.sort(pl.col("side") == Side.BILLED.value, "source", "row")
    return in_order.select(pl.col(name).alias(shown) for name, shown in LINES.items())


def list_problems(result: Reconciliation) -> pl.DataFrame:
    """Put what to look at first, and what could not be read, in a table."""
    rows = [
        (side, problem.row, problem.column, problem.cell, problem.sentence) for side, problem in result.problems_by_side
    ]
    return pl.DataFrame(rows, schema=PROBLEMS, orient="row")


def _amounts(table: pl.DataFrame) -> list[str]:
    return [name for name, kind in table.schema.items() if kind.is_decimal()]
