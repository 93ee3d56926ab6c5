"""Thinks: what was bought, what is billed, and where the two disagree."""

from recon.errors import MixedCurrencies, Stopped, UnansweredQuestion, UnreadableAnswers, UnreadableFile
from recon.lines import LINE_SCHEMA, Charge, Line, Side, Status, empty_lines, typed_lines
from recon.money import Money
from recon.months import Month, UnreadableMonth, guess_month, read_month
from recon.netting import net_lines
from recon.profiles import NO_PROFILES, Profile, Profiles, profiles_from_json
from recon.questions import Candidate, Problem, Question, Topic
from recon.read import read_lines
from recon.reading import Layout, Reading

__all__ = [
    "LINE_SCHEMA",
    "NO_PROFILES",
    "Candidate",
    "Charge",
    "Layout",
    "Line",
    "MixedCurrencies",
    "Money",
    "Month",
    "Problem",
    "Profile",
    "Profiles",
    "Question",
    "Reading",
    "Side",
    "Status",
    "Stopped",
    "Topic",
    "UnansweredQuestion",
    "UnreadableAnswers",
    "UnreadableFile",
    "UnreadableMonth",
    "empty_lines",
    "guess_month",
    "net_lines",
    "profiles_from_json",
    "read_lines",
    "read_month",
    "typed_lines",
]
