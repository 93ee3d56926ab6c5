"""Who may do what, and from how much on two must sign."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.people import Person
from bot.slack import names
from bot.slack.blocks import actions, button, context, section, table
from bot.slack.messages import Message, message
from bot.slack.texts import said
from bot.slack.views.lists import MOST
from bot.slack.wording import Who, counted
from recon import Money


def people_list(people: Sequence[Person], second_above: Money | None) -> Message:
    """List those who have a role, and offer to change it."""
    able = [one for one in people if one.is_colleague and (one.is_admin or one.is_approver)]
    two = f"Two people sign above {second_above} a month." if second_above else "One signature is enough."
    words = f"{counted(len(able), 'person', 'people')} may sign for every client. {two}"
    rows = [(one.name, role_of(one), limit_of(one)) for one in able[:MOST]]
    return message(
        words,
        section(f"*{words}*"),
        table(("Who", "Role", "May sign alone, a month"), rows),
        context("Account managers decide about their own clients. Nobody signs beside themselves."),
        actions(
            button("Change a role…", names.OPEN_ROLE, "workspace"),
            button("Two signatures…", names.OPEN_SECOND, "workspace"),
        ),
    )


def role_of(person: Person) -> str:
    """Name what somebody is."""
    return "admin" if person.is_admin else "approver" if person.is_approver else "no admin or approver"


def limit_of(person: Person) -> str:
    """Say how much somebody may sign for alone."""
    return f"up to {person.limit}" if person.limit else "any amount"


def role_given(old: Person | None, new: Person, by: Who) -> Message:
    """Say who gave whom which role."""
    before = f" Before: {role_of(old)}, {limit_of(old)}." if old else ""
    words = f"{said(new.name)} is {role_of(new)} now, and signs alone for {limit_of(new)}.{before} Set by {by.plain}."
    return message(words, section(words))


def second_set(old: Money | None, new: Money | None, by: Who) -> Message:
    """Say from how much on two must sign."""
    words = f"Two people sign above {new} a month." if new else "One signature is enough, within each person's limit."
    words += f" Before: {f'above {old}' if old else 'never two'}. Set by {by.plain}."
    return message(words, section(words))
