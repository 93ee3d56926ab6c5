"""People turn to the app: its home tab, its commands, its shortcuts."""

from bot.sandbox.acting.acts import Act, CannotDo, Json
from bot.sandbox.acting.answers import answer_in_one_breath
from bot.sandbox.acting.payloads import global_shortcut, message_shortcut, slash_command
from bot.sandbox.acting.pressing import outcome
from bot.sandbox.api.calls import Refused
from bot.sandbox.outward.lines import Parcel
from bot.sandbox.state.channels import direct
from bot.sandbox.state.manifests import find_command, find_shortcut
from bot.sandbox.state.passes import AnswerPlace
from bot.sandbox.state.views import describe_view, screen_of


async def open_home(act: Act) -> Json:
    """Open the app's home tab, or its messages."""
    person = act.person()
    bot = act.world.installation(person.team)
    channel = bot and direct(act.world, person.team, (person.id, bot.bot_user))
    if not bot or not channel:
        raise CannotDo("The app is not installed here.")
    tab = act.text("tab") or "home"
    view = act.world.state.views.get(screen_of(act.world, person.id).home)
    event = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": channel.id,
        "tab": tab,
        "event_ts": act.world.new_ts(),
    }
    shown = {"view": describe_view(act.world, view)} if view and tab == "home" else {}
    act.world.happened(person.team, event | shown)
    return {"channel": channel.id, **shown}


async def run_command(act: Act) -> Json:
    """Type a slash command; what the app answers at once is shown to the person."""
    person = act.person()
    channel = act.channel(person)
    command, _, text = act.text("text").partition(" ")
    if not find_command(act.world.app(), command):
        raise CannotDo(f"{command} is not a valid command.")
    told = slash_command(act.world, person, channel, command, text.strip())
    answer = await act.slack.courier.ask(Parcel("slash_commands", told))
    if answer.failure:
        shown = "operation_timeout" if "timeout" in answer.failure else "dispatch_failed"
        return {"ok": False, "failure": answer.failure, "trouble": f'{command} failed with the error "{shown}"'}
    place = AnswerPlace(person.team, channel.id, person.id, 0)
    try:
        answer_in_one_breath(act.world, place, answer.body)
    except Refused as refused:
        return {"ok": False, "trouble": f'{command} failed with the error "{refused}"'}
    return {"ok": True}


async def use_shortcut(act: Act) -> Json:
    """Choose one of the app's shortcuts, on a message or from the menu."""
    person = act.person()
    shortcut = find_shortcut(act.world.app(), act.text("what"))
    if not shortcut:
        raise CannotDo(f"The app has no shortcut {act.text('what')!r}.")
    if shortcut["type"] == "message":
        told = message_shortcut(act.world, person, act.message(person), shortcut["callback_id"])
    else:
        told = global_shortcut(act.world, person, shortcut["callback_id"])
    return outcome(await act.slack.courier.ask(Parcel("interactive", told)))
