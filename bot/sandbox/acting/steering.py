"""Those who run this Slack: its clock, its bad days, who is in it, and the app's standing."""

from dataclasses import asdict, replace
from typing import get_args

from bot.sandbox.acting.acts import Act, CannotDo, Json
from bot.sandbox.api.faults import Fault, How
from bot.sandbox.outward.http import verify
from bot.sandbox.state.channels import archive, describe_channel
from bot.sandbox.state.installing import install, revoke, upgrade
from bot.sandbox.state.people import deactivate, describe_person
from bot.sandbox.state.records import Channel, Installation, Person, Team
from bot.sandbox.state.seeding import set_addresses


async def move_clock(act: Act) -> Json:
    """Stop the clock, let it go, or move it on."""
    clock = act.world.clock
    if act.given.get("stop"):
        clock.stop()
    if act.given.get("go"):
        clock.go()
    clock.advance(float(act.given.get("seconds") or 0))
    act.world.remember_the_time()
    return {"now": clock.now()}


async def plan_fault(act: Act) -> Json:
    """Let something go wrong."""
    fault = Fault(**act.given)
    if fault.how not in get_args(How):
        raise CannotDo(f"Things can go wrong as {', '.join(get_args(How))}, not as {fault.how!r}.")
    act.slack.faults.plan(fault)
    return {}


async def set_limits(act: Act) -> Json:
    """Turn rate limits on or off, or set one method's own."""
    limits = act.slack.limits
    limits.on = bool(act.given.get("on", True))
    limits.own |= act.given.get("per_minute") or {}
    limits.buckets.clear()
    return {}


async def set_patience(act: Act) -> Json:
    """Set for how many seconds this Slack waits for the app; the real one waits three."""
    act.slack.courier.http.patience = act.slack.courier.sockets.patience = float(act.given["seconds"])
    return {}


async def add_person(act: Act) -> Json:
    """Let someone come to the workspace."""
    team = act.text("team") or next(iter(act.world.state.teams)).id
    given = {name: value for name, value in act.given.items() if name != "team"}
    person = Person(**{"id": act.world.new_id("U"), "team": team, **given})
    described = describe_person(act.world, person, ("users:read.email",))
    act.world.state.people.put(person)
    act.world.happened(team, {"type": "team_join", "user": described, "event_ts": act.world.new_ts()})
    return described


async def add_channel(act: Act) -> Json:
    """Open a channel, with these people in it."""
    creator = act.person()
    named = [Act(act.slack, {"as": name}).someone("as").id for name in act.given.get("members") or ()]
    channel = Channel(
        act.world.new_id("C"),
        creator.team,
        act.text("name"),
        "private" if act.given.get("private") else "public",
        tuple(dict.fromkeys((creator.id, *named))),
        creator.id,
        act.world.now(),
        shared_with=tuple(act.given.get("shared_with") or ()),
    )
    return describe_channel(act.world, act.world.state.channels.put(channel), creator.id)


async def close_account(act: Act) -> Json:
    """Deactivate someone."""
    return describe_person(act.world, deactivate(act.world, act.someone("as")), ())


async def archive_channel(act: Act) -> Json:
    """Archive a channel, or open it again."""
    person = act.person()
    archived = bool(act.given.get("archived", True))
    return describe_channel(act.world, archive(act.world, act.channel(person), person.id, archived=archived), person.id)


async def add_team(act: Act) -> Json:
    """Open another workspace, and install the app there."""
    team = Team(act.world.new_id("T"), act.text("name"), act.text("name").lower().replace(" ", "-"))
    act.world.state.teams.put(team)
    return asdict(install(act.world, team.id))


def installed(act: Act) -> Installation:
    """Find the app's installation, in a workspace or in the first."""
    return act.world.nearest_installation(act.text("team"))


async def see_app(act: Act) -> Json:
    """See the app with its secrets, as its owner does."""
    return {"app": asdict(act.world.app()), "installation": asdict(installed(act))}


async def change_app(act: Act) -> Json:
    """Give the app another manifest, and install it anew with the scopes that it asks for."""
    upgrade(act.world, act.given["manifest"])
    return await see_app(act)


async def grant(act: Act) -> Json:
    """Install the app anew with these scopes and no others; its token stays."""
    act.world.state.installations.put(replace(installed(act), scopes=tuple(act.given["scopes"]), state="active"))
    return await see_app(act)


async def revoke_app(act: Act) -> Json:
    """Revoke the app's token, or remove the app altogether."""
    revoke(act.world, installed(act), "account_inactive" if act.given.get("uninstall") else "token_revoked")
    return {}


async def listen_at(act: Act) -> Json:
    """Let the app listen at an address and not on a socket; Slack asks there first whether it is the app's."""
    address = act.text("address")
    if not await verify(act.slack.courier.http, address):
        raise CannotDo(f"Your URL didn't respond with the value of the `challenge` parameter: {address}")
    set_addresses(act.world, address)
    return {}


async def refresh_sockets(act: Act) -> Json:
    """Ask the app to open new sockets."""
    await act.slack.courier.sockets.refresh(act.text("reason") or "refresh_requested")
    return {}


async def hang_up(act: Act) -> Json:
    """Lose all sockets, as happens when a network fails."""
    await act.slack.courier.sockets.close()
    return {}


async def send_again(act: Act) -> Json:
    """Send an event that was already sent, as Slack does when an answer was lost."""
    return {"events": act.slack.courier.send_again(act.text("type"))}


async def see_deliveries(act: Act) -> Json:
    """See which events were sent, and how each try went."""
    return {"deliveries": [asdict(one) for one in act.slack.courier.log], "sent": list(act.slack.courier.sent)}


async def settle(act: Act) -> Json:
    """Wait until every event that can be delivered now has been."""
    await act.slack.courier.settle()
    return {}
