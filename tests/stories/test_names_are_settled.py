"""Names nobody is sure of are asked about once, below the result, and an answer counts at once."""

from __future__ import annotations

import time
from datetime import timedelta
from decimal import Decimal

import pytest
from office import OCTOBER, PREMIUM, VISIO
from talking.salon import BILLING, Salon

from bot.sandbox import Seen
from bot.services.decisions import Names, Verb
from bot.services.ids import PersonId
from bot.services.people import Person
from bot.services.promises import PromiseKind
from bot.slack.deciding import Deciding
from bot.slack.progressing import Progressing
from recon import Kind, Limits

HAVE = [("Wayne Enterprises", PREMIUM, 12), ("Umbrella Holdings", PREMIUM, 5), ("Hooli", VISIO, 3)]
PAY = [
    ("Wayne Ent. East", PREMIUM, 10),
    ("Wayne Ent. West", PREMIUM, 10),
    ("Raccoon Labs", PREMIUM, 1),
    ("Hooli", VISIO, 3),
]


@pytest.fixture
def asked(salon: Salon) -> list[Seen]:
    """Compare a month with two names nobody is sure of, and read what is asked below its result."""
    salon.office.receives(HAVE, PAY)
    salon.keeps_its_promises()
    return questions(salon)


def result(salon: Salon) -> Seen:
    return next(one for one in salon.dana.sees(BILLING) if "October 2026:" in one.text)


def thread(salon: Salon) -> list[Seen]:
    return [one for one in salon.dana.sees(BILLING, result(salon))[1:] if not one.is_ephemeral]


def questions(salon: Salon) -> list[Seen]:
    return [one for one in thread(salon) if "Search…" in one.buttons]


def about(asked: list[Seen], name: str) -> Seen:
    return next(one for one in asked if f"“{name}”" in one.words)


def standing(salon: Salon) -> list[tuple[str, str, str]]:
    found = salon.office.undo.standing(salon.office.workspace)
    return [(one.verb, one.names.bought, one.names.billed) for one in found if one.names]


def test_each_name_is_asked_about_below_the_result_most_money_first(asked: list[Seen]) -> None:
    first, second = asked
    assert "“Wayne Enterprises” has 12 seats bought" in first.words
    assert "% likely" in first.words
    assert "None of these" in first.buttons
    assert second.buttons == ["Search…"]
    assert "No billed client is like it" in second.words


def test_what_an_answer_changed_is_told_though_the_result_was_deleted(salon: Salon, asked: list[Seen]) -> None:
    below = result(salon)
    salon.dana.presses(asked[0].buttons[0], asked[0])
    salon.slack.settles()
    salon.client.chat_delete(channel=below.channel, ts=below.ts)
    salon.keeps_its_promises()

    assert any("Wayne" in one.words and "$" in one.words for one in salon.dana.sees(BILLING, below))
    assert [one for one in salon.office.promised() if one.kind is PromiseKind.CHANGED] == []


def test_names_are_asked_about_moments_after_the_result_is_there(salon: Salon) -> None:
    office = salon.office
    office.receives(HAVE, PAY)
    (asking,) = office.promised(PromiseKind.QUESTIONS)
    salon.keeps_its_promises(PromiseKind.QUESTIONS)
    waiting = office.outbox.promised(office.workspace, asking.key)
    assert waiting
    assert waiting.not_before
    assert waiting.not_before - office.clock() <= timedelta(seconds=2)

    salon.keeps_its_promises(PromiseKind.RESULT)
    office.clock.pass_by(seconds=2)
    salon.keeps_its_promises(PromiseKind.QUESTIONS)

    assert len(questions(salon)) == 2


def test_a_name_is_asked_about_once_however_often_the_month_is_compared(salon: Salon, asked: list[Seen]) -> None:
    salon.office.receives([*HAVE, ("Hooli", PREMIUM, 2)], PAY)
    salon.keeps_its_promises()

    everywhere = [one for top in salon.dana.sees(BILLING) for one in salon.dana.sees(BILLING, top)]
    assert len([one for one in everywhere if "“Wayne Enterprises” has" in one.words]) == 1
    assert len(asked) == 2


