"""What the newest run could not settle about names, and which of it is asked next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.services.decisions import Decision, Names
from bot.services.failures import Refused
from bot.services.ids import Clock, DecisionId, RunId, WorkspaceId
from bot.services.people import Actor
from bot.services.ports import Books, Ledger
from bot.services.promises import Promised, PromiseKind
from recon import Candidate, Kind, Money, Side, Topic, add_up, identify_question

AT_ONCE = 3  # questions, so that nobody is shown a wall of them
TAKEN_BACK = ":taken back"
NAMES = {Topic.CLIENT.value: Kind.CLIENT, Topic.PRODUCT.value: Kind.PRODUCT}


@dataclass(frozen=True, slots=True, kw_only=True)
class NameQuestion:
    """A name that nobody has settled; `side` is the one it stands on."""

    id: str
    kind: Kind
    about: str
    side: Side
    sentence: str
    candidates: tuple[Candidate, ...]
    lines: int
    monthly: tuple[Money, ...]

    def names(self, other: str) -> Names:
        """Pair the name with one of the other side."""
        if self.side is Side.BOUGHT:
            return Names(self.kind, self.about, other)
        return Names(self.kind, other, self.about)


@dataclass(frozen=True, slots=True)
class NamesLeft:
    """How many names nobody has settled, and the money that waits for the answers."""

    count: int = 0
    monthly: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class Wondering:
    """Know what is open about names, and promise to ask."""

    ledger: Ledger
    clock: Clock

    def open(self, workspace: WorkspaceId) -> tuple[NameQuestion, ...]:
        """List what is not settled, most money first."""
        with self.ledger.look(workspace) as books:
            return open_questions(books)

    def left(self, workspace: WorkspaceId) -> NamesLeft:
        """Say how much is not settled."""
        with self.ledger.look(workspace) as books:
            return names_left(books)

    def one(self, workspace: WorkspaceId, question: str) -> NameQuestion:
        """Give a question that is still open."""
        found = next((one for one in self.open(workspace) if one.id == question), None)
        if found is None:
            raise Refused("This name is settled by now, so I changed nothing.")
        return found

    def is_asked_by_answer(self, workspace: WorkspaceId, because: str) -> bool:
        """Say whether a run is asked for by an answer about names, or by taking one back."""
        with self.ledger.look(workspace) as books:
            return bool(said_of_names(books, because))

    def ask_next(self, run: RunId, by: Actor, *, channel: str, thread: str) -> int:
        """Promise to ask the next few; say how many."""
        now = self.clock()
        with self.ledger.open(by.workspace) as books:
            promised = next_questions(books, run, because=by.once or "", channel=channel, thread=thread)
            if promised:
                books.outbox.promise(promised, at=now)
            return len(promised.payload["questions"].split()) if promised else 0


def subject_of_name(question: str) -> str:
    """Name a question's message, in the list of what was posted where: each is asked once."""
    return f"name:{question}"


def thread_of_name(question: str) -> str:
    """Name the thread that has a question."""
    return f"names in:{question}"


def questions_about(decision: Decision) -> list[str]:
    """Name the questions that a decision about names may have answered."""
    if decision.names is None:
        return []
    topic = Topic.CLIENT if decision.names.kind is Kind.CLIENT else Topic.PRODUCT
    return [identify_question(topic, name) for name in (decision.names.bought, decision.names.billed)]


def said_of_names(books: Books, because: str) -> list[DecisionId]:
    """List what was said of names, or taken back, with the click that asks for a run; none if something else does."""
    asked = map(books.decisions.find, map(DecisionId, because.removesuffix(TAKEN_BACK).split()))
    return [decision.id for decision in asked if decision and decision.names]


def next_questions(
    books: Books, run: RunId, *, because: str = "", channel: str = "", thread: str = ""
) -> Promised | None:
    """Promise to ask the next few that were never asked; none if there are none."""
    unasked = [one for one in open_questions(books) if not books.messages.of(subject_of_name(one.id))]
    if not unasked:
        return None
    rest = unasked[AT_ONCE:]
    told = {
        "run": run,
        "questions": " ".join(one.id for one in unasked[:AT_ONCE]),
        "rest": str(len(rest)),
        "money": " and ".join(str(money) for money in add_up(money for one in rest for money in one.monthly)),
        "channel": channel,
        "thread": thread,
    }
    return Promised(f"questions:{run}:{because}", PromiseKind.QUESTIONS, told)


def open_questions(books: Books) -> tuple[NameQuestion, ...]:
    """List what the newest run could not settle about names, most money first."""
    newest = books.runs.newest()
    if newest is None:
        return ()
    found = json.loads(books.files.get(newest.at_hand), parse_float=Decimal)
    asked = [_read(stated, found["names"]) for stated in found["questions"] if stated["topic"] in NAMES]
    return tuple(sorted(asked, key=lambda one: (-_worth(one.monthly), one.id)))


def names_left(books: Books) -> NamesLeft:
    """Sum up what the newest run could not settle about names; of one that is past its time nothing is asked."""
    newest = books.runs.newest()
    if newest is None or books.files.forgotten([newest.at_hand]):
        return NamesLeft()
    found = open_questions(books)
    return NamesLeft(len(found), add_up(money for one in found for money in one.monthly))


def _worth(sums: Sequence[Money]) -> Decimal:
    return max((money.amount for money in sums), default=Decimal(0))


def _read(stated: dict[str, Any], names: dict[str, Any]) -> NameQuestion:
    kind, about = NAMES[stated["topic"]], stated["about"]
    return NameQuestion(
        id=stated["id"],
        kind=kind,
        about=about,
        side=_side_of(about, [one["value"] for one in stated["candidates"]], kind, names),
        sentence=stated["sentence"],
        candidates=tuple(
            Candidate(one["value"], one["label"], float(one["probability"] or 0), tuple(one["reasons"]))
            for one in stated["candidates"]
        ),
        lines=stated["lines"],
        monthly=tuple(Money(Decimal(one["amount"]), one["currency"]) for one in stated["monthly"]),
    )


def _side_of(about: str, candidates: Sequence[str], kind: Kind, names: dict[str, Any]) -> Side:
    """Tell on which side a name stands: its candidates stand on the other one."""
    bought, billed = (set(names[side.value][kind.value]) for side in (Side.BOUGHT, Side.BILLED))
    if candidates:
        is_billed = not any(one in billed for one in candidates) and any(one in bought for one in candidates)
        return Side.BILLED if is_billed else Side.BOUGHT
    return Side.BILLED if about in billed and about not in bought else Side.BOUGHT
