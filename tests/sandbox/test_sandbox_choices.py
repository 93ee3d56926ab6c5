"""What people can choose and fill in, and the modals that lead from one to the next."""

from typing import Any

import pytest
from sandbox.kit import actions, button, field, modal, over_http, section, text
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import CannotDo, Person, Sandbox, Screen

Json = dict[str, Any]

BILLING = "C0BILLING01"
JO = "U0JO0000001"


def option(label: str) -> Json:
    """Write an option."""
    return {"text": text(label, "plain_text"), "value": label.lower()}


def many(kind: str, action_id: str, *labels: str) -> Json:
    """Write a list that comes with its choices."""
    return {"type": kind, "action_id": action_id, "options": [option(label) for label in labels]}


CHOICES: dict[str, tuple[Json, object, Json]] = {
    "a person": ({"type": "users_select", "action_id": "a"}, "jo", {"selected_user": JO}),
    "a channel": ({"type": "conversations_select", "action_id": "a"}, "billing", {"selected_conversation": BILLING}),
    "a day": ({"type": "datepicker", "action_id": "a"}, "2026-03-31", {"selected_date": "2026-03-31"}),
    "a time": ({"type": "timepicker", "action_id": "a"}, "09:00", {"selected_time": "09:00"}),
    "a moment": ({"type": "datetimepicker", "action_id": "a"}, 1795239579, {"selected_date_time": 1795239579}),
    "one of a list": (many("static_select", "a", "Noise", "Bundled"), "Bundled", {"selected_option": "bundled"}),
    "one of a menu": (many("overflow", "a", "Undo", "Why"), "Why", {"selected_option": "why"}),
    "one of a few": (many("radio_buttons", "a", "Yes", "No"), "no", {"selected_option": "no"}),
    "some of a few": (many("checkboxes", "a", "Jo", "Sam"), ["Jo", "Sam"], {"selected_options": ["jo", "sam"]}),
}


def plainly(value: object) -> object:
    """Read options as their values."""
    if isinstance(value, list):
        return [plainly(one) for one in value]
    return value["value"] if isinstance(value, dict) else value


@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
def test_a_choice_in_a_message_is_told_at_once(
    slack: Sandbox, app: App, dana: Person, choice: tuple[Json, object, Json]
) -> None:
    element, wanted, told = choice
    chosen: list[Json] = []

    @app.action("a")
    def note(ack: Ack, body: Json) -> None:
        chosen.append(body)
        ack()

    with over_http(app, slack):
        app.client.chat_postMessage(channel=BILLING, text="x", blocks=[actions(element)])
        assert dana.chooses("a", wanted, dana.sees("billing")[-1]).ok

    [body] = chosen
    [action] = body["actions"]
    assert {name: plainly(action[name]) for name in told} == told
    kept = [value["a"] for value in body["state"]["values"].values()]
    told_again = [{name: plainly(value[name]) for name in told} for value in kept]
    assert told_again == ([] if element["type"] == "overflow" else [told])


FIELDS: dict[str, tuple[Json, object, str, object]] = {
    "Who": ({"type": "multi_users_select"}, ["jo", "sam"], "selected_users", [JO, "U0SAM000001"]),
    "Where": ({"type": "channels_select"}, "#billing", "selected_channel", BILLING),
    "Where all": ({"type": "multi_conversations_select"}, ["billing"], "selected_conversations", [BILLING]),
    "Some": (many("multi_static_select", "s", "Noise", "Bundled"), ["Noise"], "selected_options", ["noise"]),
    "Number": ({"type": "number_input", "is_decimal_allowed": True}, "12.50", "value", "12.50"),
    "Address": ({"type": "email_text_input"}, "jo@copperline.example", "value", "jo@copperline.example"),
    "Link": ({"type": "url_text_input"}, "https://copperline.example", "value", "https://copperline.example"),
    "Words": ({"type": "plain_text_input", "initial_value": "because"}, None, "value", "because"),
}


@pytest.fixture
def form(slack: Sandbox, app: App, dana: Person) -> Screen:
    """Open a modal with one field of each kind."""
    inputs = [field(label, element, block_id=label) for label, (element, *_) in FIELDS.items()]

    @app.command("/reconcile")
    def opened(ack: Ack, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(*inputs))
        ack()

    with over_http(app, slack):
        dana.types("/reconcile", "billing")
    return dana.waits_for_modal()


def test_a_form_is_filled_in_field_by_field(form: Screen, dana: Person) -> None:
    filled = dana.fills({label: wanted for label, (_, wanted, *_) in FIELDS.items() if wanted is not None})

    for label, (_, _, name, value) in FIELDS.items():
        [kept] = filled.values[label].values()
        assert plainly(kept[name]) == value, label
    assert filled.id == form.id


