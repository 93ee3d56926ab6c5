"""The Web API as the real SDK calls it: messages, threads, channels, people, files, views."""

import json
from typing import Any

import pytest
from sandbox.kit import actions, button, modal, section, text
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Person, Sandbox

Json = dict[str, Any]

BILLING, GENERAL, FINANCE = "C0BILLING01", "C0GENERAL01", "C0FINANCE01"
JO = "U0JO0000001"


def refusal(client: WebClient, method: str, **given: object) -> str:
    """Call a method that must be refused, and read why."""
    with pytest.raises(SlackApiError) as refused:
        client.api_call(method, json=given)
    return str(refused.value.response["error"])


def test_a_message_is_handed_back_with_what_slack_adds(client: WebClient, slack: Sandbox, jo: Person) -> None:
    metadata = {"event_type": "gap", "event_payload": {"id": "g1"}}
    blocks = [section("*Acme*"), actions({"type": "button", "text": text("Go", "plain_text")})]

    said = client.chat_postMessage(channel=BILLING, text="Acme", blocks=blocks, metadata=metadata)

    message = said["message"]
    assert (message["user"], message["text"], message["ts"]) == (slack.bot_user, "Acme", said["ts"])
    assert message["blocks"][0]["text"] == {"type": "mrkdwn", "text": "*Acme*", "verbatim": False}
    assert all(block["block_id"] for block in message["blocks"])
    assert message["blocks"][1]["elements"][0]["action_id"]
    assert jo.sees("billing")[-1].body["metadata"] == metadata


def test_a_message_without_words_says_so(client: WebClient, jo: Person) -> None:
    client.api_call("chat.postMessage", json={"channel": BILLING, "blocks": [section("seen")]})

    assert jo.sees("billing")[-1].text == "This content can't be displayed."


def test_a_long_text_is_cut_with_a_warning(client: WebClient, jo: Person) -> None:
    said = client.chat_postMessage(channel=BILLING, text="x" * 40_001)

    assert said["warning"] == "message_truncated"
    assert len(jo.sees("billing")[-1].text) == 40_000


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"channel": "C0NOWHERE00", "text": "x"}, "channel_not_found"),
        ({"channel": FINANCE, "text": "x"}, "channel_not_found"),
        ({"channel": GENERAL, "text": "x"}, "not_in_channel"),
        ({"channel": BILLING}, "no_text"),
        ({"text": "x"}, "channel_not_found"),
        ({"channel": BILLING, "blocks": "{no json"}, "invalid_blocks_format"),
        ({"channel": BILLING, "text": "x", "thread_ts": "1.1"}, "cannot_reply_to_message"),
        ({"channel": BILLING, "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"channel": BILLING, "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"channel": BILLING, "text": "x", "metadata": {"event_type": "g"}}, "invalid_metadata_schema"),
        ({"channel": BILLING, "text": "x", "metadata": "nonsense"}, "invalid_metadata_format"),
        ({"channel": BILLING, "text": "x", "attachments": "{"}, "invalid_attachments"),
        ({"channel": BILLING, "markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"channel": BILLING, "text": "x", "attachments": [{"blocks": [{"type": "gap"}]}]}, "invalid_blocks"),
    ],
)
def test_a_message_is_refused_in_slacks_words(client: WebClient, given: Json, error: str) -> None:
    assert refusal(client, "chat.postMessage", **given) == error


def test_a_refused_block_is_named(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=BILLING, text="x", blocks=[section("x" * 3001)])

    answer = refused.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"][-1] == (
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    )
    assert answer["errors"][-1] == "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"


def test_a_reply_of_a_reply_is_in_the_same_thread_and_not_in_the_channel(client: WebClient, jo: Person) -> None:
    first = client.chat_postMessage(channel=BILLING, text="gap")["ts"]
    reply = client.chat_postMessage(channel=BILLING, text="one", thread_ts=first)["ts"]
    client.chat_postMessage(channel=BILLING, text="two", thread_ts=reply)
    client.chat_postMessage(channel=BILLING, text="three", thread_ts=first, reply_broadcast=True)

    thread = client.conversations_replies(channel=BILLING, ts=first)["messages"]
    assert [one["text"] for one in thread] == ["gap", "one", "two", "three"]
    assert (thread[0]["reply_count"], thread[0]["latest_reply"]) == (3, thread[-1]["ts"])
    assert [one.text for one in jo.sees("billing")] == ["gap", "three"]
    assert [one.text for one in jo.sees("billing", jo.sees("billing")[0])] == ["gap", "one", "two", "three"]


