"""A result as JSON, in a schema that is written down and keeps its version."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from recon.answers import read_json
from recon.errors import UnreadableAnswers
from recon.gaps import About, Basis, Direction, Gap, GapId, GapKind
from recon.money import Money
from recon.questions import Question
from recon.reading.numbers import LARGEST
from recon.reading.reading import Reading
from recon.result import Reconciliation
from recon.runs import Change
from recon.why import Why, explain_gaps

SCHEMA = "gapwatch.reconciliation/1"
"""Raised when a field is renamed or removed; a new field does not raise it."""

LINE_FIELDS = ["side", "source", "row", "class", "note", "client", "product", "quantity", "amount", "currency"]


def write_document(result: Reconciliation, changes: Iterable[Change] | None = None) -> str:
    """Write a result as JSON; README.md says what each field means."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "month": str(result.month) if result.month else None,
        "files": {"bought": _file(result.bought), "billed": _file(result.billed)},
        "totals": {direction: [_plain(total) for total in result.total(direction)] for direction in Direction},
        "gaps": [_gap(why) for why in explain_gaps(result, result.gaps)],
        "root_causes": [_plain(cause) for cause in result.causes],
        "learned": list(result.learned),
        "questions": [_question(question) for question in result.questions],
        "problems": [{"side": side} | _plain(problem) for side, problem in result.problems_by_side],
        "lines": [_plain(line) for line in _lines(result).iter_rows(named=True)],
    }
    if changes is not None:
        document["changes"] = [
            {"turn": change.turn, "gap": change.gap.id, "sentence": change.gap.sentence} for change in changes
        ]
    return json.dumps(document, ensure_ascii=False, indent=1)


def gaps_from_document(text: str) -> tuple[Gap, ...]:
    """Read the gaps of an earlier result back, to compare a new one with."""
    return gaps_of(read_document(text))


def gaps_of(document: Mapping[str, Any]) -> tuple[Gap, ...]:
    """Read the gaps of a result's JSON that is read already."""
    try:
        return tuple(_read_gap(gap) for gap in document["gaps"])
    except (KeyError, TypeError, ValueError, ArithmeticError) as flaw:
        raise UnreadableAnswers(f"This is not a result as I wrote it: a gap can't be read ({flaw}).") from flaw


def read_document(text: str) -> dict[str, Any]:
    """Read a result's JSON, or say why it can't be one."""
    document = read_json(text, "This is not an earlier result; it is")
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        seen = document.get("schema") if isinstance(document, dict) else None
        raise UnreadableAnswers(f"This is not a result I can read: its schema is {seen}, and I read {SCHEMA}.")
    gaps = document.get("gaps")
    if not isinstance(gaps, list) or not all(isinstance(gap, dict) and isinstance(gap.get("id"), str) for gap in gaps):
        raise UnreadableAnswers("This is not a result as I wrote it: it has no list of gaps, each with its id.")
    found: dict[str, Any] = document
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON is any of many things
    """Turn a value into what JSON holds; a number of up to 15 digits stays exact."""
    if isinstance(value, Money):
        return {"amount": _plain(value.rounded().amount), "currency": value.currency}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _gap(why: Why) -> dict[str, Any]:
    gap: dict[str, Any] = _plain(why.gap)
    del gap["cells"]
    explained: dict[str, Any] = gap | {
        "monthly": gap["monthly"]["amount"],
        "client_names": [why.client.bought, why.client.billed],
        "product_names": [[path.bought, path.billed] for path in why.products],
        "why": {
            "evidence": [_plain(line) | {"cells": dict(line.cells)} for line in why.evidence],
            "client": _plain(why.client),
            "products": _plain(why.products),
            "settled_by": why.settled_by,
        },
    }
    return explained


def _read_gap(stated: dict[str, Any]) -> Gap:
    return Gap(
        id=GapId(stated["id"]),
        kind=GapKind(stated["kind"]),
        about=About(stated["about"]),
        direction=Direction(stated["direction"]),
        client=_text(stated["client"]),
        product=_text(stated["product"]),
        billed_product=_maybe_text(stated["billed_product"]),
        plan=_text(stated["plan"]),
        currency=_text(stated["currency"]),
        bought=_exact(stated["bought"]),
        billed=_exact(stated["billed"]),
        bundled=_exact(stated.get("bundled", 0)),  # a result of before there was such a field
        seats=_exact(stated["seats"]),
        monthly=Money(_exact(stated["monthly"]), _text(stated["currency"])),
        exact=bool(stated["exact"]),
        estimated_because=_maybe_text(stated["estimated_because"]),
        basis=Basis(stated["basis"]),
        arithmetic=tuple(map(_text, stated["arithmetic"])),
        sentence=_text(stated["sentence"]),
        reasons=tuple(map(_text, stated["reasons"])),
        bought_rows=tuple(map(int, stated["bought_rows"])),
        billed_rows=tuple(map(int, stated["billed_rows"])),
        is_suppressed=bool(stated["is_suppressed"]),
    )


def _text(stated: Any) -> str:  # noqa: ANN401 - whatever somebody may have changed
    if not isinstance(stated, str):
        raise TypeError(f"{json.dumps(stated)[:40]} is no text")
    return stated


def _maybe_text(stated: Any) -> str | None:  # noqa: ANN401 - whatever somebody may have changed
    return None if stated is None else _text(stated)


def _exact(stated: Any) -> Decimal:  # noqa: ANN401 - whatever somebody may have changed
    number = Decimal(str(stated))
    if not number.is_finite() or abs(number) >= LARGEST:
        raise ValueError(f"{str(stated)[:40]} is no amount")
    return number


def _question(question: Question) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(question)
    return {"kind": f"unmapped {question.topic}"} | plain


def _file(reading: Reading) -> dict[str, Any]:
    layout = reading.layout
    names = (
        "format",
        "encoding",
        "delimiter",
        "sheet",
        "header_row",
        "columns",
        "not_understood",
        "source",
        "fingerprint",
    )
    return {name: _plain(getattr(layout, name)) for name in names} | {
        "lines": reading.lines.height,
        "rows_set_aside": reading.set_aside.height,
    }


def _lines(result: Reconciliation) -> pl.DataFrame:
    of_gap = {cell: gap.id for gap in result.gaps for cell in gap.cells}
    gap = pl.col("cell").replace_strict(of_gap, default=None, return_dtype=pl.String)
    return result.lines.select(*LINE_FIELDS, gap=gap)
