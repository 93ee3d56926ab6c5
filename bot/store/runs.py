"""Runs and the quantities they saw, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping

from bot.services.failures import NotFound
from bot.services.ids import Digest, RunId, client_key, short_key
from bot.services.runs import ClientTotal, Counted, Figures, Run, canonical
from bot.store.clients import ClientsShelf
from bot.store.shelf import Shelf, Where
from bot.store.tables import quantities, runs
from recon import Direction, Money, Month, Side, read_month

PLAIN = (
    "lines",
    "matched",
    "gaps",
    "suppressed",
    "questions",
    "problems",
    "totals",
    "bought",
    "known",
    "estimated",
    "estimated_quiet",
    "causes",
    "cautions",
    "is_doubtful",
    "is_one_sided",
)


@dataclass(frozen=True, slots=True)
class RunsShelf:
    """The runs of a workspace."""

    shelf: Shelf

    def add(self, run: Run) -> None:
        """Keep a run that is done."""
        self.shelf.add(
            runs,
            {
                "id": run.id,
                "number": self.shelf.next_number(runs),
                "month": str(run.month),
                "at": run.at,
                "inputs": run.inputs,
                "hashes": canonical(dict(run.hashes)),
                "weights": run.weights,
                "document": run.document,
                "at_hand": run.at_hand,
                "figures": canonical(_plain(run.figures)),
                "missing": canonical(list(run.missing)),
                "is_applied": run.is_applied,
                "because": run.because,
            },
        )

    def get(self, run: RunId) -> Run:
        """Give a run, by its id or the beginning of it."""
        rows = self.shelf.rows(runs, runs.c.id.startswith(run, autoescape=True), most=2)
        if not run or len(rows) != 1:
            raise NotFound(f"{len(rows) or 'No'} runs have an id that begins with “{run}”.")
        return _run(rows[0])

    def newest(self, month: Month | None = None) -> Run | None:
        """Give the last run, of one month or of any."""
        return self._newest(*(() if month is None else (runs.c.month == str(month),)))

    def newest_applied(self) -> Run | None:
        """Give the last run that moved gaps."""
        return self._newest(runs.c.is_applied)

    def first_applied(self) -> Run | None:
        """Give the first run that moved gaps."""
        row = self.shelf.row(runs, runs.c.is_applied, order=(runs.c.number,))
        return _run(row) if row else None

    def before(self, run: RunId) -> Sequence[RunId]:
        """Name the runs of the same month that were done before one, the newest first."""
        this = self.shelf.found(runs, id=run)
        if this is None:
            return []
        earlier = (runs.c.month == this["month"], runs.c.number < this["number"])
        found = self.shelf.pairs(runs.c.number, runs.c.id, runs, *earlier)
        return [RunId(one) for _, one in sorted(found, reverse=True)]

    def _newest(self, *where: Where) -> Run | None:
        row = self.shelf.row(runs, *where, order=(runs.c.number.desc(),))
        return _run(row) if row else None

    def latest(self, most: int) -> Sequence[Run]:
        """List the last few runs, the newest first."""
        return [_run(row) for row in self.shelf.rows(runs, order=(runs.c.number.desc(),), most=most)]

    def all(self) -> Sequence[Run]:
        """List the runs, the newest first."""
        return [_run(row) for row in self.shelf.rows(runs, order=(runs.c.number.desc(),))]

    def quantities(self, month: Month) -> Mapping[Counted, Decimal]:
        """Give how many each client had and paid for in a month."""
        rows = self.shelf.rows(quantities, quantities.c.month == str(month))
        return {(Side(row["side"]), row["client"], row["product"]): row["quantity"] for row in rows}

    def put_quantities(self, month: Month, seen: Mapping[Counted, Decimal]) -> None:
        """Keep how many some clients had and paid for in a month."""
        rows = [
            {"month": str(month), "side": side.value, "client": client, "product": product, "quantity": quantity}
            for (side, client, product), quantity in seen.items()
        ]
        self.shelf.put(quantities, *rows)

    def history(self, client: str, product: str) -> Sequence[tuple[Month, Side, Decimal]]:
        """Give how many a client had and paid for, month by month, under whatever the PSA called it then."""
        names = {client_key(client), *ClientsShelf(self.shelf).names_of(client)}
        where = (quantities.c.client.in_(sorted(names)), quantities.c.product == short_key(product))
        seats: dict[tuple[Month, Side], Decimal] = {}
        for row in self.shelf.rows(quantities, *where, order=(quantities.c.month, quantities.c.side)):
            place = (read_month(row["month"]), Side(row["side"]))
            seats[place] = seats.get(place, Decimal(0)) + row["quantity"]
        return [(month, side, count) for (month, side), count in seats.items()]


def _plain(figures: Figures) -> dict[str, Any]:
    plain = {name: getattr(figures, name) for name in PLAIN}
    clients = [[one.client, one.gaps, _sums(one.under), _sums(one.over), one.estimated] for one in figures.clients]
    return {**plain, "under": _sums(figures.under), "over": _sums(figures.over), "clients": clients}


def _figures(stated: Mapping[str, Any]) -> Figures:
    """Read figures; those of an older version lack some."""
    told = dict(stated)
    was_exact = told.pop("is_exact", True)
    clients = tuple(
        ClientTotal(client, gaps, _money(under), _money(over), *map(_ways, estimated))
        for client, gaps, under, over, *estimated in told.get("clients", ())
    )
    return Figures(
        **{
            **told,
            "under": _money(told["under"]),
            "over": _money(told["over"]),
            "clients": clients,
            "estimated": _ways(told.get("estimated", () if was_exact else Direction)),
            "estimated_quiet": _ways(told.get("estimated_quiet", ())),
            **{name: tuple(told.get(name, ())) for name in ("causes", "cautions")},
        }
    )


def _ways(stated: Iterable[str]) -> tuple[Direction, ...]:
    return tuple(map(Direction, stated))


def _sums(sums: Sequence[Money]) -> list[list[str]]:
    return [[str(money.amount), money.currency] for money in sums]


def _money(stated: Sequence[Sequence[str]]) -> tuple[Money, ...]:
    return tuple(Money(Decimal(amount), currency) for amount, currency in stated)


def _run(row: RowMapping) -> Run:
    return Run(
        id=RunId(row["id"]),
        month=read_month(row["month"]),
        at=row["at"],
        inputs=Digest(row["inputs"]),
        hashes=json.loads(row["hashes"]),
        weights=row["weights"],
        document=Digest(row["document"]),
        at_hand=Digest(row["at_hand"]),
        figures=_figures(json.loads(row["figures"])),
        missing=tuple(json.loads(row["missing"])),
        is_applied=row["is_applied"],
        because=row["because"],
    )
