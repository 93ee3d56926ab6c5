"""Who the clients of a month are, and by what each would be known again: its names and ids on either side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from bot.services.ids import client_key, short_key
from recon import Reconciliation, Side, Verdict

BILLED_NAME, BILLED_ID, BOUGHT_NAME, BOUGHT_ID = "billed name ", "billed id ", "bought name ", "bought id "
LASTING_ID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
"""A vendor's id that means one client everywhere; a short number may be another's at another vendor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client as a month has it."""

    name: str  # as people read it
    signs: frozenset[str]  # what it goes by for certain, and nobody else does
    names: frozenset[str]  # every name it goes by, by its key
    is_billed: bool
    is_asked: bool = False  # whether the PSA bills it waits for an answer


def clients_of(result: Reconciliation) -> tuple[Client, ...]:
    """Give the clients of a month, with what each goes by."""
    names = result.names.clients.names.select("key", "shown", "verdict", "side", "client", "client_id").unique()
    of_one = [list(rows) for _, rows in groupby(sorted(names.iter_rows(), key=itemgetter(0)), key=itemgetter(0))]
    signs = [{sign for _, _, _, *row in rows for sign in _signs(*row)} for rows in of_one]
    counts = Counter(sign for some in signs for sign in some)
    return tuple(
        Client(
            name=rows[0][1],
            signs=frozenset(sign for sign in some if counts[sign] == 1),
            names=frozenset(client_key(name) for _, shown, *_, name, _ in rows for name in (shown, name)),
            is_billed=any(row[3] == Side.BILLED for row in rows),
            is_asked=any(row[2] == Verdict.UNSURE for row in rows),
        )
        for rows, some in zip(of_one, signs, strict=True)
    )


def _signs(side: str, name: str, number: str | None) -> Iterator[str]:
    bare = (number or "").strip(" {}\t'\"").casefold()
    yield f"{BILLED_NAME if side == Side.BILLED else BOUGHT_NAME}{client_key(name)}"
    if bare and side == Side.BILLED:
        yield f"{BILLED_ID}{short_key(bare)}"
    elif LASTING_ID.fullmatch(bare):
        yield f"{BOUGHT_ID}{bare}"
