"""Every kind of block, what it may hold, and on which surface it may stand."""

from collections.abc import Iterator

from bot.sandbox.blocks.elements import (
    BUTTON,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    element,
)
from bot.sandbox.blocks.rich import ELEMENTS, RICH
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
    some_field,
    string,
    thing,
    typed,
)
from bot.sandbox.blocks.texts import PICTURE, RAW_NUMBER, RAW_TEXT, plain, words


def block(required: dict[str, Check] | None = None, /, **optional: Check) -> Check:
    """Describe one kind of block; each may carry an id."""
    return thing({**TYPE, **(required or {})}, {"block_id": string(255), **optional})


def not_dispatching_a_file(value: object, where: str) -> Iterator[str]:
    """Refuse to send an action for an input that has none to send."""
    if isinstance(value, dict) and value.get("dispatch_action") is True:
        inner = value.get("element")
        if isinstance(inner, dict) and inner.get("type") == "file_input":
            yield problem("dispatch_action is not supported for file_input", where)


def plain_heads(value: object, where: str) -> Iterator[str]:
    """Refuse rich text in the first row of a data table."""
    rows = value.get("rows") if isinstance(value, dict) else None
    first = rows[0] if isinstance(rows, list) and rows else None
    for place, cell in enumerate(first if isinstance(first, list) else []):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            yield problem("unsupported type: rich_text", f"{where}/rows/0/{place}/type")


AMOUNT = number(float("-inf"), float("inf"))
POINT = thing({"label": string(20), "value": AMOUNT})
SERIES = element(
    {
        "series": each(thing({"name": string(20), "data": each(POINT, most=20)}), most=12),
        "axis_config": thing({"categories": each(string(20), most=20)}, {"x_label": string(50), "y_label": string(50)}),
    }
)
CHART = typed(
    {
        "pie": element({"segments": each(POINT, most=12)}),
        "bar": SERIES,
        "line": SERIES,
        "area": SERIES,
    }
)
CELL = typed({"rich_text": RICH, "raw_text": RAW_TEXT, "raw_number": RAW_NUMBER})
COLUMN = thing({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})
IMAGE = every(
    block(
        {"alt_text": string(2000)},
        image_url=string(3000),
        slack_file=thing({}, {"id": string(255), "url": string(3000)}),
        title=plain(2000),
    ),
    some_field("image_url", "slack_file"),
)
CARD = every(
    block(
        title=words(150),
        subtitle=words(150),
        body=words(200),
        hero_image=PICTURE,
        icon=PICTURE,
        slack_icon=thing({**TYPE, "name": string(255)}),
        actions=each(typed({"button": BUTTON}), most=5),
    ),
    some_field("title", "body", "hero_image", "actions"),
)

EVERYWHERE: dict[str, Check] = {
    "section": every(
        block(text=words(3000), fields=each(words(2000), most=10), accessory=IN_SECTION, expand=flag),
        some_field("text", "fields"),
    ),
    "header": block({"text": plain(150)}),
    "context": block({"elements": each(IN_CONTEXT, most=10)}),
    "actions": block({"elements": each(IN_ACTIONS, most=25)}),
    "divider": block(),
    "image": IMAGE,
    "input": every(
        block(
            {"label": plain(2000), "element": IN_INPUT},
            hint=plain(2000),
            optional=flag,
            dispatch_action=flag,
        ),
        not_dispatching_a_file,
    ),
    "rich_text": block({"elements": ELEMENTS}),
    "video": block(
        {
            "alt_text": string(2000),
            "title": plain(200),
            "thumbnail_url": string(3000),
            "video_url": string(3000),
        },
        author_name=string(50),
        description=plain(2000),
        provider_icon_url=string(3000),
        provider_name=string(255),
        title_url=string(3000),
    ),
    "card": CARD,
}
CAROUSEL = {"carousel": block({"elements": each(typed({"card": CARD}), most=10)})}
TASK = block(
    {"task_id": string(255), "title": string(255)},
    status=one_of("pending", "in_progress", "complete", "error"),
    details=RICH,
    output=RICH,
    sources=each(anything, most=100),
)
IN_CONTAINER: dict[str, Check] = {
    **EVERYWHERE,
    "table": block({"rows": each(each(CELL, most=20), most=100)}, column_settings=each(COLUMN, most=20, least=0)),
    "context_actions": block({"elements": each(IN_CONTEXT_ACTIONS, most=5)}),
}
IN_MESSAGE: dict[str, Check] = {
    **IN_CONTAINER,
    **CAROUSEL,
    "markdown": block({"text": string(12_000)}),
    "file": block({"external_id": string(255), "source": one_of("remote")}),
    "data_table": every(
        block(
            {"caption": string(255), "rows": each(each(CELL, most=20), most=101, least=2)},
            page_size=number(1, 100),
            row_header_column_index=number(0, 19),
        ),
        plain_heads,
    ),
    "data_visualization": block({"title": string(50), "chart": CHART}),
    "task_card": TASK,
    "plan": block({"title": string(255)}, tasks=each(typed({"task_card": TASK}), most=50)),
    "container": every(
        block(
            {"child_blocks": each(typed(IN_CONTAINER), most=10)},
            title=words(150),
            rich_text_title=RICH,
            subtitle=words(150),
            icon=PICTURE,
            is_collapsible=flag,
            default_collapsed=flag,
            has_header_divider=flag,
            width=one_of("narrow", "standard", "wide", "full"),
        ),
        some_field("title", "rich_text_title"),
    ),
}
IN_MODAL: dict[str, Check] = {
    **EVERYWHERE,
    "alert": block({"text": words(200)}, level=one_of("default", "info", "warning", "error", "success")),
}
IN_HOME: dict[str, Check] = {**EVERYWHERE, **CAROUSEL}
