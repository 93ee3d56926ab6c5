"""A client that the PSA calls otherwise keeps whatever is kept under its name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.services.agreed import LIMITS, RULES, agreed_rules
from bot.services.cases import Case, CaseState
from bot.services.clients import BILLED_NAME, BOUGHT_NAME, Client
from bot.services.decisions import CorrectionState
from bot.services.ids import BOT, CaseId, client_key, short_key
from bot.services.known_again import Renamed, Sign, called, find_parted, find_renamed, signs_after, signs_of
from bot.services.people import Owner
from bot.services.ports import Books
from bot.services.promises import Promised
from bot.services.promising import redraw_of, renamed_of
from bot.services.runs import canonical
from bot.services.waiting import about_client
from recon import Judgement, Kind, Said, Side


def keep_names(books: Books, clients: Sequence[Client], *, at: datetime) -> bool:
    """Keep what the clients of a month go by, and move what is kept of those that are called otherwise by now.

    Say whether anything of it is new.
    """
    kept = books.clients.signs()
    known = kept or _known_before(books)
    parted = find_parted(known, clients, _said_apart(books))
    known = signs_of(known, parted)
    renamed = find_renamed(known, clients)
    for some in (parted, renamed):
        books.outbox.call_clients({client_key(one.was): one.now for one in some})
        for one in some:
            _move(books, one, at)
    changed = [one for sign, one in signs_after(known, clients, renamed, at).items() if one != kept.get(sign)]
    books.clients.put(*changed)
    return bool(changed)


def _said_apart(books: Books) -> Iterable[tuple[str, str]]:
    """List the names of clients of which the last word is that they are two, or that it is not known."""
    last: dict[tuple[str, str], Judgement] = {}
    for one in books.answers.judgements().said:
        if one.kind is Kind.CLIENT:
            last[client_key(one.bought), client_key(one.billed)] = one
    return [(one.bought, one.billed) for one in last.values() if one.verdict in (Said.DIFFERENT, Said.TAKEN_BACK)]


def _known_before(books: Books) -> Mapping[str, Sign]:
    """Tell by the last run and its gaps what clients went by, where nothing was kept of that yet."""
    newest = books.runs.newest_applied()
    if newest is None or books.files.forgotten([newest.at_hand]):
        return {}
    names = json.loads(books.files.get(newest.at_hand))["names"][Side.BILLED][Kind.CLIENT]
    signs = {f"{BILLED_NAME}{client_key(name)}": name for name in names}
    for case in books.cases.unclosed():
        bought, _ = case.evidence["client_names"]
        signs |= {f"{BOUGHT_NAME}{client_key(bought)}": case.gap.client} if bought else {}
    return {sign: Sign(sign, client, since=newest.at) for sign, client in signs.items()}


def _move(books: Books, renamed: Renamed, at: datetime) -> None:
    """Move what is kept under a client's old name to its new one, and promise to say so."""
    moved = _move_gaps(books, renamed)
    _move_fixes(books, {case.id for case in moved}, renamed)
    _move_owner(books, renamed)
    _move_limits(books, renamed)
    _move_agreements(books, renamed)
    _move_messages(books, renamed)
    books.outbox.promise(*_told_of(books, moved, renamed, at), at=at)
    books.audit.record(BOT, "client renamed", renamed.now, {"was": renamed.was}, at=at)


def _move_gaps(books: Books, renamed: Renamed) -> list[Case]:
    """Let a client's gaps go on under its new name, but for one that is open under that already."""
    open_now = {(case.gap.id, case.gap.direction) for case in books.cases.of_client(renamed.now) if _is_open(case)}
    moved = [_called(case, renamed.now) for case in books.cases.of_client(renamed.was)]
    moved = [case for case in moved if not (_is_open(case) and (case.gap.id, case.gap.direction) in open_now)]
    for case in moved:
        books.cases.put(case, was=case.version)
    return moved


def _is_open(case: Case) -> bool:
    return case.state is not CaseState.CLOSED


def _called(case: Case, client: str) -> Case:
    """Give a gap as it stands under another name of its client."""
    gap, document = called(case.gap, client), json.loads(case.stated)
    document["gaps"][0] |= {"id": gap.id, "client": client}
    return replace(case, gap=gap, stated=canonical(document))


def _move_fixes(books: Books, cases: set[CaseId], renamed: Renamed) -> None:
    for fix in books.decisions.corrections():
        if fix.case in cases and fix.state is CorrectionState.TO_DO:
            books.decisions.put_correction(replace(fix, client=renamed.now))


def _move_owner(books: Books, renamed: Renamed) -> None:
    """Let the same people answer for it, and whoever was named for the new name already before them."""
    old, new = books.owners.of(renamed.was), books.owners.of(renamed.now)
    if old.people or old.channel:
        books.owners.drop(renamed.was)
        books.owners.put(
            Owner(
                client=renamed.now,
                manager=new.manager or old.manager,
                billing=new.billing or old.billing,
                channel=new.channel or old.channel,
            )
        )


def _move_limits(books: Books, renamed: Renamed) -> None:
    kept = {client_key(scope): (scope, text) for scope, text in books.settings.scopes(LIMITS).items()}
    if client_key(renamed.was) in kept:
        scope, text = kept[client_key(renamed.was)]
        books.settings.put(LIMITS, None, scope)
        if client_key(renamed.now) not in kept:
            books.settings.put(LIMITS, text, short_key(renamed.now.casefold()))


def _move_agreements(books: Books, renamed: Renamed) -> None:
    kept, was = json.loads(agreed_rules(books)), client_key(renamed.was)
    moved = [one | {"client": renamed.now} if client_key(one.get("client") or "") == was else one for one in kept]
    if moved != kept:
        books.settings.put(RULES, canonical(moved))


def _move_messages(books: Books, renamed: Renamed) -> None:
    """Let its thread go on, in each channel where its new name has none."""
    there = books.messages.of(about_client(renamed.now))
    for channel, sent_as in books.messages.of(about_client(renamed.was)).items():
        if channel not in there:
            books.messages.drop(about_client(renamed.was), channel)
            books.messages.put(about_client(renamed.now), channel, sent_as)


def _told_of(books: Books, moved: Iterable[Case], renamed: Renamed, at: datetime) -> Iterable[Promised]:
    """Say it in the client's thread, and show it in the messages of its gaps."""
    owner = books.owners.of(renamed.now)
    yield renamed_of(renamed, owner.channel or next(iter(owner.people), ""), at)
    for case in moved:
        if case.has_spoken and _is_open(case):
            shown = redraw_of(case)
            yield replace(shown, key=f"{shown.key}:{at.isoformat()}")
