from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from names_at_hand import lines

from recon import LINE_SCHEMA, Kind, MonthMatching, match_month, match_names

MONTHS = Path(__file__).resolve().parents[3] / "shared" / "evaluation" / "matching" / "data"


def basket(client: str, **seats: int) -> list[dict[str, object]]:
    return [
        {"client": client, "product": product.replace("_", " "), "quantity": Decimal(n)} for product, n in seats.items()
    ]


CROWD = [
    f"{word} Trading"
    for word in ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper")
]


def crowd(**products: str) -> list[dict[str, object]]:
    """Clients both sides know by the same name, each with its own quantities of the same products."""
    return [
        row
        for place, client in enumerate(CROWD)
        for row in basket(client, **{product: 7 + 3 * place + 11 * n for n, product in enumerate(products.values())})
    ]


def answered(matching: pl.DataFrame, party: str) -> list[str]:
    return matching.filter(pl.col("left_id") == party)["right_id"].drop_nulls().to_list()


def test_the_same_products_in_the_same_quantities_find_a_client_that_was_renamed() -> None:
    products = {"Duo_Essentials": 83, "Huntress_EDR": 71, "Keeper_Vault": 64, "Datto_Backup": 59}
    bought = lines(*crowd(a="Duo_Essentials", b="Huntress_EDR"), *basket("Hartley Bakery", **products))
    billed = lines(*crowd(a="Duo_Essentials", b="Huntress_EDR"), *basket("Hartley Foods International", **products))

    month = match_month(bought, billed)
    row = month.clients.matches.filter(pl.col("left_id") == "name hartley bakery").row(0, named=True)

    assert row["right_id"] == "name hartley foods international"
    assert "4 of 4 bought products billed in the same quantity" in row["reasons"]


def test_different_baskets_do_not_undo_a_name_that_is_equal() -> None:
    bought = lines(*crowd(a="Duo_Essentials"), *basket("Acme Holdings", Duo_Essentials=40, Huntress_EDR=31))
    billed = lines(*crowd(a="Duo_Essentials"), *basket("Acme Holdings Inc", Duo_Essentials=3))

    assert answered(match_month(bought, billed).clients.matches, "name acme holdings") == ["name acme holdings inc"]


def test_the_clients_that_have_both_tell_what_a_wording_means() -> None:
    month = match_month(lines(*crowd(a="Keeper_Password_Manager")), lines(*crowd(a="Keeper")))

    row = month.products.matches.row(0, named=True)

    assert (row["left_id"], row["right_id"]) == ("name keeper manager password", "name keeper")
    assert "10 of 10 clients billed for it bought this, 10 in the same quantity" in row["reasons"]


def test_company_alone_never_makes_one_product_of_two_unlike_wordings() -> None:
    month = match_month(lines(*crowd(a="NinjaOne_Endpoint")), lines(*crowd(a="Remote_Support")))

    assert month.products.matches["right_id"].to_list() == [None]


def test_company_never_passes_the_tier_guard() -> None:
    month = match_month(lines(*crowd(a="Microsoft_365_E3")), lines(*crowd(a="Microsoft_365_E5")))

    assert month.products.matches["verdict"].to_list() == ["none"]


def test_clients_have_one_matching_whatever_the_order_of_lines() -> None:
    bought, billed = crowd(a="Keeper_Password_Manager", b="Duo_Essentials"), crowd(a="Keeper", b="Cisco_Duo")

    straight, turned = (
        match_month(lines(*bought), lines(*billed)),
        match_month(lines(*bought[::-1]), lines(*billed[::-1])),
    )

    assert straight.clients.matches.equals(turned.clients.matches)
    assert straight.products.matches.equals(turned.products.matches)


@pytest.mark.parametrize("name", ["msp_small1", "msp_small2", "msp_small3"])
def test_a_labelled_month_is_matched_rightly_and_nearly_wholly(name: str) -> None:
    folder = MONTHS / name / "dev"
    if not folder.is_dir():
        pytest.skip(f"the labelled months are not at {MONTHS}")
    month = match_month(labelled(folder / "vendor_lines.csv"), labelled(folder / "psa_lines.csv"))
    told = certain_clients(month)
    truth = set(pl.read_csv(folder / "truth.csv", infer_schema=False).select("left_id", "right_id").iter_rows())

    assert told <= truth
    assert len(told) >= 0.95 * len(truth)


def certain_clients(month: MonthMatching) -> set[tuple[str, str]]:
    ids = pl.col("left_id", "right_id").str.strip_prefix("id ").str.to_uppercase()
    return set(month.clients.matches.drop_nulls("right_id").select(ids).iter_rows())


def labelled(path: Path) -> pl.DataFrame:
    read = pl.read_csv(path, infer_schema=False).rename({"client_name": "client", "qty": "quantity"})
    known = read.select(column for column in read.columns if column in LINE_SCHEMA)
    absent = [pl.lit(None).alias(column) for column in LINE_SCHEMA if column not in known.columns]
    return known.with_columns(absent).select(*LINE_SCHEMA).with_columns(source=pl.lit(path.name)).cast(LINE_SCHEMA)  # type: ignore[arg-type] # polars types its schema narrower than it takes it


def test_where_no_product_is_known_on_both_sides_the_names_alone_decide() -> None:
    bought, billed = lines(*basket("Golden", Alpha=3)), lines(*basket("Golden Aztlan Catering", Omega=9))
    sides = [
        pl.DataFrame({"id": [f"name {name.lower()}"], "name": [name]}) for name in ("Golden", "Golden Aztlan Catering")
    ]

    by_name = match_names(*sides, kind=Kind.CLIENT).matches

    assert match_month(bought, billed).clients.matches.equals(by_name)
