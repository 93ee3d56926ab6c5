"""What the sandbox takes as Block Kit, held against slack_sdk's own validators and Slack's recorded words."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sandbox.kit import actions, button, field, modal, section, text
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models import blocks as sdk
from slack_sdk.models.basic_objects import JsonObject

from bot.sandbox.blocks.filling import with_defaults
from bot.sandbox.blocks.surfaces import Refusal, refuse_message, refuse_view

Json = dict[str, Any]


def plain(length: int) -> sdk.PlainTextObject:
    return sdk.PlainTextObject(text="x" * length)


def options(count: int, label: int = 5, value: int = 5) -> list[sdk.Option]:
    return [sdk.Option(text=f"{n}".rjust(label, "o"), value=f"{n}".rjust(value, "v")) for n in range(count)]


def in_actions(element: sdk.InteractiveElement) -> sdk.Block:
    return sdk.ActionsBlock(elements=[element])


# For each limit: what is built with a size, and the last size that fits.
LIMITS: dict[str, tuple[Callable[[int], sdk.Block], int]] = {
    "section text": (lambda n: sdk.SectionBlock(text="x" * n), 3000),
    "section fields": (lambda n: sdk.SectionBlock(fields=["f"] * n), 10),
    "section field text": (lambda n: sdk.SectionBlock(fields=[sdk.MarkdownTextObject(text="x" * n)]), 2000),
    "block id": (lambda n: sdk.SectionBlock(text="x", block_id="b" * n), 255),
    "header": (lambda n: sdk.HeaderBlock(text="x" * n), 150),
    "context elements": (lambda n: sdk.ContextBlock(elements=[plain(1)] * n), 10),
    "actions elements": (
        lambda n: sdk.ActionsBlock(elements=[sdk.ButtonElement(text="b", action_id=f"{i}") for i in range(n)]),
        25,
    ),
    "button text": (lambda n: in_actions(sdk.ButtonElement(text="x" * n, action_id="a")), 75),
    "button value": (lambda n: in_actions(sdk.ButtonElement(text="x", action_id="a", value="v" * n)), 2000),
    "button url": (lambda n: in_actions(sdk.ButtonElement(text="x", action_id="a", url="u" * n)), 3000),
    "action id": (lambda n: in_actions(sdk.ButtonElement(text="x", action_id="a" * n)), 255),
    "options": (lambda n: in_actions(sdk.StaticSelectElement(action_id="a", options=options(n))), 100),
    "option text": (lambda n: in_actions(sdk.StaticSelectElement(action_id="a", options=options(1, n))), 75),
    "option value": (lambda n: in_actions(sdk.StaticSelectElement(action_id="a", options=options(1, 1, n))), 150),
    "overflow": (lambda n: in_actions(sdk.OverflowMenuElement(action_id="a", options=options(n))), 5),
    "placeholder": (
        lambda n: in_actions(sdk.ExternalDataSelectElement(action_id="a", placeholder=plain(n))),
        150,
    ),
    "confirm title": (lambda n: asking(title="x" * n), 100),
    "confirm text": (lambda n: asking(text="x" * n), 300),
    "confirm yes": (lambda n: asking(confirm="x" * n), 30),
    "label": (lambda n: sdk.InputBlock(label="x" * n, element=sdk.PlainTextInputElement(action_id="a")), 2000),
    "image url": (lambda n: sdk.ImageBlock(image_url="u" * n, alt_text="x"), 3000),
    "image words": (lambda n: sdk.ImageBlock(image_url="u", alt_text="x" * n), 2000),
    "markdown": (lambda n: sdk.MarkdownBlock(text="x" * n), 12_000),
    "card title": (lambda n: sdk.CardBlock(title="x" * n), 150),
    "card body": (lambda n: sdk.CardBlock(title="x", body="x" * n), 200),
    "carousel": (lambda n: sdk.CarouselBlock(elements=[sdk.CardBlock(title="x")] * n), 10),
    "container": (lambda n: sdk.ContainerBlock(title="x", child_blocks=[sdk.DividerBlock()] * n), 10),
}


def asking(**words: str) -> sdk.Block:
    confirm = sdk.ConfirmObject(**{"title": "t", "text": "t", **words})
    return in_actions(sdk.ButtonElement(text="x", action_id="a", confirm=confirm))


def sdk_takes(built: JsonObject) -> bool:
    try:
        built.validate_json()
        built.to_dict()
        for element in getattr(built, "elements", None) or []:
            element.to_dict()
    except SlackObjectFormationError:
        return False
    return True


def plainly(block: sdk.Block) -> Json:
    """Write a block out without asking its validators."""
    written: Json = bare({name: getattr(block, name, None) for name in block.attributes})
    return written


def bare(part: Any) -> Any:  # noqa: ANN401 - any part of a block
    if isinstance(part, JsonObject):
        try:
            return bare(part.to_dict())
        except SlackObjectFormationError:
            return bare({name: getattr(part, name, None) for name in part.attributes})
    if isinstance(part, dict):
        return {name: bare(inner) for name, inner in part.items() if inner is not None}
    return [bare(inner) for inner in part] if isinstance(part, list | tuple) else part


@pytest.mark.parametrize(("build", "limit"), LIMITS.values(), ids=LIMITS)
def test_a_limit_is_where_slack_sdk_has_it(build: Callable[[int], sdk.Block], limit: int) -> None:
    assert sdk_takes(build(limit))
    assert refuse_message([build(limit).to_dict()]) is None
    refused = refuse_message([plainly(build(limit + 1))])
    assert refused is not None
    assert refused.error == "invalid_blocks"


RECORDED = {
    "a long section": (
        [section("x" * 3001)],
        (
            "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
            "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        ),
    ),
    "too many blocks": ([{"type": "divider"}] * 51, ("no more than 50 items allowed [json-pointer:/blocks]",)),
    "an unknown block": ([{"type": "gap"}], ("unsupported type: gap [json-pointer:/blocks/0/type]",)),
    "an unknown field": (
        [{"type": "divider", "page_size": 5}],
        ("invalid additional property: page_size [json-pointer:/blocks/0]",),
    ),
    "an action id twice": (
        [actions(button("A", "same"), button("B", "same"))],
        ('`action_id` "same" already exists [json-pointer:/blocks/0/elements/1/action_id]',),
    ),
    "a card of bare words": (
        [{"type": "carousel", "elements": [{"type": "card", "title": "Acme"}]}],
        (
            "failed to match all allowed schemas [json-pointer:/blocks/0/elements/0/title]",
            "must provide an object [json-pointer:/blocks/0/elements/0/title]",
        ),
    ),
    "an empty cell": (
        [{"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}],
        ("must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]",),
    ),
    "a cell without a value": (
        [{"type": "table", "rows": [[{"type": "raw_number"}]]}],
        ("missing required field: value [json-pointer:/blocks/0/rows/0/0]",),
    ),
    "no options": (
        [actions({"type": "static_select", "action_id": "a", "options": []})],
        ("must provide at least 1 items [json-pointer:/blocks/0/elements/0/options]",),
    ),
    "a style that is no word": (
        [actions(button("A", "a", style=1))],
        ("must provide a string [json-pointer:/blocks/0/elements/0/style]",),
    ),
}


@pytest.mark.parametrize(("blocks", "words"), RECORDED.values(), ids=RECORDED)
def test_a_refusal_has_slacks_own_words(blocks: list[Json], words: tuple[str, ...]) -> None:
    assert refuse_message(blocks) == Refusal("invalid_blocks", words)


SERIES = {
    "series": [{"name": "Found", "data": [{"label": "May", "value": 12.5}]}],
    "axis_config": {"categories": ["May"]},
}
RICH = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x", "style": {"bold": True}}]}
TAKEN = {
    "a line chart": {"type": "data_visualization", "title": "Recovered", "chart": {"type": "line", **SERIES}},
    "a pie": {
        "type": "data_visualization",
        "title": "By client",
        "chart": {"type": "pie", "segments": [{"label": "Acme", "value": 3}]},
    },
    "a data table": {
        "type": "data_table",
        "caption": "Gaps",
        "page_size": 10,
        "rows": [[{"type": "raw_text", "text": "Client"}], [{"type": "rich_text", "elements": [RICH]}]],
    },
    "rich text": {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [RICH]}]},
    "a plan": {"type": "plan", "title": "Run", "tasks": [{"type": "task_card", "task_id": "1", "title": "Read"}]},
    "feedback": {
        "type": "context_actions",
        "elements": [{"type": "icon_button", "icon": "trash", "text": text("Remove", "plain_text")}],
    },
}


@pytest.mark.parametrize("block", TAKEN.values(), ids=TAKEN)
def test_newer_blocks_are_taken_in_messages_and_spoiled_ones_are_not(block: Json) -> None:
    assert refuse_message([block]) is None
    assert refuse_message([{**block, "colour": "red"}]) is not None
    assert (refuse_view(modal(block)) is None) == (block["type"] == "rich_text")


@pytest.mark.parametrize(
    "chart",
    [
        {"type": "pie", "segments": []},
        {"type": "pie", "segments": [{"label": "x" * 21, "value": 1}]},
        {"type": "pie", "segments": [{"label": "x", "value": "1"}]},
        {"type": "bar", "series": SERIES["series"]},
        {"type": "radar"},
    ],
)
def test_a_chart_has_limits(chart: Json) -> None:
    refused = refuse_message([{"type": "data_visualization", "title": "x", "chart": chart}])

    assert refused is not None
    assert refused.error == "invalid_blocks"


def cells(rows: int, columns: int) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ([section("x")] * 50, None),
        ([cells(100, 20)], None),
        ([cells(101, 1)], "invalid_blocks"),
        ([cells(1, 21)], "invalid_blocks"),
        ([cells(1, 1), cells(1, 1)], "invalid_attachments"),
        ([{"type": "markdown", "text": "x" * 6001}] * 2, "msg_blocks_too_long"),
        ([section("x" * 2999)] * 4, None),
        ([section("x" * 3000)] * 5, "msg_blocks_too_long"),
        ([{"type": "alert", "text": text("x")}], "invalid_blocks"),
        ([field("L", {"type": "file_input"})], None),
        ([section("x", block_id="b"), section("y", block_id="b")], "invalid_blocks"),
        ({"blocks": []}, "invalid_blocks_format"),
        ([section("   ")], "invalid_blocks"),
        ([{"type": "section"}], "invalid_blocks"),
    ],
)
def test_a_message_as_a_whole_has_limits(blocks: object, error: str | None) -> None:
    refused = refuse_message(blocks)

    assert (refused.error if refused else None) == error


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (modal(*[section("x")] * 100), ""),
        (modal(*[section("x")] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (modal(title=text("x" * 25, "plain_text")), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(private_metadata="x" * 3001), "must be less than 3001 characters [json-pointer:/view/private_metadata]"),
        (
            modal(field("L", {"type": "plain_text_input"}), submit=None),
            "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]",
        ),
        (
            modal({"type": "data_visualization", "title": "x", "chart": {}}),
            "unsupported type: data_visualization [json-pointer:/view/blocks/0/type]",
        ),
        (modal({"type": "alert", "text": text("Careful"), "level": "warning"}), ""),
        ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
        ("a view", "must provide an object [json-pointer:/view]"),
    ],
)
def test_a_view_has_limits(view: object, words: str) -> None:
    refused = refuse_view(view)

    assert (refused.problems if refused else ()) == ((words,) if words else ())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "element", "options", "blocks", "rows", "title", "x"]),
            inner
            | st.sampled_from(["section", "divider", "actions", "table", "raw_text", "button", "mrkdwn", "modal"]),
        )
    ),
    max_leaves=15,
)


@given(JSON)
def test_whatever_is_sent_is_taken_or_refused_and_what_is_taken_stays_so(anything: Any) -> None:  # noqa: ANN401 - any JSON
    refused = refuse_message([anything])
    refuse_view(anything)

    if refused is None:
        numbers = itertools.count()
        filled = with_defaults([anything], lambda: f"made-up-{next(numbers)}")
        assert refuse_message(list(filled)) is None
    else:
        assert all("[json-pointer:/" in words for words in refused.problems)
