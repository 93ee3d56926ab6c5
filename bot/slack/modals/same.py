"""Which other name is meant: a search over the real candidates, best first with their reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.slack import names
from bot.slack.blocks import MOST_OPTIONS, Block, context, option, plain, section
from bot.slack.cards import GapCard
from bot.slack.fields import field, modal, search_field
from bot.slack.texts import said
from bot.slack.views.questions import chance, digest
from recon import Candidate, Kind

MOST_SHOWN = 3
Candidates = Mapping[Kind, Sequence[Candidate]]
"""What each of the two names may be, best first."""


def same_form(card: GapCard, likeliest: Candidates) -> Block:
    """Ask what the client or its product is called on the other side."""
    best = [
        f"{said(one.label)}{chance(one)}: {said('; '.join(one.reasons), 200)}"
        for kind in Kind
        for one in likely_others(card, likeliest.get(kind, ()))[:MOST_SHOWN]
    ]
    return modal(
        names.SAME_FORM,
        "Same as…",
        [
            section(f"*{said(card.gap.client)}* or its *{said(card.gap.product)}* goes by another name:"),
            field(names.CANDIDATE, "The other name", search_field("Type to search", names.FIND_NAME)),
            *([context(*best)] if best else []),
            context("Its gaps are worked out again at once, and later months remember it."),
        ],
        about=card.id,
        submit="Same",
    )


def same_sure_form(why: str, about: str) -> Block:
    """Ask back where two products of the vendor would become one; `about` is the gap and the name that was chosen."""
    return modal(
        names.SAME_SURE_FORM,
        "Same as…",
        [section(said(why, 1000)), context("If they are one at every client all the same, say so.")],
        about=about,
        submit="Yes, same",
    )


def likely_others(card: GapCard, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out the names the gap goes by already, and those that nothing speaks for."""
    known = {card.gap.client, card.gap.product}
    return [one for one in candidates if one.reasons and one.label not in known]


def offer(candidates: Candidates, typed: str = "") -> Block:
    """Answer the search: those that fit what was typed, best first, with why.

    Slack shows no more than a hundred of a group, and nothing at all if there are more.
    """
    groups = [
        {"label": plain(f"The {kind} is", 75), "options": options}
        for kind in Kind
        if (options := list(fitting(kind, candidates.get(kind, ()), typed))[:MOST_OPTIONS])
    ]
    return {"option_groups": groups} if groups else {"options": []}


def fitting(kind: Kind, candidates: Sequence[Candidate], typed: str) -> Iterator[Block]:
    """Offer those that have all words that were typed."""
    wanted = typed.casefold().split()
    for one in distinct(candidates):
        if all(word in one.label.casefold() for word in wanted):
            reasons = f"{chance(one).strip()} {'; '.join(one.reasons)}".strip()
            yield option(one.label, f"{kind}/{digest(one)}", reasons)


def distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Name none twice, since Slack refuses that; the better one stays."""
    first: dict[str, Candidate] = {}
    for one in candidates:
        first.setdefault(one.value, one)
    return list(first.values())
