import base64
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import pytest
from sandbox.kit import Listening, actions, button, section
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox

Json = dict[str, Any]


def watched(person: Person, **where: str) -> Json:
    return person.do("watch", **where)


def channel_of(seen: Json, name: str) -> Json:
    return next(one for one in seen["channels"] if one["name"] == name)


@contextmanager
def asked(slack: Sandbox, path: str, verb: str = "GET", **headers: str) -> Iterator[HTTPResponse]:
    connection = HTTPConnection(slack.address.removeprefix("http://"), timeout=10)
    connection.request(verb, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        yield connection.getresponse()
    finally:
        connection.close()


def test_what_others_say_is_new_until_it_is_read_and_never_again(dana: Person, jo: Person) -> None:
    dana.says("one", "billing")
    newest = dana.says("two", "billing")
    assert channel_of(watched(jo), "billing")["unread"] == 2
    assert channel_of(watched(dana), "billing")["unread"] == 0

    jo.do("read", channel="billing", ts=newest.ts)
    jo.do("read", channel="billing", ts="1.0")

    assert channel_of(watched(jo), "billing")["unread"] == 0
    dana.says("three", "billing")
    seen = watched(jo, channel="billing")
    assert channel_of(seen, "billing")["unread"] == 1
    assert seen["place"]["read"] == newest.ts
    assert seen["people"][jo.id]["unread"] == 1


def test_a_thread_is_new_to_those_who_wrote_in_it_or_are_named_there(slack: Sandbox, dana: Person, jo: Person) -> None:
    sam, finn = slack.person("sam"), slack.person("finn")
    first = dana.says("Who knows?", "billing")
    jo.says("Ask @sam", "billing", thread=first)

    new = {one.name: channel_of(watched(one), "billing")["unread_threads"] for one in (dana, jo, sam, finn)}
    assert new == {"dana": {first.ts: 1}, "jo": {}, "sam": {first.ts: 1}, "finn": {}}

    sam.do("read", channel="billing", thread=first.ts, ts=watched(sam)["channels"][1]["latest"])
    assert channel_of(watched(sam), "billing")["unread_threads"] == {}


def test_nobody_is_shown_what_is_not_theirs(dana: Person, jo: Person, client: WebClient) -> None:
    client.chat_postMessage(channel=jo.id, text="for jo alone")

    assert {one["name"] for one in watched(dana)["channels"]} == {"general", "billing"}
    assert [one["unread"] for one in watched(jo)["channels"] if one["kind"] == "im"] == [1]


def test_a_long_channel_is_read_from_its_newest_messages(dana: Person) -> None:
    for number in range(5):
        dana.says(f"message {number}", "billing")

    place = dana.do("watch", channel="billing", most=2)["place"]

    assert [one["text"] for one in place["messages"]] == ["message 3", "message 4"]
    assert place["earlier"] == 3
    assert dana.do("watch", channel="billing", thread="1.5")["place"]["thread"] is None


def test_a_button_among_its_likes_is_pressed_by_its_block_and_its_name(
    dana: Person, app: App, client: WebClient, listening: Listening
) -> None:
    pressed: list[str] = []

    @app.action("go")
    def heard(ack: Ack, body: Json) -> None:
        pressed.append(body["actions"][0]["block_id"])
        ack()

    listening(app)
    rows = [{**actions(button("Go", "go", "1")), "block_id": name} for name in ("one", "two")]
    client.chat_postMessage(channel="C0BILLING01", text="Rows", blocks=[section("Rows"), *rows])

    dana.presses("two/go", dana.sees("billing")[-1])

    assert pressed == ["two"]


def test_the_page_allows_nothing_but_its_own_files(slack: Sandbox) -> None:
    with asked(slack, "/") as answer:
        policy, text = answer.headers["Content-Security-Policy"], answer.read().decode()
    (inline,) = re.findall(r"<script(?: type=\"importmap\")?>(.+?)</script>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()

    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "default-src 'none'" in policy
    for name in re.findall(r"(?:src|href)=\"(/page/[^\"]+)\"|\"(/page/vendor/[^\"]+)\"", text):
        with asked(slack, "".join(name)) as answer:
            assert answer.status == 200, name


@pytest.mark.parametrize(
    "path", ["/page/js/nothing.js", "/page/../serving.py", "/page/js/..%2f..%2fserving.py", "/page/vendor"]
)
def test_only_files_of_the_page_are_given_away(slack: Sandbox, path: str) -> None:
    with asked(slack, path) as answer:
        assert answer.status == 404


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Host": "elsewhere.example"}])
def test_another_page_in_the_same_browser_cannot_act_for_people(slack: Sandbox, headers: dict[str, str]) -> None:
    with asked(slack, "/_/people", "POST", **headers) as answer:
        assert answer.status == 403
        assert b"may not act" in answer.read()


def test_a_file_somebody_dropped_can_do_nothing_on_the_page(slack: Sandbox, dana: Person) -> None:
    file = dana.hands_in("evil.html", b"<script>alert(1)</script>")

    with asked(slack, f"/_/file/{file}") as answer:
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
