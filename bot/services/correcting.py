"""The change a decision asks for where the client is billed."""

from __future__ import annotations

from decimal import Decimal

from bot.services.cases import Case
from bot.services.decisions import Correction, Decision
from bot.services.ids import CorrectionId
from bot.services.plans import Plan
from bot.services.spans import next_invoice
from recon import About, Direction, Gap, GapKind, Side

SETTLES = " would settle it"
ASKED = {"billing ": "Bill ", "a price ": "Bill at a price ", "a credit ": "Get a credit "}
"""How what would settle a gap is asked for."""


def write_correction(case: Case, decision: Decision, name: CorrectionId, plan: Plan) -> Correction:
    """Say which billed line changes from what to what, from the next invoice on."""
    gap, why = case.gap, case.evidence["why"]
    at = decision.seconded_at or decision.at
    billed = [line for line in why["evidence"] if line["side"] == Side.BILLED]
    return Correction(
        id=name,
        case=case.id,
        decision=decision.id,
        client=gap.client,
        product=gap.product,
        plan=gap.plan,
        lines=", ".join(f"{line['source']} row {line['row']}" for line in billed) or "no line yet",
        was=gap.billed,
        now=should_be(gap),
        effective=next_invoice(case.month, at.astimezone(plan.zone).date(), plan.month_begins),
        money=gap.monthly,
        todo=what_to_do(why["settled_by"]),
        at=at,
    )


def what_to_do(settled_by: str) -> str:
    """Ask for what would settle a gap where clients are billed; buying another number is not what is approved."""
    ways = settled_by.rstrip(".").replace(SETTLES, "").split("; so would ")
    way = next((way for way in ways if not way.casefold().startswith("buying ")), ways[0])
    found = next(((said, asked) for said, asked in ASKED.items() if way.casefold().startswith(said)), None)
    return f"{found[1]}{way[len(found[0]) :]}." if found else f"{way}."


def should_be(gap: Gap) -> Decimal:
    """Say how many should be billed; a gap about the price, or about what the vendor charges, leaves that as it is."""
    if gap.about in (About.PRICE, About.TWICE_BOUGHT):
        return gap.billed
    if gap.kind is GapKind.WRONG_PRODUCT:
        return gap.bought
    if gap.direction is Direction.UNDER:
        return gap.billed + gap.seats
    return max(gap.billed - gap.seats, Decimal(0))  # what is too many beyond that is billed in bundles
