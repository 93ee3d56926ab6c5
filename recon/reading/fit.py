"""How well a column's values suit a meaning."""

from __future__ import annotations

from collections.abc import Callable

from recon.reading.looks import Look
from recon.reading.meanings import DATES, MONEY, NEEDED, Meaning

LOOKS_ALONE = 0.22
"""What values can say without any word of the header: enough to propose a column, not to decide on it."""


def fit(meaning: Meaning, look: Look) -> float:
    """Between 0 (these values can't mean that) and 1 (they look just so)."""
    if look.filled == 0:
        return 0.3 if meaning in NEEDED else 0.6
    return JUDGES.get(meaning, suits_an_id)(look)


def fit_alone(meaning: Meaning, look: Look) -> float:
    """Say what the values propose when the header says nothing."""
    if meaning is Meaning.DOMAIN and look.domain > 0.8:
        return 0.5
    if meaning not in NEEDED or look.filled < 0.5:
        return 0.0
    if meaning is Meaning.QUANTITY and (look.size > 4 or look.whole < 0.9 or look.number < look.counted):
        return 0.0
    good = fit(meaning, look)
    return LOOKS_ALONE * good if good > 0.7 else 0.0


def suits_a_quantity(look: Look) -> float:
    """Short whole numbers, without a currency; some write a unit after them."""
    if look.counted < 0.5 or look.date > 0.5:
        return 0.0
    short = 1.0 if look.size <= 5 else 0.2
    return look.counted * short * (1.0 if look.whole > 0.9 else 0.7)


def suits_money(look: Look) -> float:
    """Numbers, rather with cents than without; some write after them what they are for."""
    if look.counted < 0.5 or look.date > 0.5 or look.size > 11:
        return 0.0
    return look.counted * (1.0 if look.money > 0.3 or look.whole < 0.9 else 0.85)


def suits_a_client(look: Look) -> float:
    """Names: letters, rarely ids, and more than one of them."""
    if look.date > 0.5 or look.number > 0.7 or look.flag > 0.8:
        return 0.1
    if look.guid > 0.5 or look.domain > 0.6:
        return 0.35
    one_for_all = 0.85 if look.distinct == 1 and look.repeated > 1 else 1.0
    return (0.6 + 0.4 * look.text) * one_for_all


def suits_a_product(look: Look) -> float:
    """Names of things: letters, often several words; codes are a last resort."""
    if look.date > 0.5 or look.number > 0.7 or look.guid > 0.5 or look.flag > 0.8 or look.currency > 0.9:
        return 0.08
    if look.code > 0.7 and look.spaced < 0.2:
        return 0.55
    return 0.6 + 0.4 * look.text


def suits_an_id(look: Look) -> float:
    """Anything that is no date, no amount and no sentence."""
    if look.date > 0.5 or (look.number > 0.8 and look.money > 0.5):
        return 0.0
    return 0.4 if look.spaced > 0.6 else 1.0


def suits_a_part_number(look: Look) -> float:
    """As an id, but no GUID."""
    return suits_an_id(look) * (0.3 if look.guid > 0.5 else 1.0)


def suits_a_domain(look: Look) -> float:
    """Names with a dot and a known kind of ending."""
    return 1.0 if look.domain > 0.6 else 0.0


def suits_a_period(look: Look) -> float:
    """Months, or two days in one cell; a spreadsheet may write a month as its first day."""
    return 1.0 if look.period > 0.7 else 0.4 if look.date > 0.7 else 0.0


def suits_a_date(look: Look) -> float:
    """Dates as written, or the serial numbers of a spreadsheet."""
    if look.period > 0.5:
        return 0.0
    if look.date > 0.7:
        return 1.0
    return 0.7 if look.number > 0.9 and look.size in (5, 8) else 0.0


def suits_a_currency(look: Look) -> float:
    """Three capital letters."""
    return 1.0 if look.currency > 0.9 else 0.0


def suits_words(look: Look) -> float:
    """Look for a few words, said again and again."""
    if look.guid > 0.5 or look.date > 0.5 or look.period > 0.5 or look.domain > 0.6:
        return 0.0
    if look.number > 0.7:
        return 0.2
    return (0.3 if look.distinct > 60 else 1.0) * (0.3 if look.flag > 0.8 else 1.0)


def suits_months(look: Look) -> float:
    """Words, or a small number of months."""
    return 0.5 if look.number > 0.7 and look.size <= 2 else suits_words(look)


def suits_a_status(look: Look) -> float:
    """Words, or a flag."""
    return 0.8 if look.flag > 0.8 else suits_words(look)


def suits_a_flag(look: Look) -> float:
    """Yes or no, in any of its forms."""
    return 1.0 if look.flag > 0.8 else 0.1


def suits_a_trial(look: Look) -> float:
    """Look for a flag, or a list of qualifiers."""
    return max(suits_a_flag(look), 0.6 if look.text > 0.5 else 0.0)


def suits_an_agreement(look: Look) -> float:
    """Look for a name or an id, never an amount."""
    return 0.0 if look.date > 0.5 or (look.number > 0.8 and look.money > 0.5) else 1.0


JUDGES: dict[Meaning, Callable[[Look], float]] = {
    Meaning.CLIENT: suits_a_client,
    Meaning.PRODUCT: suits_a_product,
    Meaning.QUANTITY: suits_a_quantity,
    Meaning.PART_NUMBER: suits_a_part_number,
    Meaning.DOMAIN: suits_a_domain,
    Meaning.CURRENCY: suits_a_currency,
    Meaning.CHARGE: suits_words,
    Meaning.STATUS: suits_a_status,
    Meaning.TERM: suits_months,
    Meaning.CYCLE: suits_months,
    Meaning.BILLABLE: suits_a_flag,
    Meaning.INACTIVE: suits_a_flag,
    Meaning.TRIAL: suits_a_trial,
    Meaning.AGREEMENT: suits_an_agreement,
    Meaning.PERIOD: suits_a_period,
    Meaning.TAX: suits_money,
    **dict.fromkeys(MONEY, suits_money),
    **dict.fromkeys(DATES, suits_a_date),
}
