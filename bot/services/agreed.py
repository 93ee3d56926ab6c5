"""What the workspace has set: thresholds, rules, currency, days of grace."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.services.failures import Refused
from bot.services.ports import Books
from bot.services.runs import canonical
from recon import Limits, Money, rules_from_text

LIMITS, RULES, CURRENCY, GRACE_DAYS, SECOND_ABOVE = "limits", "rules", "currency", "grace days", "second person above"
USUAL = Limits(Decimal(75), Decimal(2))
MOST_DECIMALS = -4
LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What a month is compared by."""

    usual: Limits = USUAL
    of_client: dict[str, Limits] = field(default_factory=dict)
    currency: str = "USD"
    grace_days: int = 7
    day: date | None = None  # on which a running month is looked at; one that is over is looked at on its last

    def to_json(self) -> str:
        """Write it, the same whatever the order it was set in."""
        day = {"day": self.day.isoformat()} if self.day else {}
        return canonical(
            {
                **day,
                "usual": _numbers(self.usual),
                "of_client": {client: _numbers(limits) for client, limits in self.of_client.items()},
                "currency": self.currency,
                "grace_days": self.grace_days,
            }
        )


def agreed_from_json(text: str) -> Agreed:
    """Read what was written."""
    said = json.loads(text)
    of_client = {client: _limits(numbers) for client, numbers in said["of_client"].items()}
    return Agreed(
        usual=_limits(said["usual"]),
        of_client=of_client,
        currency=said["currency"],
        grace_days=said["grace_days"],
        day=date.fromisoformat(said["day"]) if "day" in said else None,
    )


def what_is_agreed(books: Books) -> Agreed:
    """Look up what the workspace has set."""
    usual, currency, grace = (books.settings.get(name) for name in (LIMITS, CURRENCY, GRACE_DAYS))
    return Agreed(
        usual=limits_from_text(usual) if usual else USUAL,
        of_client={client: limits_from_text(text) for client, text in books.settings.scopes(LIMITS).items()},
        currency=currency or "USD",
        grace_days=int(grace or 7),
    )


def agreed_rules(books: Books) -> str:
    """Give the agreements with clients, as the core reads them."""
    text = books.settings.get(RULES) or "[]"
    rules_from_text(text)
    return text


def second_person_above(books: Books) -> Money | None:
    """Give the amount a month above which one signature is not enough; none is no such amount."""
    text = books.settings.get(SECOND_ABOVE)
    if text is None:
        return None
    amount, currency = json.loads(text)
    return Money(Decimal(amount), currency)


def limits_to_text(limits: Limits) -> str:
    """Write limits as they are kept."""
    return canonical(_numbers(limits))


def limits_from_text(text: str) -> Limits:
    """Read limits as they are kept."""
    return _limits(json.loads(text))


def _numbers(limits: Limits) -> list[str]:
    return [f"{number.normalize():f}" for number in (limits.min_money, limits.min_seats)]


def _limits(numbers: list[str]) -> Limits:
    return Limits(*map(Decimal, numbers))


def must_make_sense(number: Decimal) -> None:
    """Refuse what can't be a limit."""
    if not number.is_finite() or not 0 <= number <= LARGEST or int(number.as_tuple().exponent) < MOST_DECIMALS:
        raise Refused(f"“{number}” is no limit; it is a number from 0 on, with at most four decimals.")
