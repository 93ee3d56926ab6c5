"""People decide in Slack, by button, by modal and in words."""

from __future__ import annotations

import pytest
from office import ADA, PREMIUM, VISIO
from talking.salon import BILLING, Salon

from bot.sandbox import Seen
from bot.services.cases import CaseState
from bot.services.decisions import Reason, Verb
from bot.services.planning import Change
from bot.slack.blocks import actions, button

BOUGHT = [("Acme", PREMIUM, 12), ("Acme", VISIO, 3)]
BILLED = [("Acme", PREMIUM, 10), ("Acme", VISIO, 1)]


@pytest.fixture
def alert(salon: Salon) -> Seen:
    return salon.alerts(BOUGHT, BILLED)


def decisions(salon: Salon) -> list[tuple[Verb, str]]:
    return [(one.verb, one.by) for one in salon.office.undo.standing(salon.office.workspace)]


def test_a_gap_is_approved_once_and_whoever_is_second_learns_who_was_first(salon: Salon, alert: Seen) -> None:
    salon.owns(salon.jo, "Acme")
    as_it_was = salon.shown(alert, PREMIUM)

    assert salon.dana.presses("Approve", as_it_was).ok
    assert salon.jo.presses("Approve", as_it_was, stale=True).ok

    shown = salon.shown(alert, PREMIUM)
    assert decisions(salon) == [(Verb.APPROVE, salon.dana.id)]
    assert "Approved by Dana" in shown.words
    assert "To do: Bill 12 instead of 10 from 1 Nov 2026." in shown.words
    assert "buying" not in shown.words
    assert shown.buttons == ["Undo", "Why?"]
    assert "Already decided, so yours changed nothing: Approved by Dana" in salon.whispered(salon.jo, alert)


def test_an_approval_is_undone_with_one_click(salon: Salon, alert: Seen) -> None:
    salon.dana.presses("Approve", salon.shown(alert, PREMIUM))
    salon.dana.presses("Undo", salon.shown(alert, PREMIUM))

    assert decisions(salon) == []
    assert "Approve" in salon.shown(alert, PREMIUM).buttons


def test_the_next_invoice_is_the_one_of_the_billing_month_that_was_agreed(salon: Salon) -> None:
    change = Change(cadences={}, time_zone="UTC", month_begins=15)
    salon.office.planning.change(change, salon.office.by(ADA))

    alert = salon.alerts(BOUGHT, BILLED)

    assert "if nothing changes, the 15 Nov 2026 invoice leaves out $44.00" in salon.shown(alert, PREMIUM).words


def test_who_is_asked_about_what_nobody_buys_now_learns_that_it_was_bought_for_longer_perhaps(salon: Salon) -> None:
    rest = ("Acme", PREMIUM, 10)
    salon.office.receives([rest, ("Acme", VISIO, 3)], [rest, ("Acme", VISIO, 3)], "2026-09")
    salon.keeps_its_promises()

    alert = salon.alerts([rest], [rest, ("Acme", VISIO, 3)])

    hint = "September 2026 had 3 bought. If that was paid for in advance, dismiss this until it ends."
    assert hint in salon.shown(alert, VISIO).words
    salon.dana.presses("Approve", salon.shown(alert, VISIO))
    assert hint not in salon.shown(alert, VISIO).words


def test_who_is_asked_about_what_the_vendor_took_back_is_not_told_that_it_may_be_paid_in_advance(salon: Salon) -> None:
    rest = ("Acme", PREMIUM, 10)
    salon.office.receives([rest, ("Acme", VISIO, 3)], [rest, ("Acme", VISIO, 3)], "2026-09")
    salon.keeps_its_promises()

    alert = salon.alerts([rest, ("Acme", VISIO, 3), ("Acme", VISIO, -3)], [rest, ("Acme", VISIO, 3)])

    shown = salon.shown(alert, VISIO).words
    assert "None bought, 3 billed." in shown
    assert "The vendor still lists it: a charge and its refund cancel out." in shown
    assert "in advance" not in shown


