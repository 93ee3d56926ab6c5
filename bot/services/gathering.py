"""What a month's result depends on, and whether it has changed since the last time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime

from bot.services.agreed import agreed_from_json, agreed_rules, what_is_agreed
from bot.services.cases import CaseState
from bot.services.computing import judgements_to_text, with_names_apart
from bot.services.failures import Refused
from bot.services.former_names import as_called_now
from bot.services.hours import EVERYBODY, zone_of
from bot.services.ids import Digest
from bot.services.ports import Books
from bot.services.readiness import look_at_month
from bot.services.runs import FileUsed, Inputs, Run
from recon import Month, RuleKind, Side, rules_from_text


def last_word(books: Books, inputs: Inputs) -> Run | None:
    """Find the run these inputs have had, if another would say nothing else: what is missing is not among them."""
    known = books.runs.newest(inputs.month)
    ready = look_at_month(books, inputs.month)
    if known is None or known.missing != ready.missing:
        return None
    if ready.can_run and books.files.forgotten([known.document, known.at_hand, *known.hashes.values()]):
        return None  # its files were handed in again, and its result is gone
    is_same = known.inputs == inputs.digest or (is_same_but_for_the_day(books, known, inputs) and not is_dated(books))
    return known if is_same else None


def must_be_readable(books: Books, month: Month) -> None:
    """Refuse to compare a month from files that are past their time."""
    gone = look_at_month(books, month).gone
    if gone:
        raise Refused(" ".join(gone))


def is_same_but_for_the_day(books: Books, run: Run, inputs: Inputs) -> bool:
    """Tell whether a run of other inputs had the same ones on another day."""
    agreed = run.hashes["settings"]
    if {**run.hashes, "settings": ""} != {**inputs.hashes, "settings": ""} or books.files.forgotten([agreed]):
        return False
    then, now = (agreed_from_json(text) for text in (books.files.get(agreed).decode(), inputs.settings))
    return replace(then, day=None) == replace(now, day=None)


def is_dated(books: Books) -> bool:
    """Tell whether another day alone may change what a month says: by what still waits, or by what is agreed."""
    agreed = rules_from_text(agreed_rules(books))
    return any(rule.start or rule.end or rule.kind is RuleKind.GRACE for rule in agreed) or any(
        case.state is CaseState.WAITING for case in books.cases.unclosed()
    )


def day_to_look(books: Books, month: Month, now: datetime) -> date | None:
    """Say on which day a running month is looked at; one that is over on its last."""
    today = now.astimezone(zone_of(books, EVERYBODY)).date()
    return max(today, month.first) if today <= month.last else None


def gather(books: Books, month: Month, now: datetime) -> Inputs:
    """Gather all that a month's result depends on, or say what is lacking."""
    ready = look_at_month(books, month)
    if ready.lacking:
        raise Refused(" ".join(ready.lacking))
    used = [FileUsed(file.side, file.source, file.name, file.digest) for file in ready.files if file.side]
    return Inputs(
        month=month,
        files=with_names_apart(used),
        profiles=books.answers.profiles(file.fingerprint for file in ready.files).to_json(),
        judgements=judgements_to_text(as_called_now(books)),
        rules=agreed_rules(books),
        settings=replace(what_is_agreed(books), day=day_to_look(books, month, now)).to_json(),
    )


def recall(books: Books, run: Run) -> Inputs:
    """Read a run's inputs back from the evidence."""
    texts = {name: books.files.get(kept).decode() for name, kept in run.hashes.items()}
    return Inputs(month=run.month, files=read_files(texts.pop("files")), **texts)


def read_files(text: str) -> tuple[FileUsed, ...]:
    """Read which files a run used."""
    return tuple(FileUsed(Side(side), source, name, Digest(kept)) for side, source, name, kept in json.loads(text))