def test_an_answer_is_a_judgement_that_is_compared_at_once_and_told_in_the_same_thread(
    salon: Salon, asked: list[Seen]
) -> None:
    question = about(asked, "Wayne Enterprises")
    choice = next(words for words in question.buttons if "East" in words)
    results = len(salon.dana.sees(BILLING))

    assert salon.dana.presses(choice, question).ok
    (shown,) = [one for one in thread(salon) if one.ts == question.ts]
    assert "Dana said: the same as Wayne Ent. East." in shown.words
    assert shown.buttons == ["Take back"]
    assert standing(salon) == [(Verb.SAME, "Wayne Enterprises", "Wayne Ent. East")]

    salon.keeps_its_promises()
    told = next(one for one in thread(salon) if "left to settle" in one.words)
    assert "are the same, says Dana" in told.words
    assert "1 new" in told.words
    assert "$44.00 a month not billed" in told.words
    assert "$44.00 a month not billed" in result(salon).text
    tops = [one.text for one in salon.dana.sees(BILLING)]
    assert len([one for one in tops if one.startswith("October 2026:")]) == 1
    assert len(tops) <= results + 1  # the client's own alert, and no second result


def tops(salon: Salon) -> list[str]:
    return [one.text for one in salon.dana.sees(BILLING)]


def compares_slowly(salon: Salon) -> None:
    """Compare a month as a slow machine would, then tell what came of it."""
    (promise,) = salon.office.promised(PromiseKind.RUN)
    claimed = salon.office.outbox.claim(salon.office.workspace, promise.key)
    assert claimed
    with Progressing(salon.room, BILLING, before_speaking=0.01).told(claimed, OCTOBER):
        run = salon.office.reconcile.run(salon.office.workspace, OCTOBER, because=claimed.payload["because"]).run
        time.sleep(0.1)
    assert salon.office.outbox.sent(salon.office.workspace, claimed, run.id)
    salon.keeps_its_promises()


def test_an_answer_whose_run_takes_long_says_nothing_in_the_channel(salon: Salon, asked: list[Seen]) -> None:
    question, before = about(asked, "Umbrella Holdings"), tops(salon)
    salon.dana.presses("Search…", question)
    salon.dana.is_offered("find.other", "racc")
    salon.dana.chooses("find.other", "Raccoon Labs", typing="racc")
    salon.dana.submits()

    compares_slowly(salon)

    assert any("left to settle" in one.words for one in thread(salon))
    assert [words for words in tops(salon) if "step" in words or "says Dana" in words] == []
    assert len(tops(salon)) <= len(before) + 1  # the client's own alert

    salon.dana.presses("Take back", next(one for one in thread(salon) if one.ts == question.ts))
    compares_slowly(salon)

    assert [words for words in tops(salon) if "step" in words or "aken back" in words] == []


def test_a_fault_while_an_answer_is_compared_is_owned_up_to_until_it_is_told(salon: Salon, asked: list[Seen]) -> None:
    question = about(asked, "Wayne Enterprises")
    salon.dana.presses(question.buttons[0], question)
    (promise,) = salon.office.promised(PromiseKind.RUN)

    with pytest.raises(ZeroDivisionError), Progressing(salon.room, BILLING).told(promise, OCTOBER):
        raise ZeroDivisionError
    assert "something went wrong on my side" in tops(salon)[-1]
    salon.keeps_its_promises()

    assert any("left to settle" in one.words for one in thread(salon))
    assert [words for words in tops(salon) if "went wrong" in words or "says Dana" in words] == []


def test_a_second_click_on_a_settled_name_changes_nothing(salon: Salon, asked: list[Seen]) -> None:
    question = about(asked, "Wayne Enterprises")
    salon.dana.presses(question.buttons[0], question)
    salon.keeps_its_promises()

    salon.dana.presses(question.buttons[1], question, stale=True)

    assert len(standing(salon)) == 1
    whispered = [one for one in salon.dana.sees(BILLING, result(salon)) if one.is_ephemeral]
    assert "settled by now" in whispered[-1].words


def test_none_of_these_refuses_all_that_were_offered_and_compares_once(salon: Salon, asked: list[Seen]) -> None:
    question = about(asked, "Wayne Enterprises")

    salon.dana.presses("None of these", question)

    offered = {words.removeprefix("Same as ") for words in question.buttons if words.startswith("Same as")}
    assert {billed for verb, _, billed in standing(salon) if verb is Verb.DIFFERENT} == offered
    assert len(salon.office.promised(PromiseKind.RUN)) == 1
    salon.keeps_its_promises()
    told = next(one for one in thread(salon) if "left to settle" in one.words)
    assert all(f"“{name}”" in told.words for name in offered)
    assert told.words.count("“Wayne Enterprises” is not") == 2  # in the notification, and in the message


