"""One gap in its client's thread: what it is, what it costs, what can be done; or what was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.slack import names
from bot.slack.blocks import Block, Confirm, actions, button, context, section
from bot.slack.cards import Decided, GapCard, Verdict
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.decided import decided_line, decided_words
from bot.slack.wording import about, amounts, capital, counted, day, leaks, numbers, seats, sureness, won, worth
from recon import Direction, Gap, GapKind, Money, ways_estimated

SO_FAR = {Direction.UNDER: "lost", Direction.OVER: "overbilled"}
SIGNED = (Verdict.APPROVED, Verdict.DISMISSED)


def gap_message(card: GapCard) -> Message:
    """Show a gap as it stands."""
    if card.closed:
        return closed_gap(card)
    if card.decided:
        return decided_gap(card, card.decided)
    return open_gap(card)


def open_gap(card: GapCard) -> Message:
    """Ask someone to decide about a gap."""
    gap = card.gap
    return message(
        f"{full(gap)}. {numbers(gap)}.",
        section(f"*{capital(headline(gap))}*\n{numbers(gap)}."),
        context(" · ".join(facts(card)), sureness(gap), *why_one_has_none(card)),
        decisions(card),
    )


def headline(gap: Gap) -> str:
    """Put the money first: `$44.00 a month not billed: Visio Plan 2`."""
    return f"{worth(gap)} {leaks(gap)}: {planned(gap)}"


def planned(gap: Gap) -> str:
    """Name the product, and its plan if it is told apart by that."""
    return said(gap.product) + (f" ({said(gap.plan, 40)})" if gap.plan else "")


def full(gap: Gap) -> str:
    """Name the client as well, for those who see one sentence and no thread."""
    return f"{said(gap.client)}: {headline(gap)}"


def facts(card: GapCard) -> Iterator[str]:
    """Say for how long, what it has cost, and what it will."""
    exact = card.gap.exact
    yield f"Open {counted(card.days_open, 'day')}" if card.days_open else "New"
    if card.shrank_from:
        yield f"shrank from {card.shrank_from}"
    if card.lost and card.lost.amount:
        yield f"{about(str(card.lost), exact=exact)} {SO_FAR[card.gap.direction]} so far"
    if card.loses and card.next_invoice:
        yield f"if nothing changes, {next_loss(card.gap, card.loses, card.next_invoice)}"
    if card.assigned:
        yield f"assigned to {card.assigned.plain}"


def why_one_has_none(card: GapCard) -> Iterator[str]:
    """Say how it ended, or recall when it was bought: the vendor lists what is paid for a year in one month only."""
    if card.still_listed:
        yield said(card.still_listed, 120)
    elif card.bought_last:
        month, many = card.bought_last
        yield f"{month.name} had {seats(many)} bought. If that was paid for in advance, dismiss this until it ends."


def next_loss(gap: Gap, loses: Money, invoice: date) -> str:
    """Say what the next invoice has wrong if nothing is done: `the 1 Nov 2026 invoice leaves out $44.00`."""
    money = amounts([loses], exact=gap.exact)
    match gap.kind, gap.direction:
        case GapKind.DUPLICATE, Direction.UNDER:
            return f"{money} is paid twice once more by {day(invoice)}"
        case GapKind.BELOW_COST, _:
            return f"the {day(invoice)} invoice loses {money}"
        case _, Direction.UNDER:
            return f"the {day(invoice)} invoice leaves out {money}"
        case _:
            return f"the {day(invoice)} invoice bills {money} too much"


def decisions(card: GapCard) -> Block:
    """Offer everything that can be decided."""
    return actions(
        button("Approve", names.APPROVE, card.id, style="primary", confirm=confirmation(card)),
        button("Dismiss…", names.DISMISS, card.id),
        button("Same as…", names.SAME, card.id),
        button("Snooze…", names.SNOOZE, card.id),
        button("Assign…", names.ASSIGN, card.id),
        button("Why?", names.WHY, card.id),
        name=names.seen(card.id, card.version),
    )


def confirmation(card: GapCard) -> Confirm | None:
    """Ask again before much money is signed for."""
    if not card.asks_first:
        return None
    return Confirm("Sign for this?", f"{worth(card.gap)}: {card.gap.client}, {card.gap.product}", "Sign")


def decided_gap(card: GapCard, decided: Decided) -> Message:
    """Show who decided what, and let it be taken back."""
    todo = [context(f"To do: {said(decided.todo, 300)}")] if decided.todo and not decided.is_proposed else []
    return message(
        f"{full(card.gap)}. {decided_words(decided)}.",
        section(f"{capital(headline(card.gap))}\n{numbers(card.gap)}."),
        section(decided_line(decided)),
        *todo,
        left_to_choose(card, decided),
    )


def left_to_choose(card: GapCard, decided: Decided) -> Block:
    """Offer what can be done about a decision: take it back, ask why, or sign beside whoever took it."""
    offered = [button("Undo", names.UNDO, card.id), button("Why?", names.WHY, card.id)]
    if decided.is_proposed:
        offered.insert(0, signature(card, decided))
    return actions(*offered)


def signature(card: GapCard, decided: Decided) -> Block:
    """Offer to sign beside another person, in the words of what they chose."""
    words = "Approve" if decided.verdict is Verdict.APPROVED else "Sign the dismissal"
    return button(words, names.SIGN, card.id, style="primary", confirm=confirmation(card))


def closed_gap(card: GapCard) -> Message:
    """Show what became of a gap that is no more."""
    return message(
        f"{said(card.gap.client)}, {said(card.gap.product)}: {closing(card)}",
        section(f"*{closing(card)}*\n~{headline(card.gap)}~"),
        *([context(decided_line(card.decided))] if card.decided else []),
        actions(button("Why?", names.WHY, card.id), button("History", names.HISTORY, card.id)),
    )


def closing(card: GapCard) -> str:
    """Say that it closed, and what that won: money counts as recovered only where a decision did it."""
    if card.closed is None:
        return ""
    if card.closed.is_answered:
        return "Closed: no gap after all, by an answer about its names."
    seen = f"Closed: {card.closed.month.name} no longer shows it."
    kept = card.closed.recovered
    signed = card.decided is not None and card.decided.verdict in SIGNED
    if kept:
        gains = ((kept,), ()) if card.gap.direction is Direction.UNDER else ((), (kept,))
        return f"{seen} {capital(won(*gains, estimated=ways_estimated([card.gap])))}."
    why = "The billing was not put right, so nothing counts as recovered." if signed else "No decision was in force."
    return f"{seen} {why}"
