"""What a filled-in element is worth: the `state` that Slack sends along with an action or a submission."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox.blocks.reading import every_element

Json = dict[str, Any]

# For each kind of element: the field that carries its value, and the field that carries its first value.
FIELDS = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", ""),
}
TAKES_MANY = frozenset(kind for kind, (field, _) in FIELDS.items() if field.endswith("s"))


def first_values(blocks: Sequence[Json]) -> Json:
    """Tell what every element is worth before anybody touched it."""
    state: Json = {}
    for block, element in every_element(blocks):
        if element["type"] in FIELDS:
            field, initial = FIELDS[element["type"]]
            empty: list[Json] | None = [] if element["type"] in TAKES_MANY else None
            value = {"type": element["type"], field: element.get(initial, empty)}
            state.setdefault(block["block_id"], {})[element["action_id"]] = value
    return state


def carried_over(old: Json, blocks: Sequence[Json]) -> Json:
    """Keep what a person filled in where the redrawn blocks still ask for it."""
    state = first_values(blocks)
    for block_id, actions in state.items():
        for action_id, value in actions.items():
            kept = old.get(block_id, {}).get(action_id)
            if kept and kept["type"] == value["type"]:
                actions[action_id] = kept
    return state
