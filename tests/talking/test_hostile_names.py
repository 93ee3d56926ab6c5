"""Whatever stands in a file, a message stays a message: nobody is called, nothing is linked, no limit is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block as SdkBlock
from talking import examples as eg

from bot.sandbox.blocks.surfaces import refuse_message, refuse_view
from bot.services.runs import ClientTotal
from bot.services.shares import Heading
from bot.slack.blocks import Block, actions, button, option, section
from bot.slack.messages import MOST_BLOCKS, MOST_TEXT, Message, Rendering, count_text, message
from bot.slack.modals.behind import BehindCard, Part, behind_list
from bot.slack.modals.dismiss import dismiss_form
from bot.slack.modals.same import offer, same_form
from bot.slack.texts import clean, cut, said, shorten
from bot.slack.views import reading, why
from bot.slack.views.client import ClientCard, client_alert
from bot.slack.views.decisions import Standing, decision_list
from bot.slack.views.failures import shown_modal, stopped
from bot.slack.views.fixes import fix_list
from bot.slack.views.gap import gap_message
from bot.slack.views.gaps import gap_list, no_such_client
from bot.slack.views.help import command_help, not_understood
from bot.slack.views.history import HistoryCard, history_message
from bot.slack.views.home import home_view
from bot.slack.views.names import ask_name
from bot.slack.views.owners import Imported, OwnerRow, ask_owner, owner_list, owners_imported
from bot.slack.views.questions import ask, digest, find_answer, key_of
from bot.slack.views.result import run_result
from bot.slack.views.scorecard import scorecard_message
from bot.slack.views.settings import settings_set
from bot.slack.views.status import StatusCard, status_message
from bot.slack.views.thresholds import threshold_list
from bot.slack.views.turns import grown
from bot.slack.views.weekly import Oldest, week_message
from bot.slack.wording import Who
from recon import Candidate, Kind, Problem, explain_gap

HOSTILE = [
    "x" * 5000,
    "&" * 5000,
    "<!channel>",
    "<!here|here> <@U0DANA0001> <#C0BILLING01>",
    "<https://evil.example|Pay here>",
    "https://evil.example/pay",
    "Smith & Sons <b>",
    "*bold* _italic_ ~gone~ `code` ```block```",
    ":rotating_light::fire:",
    "> quoted\n\n*next line*\r\n\tthird",
    "\u202eevil\u202c \u05d0\u05d1\u05d2 \u0627\u0644\u0639",
    "\x00\x07\u200b\ufeff",
    "\ud800 half a sign",
    "👩‍👩‍👧‍👦 Family Ltd",
    "   ",
    "",
]
MARKUP = re.compile(r"<(?!@U0DANA0001>|!date\^)")


def messages_about(name: str) -> Iterator[Message]:
    """Put a name wherever a file's words may stand."""
    gap = replace(
        eg.UNDER,
        client=name,
        product=name,
        plan=name,
        sentence=name,
        arithmetic=(name,) * 30,
        reasons=(name,) * 9,
        exact=False,
        estimated_because=name,
    )
    card = replace(eg.OPEN, gap=gap, assigned=Who("U0SAM00001", name))
    decided = replace(eg.DISMISSED, note=name, by=Who("U0SAM00001", name))
    candidates = tuple(Candidate(f"{name}{n}", name, 0.5, (name,) * 5) for n in range(120))
    question = replace(eg.CLIENT, about=name, sentence=name, candidates=candidates)
    explained = explain_gap(eg.MONTH, eg.UNDER.id)
    rows = tuple(replace(row, cells=((name, name),) * 40, source=name) for row in explained.evidence) * 50
    path = replace(explained.client, bought=name, billed=name + "!", reasons=(name,) * 9)
    told = replace(explained, gap=gap, evidence=rows, client=path, settled_by=name)
    problems = (Problem(3, name, name, name),) * 200
    yield from (gap_message(card), gap_message(replace(card, decided=decided)), grown(card, "$22.00", eg.DANA))
    yield gap_message(replace(card, decided=decided, closed=eg.FIXED))
    yield gap_message(replace(card, decided=replace(eg.SAME, names=(name, name))))
    yield gap_message(replace(card, decided=replace(eg.APPROVED, todo=name), asks_first=True))
    yield client_alert(ClientCard(client=name, gaps=(gap,) * 3000, asks=eg.DANA, month=eg.OCTOBER))
    yield gap_list([replace(card, id=f"{n:032}") for n in range(3000)], clients=(name,) * 30)
    yield no_such_client(name, (name,) * 3)
    clients = tuple(ClientTotal(f"{name}{n}", 9, eg.RUN.under, eg.RUN.over) for n in range(3000))
    yield run_result(replace(eg.RUN, clients=clients, missing=(name,) * 40, causes=(name,) * 40))
    yield from (ask_name(question), ask(replace(eg.MANY_COLUMNS, candidates=candidates), about="file-1"))
    yield why.why_message(why.card_of(told, about="case-1"))
    yield decision_list([Standing(str(n), decided, name, name) for n in range(3000)])
    yield fix_list([(replace(eg.SWAP, client=name, product=name, lines=name, todo=name), gap)] * 3000)
    yield threshold_list(eg.LIMIT, [(name, eg.LIMIT)] * 3000)
    yield owner_list([OwnerRow(name, Who("U1", name), None)] * 3000)
    yield owners_imported(Imported(3, (name,) * 99, (name,) * 99, (name,) * 99))
    yield ask_owner(name, asks=eg.DANA, about="client-1")
    yield history_message(HistoryCard(name, name, eg.POINTS * 50))
    read = replace(eg.READ, name=name, source=name, problems=problems, unreadable=200, missing=(name,) * 3)
    yield reading.file_read(replace(read, replaces=(name,) * 9, beside=(name,) * 9))
    sources = (replace(eg.SOURCES[0], name=name),) * 300
    yield status_message(StatusCard(month=None, waiting=(name,) * 99, sources=sources))
    yield from (stopped(name), command_help(name), not_understood(name))
    aged = replace(eg.WEEK, oldest=Oldest(gap, 3), cause=name, ages=(3,) * 3000)
    yield week_message(replace(aged, sources=(replace(eg.WEEK.sources[0], name=name),) * 300))
    yield scorecard_message(replace(eg.SCORES, waiting=(gap,) * 3000))
    yield settings_set({"currency": ("", said(name, 60))}, Who("U1", name))


