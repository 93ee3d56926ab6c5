"""The change a decision asks for where the client is billed."""

from __future__ import annotations

from decimal import Decimal

from bot.services.cases import Case
from bot.services.decisions import Correction, Decision
from bot.services.ids import CorrectionId
from bot.services.plans import Plan
from bot.services.spans import next_invoice
from recon import About, Direction, Gap, GapKind, Side


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
        todo=why["settled_by"],
        at=at,
    )


def should_be(gap: Gap) -> Decimal:
    """Say how many should be billed; a gap about the price, or about what the vendor charges, leaves that as it is."""
    if gap.about in (About.PRICE, About.TWICE_BOUGHT):
        return gap.billed
    if gap.kind is GapKind.WRONG_PRODUCT:
        return gap.bought
    return gap.billed + gap.seats if gap.direction is Direction.UNDER else gap.billed - gap.seats
