"""What a run says otherwise, or says beside, when it is done again by a later version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Differences:
    """The fields of a result that are other than they were, and those that it did not have then, by their paths."""

    other: tuple[str, ...]
    new: tuple[str, ...]


def compare_documents(then: bytes, now: bytes) -> Differences:
    """Hold a result against the one that was kept: a field that came since is no other result."""
    found = dict.fromkeys(_differ(_read(then), _read(now), ""))
    return Differences(
        other=tuple(path for path, is_new in found if not is_new),
        new=tuple(path for path, is_new in found if is_new),
    )


def _read(document: bytes) -> Any:  # noqa: ANN401 - what the core's document holds
    return json.loads(document, parse_float=str)


def _differ(then: object, now: object, path: str) -> Iterator[tuple[str, bool]]:
    """Walk through both; places in a list are not told apart."""
    if isinstance(then, dict) and isinstance(now, dict):
        for name in {**then, **now}:
            at = f"{path}.{name}" if path else str(name)
            if name in then and name in now:
                yield from _differ(then[name], now[name], at)
            else:
                yield at, name in now
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for was, one in zip(then, now, strict=True):
            yield from _differ(was, one, f"{path}[]")
    elif then != now:
        yield path, False
