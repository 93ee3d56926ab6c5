"""What the PSA bills, and the corrections it takes: each says what it believes, and is refused if that has changed."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from bot.sandbox.psa.sheet import number
from bot.sandbox.state.records import Addition, Correction
from bot.sandbox.state.world import World

CHANGES = ("quantity", "unit_price", "bills")
BILLS = ("Billable", "DoNotBill", "NoCharge")
FIRST_ID = 50_000


class Refused(Exception):  # noqa: N818 - named for what happened
    """The PSA does not take this."""


class Moved(Refused):
    """The world is no longer as the correction believes."""

    def __init__(self, addition: Addition, field: str, was: str) -> None:
        """Tell what is there instead."""
        self.now = str(getattr(addition, field))
        super().__init__(f"The {field} of {addition.description} at {addition.company} is {self.now}, not {was}.")


@dataclass(frozen=True, slots=True)
class Wish:
    """A change somebody asks for; the key makes it happen once however often it is sent."""

    addition: str
    was: str
    now: str
    field: str = "quantity"
    key: str = ""
    by: str = ""


def same(one: str, other: str) -> bool:
    """Tell whether two values are the same: numbers as numbers, anything else to the letter."""
    first, second = number(one), number(other)
    return one == other if first is None or second is None else first == second


def amount(text: str, field: str) -> Decimal:
    """Read a number that may be billed."""
    read = number(text.strip())
    if read is None or read < 0:
        raise Refused(f"{text!r} is no {field}.")
    return read


def checked(field: str, value: str) -> str:
    """Bring a value into the form in which the PSA keeps it."""
    if field not in CHANGES:
        raise Refused(f"I change {', '.join(CHANGES)}, not {field!r}.")
    if field == "bills":
        if value not in BILLS:
            raise Refused(f"An addition is {', '.join(BILLS)}, not {value!r}.")
        return value
    return f"{amount(value, field):.2f}"


def correct(world: World, wish: Wish) -> Addition:
    """Change an addition, if it is still as the wish believes; the same wish again changes nothing."""
    addition = world.state.additions.get(wish.addition)
    if addition is None:
        raise Refused(f"There is no addition {wish.addition!r}.")
    now = checked(wish.field, wish.now)
    if wish.key and world.state.corrections.get(wish.key):
        return addition
    if not same(getattr(addition, wish.field), wish.was):
        raise Moved(addition, wish.field, wish.was)
    remember(world, wish)
    corrected = replace(addition, is_corrected=True, **change(wish.field, now))
    return world.state.additions.put(corrected)


def change(field: str, value: str) -> Any:  # noqa: ANN401 - a field's name is known only here
    """Name the field that gets a value."""
    return {field: value}


def remember(world: World, wish: Wish) -> None:
    """Keep a correction in the log."""
    key = wish.key or world.new_id("corr-")
    world.state.corrections.put(
        Correction(key, wish.addition, wish.field, wish.was, wish.now, wish.by, world.clock.now())
    )


def add(world: World, told: Addition, key: str = "", by: str = "") -> Addition:
    """Bill something that was not billed; the same wish again adds nothing."""
    done = world.state.corrections.get(key) if key else None
    if done:
        return world.state.additions[done.addition]
    if not told.company or not told.description:
        raise Refused("An addition needs a company and a description.")
    like = next((one for one in world.state.additions if one.company == told.company), None)
    if like is None:
        raise Refused(f"I know no company {told.company!r}.")
    amounts = {name: f"{amount(getattr(told, name), name):.2f}" for name in ("quantity", "unit_price", "unit_cost")}
    number = max((int(one.id) for one in world.state.additions if one.id.isdigit()), default=0)
    new = replace(
        told,
        **amounts,
        id=str(max(number, FIRST_ID) + 1),
        company_id=like.company_id,
        currency=told.currency or like.currency,
        effective=told.effective or today(world),
        is_corrected=True,
    )
    remember(world, Wish(new.id, "0", new.quantity, key=key, by=by))
    return world.state.additions.put(new)


def today(world: World) -> str:
    """Write the day as the PSA does."""
    day = world.day()
    return f"{day.month}/{day.day}/{day.year}"


def pass_time(world: World, before: Iterable[Addition], after: Iterable[Addition]) -> int:
    """Let the desk key in what it would have by then, but for what somebody here has corrected; count the changes."""
    old = {one.id: one for one in before}
    changed = [one for one in after if old.get(one.id) != one]
    mine = {one.id for one in world.state.additions if one.is_corrected}
    known = {(one.company, one.description) for one in world.state.additions if one.is_corrected}
    taken = [one for one in changed if one.id not in mine and (one.company, one.description) not in known]
    for one in taken:
        world.state.additions.put(one)
    return len(taken)


def told_of(addition: Addition) -> dict[str, object]:
    """Describe an addition."""
    return {field.name: getattr(addition, field.name) for field in fields(addition)}
