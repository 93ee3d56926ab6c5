"""Everybody has a home: what waits for them, what is open, and what to press; it shows how things are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from office import ADA, NOVEMBER, PREMIUM, VISIO
from talking.salon import Salon

from bot.sandbox import Person, Screen
from bot.services.cases import CaseState
from bot.services.decisions import Reason, Verb
from bot.services.ids import PersonId
from bot.services.promises import PromiseKind
from recon import Limits, Money

BOUGHT = [("Acme", PREMIUM, 12), ("Acme", VISIO, 3), ("Bolt", PREMIUM, 15), ("Cog", VISIO, 1)]
BILLED = [("Acme", PREMIUM, 10), ("Acme", VISIO, 2), ("Bolt", PREMIUM, 10), ("Cog", VISIO, 4)]


def compared(salon: Salon) -> None:
    salon.hires(salon.jo)
    salon.owns(salon.jo, "Acme")
    salon.office.receives(BOUGHT, BILLED)


def home(salon: Salon, person: Person | None = None) -> Screen:
    who = person or salon.dana
    who.opens_home()
    salon.slack.settles()
    return who.waits_for_home("Your queue")


def later(salon: Salon) -> None:
    salon.office.clock.pass_by(seconds=10)
    salon.keeps_its_promises()


def test_before_the_first_month_it_says_what_to_do(salon: Salon) -> None:
    seen = home(salon)

    assert "Nothing waits for you" in seen.words
    assert "No source has been compared yet. Drop two exports under Messages, or in a channel I am in." in seen.words


def test_mine_come_first_and_the_money_before_all(salon: Salon) -> None:
    compared(salon)

    seen = home(salon, salon.jo).words

    queue, rest = seen.split("All open gaps")
    assert "2 gaps to decide: $66.00 a month not billed" in queue
    assert queue.index("$44.00 a month not billed") < queue.index("$22.00 a month not billed")
    assert "Bolt" not in queue
    assert "4 gaps: $176.00 a month not billed, $66.00 billed too much" in rest
    assert rest.index("Bolt") < rest.index("Acme")
    assert ": fresh, newest file is for October 2026" in rest
    assert "October 2026 compared, 4 new" in rest


def test_a_gap_is_decided_right_there_and_the_home_shows_it_at_once(salon: Salon) -> None:
    compared(salon)
    home(salon)
    bolt = salon.office.gap("Bolt")

    assert salon.dana.presses(f"gap.approve={bolt.id}", home=True).ok
    salon.slack.settles()

    assert salon.office.case(bolt).state is CaseState.DECIDED
    assert "1 gap to decide" in salon.dana.waits_for_home("1 gap to decide").words


def test_a_form_opened_there_decides_and_the_home_follows(salon: Salon) -> None:
    compared(salon)
    home(salon)
    bolt = salon.office.gap("Bolt")
    salon.dana.presses(f"gap.dismiss={bolt.id}", home=True)

    assert salon.dana.submits({"reason": Reason.BUNDLED.value}).ok
    later(salon)

    assert salon.office.case(bolt).state is CaseState.DECIDED
    assert "1 gap to decide" in salon.dana.waits_for_home("1 gap to decide").words


def test_what_somebody_else_decides_is_shown_soon_once_however_much_it_is(salon: Salon) -> None:
    compared(salon)
    home(salon)
    for client in ("Bolt", "Cog"):
        salon.office.decide.dismiss(salon.office.gap(client).id, salon.office.by(ADA), Reason.INTENDED)
    assert salon.office.promised(PromiseKind.HOME) == []

    later(salon)

    assert "Nothing waits for you" in salon.dana.waits_for_home("Nothing waits for you").words


def test_nothing_is_promised_to_homes_nobody_has(salon: Salon) -> None:
    compared(salon)
    salon.office.clock.pass_by(minutes=1)

    assert salon.office.promised(PromiseKind.HOME) == []


def test_a_new_month_is_shown_in_the_homes_people_have(salon: Salon) -> None:
    compared(salon)
    home(salon)

    salon.office.receives(BOUGHT, [(client, product, seats) for client, product, seats in BOUGHT], str(NOVEMBER))
    later(salon)

    assert "November 2026 compared, 4 gone" in salon.dana.waits_for_home("November 2026 compared").words


def test_why_is_answered_over_the_home(salon: Salon) -> None:
    compared(salon)
    home(salon)

    salon.dana.presses(f"gap.why={salon.office.gap('Bolt').id}", home=True)
    salon.slack.settles()

    assert "15 bought − 10 billed" in salon.dana.waits_for_modal("15 bought − 10 billed").words


def test_who_was_quicker_is_said_over_the_home(salon: Salon) -> None:
    compared(salon)
    home(salon)
    bolt = salon.office.gap("Bolt")
    salon.office.decide.approve(bolt.id, salon.office.by(ADA))

    salon.dana.presses(f"gap.approve={bolt.id}", home=True)
    salon.slack.settles()

    assert "Approved by Ada" in salon.dana.waits_for_modal("Already decided").words


def test_any_gap_opens_with_all_that_can_be_decided_and_shows_what_was(salon: Salon) -> None:
    compared(salon)
    home(salon, salon.jo)
    acme = salon.office.gap("Acme", VISIO)
    salon.jo.presses(f"open.gap={acme.id}", home=True)
    assert salon.jo.waits_for_modal("$22.00 a month not billed").title == "Acme"

    salon.jo.presses("Dismiss…")
    assert salon.jo.submits({"reason": Reason.TEMPORARY.value}).ok
    salon.slack.settles()
    assert "Dismissed by Jo: temporary" in salon.jo.waits_for_modal("Dismissed by Jo").words

    salon.jo.presses("Undo")
    assert "Approve" in salon.jo.waits_for_modal("Snooze…").buttons


def test_the_open_gaps_are_filtered_and_shown_whole_again(salon: Salon) -> None:
    compared(salon)
    home(salon)

    salon.dana.chooses("home.client", "acme", home=True, typing="ac")
    assert "2 gaps of 4: $66.00 a month not billed" in salon.dana.waits_for_home("2 gaps of 4").words
    salon.dana.presses("Show everything", home=True)
    salon.dana.waits_for_home("4 gaps:")
    salon.dana.chooses("home.kind", "overbilled", home=True)
    assert "1 gap of 4: $66.00 a month billed too much" in salon.dana.waits_for_home("1 gap of 4").words
    salon.dana.presses("Show everything", home=True)
    salon.dana.waits_for_home("4 gaps:")
    salon.dana.chooses("home.owner", salon.jo.id, home=True)
    assert "2 gaps of 4" in salon.dana.waits_for_home("2 gaps of 4").words


def test_what_is_filtered_stays_filtered_when_something_is_decided(salon: Salon) -> None:
    compared(salon)
    home(salon)
    salon.dana.chooses("home.client", "acme", home=True, typing="ac")
    salon.dana.waits_for_home("2 gaps of 4")

    salon.office.decide.approve(salon.office.gap("Acme", VISIO).id, salon.office.by(ADA))
    later(salon)

    assert "1 gap of 3" in salon.dana.waits_for_home("1 gap of 3").words


def test_quiet_gaps_are_shown_to_those_who_want_to_see_them(salon: Salon) -> None:
    salon.office.thresholds.set_limits(Limits(Decimal(75)), salon.office.by(ADA))
    compared(salon)
    assert "1 gap: $110.00 a month not billed" in home(salon).words

    salon.dana.chooses("home.quiet", "quiet", home=True)

    seen = salon.dana.waits_for_home("4 gaps: ").words
    assert "kept quiet" in seen


def test_thousands_of_gaps_are_turned_over_a_page_at_a_time(salon: Salon) -> None:
    clients = [f"Client {number:04}" for number in range(1200)]
    salon.office.receives([(name, PREMIUM, 12) for name in clients], [(name, PREMIUM, 10) for name in clients])

    first = home(salon)
    assert len(first.blocks) <= 100
    assert "1,200 gaps to decide" in first.words
    assert first.words.count("1 to 6 of 1,200") == 1
    assert first.words.count("1 to 20 of 1,200") == 1

    salon.dana.presses("home.page.open.1", home=True)
    assert "21 to 40 of 1,200" in salon.dana.waits_for_home("21 to 40 of 1,200").words
    salon.dana.presses("home.page.mine.1", home=True)
    both = salon.dana.waits_for_home("7 to 12 of 1,200").words
    assert "21 to 40 of 1,200" in both


def test_a_gap_that_needs_a_second_signature_is_in_the_queue_of_those_who_may_sign(salon: Salon) -> None:
    salon.office.thresholds.set_second_person(Money(Decimal(10), "USD"), salon.office.by(ADA))
    salon.hires(salon.jo, is_admin=True)
    compared_by_admins(salon)
    bolt = salon.office.gap("Bolt")
    salon.office.decide.approve(bolt.id, salon.office.by(ADA))

    assert "A second signature is wanted" in home(salon, salon.jo).words
    assert salon.jo.presses(f"gap.sign={bolt.id}", home=True).ok

    (decision,) = [one for one in salon.office.undo.standing(salon.office.workspace) if one.verb is Verb.APPROVE]
    assert decision.seconded_by == salon.jo.id


def test_a_home_says_what_is_to_be_signed_and_offers_just_that(salon: Salon) -> None:
    salon.office.thresholds.set_second_person(Money(Decimal(10), "USD"), salon.office.by(ADA))
    salon.hires(salon.jo, is_admin=True)
    compared_by_admins(salon)
    bolt = salon.office.gap("Bolt")
    dana = salon.office.by(PersonId(salon.dana.id))
    salon.office.decide.dismiss(bolt.id, dana, Reason.INTENDED)

    seen = home(salon, salon.jo)
    assert "Dana wants it dismissed: intended" in seen.words
    assert "Sign the dismissal" in seen.buttons
    assert f"seen/0/{bolt.id}" not in [block.get("block_id") for block in seen.blocks]
    mine = home(salon)
    assert "A second signature is wanted" not in mine.words
    assert "dismissal signed by Dana, waits for a second signature" in mine.words
    assert mine.buttons.count("Show…") == 1


def compared_by_admins(salon: Salon) -> None:
    salon.owns(salon.dana, "Bolt")
    salon.office.receives(BOUGHT, BILLED)


def test_only_admins_are_offered_what_only_admins_may_change(salon: Salon) -> None:
    compared(salon)

    assert "Thresholds…" in home(salon).buttons
    assert "Thresholds…" not in home(salon, salon.jo).buttons
    assert "What if…" in salon.jo.waits_for_home().buttons


def test_a_stale_source_says_so_in_words(salon: Salon) -> None:
    compared(salon)
    salon.office.clock.now = datetime(2026, 11, 2, 9, tzinfo=UTC) + timedelta(days=1)

    assert ": ageing, newest file is for October 2026 (14 days ago)" in home(salon).words
