"""Money is said so that nobody has to think twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.slack.views.questions import chance
from bot.slack.wording import both_ways, share, won
from recon import Candidate, Direction, Money


def dollars(amount: str) -> tuple[Money, ...]:
    return (Money(Decimal(amount), "USD"),) if amount else ()


@pytest.mark.parametrize(
    ("under", "over", "said"),
    [
        ("88", "22", "$88.00 a month recovered and $22.00 a month of over-billing avoided"),
        ("", "", "nothing recovered"),
        ("0", "", "nothing recovered"),
        ("-44", "", "$44.00 a month recovered before is open again"),
        ("88", "-22", "$88.00 a month recovered and $22.00 a month of over-billing avoided before is back"),
    ],
)
def test_what_came_back_is_no_negative_gain(under: str, over: str, said: str) -> None:
    assert won(dollars(under), dollars(over)) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(8, 9, "88.9%"), (1, 3, "33.3%"), (9999, 10000, "99.9%"), (5, 5, "100%"), (0, 7, "0.0%")],
)
def test_a_share_is_rounded_but_never_to_all_of_it(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


@pytest.mark.parametrize(
    ("under", "over", "said"),
    [
        ("44", "88", "$44.00 a month not billed, about $88.00 billed too much"),
        ("44", "", "$44.00 a month not billed"),
        ("", "88", "about $88.00 a month billed too much"),
        ("", "", ""),
    ],
)
def test_the_two_directions_are_never_added(under: str, over: str, said: str) -> None:
    assert both_ways(dollars(under), dollars(over), estimated={Direction.OVER}) == said


@pytest.mark.parametrize(
    ("known", "told"),
    [(0.148, " (15% likely)"), (0.925, " (92% likely)"), (0.999, " (99% likely)"), (0.001, " (unlikely)"), (None, "")],
)
def test_a_chance_is_rounded_as_on_the_terminal_and_never_up_to_certain(known: float | None, told: str) -> None:
    assert chance(Candidate("a", "A", known)) == told
