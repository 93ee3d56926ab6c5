"""Small checks that are put together to describe what Slack accepts, and that answer in Slack's own words."""

import re
from collections.abc import Callable, Iterator, Mapping

Check = Callable[[object, str], Iterator[str]]


def problem(sentence: str, where: str) -> str:
    """Say what is wrong and where, as Slack does."""
    return f"{sentence} [json-pointer:{where}]"


def string(most: int, *, least: int = 1, blank: bool = True) -> Check:
    """Accept text of these lengths; where blanks alone say nothing, they count as nothing."""

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield problem("must provide a string", where)
        elif len(value) > most:
            yield problem(f"must be less than {most + 1} characters", where)
        elif len(value if blank else value.strip()) < least:
            yield problem(f"must be more than {least - 1} characters", where)

    return check


def shaped(pattern: str) -> Check:
    """Accept text of one shape, such as a date."""

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            yield problem("must match the expected format", where)

    return check


def flag(value: object, where: str) -> Iterator[str]:
    """Accept true or false."""
    if not isinstance(value, bool):
        yield problem("must provide a boolean", where)


def number(least: float, most: float) -> Check:
    """Accept a number between these, both included."""

    def check(value: object, where: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield problem("must provide a number", where)
        elif not least <= value <= most:
            yield problem(f"must be between {least} and {most}", where)

    return check


def one_of(*values: str) -> Check:
    """Accept one of a few words."""

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield problem("must provide a string", where)
        elif value not in values:
            yield problem("must be a valid enum value", where)

    return check


def each(inner: Check, *, most: int, least: int = 1) -> Check:
    """Accept a list of this many things, each of which must pass."""

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield problem("must provide an array", where)
            return
        if len(value) > most:
            yield problem(f"no more than {most} items allowed", where)
        if len(value) < least:
            yield problem(f"must provide at least {least} items", where)
        for place, item in enumerate(value):
            yield from inner(item, f"{where}/{place}")

    return check


def thing(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Accept an object with these fields; Slack refuses fields it does not know."""
    known = {**required, **(optional or {})}

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must provide an object", where)
            return
        for name in required:
            if value.get(name) is None:
                yield problem(f"missing required field: {name}", where)
        for name, inner in value.items():
            if name not in known:
                yield problem(f"invalid additional property: {name}", where)
            elif inner is not None:
                yield from known[name](inner, f"{where}/{name}")

    return check


def typed(kinds: Mapping[str, Check]) -> Check:
    """Accept an object whose `type` is one of these, and which is right for that type."""

    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must provide an object", where)
        elif not isinstance(value.get("type"), str):
            yield problem("missing required field: type", where)
        elif value["type"] not in kinds:
            yield problem(f"unsupported type: {value['type']}", f"{where}/type")
        else:
            yield from kinds[value["type"]](value, where)

    return check


def every(*checks: Check) -> Check:
    """Accept what passes all of these."""

    def check(value: object, where: str) -> Iterator[str]:
        for inner in checks:
            yield from inner(value, where)

    return check


def some_field(*names: str) -> Check:
    """Accept an object that has at least one of these fields."""

    def check(value: object, where: str) -> Iterator[str]:
        if isinstance(value, dict) and all(value.get(name) is None for name in names):
            yield problem(f"missing required field: {names[0]}", where)

    return check


def anything(value: object, where: str) -> Iterator[str]:
    """Accept whatever it is: a part that Slack alone understands."""
    del value, where
    yield from ()


TYPE: dict[str, Check] = {"type": anything}
