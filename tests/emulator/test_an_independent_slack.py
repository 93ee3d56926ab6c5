"""A month in a Slack that nobody here wrote: its API takes what the bot says, and the bot hears what it tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from emulator.emulated import Emulated
from office import ADA
from slack_sdk.errors import SlackApiError
from talking.examples import MODALS
from talking.salon import Salon

from bot.services.cases import CaseState
from bot.services.ids import PersonId
from bot.services.people import Owner
from bot.slack import names

Json = dict[str, Any]

SAMPLE = Path(__file__).parents[2] / "bot" / "sample"
FILES = ("pax8-invoice-2026-10.csv", "connectwise-additions-2026-10.csv")


def drops_the_month(salon: Salon, emulated: Emulated) -> None:
    """Upload both exports as Dana, and let the bot do what it promises; Jo works there too."""
    salon.hires(salon.jo)
    dana = emulated.person("dana")
    uploads = [{"filename": name, "file": str(SAMPLE / name)} for name in FILES]
    dana.client.files_upload_v2(channel=emulated.billing, file_uploads=uploads, initial_comment="October")
    for client in ("Halvorsen Freight", "Westmere CU"):
        owner = Owner(client=client, manager=PersonId(salon.jo.id), channel=emulated.billing)
        salon.office.owners.set_owner(owner, salon.office.by(ADA))
    salon.keeps_its_promises()


def gap_of(emulated: Emulated, client: str = "Halvorsen Freight", product: str = "Business Premium") -> Json:
    """Find a gap's message, in the thread of its client's alert."""
    alerts = (one for one in emulated.channel() if client in one["text"] and one.get("reply_count"))
    return next(one for one in emulated.thread(next(alerts)["ts"])[1:] if product in one["text"])


def test_signed_events_bring_the_exports_and_the_month_is_told(salon: Salon, emulated: Emulated) -> None:
    drops_the_month(salon, emulated)

    dropped = next(one for one in emulated.channel() if one.get("files"))
    answers = [one["text"] for one in emulated.thread(dropped["ts"])[1:]]
    assert [any(name in text for text in answers) for name in FILES] == [True, True]
    result = next(one for one in emulated.channel() if "not billed" in one["text"] and "October 2026" in one["text"])
    assert "$959.54" in result["text"]
    assert [block["type"] for block in result["blocks"]].count("table") == 1


def test_a_gap_is_approved_in_its_thread_once(salon: Salon, emulated: Emulated) -> None:
    drops_the_month(salon, emulated)
    jo, gap = emulated.person("jo"), gap_of(emulated)

    first, second = (emulated.clicks(jo, gap, names.APPROVE)[0] for _ in range(2))
    salon.keeps_its_promises()

    assert (first, second) == (200, 200)
    assert salon.case("Business Premium").state is CaseState.DECIDED
    shown = next(one for one in emulated.thread(gap["thread_ts"]) if one["ts"] == gap["ts"])
    assert "Approved by" in shown["text"]
    assert names.APPROVE not in str(shown["blocks"])


def test_a_plain_reply_in_the_thread_is_understood(salon: Salon, emulated: Emulated) -> None:
    drops_the_month(salon, emulated)
    jo, gap = emulated.person("jo"), gap_of(emulated, "Westmere CU", "Copilot")
    jo.client.conversations_join(channel=emulated.billing)

    jo.client.chat_postMessage(channel=emulated.billing, thread_ts=gap["thread_ts"], text="approve")

    salon.keeps_its_promises()
    assert salon.case("Copilot").state is CaseState.DECIDED


def test_a_modal_opens_with_the_leave_the_emulator_gives(salon: Salon, emulated: Emulated) -> None:
    drops_the_month(salon, emulated)
    jo, gap = emulated.person("jo"), gap_of(emulated)
    leave = emulated.trigger(jo)

    assert emulated.clicks(jo, gap, names.DISMISS, leave)[0] == 200

    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        emulated.client().views_open(trigger_id=leave, view=MODALS["modal_dismiss"])


def test_an_event_that_is_not_signed_is_not_believed(salon: Salon, emulated: Emulated) -> None:
    assert salon.office.promised() == []

    assert emulated.sends({"type": "block_actions"}, secret="another")[0] == 401  # noqa: S106 - of an emulator
