"""The app's own affairs: a socket to listen on, and giving its token back."""

from collections.abc import Mapping

from bot.sandbox.api.calls import Call, Json, Method
from bot.sandbox.state.installing import revoke


def open_connection(call: Call) -> Json:
    """Give out an address for one socket."""
    address = call.world.address.replace("http", "ws", 1)
    ticket = call.world.passes.new_ticket()
    return {"ok": True, "url": f"{address}/link/?ticket={ticket}&app_id={call.world.app().id}"}


def revoke_token(call: Call) -> Json:
    """Give the token back."""
    if not call.flag("test"):
        revoke(call.world, call.world.state.installations[call.caller.team], "token_revoked")
    return {"ok": True, "revoked": not call.flag("test")}


METHODS: Mapping[str, Method] = {
    "apps.connections.open": Method(open_connection, per_minute=0, app_token=True),
    "auth.revoke": Method(revoke_token, per_minute=50),
}
