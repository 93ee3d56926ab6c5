"""A person says what names mean."""

from __future__ import annotations

import pytest
from office import ACME, ADA, JO, MAX, OCTOBER, PREMIUM, VISIO, Office

from bot.services.decisions import Names, Verb
from bot.services.failures import NotAllowed
from bot.services.people import Owner
from bot.services.speak import VERDICTS
from recon import Kind, Side

HAVE = [("Umbrella Holdings", PREMIUM, 12), ("Hooli", VISIO, 3)]
PAY = [("Raccoon City Labs", PREMIUM, 10), ("Hooli", VISIO, 3)]
ALIAS = Names(Kind.CLIENT, "Umbrella Holdings", "Raccoon City Labs")


def test_an_alias_is_compared_at_once_and_for_ever(office: Office) -> None:
    office.receives(HAVE, PAY)
    assert {question["about"] for question in office.looking.questions(ACME)} == {"Umbrella Holdings"}

    decision = office.speak.same(ALIAS, office.by(ADA, "click-1"))
    assert office.speak.same(ALIAS, office.by(ADA, "click-1")) == decision
    (report,) = office.runs()

    assert report.run.because == decision.id
    assert [str(move.case.gap.monthly) for move in report.moves if "opened" in move.happenings] == ["$44.00"]
    assert office.looking.questions(ACME) == ()
    office.receives([("Umbrella Holdings", PREMIUM, 13), *HAVE[1:]], PAY, "2026-11")
    assert int(office.gap("Raccoon City Labs", PREMIUM).gap.bought) == 13


def test_an_alias_taken_back_is_forgotten_and_compared_again(office: Office) -> None:
    office.receives(HAVE, PAY)
    decision = office.speak.same(ALIAS, office.by(ADA))
    office.runs()

    office.undo.take_back(decision.id, office.by(ADA))
    office.runs()

    assert {question["about"] for question in office.looking.questions(ACME)} == {"Umbrella Holdings"}
    assert [one.verb for one in office.undo.standing(ACME)] == []
    with office.ledger.look(ACME) as books:
        assert [said.verdict for said in books.answers.judgements().said] == ["same", "taken back"]


@pytest.mark.parametrize("undone", ["the later", "the earlier"])
def test_what_another_said_of_the_same_names_holds_when_one_takes_theirs_back(office: Office, undone: str) -> None:
    office.hires(JO, approver=True)
    office.receives([("Acme Ltd", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    first = office.speak.same(Names(Kind.CLIENT, "Acme Ltd", "Acme"), office.by(ADA))
    later = office.speak.different(Names(Kind.CLIENT, "ACME ltd.", "Acme"), office.by(JO))
    office.runs()

    office.undo.take_back((later if undone == "the later" else first).id, office.by(ADA))
    office.runs()

    (left,) = office.undo.standing(ACME)
    assert left.id == (first if undone == "the later" else later).id
    assert bool(office.looking.questions(ACME)) is (left.verb is Verb.DIFFERENT)
    with office.ledger.look(ACME) as books:
        last = books.answers.judgements().said[-1]
    assert (last.verdict, last.by, last.at) == (VERDICTS[left.verb], left.by, left.at)


def test_names_called_different_are_compared_apart(office: Office) -> None:
    office.receives([("Acme Ltd", PREMIUM, 12)], [("Acme", PREMIUM, 10)])
    case = office.gap("Acme")

    decision = office.speak.different(Names(Kind.CLIENT, "Acme Ltd", "Acme"), office.by(ADA), case=case.id)
    office.runs()

    assert decision.verb is Verb.DIFFERENT
    assert {question["about"] for question in office.looking.questions(ACME)} == {"Acme Ltd"}


def test_those_who_answer_for_a_client_say_what_its_names_are(office: Office) -> None:
    office.hires(MAX)
    office.hires(JO, approver=True)
    with pytest.raises(NotAllowed):
        office.speak.same(ALIAS, office.by(MAX))
    with pytest.raises(NotAllowed):
        office.speak.same(Names(Kind.PRODUCT, PREMIUM, "M365"), office.by(MAX))

    office.owners.set_owner(Owner(client="Raccoon City Labs", manager=MAX), office.by(ADA))

    assert office.speak.same(ALIAS, office.by(MAX)).by == MAX
    assert office.speak.same(Names(Kind.PRODUCT, PREMIUM, "M365"), office.by(JO)).by == JO


def test_candidates_are_the_other_sides_names_best_first(office: Office) -> None:
    office.receives([("Wayne Enterprises", PREMIUM, 1)], [("Wayne Ent.", PREMIUM, 1), ("Zeta", PREMIUM, 1)])

    found = office.looking.candidates(ACME, "Wayne Enterprises", side=Side.BOUGHT)
    typed = office.looking.candidates(ACME, "Wayne Enterprises", side=Side.BOUGHT, typed="zE")

    assert [candidate.name for candidate in found] == ["Wayne Ent.", "Zeta"]
    assert found[0].probability > 0.5
    assert found[0].reasons
    assert [candidate.name for candidate in typed] == ["Zeta"]


LABS = ["Arden", "Brisk", "Calder", "Dover", "Elgar", "Farrow", "Gower", "Harlow", "Isley", "Jarrow", "Kelso", "Larkin"]


def test_what_people_say_of_names_teaches_the_matcher_and_can_be_taken_back(office: Office) -> None:
    have = [(f"{town} Widgets Lab", PREMIUM, 5) for town in LABS]
    shipped = office.receives(have, [(f"{town} Widgets", PREMIUM, 5) for town in LABS]).run
    said = [
        office.speak.same(Names(Kind.CLIENT, f"{town} Widgets Lab", f"{town} Widgets"), office.by(ADA)) for town in LABS
    ]
    for town in LABS[1:4]:
        office.speak.different(Names(Kind.CLIENT, "Arden Widgets Lab", f"{town} Widgets"), office.by(ADA))
    taught = office.reconcile.run(ACME, OCTOBER).run
    for decision in said[:6]:
        office.undo.take_back(decision.id, office.by(ADA))
    untaught = office.reconcile.run(ACME, OCTOBER).run

    assert "15 judgements" in taught.weights
    assert untaught.weights == shipped.weights
    assert all(office.reconcile.replay(ACME, run.id).is_same for run in (shipped, taught, untaught))
