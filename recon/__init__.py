"""Thinks: what was bought, what is billed, and where the two disagree."""

from recon.errors import MixedCurrencies, Stopped, UnansweredQuestion, UnreadableAnswers, UnreadableFile
from recon.lines import LINE_SCHEMA, Charge, Line, Side, Status, empty_lines, typed_lines
from recon.matching.catalogue import free_product
from recon.matching.judgements import NO_JUDGEMENTS, Judgement, Judgements, Kind, Said, judgements_from_text
from recon.matching.match import Evidence, match_names
from recon.matching.month import MonthMatching, match_month
from recon.matching.tiers import sibling_products
from recon.matching.verdicts import Matching, Verdict, matched_pairs
from recon.money import Money
from recon.months import Month, UnreadableMonth, guess_month, read_month
from recon.netting import net_lines
from recon.questions import Candidate, Problem, Question, Topic
from recon.reading.profiles import NO_PROFILES, Profile, Profiles, profiles_from_json
from recon.reading.read import read_lines
from recon.reading.reading import Layout, Reading

__all__ = [
    "LINE_SCHEMA",
    "NO_JUDGEMENTS",
    "NO_PROFILES",
    "Candidate",
    "Charge",
    "Evidence",
    "Judgement",
    "Judgements",
    "Kind",
    "Layout",
    "Line",
    "Matching",
    "MixedCurrencies",
    "Money",
    "Month",
    "MonthMatching",
    "Problem",
    "Profile",
    "Profiles",
    "Question",
    "Reading",
    "Said",
    "Side",
    "Status",
    "Stopped",
    "Topic",
    "UnansweredQuestion",
    "UnreadableAnswers",
    "UnreadableFile",
    "UnreadableMonth",
    "Verdict",
    "empty_lines",
    "free_product",
    "guess_month",
    "judgements_from_text",
    "match_month",
    "match_names",
    "matched_pairs",
    "net_lines",
    "profiles_from_json",
    "read_lines",
    "read_month",
    "sibling_products",
    "typed_lines",
]
