"""Three months of an MSP with sixty clients, played through a Slack with the clock in our hands."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from office import ADA, Row, billed_csv, bought_csv
from slack_sdk.web import SlackResponse
from talking.salon import Salon

from bot.sandbox import Person, Seen
from bot.services.agreed import USUAL
from bot.services.cadence import happens_on, moment_of
from bot.services.cases import Case, CaseState
from bot.services.ids import PersonId
from bot.services.people import Workspace
from bot.services.plans import PRESETS, ScheduleKind
from bot.slack.showing import subject_of

HOME = "America/New_York"
ZONES = {"ann": "America/New_York", "bea": "Europe/London", "cal": "America/Los_Angeles", "dev": "America/Chicago"}
PRODUCTS = [
    "Microsoft 365 Business Premium",
    "Visio Plan 2",
    "Exchange Online (Plan 1)",
    "Microsoft 365 E5",
    "Power BI Pro",
]
FIRST, LAST = date(2027, 1, 1), date(2027, 4, 1)
BURST = date(2027, 2, 10)  # a Wednesday in the middle of a month, on which much changes at once
SLIPS_BEFORE, SLIPS_IN = date(2027, 1, 25), "2027-03"  # corrected in February, and forgotten in March
A_DAY = timedelta(days=1)
Place = tuple[str, str]
Json = dict[str, Any]


def pages(read: Callable[..., SlackResponse], what: str, **asked: str) -> Iterator[Json]:
    """Read page after page of what Slack gives."""
    cursor = ""
    while True:
        page = read(**asked, cursor=cursor, limit=200, include_all_metadata=True)
        yield from page[what]
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return


@dataclass(frozen=True, slots=True)
class Drift:
    """Seats that change at the vendor and nowhere else."""

    client: str
    product: str
    day: date
    seats: int
    fate: str  # what its manager does about it
    is_fixed: bool  # whether the PSA is corrected when it was approved

    @property
    def place(self) -> Place:
        return self.client, self.product


@dataclass
class Msp:
    """What sixty clients have and pay for, day by day; all of it comes from one seed."""

    seed: int = 7
    bought: dict[Place, int] = field(default_factory=dict)
    billed: dict[Place, int] = field(default_factory=dict)
    agreed: dict[Place, int] = field(default_factory=dict)  # what is billed when the quarter begins
    drifts: list[Drift] = field(default_factory=list)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)  # noqa: S311 - seeded chance
        self.clients = [f"Client {number:02} Ltd" for number in range(60)]
        for client in self.clients:
            for product in chance.sample(PRODUCTS, chance.randint(2, 4)):
                self.bought[client, product] = self.billed[client, product] = chance.randint(10, 60)
        self.agreed = dict(self.billed)
        days = [FIRST + timedelta(days=chance.randint(3, 80)) for _ in range(50)]
        fates = ["approve"] * 30 + ["dismiss"] * 6 + ["snooze"] * 5 + ["ignore"] * 9
        for place, day, fate in zip(chance.sample(sorted(self.bought), 50), days, fates, strict=True):
            seats = chance.choice([-1, 1]) * chance.randint(4, 9)
            self.drifts.append(Drift(*place, day, seats, fate, is_fixed=chance.random() < 0.8))
        self.drifts += self._burst(chance)
        self.quiet = [Drift(*p, FIRST + A_DAY * 20, 1, "ignore", is_fixed=False) for p in self._untouched(chance, 5)]

    def _burst(self, chance: random.Random) -> list[Drift]:
        """Let eight clients of one manager change on one day."""
        moved = {drift.place for drift in self.drifts}
        theirs = self.clients[:: len(ZONES)][:8]
        places = [next(p for p in sorted(self.bought) if p[0] == client and p not in moved) for client in theirs]
        return [Drift(*place, BURST, 4 + chance.randint(0, 5), "approve", is_fixed=True) for place in places]

    def _untouched(self, chance: random.Random, count: int) -> list[Place]:
        moved = {drift.client for drift in self.drifts}
        return chance.sample(sorted(place for place in self.bought if place[0] not in moved), count)

    def until(self, day: date) -> list[Row]:
        """Say what the vendor says on a day."""
        now = dict(self.bought)
        for drift in [*self.drifts, *self.quiet]:
            if drift.day <= day:
                now[drift.place] += drift.seats
        return [(client, product, seats) for (client, product), seats in sorted(now.items())]

    @property
    def slips(self) -> list[Drift]:
        """Name what the PSA forgets a month after it was corrected."""
        return [one for one in self.drifts if one.fate == "approve" and one.is_fixed and one.day < SLIPS_BEFORE]

    def correct(self, corrected: dict[Place, int], month: str) -> None:
        """Have the PSA bill what was approved, where somebody did it; some of it does not stick."""
        if month == SLIPS_IN:
            self.billed |= {drift.place: self.agreed[drift.place] for drift in self.slips}
        lazy = {drift.place for drift in self.drifts if not drift.is_fixed}
        self.billed |= {place: seats for place, seats in corrected.items() if place not in lazy}

    def pays(self) -> list[Row]:
        return [(client, product, seats) for (client, product), seats in sorted(self.billed.items())]


@dataclass
class Quarter:
    """Plays it."""

    salon: Salon
    msp: Msp = field(default_factory=Msp)
    managers: dict[str, Person] = field(default_factory=dict)
    drops: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        office, slack = self.salon.office, self.salon.slack
        slack.stop_clock()
        slack.limits(on=False)
        office.keeps_hours(None, office.by(ADA))
        office.thresholds.set_limits(USUAL, office.by(ADA))
        home = Workspace(id=office.workspace, name="MSP", billing_owner=PersonId(self.salon.dana.id), time_zone=HOME)
        office.joining.change(home, office.by(ADA))
        for name, zone in ZONES.items():
            self.managers[name] = slack.new_person(name, f"{name.title()} Manager", tz=zone)
            self.salon.hires(self.managers[name])
        for number, client in enumerate(self.msp.clients):
            self.salon.owns(self.manager_of(number), client)
        self.goes_to(datetime(2026, 12, 31, 12, tzinfo=UTC))
        office.planning.begin(office.workspace)

    def manager_of(self, number: int) -> Person:
        return list(self.managers.values())[number % len(self.managers)]

    def goes_to(self, moment: datetime) -> None:
        """Move both clocks, which never go back."""
        self.salon.slack.advance(max(0.0, moment.timestamp() - self.salon.slack.now()))
        self.salon.office.clock.now = moment

    def plays(self) -> None:
        """Live through every day: files come, the clock strikes, promises are kept, people decide."""
        for moment, what in sorted(self.moments()):
            self.goes_to(moment)
            if what == "drop":
                self.drops_files(moment.astimezone(ZoneInfo(HOME)).date())
            self.strikes()
            self.salon.keeps_its_promises()
            if what == "decide":
                self.people_decide()
                self.salon.slack.settles()
                self.salon.keeps_its_promises()

    def moments(self) -> Iterator[tuple[datetime, str]]:
        """List the moments of the quarter at which anything can happen."""
        day = FIRST
        while day <= LAST:
            yield from ((self.at(day, hour), "") for hour in (time(0), time(6), time(9)))
            yield from ((self.at(day, time(8, past), zone), "") for zone in ZONES.values() for past in (0, 10))
            if happens_on(PRESETS[ScheduleKind.RUN], day):
                yield self.at(day, time(5, 45)), "drop"
            if day.weekday() < 5:
                yield self.at(day, time(13)), "decide"
            day += A_DAY

    def at(self, day: date, hour: time, zone: str = HOME) -> datetime:
        moment = moment_of(day, hour, ZoneInfo(zone))
        assert moment
        return moment

    def drops_files(self, day: date) -> None:
        """Let Dana drop the vendor's newest export, and the PSA's when a month begins."""
        month = f"{day:%Y-%m}"
        if day.day == 1:
            self.msp.correct(self.approved(), month)
            self.salon.dana.drops(f"additions-{month}.csv", billed_csv(self.msp.pays()), "billing")
        self.salon.dana.drops(f"pax8-{day}.csv", bought_csv(self.msp.until(day), month), "billing")
        self.drops.append(self.salon.office.clock())
        self.salon.slack.settles()

    def approved(self) -> dict[Place, int]:
        fixes = self.salon.office.fixes.to_do(self.salon.office.workspace)
        return {(fix.client, fix.product): int(fix.now) for fix in fixes}

    def strikes(self) -> None:
        """Let the clock strike for whatever it has not struck for."""
        office = self.salon.office
        for due in office.planning.plan(office.workspace).missed(office.clock()):
            assert office.rhythm.ticking.keep(office.workspace, due)

    def told(self) -> Iterator[tuple[str, Json]]:
        """Read everything the bot ever wrote, and in whose direct messages; nobody's in a channel."""
        client, bot = self.salon.client, self.salon.slack.bot_user
        channels = {"C0BILLING01": ""}
        for name, person in {**self.managers, "dana": self.salon.dana}.items():
            channels[str(client.conversations_open(users=person.id)["channel"]["id"])] = name
        for channel, name in channels.items():
            for top in pages(client.conversations_history, "messages", channel=channel):
                if top.get("thread_ts", top["ts"]) != top["ts"]:
                    continue  # a reply that the channel shows as well
                replies = pages(client.conversations_replies, "messages", channel=channel, ts=top["ts"])
                thread = list(replies)[1:] if top.get("reply_count") else []
                yield from ((name, one) for one in (top, *thread) if one["user"] == bot)

    def people_decide(self) -> None:
        """Let each manager do about each gap what they are fated to do, and Dana sign what reaches her."""
        fates = {drift.place: drift.fate for drift in self.msp.drifts}
        for case in self.open_cases():
            for channel, ts in self.posts(case).items():
                who = self.whose(channel)
                fate = "approve" if who == "dana" else fates.get((case.gap.client, case.gap.product), "ignore")
                if who and fate != "ignore" and self.has_had_time(case):
                    self.decides(self.salon.slack.person(who), fate, case, Seen({"channel": channel, "ts": ts}))
                    break

    def has_had_time(self, case: Case) -> bool:
        return self.salon.office.clock() - case.opened_at > A_DAY

    def decides(self, person: Person, fate: str, case: Case, gap: Seen) -> None:
        if fate == "approve":
            assert person.presses("Approve", gap).ok
            return
        thread = next(one for one in person.sees(gap.channel) if gap.ts in self.below(person, one))
        words = {"dismiss": "dismiss intended", "snooze": "snooze 3 weeks"}[fate]
        person.says(f"{case.gap.client} {case.gap.product}: {words}", gap.channel, thread=thread)

    def below(self, person: Person, top: Seen) -> set[str]:
        return {one.ts for one in person.sees(top.channel, top)}

    def open_cases(self) -> list[Case]:
        gaps = self.salon.office.looking.gaps(self.salon.office.workspace)
        return [case for case in gaps if case.state is CaseState.OPEN]

    def posts(self, case: Case) -> dict[str, str]:
        return self.salon.office.outbox.posts(self.salon.office.workspace, subject_of(case.id))

    def whose(self, channel: str) -> str:
        """Name whose direct messages a channel is."""
        known = self.salon.office.outbox.subject(self.salon.office.workspace, channel, "direct")
        names = {person.id: name for name, person in {**self.managers, "dana": self.salon.dana}.items()}
        return names.get((known or "").removeprefix("person:"), "")
