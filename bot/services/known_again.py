"""A client is known again under another name, by what was kept of what it went by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.services.clients import BILLED_ID, BILLED_NAME, BOUGHT_NAME, Client
from bot.services.ids import client_key, short_key
from recon import Gap, GapId, identify_gap


@dataclass(frozen=True, slots=True)
class Sign:
    """A name or an id, and the client it was last seen to be of."""

    sign: str
    client: str
    since: datetime  # when it was first seen to be of this client
    gone: datetime | None = None  # a name of the PSA's: since when no run has had it


class Because(StrEnum):
    """Why a client has another name."""

    RENAMED = "renamed"  # by the PSA
    UNBILLED = "unbilled"  # so that it is called as its vendor does
    NAMESAKE = "namesake"  # another client has its name, so that it is told apart by its id
    ALONE = "alone"  # no other client has its name any more
    PARTED = "parted"  # somebody says that it is not the one whose name it had


@dataclass(frozen=True, slots=True)
class Renamed:
    """A client that has another name than it had."""

    was: str
    now: str
    because: Because = Because.RENAMED


def find_renamed(known: Mapping[str, Sign], clients: Collection[Client]) -> tuple[Renamed, ...]:
    """Find the clients that the PSA calls otherwise than it did, where nothing else would explain it.

    All that is known of such a client was known of one other, whose name nobody has any more. Two that became one,
    one that became two, and whatever was there beside the other, are not the same client under a new name.
    """
    if _has_new_numbers(known, clients):
        known = {sign: one for sign, one in known.items() if not sign.startswith(BILLED_ID)}
    holders = Counter(name for client in clients for name in client.names)
    found = []
    for client in (one for one in clients if one.is_billed or not one.is_asked):
        was = _was_called(known, client)
        if was and (holders[client_key(was)] == (client_key(was) in client.names) or _is_beside(known, client, was)):
            found.append(Renamed(was, client.name, _why_called(client, was)))
    same = defaultdict[str, list[Renamed]](list)
    for one in found:
        same[client_key(one.was)].append(one)
    return tuple(one for some in same.values() for one in _only_one(some))


def _only_one(found: Sequence[Renamed]) -> Sequence[Renamed]:
    """Give what a client is now, if that is one; among those that are billed, or else among those that are not."""
    some = [one for one in found if one.because is not Because.UNBILLED] or found
    return some if len(some) == 1 else ()


def _why_called(client: Client, was: str) -> Because:
    """Say why a client has another name; an id behind it is none that anybody gave it."""
    if not client.is_billed:
        return Because.UNBILLED
    if _with_id(client, client.name, was):
        return Because.NAMESAKE
    return Because.ALONE if _with_id(client, was, client.name) else Because.RENAMED


def _is_beside(known: Mapping[str, Sign], client: Client, was: str) -> bool:
    """Tell a client whose name another has as well, by the PSA's id that it had before."""
    numbers = [known[sign] for sign in client.signs if sign.startswith(BILLED_ID) and sign in known]
    return _with_id(client, client.name, was) and any(_is_of(one, client_key(was)) for one in numbers)


def _with_id(client: Client, longer: str, name: str) -> bool:
    """Tell whether the longer name is the other one with the client's id behind it."""
    number = longer.removeprefix(f"{name} (").removesuffix(")")
    return longer == f"{name} ({number})" and f"{BILLED_ID}{short_key(number)}" in client.signs


def find_parted(
    known: Mapping[str, Sign], clients: Iterable[Client], apart: Iterable[tuple[str, str]]
) -> tuple[Renamed, ...]:
    """Find the clients that got the name of another one, by which vendors' and billed names are said to be two now."""
    billed = {client_key(client.name): client for client in clients if client.is_billed}
    found = []
    for bought, name in apart:
        tie, other = known.get(f"{BOUGHT_NAME}{client_key(bought)}"), billed.get(client_key(name))
        if tie and other and _is_of(tie, client_key(name)) and tie.sign not in other.signs:
            went = [one.gone for one in _names_of(known, client_key(name)) if one.gone]
            if went and all(known[sign].since >= max(went) for sign in other.signs if sign in known):
                found.append(Renamed(tie.client, bought, Because.PARTED))
    return tuple(found)


