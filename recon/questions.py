"""What only a person can settle."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from recon.money import Money


class Topic(StrEnum):
    """What a question is about."""

    COLUMN = "column"  # which column says this?
    SIDE = "side"  # bought or billed?
    DAY_ORDER = "day order"  # is 3/4 in March or in April?
    DECIMALS = "decimals"  # is 1,234 a thousand or one and a bit?
    CURRENCY = "currency"
    CLIENT = "client"  # which billed client is this bought client?
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible answer, with what speaks for it."""

    value: str  # what to answer with
    label: str  # what a person reads
    probability: float | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to ask a person; candidates are best first."""

    id: str  # stable: the same question about the same thing has the same id in every run
    topic: Topic
    about: str  # the meaning, header or name asked about
    sentence: str
    candidates: tuple[Candidate, ...] = ()
    samples: tuple[str, ...] = ()  # values or lines that help to answer
    lines: int = 0  # how many lines wait for the answer
    monthly: tuple[Money, ...] = ()  # what those lines are worth, one amount a currency


def settles(clients: int) -> str:
    """Say so where one answer settles more than one client."""
    return f" One answer settles {clients} clients." if clients > 1 else ""


def most_settled_first(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Put first the question whose answer settles most money."""
    return tuple(sorted(questions, key=lambda one: (-max((sum_.amount for sum_ in one.monthly), default=0), one.id)))


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, or a cell of it, that could not be read; the rest of the file goes on."""

    row: int | None
    column: str | None
    cell: str
    sentence: str


def identify_question(topic: Topic, name: str) -> str:
    """Name a question by what it asks, so that the same one is known again in every run."""
    return hashlib.sha256(f"{topic}\x1f{name.casefold()}".encode()).hexdigest()[:12]
