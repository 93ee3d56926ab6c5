"""What the sandbox tells an app, how it signs it, and how often it tries."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import pytest
from sandbox.kit import actions, button, modal, over_socket, section, waited
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.sandbox import CannotDo, Person, Sandbox

Json = dict[str, Any]

BILLING = "C0BILLING01"


@dataclass
class Ear:
    """An app's address that writes down what it hears, and answers as it is told to."""

    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    address: str = ""
    slow: float = 0.0

    def hear(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        """Answer, perhaps only after a while."""
        if b"url_verification" in body:
            return 200, {}, json.loads(body)["challenge"].encode()
        time.sleep(self.slow)
        self.heard.append((headers, body))
        status, more = self.answers.pop(0) if self.answers else (200, {})
        return status, more, b""

    @property
    def events(self) -> list[Json]:
        """Read what was heard as events."""
        return [json.loads(body) for _, body in self.heard]


@pytest.fixture
def ear(slack: Sandbox) -> Iterator[Ear]:
    listening = Ear()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, headers, answer = listening.hear(dict(self.headers), body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    listening.address = f"http://127.0.0.1:{server.server_port}/slack/events"
    slack.listens_at(listening.address)
    yield listening
    server.shutdown()
    server.server_close()
    serving.join()


def test_an_event_is_signed_and_says_whose_it_is(slack: Sandbox, ear: Ear, dana: Person) -> None:
    said = dana.says("hello", "billing")
    slack.settles()

    [(headers, body)] = ear.heard
    [event] = ear.events
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, headers)
    assert not SignatureVerifier("another secret").is_valid_request(body, headers)
    assert event["type"] == "event_callback"
    assert event["event"]["ts"] == said.ts
    assert (event["event"]["channel"], event["event"]["channel_type"]) == (BILLING, "channel")
    assert event["api_app_id"] == slack.app()["app"]["id"]
    assert event["authorizations"][0]["user_id"] == slack.bot_user
    assert event["event_id"].startswith("Ev")
    assert event["event_context"]


def test_an_app_trusts_slack_whatever_time_it_is_there(slack: Sandbox, ear: Ear, dana: Person) -> None:
    slack.advance(7 * 24 * 3600)
    dana.says("a week later", "billing")
    slack.settles()

    [(headers, body)] = ear.heard
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, headers)
    assert ear.events[0]["event_time"] > time.time() + 6 * 24 * 3600


def test_an_app_without_interactivity_hears_no_click(slack: Sandbox, ear: Ear, client: WebClient, dana: Person) -> None:
    manifest = slack.app()["app"]["manifest"]
    manifest["settings"]["interactivity"]["is_enabled"] = False
    slack.installs(manifest)
    client.chat_postMessage(channel=BILLING, text="x", blocks=[actions(button("Go", "go"))])
    slack.settles()
    ear.heard.clear()

    assert dana.presses("Go", dana.sees("billing")[-1]).failure == "interactivity_disabled"
    assert ear.heard == []


def test_an_event_that_is_not_taken_comes_again_at_once_after_a_minute_and_after_five(
    slack: Sandbox, ear: Ear, dana: Person
) -> None:
    slack.stop_clock()
    ear.answers = [(500, {})] * 4
    dana.says("hello", "billing")

    assert waited(lambda: len(ear.heard) == 2)
    slack.settles()
    slack.advance(59)
    slack.settles()
    assert len(ear.heard) == 2
    slack.advance(1)
    slack.settles()
    assert len(ear.heard) == 3
    slack.advance(300)
    slack.settles()
    slack.advance(10_000)
    slack.settles()
    tries = [(headers.get("X-Slack-Retry-Num"), headers.get("X-Slack-Retry-Reason")) for headers, _ in ear.heard]
    assert tries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({event["event_id"] for event in ear.events}) == 1
    assert [one["failure"] for one in slack.deliveries()] == ["http_error"] * 4


def test_an_app_can_ask_not_to_be_tried_again(slack: Sandbox, ear: Ear, dana: Person) -> None:
    ear.answers = [(500, {"X-Slack-No-Retry": "1"})]

    dana.says("hello", "billing")
    slack.advance(1000)
    slack.settles()

    assert len(ear.heard) == 1


def test_a_silent_app_is_tried_again(slack: Sandbox, dana: Person, ear: Ear) -> None:
    slack.allows(0.05)
    ear.slow = 0.2

    dana.says("hello", "billing")

    assert waited(lambda: len(slack.deliveries()) > 1)
    assert slack.deliveries()[0]["failure"] == "http_timeout"
    assert waited(lambda: len(ear.heard) > 1)
    assert ear.heard[1][0]["X-Slack-Retry-Reason"] == "http_timeout"


def test_an_event_may_come_twice(slack: Sandbox, ear: Ear, dana: Person) -> None:
    dana.says("hello", "billing")
    slack.settles()

    assert slack.sends_again("message") == 1
    slack.settles()
    first, second = ear.events
    assert first == second
    assert ear.heard[1][0]["X-Slack-Retry-Num"] == "1"


def test_an_address_that_does_not_prove_itself_is_not_taken(slack: Sandbox) -> None:
    with pytest.raises(CannotDo, match="didn't respond with the value of the `challenge`"):
        slack.listens_at("http://127.0.0.1:9/slack/events")


