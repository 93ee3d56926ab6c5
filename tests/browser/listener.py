"""A small app behind the page, for what the bot does not do."""

from __future__ import annotations

import threading
from typing import Any

from sandbox.kit import actions, button, field, modal, section, text
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox import Sandbox

Json = dict[str, Any]

BILLING = "C0BILLING01"


def option(words: str) -> Json:
    return {"text": text(words, "plain_text"), "value": words.lower()}


def chooses(kind: str, *words: str) -> Json:
    return {"type": kind, "options": [option(one) for one in words], "action_id": "it"}


EXTRAS = chooses("checkboxes", "Cheese", "Ham")
EXTRAS["options"][0]["description"] = text("from the mountains", "plain_text")
FORM = modal(
    field("Name", {"type": "plain_text_input", "action_id": "it"}, block_id="name"),
    field("Day", {"type": "datepicker", "action_id": "it"}, block_id="day"),
    field("Colour", chooses("static_select", "Red", "Green", "Blue"), block_id="colour"),
    field("Extras", EXTRAS, block_id="extras"),
    field("Size", chooses("radio_buttons", "Small", "Large"), block_id="size"),
    field("Seats", {"type": "number_input", "is_decimal_allowed": False, "action_id": "it"}, block_id="seats"),
    field("Who", {"type": "users_select", "action_id": "it"}, block_id="who"),
    field("Found", {"type": "external_select", "min_query_length": 1, "action_id": "find"}, block_id="found"),
)


class Listener:
    """Hears what is pressed, sent in and asked for."""

    def __init__(self, slack: Sandbox) -> None:
        self.client = WebClient(token=slack.bot_token, base_url=slack.base_url, retry_handlers=[])
        self.may_answer = threading.Event()
        self.pressed: list[str] = []
        self.submitted: Json = {}
        self.app = App(client=self.client, signing_secret=slack.signing_secret)
        self.listens()

    section, actions, button = staticmethod(section), staticmethod(actions), staticmethod(button)

    def posts(self, words: str, blocks: list[Json] | None = None) -> None:
        self.client.chat_postMessage(channel=BILLING, text=words, blocks=blocks)

    def whispers(self, words: str, person: str) -> None:
        self.client.chat_postEphemeral(channel=BILLING, user=person, text=words)

    def listens(self) -> None:
        self.app.action("slow")(self.answer)
        self.app.action("go")(self.answer)
        self.app.action("menu")(self.choose)
        self.app.command("/reconcile")(self.open)
        self.app.shortcut("reconcile_file")(self.open)
        self.app.view("form")(self.sent)
        self.app.options("find")(self.offer)
        self.app.event("app_home_opened")(self.draw)

    def answer(self, ack: Ack, body: Json) -> None:
        self.pressed.append(body["actions"][0]["action_id"])
        self.may_answer.wait(2.5)
        ack()
        self.client.chat_update(channel=BILLING, ts=body["container"]["message_ts"], text="Pressed", blocks=[])

    def open(self, ack: Ack, body: Json) -> None:
        ack()
        self.client.views_open(trigger_id=body["trigger_id"], view=FORM)

    def sent(self, ack: Ack, body: Json) -> None:
        values = {name: worth(next(iter(one.values()))) for name, one in body["view"]["state"]["values"].items()}
        if values["name"] == "Acme":
            ack(response_action="errors", errors={"name": "Not Acme, please."})
            return
        self.submitted = values
        ack()

    def offer(self, ack: Ack, body: Json) -> None:
        ack(options=[{"text": text(f"{body['value']} found", "plain_text"), "value": body["value"]}])

    def draw(self, event: Json) -> None:
        self.publish(event["user"], "Your queue")

    def choose(self, ack: Ack, body: Json) -> None:
        ack()
        self.publish(body["user"]["id"], f"Chosen: {body['actions'][0]['selected_option']['value']}")

    def publish(self, person: str, words: str) -> None:
        menu = {**chooses("overflow", "First", "Second"), "action_id": "menu"}
        self.client.views_publish(user_id=person, view={"type": "home", "blocks": [section(words, accessory=menu)]})


def worth(value: Json) -> object:
    """Read what was filled in, whatever the field is."""
    found = next(one for name, one in value.items() if name != "type")
    if isinstance(found, list):
        return [one["value"] for one in found]
    return found["value"] if isinstance(found, dict) else found
