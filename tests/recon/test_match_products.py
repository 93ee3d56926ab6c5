from __future__ import annotations

import csv
import itertools
from pathlib import Path

import polars as pl
import pytest
from names_at_hand import answers, names, verdicts

import recon
from recon import Judgement, Judgements, Kind, Matching, Said, free_product, match_names, sibling_products
from recon.matching.wordings import wording

CATALOGUE = Path(recon.__file__).parent / "data" / "microsoft_products.csv"


def products(left: pl.DataFrame, right: pl.DataFrame, *told: Judgement) -> Matching:
    return match_names(left, right, kind=Kind.PRODUCT, judgements=Judgements(told))


@pytest.mark.parametrize(
    ("bought", "billed"),
    [
        ("Microsoft 365 Business Premium", "MS NCE M365 BUSINESS PREMIUM 1 YR COMMIT"),
        ("Microsoft 365 Business Premium", "MS NCE M365 BP 1YR"),
        ("Microsoft 365 Business Premium [New Commerce Experience]", "M365 Bus Premium"),
        ("Microsoft 365 Business Basic", "M365 Basic user"),
        ("Microsoft 365 Apps for business", "O365 Business (Apps)"),
        ("Microsoft 365 E5", "Microsoft 365 Enterprise E5"),
        ("Exchange Online (Plan 1)", "EXO P1"),
        ("Microsoft Entra ID P1", "AAD P1"),
        ("Planner and Project Plan 3", "Project Online Professional"),
        ("Windows 365 Business 2 vCPU 8 GB 128 GB", "Cloud PC 2/8/128"),
        ("SentinelOne Singularity Control", "S1 Singularity Control"),
        ("Microsoft 365 Business Premium - Monthly", "Microsoft 365 Business Premium - Annual (billed annually)"),
        ("Microsoft 365 Business Premium P1Y Monthly", "M365 Business Premium (Annual/Monthly)"),
    ],
)
def test_a_product_is_known_by_the_wordings_people_use(bought: str, billed: str) -> None:
    assert answers(products(names(bought, "Duo Essentials"), names("Managed Server", billed)))["0"] == "1"


@pytest.mark.parametrize("said", ["SentinelOne Control (per device)", "SentinelOne Control - per endpoint"])
def test_what_is_counted_by_the_device_may_be_the_product(said: str) -> None:
    matching = products(names("SentinelOne Control", "Duo Essentials"), names("Managed Server", said))

    assert verdicts(matching)["0"] == "unsure"
    assert matching.candidates["right_id"].to_list()[0] == "1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Windows Server CAL", "Windows Server CAL per device"),
        ("Microsoft 365 E3", "Microsoft 365 E5"),
        ("Microsoft 365 E3", "Office 365 E3"),
        ("Microsoft 365 F1", "Microsoft 365 F3"),
        ("Microsoft Entra ID P1", "Azure AD Premium P2"),
        ("Exchange Online (Plan 1)", "Exchange Online (Plan 2)"),
        ("Microsoft 365 Business Basic", "Microsoft 365 Business Standard"),
        ("Microsoft 365 Business Premium", "Microsoft 365 Business Premium (no Teams)"),
        ("Microsoft 365 Business Premium", "Microsoft 365 Business Premium Donation"),
        ("Office 365 A3 for faculty", "Office 365 A3 for students"),
        ("Project Plan 3", "Project Plan 3 for GCC"),
        ("Dynamics 365 Sales Enterprise", "Dynamics 365 Sales Enterprise Attach to Qualifying Dynamics 365 Base Offer"),
        ("Windows 365 Business 2 vCPU 4 GB 128 GB", "Windows 365 Business 2 vCPU 8 GB 128 GB"),
        ("Acronis Cyber Protect - Server", "Acronis Cyber Protect - Workstation"),
        ("Acronis Cyber Protect Servers", "Acronis Cyber Protect Workstation"),
        ("Huntress Managed EDR", "Huntress Managed ITDR"),
        ("Dropsuite Email Backup", "Dropsuite Email Archive"),
        ("Microsoft Intune Suite", "Microsoft Intune Plan 1"),
        ("Mimecast M2", "Mimecast M3"),
        ("Dynamics 365 Sales Enterprise", "Dynamics 365 Sales Professional"),
        ("D365 Customer Service Ent", "Dynamics 365 for Customer Service Prof"),
        ("Dynamics 365 Sales Enterprise", "Dynamics 365 Sales Premium"),
        ("Windows 11 Enterprise", "Windows 11 Pro"),
    ],
)
def test_siblings_are_never_one_product(one: str, other: str) -> None:
    matching = products(names(one), names(other))

    assert verdicts(matching) == {"0": "none"}
    assert matching.candidates.is_empty()
    assert sibling_products(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dynamics 365 Sales Pro", "Dynamics 365 Sales Professional"),
        ("Dynamics 365 for Sales Enterprise Edition", "D365 Sales Enterprise"),
        ("Foxit Editor Pro", "Foxit Editor Professional"),
    ],
)
def test_one_grade_in_other_words_is_not_refused(one: str, other: str) -> None:
    assert sibling_products(one, other) is None
    assert verdicts(products(names(one), names(other)))["0"] != "none"


