"""Which name of the other side is meant, among all there are."""

from __future__ import annotations

from bot.services.wondering import NameQuestion
from bot.slack import names
from bot.slack.blocks import Block, context, section
from bot.slack.fields import field, modal, search_field
from bot.slack.texts import said


def name_form(question: NameQuestion, *, about: str) -> Block:
    """Ask for the name by a search."""
    return modal(
        names.NAME_FORM,
        "Same as…",
        [
            section(f"*{said(question.about)}*\n{said(question.sentence, 600)}"),
            field(names.CANDIDATE, "The other name", search_field("Type to search", names.FIND_OTHER)),
            context("Its gaps are worked out again at once, and later months remember it."),
        ],
        about=about,
        submit="Same",
    )
