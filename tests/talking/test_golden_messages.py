"""Every message and modal as it was last looked at; `pytest --golden-update` accepts what it has become."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View
from talking import examples
from talking.examples import HOMES, MONTH, UNDER
from talking.examples_of_rhythm import RHYTHM_MESSAGES, RHYTHM_MODALS

from bot.sandbox import Sandbox, Screen
from bot.slack.messages import Rendering
from bot.slack.views.why import card_from_document, card_of
from recon import explain_gap, read_document, write_document

Json = dict[str, Any]

MESSAGES = {**examples.MESSAGES, **RHYTHM_MESSAGES}
MODALS = {**examples.MODALS, **RHYTHM_MODALS}
GOLDEN = Path(__file__).parent.parent / "golden"
BILLING = "C0BILLING01"


@pytest.fixture
def accepts(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--golden-update"))


def compare(name: str, made: Json, *, accepts: bool) -> None:
    """Hold something against its golden file."""
    path = GOLDEN / f"{name}.json"
    written = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if accepts:
        path.write_text(written, encoding="utf-8")
    assert path.exists(), f"{path.name} is new: look at it, then run pytest --golden-update"
    assert written == path.read_text(encoding="utf-8")


def validated(blocks: list[Json]) -> list[Json]:
    """Put blocks through the SDK's own validators."""
    parsed = [SdkBlock.parse(block) for block in blocks]
    return [block.to_dict() for block in parsed if block is not None]


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_the_one_that_was_looked_at(name: str, accepts: bool) -> None:  # noqa: FBT001 - a fixture
    said = MESSAGES[name]

    made = {
        "blocks": said.rendered(Rendering.RICH),
        "simple": said.rendered(Rendering.SIMPLE),
        "text": said.words(Rendering.TEXT),
    }

    compare(name, made, accepts=accepts)


@pytest.mark.parametrize("name", MODALS)
def test_a_modal_is_the_one_that_was_looked_at(name: str, accepts: bool) -> None:  # noqa: FBT001 - a fixture
    compare(name, MODALS[name], accepts=accepts)


@pytest.mark.parametrize("rendering", [Rendering.RICH, Rendering.SIMPLE])
@pytest.mark.parametrize("name", MESSAGES)
def test_the_sdk_takes_a_message_for_what_slack_takes(name: str, rendering: Rendering) -> None:
    blocks = MESSAGES[name].rendered(rendering)

    assert [block["type"] for block in validated(blocks)] == [block["type"] for block in blocks]


@pytest.mark.parametrize("name", MESSAGES)
def test_slack_takes_a_message_in_all_its_renderings(name: str, client: WebClient) -> None:
    for rendering in Rendering:
        said = MESSAGES[name]

        sent = client.chat_postMessage(
            channel=BILLING, text=said.words(rendering), blocks=said.rendered(rendering), metadata=None
        )

        assert sent["ok"]


@pytest.mark.parametrize("name", HOMES)
def test_a_home_is_the_one_that_was_looked_at(name: str, accepts: bool) -> None:  # noqa: FBT001 - a fixture
    compare(name, HOMES[name], accepts=accepts)


@pytest.mark.parametrize("name", HOMES)
def test_slack_and_the_sdk_take_a_home(name: str, client: WebClient, slack: Sandbox) -> None:
    view = HOMES[name]

    assert client.views_publish(user_id=slack.person("dana").id, view=view)["ok"]
    assert [block["type"] for block in validated(view["blocks"])] == [block["type"] for block in view["blocks"]]
    assert len(view["blocks"]) <= 100


@pytest.mark.parametrize("name", MODALS)
def test_slack_opens_a_modal(name: str, opens: Callable[[Json], Screen]) -> None:
    view = View(**MODALS[name])
    view.validate_json()

    assert opens(MODALS[name]).title == MODALS[name]["title"]["text"]


@pytest.mark.parametrize("name", MESSAGES)
def test_a_notification_says_it_all_in_few_words(name: str) -> None:
    text = MESSAGES[name].text

    assert 10 < len(text) <= 1000
    assert "*" not in text
    assert "<!date" not in text


def test_each_golden_file_is_of_a_message_that_exists() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == {*MESSAGES, *MODALS, *HOMES}


def test_people_are_called_on_only_where_they_must_act_or_something_was_done_in_their_name() -> None:
    calling = {name for name, said in MESSAGES.items() if "<@" in said.text or "<!" in said.text}

    assert calling == {
        "client_alert",
        "files_wanted",
        "nudge",
        "owner_asked",
        "turn_grown",
        "turn_not_fixed",
        "turn_reopened",
        "turn_woke",
        "wish_done",
        "wish_not_done",
    }


def test_a_person_reads_the_same_in_the_channel(slack: Sandbox, client: WebClient) -> None:
    said = MESSAGES["gap_open"]

    client.chat_postMessage(channel=BILLING, text=said.text, blocks=said.rendered(Rendering.RICH))

    seen = slack.person("dana").sees("billing")[-1]
    assert seen.buttons == ["Approve", "Dismiss…", "Same as…", "Snooze…", "Assign…", "Why?"]
    assert "$44.00 a month not billed" in seen.words


def test_an_explanation_that_was_kept_reads_like_one_just_made() -> None:
    kept = next(gap for gap in read_document(write_document(MONTH))["gaps"] if gap["id"] == UNDER.id)

    assert card_from_document(kept, about="case-1") == card_of(explain_gap(MONTH, UNDER.id), about="case-1")
