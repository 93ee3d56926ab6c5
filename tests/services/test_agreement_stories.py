"""What is agreed with clients is kept once, explains what it is about, and can be ended."""

from __future__ import annotations

import json

import pytest
from office import ACME, ADA, JO, PREMIUM, Office

from bot.services.agreements import Changed, EndsTooSoon, TooWide
from bot.services.failures import NotAllowed, Refused

SPARE = {"kind": "temporary", "client": "Acme", "product": PREMIUM, "seats": 2, "note": "until they move"}


def audited(office: Office) -> list[tuple[str, object]]:
    with office.ledger.look(ACME) as books:
        return [(one.by, json.loads(one.detail)) for one in books.audit.entries() if one.action == "agreement changed"]


def test_what_is_agreed_explains_a_gap_and_when_it_ends_the_gap_is_back(office: Office) -> None:
    office.receives([("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)])

    added = office.agreements.add(SPARE, office.by(ADA)).agreement
    office.runs()
    assert office.looking.gaps(ACME) == ()
    assert office.agreements.all(ACME) == (added,)

    assert office.agreements.end(added.key, office.by(ADA)) == Changed(added, is_compared=True)
    office.runs()
    assert office.gap("Acme").gap.seats == 2
    assert office.agreements.all(ACME) == ()
    assert audited(office) == [(ADA, {"old": None, "new": SPARE}), (ADA, {"old": SPARE, "new": None})]


def test_the_same_is_agreed_once_and_ended_once(office: Office) -> None:
    key = office.agreements.add(SPARE, office.by(ADA)).agreement.key
    with pytest.raises(Refused, match="agreed already"):
        office.agreements.add(SPARE, office.by(ADA))

    office.agreements.end(key, office.by(ADA))
    with pytest.raises(Refused, match="not agreed any more"):
        office.agreements.end(key, office.by(ADA))


def test_before_a_month_was_compared_none_is_compared_again(office: Office) -> None:
    added = office.agreements.add(SPARE, office.by(ADA))

    assert not added.is_compared
    assert not office.agreements.end(added.agreement.key, office.by(ADA)).is_compared


@pytest.mark.parametrize("kind", ["exclusion", "not for resale", "minimum", "included", "temporary"])
def test_nothing_but_days_of_grace_and_bundles_is_agreed_on_for_everything(office: Office, kind: str) -> None:
    with pytest.raises(TooWide):
        office.agreements.add({"kind": kind, "seats": 2}, office.by(ADA))
    office.agreements.add({"kind": kind, "seats": 2, "product": PREMIUM}, office.by(ADA))
    office.agreements.add({"kind": kind, "seats": 2, "client": "Acme"}, office.by(ADA))
    office.agreements.add({"kind": "grace", "days": 30}, office.by(ADA))

    assert len(office.agreements.all(ACME)) == 3


def test_what_would_end_before_it_begins_is_not_agreed_on(office: Office) -> None:
    with pytest.raises(EndsTooSoon):
        office.agreements.add({**SPARE, "start": "2026-12-01", "end": "2026-11-01"}, office.by(ADA))


def test_only_admins_agree(office: Office) -> None:
    office.hires(JO, approver=True)

    with pytest.raises(NotAllowed, match="Only an admin may say what is agreed"):
        office.agreements.add(SPARE, office.by(JO))
    assert audited(office) == []
