"""Thinks: what was bought, what is billed, and where the two disagree.

>>> from recon import read_lines, reconcile
>>> result = reconcile(read_lines(pax8_bytes, "pax8.csv"), read_lines(psa_bytes, "additions.csv"))
>>> [gap.sentence for gap in result.gaps]
"""

from recon.answers import separator_of
from recon.causes import Child, RootCause
from recon.classes import LineClass
from recon.document import SCHEMA, gaps_from_document, read_document, write_document
from recon.earlier import by_new_names, gaps_and_vendor_names
from recon.errors import (
    LostLines,
    MixedCurrencies,
    NothingCounted,
    Stopped,
    UnansweredQuestion,
    UnknownGap,
    UnreadableAnswers,
    UnreadableFile,
)
from recon.export import export_gaps, export_workbook, write_csv, write_pairs
from recon.gaps import About, Basis, Direction, Gap, GapId, GapKind, identify_gap, ways_estimated
from recon.gone import still_listed
from recon.joined import join_readings
from recon.lines import LINE_SCHEMA, Charge, Line, Side, Status, empty_lines, typed_lines
from recon.matching.catalogue import free_product, known_apart
from recon.matching.judgements import NO_JUDGEMENTS, Judgement, Judgements, Kind, Said, find_alike, judgements_from_text
from recon.matching.learn import Lesson, learn_weights, own_weights
from recon.matching.lessons import unlearned, what_was_learned
from recon.matching.match import Evidence, describe_names, match_names, match_pairs
from recon.matching.month import MonthMatching, match_month
from recon.matching.score import Weights, rivalry, rules_from, weights_from_text, weights_text
from recon.matching.tiers import sibling_products
from recon.matching.verdicts import Matching, Verdict
from recon.money import Money, add_up
from recon.months import Month, UnreadableMonth, guess_month, read_month
from recon.netting import net_lines
from recon.paths import NamePath
from recon.questions import Candidate, Problem, Question, Topic, identify_question
from recon.reading.profiles import NO_PROFILES, Profile, Profiles, profiles_from_json
from recon.reading.read import read_lines
from recon.reading.reading import Layout, Reading
from recon.reconciling import reconcile
from recon.result import Options, Reconciliation
from recon.rules import LONGEST_GRACE, MOST_SEATS, Rule, RuleKind, rules_from_text
from recon.runs import Change, Turn, compare_runs
from recon.sheets import Sheet, write_workbook
from recon.thresholds import Limits, apply_thresholds
from recon.unheard import find_unheard
from recon.why import Why, explain_gap, explain_gaps

__all__ = [
    "LINE_SCHEMA",
    "LONGEST_GRACE",
    "MOST_SEATS",
    "NO_JUDGEMENTS",
    "NO_PROFILES",
    "SCHEMA",
    "About",
    "Basis",
    "Candidate",
    "Change",
    "Charge",
    "Child",
    "Direction",
    "Evidence",
    "Gap",
    "GapId",
    "GapKind",
    "Judgement",
    "Judgements",
    "Kind",
    "Layout",
    "Lesson",
    "Limits",
    "Line",
    "LineClass",
    "LostLines",
    "Matching",
    "MixedCurrencies",
    "Money",
    "Month",
    "MonthMatching",
    "NamePath",
    "NothingCounted",
    "Options",
    "Problem",
    "Profile",
    "Profiles",
    "Question",
    "Reading",
    "Reconciliation",
    "RootCause",
    "Rule",
    "RuleKind",
    "Said",
    "Sheet",
    "Side",
    "Status",
    "Stopped",
    "Topic",
    "Turn",
    "UnansweredQuestion",
    "UnknownGap",
    "UnreadableAnswers",
    "UnreadableFile",
    "UnreadableMonth",
    "Verdict",
    "Weights",
    "Why",
    "add_up",
    "apply_thresholds",
    "by_new_names",
    "compare_runs",
    "describe_names",
    "empty_lines",
    "explain_gap",
    "explain_gaps",
    "export_gaps",
    "export_workbook",
    "find_alike",
    "find_unheard",
    "free_product",
    "gaps_and_vendor_names",
    "gaps_from_document",
    "guess_month",
    "identify_gap",
    "identify_question",
    "join_readings",
    "judgements_from_text",
    "known_apart",
    "learn_weights",
    "match_month",
    "match_names",
    "match_pairs",
    "net_lines",
    "own_weights",
    "profiles_from_json",
    "read_document",
    "read_lines",
    "read_month",
    "reconcile",
    "rivalry",
    "rules_from",
    "rules_from_text",
    "separator_of",
    "sibling_products",
    "still_listed",
    "typed_lines",
    "unlearned",
    "ways_estimated",
    "weights_from_text",
    "weights_text",
    "what_was_learned",
    "write_csv",
    "write_document",
    "write_pairs",
    "write_workbook",
]