def test_an_update_without_blocks_takes_the_blocks_away(client: WebClient, jo: Person) -> None:
    ts = client.chat_postMessage(channel=BILLING, text="gap", blocks=[actions(button("Go", "go"))])["ts"]

    client.api_call("chat.update", json={"channel": BILLING, "ts": ts, "attachments": []})
    kept = jo.sees("billing")[-1]
    client.chat_update(channel=BILLING, ts=ts, text="done")
    gone = jo.sees("billing")[-1]

    assert kept.buttons == ["Go"]
    assert (gone.text, gone.buttons, gone.ts) == ("done", [], ts)
    assert gone.body["edited"]["user"] == gone.user


def test_only_its_own_messages_may_be_changed_and_only_where_it_is_open(
    client: WebClient, slack: Sandbox, jo: Person
) -> None:
    theirs = jo.says("mine", "billing")
    ts = client.chat_postMessage(channel=BILLING, text="gap")["ts"]

    assert refusal(client, "chat.update", channel=BILLING, ts=theirs.ts, text="x") == "cant_update_message"
    assert refusal(client, "chat.delete", channel=BILLING, ts=theirs.ts) == "cant_delete_message"
    assert refusal(client, "chat.update", channel=BILLING, ts="1.2", text="x") == "message_not_found"
    assert refusal(client, "chat.update", channel=BILLING, ts=ts, text="x" * 4001) == "msg_too_long"
    slack.archives("billing", by="olivia")
    assert refusal(client, "chat.update", channel=BILLING, ts=ts, text="x") == "is_inactive"
    assert refusal(client, "chat.postMessage", channel=BILLING, text="x") == "is_archived"


def test_a_deleted_first_message_leaves_its_thread(client: WebClient, jo: Person) -> None:
    first = client.chat_postMessage(channel=BILLING, text="gap")["ts"]
    client.chat_postMessage(channel=BILLING, text="reply", thread_ts=first)
    alone = client.chat_postMessage(channel=BILLING, text="alone")["ts"]

    client.chat_delete(channel=BILLING, ts=first)
    client.chat_delete(channel=BILLING, ts=alone)

    assert [one.body.get("subtype") for one in jo.sees("billing")] == ["tombstone"]
    assert jo.sees("billing", jo.sees("billing")[0])[-1].text == "reply"


def test_an_ephemeral_message_is_for_one_person(client: WebClient, dana: Person, jo: Person, slack: Sandbox) -> None:
    client.chat_postEphemeral(channel=BILLING, user=JO, text="psst")
    slack.new_person("eve", "Eve Else")

    assert [one.text for one in jo.sees("billing")] == ["psst"]
    assert dana.sees("billing") == []
    assert client.conversations_history(channel=BILLING)["messages"] == []
    eve = slack.person("eve").id
    assert refusal(client, "chat.postEphemeral", channel=BILLING, user=eve, text="x") == "user_not_in_channel"


def test_history_comes_in_pages_newest_first(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel=BILLING, text=str(n))["ts"] for n in range(5)]

    pages = [page["messages"] for page in client.conversations_history(channel=BILLING, limit=2)]
    since = client.conversations_history(channel=BILLING, oldest=stamps[1], latest=stamps[3], inclusive=True)

    assert [[one["text"] for one in page] for page in pages] == [["4", "3"], ["2", "1"], ["0"]]
    assert [one["text"] for one in since["messages"]] == ["3", "2", "1"]
    assert refusal(client, "conversations.history", channel=BILLING, oldest="yesterday") == "invalid_ts_oldest"
    assert refusal(client, "conversations.history", channel=GENERAL) == "not_in_channel"


def test_metadata_is_told_only_if_asked_for(client: WebClient) -> None:
    client.chat_postMessage(channel=BILLING, text="x", metadata={"event_type": "g", "event_payload": {"id": "7"}})

    without = client.conversations_history(channel=BILLING)["messages"][0]
    within = client.conversations_history(channel=BILLING, include_all_metadata=True)["messages"][0]

    assert "metadata" not in without
    assert within["metadata"]["event_payload"] == {"id": "7"}


