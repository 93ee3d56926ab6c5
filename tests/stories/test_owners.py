"""People are made to answer for clients, one by one or by a list, and are reached wherever they are."""

from __future__ import annotations

import json

import pytest
from office import PREMIUM, VISIO
from talking.salon import BILLING, Salon

from bot.sandbox import Person, Seen
from bot.services.ids import PersonId
from bot.services.people import Person as Colleague
from bot.services.promises import PromiseKind
from bot.slack.taking import is_owner_list

HAVE, PAY = [("Acme", PREMIUM, 12)], [("Acme", PREMIUM, 10)]


def last(person: Person) -> Seen:
    return [one for one in person.sees(BILLING) if one.is_ephemeral][-1]


def direct(salon: Salon, person: Person) -> list[str]:
    channel = salon.client.conversations_open(users=person.id)["channel"]["id"]
    return [one.text for one in person.sees(channel)]


def sets(salon: Salon, words: str, **values: object) -> str:
    """Open a form from the list of owners, send it in, and read what came of it."""
    salon.dana.types("/reconcile owners", BILLING)
    salon.dana.presses(words, last(salon.dana))
    if "client" in values:
        salon.dana.chooses("find.client", values.pop("client"), typing="a")
    errors = salon.dana.submits(values).errors
    if errors:
        salon.dana.closes(everything=True)
        return " ".join(dict(errors).values())
    return last(salon.dana).words


def test_a_client_is_given_its_people_and_its_channel_from_slack(salon: Salon) -> None:
    salon.office.receives(HAVE, PAY)
    channel = salon.slack.new_channel("acme", by="dana", members=["jo"])
    salon.dana.invites("gapwatch", "acme")

    said = sets(salon, "Set one…", client="Acme", person=salon.jo.id, channel="acme")

    assert "Acme: Jo Adams" in said or "Acme: jo" in said
    owner = salon.office.owners.of(salon.office.workspace, "Acme")
    assert (owner.manager, owner.channel) == (salon.jo.id, channel)
    with salon.office.ledger.look(salon.office.workspace) as books:
        assert "owner set" in [entry.action for entry in books.audit.entries()]


def test_a_client_leaves_its_channel_and_both_are_written_down(salon: Salon) -> None:
    salon.office.receives(HAVE, PAY)
    salon.hires(salon.jo)
    salon.owns(salon.jo, "Acme", "C0BILLING01")
    directly = ["Direct messages again, in no channel"]

    assert "Either a channel or" in sets(salon, "Set one…", client="Acme", channel="billing", direct=directly)
    assert "in direct messages" in sets(salon, "Set one…", client="Acme", direct=directly)

    owner = salon.office.owners.of(salon.office.workspace, "Acme")
    assert (owner.manager, owner.channel) == (salon.jo.id, None)
    with salon.office.ledger.look(salon.office.workspace) as books:
        (*_, told) = (json.loads(one.detail) for one in books.audit.entries() if one.action == "owner set")
    assert told == {"old": [salon.jo.id, None, "C0BILLING01"], "new": [salon.jo.id, None, None]}


def test_a_guest_answers_for_nobody_and_the_form_says_so(salon: Salon) -> None:
    salon.office.receives(HAVE, PAY)
    eve = salon.slack.new_person("eve", "Eve", is_guest=True)

    assert "choose a colleague" in sets(salon, "Set one…", client="Acme", person=eve.id)
    assert "Choose a person or a channel" in sets(salon, "Set one…", client="Acme")
    assert salon.office.owners.all(salon.office.workspace) == ()


def test_the_billing_owner_is_named_from_slack(salon: Salon) -> None:
    said = sets(salon, "Billing owner…", person=salon.jo.id)

    assert "hears of the clients that nobody answers for" in said
    assert salon.office.joining.workspace(salon.office.workspace).billing_owner == salon.jo.id


def test_an_owner_outside_the_clients_channel_is_written_to_as_well(salon: Salon) -> None:
    salon.hires(salon.jo)
    channel = salon.slack.new_channel("acme", by="dana")
    salon.dana.invites("gapwatch", "acme")
    salon.owns(salon.jo, "Acme", channel)

    salon.office.receives(HAVE, PAY)
    salon.keeps_its_promises()

    assert any("Acme" in one.text for one in salon.dana.sees("acme"))
    assert any("Acme" in text for text in direct(salon, salon.jo))


def test_a_list_of_owners_is_dropped_and_each_row_that_can_not_be_used_is_told_of(salon: Salon) -> None:
    email = salon.client.users_info(user=salon.jo.id)["user"]["profile"]["email"]
    salon.office.directory.known[email] = Colleague(id=PersonId(salon.jo.id), name="Jo", email=email)
    content = f"client,email\nAcme,{email}\nBolt,nobody@msp.example\n,{email}\n".encode()

    message = salon.dana.drops("owners.csv", content, "billing")
    salon.slack.settles()
    salon.keeps_its_promises(PromiseKind.FILE)

    (said,) = salon.dana.sees("billing", message)[1:]
    assert "1 client now has an owner." in said.words
    assert "nobody@msp.example" in said.words
    assert "Row 4 names no client" in said.words
    assert salon.office.owners.of(salon.office.workspace, "Acme").manager == PersonId(salon.jo.id)


@pytest.mark.parametrize("headings", ["Company,Account Manager", "Customer Name;Email Address", "client\tOwner"])
def test_a_list_of_owners_is_known_by_the_words_people_use(salon: Salon, headings: str) -> None:
    email = salon.client.users_info(user=salon.jo.id)["user"]["profile"]["email"]
    salon.office.directory.known[email] = Colleague(id=PersonId(salon.jo.id), name="Jo", email=email)
    between = next(sign for sign in ",;\t" if sign in headings)
    rows = [f"Acme,{email}", "Bolt,Jo Adams"]
    content = "\n".join([headings, *(row.replace(",", between) for row in rows)]).encode()

    message = salon.dana.drops("who.csv", content, "billing")
    salon.slack.settles()
    salon.keeps_its_promises(PromiseKind.FILE)

    (said,) = salon.dana.sees("billing", message)[1:]
    assert "1 client now has an owner." in said.words
    assert "Row 3: “jo adams” is not an email." in said.words
    assert salon.office.owners.of(salon.office.workspace, "Acme").manager == PersonId(salon.jo.id)


@pytest.mark.parametrize("headings", ["Company,Owner,Quantity", "Company,Customer,Owner", "Company,Product"])
def test_an_export_is_no_list_of_owners(headings: str) -> None:
    assert not is_owner_list(f"{headings}\na,b,c\n".encode())


def test_somebody_who_may_not_import_owners_is_told(salon: Salon) -> None:
    message = salon.jo.drops("owners.csv", b"client,email\nAcme,jo@msp.example\n", "billing")
    salon.slack.settles()
    salon.keeps_its_promises(PromiseKind.FILE)

    (said,) = salon.jo.sees("billing", message)[1:]
    assert "Only an admin may import owners" in said.words


def test_nobody_is_asked_twice_who_answers_for_a_client(salon: Salon) -> None:
    salon.office.receives([*HAVE, ("Acme", VISIO, 3)], PAY)
    salon.keeps_its_promises()
    salon.office.receives([("Acme", PREMIUM, 14), ("Acme", VISIO, 3)], PAY)
    salon.keeps_its_promises()

    assert len([text for text in direct(salon, salon.dana) if "Who should get them?" in text]) == 1
