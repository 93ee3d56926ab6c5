"""Posting on good days and bad ones: what came of it is never in doubt, or said to be."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import RemoteDisconnected

import pytest
from slack_sdk.errors import SlackRequestError
from talking.examples import MESSAGES

from bot.sandbox import Person, Sandbox
from bot.services.failures import AskForAccess, TryLater, Unclear, Unreachable
from bot.slack.blocks import Block, context, section
from bot.slack.messages import Message, Rendering
from bot.slack.messenger import Messenger, Posted, posting_client
from bot.slack.refusals import Disconnected, NoPlace, Vanished, failure_of, wait_of

BILLING = "C0BILLING01"
GAP = MESSAGES["gap_open"]


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def messenger(slack: Sandbox) -> Messenger:
    client = posting_client(slack.bot_token, slack.base_url)
    client.timeout = 1
    return Messenger(client)


@pytest.fixture
def dana(slack: Sandbox) -> Person:
    return slack.person("dana")


def long_ago(slack: Sandbox) -> datetime:
    """Give the sandbox's own time, as a moment."""
    return datetime.fromtimestamp(slack.now(), UTC)


def test_a_message_is_posted_with_its_key_and_found_by_it(slack: Sandbox, messenger: Messenger, dana: Person) -> None:
    posted = messenger.post(BILLING, GAP, key="alert:1")

    assert posted == Posted(BILLING, dana.sees("billing")[-1].ts)
    assert messenger.find(BILLING, "alert:1", since=long_ago(slack)) == posted
    assert messenger.find(BILLING, "alert:2", since=long_ago(slack)) is None
    assert messenger.find(BILLING, "alert:1", since=long_ago(slack) + timedelta(hours=1)) is None


def test_a_reply_is_found_in_its_thread(slack: Sandbox, messenger: Messenger, dana: Person) -> None:
    parent = messenger.post(BILLING, MESSAGES["client_alert"], key="client:1")
    reply = messenger.post(BILLING, GAP, key="alert:1", thread=parent.ts)

    assert [one.ts for one in dana.sees("billing", dana.sees("billing")[-1])] == [parent.ts, reply.ts]
    assert messenger.find(BILLING, "alert:1", since=long_ago(slack), thread=parent.ts) == reply
    assert messenger.find(BILLING, "alert:1", since=long_ago(slack)) is None


def test_a_find_looks_through_many_pages(slack: Sandbox, messenger: Messenger) -> None:
    first = messenger.post(BILLING, GAP, key="alert:1")
    for number in range(220):
        messenger.post(BILLING, Message(f"{number}"), key=f"other:{number}")

    assert messenger.find(BILLING, "alert:1", since=long_ago(slack) - timedelta(hours=1)) == first


@pytest.mark.parametrize("how", ["dropped", "hangs", "status", "refused"])
@pytest.mark.parametrize("done", [True, False])
def test_an_answer_that_is_lost_is_unclear_and_looking_clears_it(
    slack: Sandbox, messenger: Messenger, dana: Person, how: str, *, done: bool
) -> None:
    slack.breaks("chat.postMessage", how, done=done, seconds=3, error="fatal_error")  # type: ignore[arg-type] # each is one

    with pytest.raises(Unclear):
        messenger.post(BILLING, GAP, key="alert:1")

    found = messenger.find(BILLING, "alert:1", since=long_ago(slack))
    assert (found is not None) is done
    assert len(dana.sees("billing")) == int(done)


def test_slack_asking_for_patience_is_told_with_its_seconds(slack: Sandbox, messenger: Messenger, dana: Person) -> None:
    slack.breaks("chat.postMessage", "ratelimited", retry_after=7)

    with pytest.raises(TryLater) as later:
        messenger.post(BILLING, GAP, key="alert:1")

    assert later.value.after == timedelta(seconds=7)
    assert dana.sees("billing") == []
    assert wait_of({}) > timedelta(seconds=30)
    assert wait_of({"retry-after": "0"}) == timedelta(seconds=1)