def test_none_of_these_is_taken_back_as_it_was_said_all_at_once(salon: Salon, asked: list[Seen]) -> None:
    question = about(asked, "Wayne Enterprises")
    salon.dana.presses("None of these", question)
    refused = [billed for _, _, billed in standing(salon)]
    salon.keeps_its_promises()
    assert len(refused) > 1

    shown = next(one for one in thread(salon) if one.ts == question.ts)
    salon.dana.presses("Take back", shown)

    assert standing(salon) == []
    told = next(one for one in salon.dana.sees(BILLING, result(salon)) if one.words.startswith("Taken back"))
    assert all(name in told.words for name in refused)
    assert len(salon.office.promised(PromiseKind.RUN)) == 1
    salon.keeps_its_promises()
    with salon.office.ledger.look(salon.office.workspace) as books:
        held = books.answers.judgements().told(Kind.CLIENT)
    assert held.pairs.is_empty()


def test_any_other_name_is_found_by_searching(salon: Salon, asked: list[Seen]) -> None:
    question = about(asked, "Umbrella Holdings")
    salon.dana.presses("Search…", question)

    assert salon.dana.is_offered("find.other", "racc") == ["Raccoon Labs"]
    salon.dana.chooses("find.other", "Raccoon Labs", typing="racc")
    assert salon.dana.submits().ok
    salon.keeps_its_promises()

    assert standing(salon) == [(Verb.SAME, "Umbrella Holdings", "Raccoon Labs")]
    (shown,) = [one for one in thread(salon) if one.ts == question.ts]
    assert "Umbrella Holdings is the same as Raccoon Labs" in shown.words
    assert any("left to settle" in one.words and "says Dana" in one.words for one in thread(salon))


def test_an_answer_is_taken_back_where_it_was_given(salon: Salon, asked: list[Seen]) -> None:
    question = about(asked, "Wayne Enterprises")
    salon.dana.presses(question.buttons[0], question)
    salon.keeps_its_promises()

    shown = next(one for one in thread(salon) if one.ts == question.ts)
    salon.dana.presses("Take back", shown)
    salon.keeps_its_promises()

    assert standing(salon) == []
    open_now = {one["about"] for one in salon.office.looking.questions(salon.office.workspace)}
    assert "Wayne Enterprises" in open_now


def test_no_gap_is_named_or_counted_as_closed_that_nobody_was_told_of(salon: Salon) -> None:
    salon.office.thresholds.set_limits(Limits(Decimal(75)), salon.office.by(PersonId(salon.dana.id)))
    salon.office.receives([("Umbrella Holdings", PREMIUM, 5)], [("Raccoon Labs", PREMIUM, 4)])
    salon.keeps_its_promises()
    answer = salon.office.speak.same(
        Names(Kind.CLIENT, "Umbrella Holdings", "Raccoon Labs"), salon.office.by(PersonId(salon.dana.id))
    )
    salon.keeps_its_promises()

    salon.office.undo.take_back(answer.id, salon.office.by(PersonId(salon.dana.id)))
    salon.keeps_its_promises()

    told = next(one.words for one in thread(salon) if "took back" in one.words)
    assert "1 closed" in told
    assert "closed: Raccoon" not in told
    assert "0 new and 0 closed since the last run" in result(salon).words


def test_what_an_answer_taken_back_changes_is_told_in_its_thread_and_in_the_one_result(
    salon: Salon, asked: list[Seen]
) -> None:
    before, question = result(salon).text, about(asked, "Wayne Enterprises")
    salon.dana.presses(next(words for words in question.buttons if "East" in words), question)
    salon.keeps_its_promises()
    assert result(salon).text != before

    salon.dana.presses("Take back", next(one for one in thread(salon) if one.ts == question.ts))
    salon.keeps_its_promises()

    results = [one.text for one in salon.dana.sees(BILLING) if one.text.startswith("October 2026:")]
    assert results == [before]
    told = thread(salon)[-1].words
    assert "Dana took back: “Wayne Enterprises” and “Wayne Ent. East” are the same: 1 closed." in told
    assert "2 names left to settle" in told