def test_a_person_without_the_right_is_told_who_has_it(salon: Salon, alert: Seen) -> None:
    assert salon.jo.presses("Approve", salon.shown(alert, PREMIUM)).ok

    assert decisions(salon) == []
    assert "You can't decide" in salon.whispered(salon.jo, alert)
    assert "Dana" in salon.whispered(salon.jo, alert)


def test_a_gap_is_dismissed_with_a_reason_and_a_day(salon: Salon, alert: Seen) -> None:
    salon.dana.presses("Dismiss…", salon.shown(alert, PREMIUM))

    outcome = salon.dana.submits({"reason": "bundled", "until": "2027-03-31", "note": "Gold plan"})

    (decision,) = salon.office.undo.standing(salon.office.workspace)
    assert outcome.ok
    assert (decision.reason, decision.note) == (Reason.BUNDLED, "Gold plan")
    assert "bundled (Gold plan) until 31 Mar 2027" in salon.shown(alert, PREMIUM).words
    assert salon.dana.modal is None


def test_a_day_that_has_passed_is_said_below_it_and_nothing_typed_is_lost(salon: Salon, alert: Seen) -> None:
    salon.dana.presses("Dismiss…", salon.shown(alert, PREMIUM))

    outcome = salon.dana.submits({"reason": "bundled", "until": "2020-01-01"})

    assert dict(outcome.errors) == {"until": "01 Jan 2020 has passed already. Until which day shall it be?"}
    assert salon.dana.modal is not None
    assert decisions(salon) == []


def test_what_stops_a_modal_is_said_in_the_modal(salon: Salon, alert: Seen) -> None:
    salon.dana.presses("Dismiss…", salon.shown(alert, PREMIUM))
    salon.dana.presses("Approve", salon.shown(alert, PREMIUM))

    salon.dana.submits({"reason": "bundled", "until": "2027-03-31"})

    modal = salon.dana.modal
    assert modal is not None
    assert modal.body["title"]["text"] == "That did not work"


def test_a_gap_is_snoozed_and_assigned(salon: Salon, alert: Seen) -> None:
    salon.dana.presses("Assign…", salon.shown(alert, VISIO))
    salon.dana.submits({"person": salon.jo.id})
    assert "assigned to" in salon.shown(alert, VISIO).words

    salon.dana.presses("Snooze…", salon.shown(alert, VISIO))
    assert salon.dana.submits({}).ok
    assert "Snoozed by Dana until 23 Oct 2026" in salon.shown(alert, VISIO).words


def test_a_gap_is_assigned_to_a_colleague_nobody_introduced_and_to_no_guest(salon: Salon, alert: Seen) -> None:
    kim = salon.slack.new_person("kim", "Kim")
    eve = salon.slack.new_person("eve", "Eve", is_guest=True)

    salon.dana.presses("Assign…", salon.shown(alert, VISIO))
    salon.dana.submits({"person": kim.id})
    for nobody in (eve.id, salon.slack.bot_user):
        salon.dana.presses("Assign…", salon.shown(alert, PREMIUM))
        salon.dana.submits({"person": nobody})

    assert salon.case(VISIO).assigned == kim.id
    assert salon.case(PREMIUM).assigned is None


def test_whoever_is_handed_a_gap_decides_by_a_reply_where_they_are_told(salon: Salon, alert: Seen) -> None:
    salon.hires(salon.jo)
    salon.dana.says(f"visio: assign @{salon.jo.name}", "billing", thread=alert)
    salon.slack.settles()
    salon.keeps_its_promises()
    direct = salon.client.conversations_open(users=salon.jo.id)["channel"]["id"]
    asked = next(one for one in salon.jo.sees(direct) if "You were asked to decide" in one.words)

    salon.jo.says("approve", direct, thread=asked)
    salon.slack.settles()

    assert (Verb.APPROVE, salon.jo.id) in decisions(salon)
    assert "Approved by Jo" in salon.shown(alert, VISIO).words


def test_another_name_is_searched_among_the_real_ones(salon: Salon, alert: Seen) -> None:
    salon.dana.presses("Same as…", salon.shown(alert, VISIO))

    assert salon.dana.is_offered("find.name", "premium") == [PREMIUM]
    salon.dana.chooses("find.name", PREMIUM, typing="premium")
    assert salon.dana.submits().ok
    assert salon.dana.submits().ok  # these are two products to the vendor, which is asked about

    (decision,) = salon.office.undo.standing(salon.office.workspace)
    assert decision.verb is Verb.SAME
    assert decision.names is not None
    assert (decision.names.bought, decision.names.billed) == (VISIO, PREMIUM)


