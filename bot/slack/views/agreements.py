"""What is agreed with clients: each in a line, to end it, and a list to agree on more."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.agreements import Agreement, Changed
from bot.slack import names
from bot.slack.blocks import Block, actions, button, option, section, select
from bot.slack.fields import modal
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.lists import first
from bot.slack.wording import Who, capital, counted, day
from recon import Rule, RuleKind

KINDS = {
    RuleKind.BUNDLE: "A bundle contains other products",
    RuleKind.MINIMUM: "At least so many are billed",
    RuleKind.INCLUDED: "So many are included in another price",
    RuleKind.TEMPORARY: "So many are held for a while",
    RuleKind.GRACE: "Cancelled seats may stay for some days",
    RuleKind.NOT_FOR_RESALE: "Bought for ourselves",
    RuleKind.EXCLUSION: "Not compared at all",
}
WHY = "What is agreed explains why bought and billed differ, so it is no gap."
EVERY_CLIENT, EVERY_PRODUCT = "every client", "every product"


def agreement_list(agreements: Sequence[Agreement]) -> Message:
    """List what is agreed."""
    return message(list_words(agreements), *list_blocks(agreements))


def agreements_modal(agreements: Sequence[Agreement]) -> Block:
    """Show the same to somebody who is in no channel."""
    return modal(names.OPEN_AGREEMENTS, "Agreements", list_blocks(agreements), submit=None)


def list_words(agreements: Sequence[Agreement]) -> str:
    """Say how many there are."""
    return f"{counted(len(agreements), 'agreement')}. {WHY}" if agreements else f"Nothing is agreed yet. {WHY}"


def list_blocks(agreements: Sequence[Agreement]) -> list[Block]:
    """Offer to end each, and to agree on more."""
    lines = (
        section(f"*{about(one.rule)}*\n{terms(one.rule)}", button("End", names.END_AGREEMENT, one.key))
        for one in agreements
    )
    kinds = [option(words, kind.value) for kind, words in KINDS.items()]
    return [
        section(list_words(agreements)),
        actions(select("Agree on something…", names.AGREE, kinds)),
        *first(lines, len(agreements), "agreement", "end one of these to see it."),
    ]


def about(rule: Rule) -> str:
    """Say whom and what it is about."""
    product = rule.unit or rule.product
    return f"{said(rule.client or capital(EVERY_CLIENT))} · {said(product or EVERY_PRODUCT)}"


def terms(rule: Rule) -> str:
    """Say what it says, and from when until when."""
    contains = f": {said(', '.join(rule.contains), 200)}" if rule.contains else ""
    begins = f" from {day(rule.start)}" if rule.start else ""
    ends = f" until {day(rule.end)}" if rule.end else ""
    note = f" ({said(rule.note, 200)})" if rule.note else ""
    return f"{capital(said(rule.what, 200))}{contains}{begins}{ends}{note}."


def agreement_added(added: Changed, by: Who) -> Message:
    """Say what is agreed now."""
    return _told("Agreed", added, by)


def agreement_ended(ended: Changed, by: Who) -> Message:
    """Say what is agreed no more."""
    return _told("Agreed no more", ended, by)


def _told(what: str, changed: Changed, by: Who) -> Message:
    rule, again = changed.agreement.rule, " I compare again." if changed.is_compared else ""
    words = f"{what}: {about(rule)}. {terms(rule)}{again} Set by {by.plain}."
    return message(words, section(words))
