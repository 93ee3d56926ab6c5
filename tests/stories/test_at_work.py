"""The bot at work: nothing is called by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from office import PREMIUM, VISIO, billed_csv, bought_csv
from sqlalchemy import update
from stories.house import BILLING, at_work, settings_for

from bot.commands.books import open_database
from bot.sandbox import Sandbox, Seen
from bot.services.exports import Place
from bot.services.failures import NotFound
from bot.services.handing import Handed
from bot.services.ids import PersonId
from bot.services.keep import MOST_CUTS
from bot.services.packing import pack
from bot.services.people import Actor, Owner
from bot.services.plans import Due, ScheduleKind
from bot.services.promises import PromiseKind
from bot.store.tables import outbox
from bot.wiring import House, build_house, migrate_all, now

HAVE = [("Acme", PREMIUM, 20), ("Acme", VISIO, 5), ("Bolt", PREMIUM, 5)]
PAY = [("Acme", PREMIUM, 10), ("Acme", VISIO, 5), ("Bolt", PREMIUM, 5)]


def test_two_files_become_a_result_and_an_alert_and_a_click_redraws_it(slack: Sandbox, database_url: str) -> None:
    dana = slack.person("dana")
    with at_work(slack, database_url):
        dana.drops("pax8.csv", bought_csv(HAVE), "billing")
        dana.drops("additions-2026-10.csv", billed_csv(PAY), "billing")

        result = dana.waits_for("a month not billed", "billing")
        assert "October 2026: $220.00 a month not billed" in result.text

        alert = waits_for_alert(slack, "Acme")
        gap = next(one for one in alert if "Approve" in one.buttons)
        assert slack.person("olivia").presses("Approve", gap).ok
        waits_until_decided(slack, gap)


def test_a_clients_gaps_stand_in_its_thread_in_the_order_of_their_money(slack: Sandbox, database_url: str) -> None:
    seats = {"Adobe Acrobat Pro": 3, "Microsoft 365 E3": 9, PREMIUM: 20, "Power BI Pro": 5, VISIO: 45, "Zoom Pro": 60}
    with at_work(slack, database_url):
        slack.person("dana").drops("pax8.csv", bought_csv([("Acme", *one) for one in seats.items()]), "billing")
        slack.person("dana").drops("psa-2026-10.csv", billed_csv([("Acme", one, 1) for one in seats]), "billing")

        def whole() -> list[Seen] | None:
            thread = waits_for_alert(slack, "Acme")
            return thread if len(thread) > len(seats) else None

        thread = slack.desk.waits_until(whole, what="all gaps")

    gaps = [next(product for product in seats if product in one.text) for one in thread[1:]]
    assert gaps == sorted(seats, key=lambda product: -seats[product])


def waits_for_alert(slack: Sandbox, client: str) -> list[Seen]:
    """Wait for a client's alert in Olivia's direct messages, and read its thread."""
    olivia = slack.person("olivia")

    def look() -> list[Seen] | None:
        for channel in direct(slack, "olivia"):
            for top in olivia.sees(channel):
                thread = olivia.sees(channel, top)
                if client in top.text and len(thread) > 1:
                    return thread
        return None

    return olivia.desk.waits_until(look, what="the alert")


def direct(slack: Sandbox, name: str) -> list[str]:
    return [str(one["id"]) for one in slack.person(name).do("channels")["channels"] if one.get("is_im")]


def waits_until_decided(slack: Sandbox, gap: Seen) -> None:
    olivia = slack.person("olivia")

    def look() -> bool:
        shown = [one for top in olivia.sees(gap.channel) for one in olivia.sees(gap.channel, top)]
        return any(one.ts == gap.ts and "Approved by" in one.words for one in shown)

    olivia.desk.waits_until(look, what="the redrawn gap")


def test_what_somebody_may_not_decide_is_done_by_the_bot_itself_once_they_are_let(
    slack: Sandbox, database_url: str
) -> None:
    jo, olivia = slack.person("jo"), slack.person("olivia")
    with at_work(slack, database_url) as house:
        admin = PersonId(olivia.id)
        owner = Owner(client="Acme", manager=admin, channel=BILLING)
        house.services.owners.set_owner(owner, Actor(house.workspace, admin))
        olivia.drops("pax8.csv", bought_csv(HAVE), "billing")
        olivia.drops("additions-2026-10.csv", billed_csv(PAY), "billing")
        alert = jo.waits_for("Acme: $220.00", "billing")
        gap = jo.waits_for("20 bought, 10 billed", "billing", alert)

        jo.presses("Approve", gap)
        jo.presses("wish.ask", jo.waits_for("You can't decide about", "billing", alert))
        (alone,) = olivia.desk.waits_until(lambda: direct(slack, "olivia"), what="words to Olivia alone")
        olivia.presses("wish.let", olivia.waits_for("wants to approve this", alone))

        jo.waits_for("so this is approved, as you asked on", "billing", alert)
        jo.waits_for("Approved by Jo", "billing", alert)


def test_evidence_is_kept_as_long_as_was_named_at_the_start(slack: Sandbox, sqlite_url: str) -> None:
    settings = settings_for(slack, sqlite_url, keep_days=60)
    with open_database(settings) as engine:
        migrate_all(engine, settings)
    house, at = build_house(settings), now()
    house.services.rhythm.planning.begin(house.workspace)
    with house.ledger.open(house.workspace) as books:
        old = books.files.keep(pack(b"old"), at=at - timedelta(days=61))
        young = books.files.keep(pack(b"young"), at=at - timedelta(days=59))

    house.services.rhythm.ticking.keep(house.workspace, Due(at + timedelta(hours=1), ScheduleKind.ROUND))

    with house.ledger.look(house.workspace) as books:
        assert books.files.get(young) == b"young"
        with pytest.raises(NotFound, match="past its time"):
            books.files.get(old)
    house.close()


def test_a_file_that_ends_the_bot_whenever_it_is_read_is_given_up_where_it_was_dropped(
    slack: Sandbox, database_url: str
) -> None:
    dana, olivia = slack.person("dana"), slack.person("olivia")
    dropped = dana.drops("pax8.csv", bought_csv(HAVE), "billing")
    place = Place(BILLING, dropped.ts)
    handed = Handed(name=f"{BILLING}/{dropped.ts}", files=((str(dropped.files[0]["id"]), None),), place=place)

    def that_ended_often(house: House) -> House:
        house.services.handing.take(handed, Actor(house.workspace, PersonId(dana.id)))
        cut_off = update(outbox).where(outbox.c.kind == PromiseKind.FILE.value).values(cuts=MOST_CUTS)
        with house.engine.begin() as connection:
            assert connection.execute(cut_off).rowcount == 1
        return house

    with at_work(slack, database_url, but=that_ended_often):
        dana.waits_for("I was cut off each time I tried to read this file, so I gave up.", "billing", dropped)
        (alone,) = olivia.desk.waits_until(lambda: direct(slack, "olivia"), what="words to Olivia alone")
        olivia.waits_for("I could not read a file. I was cut off each time I tried", alone)
