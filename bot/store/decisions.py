"""Decisions and the corrections they ask for, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping

from bot.services.decisions import Correction, CorrectionState, Decision, Names, Reason, Verb
from bot.services.failures import NotFound
from bot.services.ids import CaseId, CorrectionId, DecisionId, PersonId
from bot.store.columns import to_money, to_units
from bot.store.shelf import Shelf
from bot.store.tables import corrections, decisions
from recon import Kind


@dataclass(frozen=True, slots=True)
class DecisionsShelf:
    """The decisions of a workspace."""

    shelf: Shelf

    def add(self, decision: Decision) -> None:
        """Keep a new decision."""
        number = self.shelf.next_number(decisions)
        self.shelf.add(decisions, {"id": decision.id, "number": number, **_columns(decision)})

    def get(self, decision: DecisionId) -> Decision:
        """Give a decision."""
        found = self.find(decision)
        if found is None:
            raise NotFound("I know no such decision.")
        return found

    def find(self, decision: DecisionId) -> Decision | None:
        """Give a decision, if there is one of this name."""
        row = self.shelf.found(decisions, id=decision)
        return _decision(row) if row else None

    def put(self, decision: Decision) -> None:
        """Keep what became of a decision."""
        self.shelf.change(decisions, decisions.c.id == decision.id, **_columns(decision))

    def standing(self) -> Sequence[Decision]:
        """List what stands, the newest first."""
        rows = self.shelf.rows(decisions, decisions.c.ended_at.is_(None), order=(decisions.c.number.desc(),))
        return [_decision(row) for row in rows]

    def all(self) -> Sequence[Decision]:
        """List everything that was ever decided, the newest first."""
        return [_decision(row) for row in self.shelf.rows(decisions, order=(decisions.c.number.desc(),))]

    def of_case(self, case: CaseId) -> Sequence[Decision]:
        """List what was decided about a gap, the newest first."""
        rows = self.shelf.rows(decisions, decisions.c.gap == case, order=(decisions.c.number.desc(),))
        return [_decision(row) for row in rows]

    def correct(self, correction: Correction) -> None:
        """Keep a new correction."""
        self.shelf.add(corrections, _correction_columns(correction))

    def correction_of(self, decision: DecisionId) -> Correction | None:
        """Give the correction a decision asks for, if it asks for one."""
        row = self.shelf.found(corrections, decision=decision)
        return _correction(row) if row else None

    def put_correction(self, correction: Correction) -> None:
        """Keep what became of a correction."""
        self.shelf.put(corrections, _correction_columns(correction))

    def corrections(self) -> Sequence[Correction]:
        """List the corrections, the oldest first."""
        return [_correction(row) for row in self.shelf.rows(corrections, order=(corrections.c.at, corrections.c.id))]


def _columns(decision: Decision) -> dict[str, Any]:
    names = decision.names
    return {
        "verb": decision.verb.value,
        "by": decision.by,
        "at": decision.at,
        "gap": decision.case,
        "reason": decision.reason.value if decision.reason else None,
        "note": decision.note,
        "wakes_at": decision.wakes_at,
        "money": to_units(decision.money),
        "currency": decision.money.currency if decision.money else None,
        "evidence": decision.evidence,
        "kind": names.kind.value if names else None,
        "bought": names.bought if names else None,
        "billed": names.billed if names else None,
        "assignee": decision.assignee,
        "before": decision.before,
        "is_proposed": decision.is_proposed,
        "seconded_by": decision.seconded_by,
        "seconded_at": decision.seconded_at,
        "ended_at": decision.ended_at,
        "ended_by": decision.ended_by,
    }


def _decision(row: RowMapping) -> Decision:
    names = Names(Kind(row["kind"]), row["bought"], row["billed"]) if row["kind"] else None
    return Decision(
        id=DecisionId(row["id"]),
        verb=Verb(row["verb"]),
        by=PersonId(row["by"]),
        at=row["at"],
        case=row["gap"],
        reason=Reason(row["reason"]) if row["reason"] else None,
        note=row["note"],
        wakes_at=row["wakes_at"],
        money=to_money(row["money"], row["currency"]),
        evidence=row["evidence"],
        names=names,
        assignee=row["assignee"],
        before=row["before"],
        is_proposed=row["is_proposed"],
        seconded_by=row["seconded_by"],
        seconded_at=row["seconded_at"],
        ended_at=row["ended_at"],
        ended_by=row["ended_by"],
    )


def _correction_columns(correction: Correction) -> dict[str, Any]:
    return {
        "id": correction.id,
        "gap": correction.case,
        "decision": correction.decision,
        "client": correction.client,
        "product": correction.product,
        "plan": correction.plan,
        "lines": correction.lines,
        "was": correction.was,
        "now": correction.now,
        "effective": correction.effective,
        "money": to_units(correction.money),
        "currency": correction.money.currency,
        "todo": correction.todo,
        "state": correction.state.value,
        "at": correction.at,
    }


def _correction(row: RowMapping) -> Correction:
    money = to_money(row["money"], row["currency"])
    assert money is not None  # noqa: S101 - the columns are never null
    return Correction(
        id=CorrectionId(row["id"]),
        case=CaseId(row["gap"]),
        decision=DecisionId(row["decision"]),
        client=row["client"],
        product=row["product"],
        plan=row["plan"],
        lines=row["lines"],
        was=row["was"],
        now=row["now"],
        effective=row["effective"],
        money=money,
        todo=row["todo"],
        state=CorrectionState(row["state"]),
        at=row["at"],
    )
