"""What the services know becomes what people see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce
from zoneinfo import ZoneInfo

from bot.services.cases import Case, CaseEvent, CaseState, Happening
from bot.services.decisions import Correction, Decision, Verb
from bot.services.ids import CaseId, DecisionId, PersonId, RunId, WorkspaceId, client_key
from bot.services.joining import Joining
from bot.services.looking import Looking, Point
from bot.services.people import Person
from bot.services.spans import days_between, midnight, next_invoice
from bot.slack.cards import Closed, Decided, GapCard, Verdict
from bot.slack.messages import Message
from bot.slack.views import history, why
from bot.slack.views.fixes import dated_change
from bot.slack.views.result import RunCard
from bot.slack.wording import Who, about
from recon import (
    GapKind,
    Money,
    Month,
    Side,
    still_listed,
)

VERDICTS = {
    Verb.APPROVE: Verdict.APPROVED,
    Verb.DISMISS: Verdict.DISMISSED,
    Verb.SNOOZE: Verdict.SNOOZED,
    Verb.SAME: Verdict.SAME,
    Verb.DIFFERENT: Verdict.NOT_SAME,
}
DAYS_A_MONTH = Decimal(365) / 12
JUMP = 2  # times the money it was
ASKS_FROM = Decimal(500)  # a month, in any currency; approving more is confirmed first


def subject_of(case: CaseId) -> str:
    """Name a gap's message, in the list of what was posted where."""
    return f"case:{case}"


def thread_of(case: CaseId) -> str:
    """Name the message above a gap's, where that is not its client's alert."""
    return f"thread:{case}"


def subject_of_client(client: str) -> str:
    """Name a client's alert; its thread holds the messages of its gaps."""
    return f"client:{client_key(client)}"


def who(people: Mapping[PersonId, Person], person: PersonId) -> Who:
    """Name a person; of one nobody introduced, only the id is known."""
    known = people.get(person)
    return Who(person, known.name if known else person)


