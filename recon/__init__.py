"""Thinks: what was bought, what is billed, and where the two disagree."""

from recon.errors import MixedCurrencies
from recon.lines import LINE_SCHEMA
from recon.money import Money
from recon.months import Month, UnreadableMonth, guess_month, read_month
from recon.netting import net_lines
from recon.sheets import Sheet, write_workbook

__all__ = [
    "LINE_SCHEMA",
    "MixedCurrencies",
    "Money",
    "Month",
    "Sheet",
    "UnreadableMonth",
    "guess_month",
    "net_lines",
    "read_month",
    "write_workbook",
]
