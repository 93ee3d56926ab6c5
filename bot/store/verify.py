"""Whether rows and kept bytes are as they were written, by what the audit says of them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping

from sqlalchemy import RowMapping

from bot.services.audit import find_flaws
from bot.services.packing import unpack
from bot.services.runs import digest
from bot.store.ledger import StoreBooks
from bot.store.seals import UNREADABLE, find_broken_seals
from bot.store.shelf import Shelf
from bot.store.tables import audit, blobs, decisions, judgements

SAYS = {"said: same as": "same", "said: not the same": "different"}
TAKEN_BACK = "taken back"


def find_all_flaws(books: StoreBooks) -> Iterator[str]:
    """Check the chain, what it vouches for, and each row that people rely on."""
    for found in (
        _find_broken_chain(books),
        _find_changed_bytes(books.shelf),
        _find_changed_judgements(books.shelf),
        _find_changed_decisions(books.shelf),
        find_broken_seals(books.shelf),
    ):
        try:
            yield from found
        except UNREADABLE as flaw:
            yield f"a row can't be read any more: {str(flaw).splitlines()[0]}"


def _find_broken_chain(books: StoreBooks) -> Iterator[str]:
    last, last_seal = books.audit.end()
    yield from find_flaws(books.shelf.workspace, books.audit.entries(), last=last, last_seal=last_seal)


def _find_changed_bytes(shelf: Shelf) -> Iterator[str]:
    for name in shelf.values(blobs.c.digest, blobs, blobs.c.content.is_not(None)):
        row = shelf.found(blobs, digest=name)
        try:
            is_same = row is not None and digest(unpack(row["content"])) == name
        except (zlib.error, TypeError):
            is_same = False
        if not is_same:
            yield f"the bytes kept under {name[:12]} were changed"


def _find_changed_judgements(shelf: Shelf) -> Iterator[str]:
    """Hold what was said of names against what was written down.

    It is said once more where another's word on the same names is taken back.
    """
    told = {row["subject"]: row for row in shelf.rows(audit, audit.c.action.in_(list(SAYS)))}
    heard, is_after_another = set[str](), False
    for row in shelf.rows(judgements, order=(judgements.c.number,)):
        if row["verdict"] != TAKEN_BACK:
            entry, is_again = told.get(row["decision"]), row["decision"] in heard
            if entry is None or not _is_as_said(row, entry) or (is_again and not is_after_another):
                yield f"judgement {row['number']} is not as it was said"
            heard.add(row["decision"])
        is_after_another = row["verdict"] == TAKEN_BACK
    for decision in sorted(told.keys() - heard):
        yield f"the judgement of decision {decision} is missing"


def _is_as_said(row: RowMapping, entry: RowMapping) -> bool:
    names = {"kind": row["kind"], "bought": row["bought"], "billed": row["billed"]}
    return (SAYS[entry["action"]], entry["by"], json.loads(entry["detail"])) == (row["verdict"], row["by"], names)


def _find_changed_decisions(shelf: Shelf) -> Iterator[str]:
    """Hold what a decision rests on and whose it is against what was written down when it was taken."""
    told = {json.loads(row["detail"])["decision"]: row for row in _settled(shelf)}
    for row in shelf.rows(decisions, decisions.c.gap.is_not(None), order=(decisions.c.number,)):
        entry = told.pop(row["id"], None)
        if row["kind"] is not None:
            continue
        if entry is None or not _is_as_told(row, entry):
            yield f"decision {row['id']} is not as it was taken"
    for decision in sorted(told):
        yield f"decision {decision} is missing"


def _is_as_told(row: RowMapping, entry: Mapping[str, str]) -> bool:
    detail = json.loads(entry["detail"])
    told = (entry["by"], entry["subject"], detail["evidence"], detail["reason"], detail["to"])
    return told == (row["seconded_by"] or row["by"], row["gap"], row["evidence"], row["reason"], row["assignee"])


def _settled(shelf: Shelf) -> list[dict[str, str]]:
    actions = audit.c.action.startswith("decided: ") | audit.c.action.startswith("proposed: ")
    rows = shelf.rows(audit, actions | audit.c.action.startswith("assigned: "), order=(audit.c.number,))
    return [{"subject": row["subject"], "by": row["by"], "detail": row["detail"]} for row in rows]
