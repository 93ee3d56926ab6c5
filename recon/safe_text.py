"""Text that a spreadsheet will not take for a formula."""

from __future__ import annotations

import polars as pl

FORMULA = r"^[\s\p{Z}\p{Cf}]*[=+\-@＝＋－＠]|^ *[\t\r\n]"  # also behind blanks, and in the wide forms of East Asia
AFTER_SEPARATOR = r"([;|][\s\p{Z}]*)([=+\-@＝＋－＠])"  # where Excel splits a CSV at semicolons, this begins a cell


PLAIN_NUMBER = r"^[+-]?\d+(?:\.\d+)?$"  # HaloPSA counts its recurring invoices below nought


def defuse(text: pl.Expr) -> pl.Expr:
    """Put an apostrophe before text that would start a formula: `=1+1` becomes `'=1+1`."""
    return pl.when(text.str.contains(FORMULA)).then(text.str.replace(r"^", "'")).otherwise(text)


def defuse_for_csv(text: pl.Expr) -> pl.Expr:
    """Keep it on one line as well, and harmless also where another separator splits it."""
    return defuse(text.str.replace_all(AFTER_SEPARATOR, "${1}'${2}")).str.replace_all(r"[\r\n\t]+", " ")


def defuse_id(text: pl.Expr) -> pl.Expr:
    """Leave a plain number as it is, minus and all: it is no formula, and programs look for it again."""
    return pl.when(text.str.contains(PLAIN_NUMBER)).then(text).otherwise(defuse_for_csv(text))
