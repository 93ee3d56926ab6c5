"""Who may do what, and who answers for whom, is set from Slack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from bot.services.failures import Refused
from bot.services.ids import PersonId
from bot.services.people import Owner, Person
from bot.slack import names
from bot.slack.blocks import Block
from bot.slack.forms import Act, Unfit, read_limit, sending
from bot.slack.heard import Click, Submitted, read_click
from bot.slack.messages import Message
from bot.slack.messenger import call
from bot.slack.modals.owner import billing_form, owner_form
from bot.slack.modals.people import role_form, second_form
from bot.slack.room import Room
from bot.slack.views.owners import billing_set, owner_changed
from bot.slack.views.people import role_given, second_set
from recon import Money

Body = dict[str, Any]


def hear_people(app: App, room: Room) -> None:
    """Listen to the forms, and to what opens them."""

    def opened(ack: Ack, body: Body) -> None:
        open_form(room, read_click(body, room.workspace))
        ack()

    for action in (names.OPEN_ROLE, names.OPEN_SECOND, names.OPEN_OWNER, names.OPEN_BILLING):
        app.action(action)(opened)
    for form, (act, below) in ACTS.items():
        app.view(form)(sending(room, act, below))


def open_form(room: Room, click: Click) -> None:
    """Open the form that was asked for."""
    with room.minding(click.doing):
        room.must_be_colleague(click.doing)
        form = form_for(room, click.action, click.doing.channel)
        call(lambda: room.messenger.client.views_open(trigger_id=click.doing.trigger, view=form))


def form_for(room: Room, action: str, about: str) -> Block:
    """Choose the form."""
    thresholds, workspace = room.services.thresholds, room.workspace
    match action:
        case names.OPEN_ROLE:
            return role_form(thresholds.agreed(workspace).currency, about=about)
        case names.OPEN_SECOND:
            return second_form(thresholds.second_person(workspace), thresholds.agreed(workspace).currency, about=about)
        case names.OPEN_OWNER:
            return owner_form(about=about)
        case _:
            return billing_form(room.services.joining.workspace(workspace).billing_owner, about=about)


def give_role(room: Room, sent: Submitted) -> Message:
    """Give a person a role and a limit."""
    person = room.company.someone(PersonId(sent.values[names.PERSON]))
    if person is None:
        raise Refused("A bot can have no role.")
    role = sent.values[names.ROLE]
    given = replace(person, is_admin=role == "admin", is_approver=role == "approver", limit=money(room, sent))
    room.services.joining.introduce(given, sent.doing.by)
    return role_given(person, given, room.showing.who(sent.doing.by.person))


def set_second(room: Room, sent: Submitted) -> Message:
    """Set from how much on two must sign."""
    above = money(room, sent)
    was = room.services.thresholds.set_second_person(above, sent.doing.by)
    return second_set(was, above, room.showing.who(sent.doing.by.person))


def set_owner(room: Room, sent: Submitted) -> Message:
    """Say who answers for a client, and where its alerts go."""
    manager, billing = (colleague(room, sent.values.get(name, "")) for name in (names.PERSON, names.BILLING))
    channel = sent.values.get(names.CHANNEL) or None
    is_direct = bool(sent.values.get(names.DIRECT))
    if not (manager or billing or channel or is_direct):
        raise Refused("Choose a person or a channel; what is left empty stays as it was.")
    if channel and is_direct:
        raise Unfit({names.DIRECT: "Either a channel or direct messages: leave one of them out."})
    wanted = Owner(
        client=sent.values[names.CLIENT],
        manager=manager.id if manager else None,
        billing=billing.id if billing else None,
        channel=channel,
    )
    now, who = room.services.owners.set_owner(wanted, sent.doing.by, leaves_channel=is_direct), room.showing.who
    people = tuple(who(one) for one in now.people)
    return owner_changed(now.client, people, now.channel or "", who(sent.doing.by.person))


def name_billing(room: Room, sent: Submitted) -> Message:
    """Say who hears of the clients nobody answers for."""
    person = colleague(room, sent.values[names.PERSON])
    if person is None:
        raise Refused("Choose a person.")
    room.services.joining.name_billing_owner(person, sent.doing.by)
    return billing_set(room.showing.who(person.id), room.showing.who(sent.doing.by.person))


def colleague(room: Room, chosen: str) -> Person | None:
    """Find who was chosen; a guest or a bot can answer for nobody, and neither can one who has left."""
    if not chosen:
        return None
    found = room.company.someone(PersonId(chosen))
    if found is None or not found.is_colleague:
        raise Refused(f"{found.name if found else 'A bot'} can't answer for a client: choose a colleague.")
    return found


def money(room: Room, sent: Submitted) -> Money | None:
    """Read an amount, if one was filled in."""
    if not sent.values.get(names.MONEY):
        return None
    return Money(read_limit(sent, names.MONEY), room.services.thresholds.agreed(room.workspace).currency)


ACTS: Mapping[str, tuple[Act, str]] = {
    names.ROLE_FORM: (give_role, names.PERSON),
    names.SECOND_FORM: (set_second, names.MONEY),
    names.OWNER_FORM: (set_owner, names.PERSON),
    names.BILLING_FORM: (name_billing, names.PERSON),
}
"""What each form does, and the field below which it is said what can't be."""
