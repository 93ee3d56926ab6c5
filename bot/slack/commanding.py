"""What is typed after the command becomes an answer; nothing changes by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.services.cases import CaseState
from bot.services.ids import CaseId
from bot.slack.messages import Message
from bot.slack.room import Room
from bot.slack.views.decisions import Standing, decision_list
from bot.slack.views.fixes import Fix, fix_list
from bot.slack.views.gaps import gap_list
from bot.slack.views.help import command_help
from bot.slack.views.owners import OwnerRow, owner_list
from bot.slack.views.status import SourceState, StatusCard, status_message
from bot.slack.views.thresholds import Threshold, threshold_list
from recon import Limits, Money


@dataclass(frozen=True, slots=True)
class Commanding:
    """Looks up what somebody wants to see."""

    room: Room

    def answer(self, typed: str) -> Message:
        """Answer a command; a word nobody knows gets help, never silence."""
        word, _, rest = typed.strip().partition(" ")
        ways: Mapping[str, Callable[[str], Message]] = {
            "status": self._status,
            "gaps": self._gaps,
            "why": self._why,
            "decisions": self._decisions,
            "fixes": self._fixes,
            "owners": self._owners,
            "thresholds": self._thresholds,
        }
        way = ways.get(word.casefold())
        if way is None:
            return command_help("" if word.casefold() in ("", "help") else word)
        return way(rest.strip())

    def _status(self, _: str) -> Message:
        room = self.room
        found = room.services.looking.status(room.workspace)
        newest = found.months[-1] if found.months else None
        return status_message(
            StatusCard(
                month=found.newest.month if found.newest else None,
                open_gaps=found.counts.get(CaseState.OPEN, 0),
                under=found.open["under"],
                over=found.open["over"],
                waiting=(*newest.lacking, *newest.missing) if newest else (),
                sources=tuple(
                    SourceState(file.source, file.side, file.month, file.at.date())
                    for file in (newest.files if newest else ())
                    if file.side
                ),
            )
        )

    def _gaps(self, client: str) -> Message:
        found = self.room.services.looking.gaps(self.room.workspace, client=client or None)
        return gap_list(self.room.showing.cases(c for c in found if c.state is CaseState.OPEN), client=client)

    def _why(self, gap: str) -> Message:
        return self.room.showing.why(CaseId(gap)) if gap else command_help("why")

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
        return fix_list(
            [
                Fix(
                    client=one.client,
                    product=one.product,
                    was=one.was,
                    now=one.now,
                    effective=one.effective,
                    monthly=one.money,
                    where=one.lines,
                )
                for one in self.room.services.fixes.to_do(self.room.workspace)
            ]
        )

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

    def _thresholds(self, _: str) -> Message:
        agreed = self.room.services.thresholds.agreed(self.room.workspace)
        clients = sorted((name, threshold_of(limits, agreed.currency)) for name, limits in agreed.of_client.items())
        return threshold_list(threshold_of(agreed.usual, agreed.currency), clients)


def threshold_of(limits: Limits, currency: str) -> Threshold:
    """Show limits with their currency."""
    return Threshold(Money(limits.min_money, currency), limits.min_seats)
