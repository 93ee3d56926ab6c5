"""Bought or billed: whose word a file is, and whose prices it states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from recon.lines import Side
from recon.questions import Candidate, Question, Topic
from recon.reading.meanings import Meaning, known_words
from recon.reading.words import header_words

WORDS: dict[str, tuple[Side, int]] = {
    **dict.fromkeys(("reseller", "partner", "tenant", "wholesale", "offer", "mpn", "distributor"), (Side.BOUGHT, 2)),
    **dict.fromkeys(
        ("subscription", "commitment", "vendor", "sku", "rrp", "renewal", "stock", "publisher"), (Side.BOUGHT, 1)
    ),
    **dict.fromkeys(("agreement", "addition", "contract", "recurring", "taxable"), (Side.BILLED, 2)),
    **dict.fromkeys(("billable", "margin", "markup", "effective", "invoiceable", "sell", "retainer"), (Side.BILLED, 1)),
}
BOUGHT_FROM = re.compile(
    r"pax8|ingram|partner.?center|microsoft|synnex|streamone|dicker|sherweb|crayon|rhipe|appriver|vendor|distributor"
    r"|supplier|bought|purchase|(?<![a-z])(?:csp|nce)(?![a-z])",
    re.IGNORECASE,
)
BILLED_BY = re.compile(
    r"connectwise|autotask|halo|kaseya|syncro|superops|agreement|addition|(?<![a-z])psa(?![a-z])|billed|contract|recurring",
    re.IGNORECASE,
)
AFTER_DISCOUNT = frozenset({"effective", "net", "nett", "discounted"})
ENOUGH = 2


def guess_side(headers: Iterable[str], name: str, columns: Mapping[Meaning, tuple[str, ...]]) -> Side | None:
    """Weigh the words of the headers, the prices they speak of and the file's name; None when they do not tell."""
    votes = {Side.BOUGHT: 0, Side.BILLED: 0}
    for word in {word for header in headers for word in header_words(header, known_words())}:
        if word in WORDS:
            side, weight = WORDS[word]
            votes[side] += weight
    votes[Side.BOUGHT] += 3 if BOUGHT_FROM.search(name) else 0
    votes[Side.BILLED] += 3 if BILLED_BY.search(name) else 0
    if Meaning.BILLABLE in columns or Meaning.CANCELLED_ON in columns:
        votes[Side.BILLED] += 2
    if {Meaning.UNIT_COST, Meaning.COST_TOTAL} & columns.keys() and not sells(columns):
        votes[Side.BOUGHT] += 2
    ahead = votes[Side.BOUGHT] - votes[Side.BILLED]
    return None if abs(ahead) < ENOUGH else Side.BOUGHT if ahead > 0 else Side.BILLED


def sells(columns: Mapping[Meaning, tuple[str, ...]]) -> bool:
    """Whether a file states what the client pays."""
    return bool({Meaning.PRICE, Meaning.UNIT_PRICE, Meaning.PRICE_TOTAL} & columns.keys())


def ask_side(name: str, fingerprint: str, lines: int) -> Question:
    """Ask whose word a file is."""
    return Question(
        id=f"side:{fingerprint}",
        topic=Topic.SIDE,
        about="side",
        sentence=f"Is {name} what a vendor says was bought, or what the PSA bills?",
        candidates=(
            Candidate(Side.BOUGHT, "Bought: a vendor's or distributor's invoice or subscription list"),
            Candidate(Side.BILLED, "Billed: agreements, contracts or invoice lines from the PSA"),
        ),
        lines=lines,
    )


def money_columns(
    columns: Mapping[Meaning, tuple[str, ...]], names: Mapping[str, str], side: Side
) -> dict[str, tuple[str, ...]]:
    """Settle whose price an undecided price is: the vendor's is our cost, unless it states the cost apart.

    Beside an effective or net price, which is a cost, the other price is what it was before discounts: nobody's.
    """
    price, cost = columns.get(Meaning.UNIT_PRICE, ()), columns.get(Meaning.UNIT_COST, ())
    undecided = columns.get(Meaning.PRICE, ())
    if side is Side.BOUGHT and not cost:
        cost, undecided = undecided, ()
    elif side is Side.BOUGHT and AFTER_DISCOUNT.intersection(header_words(names[cost[0]], known_words())):
        undecided = ()
    price = undecided or price
    total = columns.get(Meaning.TOTAL, ())
    own = Meaning.COST_TOTAL if side is Side.BOUGHT else Meaning.PRICE_TOTAL
    amount = columns.get(own, ()) or total
    return {name: found for name, found in (("unit_price", price), ("unit_cost", cost), ("amount", amount)) if found}