def test_a_slack_that_is_not_there_is_certainly_not_told(slack: Sandbox) -> None:
    nowhere = Messenger(posting_client(slack.bot_token, "http://127.0.0.1:9/api/"))

    with pytest.raises(TryLater, match="can't reach"):
        nowhere.post(BILLING, GAP, key="alert:1")


@pytest.mark.parametrize(
    ("blocks", "rendering"),
    [
        ((section("*fine*"), {"type": "hologram"}), Rendering.SIMPLE),
        ((*[context("small")] * 60, section("x")), Rendering.SIMPLE),
        (({"type": "actions", "elements": [{"type": "button", "text": {"type": "x", "text": "Go"},
                                            "action_id": "go", "value": "1"}]},), Rendering.TEXT),
    ],
)  # fmt: skip
def test_blocks_that_slack_refuses_fall_down_until_it_takes_them(
    messenger: Messenger, dana: Person, blocks: tuple[Block, ...], rendering: Rendering
) -> None:
    posted = messenger.post(BILLING, Message("$44.00 a month not billed", blocks), key="alert:1")

    assert posted.rendering is rendering
    assert "invalid_blocks" in posted.complaints[0]
    assert "$44.00 a month not billed" in dana.sees("billing")[-1].text


def test_what_slack_takes_in_no_form_is_refused_with_its_complaints(slack: Sandbox, messenger: Messenger) -> None:
    slack.breaks("chat.postMessage", "refused", error="msg_blocks_too_long", times=3)

    with pytest.raises(Unreachable, match=r"in no form.*rich: msg_blocks_too_long"):
        messenger.post(BILLING, GAP, key="alert:1")


def test_words_alone_say_how_to_do_without_buttons(slack: Sandbox, messenger: Messenger, dana: Person) -> None:
    slack.breaks("chat.postMessage", "refused", error="invalid_blocks", times=2)

    messenger.post(BILLING, GAP, key="alert:1")

    seen = dana.sees("billing")[-1]
    assert seen.blocks == []
    assert "Reply `help`" in seen.text


def test_a_message_is_edited_and_an_edit_may_be_tried_again(slack: Sandbox, messenger: Messenger, dana: Person) -> None:
    posted = messenger.post(BILLING, GAP, key="alert:1")
    slack.breaks("chat.update", "dropped", done=True)

    with pytest.raises(TryLater):
        messenger.edit(posted, MESSAGES["gap_approved"])
    again = messenger.edit(posted, MESSAGES["gap_approved"])

    seen = dana.sees("billing")[-1]
    assert again.ts == posted.ts == seen.ts
    assert seen.buttons == ["Undo", "Why?"]
    assert messenger.find(BILLING, "alert:1", since=long_ago(slack)) == posted


def test_an_edit_falls_down_too_and_takes_the_old_blocks_away(
    slack: Sandbox, messenger: Messenger, dana: Person
) -> None:
    posted = messenger.post(BILLING, GAP, key="alert:1")
    slack.breaks("chat.update", "refused", error="invalid_blocks", times=2)

    assert messenger.edit(posted, MESSAGES["gap_approved"]).rendering is Rendering.TEXT
    assert dana.sees("billing")[-1].blocks == []


def test_a_message_that_is_gone_is_vanished(messenger: Messenger) -> None:
    with pytest.raises(Vanished):
        messenger.edit(Posted(BILLING, "1.0"), GAP)
    with pytest.raises(Vanished):
        messenger.post(BILLING, GAP, key="alert:1", thread="1.0")


def test_only_one_person_reads_a_whisper(slack: Sandbox, messenger: Messenger, dana: Person) -> None:
    messenger.whisper(BILLING, dana.id, MESSAGES["already_decided"])

    assert dana.sees("billing")[-1].is_ephemeral
    assert slack.person("jo").sees("billing") == []


def test_a_file_is_attached_to_a_thread(messenger: Messenger, dana: Person) -> None:
    posted = messenger.post(BILLING, MESSAGES["result"], key="result:1")

    file = messenger.attach(BILLING, "october.xlsx", b"PK...", title="October 2026", thread=posted.ts)

    thread = dana.sees("billing", dana.sees("billing")[-1])
    assert thread[-1].files[0]["id"] == file
    assert dana.reads_file(file) == b"PK..."


