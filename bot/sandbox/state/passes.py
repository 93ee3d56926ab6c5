"""What Slack hands out for a short while: triggers, addresses to answer at, tickets for a socket."""

import secrets
from dataclasses import dataclass, field, replace

TRIGGER_SECONDS = 3
ANSWER_SECONDS = 30 * 60
MOST_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class Trigger:
    """Leave to open one modal, given by what a person has just done."""

    person: str
    expires: float
    from_modal: bool = False
    used: bool = False


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """Where an answer to what a person did would appear."""

    team: str
    channel: str
    person: str
    expires: float
    ts: str = ""
    thread_ts: str = ""
    left: int = MOST_ANSWERS


@dataclass(slots=True)
class Passes:
    """All passes that are out; a restart ends them all."""

    triggers: dict[str, Trigger] = field(default_factory=dict)
    answers: dict[str, AnswerPlace] = field(default_factory=dict)
    tickets: set[str] = field(default_factory=set)

    def new_trigger(self, person: str, now: float, *, from_modal: bool = False) -> str:
        """Give leave to open a modal."""
        name = f"{int(now * 1000)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.triggers[name] = Trigger(person, now + TRIGGER_SECONDS, from_modal)
        return name

    def use_trigger(self, name: str, now: float) -> Trigger | str:
        """Use a trigger up, or tell why it is not worth anything."""
        trigger = self.triggers.get(name)
        if trigger is None:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        if now > trigger.expires:
            return "expired_trigger_id"
        self.triggers[name] = replace(trigger, used=True)
        return trigger

    def new_answer(self, place: AnswerPlace) -> str:
        """Give out the name of a place to answer at."""
        name = secrets.token_urlsafe(18)
        self.answers[name] = place
        return name

    def use_answer(self, name: str, now: float) -> AnswerPlace | str:
        """Use one of an address's answers, or tell why there is none."""
        place = self.answers.get(name)
        if place is None or now > place.expires:
            return "expired_url"
        if place.left <= 0:
            return "used_url"
        self.answers[name] = replace(place, left=place.left - 1)
        return place

    def new_ticket(self) -> str:
        """Give out a ticket for one socket."""
        ticket = secrets.token_hex(16)
        self.tickets.add(ticket)
        return ticket

    def use_ticket(self, ticket: str) -> bool:
        """Let a ticket's holder in, once."""
        known = ticket in self.tickets
        self.tickets.discard(ticket)
        return known
