"""Thinks: what was bought, what is billed, and where the two disagree."""

from recon.errors import MixedCurrencies, Stopped, UnreadableAnswers, UnreadableFile
from recon.lines import LINE_SCHEMA
from recon.matching.catalogue import free_product
from recon.matching.judgements import NO_JUDGEMENTS, Judgement, Judgements, Kind, Said, judgements_from_text
from recon.matching.match import Evidence, match_names
from recon.matching.month import MonthMatching, match_month
from recon.matching.tiers import sibling_products
from recon.matching.verdicts import Matching, Verdict, matched_pairs
from recon.money import Money
from recon.months import Month, UnreadableMonth, guess_month, read_month
from recon.netting import net_lines

__all__ = [
    "LINE_SCHEMA",
    "NO_JUDGEMENTS",
    "Evidence",
    "Judgement",
    "Judgements",
    "Kind",
    "Matching",
    "MixedCurrencies",
    "Money",
    "Month",
    "MonthMatching",
    "Said",
    "Stopped",
    "UnreadableAnswers",
    "UnreadableFile",
    "UnreadableMonth",
    "Verdict",
    "free_product",
    "guess_month",
    "judgements_from_text",
    "match_month",
    "match_names",
    "matched_pairs",
    "net_lines",
    "read_month",
    "sibling_products",
]
