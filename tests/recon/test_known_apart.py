"""Two names that the vendor keeps apart."""

from __future__ import annotations

import pytest

from recon import known_apart


@pytest.mark.parametrize(
    ("one", "other", "is_apart"),
    [
        ("Microsoft 365 Business Premium [New Commerce Experience]", "Microsoft 365 Business Standard", True),
        ("M365_BUS_PREM", "Microsoft 365 Business Premium", False),
        ("Microsoft 365 Business Premium", "Gold Seat", False),
        ("Gold Seat", "Silver Seat", False),
    ],
)
def test_two_products_of_the_catalogue_are_kept_apart(one: str, other: str, *, is_apart: bool) -> None:
    assert known_apart(one, other) is is_apart
