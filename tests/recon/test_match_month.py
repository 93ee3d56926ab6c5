from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest
from names_at_hand import lines

from recon import Judgement, Judgements, Kind, MonthMatching, Said, match_month
from recon.matching.month import answered_by_one


def client_of(month: MonthMatching, name: str) -> str | None:
    """Follow a bought client to the name of the billed client it was matched with."""
    party = month.bought_clients.filter(pl.col("client") == name)["party"][0]
    billed = month.clients.matches.filter(pl.col("left_id") == party)["right_id"][0]
    return None if billed is None else str(month.billed_clients.filter(pl.col("party") == billed)["name"][0])


def test_spellings_with_one_id_are_one_client_and_so_is_the_name_without_its_id() -> None:
    bought = lines(
        {"client": "Acme Inc", "client_id": "A-1"},
        {"client": "ACME Incorporated", "client_id": "a-1"},
        {"client": "Acme, Inc."},
    )
    month = match_month(bought, lines({"client": "Acme"}))

    assert month.bought_clients["party"].n_unique() == 1
    assert client_of(month, "Acme Inc") == "Acme"


def test_one_client_bought_at_two_vendors_is_one_client() -> None:
    bought = lines(
        {"source": "pax8.csv", "client": "Acme Inc", "client_id": "17"},
        {"source": "ingram.csv", "client": "Acme Inc.", "client_id": "99"},
    )

    assert match_month(bought, lines()).bought_clients["party"].n_unique() == 1


def test_namesakes_with_their_own_ids_in_one_file_are_two_clients() -> None:
    bought = lines({"client": "Acme", "client_id": "1"}, {"client": "Acme", "client_id": "2"})

    month = match_month(bought, lines({"client": "Acme"}))

    assert month.bought_clients["party"].n_unique() == 2
    assert month.clients.matches["verdict"].to_list() == ["unsure", "unsure"]


def test_wordings_of_one_product_are_one_product_on_their_side() -> None:
    bought = lines(
        {"product": "Microsoft 365 Business Premium", "sku": "P1Y:CFQ7TTC0LCHC:0002:1:"},
        {"product": "Microsoft 365 Business Premium [New Commerce Experience]"},
        {"product": "Office 365 E3"},
    )
    billed = lines({"product": "M365 BP"}, {"product": "O365 E3"})

    month = match_month(bought, billed)

    assert month.bought_products["party"].n_unique() == 2
    assert month.products.matches["verdict"].to_list() == ["certain", "certain"]


def test_every_line_finds_its_parties_even_where_ids_are_missing() -> None:
    bought = lines({"client": "Acme"}, {"client": "Acme", "client_id": "7"}, {"client": "", "product": ""})

    month = match_month(bought, lines())

    keyed = bought.join(month.bought_clients, on=["client", "client_id"], nulls_equal=True)
    keyed = keyed.join(month.bought_products, on=["product", "part_number", "sku"], nulls_equal=True)
    assert keyed.height == bought.height


def test_judgements_reach_the_month() -> None:
    told = Judgements((Judgement(Kind.CLIENT, "Kardo", "Onaca", Said.SAME, "jo"),))

    assert client_of(match_month(lines({"client": "Kardo"}), lines({"client": "Onaca"}), told), "Kardo") == "Onaca"


def test_two_vendors_may_spell_one_client_differently() -> None:
    bought = lines(
        {"source": "ingram.csv", "client": "Hartley Manufacturing Ind.", "client_id": "99"},
        {
            "source": "pax8.csv",
            "client": "Hartley Manufacturing Industries Inc",
            "client_id": "17",
            "domain": "hartley.com",
        },
        {"source": "pax8.csv", "client": "Globex", "client_id": "18"},
    )

    month = match_month(bought, lines({"client": "Hartley Manufacturing Industries"}, {"client": "Globex"}))

    assert month.bought_clients["party"].n_unique() == 2
    assert client_of(month, "Hartley Manufacturing Ind.") == "Hartley Manufacturing Industries"
    assert client_of(month, "Hartley Manufacturing Industries Inc") == "Hartley Manufacturing Industries"


@pytest.mark.parametrize(
    ("pax8", "dropbox", "psa"),
    [
        ("Halvorsen Freight Lines, Inc.", "Halvorsen Freight", "Halvorsen Freight"),
        ("Halvorsen Freight Lines, Inc.", "Halvorsen Frieght", "Halvorsen Freight"),
        ("EP Kids Health", "Eastpoint Kids Health", "Eastpoint Kids Health"),
    ],
)
def test_a_billed_client_answers_whatever_each_vendor_calls_it(pax8: str, dropbox: str, psa: str) -> None:
    seats = {"Microsoft 365 E3": 31, "Visio Plan 2": 7, "Power BI Pro": 13, "Dropbox Business": 17}
    others = ["Globex Foods", "Hooli Services", "Initech", "Umbrella Group"]
    held = [{"product": product, "quantity": Decimal(many)} for product, many in seats.items()]
    bought = [{"source": "pax8.csv", "client": pax8, "client_id": "17"} | one for one in held[:3]]
    bought += [{"source": "pax8.csv", "client": name, "client_id": name[:3]} for name in others]
    bought += [{"source": "dropbox.csv", "client": dropbox} | held[3], {"source": "dropbox.csv", "client": others[0]}]
    billed = [{"client": psa} | one for one in held] + [{"client": name} for name in others]

    month = match_month(lines(*bought), lines(*billed))

    assert [client_of(month, name) for name in (pax8, dropbox)] == [psa, psa]
    assert month.clients.candidates.is_empty()


