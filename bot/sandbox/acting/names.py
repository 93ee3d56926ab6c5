"""Everything that can be done at `/_/`, by name."""

from collections.abc import Awaitable, Callable, Mapping

from bot.sandbox.acting import asking, looking, modals, posting, pressing, steering
from bot.sandbox.acting.acts import Act, Json

ACTS: Mapping[str, Callable[[Act], Awaitable[Json]]] = {
    "say": posting.say,
    "edit": posting.edit,
    "unsay": posting.unsay,
    "enter": posting.enter,
    "invite": posting.invite,
    "remove": posting.remove,
    "press": pressing.press,
    "choose": pressing.choose,
    "options": pressing.offer,
    "fill": modals.fill,
    "submit": modals.submit,
    "close": modals.close,
    "home": asking.open_home,
    "command": asking.run_command,
    "shortcut": asking.use_shortcut,
    "people": looking.see_people,
    "channels": looking.see_channels,
    "messages": looking.see_messages,
    "screen": looking.see_screen,
    "clock": steering.move_clock,
    "fault": steering.plan_fault,
    "limits": steering.set_limits,
    "patience": steering.set_patience,
    "person": steering.add_person,
    "channel": steering.add_channel,
    "team": steering.add_team,
    "deactivate": steering.close_account,
    "archive": steering.archive_channel,
    "app": steering.see_app,
    "manifest": steering.change_app,
    "grant": steering.grant,
    "revoke": steering.revoke_app,
    "listen": steering.listen_at,
    "refresh": steering.refresh_sockets,
    "hangup": steering.hang_up,
    "again": steering.send_again,
    "deliveries": steering.see_deliveries,
    "settle": steering.settle,
}
