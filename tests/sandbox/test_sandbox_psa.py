import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Sandbox

Json = dict[str, Any]

SAMPLE = Path(__file__).parents[2] / "bot" / "sample"
FIRST, SECOND = "connectwise-additions-2026-10.csv", "connectwise-additions-2026-11.csv"
HALVORSEN, SUNDERLAND = "18873", "17585"  # Business Premium, billed 31; SentinelOne, billed 44


class Psa:
    """The PSA of a sandbox, as anybody reaches it."""

    def __init__(self, slack: Sandbox) -> None:
        self.slack = slack

    def send(self, path: str, **given: object) -> tuple[int, Json]:
        connection = HTTPConnection(self.slack.address.removeprefix("http://"), timeout=10)
        connection.request("POST", f"/psa/{path}", json.dumps(given))
        answer = connection.getresponse()
        status, told = answer.status, json.loads(answer.read())
        connection.close()
        return status, told

    def corrects(self, addition: str, was: str, now: str, **more: str) -> tuple[int, Json]:
        return self.send("corrections", addition=addition, was=was, now=now, **more)

    def export(self) -> list[str]:
        return self.slack.desk.fetch("/psa/export.csv").decode().splitlines()

    def quantity(self, addition: str) -> str:
        told = json.loads(self.slack.desk.fetch("/psa/additions"))["additions"]
        return next(str(one["quantity"]) for one in told if one["id"] == addition)


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[Sandbox]:
    with Sandbox(data=tmp_path, guide=SAMPLE) as running:
        yield running


@pytest.fixture
def psa(slack: Sandbox) -> Psa:
    return Psa(slack)


def report(name: str) -> list[str]:
    return (SAMPLE / name).read_text("utf-8").splitlines()


def without_its_moment(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("Printed")]


def test_untouched_it_exports_the_report_it_began_with(psa: Psa) -> None:
    assert without_its_moment(psa.export()) == without_its_moment(report(FIRST))
    assert psa.export()[1].startswith("Printed 11/2/2026 9:05 AM")


def test_a_correction_is_in_the_next_export(psa: Psa) -> None:
    assert psa.corrects(HALVORSEN, "31", "34")[0] == 200

    (line,) = (line for line in psa.export() if HALVORSEN in line)
    assert line.endswith("34.00,$26.00,$19.40,$884.00,USD,Monthly,4/1/2024,,Billable")
    assert '"$62,900.14"' in psa.export()[-1]  # $78.00 more


def test_a_correction_that_believes_what_is_no_longer_so_is_refused(psa: Psa) -> None:
    psa.corrects(HALVORSEN, "31", "33")

    status, told = psa.corrects(HALVORSEN, "31", "34")

    assert (status, told["now"]) == (409, "33.00")
    assert told["error"] == "The quantity of Microsoft 365 Business Premium at Halvorsen Freight is 33.00, not 31."
    assert psa.quantity(HALVORSEN) == "33.00"


def test_a_correction_sent_twice_is_made_once(psa: Psa) -> None:
    first = psa.corrects(HALVORSEN, "31", "34", key="one")
    psa.corrects(HALVORSEN, "34", "40")

    assert psa.corrects(HALVORSEN, "31", "34", key="one")[0] == first[0] == 200
    assert psa.quantity(HALVORSEN) == "40.00"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"addition": "1", "was": "1", "now": "2"}, "There is no addition '1'."),
        ({"addition": HALVORSEN, "was": "31", "now": "-1"}, "'-1' is no quantity."),
        ({"addition": HALVORSEN, "was": "31", "now": "NaN"}, "'NaN' is no quantity."),
        (
            {"addition": HALVORSEN, "field": "company", "was": "a", "now": "b"},
            "I change quantity, unit_price, bills, not 'company'.",
        ),
        (
            {"addition": HALVORSEN, "field": "bills", "was": "Billable", "now": "Maybe"},
            "An addition is Billable, DoNotBill, NoCharge, not 'Maybe'.",
        ),
    ],
)
def test_what_makes_no_sense_gets_a_sentence(psa: Psa, given: dict[str, str], sentence: str) -> None:
    assert psa.send("corrections", **given) == (422, {"error": sentence})


def test_what_was_not_billed_at_all_can_be_billed_once(psa: Psa) -> None:
    new = {"company": "Westmere CU", "description": "Microsoft 365 Copilot", "quantity": "5", "unit_price": "31.5"}

    status, told = psa.send("additions", **new, key="copilot")
    assert psa.send("additions", **new, key="copilot") == (status, told)

    lines = [line for line in psa.export() if "Copilot" in line and "Westmere" in line]
    assert [line.partition(told["id"])[2] for line in lines] == [
        ",,Microsoft 365 Copilot,5.00,$31.50,$0.00,$157.50,USD,Monthly,11/2/2026,,Billable"
    ]
    assert psa.send("additions", **new | {"company": "Nobody"})[0] == 422


def test_words_where_a_number_should_be_are_kept_and_can_be_corrected(psa: Psa) -> None:
    assert psa.quantity("26635") == "TBD"

    assert psa.corrects("26635", "TBD", "2")[0] == 200
    assert psa.quantity("26635") == "2.00"


def test_in_some_days_the_desk_keys_in_its_own_and_leaves_what_was_corrected_here(slack: Sandbox, psa: Psa) -> None:
    psa.corrects(SUNDERLAND, "44", "42")
    slack.desk.do("later", step="later")
    slack.desk.do("later", step="later")

    assert (psa.quantity(HALVORSEN), psa.quantity(SUNDERLAND)) == ("34.00", "42.00")
    assert psa.export()[1].startswith("Printed 11/6/2026 9:02 AM")


def test_after_some_days_without_corrections_it_exports_the_second_report(slack: Sandbox, psa: Psa) -> None:
    slack.desk.do("later", step="later")

    assert without_its_moment(psa.export()) == without_its_moment(report(SECOND))


def test_a_restart_goes_on_with_the_day_the_corrections_and_the_steps(slack: Sandbox, psa: Psa) -> None:
    slack.desk.do("later", step="later")
    psa.corrects(HALVORSEN, "34", "35")

    slack.restarts()

    assert psa.quantity(HALVORSEN) == "35.00"
    assert psa.export()[1].startswith("Printed 11/6/2026 9:0")
    assert [step["id"] for step in slack.desk.do("guide")["steps"] if step["done"]] == ["later"]