def test_two_clients_of_one_vendor_stay_two_whatever_another_vendor_calls_them() -> None:
    bought = lines(
        {"source": "pax8.csv", "client": "Acme Dental", "client_id": "1"},
        {"source": "pax8.csv", "client": "Acme Dental Lab", "client_id": "2"},
        {"source": "dropbox.csv", "client": "Acme Dental Lab Inc"},
        {"source": "dropbox.csv", "client": "Globex"},
    )

    month = match_month(bought, lines({"client": "Acme Dental"}, {"client": "Acme Dental Lab"}, {"client": "Globex"}))

    assert client_of(month, "Acme Dental") == "Acme Dental"
    assert client_of(month, "Acme Dental Lab") == client_of(month, "Acme Dental Lab Inc") == "Acme Dental Lab"


def test_a_short_id_of_two_vendors_is_two_clients() -> None:
    bought = lines(
        {"source": "pax8.csv", "client": "Acme", "client_id": "12"},
        {"source": "ingram.csv", "client": "Globex", "client_id": "12"},
    )

    assert match_month(bought, lines()).bought_clients["party"].n_unique() == 2


def test_spellings_of_an_id_stay_one_client_when_another_vendor_shares_one_of_them() -> None:
    bought = lines(
        {"source": "pax8.csv", "client": "Acme Inc", "client_id": "b-2"},
        {"source": "pax8.csv", "client": "Acme Incorporated", "client_id": "b-2"},
        {"source": "ingram.csv", "client": "Acme Inc", "client_id": "a-1"},
    )

    assert match_month(bought, lines()).bought_clients["party"].n_unique() == 1


def test_looks_that_contradict_each_other_make_no_two_clients_of_one_vendor_one() -> None:
    bought = lines(
        {"source": "pax8.csv", "client": "Acme One", "client_id": "1"},
        {"source": "pax8.csv", "client": "Acme Two", "client_id": "2"},
        {"source": "dropbox.csv", "client": "Acme Three"},
    )
    month = match_month(bought, lines({"client": "Acme"}))
    party = dict(month.bought_clients.select("client", "party").iter_rows())

    def look(client: str) -> MonthMatching:
        answer = pl.when(pl.col("left_id") == party[client]).then(pl.lit("acme"))
        told = month.clients.matches.with_columns(right_id=answer)
        return replace(month, clients=replace(month.clients, matches=told))

    def clients_after(*names: str) -> int:
        return answered_by_one(bought, month.bought_clients, [look(name) for name in names])["party"].n_unique()

    assert clients_after("Acme One", "Acme Three") == 2
    assert clients_after("Acme One", "Acme Two") == 3


def test_which_of_two_namesakes_is_meant_is_asked_unless_they_hold_much_alike() -> None:
    premium, exchange = "Microsoft 365 Business Premium", "Exchange Online (Plan 1)"
    bought = lines({"client": "Smith Dental", "product": premium, "quantity": Decimal(10)})
    billed = lines(
        {"client": "Smith Dental", "client_id": "101", "product": premium, "quantity": Decimal(4)},
        {"client": "Smith Dental", "client_id": "102", "product": exchange, "quantity": Decimal(4)},
    )

    month = match_month(bought, billed)

    assert month.clients.matches["verdict"].to_list() == ["unsure"]
    likeliest = month.billed_clients.join(month.clients.candidates, left_on="party", right_on="right_id").sort("rank")
    assert likeliest["client_id"].to_list() == ["101", "102"]
    assert likeliest["probability"][0] < 0.97


def test_of_two_namesakes_the_one_that_holds_much_alike_is_meant() -> None:
    held = {
        f"Widget {word} Suite": Decimal(n) for word, n in (("Alpha", 17), ("Beta", 23), ("Gamma", 31), ("Delta", 9))
    }
    others = [f"Client {letter}" for letter in "BCDEFGHIJK"]
    bought = [{"client": "Smith Dental", "product": product, "quantity": seats} for product, seats in held.items()]
    billed = [row | {"client_id": "101"} for row in bought]
    billed.append(
        {"client": "Smith Dental", "client_id": "102", "product": "Widget Omega Suite", "quantity": Decimal(3)}
    )
    for place, name in enumerate(others):
        bought += [{"client": name, "product": product, "quantity": Decimal(place + 1)} for product in held]
        billed += [{"client": name, "product": product, "quantity": Decimal(place + 1)} for product in held]

    month = match_month(lines(*bought), lines(*billed))

    party = month.bought_clients.filter(pl.col("client") == "Smith Dental")["party"][0]
    chosen = month.clients.matches.filter(pl.col("left_id") == party)["right_id"][0]
    assert month.billed_clients.filter(pl.col("party") == chosen)["client_id"].to_list() == ["101"]