def test_a_scheduled_message_comes_when_its_time_has_come(client: WebClient, slack: Sandbox, jo: Person) -> None:
    slack.stop_clock()
    soon = int(slack.now()) + 3600
    client.chat_scheduleMessage(channel=BILLING, text="good morning", post_at=soon)
    taken_back = client.chat_scheduleMessage(channel=BILLING, text="never", post_at=soon)
    client.chat_deleteScheduledMessage(channel=BILLING, scheduled_message_id=taken_back["scheduled_message_id"])

    slack.advance(3599)
    assert jo.sees("billing") == []
    slack.advance(7200)
    [said] = jo.sees("billing")
    assert (said.text, int(float(said.ts))) == ("good morning", soon)
    assert refusal(client, "chat.scheduleMessage", channel=BILLING, text="x", post_at=soon) == "time_in_past"
    later = int(slack.now()) + 121 * 24 * 3600
    assert refusal(client, "chat.scheduleMessage", channel=BILLING, text="x", post_at=later) == "time_too_far"


def test_what_is_scheduled_is_listed_to_its_own_workspace(client: WebClient, slack: Sandbox) -> None:
    later = int(slack.now()) + 60
    waiting = client.chat_scheduleMessage(channel=BILLING, text="later", post_at=later)["scheduled_message_id"]
    _, token = slack.new_team("Other IT")
    other = WebClient(token=token, base_url=slack.base_url)

    assert [one["id"] for one in client.chat_scheduledMessages_list()["scheduled_messages"]] == [waiting]
    assert other.chat_scheduledMessages_list()["scheduled_messages"] == []
    refused = refusal(other, "chat.deleteScheduledMessage", channel=BILLING, scheduled_message_id=waiting)
    assert refused == "invalid_scheduled_message_id"


def test_metadata_is_kept_until_an_empty_object_takes_it_away(client: WebClient, jo: Person) -> None:
    metadata = {"event_type": "g", "event_payload": {}}
    ts = client.chat_postMessage(channel=BILLING, text="x", metadata=metadata)["ts"]
    client.chat_update(channel=BILLING, ts=ts, text="y")
    kept = jo.sees("billing")[-1].body
    client.chat_update(channel=BILLING, ts=ts, text="z", metadata={})

    assert kept["metadata"] == metadata
    assert "metadata" not in jo.sees("billing")[-1].body


def test_a_permalink_names_the_message_and_its_thread(client: WebClient) -> None:
    first = client.chat_postMessage(channel=BILLING, text="gap")["ts"]
    reply = client.chat_postMessage(channel=BILLING, text="one", thread_ts=first)["ts"]

    link = client.chat_getPermalink(channel=BILLING, message_ts=reply)["permalink"]

    assert link == (
        f"https://copperline-it.slack.com/archives/{BILLING}/p{reply.replace('.', '')}?thread_ts={first}&cid={BILLING}"
    )


def test_channels_are_those_the_bot_may_know_of(client: WebClient, slack: Sandbox) -> None:
    slack.person("olivia").invites("gapwatch", "finance")
    slack.archives("general", by="olivia")
    kinds = "public_channel,private_channel"

    named = {one["name"]: one for one in client.conversations_list(types=kinds)["channels"]}
    mine = client.users_conversations(types=kinds, exclude_archived=True)["channels"]

    assert {name: one["is_archived"] for name, one in named.items()} == {
        "general": True,
        "billing": False,
        "finance": False,
    }
    assert [one["name"] for one in mine] == ["billing", "finance"]
    assert client.conversations_info(channel=FINANCE)["channel"]["is_private"] is True
    assert JO in client.conversations_members(channel=BILLING)["members"]
    assert refusal(client, "conversations.join", channel=GENERAL) == "is_archived"
    assert slack.person("dana").channels == ["general", "billing"]


