"""What goes wrong on demand: lost answers, refusals, limits, and what people cannot do."""

from collections.abc import Callable
from typing import Any

import pytest
from sandbox.kit import actions, button, modal, over_http, section
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from bot.sandbox import CannotDo, NeverCame, Person, Sandbox

Json = dict[str, Any]

BILLING = "C0BILLING01"


def loses(client: WebClient, words: str) -> None:
    """Post, and never hear what came of it."""
    with pytest.raises(OSError, match=r"timed out|closed connection|reset by peer"):
        client.chat_postMessage(channel=BILLING, text=words)


def test_an_answer_may_be_lost_before_or_after(slack: Sandbox, client: WebClient, dana: Person) -> None:
    client.timeout = 1
    for how in ("dropped", "hangs"):
        slack.breaks("chat.postMessage", how, done=True, seconds=5)
        loses(client, f"{how} after")
        slack.breaks("chat.postMessage", how, seconds=5)
        loses(client, f"{how} before")

    client.chat_postMessage(channel=BILLING, text="answered")
    assert [one.text for one in dana.sees("billing")] == ["dropped after", "hangs after", "answered"]


def test_slack_may_have_a_bad_moment(slack: Sandbox, client: WebClient, dana: Person) -> None:
    slack.breaks("chat.postMessage", "status", status=503)
    slack.breaks("chat.postMessage", "refused", error="fatal_error", done=True)

    with pytest.raises(SlackApiError) as unavailable:
        client.chat_postMessage(channel=BILLING, text="x")
    with pytest.raises(SlackApiError, match="fatal_error"):
        client.chat_postMessage(channel=BILLING, text="y")

    assert unavailable.value.response.status_code == 503
    assert [one.text for one in dana.sees("billing")] == ["y"]


def test_an_app_that_waits_as_it_is_told_gets_through(slack: Sandbox, client: WebClient, dana: Person) -> None:
    slack.breaks("chat.postMessage", "ratelimited", retry_after=1)
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))

    client.chat_postMessage(channel=BILLING, text="patient")

    assert dana.sees("billing")[-1].text == "patient"


def test_posts_are_limited_for_each_channel_and_methods_for_each_minute(slack: Sandbox, client: WebClient) -> None:
    slack.stop_clock()
    slack.limits(per_minute={"users.info": 2})
    jo = slack.person("jo").id

    def allowed(method: str, **given: str) -> int:
        try:
            client.api_call(method, json=given)
        except SlackApiError as refused:
            return -int(refused.response.headers["Retry-After"])
        return 1

    assert [allowed("chat.postMessage", channel=BILLING, text="x") for _ in range(6)] == [1, 1, 1, 1, 1, -1]
    assert allowed("chat.postMessage", channel=jo, text="x") == 1
    slack.advance(1)
    assert allowed("chat.postMessage", channel=BILLING, text="x") == 1
    assert [allowed("users.info", user=jo) for _ in range(3)] == [1, 1, -30]
    with pytest.raises(SlackApiError, match="ratelimited") as refused:
        client.users_info(user=jo)
    assert refused.value.response.status_code == 429
    slack.limits(on=False)
    assert allowed("users.info", user=jo) == 1


def respond(url: str, **given: object) -> tuple[int, str]:
    """Answer at a response_url as the SDK does."""
    answer = WebhookClient(url).send_dict(dict(given))
    return answer.status_code, answer.body


@pytest.fixture
def url(slack: Sandbox, app: App, client: WebClient, dana: Person) -> str:
    """Get an address to answer at, from a click."""
    client.chat_postMessage(channel=BILLING, text="gap", blocks=[actions(button("Go", "go"))])
    urls: list[str] = []

    @app.action("go")
    def note(ack: Ack, body: Json) -> None:
        urls.append(body["response_url"])
        ack()

    with over_http(app, slack):
        dana.presses("Go", dana.sees("billing")[-1])
    return urls[0]


def test_an_address_to_answer_at_works_five_times(url: str, dana: Person, jo: Person) -> None:
    assert respond(url, text="for you") == (200, "ok")
    assert respond(url, text="for all", response_type="in_channel") == (200, "ok")
    assert respond(url, text="done", replace_original=True) == (200, "ok")
    assert respond(url, blocks=[section("x" * 3001)])[0] == 400
    assert respond(url, delete_original=True) == (200, "ok")
    assert respond(url, text="once more") == (404, '{"ok": false, "error": "used_url"}')
    assert [one.text for one in dana.sees("billing")] == ["for you", "for all"]
    assert [one.text for one in jo.sees("billing")] == ["for all"]


def test_an_address_to_answer_at_works_for_half_an_hour(url: str, slack: Sandbox) -> None:
    slack.advance(30 * 60 + 1)

    assert respond(url, text="late") == (404, '{"ok": false, "error": "expired_url"}')


def test_a_trigger_is_worth_one_modal_within_three_seconds(slack: Sandbox, app: App, client: WebClient) -> None:
    triggers: list[str] = []

    @app.command("/reconcile")
    def note(ack: Ack, body: Json) -> None:
        triggers.append(body["trigger_id"])
        ack()

    with over_http(app, slack):
        slack.person("dana").types("/reconcile", "billing")
        slack.person("dana").types("/reconcile", "billing")

    client.views_open(trigger_id=triggers[0], view=modal(section("x")))
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        client.views_open(trigger_id=triggers[0], view=modal(section("x")))
    slack.advance(3.5)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        client.views_open(trigger_id=triggers[1], view=modal(section("x")))


def test_people_cannot_do_what_they_cannot_do(slack: Sandbox, dana: Person, jo: Person) -> None:
    said = dana.says("hello", "billing")
    slack.new_person("eve", "Eve Else")
    slack.deactivates("finn")

    tries: dict[str, Callable[[], object]] = {
        "Jo Adams did not write that message.": lambda: jo.edits(said, "x"),
        "Jo Adams sees no channel called 'finance'.": lambda: jo.says("x", "finance"),
        "Eve Else is not in #billing.": lambda: slack.person("eve").says("x", "billing"),
        "Finn Keller is deactivated and can do nothing.": lambda: slack.person("finn").says("x", "billing"),
        "There is nobody called 'zoe'.": lambda: slack.person("zoe").says("x", "billing"),
        "There is nothing to say.": lambda: dana.says("", "billing"),
        "Dana Whitfield has no modal open.": dana.submits,
        "Nobody can 'fly' here.": lambda: dana.do("fly"),
        "That is not how to 'fault': Fault.__init__() got an unexpected keyword argument 'wings'.": (
            lambda: slack.desk.do("fault", method="x", how="dropped", wings=2)
        ),
        "Things can go wrong as status, ratelimited, refused, dropped, hangs, not as 'oddly'.": (
            lambda: slack.desk.do("fault", method="x", how="oddly")
        ),
        "That is not how to 'person': 'No time zone found with key Mars/Base'.": (
            lambda: slack.new_person("zed", "Zed", tz="Mars/Base")
        ),
    }
    for sentence, act in tries.items():
        with pytest.raises(CannotDo) as cannot:
            act()
        assert str(cannot.value) == sentence
    with pytest.raises(NeverCame, match="a message with 'later' never came"):
        dana.waits_for("later", "billing", seconds=0.01)