def test_why_and_history_are_shown_to_whoever_asks(salon: Salon, alert: Seen) -> None:
    salon.dana.presses("Why?", salon.shown(alert, PREMIUM))
    assert "12 bought − 10 billed" in salon.whispered(salon.dana, alert)

    salon.dana.says(f"{VISIO}: history", "billing", thread=alert)
    salon.slack.settles()
    assert "3 bought" in salon.dana.sees("billing", alert)[-1].text


def test_a_reply_decides_the_only_gap_that_waits(salon: Salon, alert: Seen) -> None:
    salon.dana.says("visio: dismiss bundled until 31 Mar", "billing", thread=alert)
    salon.slack.settles()
    salon.dana.says("approve", "billing", thread=alert)
    salon.slack.settles()

    assert sorted(decisions(salon)) == [(Verb.APPROVE, salon.dana.id), (Verb.DISMISS, salon.dana.id)]
    assert "until 31 Mar 2027" in salon.shown(alert, VISIO).words
    assert "Approved by Dana" in salon.shown(alert, PREMIUM).words


@pytest.mark.parametrize("words", ["approve", "approve all", "yes, approve them"])
def test_a_reply_that_could_mean_two_gaps_decides_none(salon: Salon, alert: Seen, words: str) -> None:
    salon.dana.says(words, "billing", thread=alert)
    salon.slack.settles()

    assert decisions(salon) == []
    asked = salon.whispered(salon.dana, alert)
    assert "There are 2 gaps here, and each is decided by itself" in asked
    example = asked.split("as in “")[1].split("”")[0]
    salon.dana.says(example, "billing", thread=alert)
    salon.slack.settles()
    assert len(decisions(salon)) == 1


@pytest.mark.parametrize("words", ["snooze 3d", "history", "not the same", "dismiss bundled until 31 Mar"])
def test_a_reply_that_could_mean_two_gaps_is_shown_with_the_name_of_one_before_it(
    salon: Salon, alert: Seen, words: str
) -> None:
    salon.dana.says(words, "billing", thread=alert)
    salon.slack.settles()

    asked = salon.whispered(salon.dana, alert)
    assert decisions(salon) == []
    assert f": {words}”" in asked
    assert "approve" not in asked


@pytest.mark.parametrize(
    "words",
    ["Approve visio.", "@gapwatch approve visio", "@gapwatch: approve visio", "visio: @gapwatch approve"],
)
def test_a_gap_may_be_named_after_the_word_as_well_or_the_bot_before_it(salon: Salon, alert: Seen, words: str) -> None:
    salon.dana.says(words, "billing", thread=alert)
    salon.slack.settles()

    assert decisions(salon) == [(Verb.APPROVE, salon.dana.id)]
    assert "Approved by Dana" in salon.shown(alert, VISIO).words


@pytest.mark.parametrize("words", ["AT&T: approve", "approve AT&T Fiber"])
def test_a_gap_is_named_by_a_sign_that_slack_writes_differently(salon: Salon, words: str) -> None:
    alert = salon.alerts([("Acme", "AT&T Fiber", 5), ("Acme", VISIO, 3)], [("Acme", VISIO, 1)])

    salon.dana.says(words, "billing", thread=alert)
    salon.slack.settles()

    assert decisions(salon) == [(Verb.APPROVE, salon.dana.id)]
    assert "Approved by Dana" in salon.shown(alert, "Fiber").words


@pytest.mark.parametrize("words", ["approve 2", "approve not visio", "aprove", "visio: aprove", "same as"])
def test_what_is_only_half_understood_decides_nothing(salon: Salon, alert: Seen, words: str) -> None:
    salon.dana.says(words, "billing", thread=alert)
    salon.slack.settles()

    assert decisions(salon) == []
    assert len(salon.whispered(salon.dana, alert)) < 300


