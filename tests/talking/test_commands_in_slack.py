"""People type the command, and act on what it answers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from office import ADA, PREMIUM, VISIO
from sandbox.kit import over_http, over_socket
from talking.salon import Listening, Salon, open_salon

from bot.sandbox import Seen
from bot.services.ids import WorkspaceId
from bot.services.looking import Looking, Status
from bot.slack.heard import plain
from bot.slack.views.help import COMMANDS
from recon import Limits

BOUGHT = [("Acme", PREMIUM, 12), ("Acme", VISIO, 3)]
BILLED = [("Acme", PREMIUM, 10), ("Acme", VISIO, 1)]
AS_EVERYBODY = "This client has no limits of its own any more"


def typed(salon: Salon, words: str) -> Seen:
    """Type the command, and read its answer."""
    assert salon.dana.types(f"/reconcile {words}".strip(), "billing").ok
    return [one for one in salon.dana.sees("billing") if one.is_ephemeral][-1]


def test_a_slip_is_answered_with_the_command_it_may_have_meant_and_no_list(salon: Salon) -> None:
    for slip, command in (
        ("staus", "status"),
        ("fix", "fixes"),
        ("Decision", "decisions"),
        ("sumary last", "summary last"),
    ):
        words = typed(salon, slip).words
        assert f"Did you mean `/reconcile {command}`?" in words
        assert "upload exports" not in words
    assert "upload exports" in typed(salon, "how much do we lose").words
    assert "Say “approve” in the thread of a gap" in typed(salon, "Approve Acme").words


def test_a_month_that_waits_for_an_answer_is_not_the_one_whose_gaps_are_open(salon: Salon) -> None:
    salon.office.receives(BOUGHT, BILLED)
    salon.office.drops(b"Firm,Thing,Count\nBeta,Visio Plan 2,3\n", "odd.csv")
    salon.office.receives([("Acme", PREMIUM, 14)], [("Acme", PREMIUM, 10)], "2026-11")
    salon.keeps_its_promises()

    assert "October 2026: 2 gaps open" in typed(salon, "status").words
    told = next(one.words for one in salon.dana.sees("billing") if "November 2026: $" in one.text)
    assert "odd.csv waits for an answer." in told
    assert "Until that is settled I alert nobody" in told


def test_what_waits_for_whoever_asks_is_listed(salon: Salon) -> None:
    salon.hires(salon.jo)
    salon.owns(salon.jo, "Bolt")
    salon.owns(salon.dana, "Acme")
    salon.office.receives([*BOUGHT, ("Bolt", VISIO, 3)], [*BILLED, ("Bolt", VISIO, 1)])

    assert "2 gaps open for you to decide: $88.00 a month not billed." in typed(salon, "gaps mine").words
    assert "3 gaps open: " in typed(salon, "gaps").words
    assert salon.jo.types("/reconcile gaps mine", "billing").ok
    assert "1 gap open for you to decide" in [one for one in salon.jo.sees("billing") if one.is_ephemeral][-1].words


@pytest.mark.parametrize("words", ["what if 75 2", "What-if 75 2", "whatif 75 2"])
def test_what_if_is_two_words_or_one(salon: Salon, words: str) -> None:
    salon.office.receives(BOUGHT, BILLED)

    assert "I am replaying the runs of the last 90 days" in typed(salon, words).words


def test_before_the_first_month_every_command_has_an_answer(salon: Salon) -> None:
    for command in COMMANDS.keys() - {"/reconcile"}:
        assert typed(salon, command.removeprefix("/reconcile ").partition(" ")[0]).text

    assert "Nothing is compared yet" in typed(salon, "status").words
    assert "No gap is open" in typed(salon, "gaps").words


def test_what_stands_is_shown(salon: Salon) -> None:
    salon.alerts(BOUGHT, BILLED)
    case = salon.case(PREMIUM)

    assert "2 gaps open, $88.00 a month not billed" in typed(salon, "status").words
    assert "2 gaps open at Acme" in typed(salon, "gaps acme").words
    assert "12 bought − 10 billed" in typed(salon, f"why {case.id}").words
    assert "more than $0.00 a month" in typed(salon, "thresholds").words
    assert "1 client, none without" in typed(salon, "owners").words


def test_every_sum_with_an_estimate_in_it_says_about(salon: Salon) -> None:
    fine = ("Acme", VISIO, 4)
    alert = salon.alerts([("Acme", PREMIUM, 12), fine], [fine])  # billed to nobody, so nobody knows at what price
    money = salon.case(PREMIUM).gap.monthly

    assert f"1 gap open, about {money} a month not billed" in typed(salon, "status").text
    assert f"about {money} a month not billed" in typed(salon, "run").text
    week = typed(salon, "summary")
    assert f"Open: about {money} a month not billed" in week.text
    assert f"{PREMIUM}, about {money} a month, open" in week.words
    assert bare_sums(week.words, str(money)) == 0
    assert bare_sums(typed(salon, "statement").words, str(money)) == 0
    typed(salon, "what-if 100000 1")
    salon.dana.waits_for(f"Missed: about {money} a month", "billing")
    salon.dana.presses("Still open: 1", week)
    opened = salon.dana.waits_for_modal("Still open").words.replace("*", "")
    assert bare_sums(opened, str(money)) == 0
    salon.dana.closes()

    salon.office.receives([("Acme", PREMIUM, 14), fine], [fine], "2026-11")
    salon.keeps_its_promises()
    (grown,) = [one.text for one in salon.dana.sees("billing", alert) if "Grew" in one.text]
    assert f"Grew from about {money} to about" in grown
    result = next(one for one in salon.dana.sees("billing") if one.text.startswith("October 2026: about"))
    assert bare_sums(result.words, str(money)) == 0

    more = str(salon.case(PREMIUM).gap.monthly)
    salon.dana.presses("Approve", salon.shown(alert, PREMIUM))
    assert bare_sums(typed(salon, "fixes").words, more) == 0


def bare_sums(words: str, money: str) -> int:
    """Count where an estimate is told as if it were known to the cent."""
    assert money in words
    return len(re.findall(rf"(?<!bout ){re.escape(money)}", words))


def test_part_of_a_clients_name_is_enough_and_a_wrong_one_is_no_all_clear(salon: Salon) -> None:
    fine = ("Bolt Inc", VISIO, 4)
    salon.office.receives([("Acme Holdings", VISIO, 3), fine], [("ACME Holdings Ltd", VISIO, 1), fine])

    for name in ("acme", "Acme Holding", "acme holdings", "Acme Holdings, Ltd."):
        assert re.search(r"1 gap open at ACME Holdings", typed(salon, f"gaps {name}").words, re.IGNORECASE), name
    assert "No gap is open at Bolt Inc." in typed(salon, "gaps bolt").words
    assert "I know no client called “Acmee”. Did you mean" in typed(salon, "gaps Acmee").words
    unknown = typed(salon, "gaps Zorg").words
    assert "I know no client called “Zorg”." in unknown
    assert "Did you mean" not in unknown


def test_a_client_with_no_open_gap_is_no_all_clear_while_a_fix_is_not_verified(salon: Salon) -> None:
    alert = salon.alerts(BOUGHT, BILLED)
    salon.dana.presses("Approve", salon.shown(alert, PREMIUM))
    money = salon.case(PREMIUM).gap.monthly

    for words in ("gaps acme", "gaps"):
        assert f"1 gap approved, fix not verified yet: {money} a month not billed." in typed(salon, words).words
    assert f"1 gap approved, fix not verified yet: {money} a month not billed." in typed(salon, "status").words
    salon.dana.presses("Undo", salon.shown(alert, PREMIUM))
    assert "approved" not in typed(salon, "gaps").words


def test_what_is_snoozed_is_said_beside_what_is_open(salon: Salon) -> None:
    alert = salon.alerts(BOUGHT, BILLED)
    salon.dana.says("visio: snooze 3d", "billing", thread=alert)
    salon.slack.settles()
    visio = salon.case(VISIO).gap

    for words in ("gaps", "gaps acme", "status"):
        told = typed(salon, words).words
        assert "1 gap open" in told
        assert "1 gap snoozed: " in told
        assert f"{visio.monthly} a month not billed." in told


def test_a_client_with_no_open_gap_is_no_all_clear_while_one_is_kept_quiet(salon: Salon) -> None:
    salon.office.thresholds.set_limits(Limits(Decimal(100_000)), salon.office.by(ADA))
    salon.office.receives([("Acme Holdings", VISIO, 3)], [("ACME Holdings Ltd", VISIO, 1)])

    for words in ("gaps acme", "gaps"):
        shown = typed(salon, words).words
        assert "No gap is open" in shown
        assert "1 gap below your thresholds kept quiet (" in shown
        assert "a month not billed)" in shown


@pytest.mark.parametrize("client", ["Smith &amp; Sons", "<http://contoso.com|contoso.com>"])
def test_a_client_is_known_whatever_slack_makes_of_its_name(salon: Salon, client: str) -> None:
    salon.alerts([(plain(client), VISIO, 3)], [(plain(client), VISIO, 1)])
    direct = salon.client.conversations_open(users=salon.dana.id)["channel"]["id"]

    assert "1 gap open at" in typed(salon, f"gaps {client}").words
    salon.dana.says(f"gaps {plain(client)}", direct)
    salon.slack.settles()
    assert "1 gap open at" in salon.dana.sees(direct)[-1].words


def test_whoever_writes_to_the_bot_alone_is_answered_in_any_thread(salon: Salon) -> None:
    salon.alerts(BOUGHT, BILLED)
    direct = salon.client.conversations_open(users=salon.dana.id)["channel"]["id"]
    first = salon.dana.says("status", direct)
    salon.slack.settles()

    for words in ("gaps", "approve"):
        salon.dana.says(words, direct, thread=first)
        salon.slack.settles()

    answers = [one.words for one in salon.dana.sees(direct, first) if one.user != salon.dana.id]
    assert "2 gaps open" in answers[0]
    assert "Say that in the thread of a gap, so that I know which one you mean." in answers[1]


def test_a_source_without_a_file_is_late_and_those_that_have_one_are_fresh(salon: Salon) -> None:
    salon.alerts(BOUGHT, BILLED)
    shown = typed(salon, "status")
    assert "fresh, newest file is for October 2026" in shown.words
    assert "Late" not in shown.text

    salon.office.clock.pass_by(days=9)

    shown = typed(salon, "status")
    assert "ageing, newest file is for October 2026 (9 days ago)" in shown.words
    assert "Late: " in shown.text


def test_what_nobody_billed_has_a_history_of_nought_billed(salon: Salon) -> None:
    salon.alerts([*BOUGHT, ("Acme", "Acrobat Pro", 4)], BILLED)

    assert "4 bought and 0 billed in October 2026" in typed(salon, f"history {salon.case('Acrobat').id}").text


def test_a_gap_nobody_knows_is_a_sentence(salon: Salon) -> None:
    assert "zzz" in typed(salon, "why zzz").words
    assert "Which gap? Say it like why 3fa1b2c4" in typed(salon, "why").words.replace("`", "")
    assert "Which gap? Say it like history 3fa1b2c4" in typed(salon, "history").words.replace("`", "")


def test_a_gap_is_found_by_words_of_its_client_and_product(salon: Salon) -> None:
    salon.alerts(BOUGHT, BILLED)
    ids = [salon.case(product).id[:8] for product in (PREMIUM, VISIO)]

    for word in ("why", "history"):
        one, many = typed(salon, f"{word} acme premium").words, typed(salon, f"{word} acme").words
        assert one == typed(salon, f"{word} {ids[0]}").words
        assert "2 gaps open at Acme" in many
        assert all(gap in many for gap in ids)
    assert "I know no client called “Acmee”. Did you mean Acme?" in typed(salon, "why Acmee").text


def test_a_slip_is_offered_with_all_that_was_typed(salon: Salon) -> None:
    salon.alerts(BOUGHT, BILLED)

    assert "Did you mean /reconcile export fixes?" in typed(salon, "exprot fixes").text
    assert "Did you mean gaps mine?" in typed(salon, "gaps mien").text


def test_a_decision_is_listed_and_taken_back(salon: Salon) -> None:
    alert = salon.alerts(BOUGHT, BILLED)
    salon.dana.presses("Approve", salon.shown(alert, PREMIUM))
    assert "1 change to make: $44.00 a month not billed." in typed(salon, "fixes").words

    listed = typed(salon, "decisions")
    assert "Approved by Dana" in listed.words
    salon.dana.presses("Take back", listed)

    assert salon.office.undo.standing(salon.office.workspace) == ()
    assert "Approve" in salon.shown(alert, PREMIUM).buttons
    assert "Taken back" in [one for one in salon.dana.sees("billing") if one.is_ephemeral][-1].words


def test_what_to_fix_is_never_netted_and_says_what_to_do(salon: Salon) -> None:
    bought = [("Acme", PREMIUM, 12), ("Acme", VISIO, 3), ("Bolt", "Microsoft 365 E5", 5)]
    billed = [("Acme", PREMIUM, 10), ("Acme", VISIO, 7), ("Bolt", "Microsoft 365 E3", 5)]
    salon.office.receives(bought, billed)
    for case in salon.office.looking.gaps(salon.office.workspace):
        salon.office.decide.approve(case.id, salon.office.by(ADA))

    shown = typed(salon, "fixes")

    assert "$44.00 a month not billed" in shown.text
    assert "$88.00 billed too much" in shown.text
    assert "Bill 12 instead of 10" in shown.words
    assert "Bill 5 Microsoft 365 E5 instead of Microsoft 365 E3" in shown.words


@pytest.mark.parametrize("client", ["", "Acme"])
def test_thresholds_are_set_for_everybody_or_for_one(salon: Salon, client: str) -> None:
    salon.alerts(BOUGHT, BILLED)
    salon.dana.presses("Change…", typed(salon, "thresholds"))
    if client:
        salon.dana.chooses("find.client", client, typing="ac")

    assert salon.dana.submits({"money": "99.5", "seats": "3"}).ok

    agreed = salon.office.thresholds.agreed(salon.office.workspace)
    limits = agreed.of_client["acme"] if client else agreed.usual
    assert (limits.min_money, limits.min_seats) == (Decimal("99.5"), Decimal(3))
    told = salon.dana.sees("billing")[-1]
    assert told.is_ephemeral
    assert "I now alert at more than $99.50 a month, in gaps of at least 3 seats" in told.words


def test_a_client_has_no_limits_of_its_own_any_more(salon: Salon) -> None:
    salon.alerts(BOUGHT, BILLED)
    salon.office.thresholds.set_limits(Limits(Decimal(9)), salon.office.by(ADA), client="Acme")
    shown = typed(salon, "thresholds")
    assert "Acme: more than $9.00 a month" in shown.words.replace("*", "")

    salon.dana.presses("Change…", shown)
    assert "client" in dict(salon.dana.submits({"usual": [AS_EVERYBODY]}).errors)
    salon.dana.chooses("find.client", "Acme", typing="ac")
    assert salon.dana.submits({"usual": [AS_EVERYBODY]}).ok

    assert salon.office.thresholds.agreed(salon.office.workspace).of_client == {}
    assert "I now alert at the usual thresholds" in salon.dana.sees("billing")[-1].words


def test_somebody_who_may_not_set_them_is_told_in_the_modal(salon: Salon) -> None:
    salon.jo.types("/reconcile thresholds", "billing")
    salon.jo.presses("Change…", salon.jo.sees("billing")[-1])

    salon.jo.submits({"money": "1", "seats": "1"})

    modal = salon.jo.modal
    assert modal is not None
    assert "Only an admin may set thresholds" in modal.words


class Broken(Looking):
    """What is asked for status, and is at fault."""

    def status(self, workspace: WorkspaceId, now: datetime) -> Status:
        raise ZeroDivisionError(workspace, now)


@pytest.mark.parametrize("listening", [over_http, over_socket])
def test_a_fault_of_ours_is_owned_up_to_where_the_command_was_typed(sqlite_url: str, listening: Listening) -> None:
    def breaks(salon: Salon) -> None:
        services = replace(salon.room.services, looking=Broken(salon.office.ledger))
        salon.room = replace(salon.room, services=services)

    with open_salon(sqlite_url, listening, but=breaks) as salon:
        assert "Something went wrong on my side" in typed(salon, "status").words
