"""Rich text: sections, lists and quotes of styled words, links and mentions."""

from bot.sandbox.blocks.rules import TYPE, Check, each, flag, number, one_of, string, thing, typed

MANY = 1000
STYLE = thing({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight", "unlink"), flag))


def inline(required: dict[str, Check], **optional: Check) -> Check:
    """Describe one piece of a line."""
    return thing({**TYPE, **required}, {"style": STYLE, **optional})


INLINE = typed(
    {
        "text": inline({"text": string(40_000)}),
        "link": inline({"url": string(3000)}, text=string(40_000), unsafe=flag),
        "user": inline({"user_id": string(255)}),
        "usergroup": inline({"usergroup_id": string(255)}),
        "team": inline({"team_id": string(255)}),
        "channel": inline({"channel_id": string(255)}),
        "broadcast": inline({"range": one_of("here", "channel", "everyone")}),
        "emoji": inline({"name": string(255)}, unicode=string(255), skin_tone=number(1, 6), url=string(3000)),
        "date": inline({"timestamp": number(0, 10**12), "format": string(255)}, url=string(3000), fallback=string(255)),
        "color": inline({"value": string(255)}),
    }
)
LINE = each(INLINE, most=MANY, least=0)
SECTION = thing({**TYPE, "elements": LINE})
PARTS = typed(
    {
        "rich_text_section": SECTION,
        "rich_text_preformatted": thing({**TYPE, "elements": LINE}, {"border": number(0, 1), "language": string(255)}),
        "rich_text_quote": thing({**TYPE, "elements": LINE}, {"border": number(0, 1)}),
        "rich_text_list": thing(
            {
                **TYPE,
                "style": one_of("bullet", "ordered"),
                "elements": each(typed({"rich_text_section": SECTION}), most=MANY),
            },
            {"indent": number(0, 8), "offset": number(0, MANY), "border": number(0, 1)},
        ),
    }
)
ELEMENTS = each(PARTS, most=MANY)
RICH = thing({**TYPE, "elements": ELEMENTS}, {"block_id": string(255)})
