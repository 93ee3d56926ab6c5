"""A week is told in the channel once, with its picture, and its figures open the gaps behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import matplotlib.image
import openpyxl
import pytest
from office import ADA, PREMIUM, VISIO, Office
from sandbox.kit import over_socket
from slack_sdk import WebClient
from talking.examples import USD, WEEK
from talking.salon import Salon

from bot.sandbox import Sandbox, Seen
from bot.services.failures import TryLater, Unclear
from bot.services.ids import WorkspaceId
from bot.services.people import Owner
from bot.services.promises import Promise, PromiseKind
from bot.services.shares import Heading
from bot.services.workplace import Look, Workplace
from bot.slack.manifest import Mode, write_manifest
from bot.slack.views.weekly import by_age, findings
from bot.store.engine import open_engine
from bot.store.ledger import StoreLedger
from recon import Money, add_up

CLIENTS = [f"Client {number:02}" for number in range(20)]


@pytest.fixture
def salon(sqlite_url: str) -> Iterator[Salon]:
    """Open a salon over a socket, a week after twenty clients were found to pay for too little."""
    engine = open_engine(sqlite_url, synchronous="OFF")
    with Sandbox(manifest=write_manifest(Mode.SOCKET)) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.base_url, retry_handlers=[])
        office = Office(StoreLedger(engine), workspace=WorkspaceId(client.auth_test()["team_id"])).begins()
        salon = Salon(slack, office, client)
        salon.owns(salon.dana, "Client 00")
        office.clock.now = datetime(2026, 10, 20, 9, tzinfo=UTC)
        bought = [(name, PREMIUM, 12 + place) for place, name in enumerate(CLIENTS)]
        office.receives([*bought, ("Over", VISIO, 1)], [*((name, PREMIUM, 10) for name in CLIENTS), ("Over", VISIO, 2)])
        office.decide.approve(office.gap("Client 00").id, office.by(ADA))
        office.clock.pass_by(days=7)
        office.keeps_its_promises()
        office.reports.promise(office.workspace)
        with over_socket(salon.app(), slack):
            yield salon
    engine.dispose()


def told(salon: Salon) -> Seen:
    (found,) = [one for one in salon.dana.sees("billing") if one.text.startswith("Week of")]
    return found


def picture(seen: Seen) -> dict[str, str]:
    (block,) = [block for block in seen.blocks if block["type"] == "image"]
    return {"file": block["slack_file"]["id"], "alt": block["alt_text"]}


def claimed(salon: Salon, kind: PromiseKind) -> Promise:
    (promise,) = salon.office.promised(kind)
    attempt = salon.office.outbox.claim(salon.office.workspace, promise.key)
    assert attempt
    return attempt


def test_a_week_is_told_with_a_picture_that_says_its_numbers(salon: Salon) -> None:
    salon.keeps_its_promises()

    week = told(salon)
    assert "Week of 19 Oct 2026: nothing recovered, 20 gaps still open" in week.text
    shown = picture(week)
    leaks = "Not billed, approved or not: $5,060.00. Billed too much, approved or not: $22.00."
    assert shown["alt"].endswith(f"Recovered: $0.00. {leaks}")
    pixels = matplotlib.image.imread(BytesIO(salon.dana.reads_file(shown["file"])))
    assert pixels.shape == (800, 1280, 4)
    assert pixels[0, 0, :3].tolist() == [1, 1, 1]


def test_the_picture_is_dark_where_that_was_set(salon: Salon) -> None:
    workplaces = salon.office.reports.workplaces
    workplaces.change(Workplace(look=Look.DARK), salon.office.by(ADA))
    salon.keeps_its_promises()

    pixels = matplotlib.image.imread(BytesIO(salon.dana.reads_file(picture(told(salon))["file"])))

    assert pixels[0, 0, :3].max() < 0.2


@pytest.mark.parametrize("method", ["chat.postMessage", "files.completeUploadExternal", "chat.update"])
@pytest.mark.parametrize("done", [True, False])
def test_whatever_answer_is_lost_the_week_is_told_once(salon: Salon, method: str, *, done: bool) -> None:
    salon.office.clock.now = salon.office.clock.now.fromtimestamp(salon.slack.now(), UTC)
    promise = claimed(salon, PromiseKind.SUMMARY)
    salon.slack.breaks(method, "dropped", done=done)

    with pytest.raises((Unclear, TryLater)):
        salon.bringing.bring(salon.office.workspace, promise)
    salon.office.clock.pass_by(minutes=5)
    again = salon.office.outbox.claim(salon.office.workspace, promise.key, was=promise.attempt_at)
    assert again
    salon.bringing.bring(salon.office.workspace, again)

    assert picture(told(salon))["file"]


def test_a_figure_opens_the_gaps_behind_it_and_they_come_to_it_to_the_cent(salon: Salon) -> None:
    salon.keeps_its_promises()

    assert salon.dana.presses("Still open: 20", told(salon)).ok

    modal = salon.dana.waits_for_modal("Still open")
    assert "$5,016.00 a month not billed, $22.00 billed too much" in modal.words
    assert "20 gaps, week of 19 Oct 2026" in modal.words
    assert "1 to 15 of 20" in modal.words
    salon.dana.presses("More")
    salon.slack.settles()
    rest = salon.dana.modal
    assert rest
    parts = [line.split("*")[1] for line in (modal.words + rest.words).splitlines() if " a month not billed · " in line]
    (total,) = add_up(Money(Decimal(part.removeprefix("$").replace(",", "")), "USD") for part in parts)
    assert str(total) == "$5,016.00"
    assert "16 to 20 of 20" in rest.words


def test_a_manager_is_told_their_own_score_alone(salon: Salon) -> None:
    salon.keeps_its_promises()

    direct = salon.client.conversations_open(users=salon.dana.id)["channel"]["id"]
    (card,) = [one for one in salon.dana.sees(direct) if one.text.startswith("Your four weeks")]

    assert "1 client of yours. Only you see this." in card.words
    assert "Decided within three days:* 1 of 1" in card.words


def test_a_manager_who_has_left_is_told_nothing(salon: Salon) -> None:
    salon.slack.deactivates("dana")

    salon.bringing.bring(salon.office.workspace, claimed(salon, PromiseKind.SCORECARD))

    left = next(one for one in salon.office.joining.people(salon.office.workspace) if one.id == salon.dana.id)
    assert not left.is_active


def test_a_minus_in_a_week_says_what_it_takes_off() -> None:
    back = replace(WEEK, lines=(replace(WEEK.line(Heading.WAIVED), under=USD("-19.00")), *WEEK.lines))

    takes_off = "*A minus* takes off what was decided or closed before and no longer is."
    assert takes_off in "\n".join(findings(back))
    assert takes_off not in "\n".join(findings(WEEK))


def test_no_gap_is_said_to_be_older_than_the_oldest() -> None:
    assert by_age((63, 40, 9, 3)) == "1 under a week, 1 under a month and 2 a month or more."


def test_the_running_week_is_shown_when_asked_for(salon: Salon) -> None:
    for words, title in (("summary", "Week of 26 Oct 2026, so far"), ("summary last", "Week of 19 Oct 2026:")):
        assert salon.dana.types(f"/reconcile {words}", "billing").ok
        assert title in [one for one in salon.dana.sees("billing") if one.is_ephemeral][-1].text


def test_a_statement_is_shown_and_its_workbook_opens_the_threads(salon: Salon) -> None:
    salon.office.owners.set_owner(Owner(client="Client 01", channel="C0BILLING01"), salon.office.by(ADA))
    salon.office.outbox.posted(salon.office.workspace, "client:client01", "C0BILLING01", told_by_bot(salon))
    assert salon.dana.types("/reconcile statement 2026-10", "billing").ok
    shown = [one for one in salon.dana.sees("billing") if one.is_ephemeral][-1]
    assert "October 2026, so far: nothing recovered" in shown.text

    assert salon.dana.presses("Workbook with its 22 lines", shown).ok
    salon.keeps_its_promises()

    (file,) = [file for one in salon.dana.sees("billing") for file in one.files if "statement" in file["name"]]
    book = openpyxl.load_workbook(BytesIO(salon.dana.reads_file(file["id"])))
    links = [cell.hyperlink.target for row in book["Lines"].iter_rows() for cell in row if cell.hyperlink]
    assert [link for link in links if link] == [link for link in links if link and "/archives/C0BILLING01/p" in link]
    assert len([link for link in links if link]) == 1


def told_by_bot(salon: Salon) -> str:
    return str(salon.client.chat_postMessage(channel="C0BILLING01", text="Client 01: something leaks.")["ts"])


def test_a_month_that_cannot_be_read_is_a_sentence(salon: Salon) -> None:
    salon.dana.types("/reconcile statement soon", "billing")

    assert "can't read “soon” as a month" in [one for one in salon.dana.sees("billing") if one.is_ephemeral][-1].words


def test_a_gap_in_the_list_explains_itself_over_the_list(salon: Salon) -> None:
    salon.keeps_its_promises()
    salon.dana.presses("Approved: 1", told(salon))

    salon.dana.presses("Why?")

    assert "bought −" in salon.dana.waits_for_modal("bought −").words
    salon.dana.closes()
    assert salon.dana.waits_for_modal().title == "Approved"