def _names_of(known: Mapping[str, Sign], key: str) -> list[Sign]:
    return [one for sign, one in known.items() if sign.startswith(BILLED_NAME) and client_key(one.client) == key]


def _was_called(known: Mapping[str, Sign], client: Client) -> str | None:
    """Give the one other name under which a client was known until now."""
    mine, own = [known[sign] for sign in client.signs if sign in known], client_key(client.name)
    others = {client_key(one.client): one.client for one in mine if client_key(one.client) != own}
    if len(others) != 1:
        return None
    ((key, was),) = others.items()
    since = [one.since for one in mine if client_key(one.client) == own]
    return was if not since or _went_before(known, key, min(since)) else None


def _went_before(known: Mapping[str, Sign], key: str, then: datetime) -> bool:
    """Tell whether the PSA had no name for a client any more when another client came."""
    names = _names_of(known, key)
    return bool(names) and all(one.gone is not None and one.gone <= then for one in names)


def _has_new_numbers(known: Mapping[str, Sign], clients: Iterable[Client]) -> bool:
    """Tell whether the PSA's ids are counted anew: a client has its name still, and the id of another."""
    return any(
        sign.startswith(BILLED_ID) and sign in known and client_key(known[sign].client) != own
        for client in clients
        for own in [client_key(client.name)]
        if f"{BILLED_NAME}{own}" in client.signs and _is_of(known.get(f"{BILLED_NAME}{own}"), own)
        for sign in client.signs
    )


def _is_of(sign: Sign | None, key: str) -> bool:
    return sign is not None and client_key(sign.client) == key


def signs_after(
    known: Mapping[str, Sign], clients: Sequence[Client], renamed: Iterable[Renamed], at: datetime
) -> dict[str, Sign]:
    """Give what is known now that a run has seen its clients."""
    after = signs_of(known, renamed)
    names = {client_key(client.name): client.name for client in clients if client.is_billed}
    after = {sign: _called_now(one, names) for sign, one in after.items()}
    seen = {sign: client.name for client in clients if client.is_billed for sign in client.signs}
    for sign, client in seen.items():
        was = after.get(sign)
        if was is None or was.client != client or was.gone:
            after[sign] = Sign(sign, client, since=was.since if was and was.client == client else at)
    for sign, one in after.items():
        if sign.startswith(BILLED_NAME) and sign not in seen and one.gone is None:
            after[sign] = replace(one, gone=at)
    return after


def signs_of(known: Mapping[str, Sign], renamed: Iterable[Renamed]) -> dict[str, Sign]:
    """Give what is known under the names that clients have now."""
    names = {client_key(one.was): one.now for one in renamed}
    return {sign: _called_now(one, names) for sign, one in known.items()}


def _called_now(sign: Sign, names: Mapping[str, str]) -> Sign:
    client = names.get(client_key(sign.client), sign.client)
    return sign if client == sign.client else replace(sign, client=client)


def called(gap: Gap, client: str) -> Gap:
    """Give a gap as it is under another name of its client."""
    name = identify_gap(client, gap.product, gap.plan, gap.currency, gap.about)
    name = GapId(name + gap.id[len(name) :])  # of two clients that shared a name, one has more behind it
    return replace(gap, id=name, client=client)


def names_now(gone: Iterable[Sign]) -> dict[str, str]:
    """Give what clients are called now that the PSA once called otherwise, by the keys of the names that are gone."""
    former = {one.sign.removeprefix(BILLED_NAME): one.client for one in gone}
    return {key: client for key, client in former.items() if key != client_key(client)}