def test_no_two_names_of_the_catalogue_are_ever_certain_to_be_one() -> None:
    with CATALOGUE.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    listed = pl.DataFrame(rows).group_by("name").agg(pl.col("guid").sort().first()).sort("name")
    every = names(*listed["name"].to_list())

    certain = products(every, every).matches.filter(pl.col("right_id").is_not_null())
    apart = certain.filter(pl.col("left_id") != pl.col("right_id"))

    shared = {frozenset(pair) for _, names_ in by_guid(rows).items() for pair in itertools.combinations(names_, 2)}
    told = {frozenset(listed["name"][int(n)] for n in row) for row in apart.select("left_id", "right_id").iter_rows()}
    assert told <= shared | SYNONYMS
    assert certain.height >= listed.height - 10


SYNONYMS = {
    frozenset({"Microsoft Teams Phone Standard for DOD", "Microsoft Teams Phone Standard_USGOV_DOD"}),
    frozenset({"Microsoft Teams Phone Standard for GCCHIGH", "Microsoft Teams Phone Standard_USGOV_GCCHIGH"}),
    frozenset(
        {"Skype for Business PSTN Calling Domestic Small", "Skype for Business PSTN Domestic Calling (120 Minutes)"}
    ),
}


def by_guid(rows: list[dict[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["guid"], []).append(row["name"])
    return found


def test_a_part_number_that_lies_is_read_through_the_catalogue() -> None:
    bought = names("Microsoft 365 Business Standard", "Microsoft 365 Business Premium")
    billed = names("O365_BUSINESS_PREMIUM", "Suite A").with_columns(part_number=pl.Series([None, "SPB"]))

    assert answers(products(bought, billed)) == {"0": "0", "1": "1"}


def test_a_name_and_a_part_number_that_disagree_are_certain_of_nothing() -> None:
    billed = names("M365 Business Premium").with_columns(part_number=pl.lit("O365_BUSINESS_PREMIUM"))

    matching = products(names("Microsoft 365 Business Premium", "Microsoft 365 Business Standard"), billed)

    assert set(answers(matching).values()) == {None}


@pytest.mark.parametrize("name", ["Office 365 Business Premium", "O365 Bus Prem"])
def test_a_wording_used_of_two_products_may_be_each_and_is_certainly_none(name: str) -> None:
    clear = names("Microsoft 365 Business Standard", "Microsoft 365 Business Premium", "Microsoft 365 Business Basic")

    assert verdicts(products(clear, names(name))) == {"0": "unsure", "1": "unsure", "2": "none"}
    assert verdicts(products(names(name), clear)) == {"0": "unsure"}
    assert answers(products(names(name), names("O365 Business Premium"))) == {"0": "0"}


@pytest.mark.parametrize(
    "wrapped", ["P1Y:CFQ7TTC0LCHC:0002:1:", "CFQ7TTC0LCHC:0002:P1M:M", "CFQ7TTC0LCHC:2", "cfq7ttc0lchc-0002"]
)
def test_a_commerce_id_is_read_however_it_is_wrapped(wrapped: str) -> None:
    bought = names("Dicker bundle").with_columns(sku=pl.lit(wrapped))

    assert answers(products(bought, names("M365 BP", "M365 Business Standard"))) == {"0": "0"}


def test_several_billed_wordings_may_answer_one_bought_product() -> None:
    matching = products(names("Microsoft 365 Business Premium"), names("M365 BP", "Microsoft 365 Business Premium"))

    assert matching.matches.select("left_id", "right_id").rows() == [("0", "0"), ("0", "1")]


def test_likeness_alone_never_accepts_a_product() -> None:
    matching = products(names("SentinelOne Singularity Control"), names("SentinelOne"))

    assert verdicts(matching) == {"0": "unsure"}
    assert matching.candidates["right_id"].to_list() == ["0"]


def test_a_person_may_overrule_the_tier_guard_and_the_catalogue() -> None:
    same = Judgement(Kind.PRODUCT, "Microsoft 365 E3", "Our desktop bundle E5", Said.SAME, "jo")
    different = Judgement(Kind.PRODUCT, "Microsoft 365 E3", "M365 E3", Said.DIFFERENT, "jo")

    matching = products(names("Microsoft 365 E3"), names("Our desktop bundle E5", "M365 E3"), same, different)

    assert answers(matching) == {"0": "0"}


@pytest.mark.parametrize(
    ("name", "part", "sku"),
    [
        ("Microsoft Power Automate Free", None, None),
        ("Teams phone thing", None, "440eaaa8-b3e0-484b-a8be-62870b9ba70a"),
        ("Azure plan", None, "DZH318Z0BPS6:0001"),
        ("Flow", "FLOW_FREE", None),
        ("Dynamics 365 Guides vTrial", None, None),
    ],
)
def test_what_has_no_price_is_known_as_such(name: str, part: str | None, sku: str | None) -> None:
    assert free_product(name, part, sku)


@pytest.mark.parametrize("name", ["Microsoft 365 E3", "Microsoft Azure Multi-Factor Authentication", "Freedom Backup"])
def test_what_has_a_price_is_not_called_free(name: str) -> None:
    assert free_product(name) is None


def test_what_is_written_beside_a_product_is_how_it_reads() -> None:
    with CATALOGUE.open(encoding="utf-8", newline="") as table:
        stale = [row["name"] for row in csv.DictReader(table) if row["words"] != wording(row["name"]).key]

    assert stale == [], "product_words.json has changed: run python -m benchmarks.catalogue_words"


def test_strangers_are_no_siblings() -> None:
    assert sibling_products("Microsoft 365 E3", "Duo Essentials") is None
    assert sibling_products("Microsoft 365 E3", "M365 E3") is None
