"""Who is there: the token's own bot, the team, its people."""

from collections.abc import Mapping
from dataclasses import replace

from bot.sandbox.api.calls import Call, Json, Method, Refused, page
from bot.sandbox.state.people import describe_person
from bot.sandbox.state.records import Person


def test_token(call: Call) -> Json:
    """Tell whose token this is."""
    team = call.world.state.teams[call.caller.team]
    return {
        "ok": True,
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": call.world.state.people[call.caller.user].name,
        "team_id": team.id,
        "user_id": call.caller.user,
        "bot_id": call.caller.bot_id,
        "is_enterprise_install": False,
    }


def team_info(call: Call) -> Json:
    """Describe the team."""
    team = call.world.state.teams[call.caller.team]
    described = {
        "id": team.id,
        "name": team.name,
        "domain": team.domain,
        "url": f"https://{team.domain}.slack.com/",
        "email_domain": "",
        "icon": {"image_default": True},
        "is_verified": False,
    }
    return {"ok": True, "team": described}


def described(call: Call, person: Person) -> Json:
    """Describe one person, with a language if it was asked for."""
    locale = {"locale": person.locale} if call.flag("include_locale") and not person.deleted else {}
    return {**describe_person(call.world, person, call.caller.scopes), **locale}


def user_info(call: Call) -> Json:
    """Describe one person."""
    return {"ok": True, "user": described(call, call.person())}


def list_users(call: Call) -> Json:
    """List everybody, those who have left among them."""
    some, more = page(call, call.world.state.people.of(call.caller.team), default=1000)
    members = [described(call, person) for person in some]
    return {"ok": True, "members": members, "cache_ts": call.world.now(), "response_metadata": more}


def look_up_by_email(call: Call) -> Json:
    """Find someone who is still there by their address."""
    email = call.need("email").casefold()
    for person in call.world.state.people.of(call.caller.team):
        if person.email.casefold() == email and not person.deleted:
            return {"ok": True, "user": described(call, person)}
    raise Refused("users_not_found")


def add_reaction(call: Call) -> Json:
    """Put an emoji under a message."""
    channel = call.channel()
    message = call.message(channel, "timestamp")
    name = call.need("name").strip(":")
    old = {one["name"]: one for one in message.reactions}
    users = old.get(name, {}).get("users", [])
    if call.caller.user in users:
        raise Refused("already_reacted")
    users = [*users, call.caller.user]
    old[name] = {"name": name, "users": users, "count": len(users)}
    call.world.state.messages.put(replace(message, reactions=tuple(old.values())))
    return {"ok": True}


METHODS: Mapping[str, Method] = {
    "auth.test": Method(test_token, per_minute=0),
    "team.info": Method(team_info, ("team:read",), per_minute=50),
    "users.info": Method(user_info, ("users:read",), per_minute=100),
    "users.list": Method(list_users, ("users:read",), per_minute=20),
    "users.lookupByEmail": Method(look_up_by_email, ("users:read.email",), per_minute=50),
    "reactions.add": Method(add_reaction, ("reactions:write",), per_minute=50),
}