def views_about(name: str) -> Iterator[Block]:
    """Put a name wherever a file's words may stand in a home or a list."""
    gap = replace(eg.UNDER, client=name, product=name, plan=name, exact=False, estimated_because=name)
    cards = tuple(replace(eg.OPEN, id=f"{n:032}", gap=gap, assigned=Who("U0SAM00001", name)) for n in range(3000))
    home = replace(eg.HOME, queue=cards, open=cards, unfiltered=3000, client=name, filters=eg.NARROW)
    yield home_view(replace(home, sources=(replace(eg.WEEK.sources[0], name=name),) * 300), state="{}")
    parts = tuple(Part(card.id, card.gap, card.gap.monthly) for card in cards)
    yield behind_list(BehindCard(monday=eg.WEEK.monday, heading=Heading.OPEN, parts=parts, page=3))
    yield shown_modal(name, stopped(name))


def words_of(part: object) -> Iterator[str]:
    """Walk through the markup of blocks; plain text can do nothing."""
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part["text"]
        for inner in part.values():
            yield from words_of(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from words_of(inner)


def assert_fits(one: Message) -> None:
    """Hold a message to Slack's limits and to harmlessness, in all renderings."""
    for rendering in Rendering:
        blocks = one.rendered(rendering)
        assert len(blocks) <= MOST_BLOCKS
        assert count_text(blocks) <= MOST_TEXT
        assert refuse_message(blocks) is None, refuse_message(blocks)
        for block in blocks:
            parsed = SdkBlock.parse(block)
            assert parsed is not None
            parsed.validate_json()
        assert 0 < len(one.words(rendering)) <= 4000
        assert all(MARKUP.search(text) is None for text in (one.words(rendering), *words_of(blocks)))
        one.words(rendering).encode()


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_breaks_a_message(name: str, client: WebClient) -> None:
    for one in messages_about(name):
        assert_fits(one)
        sent = client.chat_postMessage(channel="C0BILLING01", text=one.text, blocks=one.rendered(Rendering.RICH))
        assert sent["ok"]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_breaks_a_home_or_a_list(name: str) -> None:
    for view in views_about(name):
        assert refuse_view(view, kinds=("modal", "home")) is None, refuse_view(view, kinds=("modal", "home"))
        assert all(MARKUP.search(text) is None for text in words_of(view))


@given(st.text(max_size=300))
def test_no_text_at_all_breaks_a_gap_or_a_question(name: str) -> None:
    card = replace(eg.OPEN, gap=replace(eg.UNDER, client=name, product=name, plan=name))
    question = replace(eg.CLIENT, sentence=name, candidates=(Candidate(name, name, 1.0, (name,)),))

    for one in (gap_message(card), ask_name(question)):
        assert_fits(one)
    assert refuse_view(dismiss_form(card)) is None
    assert refuse_view(same_form(card, {Kind.CLIENT: question.candidates})) is None


@given(st.text(max_size=200))
def test_words_from_a_file_are_one_harmless_line(text: str) -> None:
    words = said(text)

    assert words
    assert "\n" not in words
    assert not set("<>*`~") & set(words)
    assert clean(clean(text)) == clean(text)
    assert len(clean(shorten(text, 20))) <= 20


@given(st.text(alphabet="a&<>;|!https ", max_size=60), st.integers(2, 60))
def test_a_cut_never_halves_a_link_or_an_escaped_sign(text: str, most: int) -> None:
    escaped = said(text, 200)

    short = cut(f"{escaped} <@U0DANA0001>", most)

    assert len(short) <= most
    assert re.search(r"&(?!amp;|lt;|gt;)", short) is None
    assert re.search(r"<(?!@U0DANA0001>)", short) is None


@given(st.lists(st.text("ab", min_size=1, max_size=4000), max_size=120), st.integers(0, 3))
def test_what_is_too_long_is_left_out_but_never_its_buttons(texts: list[str], rows: int) -> None:
    row: list[Block] = [actions(button(f"Go {n}", f"go.{n}", "1")) for n in range(rows)]

    one = message("words", *map(section, texts), *row)

    assert_fits(one)
    assert sum(block["type"] == "actions" for block in one.blocks) == rows


def test_a_name_keeps_what_it_needs_to_be_read() -> None:
    assert said("Smith & Sons") == "Smith &amp; Sons"
    assert said("M365_BUS_PREM") == "M365_BUS_PREM"
    assert said("👩‍👩‍👧‍👦 Family") == "👩‍👩‍👧‍👦 Family"
    assert said("12:30:45 Ltd") == "12∶30:45 Ltd"
    assert said("مرحبا") == "\u2068مرحبا\u2069"
    assert said("\u200b") == "(no name)"


def test_a_value_that_is_too_long_is_a_fault_of_ours_and_is_not_cut() -> None:
    with pytest.raises(ValueError, match="can't be sent"):
        button("Go", "go", "x" * 2001)
    with pytest.raises(ValueError, match="can't be sent"):
        option("One", "x" * 151)


def test_an_answer_is_found_again_whatever_it_is_called() -> None:
    odd = [Candidate("x" * 5000, "A"), Candidate("\ud800", "B"), Candidate("x/y", "C")]
    question = replace(eg.COLUMN, candidates=tuple(odd))

    for one in odd:
        assert find_answer(question, key_of(question, "file-1", one)) is one
    assert find_answer(question, "file-1/other/000000000000") is None


def test_a_search_offers_what_fits_best_first_and_never_too_many() -> None:
    many = tuple(Candidate(f"Wayne {n}", f"Wayne {n}", 1 / (n + 1), ("same",)) for n in range(300))
    candidates = {Kind.CLIENT: many, Kind.PRODUCT: (Candidate("Visio", "Visio"), Candidate("Visio", "Visio"))}

    everything, some, nothing = (offer(candidates, typed) for typed in ("", "WAYNE 29", "zorg"))

    assert [len(group["options"]) for group in everything["option_groups"]] == [100, 1]
    assert [one["text"]["text"] for one in some["option_groups"][0]["options"]][:2] == ["Wayne 29", "Wayne 129"]
    assert nothing == {"options": []}
    assert some["option_groups"][0]["options"][0]["value"] == f"client/{digest(many[29])}"