def test_talk_with_somebody_else_is_not_answered(salon: Salon, alert: Seen) -> None:
    salon.dana.says(f"@{salon.jo.name} can you approve this?", "billing", thread=alert)
    salon.slack.settles()

    assert decisions(salon) == []
    assert [one for one in salon.dana.sees("billing", alert) if one.is_ephemeral] == []


def test_a_reply_nobody_understands_decides_nothing_and_says_what_can_be_said(salon: Salon, alert: Seen) -> None:
    salon.dana.says("looks good to me", "billing", thread=alert)
    salon.slack.settles()

    assert decisions(salon) == []
    assert "I did not understand that, so nothing was decided." in salon.whispered(salon.dana, alert)


def test_a_name_with_a_slip_of_the_fingers_becomes_no_judgement(salon: Salon, alert: Seen) -> None:
    salon.dana.says("visio: same as Acmee", "billing", thread=alert)
    salon.slack.settles()

    assert decisions(salon) == []
    assert "I know no “Acmee”" in salon.whispered(salon.dana, alert)


def test_two_products_of_the_vendor_are_one_only_for_whoever_says_yes(salon: Salon) -> None:
    standard = "Microsoft 365 Business Standard"
    same = [("Acme", VISIO, 3), ("Bolt", standard, 9)]
    alert = salon.alerts([("Acme", PREMIUM, 12), *same], same)

    salon.dana.says(f"same as {standard}", "billing", thread=alert)
    salon.slack.settles()

    assert decisions(salon) == []
    asked = salon.whispered(salon.dana, alert)
    assert f"“{PREMIUM}” and “{standard}” are two products to the vendor, so I changed nothing." in asked
    assert f"reply: yes, same as {standard}" in asked

    salon.dana.says(f"yes, same as {standard}", "billing", thread=alert)
    salon.slack.settles()
    assert decisions(salon) == [(Verb.SAME, salon.dana.id)]


def test_a_search_that_finds_another_product_of_the_vendor_asks_back_before_it_counts(salon: Salon) -> None:
    standard, written = "Microsoft 365 Business Standard", f"{PREMIUM} [New Commerce Experience]"
    same = [("Acme", VISIO, 3), ("Bolt", standard, 9)]
    alert = salon.alerts([("Acme", written, 12), *same], same)
    salon.dana.presses("Same as…", salon.shown(alert, PREMIUM))
    salon.slack.settles()
    salon.dana.chooses("find.name", standard, typing="standard")

    salon.dana.submits()

    assert decisions(salon) == []
    asked = salon.dana.waits_for_modal("two products")
    assert f"“{PREMIUM}” and “{standard}” are two products to the vendor, so I changed nothing." in asked.words
    assert "reply" not in asked.words

    salon.dana.submits()
    salon.slack.settles()
    assert decisions(salon) == [(Verb.SAME, salon.dana.id)]


def test_what_was_said_of_a_name_is_taken_back_in_a_thread_of_several_gaps(salon: Salon) -> None:
    diagrams = ("Bolt", "Diagrams", 2)
    alert = salon.alerts([("Acme", PREMIUM, 12), ("Acme", VISIO, 3), diagrams], [("Acme", VISIO, 1), diagrams])
    salon.dana.says("visio: same as Diagrams", "billing", thread=alert)
    salon.slack.settles()
    assert decisions(salon) == [(Verb.SAME, salon.dana.id)]

    salon.dana.says("undo", "billing", thread=alert)
    salon.slack.settles()

    assert decisions(salon) == []


def test_a_gap_that_an_answer_about_its_names_settled_says_so_and_the_answer_is_undone_in_its_thread(
    salon: Salon,
) -> None:
    diagrams = ("Bolt", "Diagrams", 2)
    alert = salon.alerts([("Acme", VISIO, 3), diagrams], [("Acme", "Diagrams", 3), diagrams])
    salon.dana.says("visio: same as Diagrams", "billing", thread=alert)
    salon.slack.settles()
    salon.keeps_its_promises()

    shown = salon.shown(alert, VISIO).words
    assert "Closed: no gap after all, by an answer about its names." in shown
    assert "No decision was in force" not in "".join(one.words for one in salon.dana.sees("billing", alert))
    salon.dana.says("undo", "billing", thread=alert)
    salon.slack.settles()

    assert decisions(salon) == []


