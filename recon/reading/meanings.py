"""What a column can mean, and the header words that say so."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from itertools import chain

from recon.reading.words import header_words, our_words


class Meaning(StrEnum):
    """What a column says of its lines, in our words."""

    CLIENT = "client"
    CLIENT_ID = "client_id"
    DOMAIN = "domain"
    PRODUCT = "product"
    PART_NUMBER = "part_number"
    SKU = "sku"
    QUANTITY = "quantity"
    PRICE = "price"  # whose price it is, the side tells
    UNIT_PRICE = "unit_price"
    UNIT_COST = "unit_cost"
    TOTAL = "total"  # whose total it is, the side tells
    PRICE_TOTAL = "price_total"
    COST_TOTAL = "cost_total"
    TAX = "tax"
    CURRENCY = "currency"
    TERM = "term"
    CYCLE = "cycle"
    CHARGE = "charge_type"
    CANCELLED_ON = "cancelled_on"
    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    PERIOD = "period"  # from and to in one cell, or a month
    TERM_START = "term_start"
    TERM_END = "term_end"
    STATUS = "status"
    BILLABLE = "billable"
    TRIAL = "trial"
    INACTIVE = "inactive"
    AGREEMENT = "agreement"
    LINE_ID = "line_id"
    INVOICE_DATE = "invoice_date"


STRENGTHS = {"certain": 1.0, "likely": 0.8, "possible": 0.45}
NEEDED = (Meaning.CLIENT, Meaning.PRODUCT, Meaning.QUANTITY)
WHO = (Meaning.CLIENT, Meaning.CLIENT_ID, Meaning.DOMAIN)
WHAT = (Meaning.PRODUCT, Meaning.SKU, Meaning.PART_NUMBER)
MONEY = frozenset(
    {Meaning.PRICE, Meaning.UNIT_PRICE, Meaning.UNIT_COST, Meaning.TOTAL, Meaning.PRICE_TOTAL, Meaning.COST_TOTAL}
)
DATES = (
    Meaning.PERIOD_START,
    Meaning.PERIOD_END,
    Meaning.TERM_START,
    Meaning.TERM_END,
    Meaning.CANCELLED_ON,
    Meaning.INVOICE_DATE,
)
GENERIC_WORDS = "type name id date code total number start end from to value charge"  # alone they say much, last little
MORE_WORDS = "date country city address phone email order invoice reseller partner vendor publisher prorate margin"


@lru_cache(maxsize=1)
def headings() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Read the table that ships with us: how headings word each meaning, and how strongly."""
    table: dict[str, dict[str, list[str]]] = json.loads(
        files("recon").joinpath("data/headings.json").read_text(encoding="utf-8")
    )
    return table


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Every word our phrases use, to cut headers written without gaps."""
    return frozenset(chain(our_words(MORE_WORDS), *phrases()))


@lru_cache(maxsize=1)
def phrases() -> dict[tuple[str, ...], dict[Meaning, float]]:
    """Turn the table round: what each phrase can mean, and how strongly it says so."""
    meant: dict[tuple[str, ...], dict[Meaning, float]] = {}
    for meaning, groups in headings().items():
        for strength, group in groups.items():
            for phrase in map(our_words, group):
                known = meant.setdefault(phrase, {})
                known[Meaning(meaning)] = max(STRENGTHS[strength], known.get(Meaning(meaning), 0.0))
    return meant


@lru_cache(maxsize=1)
def generic_phrases() -> frozenset[tuple[str, ...]]:
    """Give the words that name a thing only when they stand alone: a `Type` is a charge's, a `Unit Type` is not."""
    return frozenset((word,) for word in our_words(GENERIC_WORDS))


@lru_cache(maxsize=4096)
def said_by(header: str) -> dict[Meaning, float]:
    """How strongly a header's words say each meaning; its last words count, since they name the thing."""
    words = header_words(header, known_words())
    said: dict[Meaning, float] = {}
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            share = (end - start) / len(words)
            place = 0.55 + 0.45 * share if end == len(words) else 0.35 * share
            if share < 1 and words[start:end] in generic_phrases():
                place *= 0.4
            for meaning, strength in phrases().get(words[start:end], {}).items():
                said[meaning] = max(said.get(meaning, 0.0), strength * place)
    return said
