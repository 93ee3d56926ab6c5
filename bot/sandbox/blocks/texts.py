"""Texts, options and confirmations: the small objects that blocks are made of."""

from collections.abc import Iterator

from bot.sandbox.blocks.rules import (
    TYPE,
    Check,
    each,
    every,
    flag,
    number,
    one_of,
    problem,
    some_field,
    string,
    thing,
    typed,
)


def plain(most: int) -> Check:
    """Accept plain text, and no markup."""
    return thing({"type": one_of("plain_text"), "text": string(most, blank=False)}, {"emoji": flag})


def words(most: int) -> Check:
    """Accept plain text or markup; Slack then says first that neither fits, and then why."""
    inner = typed(
        {
            "plain_text": plain(most),
            "mrkdwn": thing({**TYPE, "text": string(most, blank=False)}, {"verbatim": flag}),
        }
    )

    def check(value: object, where: str) -> Iterator[str]:
        problems = list(inner(value, where))
        if problems:
            yield problem("failed to match all allowed schemas", where)
        yield from problems

    return check


def option(**more: Check) -> Check:
    """Accept one choice of a list."""
    return thing({"text": words(75), "value": string(150)}, {"description": words(75), **more})


def options(most: int) -> Check:
    """Accept the choices of a list, no two of one value."""

    def distinct(value: object, where: str) -> Iterator[str]:
        values = [str(one.get("value")) for one in value if isinstance(one, dict)] if isinstance(value, list) else []
        if len(set(values)) < len(values):
            yield problem("option values must be unique", where)

    return every(each(option(), most=most), distinct)


OPTION = option()
OPTION_GROUPS = each(thing({"label": plain(75), "options": options(100)}), most=100)
CONFIRM = thing(
    {"title": plain(100), "text": words(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
DISPATCH = thing({}, {"trigger_actions_on": each(one_of("on_enter_pressed", "on_character_entered"), most=2)})
FILTER = thing(
    {},
    {
        "include": each(one_of("im", "mpim", "private", "public"), most=4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)
PICTURE = every(
    thing(
        {**TYPE, "alt_text": string(2000)},
        {"image_url": string(3000), "slack_file": thing({}, {"id": string(255), "url": string(3000)})},
    ),
    some_field("image_url", "slack_file"),
)
RAW_TEXT = thing({**TYPE, "text": string(10_000)})
RAW_NUMBER = thing({**TYPE, "value": number(float("-inf"), float("inf"))}, {"text": string(10_000)})
