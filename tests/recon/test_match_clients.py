from __future__ import annotations

import polars as pl
import pytest
from names_at_hand import answers, names, verdicts

from recon import Judgement, Judgements, Kind, Matching, Said, match_names


def clients(left: pl.DataFrame, right: pl.DataFrame, *told: Judgement) -> Matching:
    return match_names(left, right, kind=Kind.CLIENT, judgements=Judgements(told))


def said(verdict: Said, bought: str, billed: str, by: str = "jo") -> Judgement:
    return Judgement(Kind.CLIENT, bought, billed, verdict, by)


@pytest.mark.parametrize(
    ("bought", "billed"),
    [
        ("Acme Manufacturing, Inc.", "ACME MANUFACTURING"),
        ("The Wayne Foundation", "Wayne Foundation LLC"),
        ("Müller & Söhne GmbH", "Muller and Sohne"),
        ("A.B.C. Plumbing", "ABC Plumbing Ltd"),
        ("Stark Industries (Managed)", "Stark Industries"),
        ("Wonka Confections", "C-1042 - Wonka Confections"),
        ("Hooli Intl Svcs", "Hooli International Services"),
        ("AchieveNBCInc.", "Achieve NBC, Inc."),
        ("Initech - HQ", "Initech"),
    ],
)
def test_a_name_is_the_same_however_it_is_dressed(bought: str, billed: str) -> None:
    matching = clients(names(bought, "Globex"), names("Umbrella Group", billed))

    assert answers(matching)["0"] == "1"


def test_equal_stable_ids_are_one_client_whatever_the_names_say() -> None:
    tenant = "6c1d7a3e-1b2c-4d5e-8f90-a1b2c3d4e5f6"
    bought = names("Kardo 1").with_columns(stable_id=pl.lit(tenant.upper()))
    billed = names("Onaca New Corporation", "Kardo").with_columns(stable_id=pl.Series([tenant, None]))

    row = clients(bought, billed).matches.row(0, named=True)

    assert (row["right_id"], row["path"]) == ("0", "id")
    assert row["reasons"] == [f"same id {tenant.upper()}"]


def test_a_short_number_that_both_systems_happen_to_use_is_no_evidence() -> None:
    bought = names("Acme").with_columns(stable_id=pl.lit("228"))
    billed = names("Globex").with_columns(stable_id=pl.lit("228"))

    assert verdicts(clients(bought, billed)) == {"0": "none"}


def test_two_equally_good_candidates_are_a_question_and_both_are_shown() -> None:
    matching = clients(names("Acme"), names("Acme Inc", "Acme LLC"))

    assert verdicts(matching) == {"0": "unsure"}
    assert matching.candidates["right_id"].to_list() == ["0", "1"]


def test_a_domain_tells_namesakes_apart() -> None:
    matching = clients(names(("Acme", "acme.com")), names(("Acme Inc", "acme.com"), ("Acme LLC", "acme-pumps.net")))

    assert answers(matching) == {"0": "0"}
    assert "same domain acme.com" in matching.matches["reasons"][0]


def test_a_mail_domain_anyone_may_have_is_no_evidence() -> None:
    matching = clients(names(("Acme Bakery", "gmail.com")), names(("Zenith Plumbing", "gmail.com")))

    assert verdicts(matching) == {"0": "none"}


def test_a_person_who_says_same_beats_every_score() -> None:
    matching = clients(names("Redondo's"), names("Froeco, LLC", "Redondo's"), said(Said.SAME, "redondos", "FROECO LLC"))

    assert answers(matching) == {"0": "0"}
    assert matching.matches["path"].to_list() == ["judgement"]
    assert matching.matches["reasons"].to_list() == [["jo said these are the same"]]


def test_a_refused_pair_is_never_proposed_again() -> None:
    matching = clients(names("Acme Inc"), names("Acme"), said(Said.DIFFERENT, "Acme Inc", "Acme"))

    assert verdicts(matching) == {"0": "none"}
    assert matching.candidates.is_empty()


def test_a_later_answer_wins_and_an_answer_can_be_taken_back() -> None:
    same, different = said(Said.SAME, "Kardo", "Onaca"), said(Said.DIFFERENT, "Kardo", "Onaca")

    assert answers(clients(names("Kardo"), names("Onaca"), different, same)) == {"0": "0"}
    assert answers(clients(names("Kardo"), names("Onaca"), same, different)) == {"0": None}
    assert answers(clients(names("Kardo"), names("Onaca"), same, said(Said.TAKEN_BACK, "Kardo", "Onaca"))) == {
        "0": None
    }


def test_an_unsure_answer_keeps_a_good_match_a_question() -> None:
    matching = clients(names("Acme Inc"), names("Acme"), said(Said.UNSURE, "Acme Inc", "Acme"))

    assert verdicts(matching) == {"0": "unsure"}


def test_a_stable_id_may_stand_for_a_name_in_a_judgement() -> None:
    bought = names("Kardo").with_columns(stable_id=pl.lit("T-77"))

    assert answers(clients(bought, names("Onaca"), said(Said.SAME, "T-77", "Onaca"))) == {"0": "0"}


@pytest.mark.parametrize("empty", ["left", "right", "both"])
def test_a_side_without_names_is_no_problem(empty: str) -> None:
    none = names()
    left, right = (none if empty in {side, "both"} else names("Acme") for side in ("left", "right"))

    assert set(verdicts(clients(left, right)).values()) <= {"none"}


def test_hostile_names_get_an_answer_or_a_question() -> None:
    odd = [
        "",
        " ",
        "A",
        "Inc",
        "🎉",
        "🎉🎉",
        "شركة أكمي",
        "株式会社アクメ",
        "x" * 5000,
        "Ltd Ltd Ltd",
        "\x00",
        "&",
        "e\u0301",
        "—",
    ]
    matching = clients(names(*odd), names(*reversed(odd)))

    assert matching.matches.height == len(odd)
    assert answers(matching)["4"] == str(len(odd) - 1 - 4)
    assert answers(matching)["6"] == str(len(odd) - 1 - 6)


def test_ten_thousand_identical_names_are_a_question_each() -> None:
    crowd = names(*["Acme"] * 10_000)

    assert set(verdicts(clients(crowd, crowd)).values()) == {"unsure"}
