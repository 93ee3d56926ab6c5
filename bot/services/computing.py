"""Inputs become a result, and always the same one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import polars as pl

from bot.services.agreed import agreed_from_json
from bot.services.ids import Digest, client_key, short_key
from bot.services.runs import Counted, Figures, FileUsed, Inputs, Say, Step, canonical, totals_of
from recon import (
    SCHEMA,
    Direction,
    Gap,
    Judgements,
    Kind,
    LineClass,
    Options,
    Profiles,
    Reading,
    Reconciliation,
    Side,
    gaps_from_document,
    join_readings,
    judgements_from_text,
    profiles_from_json,
    read_document,
    read_lines,
    reconcile,
    rules_from_text,
    ways_estimated,
)

Fetch = Callable[[Digest], bytes]
"""Gives the bytes that have a digest."""
COMPARED = (LineClass.MATCHED, LineClass.GAP, LineClass.WAITING, LineClass.EXPLAINED)


def say_nothing(step: Step, lines: int) -> None:
    """Keep what a run is doing to oneself."""


def compute(inputs: Inputs, fetch: Fetch, say: Say = say_nothing) -> Reconciliation:
    """Reconcile a month from nothing but its inputs."""
    say(Step.READING, 0)
    profiles = profiles_from_json(inputs.profiles)
    agreed = agreed_from_json(inputs.settings)
    bought, billed = (_read_side(inputs.files, side, profiles, fetch) for side in (Side.BOUGHT, Side.BILLED))
    options = Options(
        month=inputs.month,
        judgements=judgements_from_text(inputs.judgements),
        rules=rules_from_text(inputs.rules),
        currency=agreed.currency,
        day=agreed.day,
        grace_days=agreed.grace_days,
        min_money=agreed.usual.min_money,
        min_seats=agreed.usual.min_seats,
        client_limits=agreed.of_client,
    )
    say(Step.MATCHING, bought.lines.height + billed.lines.height)
    return reconcile(bought, billed, options)


def _read_side(files: Sequence[FileUsed], side: Side, profiles: Profiles, fetch: Fetch) -> Reading:
    used = [file for file in files if file.side is side]
    return join_readings([read_lines(fetch(file.digest), file.name, profiles=profiles, side=side) for file in used])


def with_names_apart(files: Sequence[FileUsed]) -> tuple[FileUsed, ...]:
    """Order files, and tell those of one name apart: the second `export.csv` is `export.csv (2)`."""
    seen: dict[tuple[Side, str], int] = {}
    told: list[FileUsed] = []
    for file in sorted(files):
        place = (file.side, file.name)
        seen[place] = seen.get(place, 0) + 1
        name = file.name if seen[place] == 1 else f"{file.name} ({seen[place]})"
        told.append(FileUsed(file.side, file.source, name, file.digest))
    return tuple(told)


def state_gaps(document: str) -> list[tuple[Gap, str]]:
    """Give each gap with a document of its own, evidence and all, in the order they stand there.

    Where two clients share a name, two gaps may share an id; the second one's is told apart.
    """
    seen: dict[tuple[str, str], int] = {}
    stated = []
    for gap in read_document(document)["gaps"]:
        place = (gap["id"], gap["direction"])
        seen[place] = seen.get(place, 0) + 1
        known = gap if seen[place] == 1 else gap | {"id": f"{gap['id']}-{seen[place]}"}
        text = canonical({"schema": SCHEMA, "gaps": [known]})
        stated += [(one, text) for one in gaps_from_document(text)]
    return stated


def judgements_to_text(judgements: Judgements) -> str:
    """Write what people said of names, as the core reads it."""
    return canonical(
        [
            {
                "kind": said.kind,
                "bought": said.bought,
                "billed": said.billed,
                "verdict": said.verdict,
                "by": said.by,
                "at": said.at.isoformat() if said.at else "",
                "scope": said.scope,
            }
            for said in judgements.said
        ]
    )


def add_up_figures(result: Reconciliation) -> Figures:
    """Say what a result comes to."""
    under, over = (result.total(direction) for direction in (Direction.UNDER, Direction.OVER))
    leaks = [gap for gap in result.gaps if gap.is_leak]
    bought = result.lines.filter(pl.col("side") == Side.BOUGHT.value)["class"]
    known = bought.filter(bought.is_in([of.value for of in COMPARED])).len()
    totals, problems = (
        result.lines.filter(pl.col("class") == of.value).height for of in (LineClass.TOTAL_ROW, LineClass.UNREADABLE)
    )
    return Figures(
        lines=result.lines.height - totals - problems,
        matched=result.lines.filter(pl.col("class") == LineClass.MATCHED.value).height,
        gaps=len(leaks),
        suppressed=sum(gap.is_suppressed for gap in leaks),
        questions=len(result.questions),
        problems=problems,
        totals=totals,
        under=under,
        over=over,
        bought=known + bought.filter(bought == LineClass.QUESTION.value).len(),
        known=known,
        estimated=ways_estimated(leaks),
        estimated_quiet=ways_estimated(gap for gap in leaks if gap.is_suppressed),
        clients=totals_of(result.gaps),
        is_doubtful=result.is_doubtful,
        is_one_sided=is_one_sided(result),
        causes=tuple(cause.sentence for cause in result.causes),
        cautions=tuple(caution.sentence for caution in result.cautions),
    )


def is_one_sided(result: Reconciliation) -> bool:
    """Tell whether a side has no line of the month, so that every line of the other would seem amiss."""
    nothing = [of.value for of in (LineClass.OTHER_MONTH, LineClass.TOTAL_ROW, LineClass.UNREADABLE)]
    return result.lines.filter(~pl.col("class").is_in(nothing))["side"].n_unique() < len(Side)


def count_quantities(result: Reconciliation) -> dict[Counted, Decimal]:
    """Count how many each client had and pays for, product by product."""
    counted = (
        result.names.show(result.lines.filter(pl.col("seats") != 0))
        .group_by("side", client=pl.coalesce("client_shown", "client"), product=pl.coalesce("product_shown", "product"))
        .agg(pl.col("seats").sum())
        .sort("side", "client", "product")
    )
    keys = {client: client_key(client) for client in counted["client"].unique()}
    sums: dict[Counted, Decimal] = {}
    for side, client, product, seats in counted.iter_rows():
        place = (Side(side), keys[client], short_key(product))
        sums[place] = sums.get(place, Decimal(0)) + seats
    return sums


def places_in_question(result: Reconciliation) -> frozenset[Counted]:
    """Name what waits for an answer, by every name its client goes by."""
    waiting = result.lines.filter((pl.col("class") == LineClass.QUESTION.value) & (pl.col("seats") != 0))
    named = result.names.show(waiting).select("side", "client", "client_shown", pl.coalesce("product_shown", "product"))
    return frozenset(
        (Side(side), client_key(client), short_key(product))
        for side, *clients, product in named.unique().iter_rows()
        for client in clients
        if client
    )


def put_at_hand(result: Reconciliation, document: str) -> str:
    """Give what is looked up often: the questions, and the names each side has."""
    names = {side.value: {kind.value: _names(result, side, kind) for kind in Kind} for side in Side}
    return canonical({"questions": read_document(document)["questions"], "names": names})


def _names(result: Reconciliation, side: Side, kind: Kind) -> list[str]:
    of_side = result.lines.filter(pl.col("side") == side.value)[kind.value]
    return [name for name in of_side.drop_nulls().unique().sort().to_list() if name]


def weights_of(result: Reconciliation) -> str:
    """Name the matcher's weights a result was made with."""
    return f"{result.names.client_matches.weights_version} {result.names.product_matches.weights_version}"


def numbers_of(gap: Gap) -> str:
    """Write what a decision about a gap rests on; other numbers wake a dismissal."""
    numbers = [gap.bought, gap.billed, gap.seats, gap.monthly.amount]
    return canonical([gap.kind, *(f"{number.normalize():f}" for number in numbers)])
