"""A real Bolt app lives in the sandbox, over HTTP and over a socket, and does not notice."""

import threading
from typing import Any

import pytest
from sandbox.kit import Listening, actions, button, field, modal, section, text, waited
from slack_bolt import Ack, App, Respond, Say
from slack_sdk import WebClient

from bot.sandbox import CannotDo, Person, Sandbox

Json = dict[str, Any]

CHANNEL = "C0BILLING01"
ASK = [section("*Acme* has 12 and is billed for 10."), actions(button("Approve", "approve", "gap-1"))]


def test_a_message_reaches_the_app_and_its_answer_the_person(app: App, listening: Listening, dana: Person) -> None:
    @app.event("message")
    def hear(event: Json, say: Say) -> None:
        say(f"I heard: {event['text']}", thread_ts=event["ts"])

    listening(app)
    said = dana.says("hello & goodbye", "billing")

    assert dana.waits_for("I heard: hello &amp; goodbye", "billing", said).thread == said.ts


def test_a_dropped_file_is_told_described_and_read(
    app: App, listening: Listening, slack: Sandbox, client: WebClient, dana: Person
) -> None:
    @app.event("file_shared")
    def take(event: Json, say: Say) -> None:
        file = client.files_info(file=event["file_id"])["file"]
        say(f"{file['name']} in {event['channel_id']} from {event['user_id']}", channel=event["channel_id"])

    @app.event("message")
    def ignore() -> None:
        pass

    listening(app)
    dana.drops("pax8.csv", b"a,b\n1,2\n", "billing")

    assert dana.waits_for(f"pax8.csv in {CHANNEL} from {dana.id}", "billing").user == slack.bot_user


def test_a_click_replaces_the_buttons_at_once(app: App, listening: Listening, client: WebClient, dana: Person) -> None:
    @app.action("approve")
    def approve(ack: Ack, body: Json, respond: Respond) -> None:
        ack()
        done = f"Approved {body['actions'][0]['value']} by <@{body['user']['id']}>"
        respond(replace_original=True, text=done, blocks=[section(done)])

    listening(app)
    client.chat_postMessage(channel=CHANNEL, text="A gap", blocks=ASK)
    asked = dana.sees("billing")[-1]

    assert dana.presses("Approve", asked).ok
    done = dana.waits_for(f"Approved gap-1 by <@{dana.id}>", "billing")
    assert (done.ts, done.buttons) == (asked.ts, [])
    with pytest.raises(CannotDo, match="no 'Approve' there"):
        dana.presses("Approve", done)
    assert dana.presses("approve", asked, stale=True).ok


def test_a_button_with_a_question_is_not_pressed_without_a_yes(
    app: App, listening: Listening, client: WebClient, dana: Person
) -> None:
    pressed: list[str] = []

    @app.action("approve")
    def approve(ack: Ack, body: Json) -> None:
        pressed.append(body["actions"][0]["value"])
        ack()

    listening(app)
    sure = {
        "title": text("Sure?", "plain_text"),
        "text": text("It is a lot of money."),
        "confirm": text("Yes", "plain_text"),
    }
    sure["deny"] = text("No", "plain_text")
    client.chat_postMessage(
        channel=CHANNEL, text="A gap", blocks=[actions(button("Approve", "approve", "1", confirm=sure))]
    )
    asked = dana.sees("billing")[-1]

    assert dana.presses("Approve", asked, confirming=False).asked == "Sure?"
    assert pressed == []
    assert dana.presses("Approve", asked).ok
    assert pressed == ["1"]


def test_a_command_is_answered_to_the_one_who_typed_it(
    app: App, listening: Listening, dana: Person, jo: Person
) -> None:
    @app.command("/reconcile")
    def reconcile(ack: Ack, command: Json, respond: Respond) -> None:
        ack(f"Working on {command['text']} for <@{command['user_id']}>")
        respond("Everybody may know.", response_type="in_channel")

    listening(app)
    outcome = dana.types("/reconcile run July", "billing")

    assert outcome.ok
    assert dana.waits_for(f"Working on run July for <@{dana.id}>", "billing").is_ephemeral
    assert not jo.waits_for("Everybody may know.", "billing").is_ephemeral
    assert not any("Working on" in seen.words for seen in jo.sees("billing"))
    with pytest.raises(CannotDo, match="not a valid command"):
        dana.types("/reconsile run", "billing")


def form() -> Json:
    """Ask for a client, and perhaps for another name of theirs."""
    name = field("Client", {"type": "plain_text_input", "action_id": "name", "max_length": 10}, block_id="client")
    choice = {"type": "external_select", "action_id": "same", "min_query_length": 1}
    return modal(name, field("Same as", choice, block_id="same", optional=True), private_metadata="gap-1")


def test_a_file_in_a_modal_is_the_apps_to_read(app: App, listening: Listening, client: WebClient, dana: Person) -> None:
    names: list[str] = []
    upload = field("Export", {"type": "file_input", "action_id": "file", "filetypes": ["csv"]}, block_id="export")

    @app.command("/reconcile")
    def opened(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(upload))

    @app.view("form")
    def take(ack: Ack, view: Json) -> None:
        [file] = view["state"]["values"]["export"]["file"]["files"]
        names.append(client.files_info(file=file["id"])["file"]["name"])
        ack()

    listening(app)
    dana.types("/reconcile", "billing")
    dana.waits_for_modal()

    with pytest.raises(CannotDo, match=r"notes\.txt is not one of csv"):
        dana.fills({"Export": [dana.hands_in("notes.txt", b"x")]})
    assert dana.submits({"Export": [dana.hands_in("pax8.csv", b"x")]}).ok
    assert names == ["pax8.csv"]


