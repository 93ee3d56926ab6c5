"""Thinks: what was bought, what is billed, and where the two disagree."""

from recon.catalogue import free_product
from recon.errors import Stopped, UnreadableAnswers, UnreadableFile
from recon.judgements import NO_JUDGEMENTS, Judgement, Judgements, Kind, Said, judgements_from_text
from recon.lines import LINE_SCHEMA
from recon.match import Evidence, describe_names, match_names, match_pairs
from recon.month import MonthMatching, match_month
from recon.score import rivalry, rules_from
from recon.tiers import sibling_products
from recon.verdicts import Matching, Verdict

__all__ = [
    "LINE_SCHEMA",
    "NO_JUDGEMENTS",
    "Evidence",
    "Judgement",
    "Judgements",
    "Kind",
    "Matching",
    "MonthMatching",
    "Said",
    "Stopped",
    "UnreadableAnswers",
    "UnreadableFile",
    "Verdict",
    "describe_names",
    "free_product",
    "judgements_from_text",
    "match_month",
    "match_names",
    "match_pairs",
    "rivalry",
    "rules_from",
    "sibling_products",
]
