"""What somebody may not decide is asked of an admin, and what came of it is told where it was wanted."""

from __future__ import annotations

from bot.slack import names
from bot.slack.blocks import actions, button, section
from bot.slack.cards import GapCard
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.gap import full, headline
from bot.slack.wording import Who, numbers

DAYS = 7


def may_ask(refusal: str, wish: str, admin: Who) -> Message:
    """Say why not, and offer to ask somebody who can change that."""
    words = said(refusal, 1000)
    return message(words, section(words), actions(button(f"Ask {admin.plain} to let me", names.ASK_TO_BE_LET, wish)))


def was_sent(admin: Who, client: str) -> Message:
    """Say who was asked, and what happens then."""
    first = f"I've asked {admin.plain}. Once you may decide about {said(client)}, I'll do what you wanted"
    words = f"{first}, unless the gap has changed by then. This expires after {DAYS} days."
    return message(words, section(words))


def wanted(card: GapCard, by: Who, what: str, wish: str) -> Message:
    """Ask an admin to let somebody decide, about this gap alone or for good."""
    first = f"{by.plain} wants to {said(what, 200)}, but isn't allowed to"
    told = f"{full(card.gap)}. {numbers(card.gap)}."
    return message(
        f"{first}: {told}",
        section(f"*{first}.*\n{told}"),
        actions(
            button(f"Let {by.plain} decide this one", names.LET, wish, style="primary"),
            button("Owners…", names.OPEN_OWNER, "workspace"),
            button("Roles…", names.OPEN_ROLE, "workspace"),
        ),
    )


def was_let(card: GapCard, who: Who, by: Who) -> Message:
    """Show who let whom."""
    words = f"{by.plain} let {who.plain} decide: {full(card.gap)}. I'll do what {who.plain} asked for."
    return message(words, section(words))


def done(card: GapCard, what: str, when: str, calls: str = "") -> Message:
    """Say that it was done as somebody asked, and let it be taken back."""
    second = " It needs a second person as well." if card.decided and card.decided.is_proposed else ""
    words = f"You may decide now, so this is {said(what, 200)}, as you asked on {when}: {headline(card.gap)}.{second}"
    return _told(card, words, calls, actions(button("Undo", names.UNDO, card.id)))


def not_done(card: GapCard, why: str, when: str, calls: str = "") -> Message:
    """Say why it was not done though it was asked for and they may now."""
    words = f"You may decide now, but what you asked for on {when} I did not do: {headline(card.gap)}. {said(why, 500)}"
    return _told(card, words, calls)


def _told(card: GapCard, words: str, calls: str, *more: dict[str, object]) -> Message:
    return message(f"{calls}{said(card.gap.client)}: {words}", section(f"{calls}{words}"), *more)