@pytest.mark.parametrize("is_compared", [True, False])
def test_a_name_whose_answer_is_taken_back_is_asked_about_again_in_its_place(
    salon: Salon, asked: list[Seen], *, is_compared: bool
) -> None:
    question = about(asked, "Wayne Enterprises")
    salon.dana.presses(question.buttons[0], question)
    if is_compared:
        salon.keeps_its_promises()

    salon.dana.presses("Take back", next(one for one in thread(salon) if one.ts == question.ts))
    salon.keeps_its_promises()

    again = next(one for one in thread(salon) if one.ts == question.ts)
    assert (again.words, again.buttons) == (question.words, question.buttons)
    assert salon.dana.presses(again.buttons[0], again).ok
    assert len(standing(salon)) == 1


def test_many_names_are_asked_a_few_at_a_time(salon: Salon) -> None:
    strange = ["Zorg", "Quux", "Blip", "Frob", "Narf"]
    salon.office.receives([(f"{name} Inc", PREMIUM, 9 - n) for n, name in enumerate(strange)], [("Hooli", PREMIUM, 1)])
    salon.keeps_its_promises()
    assert len(questions(salon)) == 3
    more = next(one for one in thread(salon) if "Ask me the next" in one.buttons)
    assert "2 more names wait for an answer, worth $198.00 a month." in more.words

    salon.dana.presses("Ask me the next", more)
    salon.dana.presses("Ask me the next", more, stale=True)
    salon.keeps_its_promises()

    assert len(questions(salon)) == 5
    assert not any("Ask me the next" in one.buttons for one in thread(salon))


def test_who_may_not_settle_a_name_is_told_who_can(salon: Salon, asked: list[Seen]) -> None:
    salon.office.joining.introduce(
        Person(id=PersonId(salon.jo.id), name="Jo"), salon.office.by(PersonId(salon.dana.id))
    )
    question = about(asked, "Wayne Enterprises")

    salon.jo.presses(question.buttons[0], question)

    assert standing(salon) == []
    whispered = [one for one in salon.jo.sees(BILLING, result(salon)) if one.is_ephemeral]
    assert "Ask Ada, Dana" in whispered[-1].words


def test_an_alias_given_in_a_gaps_thread_is_told_there(salon: Salon) -> None:
    have, pay = [("Acme", PREMIUM, 12), ("Acme", VISIO, 3)], [("Acme", PREMIUM, 10), ("Raccoon Labs", VISIO, 3)]
    alert = salon.alerts(have, pay)
    salon.dana.says("visio: same client as Raccoon Labs", BILLING, thread=alert)
    salon.slack.settles()
    salon.keeps_its_promises()

    told = [one.words for one in salon.dana.sees(BILLING, alert)]
    assert any("“Acme” and “Raccoon Labs” are the same, says Dana: " in words for words in told)


def test_whoever_said_so_is_named_where_it_is_offered_or_explained(salon: Salon) -> None:
    crowd = [("Raccoon Labs", PREMIUM, 4), ("Hooli", VISIO, 3)]
    alert = salon.alerts([("Acme", PREMIUM, 12), *crowd], [("Acme", PREMIUM, 10), *crowd])
    salon.dana.presses("Same as…", salon.shown(alert, PREMIUM))
    salon.dana.chooses("find.name", "Raccoon Labs", typing="racc")
    assert salon.dana.submits().ok
    case = salon.office.gap("Acme", PREMIUM).id

    offered = Deciding(salon.room).candidates(case)[Kind.CLIENT]

    reasons = next(one.reasons for one in offered if one.label == "Raccoon Labs")
    assert reasons == ("Dana said these are the same",)
    assert salon.room.showing.speller()([f"{salon.dana.id} said these are the same"]) == reasons


def test_a_name_far_down_the_list_is_found_and_taken_as_well(salon: Salon) -> None:
    crowd = [(f"Client {number:03}", PREMIUM, 5) for number in range(120)]
    alert = salon.alerts([("Acme", PREMIUM, 12), *crowd], [("Acme", PREMIUM, 10), *crowd])
    salon.dana.presses("Same as…", salon.shown(alert, PREMIUM))

    salon.dana.chooses("find.name", "Client 119", typing="client 119")
    assert salon.dana.submits().ok

    assert standing(salon) == [(Verb.SAME, "Acme", "Client 119")]
