"""What a file's own words say about a line: its charge, its status, whether it is billed."""

from __future__ import annotations

import re
from collections.abc import Callable

from recon.lines import Charge, Status

USAGE_PRODUCT = re.compile(
    r"\bazure plan\b|\barrears\b|\bconsumption\b|\bmetered\b|\breserved (?:vm |virtual machine )?instances?\b"
    r"|\bazure (?:subscription )?usage\b|^MST-AZR|^MST-ARI|^AZR-ARR|^DZH318Z0BPS6",
    re.IGNORECASE,
)
TAXES = frozenset(
    {
        "tax", "taxes", "vat", "gst", "hst", "pst", "qst", "iva", "tva", "btw", "moms", "mwst", "ust",
        "mehrwertsteuer", "umsatzsteuer",
    }
)  # fmt: skip
BESIDE_A_TAX = frozenset(
    {
        "sales", "use", "excise", "service", "services", "goods", "and", "value", "added", "harmonized", "harmonised",
        "state", "local", "city", "county", "district", "federal", "provincial", "communications", "telecom", "rate",
        "standard", "reduced", "total", "amount", "due", "payable",
    }
)  # fmt: skip
PLACE = 2  # letters, as in TX
FREIGHT = frozenset({"shipping", "freight", "postage", "courier"})
BESIDE_FREIGHT = frozenset(
    {
        "handling", "delivery", "packing", "insurance", "fuel", "surcharge", "and", "charge", "charges", "fee", "fees",
        "cost", "costs", "ground", "standard", "express", "overnight", "next", "day", "inbound", "outbound", "ups",
        "fedex", "dhl", "usps",
    }
)  # fmt: skip
CHARGE_WORDS: dict[Charge, str] = {  # the first that is found decides
    Charge.TAX: r"^(?:sales )?tax(?:es)?$|\bvat\b|\bgst\b",
    Charge.PRORATED: r"pro-?\s?rat|partial|\bstub\b",
    Charge.CREDIT: r"credit|rebate|discount|offset|\brefund\b(?!.*(?:seat|licen|quantity))|write.?off|waive|reversal",
    Charge.USAGE: r"usage|metered|consum|\bmodn\b|overage|arrears|azure|reservation|\bper minute\b",
    Charge.ONE_TIME: (
        r"one.?time|once|set.?up|activation|hardware|labou?r|project|onboard|migration|shipping|freight"
        r"|^hourly|\bt ?& ?m\b|time (?:and|&) materials?"
    ),
    Charge.FEE: r"service.?(?:charge|fee)|\bfee\b|adjust|surcharge|admin|late fee|minimum",
    Charge.SEATS: (
        r"subscri|^new$|renew|recurr|cycle|quantity|convert|cancel|licen[cs]e|seat|\bnce\b|transition|grade"
        r"|month|annual|year|flat|^per\b|contract|service|product|transfer|purchase|addition|invoice|standard"
    ),
}
CHARGES = tuple((charge, re.compile(words, re.IGNORECASE)) for charge, words in CHARGE_WORDS.items())
PRORATED = re.compile(r"(?<!no )(?<!not )(?<!non-)(?<!non )\bpro-?\s?rat(?:ed|ion|a)\b", re.IGNORECASE)
FULL_CYCLE = re.compile(
    r"^(?:cycle|renew(?:al)?|purchase|subscription|licen[cs]e|seat|monthly|annual|yearly|recurring)"
    r" (?:service |subscription |licen[cs]e )?(?:fee|charge)s?$",
    re.IGNORECASE,
)
STATUSES: tuple[tuple[Status, re.Pattern[str]], ...] = tuple(
    (status, re.compile(words, re.IGNORECASE))
    for status, words in (
        (
            Status.ACTIVE,
            r"^pending\s?cancel|^(?:active|activated|enabled|true|yes|y|1|live|current|running|in use|ok)$",
        ),
        (Status.ACTIVE, r"^(?:ja|oui|s[ií]|aktiv|actif|actief|laufend|lopend|vigente|en cours)$"),
        (Status.TRIAL, r"trial"),
        (Status.SUSPENDED, r"suspend|warning|locked|disabled|hold|paused|grace|delinquent"),
        (
            Status.CANCELLED,
            r"cancel|terminat|expired|deleted|removed|ended|ina[ck]ti[vef]|closed|deprovision|converted|churn",
        ),
        (Status.CANCELLED, r"gek(?:ü|ue)ndigt|beendet|r[ée]sili|opgezegd|be[ëe]indigd|annul[ée]"),
        (
            Status.PENDING,
            r"pending|waiting|provision|ordered|draft|not started|future|new order|in progress|processing",
        ),
        (Status.CANCELLED, r"^(?:false|no|n|0|none|nein|non|nee)$"),
        (Status.ACTIVE, r"activ|approved|complete|success|renew|posted|executed|open"),
    )
)
NOT_BILLED = re.compile(
    r"do\s?_?not\s?_?bill|no\s?_?charge|non.?billable|not billable|^(?:no|false|n|0|none|free|never|nein|non|nee)$",
    re.IGNORECASE,
)
YES = re.compile(r"(?:true|yes|y|1|x|inactive|ja|oui|s[ií])$", re.IGNORECASE)
ONCE = re.compile(r"\bone.?time\b|\bonce\b|non.?recurring", re.IGNORECASE)
TRIAL = re.compile(r"\btrial\b|^(?:true|yes|y|1)$", re.IGNORECASE)
TRIAL_PRODUCT = re.compile(r"\btrial\b", re.IGNORECASE)


def spaced(word: str) -> str:
    """Write `removeQuantity`, `service-charge` and `payment_credit` as words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[-_]+", " ", word).strip()


def charge_of(word: str) -> Charge | None:
    """Say what a file's word charges for, in ours; None for a word we do not know."""
    said = spaced(word)
    if re.search(r"pro-?\s?rat", said, re.IGNORECASE):
        return Charge.PRORATED
    if FULL_CYCLE.search(said):
        return Charge.SEATS
    return next((charge for charge, words in CHARGES if words.search(said)), None)


def status_of(word: str) -> Status | None:
    """Say in our words what a file's word tells of a line's state; None for a word we do not know."""
    said = spaced(word)
    return next((status for status, words in STATUSES if words.search(said)), None)


def is_billed(word: str) -> bool:
    """Whether the PSA's word lets the line be billed."""
    return not NOT_BILLED.search(spaced(word))


def is_usage(product: str) -> bool:
    """Whether a product is metered, whatever its line is called."""
    return USAGE_PRODUCT.search(product) is not None


def is_tax(product: str) -> bool:
    """Whether a name says nothing but a tax, where and at what rate: `State Tax (TX 8.25%)`, not `Tax Software`."""
    return says_only(product, TAXES, goes_with_a_tax)


def is_freight(product: str) -> bool:
    """Whether a name says nothing but that goods were sent: `Shipping & Handling`, not `Shipping Manager`."""
    return says_only(product, FREIGHT, BESIDE_FREIGHT.__contains__)


def says_only(product: str, things: frozenset[str], goes_with: Callable[[str], bool]) -> bool:
    """Whether a name has one of these words, and beside it only words and numbers that go with them."""
    words = re.findall(r"\w+", product.casefold())
    beside = [word for word in words if word not in things and not word.isdigit()]
    return not things.isdisjoint(words) and all(map(goes_with, beside))


def goes_with_a_tax(word: str) -> bool:
    """Whether a word says which tax it is, or in which state it is paid."""
    return word in BESIDE_A_TAX or (len(word) == PLACE and word.isalpha())