@pytest.mark.parametrize(
    ("label", "wrong", "sentence"),
    [
        ("Who", ["zoe"], "There is nobody called 'zoe' to choose"),
        ("Where", "finance", "Dana Whitfield sees no channel called 'finance'"),
        ("Some", ["Maybe"], "There is no choice 'Maybe'. There is: 'Noise', 'Bundled'"),
        ("Number", "twelve", "'twelve' cannot be typed into a number_input"),
        ("Address", "jo", "'jo' cannot be typed into a email_text_input"),
        ("Nothing", "x", "Dana Whitfield sees no 'Nothing' there"),
    ],
)
@pytest.mark.usefixtures("form")
def test_a_field_takes_only_what_fits(dana: Person, label: str, wrong: object, sentence: str) -> None:
    with pytest.raises(CannotDo) as cannot:
        dana.fills({label: wrong})
    assert sentence in str(cannot.value)


@pytest.mark.usefixtures("form")
def test_what_was_filled_in_stays_when_the_modal_is_redrawn(client: WebClient, dana: Person) -> None:
    view = dana.fills({"Who": ["jo"], "Number": "7"})
    kept = [block for block in view.blocks if block["block_id"] in ("Who", "Words")]

    client.views_update(view_id=view.id, view=modal(*kept), hash=view.body["hash"])

    redrawn = dana.waits_for_modal()
    assert set(redrawn.values) == {"Who", "Words"}
    [who] = redrawn.values["Who"].values()
    assert who["selected_users"] == [JO]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=view.id, view=modal(*kept), hash=view.body["hash"])


def test_modals_lie_on_each_other_three_deep(slack: Sandbox, app: App, client: WebClient, dana: Person) -> None:
    more = actions(button("More", "more"))
    refused: list[str] = []

    @app.command("/reconcile")
    def opened(ack: Ack, body: Json) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(more, title=text("1", "plain_text")))
        ack()

    @app.action("more")
    def push(ack: Ack, body: Json) -> None:
        try:
            title = str(int(body["view"]["title"]["text"]) + 1)
            client.views_push(trigger_id=body["trigger_id"], view=modal(more, title=text(title, "plain_text")))
        except SlackApiError as no:
            refused.append(no.response["error"])
        ack()

    with over_http(app, slack):
        dana.types("/reconcile", "billing")
        dana.waits_for_modal("1")
        for _ in range(3):
            dana.presses("More")

    top = dana.waits_for_modal("3")
    assert refused == ["push_limit_reached"]
    assert top.body["previous_view_id"] != top.body["root_view_id"]
    dana.closes()
    assert dana.waits_for_modal().title == "2"
    dana.closes(everything=True)
    assert dana.modal is None


def test_a_modal_is_pushed_only_from_a_modal(slack: Sandbox, app: App, client: WebClient, dana: Person) -> None:
    refused: list[str] = []

    @app.command("/reconcile")
    def push(ack: Ack, body: Json) -> None:
        try:
            client.views_push(trigger_id=body["trigger_id"], view=modal(section("x")))
        except SlackApiError as no:
            refused.extend(no.response["response_metadata"]["messages"])
        ack()

    with over_http(app, slack):
        dana.types("/reconcile", "billing")

    assert refused == [
        "[ERROR] must match the `type` of the root view whose stack we're pushing onto [json-pointer:/view/type]"
    ]


def test_a_global_shortcut_and_buttons_in_attachments_reach_the_app(
    slack: Sandbox, app: App, client: WebClient, dana: Person
) -> None:
    heard: list[str] = []
    manifest = slack.app()["app"]["manifest"]
    manifest["features"]["shortcuts"].append(
        {"name": "New run", "type": "global", "callback_id": "new_run", "description": "-"}
    )
    slack.desk.do("manifest", manifest=manifest)
    client.token = slack.bot_token

    @app.shortcut("new_run")
    def begin(ack: Ack, body: Json) -> None:
        heard.append(body["type"])
        ack()

    @app.action("go")
    def go(ack: Ack, body: Json) -> None:
        heard.append(body["actions"][0]["value"])
        ack()

    with over_http(app, slack):
        bar = {"color": "#d00", "blocks": [actions(button("Go", "go", "7"))]}
        client.chat_postMessage(channel=BILLING, text="x", attachments=[bar])
        assert dana.uses("New run").ok
        assert dana.presses("Go", dana.sees("billing")[-1]).ok

    assert heard == ["shortcut", "7"]