@dataclass(frozen=True, slots=True)
class Showing:
    """Looks things up, and lays them out for people."""

    workspace: WorkspaceId
    looking: Looking
    joining: Joining
    zone: ZoneInfo
    today: date
    month_begins: int  # the day on which a billing month does, and its invoice is written

    def case(self, case: CaseId) -> GapCard:
        """Show one gap as it is now."""
        found = self.looking.why(self.workspace, case)
        card = self._card(found.case, found.decisions, self._people(), found.correction)
        if card.closed and found.is_answered:
            return replace(card, closed=replace(card.closed, is_answered=True))
        rows = [(row["side"], row["seats"], row["counted_as"]) for row in found.evidence["why"]["evidence"]]
        listed = still_listed(found.case.gap.kind, rows)
        card = replace(card, bought_last=self._bought_last(found.case), still_listed=listed)
        has_shrunk = bool(found.story) and found.story[-1].happening is Happening.SHRUNK
        return replace(card, shrank_from=money_before(found.story, Happening.SHRUNK)) if has_shrunk else card

    def _bought_last(self, case: Case) -> tuple[Month, Decimal] | None:
        """Say when a client last had what it is billed for and nobody buys: a year may be paid for in one month."""
        if case.gap.kind is not GapKind.UNBOUGHT:
            return None
        known = months(self.looking.history(self.workspace, case.id))
        had = [(point.month, point.bought) for point in known if point.month < case.month and point.bought > 0]
        return had[-1] if had else None

    def cases(self, cases: Iterable[Case], proposals: Mapping[CaseId, Decision] | None = None) -> list[GapCard]:
        """Show many gaps, and what is proposed for them; of those that are decided, only that they are."""
        people, wanted = self._people(), proposals or {}
        return [self._card(case, (wanted[case.id],) if case.id in wanted else (), people) for case in cases]

    def who(self, person: PersonId) -> Who:
        """Name a person."""
        return who(self._people(), person)

    def money_before(self, case: CaseId, happening: Happening) -> str:
        """Give what a gap was worth before something happened to it last."""
        return money_before(self.looking.why(self.workspace, case).story, happening)

    def has_jumped(self, case: CaseId, happening: Happening) -> bool:
        """Say whether a gap grew to twice its money or more, which those who read no threads should see as well."""
        told = [event.told for event in self.looking.why(self.workspace, case).story if event.happening is happening]
        if happening is not Happening.GROWN or not told:
            return False
        before, after = (Decimal((told[-1].get(when) or {}).get("amount", 0)) for when in ("before", "after"))
        return before > 0 and before * JUMP <= after

    def woke_by_itself(self, case: CaseId) -> bool:
        """Say whether a gap woke last because its day had come, and not because of what a run found."""
        story = self.looking.why(self.workspace, case).story
        last = next((event for event in reversed(story) if event.happening is Happening.WOKE), None)
        return last is None or last.run is None

    def run(self, run: RunId) -> RunCard:
        """Show what a run found, from what was counted when it was done."""
        known = self.looking.run(self.workspace, run)
        figures = known.figures
        told = [event.happening for case, event in self.looking.changes(self.workspace, run) if case.has_spoken]
        is_next = known.is_applied and not self.looking.is_first(self.workspace, run)
        return RunCard(
            month=known.month,
            clients=figures.clients,
            under=figures.under,
            over=figures.over,
            estimated=figures.estimated,
            estimated_quiet=figures.estimated_quiet,
            lines=figures.lines,
            matched=figures.known,
            bought=figures.bought,
            suppressed=figures.suppressed,
            questions=figures.questions,
            problems=figures.problems,
            totals=figures.totals,
            new=told.count(Happening.OPENED) if is_next else None,
            closed=told.count(Happening.CLOSED) + told.count(Happening.VERIFIED) if is_next else None,
            causes=figures.causes,
            cautions=figures.cautions,
            is_doubtful=figures.is_doubtful,
            is_one_sided=figures.is_one_sided,
            is_past=not (known.is_applied or known.missing or figures.is_one_sided),
            missing=known.missing,
            decided=self._decided_by(run),
        )

    def _decided_by(self, run: RunId) -> Mapping[str, Mapping[Verdict, int]]:
        """Count what is decided already of the gaps that a run found, a client at a time."""
        counts: dict[str, Counter[Verdict]] = {}
        for case, decision in self.looking.decided(self.workspace, run):
            if decision.verb in VERDICTS:
                counts.setdefault(case.gap.client, Counter())[VERDICTS[decision.verb]] += 1
        return counts

    def why(self, case: CaseId) -> Message:
        """Explain a gap."""
        found = self.looking.why(self.workspace, case)
        card = why.card_from_document(found.evidence, about=found.case.id)
        spell_out = self.speller()
        paths = [replace(path, reasons=spell_out(path.reasons)) for path in card.paths]
        return why.why_message(replace(card, paths=tuple(paths)))

    def speller(self) -> Callable[[Iterable[str]], tuple[str, ...]]:
        """Give what names the people of whom reasons know the ids only; who there is is looked up once."""
        people = tuple(self._people().values())

        def spell_out(reasons: Iterable[str]) -> tuple[str, ...]:
            return tuple(reduce(lambda told, one: told.replace(one.id, one.name), people, reason) for reason in reasons)

        return spell_out

    def history(self, case: CaseId) -> Message:
        """Show a gap's quantities over the months."""
        gap = self.looking.why(self.workspace, case).case.gap
        points = months(self.looking.history(self.workspace, case))
        return history.history_message(history.HistoryCard(gap.client, gap.product, points))

    def _people(self) -> dict[PersonId, Person]:
        return {person.id: person for person in self.joining.people(self.workspace)}

    def _card(
        self,
        case: Case,
        decisions: Sequence[Decision],
        people: Mapping[PersonId, Person],
        correction: Correction | None = None,
    ) -> GapCard:
        todo = dated_change(correction, case.gap) if correction else ""
        days = days_between(case.opened_at, case.closed_at or midnight(self.today, self.zone), self.zone)
        return GapCard(
            id=case.id,
            gap=case.gap,
            version=case.version,
            days_open=days,
            lost=Money(case.gap.monthly.amount * days / DAYS_A_MONTH, case.gap.currency) if days else None,
            next_invoice=next_invoice(case.month, self.today, self.month_begins),
            loses=case.gap.monthly,
            assigned=who(people, case.assigned) if case.assigned else None,
            decided=self._decided(case, decisions, people, todo),
            closed=Closed(month=case.month, recovered=case.recovered) if case.state is CaseState.CLOSED else None,
            asks_first=case.gap.monthly.amount > ASKS_FROM,
        )

    def _decided(
        self, case: Case, decisions: Sequence[Decision], people: Mapping[PersonId, Person], todo: str
    ) -> Decided | None:
        """Show what stands; of a closed gap, what was decided last."""
        wanted: DecisionId | None = case.decision or case.proposal
        settling = [one for one in decisions if one.verb in VERDICTS]
        found = next((one for one in settling if one.id == wanted), None)
        if case.state is CaseState.CLOSED:
            signed = (one for one in settling if one.verb is Verb.APPROVE and not one.is_proposed)
            found = next((one for one in signed if one.ended_at == case.closed_at), None)
        return self._say_decision(found, people, todo) if found else None

    def decision(self, decision: Decision) -> Decided | None:
        """Show one decision by itself; that a gap was handed on is none that settles it."""
        return self._say_decision(decision, self._people(), "") if decision.verb in VERDICTS else None

    def _say_decision(self, found: Decision, people: Mapping[PersonId, Person], todo: str) -> Decided:
        return Decided(
            verdict=VERDICTS[found.verb],
            by=who(people, found.by),
            at=found.seconded_at or found.at,
            reason=found.reason,
            note=found.note,
            until=found.wakes_at.astimezone(self.zone).date() if found.wakes_at else None,
            names=(found.names.bought, found.names.billed) if found.names else None,
            todo=todo if found.verb is Verb.APPROVE else "",
            is_proposed=found.is_proposed,
            seconded_by=who(people, found.seconded_by) if found.seconded_by else None,
        )


def money_before(story: Sequence[CaseEvent], happening: Happening) -> str:
    """Read what a gap was worth before something happened to it last."""
    found = (event.told.get("before") for event in reversed(story) if event.happening is happening)
    before = next(found, None) or {}
    return about(str(before.get("monthly", "")), exact=before.get("sure") != "estimated")


def months(points: Sequence[Point]) -> tuple[history.Point, ...]:
    """Put both sides of a month beside each other, oldest first; both files were there, and nought is not kept."""
    sides: dict[Month, dict[Side, Decimal]] = {}
    for point in points:
        sides.setdefault(point.month, {})[point.side] = point.quantity
    nought = Decimal(0)
    return tuple(
        history.Point(month, there.get(Side.BOUGHT, nought), there.get(Side.BILLED, nought))
        for month, there in sorted(sides.items())
    )
