"""Numbers as people and programs write them, in one style a column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import polars as pl

from recon.lines import EXACT
from recon.reading.distinct import answered, distinct_texts
from recon.reading.looks import UNIT

BLANKS = frozenset({"", "-", "--", "–", "—", "n/a", "na", "null", "none", "nil", "(blank)", "#n/a"})
USUAL = 0.2  # of a column's different cells
LARGEST = Decimal(10) ** 27
CURRENCY = r"(?:[A-Z]{0,3}[$€£¥₹]|[A-Z]{3}|kr\.?|zł|Fr\.?)"
SIGN = "[-+−–﹣－]"
GAP = r"['’ \u00a0\u202f\u2009]"
WRITTEN = re.compile(
    rf"(?P<open>\()?\s*(?P<before>{SIGN})?\s*{CURRENCY}?\s*(?P<inside>\(|{SIGN})?\s*'?"
    rf"(?P<digits>[\d.,](?:[\d.,]|{GAP}(?=\d))*(?:[eE][-+]?\d{{1,3}})?)"
    rf"\s*(?P<after>{SIGN})?\s*{CURRENCY}?\s*(?P<last>{SIGN})?\s*\)?\s*(?P<ledger>CR|DR)?",
    re.IGNORECASE,
)
POINT = re.compile(
    rf"(?:\d{{1,3}}(?:[,]\d{{3}})+|\d{{1,3}}(?:{GAP}\d{{3}})+|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}|\d+)(?:\.\d*)?|\.\d+"
)
SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?[eE][-+]?\d{1,3}")

HAS_MARK = r"[.,]"
THOUSAND = r"\d[.,]\d{3}\D*$"
PLAIN_POINT = r"^[$€£]?\d{1,3}(?:,\d{3})*(?:\.\d+)?$"


def says(mark: str, other: str) -> str:
    """Write the pattern of numbers that only make sense with this decimal mark and not with the other."""
    return (
        rf"{other}\d{{3}}{mark}\d|\d[' ’\x{{a0}}\x{{202f}}]\d{{3}}{mark}\d|\d{{4}}{mark}\d|^\D*0{mark}\d"
        rf"|^[^\d.,]*{mark}\d|^[^.,]*{mark}(?:\d{{1,2}}|\d{{4,}})(?:[^.,\d]|$)|{other}\d{{3}}{other}\d{{3}}"
    )


SAYS_POINT, SAYS_COMMA = says(r"\.", ","), says(",", r"\.")


@dataclass(frozen=True, slots=True)
class StyleEvidence:
    """What a column's values say about its decimal mark."""

    point: int
    comma: int
    unclear: int
    samples: Sequence[str] = ()

    @property
    def decimals(self) -> str | None:
        """The mark the values agree on, or most of them do; None when they do not tell."""
        if self.point == self.comma:
            return None
        return "." if self.point > self.comma else ","

    @property
    def matters(self) -> bool:
        """Whether the choice would change a value."""
        return self.decimals is None and (self.unclear > 0 or self.point > 0)


def styles_of(columns: Mapping[str, pl.Series]) -> dict[str, StyleEvidence]:
    """Weigh every distinct value of each column that has a comma or a point."""
    text = pl.col("text")
    marked = {column: values.filter(values.str.contains(HAS_MARK)) for column, values in columns.items()}
    told = distinct_texts(marked).with_columns(
        point=text.str.contains(SAYS_POINT), comma=text.str.contains(SAYS_COMMA), thousand=text.str.contains(THOUSAND)
    )
    point, comma = pl.col("point"), pl.col("comma")
    unclear = (point == comma) & pl.col("thousand")
    weighed = told.group_by("column").agg(
        point=(point & ~comma).sum(),
        comma=(comma & ~point).sum(),
        unclear=unclear.sum(),
        samples=text.filter(unclear).sort().head(5),
    )
    found = {column: StyleEvidence(*rest) for column, *rest in weighed.iter_rows()}
    return {column: found.get(column, StyleEvidence(0, 0, 0)) for column in columns}


def parse_number(text: str) -> Decimal | None:
    """Read one number with a decimal point; None when it is none, or written in another style."""
    plain = unicodedata.normalize("NFKC", text.replace("−", "-")).strip()
    found = WRITTEN.fullmatch(plain)
    if not found:
        return None
    digits = found["digits"]
    if not (POINT.fullmatch(digits) or SCIENTIFIC.fullmatch(digits)):
        return None
    signs = [sign for name in ("before", "inside", "after", "last") if (sign := found[name])]
    if len(signs) > 1:
        return None
    try:
        amount = Decimal(re.sub(rf",|{GAP}|\s", "", digits))
    except InvalidOperation:
        return None
    negative = bool(found["open"]) or any(sign != "+" for sign in signs) or (found["ledger"] or "").upper() == "CR"
    return None if amount >= LARGEST else -amount if negative and amount else amount


def parse_numbers(values: pl.Series, decimals: str = ".") -> pl.Series:
    """Read a column: plain numbers in bulk, all other distinct texts one by one; null is what can't be read."""
    bulk = (
        values.cast(EXACT, strict=False)
        if decimals == "."
        else pl.Series([None], dtype=EXACT).new_from_index(0, len(values))
    )
    if bulk.null_count() == values.null_count():
        return bulk.alias(values.name)
    odd = values.filter(bulk.is_null() & values.is_not_null()).unique()
    read = read_odd(odd, decimals)
    if read.has_nulls():
        read = read.zip_with(read.is_not_null(), read_units(values, odd, decimals))
    rest = answered(values, odd, read)
    return bulk.zip_with(bulk.is_not_null(), rest).alias(values.name)


def read_odd(texts: pl.Series, decimals: str) -> pl.Series:
    """Read distinct texts that are no plain numbers: regular amounts in bulk, the rest one by one."""
    if decimals == ",":
        texts = texts.str.replace_many([".", ","], [",", "."])
    regular = texts.str.contains(PLAIN_POINT)
    bulk = texts.str.replace_all("[$€£,]", "").cast(EXACT, strict=False)
    return pl.Series(
        [
            amount if plain and amount is not None else parse_number(text)
            for text, plain, amount in zip(texts.to_list(), regular.to_list(), bulk.to_list(), strict=True)
        ],
        dtype=EXACT,
    )


def read_units(values: pl.Series, odd: pl.Series, decimals: str) -> pl.Series:
    """Read the number before a unit (`12 seats`) where the column is written so; one such cell in many is a slip."""
    bare = pl.Series([UNIT.sub("", text) for text in odd.to_list()], dtype=pl.String)
    read = read_odd(bare, decimals)
    is_usual = read.count() >= USUAL * values.n_unique()
    return read if is_usual else pl.Series([None], dtype=EXACT).new_from_index(0, len(odd))
