"""Which client a name of this month was in the months before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.services.clients import BILLED_ID, BILLED_NAME, BOUGHT_NAME, Client
from bot.services.ids import client_key
from bot.services.known_again import Because, Renamed, Sign, find_parted, find_renamed, names_now, signs_after

FIRST = datetime(2026, 10, 1, tzinfo=UTC)
Known = Mapping[str, Sign]


def client(name: str, *vendors: str, number: str = "", is_billed: bool = True, is_asked: bool = False) -> Client:
    billed = [f"{BILLED_NAME}{client_key(name)}", *([f"{BILLED_ID}{number}"] if number else [])] if is_billed else []
    bought = [f"{BOUGHT_NAME}{client_key(vendor)}" for vendor in vendors]
    names = frozenset(map(client_key, (name, *vendors)))
    return Client(name=name, signs=frozenset([*billed, *bought]), names=names, is_billed=is_billed, is_asked=is_asked)


def goes(*months: list[Client]) -> list[tuple[Renamed, ...]]:
    """Say of each month who was renamed in it."""
    known: Known = {}
    found = []
    for number, month in enumerate(months):
        found.append(find_renamed(known, month))
        known = signs_after(known, month, found[-1], FIRST + timedelta(days=number))
        assert find_renamed(known, month) == ()
        assert signs_after(known, month, (), FIRST + timedelta(days=99)) == known
    return found[1:]


def test_a_client_is_known_again_by_what_its_vendor_calls_it_and_may_have_its_name_back() -> None:
    old, new = client("Riverbend", "Riverbend"), client("Riverbend Group", "Riverbend")

    assert goes([old], [new], [new], [old], [new]) == [
        (Renamed("Riverbend", "Riverbend Group"),),
        (),
        (Renamed("Riverbend Group", "Riverbend"),),
        (Renamed("Riverbend", "Riverbend Group"),),
    ]


def test_a_client_is_known_again_by_the_psas_id_alone() -> None:
    assert goes([client("Acme", number="7")], [client("Ajax", number="7")]) == [(Renamed("Acme", "Ajax"),)]


def test_ids_say_nothing_once_the_psa_counts_its_clients_anew() -> None:
    before = [client("Acme", number="7"), client("Bolt", number="8")]
    after = [client("Ajax", number="7"), client("Bolt", number="9"), client("Cove", number="8")]

    assert goes(before, after) == [(Renamed("Acme", "Ajax"),)]
    assert goes([*before, client("Dune", number="9")], [*after[:2]]) == [()]


def test_a_client_that_waits_for_an_answer_in_between_is_known_again_after_it() -> None:
    asked = [client("Ajax"), client("A. Holdings", "A. Holdings", is_billed=False, is_asked=True)]

    assert goes([client("Acme", "A. Holdings")], asked, asked, [client("Ajax", "A. Holdings")]) == [
        (),
        (),
        (Renamed("Acme", "Ajax"),),
    ]


def test_two_that_became_one_are_no_client_with_a_new_name() -> None:
    both = [client("Acme", "A"), client("Bolt", "B")]

    assert goes(both, [client("Acme & Bolt", "A", "B")]) == [()]
    assert goes(both, [client("Bolt", "A", "B")]) == [()]
    assert goes([client("Acme", "A"), client("Bolt")], [client("Bolt", "A")]) == [()]


def test_one_that_became_two_is_neither_of_them() -> None:
    one = client("Acme", "A", "B")

    assert goes([one], [client("Acme West", "A"), client("Acme East", "B")]) == [()]
    assert goes([one], [client("Acme West", "A"), client("Acme", "B")]) == [()]


def test_a_client_that_left_gives_its_name_to_nobody() -> None:
    assert goes([client("Acme", "A")], [client("Acme Dental", "D")]) == [()]
    assert goes([client("Acme", "A")], [client("Acme Dental", "A"), client("Zeta", "Acme")]) == [()]


def test_of_two_clients_that_share_what_they_go_by_neither_is_known_by_it() -> None:
    same = [client("Acme (7)", number="7"), client("Acme (8)", number="8")]

    assert goes(same, [client("Acme", number="7")]) == [(Renamed("Acme (7)", "Acme", Because.ALONE),)]


def test_an_id_behind_its_name_is_no_name_that_the_psa_gave_a_client() -> None:
    alone, beside = client("Acme", number="7"), client("Acme (7)", number="7")

    assert goes([alone], [beside, client("Acme (8)", number="8")], [client("Acme (West)", number="7")]) == [
        (Renamed("Acme", "Acme (7)", Because.NAMESAKE),),
        (Renamed("Acme (7)", "Acme (West)"),),
    ]


def test_a_name_that_is_only_written_otherwise_is_that_of_all_it_ever_went_by() -> None:
    known: Known = {}
    for number, month in enumerate(([client("Acme", "A")], [client("Ajax, Ltd.", "A")], [client("AJAX Ltd", "A")])):
        known = signs_after(known, month, find_renamed(known, month), FIRST + timedelta(days=number))

    assert {one.client for one in known.values()} == {"AJAX Ltd"}
    assert names_now(one for one in known.values() if one.gone) == {"acme": "AJAX Ltd"}


def test_a_client_that_is_billed_for_nothing_is_called_as_its_vendor_does_until_it_is_billed_again() -> None:
    billed, alone = client("Acme Group", "Acme"), client("Acme", "Acme", is_billed=False)

    assert goes([billed], [alone], [alone], [billed], [alone], [client("Ajax", "Acme")]) == [
        (Renamed("Acme Group", "Acme", Because.UNBILLED),),
        (),
        (Renamed("Acme", "Acme Group"),),
        (Renamed("Acme Group", "Acme", Because.UNBILLED),),
        (Renamed("Acme", "Ajax"),),
    ]


def test_a_client_called_as_its_vendor_does_is_known_again_when_somebody_says_who_it_is() -> None:
    alone = [client("Ajax"), client("A. Holdings", "A. Holdings", is_billed=False)]

    assert goes([client("Acme", "A. Holdings")], alone, [client("Ajax", "A. Holdings")]) == [
        (Renamed("Acme", "A. Holdings", Because.UNBILLED),),
        (Renamed("A. Holdings", "Ajax"),),
    ]
    assert goes([client("Acme", "A. Holdings"), client("Ajax")], alone, [client("Ajax", "A. Holdings")])[1] == ()


def test_a_client_that_got_another_s_name_has_its_vendor_s_once_somebody_says_that_they_are_two() -> None:
    known: Known = {}
    for number, month in enumerate(([client("Acme", "A")], [client("Ajax", "A")])):
        known = signs_after(known, month, find_renamed(known, month), FIRST + timedelta(days=number))
    parted = [client("Ajax"), client("A", "A", is_billed=False, is_asked=True)]

    assert find_parted(known, parted, [("A", "Ajax")]) == (Renamed("Ajax", "A", Because.PARTED),)
    assert find_parted(known, parted, [("A", "Acme"), ("B", "Ajax")]) == ()
    assert find_parted(known, [client("Ajax", "A")], [("A", "Ajax")]) == ()


def test_a_client_that_the_psa_s_id_ties_to_its_old_name_or_that_had_no_other_keeps_its_name() -> None:
    apart = client("A", "A", is_billed=False)
    for first in (client("Acme", "A", number="7"), client("Ajax", "A", number="7")):
        known: Known = {}
        for number, month in enumerate(([first], [client("Ajax", "A", number="7")])):
            known = signs_after(known, month, find_renamed(known, month), FIRST + timedelta(days=number))

        assert find_parted(known, [client("Ajax", number="7"), apart], [("A", "Ajax")]) == ()