def test_an_app_hears_only_what_it_asked_for_may_know_and_was_there_for(slack: Sandbox, ear: Ear, dana: Person) -> None:
    dana.says("not here", "general")
    slack.person("olivia").says("nor here", "finance")
    slack.grants(["chat:write", "files:read"])
    dana.drops("a.csv", b"x", "billing")
    slack.settles()

    assert [event["event"]["type"] for event in ear.events] == ["file_shared"]
    [event] = ear.events
    assert set(event["event"]) == {"type", "channel_id", "file_id", "user_id", "file", "event_ts"}


def test_changes_and_departures_are_told(slack: Sandbox, ear: Ear, dana: Person) -> None:
    said = dana.says("hello", "billing")
    dana.edits(said, "hello > goodbye")
    dana.deletes(said)
    slack.deactivates("finn")
    slack.archives("billing", by="olivia")
    slack.revokes(uninstall=True)
    slack.settles()

    told = [event["event"] for event in slack.events()]
    assert [(event["type"], event.get("subtype")) for event in told] == [
        ("message", None),
        ("message", "message_changed"),
        ("message", "message_deleted"),
        ("user_change", None),
        ("channel_archive", None),
        ("tokens_revoked", None),
        ("app_uninstalled", None),
    ]
    assert (told[1]["message"]["text"], told[1]["previous_message"]["text"]) == ("hello &gt; goodbye", "hello")
    assert told[3]["user"]["deleted"] is True
    assert len(ear.heard) == len(told)


def test_a_bot_that_is_spoken_to_hears_it_as_a_mention(slack: Sandbox, ear: Ear, dana: Person) -> None:
    dana.says("@gapwatch why?", "billing")
    dana.says("@gapwatch why?", "@gapwatch")
    slack.settles()

    told = sorted((event["event"]["type"], event["event"]["channel"][0]) for event in ear.events)
    assert told == [("app_mention", "C"), ("message", "C"), ("message", "D")]
    assert {event["event"]["text"] for event in ear.events} == {f"<@{slack.bot_user}> why?"}


def test_a_command_comes_as_a_form_and_a_click_as_json_in_a_form(
    slack: Sandbox, ear: Ear, client: WebClient, dana: Person
) -> None:
    client.chat_postMessage(channel=BILLING, text="x", blocks=[actions(button("Go", "go", "7"))])
    slack.settles()
    ear.heard.clear()
    dana.types("/reconcile gaps Acme", "billing")
    dana.presses("Go", dana.sees("billing")[-1])

    command = {name: values[0] for name, values in parse_qs(ear.heard[0][1].decode()).items()}
    click = json.loads(parse_qs(ear.heard[1][1].decode())["payload"][0])
    assert (command["command"], command["text"], command["user_name"]) == ("/reconcile", "gaps Acme", "dana")
    assert command["response_url"].startswith(slack.address)
    assert click["type"] == "block_actions"
    assert (click["actions"][0]["value"], click["actions"][0]["text"]["text"]) == ("7", "Go")
    assert click["container"] == {
        "type": "message",
        "message_ts": click["message"]["ts"],
        "channel_id": BILLING,
        "is_ephemeral": False,
    }
    assert click["user"]["team_id"] == click["team"]["id"]
    assert all(SignatureVerifier(slack.signing_secret).is_valid_request(body, headers) for headers, body in ear.heard)


def test_an_app_that_does_not_answer_leaves_a_person_with_trouble(ear: Ear, dana: Person) -> None:
    ear.answers = [(500, {})]

    assert dana.types("/reconcile", "billing").trouble == '/reconcile failed with the error "dispatch_failed"'


def test_a_new_socket_takes_over_when_slack_refreshes(slack: Sandbox, app: App, dana: Person) -> None:
    heard: list[str] = []
    app.event("message")(lambda event: heard.append(event["text"]))

    with over_socket(app, slack):
        dana.says("before", "billing")
        slack.settles()
        slack.refreshes_sockets()
        dana.says("after", "billing")
        slack.settles()
        assert waited(lambda: heard == ["before", "after"])


def test_without_a_socket_an_event_waits_for_one(slack: Sandbox, app: App, dana: Person) -> None:
    heard: list[str] = []
    app.event("message")(lambda event: heard.append(event["text"]))
    slack.stop_clock()
    dana.says("anybody there?", "billing")
    slack.settles()

    with over_socket(app, slack):
        slack.advance(60)
        assert waited(lambda: heard == ["anybody there?"])
    assert waited(lambda: slack.deliveries()[-1]["failure"] == "")


def test_someone_from_another_company_acts_under_their_own_team(slack: Sandbox, ear: Ear, client: WebClient) -> None:
    guest = slack.new_person("gus", "Gus Guest", team="T0ELSEWHERE")
    shared = slack.new_channel("with-acme", by="dana", members=["gus", "gapwatch"], shared_with=["T0ELSEWHERE"])
    client.chat_postMessage(channel=shared, text="x", blocks=[actions(button("Go", "go"))])
    slack.settles()
    ear.heard.clear()

    guest.presses("Go", guest.sees("with-acme")[-1])

    click = json.loads(parse_qs(ear.heard[0][1].decode())["payload"][0])
    opened = client.views_open(trigger_id=click["trigger_id"], view=modal(section("For guests")))["view"]
    client.views_update(view_id=opened["id"], view=modal(section("Not for guests")))
    assert guest.waits_for_modal("Not for guests").title == "A form"
    assert (click["user"]["team_id"], click["team"]["id"]) == ("T0ELSEWHERE", "T0GAPWATCH1")
    assert client.users_info(user=guest.id)["user"]["team_id"] == "T0ELSEWHERE"
    assert client.conversations_info(channel=shared)["channel"]["is_ext_shared"] is True