def test_direct_messages_are_one_conversation(client: WebClient, slack: Sandbox, jo: Person) -> None:
    opened = client.conversations_open(users=JO)["channel"]["id"]
    posted = client.chat_postMessage(channel=JO, text="hello")["channel"]
    jo.says("hello yourself", "@gapwatch")

    assert opened == posted
    assert [one.text for one in jo.sees("@gapwatch")] == ["hello", "hello yourself"]
    slack.deactivates("jo")
    assert refusal(client, "conversations.open", users=JO) == "user_disabled"
    assert refusal(client, "conversations.open", users="U0NOBODY000") == "user_not_found"
    assert client.chat_postMessage(channel=JO, text="still there?")["ok"]


def test_people_have_a_time_zone_a_language_and_an_end(client: WebClient, slack: Sandbox) -> None:
    finn = client.users_lookupByEmail(email="Finn@copperline.example")["user"]
    described = client.users_info(user=finn["id"], include_locale=True)["user"]
    slack.deactivates("finn")

    assert (described["tz"], described["locale"], described["deleted"]) == ("Europe/Berlin", "de-DE", False)
    assert described["tz_offset"] in (3600, 7200)
    assert client.users_info(user=finn["id"])["user"]["deleted"] is True
    assert "tz" not in client.users_info(user=finn["id"])["user"]
    assert refusal(client, "users.lookupByEmail", email="finn@copperline.example") == "users_not_found"
    assert refusal(client, "users.info", user="U0NOBODY000") == "user_not_found"
    assert {one["name"] for one in client.users_list()["members"]} >= {"dana", "finn", "gapwatch"}


def test_an_app_learns_an_address_only_with_the_scope_for_it(client: WebClient, slack: Sandbox) -> None:
    slack.grants(["users:read", "chat:write"])

    assert "email" not in client.users_info(user=JO)["user"]["profile"]
    with pytest.raises(SlackApiError) as refused:
        client.users_lookupByEmail(email="jo@copperline.example")
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "users:read.email"
    assert refused.value.response["provided"] == "users:read,chat:write"


def test_a_token_may_be_missing_wrong_or_worthless(client: WebClient, slack: Sandbox) -> None:
    def why(token: str) -> str:
        return refusal(WebClient(token=token, base_url=slack.base_url), "auth.test")

    assert (why(""), why("xoxb-made-up"), why(slack.app_token)) == (
        "not_authed",
        "invalid_auth",
        "not_allowed_token_type",
    )
    assert refusal(client, "apps.connections.open") == "not_allowed_token_type"
    assert refusal(client, "gaps.find") == "unknown_method"
    slack.revokes()
    assert refusal(client, "auth.test") == "token_revoked"
    slack.revokes(uninstall=True)
    assert refusal(client, "chat.postMessage", channel=BILLING, text="x") == "account_inactive"


def test_a_view_needs_a_fresh_trigger(client: WebClient, slack: Sandbox) -> None:
    assert refusal(client, "views.open", trigger_id="1.2.abc", view=modal()) == "invalid_trigger_id"
    assert refusal(client, "views.update", view_id="V0", view=modal()) == "not_found"
    assert refusal(client, "views.publish", user_id=JO, view=modal()) == "invalid_arguments"
    home = {"type": "home", "blocks": [section("queue")], "external_id": "home-jo"}
    first = client.views_publish(user_id=JO, view=home)["view"]
    again = client.views_publish(user_id=JO, view=home, hash=first["hash"])["view"]
    assert again["id"] == first["id"]
    assert refusal(client, "views.publish", user_id=JO, view=home, hash=first["hash"]) == "hash_conflict"
    assert refusal(client, "views.publish", user_id="U0DANA00001", view=home) == "duplicate_external_id"
    manifest = slack.app()["app"]["manifest"]
    del manifest["features"]["app_home"]
    slack.installs(manifest)
    client.token = slack.bot_token
    assert refusal(client, "views.publish", user_id=JO, view=home) == "not_enabled"


