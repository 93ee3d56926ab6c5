"""What was said of a month stays true: the first result knows no run before it, and an alert names what it rests on."""

from __future__ import annotations

from office import ADA, PREMIUM
from talking.salon import Salon

from bot.services.decisions import Reason

LEAKS = [("Acme", PREMIUM, 12)]
BILLED = [("Acme", PREMIUM, 10)]


def results(salon: Salon, month: str) -> list[str]:
    """Read what is told of a month, oldest first."""
    return [one.words for one in salon.dana.sees("billing") if f"{month}: " in one.text and "gap at" in one.words]


def test_the_first_result_says_nothing_of_a_run_before_it_and_the_second_does(salon: Salon) -> None:
    salon.office.receives(LEAKS, BILLED)
    salon.keeps_its_promises()
    (first,) = results(salon, "October 2026")

    salon.office.receives([*LEAKS, ("Bolt", PREMIUM, 12)], [*BILLED, ("Bolt", PREMIUM, 12)], "2026-11")
    salon.keeps_its_promises()

    assert "1 gap at 1 client." in first
    assert "last run" not in first
    assert "0 new and 0 closed since the last run" in results(salon, "November 2026")[-1]


def test_a_result_says_that_there_is_a_newer_one_of_its_month(salon: Salon) -> None:
    salon.office.receives(LEAKS, BILLED)
    salon.keeps_its_promises()
    salon.office.receives([("Acme", PREMIUM, 14)], BILLED)
    salon.office.receives([("Acme", PREMIUM, 15)], BILLED)
    salon.keeps_its_promises()
    salon.office.receives(LEAKS, BILLED, "2026-11")
    salon.keeps_its_promises()

    october = results(salon, "October 2026")
    overtaken = ["There is a newer result of October 2026." in one for one in october]
    assert overtaken == [True] * (len(october) - 1) + [False]
    assert "newer" not in results(salon, "November 2026")[-1]


def test_a_corrected_export_of_a_month_before_says_that_it_alerts_nobody(salon: Salon) -> None:
    salon.office.receives(LEAKS, BILLED)
    salon.office.receives(LEAKS, BILLED, "2026-11")
    salon.keeps_its_promises()

    salon.office.receives([("Acme", PREMIUM, 15)], BILLED)
    salon.keeps_its_promises()

    (*before, corrected) = results(salon, "October 2026")
    told = "A later month is compared already, so this alerts nobody, and what is open stays as it was."
    assert told in corrected
    assert not any(told in one for one in [*before, *results(salon, "November 2026")])


def test_what_is_decided_already_is_marked_in_the_next_months_result(salon: Salon) -> None:
    leaks = [*LEAKS, ("Bolt", PREMIUM, 12), ("Cog", PREMIUM, 12)]
    billed = [("Acme", PREMIUM, 10), ("Bolt", PREMIUM, 10), ("Cog", PREMIUM, 10)]
    salon.office.receives(leaks, billed)
    by = salon.office.by(ADA)
    salon.office.decide.approve(salon.office.gap("Acme").id, by)
    salon.office.decide.dismiss(salon.office.gap("Bolt").id, by, Reason.BUNDLED)

    salon.office.receives(leaks, billed, "2026-11")
    salon.keeps_its_promises()

    told = next(one for one in salon.dana.sees("billing") if "November 2026: " in one.text)
    assert "3 gaps at 3 clients, 1 approved and 1 dismissed already." in told.text
    cells = [one for one in told.words.split("\n") if one in ("1", "1 (approved)", "1 (dismissed)")]
    assert sorted(cells) == ["1", "1 (approved)", "1 (dismissed)"]


def test_the_first_result_says_so_still_when_it_is_asked_for_again(salon: Salon) -> None:
    first = salon.office.receives(LEAKS, BILLED).run.id
    salon.office.receives(LEAKS, BILLED, "2026-11")

    assert salon.room.showing.run(first).new is None


def test_a_month_that_is_compared_after_a_later_one_claims_to_have_changed_nothing(salon: Salon) -> None:
    salon.office.receives(LEAKS, BILLED, "2026-11")
    salon.office.receives(LEAKS, BILLED, "2026-10")
    salon.keeps_its_promises()

    assert "last run" not in results(salon, "October 2026")[-1]


def test_an_alert_stays_true_when_a_later_month_changes_nothing_in_it(salon: Salon) -> None:
    alert = salon.alerts(LEAKS, BILLED)

    salon.office.receives(LEAKS, BILLED, "2026-11")
    salon.keeps_its_promises()

    shown = next(one for one in salon.dana.sees("billing") if one.ts == alert.ts)
    assert "as found in October 2026 · decide in the thread" in shown.words