def test_direct_messages_reach_those_who_are_still_here(slack: Sandbox, messenger: Messenger, dana: Person) -> None:
    place = messenger.direct(dana.id)
    posted = messenger.post(place, GAP, key="alert:1")

    assert messenger.find(place, "alert:1", since=long_ago(slack)) == posted
    assert "/archives/" in messenger.link(posted)
    slack.deactivates("dana")
    with pytest.raises(NoPlace, match="has left"):
        messenger.direct(dana.id)
    with pytest.raises(NoPlace, match="no such person"):
        messenger.direct("U0NOBODY000")


def test_a_channel_that_is_closed_or_unknown_is_told_as_it_is(slack: Sandbox, messenger: Messenger) -> None:
    slack.archives("billing", by="dana")
    private = slack.new_channel("secret", by="dana", private=True)
    public = slack.new_channel("elsewhere", by="dana")

    for channel, words in ((BILLING, "archived"), (private, "can't see"), (public, "Invite me")):
        with pytest.raises(NoPlace, match=words):
            messenger.post(channel, GAP, key="alert:1")


def test_a_revoked_token_and_a_missing_scope_ask_for_access(slack: Sandbox, messenger: Messenger) -> None:
    slack.grants(["users:read"])
    with pytest.raises(AskForAccess, match="chat:write") as lacking:
        messenger.post(BILLING, GAP, key="alert:1")
    assert not isinstance(lacking.value, Disconnected)

    slack.revokes()
    with pytest.raises(Disconnected, match="Install the app again"):
        messenger.post(BILLING, GAP, key="alert:1")


def test_whatever_else_slack_says_is_passed_on(slack: Sandbox, messenger: Messenger) -> None:
    slack.breaks("chat.postMessage", "refused", error="as_you_like_it")
    slack.breaks("chat.postMessage", "refused", error="access_denied")

    with pytest.raises(Unreachable, match="as_you_like_it"):
        messenger.post(BILLING, GAP, key="alert:1")
    with pytest.raises(AskForAccess, match="access_denied"):
        messenger.post(BILLING, GAP, key="alert:1")


@pytest.mark.parametrize("error", ["team_added_to_org", "org_login_required", "request_timeout"])
def test_what_passes_is_waited_for(slack: Sandbox, messenger: Messenger, error: str) -> None:
    slack.breaks("chat.postMessage", "refused", error=error)

    with pytest.raises(TryLater, match="Slack"):
        messenger.post(BILLING, GAP, key="alert:1")


def test_a_file_that_slack_does_not_take_is_told_of(slack: Sandbox, messenger: Messenger) -> None:
    slack.breaks("files.getUploadURLExternal", "refused", error="as_you_like_it")

    with pytest.raises(Unreachable, match="as_you_like_it"):
        messenger.attach(BILLING, "fixes.csv", b"x", title="Fixes")


@pytest.mark.parametrize(
    "flaw", [TimeoutError(), RemoteDisconnected("closed"), ConnectionResetError(), SlackRequestError("x")]
)
def test_a_lost_connection_leaves_it_unclear(flaw: Exception) -> None:
    assert isinstance(failure_of(flaw), Unclear)


def test_renderings_fall_from_rich_to_words() -> None:
    plain = replace(GAP, blocks=())

    assert [len(GAP.rendered(one)) > 0 for one in Rendering] == [True, True, False]
    assert plain.words(Rendering.TEXT) == GAP.text


def test_an_answer_to_an_address_that_is_not_there_is_certainly_not_told(messenger: Messenger) -> None:
    with pytest.raises(TryLater, match="can't reach"):
        messenger.answer("http://127.0.0.1:9/answer", GAP)


def hang_up(server: socket.socket) -> None:
    caller, _ = server.accept()
    caller.close()


def test_an_answer_to_an_address_that_hangs_up_may_have_arrived(messenger: Messenger) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=hang_up, args=(server,), daemon=True).start()

        with pytest.raises(Unclear):
            messenger.answer(f"http://127.0.0.1:{server.getsockname()[1]}/answer", GAP)