@pytest.mark.parametrize(
    ("method", "given", "error"),
    [
        ("conversations.list", {"types": "secret_channel"}, "invalid_types"),
        ("conversations.list", {"cursor": "made-up"}, "invalid_cursor"),
        ("conversations.list", {"limit": "many"}, "invalid_arguments"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.open", {"users": ",".join([JO] * 9)}, "too_many_users"),
        ("conversations.open", {"channel": BILLING}, "method_not_supported_for_channel_type"),
        ("conversations.join", {"channel": FINANCE}, "channel_not_found"),
        ("conversations.replies", {"channel": BILLING, "ts": "1.1"}, "thread_not_found"),
        ("conversations.replies", {"channel": BILLING}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a.csv"}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": []}, "invalid_arguments"),
        ("files.info", {"file": "F0"}, "file_not_found"),
        ("views.publish", {"user_id": "U0", "view": {"type": "home", "blocks": []}}, "invalid_arguments"),
        ("views.open", {"view": modal()}, "invalid_arguments"),
        ("chat.deleteScheduledMessage", {"scheduled_message_id": "Q0"}, "invalid_scheduled_message_id"),
    ],
)
def test_a_call_is_refused_in_slacks_words(client: WebClient, method: str, given: Json, error: str) -> None:
    assert refusal(client, method, **given) == error


def test_the_bot_comes_and_goes(client: WebClient, slack: Sandbox, jo: Person) -> None:
    client.conversations_join(channel=GENERAL)
    again = client.conversations_join(channel=GENERAL)
    client.chat_postMessage(channel=GENERAL, text="I am here")
    jo.removes("gapwatch", "general")

    assert again["warning"] == "already_in_channel"
    assert refusal(client, "chat.postMessage", channel=GENERAL, text="x") == "not_in_channel"
    group = client.conversations_open(users=f"{JO},U0DANA00001")["channel"]["id"]
    assert client.conversations_open(channel=group)["already_open"]
    assert sorted(client.conversations_members(channel=group)["members"]) == sorted([JO, "U0DANA00001", slack.bot_user])
    assert client.team_info()["team"]["domain"] == "copperline-it"


def test_a_borrowed_name_needs_a_scope(client: WebClient, slack: Sandbox, jo: Person) -> None:
    client.chat_postMessage(channel=BILLING, text="x", username="Robin", icon_emoji=":bird:")
    slack.grants(["chat:write"])

    assert jo.sees("billing")[-1].body["username"] == "Robin"
    assert refusal(client, "chat.postMessage", channel=BILLING, text="x", username="Robin") == "missing_scope"


def test_a_token_can_be_given_back(client: WebClient) -> None:
    assert client.auth_revoke(test=True)["revoked"] is False
    assert client.auth_revoke()["revoked"] is True
    assert refusal(client, "auth.test") == "token_revoked"


def test_a_workspace_knows_nothing_of_another(client: WebClient, slack: Sandbox) -> None:
    team, token = slack.new_team("Other IT")
    other = WebClient(token=token, base_url=slack.base_url)
    zoe = slack.new_person("zoe", "Zoe Other", team=team)
    theirs = slack.new_channel("ours", by="zoe")
    zoe.invites(other.auth_test()["user_id"], "ours")

    other.chat_postMessage(channel="ours", text="only here")

    assert zoe.sees("ours")[-1].text == "only here"
    assert [one["name"] for one in other.conversations_list()["channels"]] == ["ours"]
    assert {one["name"] for one in other.users_list()["members"]} == {"zoe", "gapwatch"}
    assert refusal(other, "chat.postMessage", channel=BILLING, text="x") == "channel_not_found"
    assert refusal(client, "conversations.info", channel=theirs) == "channel_not_found"
    assert refusal(client, "users.info", user=zoe.id) == "user_not_found"
    slack.desk.do("revoke", team=team)
    assert refusal(other, "auth.test") == "token_revoked"
    assert client.auth_test()["ok"]


def test_a_reaction_is_there_once(client: WebClient, jo: Person) -> None:
    said = jo.says("approve", "billing")

    client.reactions_add(channel=BILLING, timestamp=said.ts, name="eyes")

    assert jo.sees("billing")[0].body["reactions"][0]["count"] == 1
    assert refusal(client, "reactions.add", channel=BILLING, timestamp=said.ts, name="eyes") == "already_reacted"


def test_a_form_and_json_mean_the_same(client: WebClient, jo: Person) -> None:
    blocks = json.dumps([section("from a form")])
    client.api_call("chat.postMessage", params={"channel": BILLING, "text": "x", "blocks": blocks})
    client.api_call("chat.postMessage", data={"channel": BILLING, "text": "x", "blocks": blocks})

    assert [one.blocks[0]["text"]["text"] for one in jo.sees("billing")] == ["from a form"] * 2
