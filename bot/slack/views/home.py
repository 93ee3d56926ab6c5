"""A person's home: their queue with all that decides it, all open gaps, the sources, what was done, the settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.services.freshness import SourceHealth
from bot.services.homes import Filters
from bot.slack import names
from bot.slack.blocks import Block, actions, button, context, divider, header, option, people_select, section, select
from bot.slack.cards import Decided, GapCard, Verdict
from bot.slack.fields import MOST_VIEW_BLOCKS, search_field
from bot.slack.texts import said
from bot.slack.views.client import totals
from bot.slack.views.decided import decided_line
from bot.slack.views.gap import decisions, facts, left_to_choose, planned
from bot.slack.views.hours import MINE
from bot.slack.views.settings import settings_buttons, settings_words
from bot.slack.views.sources import source_lines
from bot.slack.wording import capital, counted, leaks, moment, numbers, sureness, worth
from recon import Gap, GapKind, Month

MINE_A_PAGE, OPEN_A_PAGE = 6, 20
NEXT, BACK = "Next", "Back"
EVERY, LOUD, QUIET = "every", "loud", "quiet"
KINDS = tuple(kind for kind in GapKind if kind is not GapKind.WAITING)
ALERTS_OFF = "*You have alerts off:* none of this is sent to you."
NO_SOURCE = "No source has been compared yet. Drop two exports under Messages, or in a channel I am in."
SECOND = ":lower_left_ballpoint_pen: *A second signature is wanted.*"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """A run, and what it changed."""

    at: datetime
    month: Month
    happened: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCard:
    """A home as its person sees it; `filters` is what they look at."""

    queue: tuple[GapCard, ...]
    open: tuple[GapCard, ...]
    unfiltered: int
    filters: Filters
    client: str = ""  # the name of the one client they look at
    sources: tuple[SourceHealth, ...] = ()
    lately: tuple[RunLine, ...] = ()
    is_admin: bool = False
    is_silent: bool = False  # they want no alerts


def empty_home() -> Block:
    """Draw the home of somebody who was a colleague and is a guest by now."""
    return {"type": "home", "blocks": [section("You are a guest here, so I can't show you anything.")]}


def home_view(card: HomeCard, *, state: str) -> Block:
    """Draw a home; `state` comes back with whatever is pressed there."""
    blocks = [
        *queue_blocks(card),
        divider(),
        *open_blocks(card),
        divider(),
        *source_blocks(card),
        *lately_blocks(card),
        *settings_blocks(card),
    ]
    return {"type": "home", "blocks": blocks[:MOST_VIEW_BLOCKS], "private_metadata": state}


def queue_blocks(card: HomeCard) -> Iterator[Block]:
    """Show what waits for the person, with all that can be decided."""
    mine = card.queue
    yield header("Your queue")
    if card.is_silent:
        yield section(ALERTS_OFF, button("Change that…", f"{names.OPEN_HOURS}.{MINE}", MINE))
    if not mine:
        yield section(f"*Nothing waits for you.*{' What is open for others is below.' if card.open else ''}")
        return
    yield section(f"*{counted(len(mine), 'gap')} to decide: {totals([one.gap for one in mine])}*")
    shown, turns = page_of(mine, card.filters.mine, MINE_A_PAGE, "mine")
    for place, one in enumerate(shown):
        if place:
            yield divider()
        second = f"{SECOND} {decided_line(one.decided)}\n" if one.decided else ""
        yield section(f"{second}{first_line(one.gap)}\n{planned(one.gap)} · {numbers(one.gap)}")
        yield context(" · ".join([*facts(one), sureness(one.gap)]))
        yield left_to_choose(one, one.decided) if one.decided else decisions(one)
    yield from turns


def open_blocks(card: HomeCard) -> Iterator[Block]:
    """Show the gaps of everybody, as far as they pass the filters."""
    yield header("All open gaps")
    found = [one.gap for one in card.open]
    of_all = f" of {card.unfiltered:,}" if len(found) < card.unfiltered else ""
    sums = f": {totals(found)}" if found else ""
    yield section(f"*{counted(len(found), 'gap')}{of_all}{sums}*" if found or of_all else "Nothing is open.")
    if card.sources:
        yield actions(*filter_elements(card))
    shown, turns = page_of(card.open, card.filters.page, OPEN_A_PAGE, "open")
    for one in shown:
        yield section(open_line(one), button("Show…" if one.decided else "Decide…", names.OPEN_GAP, one.id))
    yield from turns


def open_line(card: GapCard) -> str:
    """Say one gap in two short lines."""
    gap, age = card.gap, counted(card.days_open, "day") if card.days_open else "new"
    quiet = " · kept quiet" if gap.is_suppressed else ""
    signed = f" · {half_signed(card.decided)}" if card.decided else ""
    return f"{first_line(gap)}\n{planned(gap)} · {gap.kind} · {age}{quiet}{signed}"


def half_signed(decided: Decided) -> str:
    """Say by whom a gap is signed that waits for another: `approval signed by Dana, waits for a second signature`."""
    what = "approval" if decided.verdict is Verdict.APPROVED else "dismissal"
    return f"{what} signed by {decided.by.plain}, waits for a second signature"


def first_line(gap: Gap) -> str:
    """Say how much it is and whose: `*$44.00 a month not billed* · Acme`."""
    return f"*{capital(worth(gap))} {leaks(gap)}* · {said(gap.client)}"


def filter_elements(card: HomeCard) -> Iterator[Block]:
    """Offer to see fewer, or more."""
    yield client_filter(card)
    kinds = [option("Every kind", EVERY), *(option(kind.value.capitalize(), kind.value) for kind in KINDS)]
    chosen = next((one for one in kinds if card.filters.kind and one["value"] == card.filters.kind), kinds[0])
    yield select("Kind", names.HOME_KIND, kinds, initial=chosen)
    yield people_select("Owner", names.HOME_OWNER, initial=card.filters.owner)
    limits = [option("Over the threshold", LOUD), option("Quiet ones too", QUIET)]
    yield select("Threshold", names.HOME_QUIET, limits, initial=limits[card.filters.quiet])
    if not is_plain(card.filters):
        yield button("Show everything", names.HOME_CLEAR, EVERY)


def client_filter(card: HomeCard) -> Block:
    """Offer the clients, found by typing."""
    searched = search_field("Client", names.HOME_CLIENT)
    if not card.filters.client:
        return searched
    return searched | {"initial_option": option(card.client or card.filters.client, card.filters.client)}


def is_plain(filters: Filters) -> bool:
    """Tell whether nothing is filtered."""
    return replace(filters, page=0, mine=0) == Filters()


def page_of(cards: Sequence[GapCard], page: int, size: int, which: str) -> tuple[Sequence[GapCard], list[Block]]:
    """Take a page of many, and offer the pages beside it; a page that is no more is the last one."""
    pages = max(1, -(-len(cards) // size))
    page = min(page, pages - 1)
    shown = cards[page * size : (page + 1) * size]
    if pages == 1:
        return shown, []
    turns = [(BACK, page - 1)] if page else []
    turns += [(NEXT, page + 1)] if page + 1 < pages else []
    buttons = [button(words, f"{names.HOME_PAGE}.{which}.{to}", f"{which}|{to}") for words, to in turns]
    where = f"{page * size + 1:,} to {page * size + len(shown):,} of {len(cards):,}"
    return shown, [context(where), actions(*buttons)]


def source_blocks(card: HomeCard) -> Iterator[Block]:
    """Say how the sources do."""
    yield header("Sources")
    yield section("\n".join(source_lines(card.sources)) or NO_SOURCE)


def lately_blocks(card: HomeCard) -> Iterator[Block]:
    """Say what was done lately."""
    if card.lately:
        yield header("Lately")
        yield section(
            "\n".join(f"• {moment(one.at)}: {one.month.name} compared, {one.happened}" for one in card.lately)
        )


def settings_blocks(card: HomeCard) -> Iterator[Block]:
    """Offer the settings that the person may change, and what anybody may try."""
    yield header("Settings")
    yield section(settings_words(is_admin=card.is_admin))
    yield settings_buttons(is_admin=card.is_admin)