def test_undo_names_which_kind_of_decision_it_takes_back(salon: Salon, alert: Seen) -> None:
    salon.dana.says("visio: dismiss bundled", "billing", thread=alert)
    salon.slack.settles()

    salon.dana.says("undo approve", "billing", thread=alert)
    salon.slack.settles()
    assert decisions(salon) == [(Verb.DISMISS, salon.dana.id)]
    assert "There is no such decision on this gap to take back." in salon.whispered(salon.dana, alert)

    salon.dana.says("undo the dismissal", "billing", thread=alert)
    salon.slack.settles()
    assert decisions(salon) == []


@pytest.mark.usefixtures("alert")
def test_talk_in_other_threads_is_none_of_our_business(salon: Salon) -> None:
    lunch = salon.dana.says("Lunch?", "billing")
    salon.jo.says("approve", "billing", thread=lunch)
    salon.slack.settles()

    assert len(salon.jo.sees("billing", lunch)) == 2
    assert decisions(salon) == []


def test_the_same_click_and_the_same_reply_heard_twice_decide_once(salon: Salon, alert: Seen) -> None:
    salon.dana.says("premium: approve", "billing", thread=alert)
    salon.slack.settles()
    salon.slack.sends_again("message")
    salon.slack.settles()

    assert decisions(salon) == [(Verb.APPROVE, salon.dana.id)]
    assert [one for one in salon.dana.sees("billing", alert) if one.is_ephemeral] == []


@pytest.mark.usefixtures("alert")
def test_people_of_another_company_decide_nothing(salon: Salon) -> None:
    team, _ = salon.slack.new_team("Other Ltd")
    guest = salon.slack.new_person("eve", "Eve", team=team)
    shared = salon.slack.new_channel("shared", by="dana", shared_with=[team])
    salon.dana.invites("gapwatch", "shared")
    guest.joins("shared")
    case = salon.case(PREMIUM)
    salon.client.chat_postMessage(
        channel=shared, text="gap", blocks=[actions(button("Approve", "gap.approve", case.id))]
    )

    guest.presses("Approve", guest.sees("shared")[-1])

    assert decisions(salon) == []
    assert "another workspace" in guest.sees("shared")[-1].words


@pytest.mark.usefixtures("alert")
def test_a_button_nobody_knows_any_more_is_answered(salon: Salon) -> None:
    salon.client.chat_postMessage(channel=BILLING, text="old", blocks=[actions(button("Old", "gap.of_yore", "1"))])

    assert salon.dana.presses("Old", salon.dana.sees("billing")[-1]).ok

    assert "out of date" in salon.dana.sees("billing")[-1].words


def test_a_wrong_word_after_the_command_gets_help(salon: Salon) -> None:
    assert salon.dana.types("/reconcile recnocile", "billing").ok

    assert "I don't know “recnocile”" in salon.dana.sees("billing")[-1].words


def test_nobody_signs_for_more_than_they_have_seen(salon: Salon, alert: Seen) -> None:
    as_it_was = salon.shown(alert, PREMIUM)
    salon.office.receives([("Acme", PREMIUM, 90), ("Acme", VISIO, 3)], BILLED, "2026-11")

    salon.dana.presses("Approve", as_it_was, stale=True)
    assert decisions(salon) == []
    assert "has changed since you saw it: Acme has 90" in salon.whispered(salon.dana, alert)

    salon.dana.presses("Approve", salon.shown(alert, PREMIUM))
    assert decisions(salon) == [(Verb.APPROVE, salon.dana.id)]


def test_a_gap_that_closed_in_the_meantime_can_not_be_decided(salon: Salon, alert: Seen) -> None:
    as_it_was = salon.shown(alert, PREMIUM)
    salon.office.receives([("Acme", PREMIUM, 10), ("Acme", VISIO, 3)], BILLED, "2026-11")

    salon.dana.presses("Approve", as_it_was, stale=True)

    assert salon.case(VISIO).state is CaseState.OPEN
    assert decisions(salon) == []
    assert "no longer shows it" in salon.whispered(salon.dana, alert)
