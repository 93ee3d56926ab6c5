"""Who answers for which client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack import names
from bot.slack.blocks import actions, button, context, people_select, section, table
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.lists import MOST
from bot.slack.wording import Who, counted, listed

NOBODY = "No client is known yet."


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """A client and its people."""

    client: str
    manager: Who | None
    billing: Who | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a list of owners."""

    owned: int
    unknown_people: tuple[str, ...] = ()  # addresses nobody here has
    unknown_clients: tuple[str, ...] = ()  # kept until such a client turns up
    problems: tuple[str, ...] = ()


def owner_list(rows: Sequence[OwnerRow]) -> Message:
    """List the clients and their people, those without one on top."""
    ordered = sorted(rows, key=lambda row: (row.manager is not None, row.client.casefold()))
    orphans = sum(row.manager is None for row in rows)
    lack = f"{orphans:,}" if orphans else "none"
    words = f"{counted(len(rows), 'client')}, {lack} without an account manager." if rows else NOBODY
    shown = [(row.client, named(row.manager), named(row.billing)) for row in ordered[:MOST]]
    how = "Drop a CSV with the columns client,email here to set many at once."
    left = f"{len(rows) - MOST:,} more. " if len(rows) > MOST else ""
    return message(
        words,
        section(f"*{words}*"),
        *([table(("Client", "Account manager", "Billing"), shown)] if rows else []),
        context(f"{left}{how}"),
        actions(
            button("Set one…", names.OPEN_OWNER, "workspace"),
            button("Billing owner…", names.OPEN_BILLING, "workspace"),
        ),
    )


def named(who: Who | None) -> str:
    """Name someone, or nobody."""
    return who.name if who else ""


def ask_owner(client: str, *, asks: Who, about: str) -> Message:
    """Ask the billing owner who answers for a client; a list of people carries no value, so its block says whose."""
    words = f"Nobody answers for {said(client)} yet, so its gaps come to you. Who should get them?"
    picker = actions(people_select("Account manager", names.SET_OWNER)) | {"block_id": about}
    return message(f"{asks.mention} {words}", section(words), picker)


def owner_set(client: str, owner: Who, by: Who) -> Message:
    """Say who answers for a client now."""
    words = f"{said(client)}: {owner.plain} gets its gaps from now on. Set by {by.plain}."
    return message(words, section(words))


def owner_changed(client: str, people: Sequence[Who], channel: str, by: Who) -> Message:
    """Say who answers for a client now, and where its alerts go."""
    where = f"<#{channel}>" if channel else "direct messages"
    who = listed([one.plain for one in people]) or "nobody"
    words = f"{said(client)}: {who} from now on, in {where}. Set by {by.plain}."
    return message(words, section(words))


def billing_set(now: Who, by: Who) -> Message:
    """Say who hears of the clients nobody answers for."""
    words = f"{now.plain} hears of the clients that nobody answers for. Set by {by.plain}."
    return message(words, section(words))


def owners_imported(found: Imported) -> Message:
    """Say what came of a list of owners, and what did not."""
    notes = [
        f"Nobody here has the address {listed([said(one) for one in found.unknown_people], 'or')}."
        if found.unknown_people
        else "",
        f"I have not met {listed([said(one) for one in found.unknown_clients], 'or')} yet; I will remember."
        if found.unknown_clients
        else "",
        *[said(problem, 200) for problem in found.problems[:5]],
    ]
    words = f"{counted(found.owned, 'client')} now {'has' if found.owned == 1 else 'have'} an owner."
    told = "\n".join(note for note in notes if note)
    return message(" ".join([words, *filter(None, notes)]), section(f"*{words}*\n{told}".strip()))
