"""What is typed after the command becomes an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.services.cases import Case, CaseState
from bot.services.decisions import Verb
from bot.services.failures import NotFound
from bot.services.homes import Filters
from bot.services.ids import CaseId
from bot.slack.back import Back
from bot.slack.errands import Errands
from bot.slack.heard import Doing
from bot.slack.messages import Message
from bot.slack.pacing import Pacing
from bot.slack.room import Room
from bot.slack.slips import meant
from bot.slack.spoken_months import is_month
from bot.slack.views.agreements import agreement_list
from bot.slack.views.decisions import Standing, decision_list
from bot.slack.views.fixes import fix_list
from bot.slack.views.gaps import Beside, gap_list, no_such_client
from bot.slack.views.help import IN_THREADS, command_help, said_in_threads, which_gap
from bot.slack.views.names import names_waiting
from bot.slack.views.owners import OwnerRow, owner_list
from bot.slack.views.people import people_list
from bot.slack.views.settings import settings_message
from bot.slack.views.status import StatusCard, status_message
from bot.slack.views.thresholds import Threshold, threshold_list
from recon import Gap, Limits, Money

MINE = ("mine", "my", "me", "my gaps", "for me")
WHAT_IF = re.compile(r"^what[ -]?if\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Commanding:
    """Looks up what somebody wants to see, or sets going what they want done."""

    room: Room
    doing: Doing
    client: str = ""  # whose thread it was typed in

    def answer(self, typed: str) -> Message | None:
        """Answer a command, unless a form is the answer; a word nobody knows gets help, never silence."""
        word, _, rest = WHAT_IF.sub("what-if", typed.strip()).partition(" ")
        here = (self.room, self.doing)
        errands, back, pacing = Errands(*here), Back(*here), Pacing(*here)
        ways: Mapping[str, Callable[[str], Message | None]] = {
            "": errands.open_form,
            "run": errands.compare,
            "export": errands.export,
            "status": self._status,
            "gaps": self._gaps,
            "why": self._why,
            "history": self._history,
            "decisions": self._decisions,
            "fixes": self._fixes,
            "owners": self._owners,
            "thresholds": self._thresholds,
            "agreements": self._agreements,
            "people": self._people,
            "summary": back.summary,
            "schedule": pacing.schedule,
            "hours": pacing.hours,
            "quiet": pacing.hours,
            "alerts": pacing.hours,
            "reminders": pacing.reminders,
            "statement": back.statement,
            "what-if": back.what_if,
            "settings": self._settings,
        }
        way = ways.get(word.casefold())
        if way is None and word.casefold() in IN_THREADS:
            return said_in_threads(word.casefold())
        if way is None:
            return command_help("" if word.casefold() == "help" else word, rest.strip())
        return way(rest.strip())

    def _settings(self, _: str) -> Message:
        person = self.room.person(self.doing.by.person)
        in_channel = bool(self.doing.channel) and not self.doing.channel.startswith("D")
        return settings_message(is_admin=person.is_admin and person.is_colleague, in_channel=in_channel)

    def _status(self, _: str) -> Message:
        room = self.room
        found = room.services.looking.status(room.workspace, room.clock())
        newest = found.months[-1] if found.months else None
        needs, left = (*newest.lacking, *newest.missing) if newest else (), room.services.wondering.left(room.workspace)
        return status_message(
            StatusCard(
                month=found.newest.month if found.newest else None,
                open=found.open,
                beside=self._beside(self._cases()),
                waiting=(*needs, *([names_waiting(left)] if left.count else [])),
                sources=found.sources,
            )
        )

    def _gaps(self, client: str) -> Message:
        if client.casefold() in MINE:
            return self._mine()
        client, looking = client or self.client, self.room.services.looking
        if not client:
            cases = self._cases()
            return self._list(cases)
        found = looking.gaps_at(self.room.workspace, client)
        if not found.clients:
            is_mine = meant(client, MINE[:1]) == MINE[0]
            return no_such_client(client, found.near, is_month=is_month(client, self.room.today), is_mine=is_mine)
        return self._list(found.gaps, found.clients)

    def _mine(self) -> Message:
        home = self.room.services.reports.homes.of(self.room.workspace, self.doing.by.person, Filters())
        return gap_list(self.room.showing.cases(home.queue, home.proposals), is_mine=True)

    def _list(self, cases: Sequence[Case], clients: Sequence[str] = ()) -> Message:
        open_now = self.room.showing.cases(case for case in cases if case.state is CaseState.OPEN)
        return gap_list(open_now, clients=clients, beside=self._beside(cases), quiet=quiet_of(cases))

    def _beside(self, cases: Sequence[Case]) -> Beside:
        """Find the gaps that are not put right, though nobody has to decide about them now."""
        standing = [one for one in self.room.services.undo.standing(self.room.workspace) if not one.is_proposed]
        found = {verb: {one.case for one in standing if one.verb is verb} for verb in (Verb.APPROVE, Verb.SNOOZE)}
        decided = [case for case in cases if case.state is CaseState.DECIDED]
        return Beside(*([case.gap for case in decided if case.id in ids] for ids in found.values()))

    def _why(self, gap: str) -> Message:
        return self._about(gap, self.room.showing.why) if gap else which_gap("why")

    def _history(self, gap: str) -> Message:
        return self._about(gap, self.room.showing.history) if gap else which_gap("history")

    def _about(self, gap: str, show: Callable[[CaseId], Message]) -> Message:
        """Show a gap by its id, or by words of its client and product if they mean one; else list which it may be."""
        try:
            return show(CaseId(gap))
        except NotFound:
            named = [case for case in self._cases() if is_named(case.gap, gap)]
            found = self.room.services.looking.gaps_at(self.room.workspace, gap)
            if len(named) == 1:
                return show(named[0].id)
            if not (named or found.clients or found.near):
                raise
        if not named:
            return self._gaps(gap)
        clients = list(dict.fromkeys(case.gap.client for case in named))
        return self._list(named, clients)

    def _decisions(self, _: str) -> Message:
        room = self.room
        clients = {case.id: case.gap for case in room.services.looking.gaps(room.workspace)}
        rows = []
        for one in room.services.undo.standing(room.workspace):
            shown, gap = room.showing.decision(one), clients.get(one.case) if one.case else None
            if shown:
                rows.append(Standing(one.id, shown, gap.client if gap else "", gap.product if gap else ""))
        return decision_list(rows)

    def _fixes(self, _: str) -> Message:
        gaps = {case.id: case.gap for case in self._cases()}  # a fix whose gap has closed just now is done
        to_do = self.room.services.fixes.to_do(self.room.workspace)
        return fix_list([(one, gaps[one.case]) for one in to_do if one.case in gaps])

    def _cases(self) -> Sequence[Case]:
        return self.room.services.looking.gaps(self.room.workspace)

    def _owners(self, _: str) -> Message:
        room, known = self.room, self.room.services.owners
        rows = [
            OwnerRow(
                one.client,
                room.showing.who(one.manager) if one.manager else None,
                room.showing.who(one.billing) if one.billing else None,
            )
            for one in known.all(room.workspace)
        ]
        return owner_list([*rows, *(OwnerRow(client, None) for client in known.unowned(room.workspace))])

    def _people(self, _: str) -> Message:
        room = self.room
        people = room.services.joining.people(room.workspace)
        return people_list(people, room.services.thresholds.second_person(room.workspace))

    def _agreements(self, _: str) -> Message:
        return agreement_list(self.room.services.agreements.all(self.room.workspace))

    def _thresholds(self, _: str) -> Message:
        agreed = self.room.services.thresholds.agreed(self.room.workspace)
        named = {case.gap.client.casefold(): case.gap.client for case in self._cases()}
        own = ((named.get(name, name), limits) for name, limits in agreed.of_client.items())
        clients = sorted((name, threshold_of(limits, agreed.currency)) for name, limits in own)
        return threshold_list(threshold_of(agreed.usual, agreed.currency), clients)


def is_named(gap: Gap, words: str) -> bool:
    """Tell whether all words are of a gap's client or product."""
    name = f"{gap.client} {gap.product}".casefold()
    return all(word in name for word in words.casefold().split())


def quiet_of(cases: Iterable[Case]) -> list[Gap]:
    """List the gaps that are below a threshold."""
    return [case.gap for case in cases if case.state is CaseState.SUPPRESSED]


def threshold_of(limits: Limits, currency: str) -> Threshold:
    """Show limits with their currency."""
    return Threshold(Money(limits.min_money, currency), limits.min_seats)
