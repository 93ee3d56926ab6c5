"""Making the value of an element from what a person says: a label, a name, a day, a text."""

import re
from collections.abc import Callable

from bot.sandbox.acting.acts import Act, CannotDo, Json
from bot.sandbox.acting.payloads import in_message, in_view
from bot.sandbox.acting.surfaces import Surface
from bot.sandbox.blocks.reading import choices_of
from bot.sandbox.blocks.values import FIELDS, TAKES_MANY
from bot.sandbox.outward.lines import Parcel
from bot.sandbox.state.channels import find_channel
from bot.sandbox.state.files import describe_file
from bot.sandbox.state.people import find_person
from bot.sandbox.state.records import Person

MOST_OPTIONS = 100
SHAPES = {
    "datepicker": r"\d{4}-\d{2}-\d{2}",
    "timepicker": r"\d{2}:\d{2}",
    "datetimepicker": r"\d{10}",
    "email_text_input": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "url_text_input": r"https?://\S+",
    "number_input": r"-?\d+(\.\d+)?",
}


async def chosen(act: Act, seen: Surface, block: Json, element: Json) -> Json:
    """Make the value that Slack sends for what a person chose."""
    given = act.given.get("value")
    kind = element["type"]
    if kind == "overflow":
        return {"selected_option": option_called(choices_of(element), given)}
    field, _ = FIELDS[kind]
    if "external" in kind:
        options = await suggested(act, seen, block, element, act.text("typing"))
        picked = [option_called(options, one) for one in listed(given)]
        return {"type": kind, field: picked if kind in TAKES_MANY else picked[0]}
    return {"type": kind, field: value_for(act, seen.person, element, given)}


def value_for(act: Act, person: Person, element: Json, given: object) -> object:
    """Make the value of any element whose choices need not be asked for."""
    many = element["type"] in TAKES_MANY
    if given in (None, "", []):
        return [] if many else None
    make = maker_for(act, person, element)
    return [make(one) for one in listed(given)] if many else make(given)


def maker_for(act: Act, person: Person, element: Json) -> Callable[[object], object]:
    """Find what makes a value of one thing a person chose."""
    kind: str = element["type"]
    if kind.endswith("static_select") or kind in ("radio_buttons", "checkboxes"):
        return lambda one: option_called(choices_of(element), one)
    if "users" in kind:
        return lambda one: person_called(act, one)
    if "conversations" in kind or "channels" in kind:
        return lambda one: channel_called(act, person, one)
    if kind == "file_input":
        return lambda one: file_called(act, one, element)
    return lambda one: one if kind == "rich_text_input" else text_for(element, str(one))


def text_for(element: Json, text: str) -> str | int:
    """Check a text, as Slack does while a person types."""
    kind = element["type"]
    if kind in SHAPES and not re.fullmatch(SHAPES[kind], text):
        raise CannotDo(f"{text!r} cannot be typed into a {kind}.")
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if kind == "plain_text_input" and not least <= len(text) <= most:
        raise CannotDo(f"The text must have {least} to {most} characters; it has {len(text)}.")
    return int(text) if kind == "datetimepicker" else text


def listed(given: object) -> list[object]:
    """Take one thing or many as many."""
    return list(given) if isinstance(given, list | tuple) else [given]


def option_called(options: list[Json], wanted: object) -> Json:
    """Find an option by what it says, or by its value."""
    for option in options:
        if wanted in (option["text"]["text"], option.get("value")):
            return option
    known = ", ".join(repr(option["text"]["text"]) for option in options) or "nothing"
    raise CannotDo(f"There is no choice {wanted!r}. There is: {known}.")


def person_called(act: Act, wanted: object) -> str:
    """Find a person to choose; those who have left are not offered."""
    found = find_person(act.world, str(wanted))
    if found is None or found.deleted:
        raise CannotDo(f"There is nobody called {wanted!r} to choose.")
    return found.id


def channel_called(act: Act, person: Person, wanted: object) -> str:
    """Find a channel to choose."""
    found = find_channel(act.world, str(wanted), person.team, person.id)
    if found is None:
        raise CannotDo(f"{person.real_name} sees no channel called {wanted!r}.")
    return found.id


def file_called(act: Act, wanted: object, element: Json) -> Json:
    """Find a file to send in; only the types the field wants."""
    file = act.world.state.files.get(str(wanted))
    if file is None:
        raise CannotDo(f"There is no file {wanted!r}.")
    described = describe_file(act.world, file)
    if element.get("filetypes") and described["filetype"] not in element["filetypes"]:
        raise CannotDo(f"{file.name} is not one of {', '.join(element['filetypes'])}.")
    return described


async def suggested(act: Act, seen: Surface, block: Json, element: Json, typing: str) -> list[Json]:
    """Ask the app what to offer; of more than a hundred Slack shows none."""
    told = in_message(act.world, seen.person, seen.message) if seen.message else {}
    told = in_view(act.world, seen.person, seen.view) if seen.view else told
    asked = {
        "type": "block_suggestion",
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": typing,
    }
    answer = await act.slack.courier.ask(Parcel("interactive", {**told, **asked}))
    body = answer.body if isinstance(answer.body, dict) else {}
    options = choices_of({"options": body.get("options"), "option_groups": body.get("option_groups")})
    return options if len(options) <= MOST_OPTIONS else []