@pytest.fixture
def with_form(app: App) -> App:
    @app.command("/reconcile")
    def opened(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form())

    @app.options("same")
    def offer(ack: Ack, payload: Json) -> None:
        names = [f"{payload['value']} {number}" for number in range(101 if payload["value"] == "many" else 2)]
        ack(options=[{"text": text(name, "plain_text"), "value": name} for name in names])

    return app


def test_a_modal_is_filled_in_with_choices_of_the_apps_and_sent(
    with_form: App, listening: Listening, dana: Person
) -> None:
    sent: list[Json] = []

    @with_form.view("form")
    def take(ack: Ack, view: Json) -> None:
        if view["state"]["values"]["client"]["name"]["value"] == "Nobody":
            ack(response_action="errors", errors={"client": "There is no such client."})
            return
        sent.append(view)
        ack()

    listening(with_form)
    dana.types("/reconcile", "billing")

    assert dana.waits_for_modal("A form").title == "A form"
    assert dana.submits().errors == (("client", "Please complete this required field."),)
    with pytest.raises(CannotDo, match="0 to 10 characters"):
        dana.fills({"Client": "x" * 11})
    assert dana.is_offered("same", "Acme") == ["Acme 0", "Acme 1"]
    assert dana.is_offered("same", "many") == []
    assert dana.submits({"Client": "Nobody"}).errors == (("client", "There is no such client."),)
    dana.chooses("same", "Acme 1", typing="Acme")
    assert dana.submits({"Client": "Acme"}).ok
    assert dana.modal is None
    assert sent[0]["private_metadata"] == "gap-1"
    assert sent[0]["state"]["values"]["client"]["name"] == {"type": "plain_text_input", "value": "Acme"}
    assert sent[0]["state"]["values"]["same"]["same"]["selected_option"]["value"] == "Acme 1"


NEXT = modal(title=text("Next", "plain_text"))


@pytest.mark.parametrize(
    ("answer", "then"),
    [
        ({"response_action": "update", "view": NEXT}, ("Next", 1)),
        ({"response_action": "push", "view": NEXT}, ("Next", 2)),
        ({"response_action": "clear"}, ("", 0)),
    ],
)
def test_a_submission_may_lead_to_another_modal(
    with_form: App, listening: Listening, dana: Person, answer: Json, then: tuple[str, int]
) -> None:
    with_form.view("form")(lambda ack: ack(**answer))
    listening(with_form)
    dana.types("/reconcile", "billing")
    dana.waits_for_modal()

    assert dana.submits({"Client": "Acme"}).ok
    assert (dana.modal.title if dana.modal else "", dana.do("screen")["depth"]) == then


def test_the_app_hears_of_a_closed_modal_only_if_it_asked_to(
    app: App, listening: Listening, dana: Person, slack: Sandbox
) -> None:
    closed: list[Json] = []

    @app.command("/reconcile")
    def opened(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(
            trigger_id=body["trigger_id"], view=modal(section("x"), notify_on_close=body["text"] == "tell")
        )

    @app.view_closed("form")
    def note(ack: Ack, body: Json) -> None:
        closed.append(body)
        ack()

    listening(app)
    for words in ("/reconcile", "/reconcile tell"):
        dana.types(words, "billing")
        dana.waits_for_modal()
        dana.closes()

    slack.settles()
    assert [body["is_cleared"] for body in closed] == [False]


def test_the_home_tab_is_drawn_when_it_is_opened(app: App, listening: Listening, dana: Person, jo: Person) -> None:
    @app.event("app_home_opened")
    def draw(event: Json, client: WebClient) -> None:
        blocks = [section(f"Queue of <@{event['user']}>"), actions(button("Refresh", "refresh"))]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("refresh")
    def refresh(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_update(view_id=body["view"]["id"], view={"type": "home", "blocks": [section("Fresh")]})

    listening(app)
    dana.opens_home()

    assert dana.waits_for_home(f"Queue of <@{dana.id}>").buttons == ["Refresh"]
    assert jo.home is None
    assert dana.presses("Refresh", home=True).ok
    assert dana.waits_for_home("Fresh").buttons == []


def test_a_shortcut_on_a_message_opens_a_modal(app: App, listening: Listening, dana: Person) -> None:
    @app.shortcut("reconcile_file")
    def reconcile(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(section(body["message"]["files"][0]["name"])))

    @app.event("message")
    def ignore() -> None:
        pass

    app.event("file_shared")(ignore)
    listening(app)
    dropped = dana.drops("pax8.csv", b"a", "billing")

    assert dana.uses("Reconcile this file", dropped).ok
    assert dana.waits_for_modal("pax8.csv").title == "A form"


def test_two_people_may_click_at_the_same_time(
    app: App, listening: Listening, client: WebClient, dana: Person, jo: Person
) -> None:
    clicked: list[str] = []
    both = threading.Barrier(2)

    @app.action("approve")
    def approve(ack: Ack, body: Json) -> None:
        ack()
        both.wait(timeout=5)
        clicked.append(body["user"]["name"])

    listening(app)
    client.chat_postMessage(channel=CHANNEL, text="A gap", blocks=ASK)
    asked = dana.sees("billing")[-1]
    clicks = [threading.Thread(target=who.presses, args=("Approve", asked)) for who in (dana, jo)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()

    assert waited(lambda: sorted(clicked) == ["dana", "jo"])
