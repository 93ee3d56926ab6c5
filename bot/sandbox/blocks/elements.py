"""Buttons, selects and inputs: what each may hold, and in which block each may stand."""

from collections.abc import Iterator

from bot.sandbox.blocks.rich import RICH
from bot.sandbox.blocks.rules import (
    TYPE,
    Check,
    anything,
    each,
    every,
    flag,
    number,
    one_of,
    problem,
    shaped,
    some_field,
    string,
    thing,
    typed,
)
from bot.sandbox.blocks.texts import (
    CONFIRM,
    DISPATCH,
    FILTER,
    OPTION,
    OPTION_GROUPS,
    PICTURE,
    option,
    options,
    plain,
    words,
)

ID = string(255)
STYLE = one_of("primary", "danger")
DATE = shaped(r"\d{4}-\d{2}-\d{2}")
TIME = shaped(r"\d{2}:\d{2}")
PEOPLE = each(ID, most=100)
ASKS = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": flag}
HINTS = {**ASKS, "placeholder": plain(150)}
MANY = {"max_selected_items": number(1, 100)}
TYPES_TEXT = {"action_id": ID, "focus_on_load": flag, "placeholder": plain(150), "dispatch_action_config": DISPATCH}


def element(required: dict[str, Check] | None = None, /, **optional: Check) -> Check:
    """Describe one kind of element."""
    return thing({**TYPE, **(required or {})}, optional)


def listed(**more: Check) -> Check:
    """Describe a select whose choices come with it: options or groups of them, not both."""

    def not_both(value: object, where: str) -> Iterator[str]:
        if isinstance(value, dict) and value.get("options") is not None and value.get("option_groups") is not None:
            yield problem("invalid additional property: option_groups", where)

    shape = element(options=options(100), option_groups=OPTION_GROUPS, **HINTS, **more)
    return every(shape, some_field("options", "option_groups"), not_both)


BUTTON = element(
    {"text": plain(75)},
    action_id=ID,
    url=string(3000),
    value=string(2000),
    style=STYLE,
    confirm=CONFIRM,
    accessibility_label=string(75),
    agent_prompt=anything,
    agent_prompt_display=anything,
    visible_to_user_ids=PEOPLE,
)
OVERFLOW = element(
    {"options": each(option(url=string(3000)), most=5)},
    action_id=ID,
    confirm=CONFIRM,
)
DATEPICKER = element(initial_date=DATE, **HINTS)
TIMEPICKER = element(initial_time=TIME, timezone=ID, **HINTS)
DATETIMEPICKER = element(initial_date_time=number(1_000_000_000, 9_999_999_999), **ASKS)
CHECKBOXES = element({"options": options(10)}, initial_options=each(OPTION, most=10), **ASKS)
RADIO = element({"options": options(10)}, initial_option=OPTION, **ASKS)

ONE_CHOICE: dict[str, Check] = {
    "static_select": listed(initial_option=OPTION),
    "external_select": element(initial_option=OPTION, min_query_length=number(0, 100), **HINTS),
    "users_select": element(initial_user=ID, **HINTS),
    "conversations_select": element(
        initial_conversation=ID,
        default_to_current_conversation=flag,
        response_url_enabled=flag,
        filter=FILTER,
        **HINTS,
    ),
    "channels_select": element(initial_channel=ID, response_url_enabled=flag, **HINTS),
}
MANY_CHOICES: dict[str, Check] = {
    "multi_static_select": listed(initial_options=each(OPTION, most=100), **MANY),
    "multi_external_select": element(
        initial_options=each(OPTION, most=100), min_query_length=number(0, 100), **MANY, **HINTS
    ),
    "multi_users_select": element(initial_users=PEOPLE, **MANY, **HINTS),
    "multi_conversations_select": element(
        initial_conversations=PEOPLE, default_to_current_conversation=flag, filter=FILTER, **MANY, **HINTS
    ),
    "multi_channels_select": element(initial_channels=PEOPLE, **MANY, **HINTS),
}
PICKERS: dict[str, Check] = {
    **ONE_CHOICE,
    "datepicker": DATEPICKER,
    "timepicker": TIMEPICKER,
    "checkboxes": CHECKBOXES,
    "radio_buttons": RADIO,
}
WORKFLOW_BUTTON = element(
    {"text": plain(75), "workflow": anything}, action_id=ID, style=STYLE, accessibility_label=string(75)
)

IN_ACTIONS = typed(
    {
        **PICKERS,
        "button": BUTTON,
        "overflow": OVERFLOW,
        "datetimepicker": DATETIMEPICKER,
        "workflow_button": WORKFLOW_BUTTON,
    }
)
IN_SECTION = typed(
    {
        **PICKERS,
        **MANY_CHOICES,
        "button": BUTTON,
        "overflow": OVERFLOW,
        "image": PICTURE,
        "workflow_button": WORKFLOW_BUTTON,
    }
)
IN_INPUT = typed(
    {
        **PICKERS,
        **MANY_CHOICES,
        "datetimepicker": DATETIMEPICKER,
        "plain_text_input": element(
            initial_value=string(3000, least=0),
            multiline=flag,
            min_length=number(0, 3000),
            max_length=number(1, 3000),
            **TYPES_TEXT,
        ),
        "email_text_input": element(initial_value=string(3000), **TYPES_TEXT),
        "url_text_input": element(initial_value=string(3000), **TYPES_TEXT),
        "number_input": element(
            {"is_decimal_allowed": flag},
            initial_value=ID,
            min_value=ID,
            max_value=ID,
            **TYPES_TEXT,
        ),
        "rich_text_input": element(
            initial_value=RICH, min_lines=number(1, 100), max_lines=number(1, 100), **TYPES_TEXT
        ),
        "file_input": element(action_id=ID, filetypes=each(ID, most=100), max_files=number(1, 10)),
    }
)
FEEDBACK = thing({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})
IN_CONTEXT_ACTIONS = typed(
    {
        "feedback_buttons": element({"positive_button": FEEDBACK, "negative_button": FEEDBACK}, action_id=ID),
        "icon_button": element(
            {"icon": one_of("trash"), "text": plain(75)},
            action_id=ID,
            value=string(2000),
            confirm=CONFIRM,
            accessibility_label=string(75),
            visible_to_user_ids=PEOPLE,
        ),
    }
)
IN_CONTEXT = typed({"image": PICTURE, "plain_text": words(3000), "mrkdwn": words(3000)})
