"""Headers become meaning: by known layout, by header words and by what the values look like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from recon.questions import Question
from recon.reading.assign import assign
from recon.reading.doubts import Settling, settle
from recon.reading.fit import fit, fit_alone
from recon.reading.layouts import KnownLayout, recognise_layout
from recon.reading.looks import MOST_SEEN, TOTAL, Look, look_at
from recon.reading.meanings import NEEDED, Meaning, said_by
from recon.reading.numbers import BLANKS
from recon.reading.profiles import NO_COLUMN, Profile
from recon.reading.words import squash

LOOKED_AT = 20_000
LEAST_DRAWN = 2_000
WORTH_KEEPING = 0.05
FAMILIAR = 0.4  # a header that says this much is not guessed at by its values
LONGEST_HEADER = 200
OPTIONAL = 0.35  # the least score an unneeded one is taken at
CLEAR = 0.7  # the least score that outdoes a known export's second choice
SEVERAL = 3  # clients
ONE_A_LINE, ONE_A_CLIENT = 1.05, 1.5  # rows per distinct value
LONGEST_SKU = 5  # 0002, 006G
FEW, MOST = 0.2, 0.5  # shares of values with a space in them: codes have none, most names do


@dataclass(frozen=True, slots=True)
class Understanding:
    """What each column means, as far as the file itself tells."""

    columns: Mapping[Meaning, tuple[str, ...]]  # cell columns (`c3`); the first that says something counts
    layout: KnownLayout | None
    not_understood: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    looks: Mapping[str, Look] = field(default_factory=dict)


def understand(cells: pl.DataFrame, names: Mapping[str, str], profile: Profile, fingerprint: str) -> Understanding:
    """Decide what each column means; what people answered stands, then the known layout, then the best scores."""
    layout = recognise_layout(names.values())
    looks = looks_of(cells, names)
    fixed = answered_columns(names, profile)
    second_best: dict[Meaning, tuple[str, ...]] = {}
    refused = {Meaning(m) for m, header in profile.columns.items() if header == NO_COLUMN and m in set(Meaning)}
    if layout:
        first_choice, second_best = layout_columns(layout, names, refused)
        fixed = {**first_choice, **fixed}
    taken = {column for columns in fixed.values() for column in columns}
    foreign = [c for c in names if c not in taken and not (layout and squash(names[c]) in layout.headers)]
    open_meanings = [m for m in Meaning if m not in fixed and m not in refused and allows(fixed, m, layout)]
    scores = score_columns(foreign, open_meanings, names, looks)
    chosen = {
        m: (c,)
        for m, c in assign({pair: score**2 for pair, score in scores.items()}).items()
        if scores[m, c] >= (0 if m in NEEDED else OPTIONAL)
    }
    settled, questions = settle(chosen, scores, Settling(cells, names, fingerprint))
    clear = {m: columns for m, columns in settled.items() if m not in second_best or scores[m, columns[0]] > CLEAR}
    columns = {**second_best, **without_false_ids(clear, looks), **fixed}
    used = {column for group in columns.values() for column in group}
    rest = tuple(names[column] for column in foreign if column not in used)
    columns = name_codes(join_sku(columns, names, looks), names, looks)
    return Understanding(columns, layout, rest, questions, looks)


def looks_of(cells: pl.DataFrame, names: Mapping[str, str]) -> dict[str, Look]:
    """Look at every column; of a long file at a share of its rows that does not depend on their order."""
    seen = cells.select(list(names))
    if seen.height > LOOKED_AT:
        drawn = seen.filter(seen.hash_rows(seed=1) % (seen.height // LOOKED_AT + 1) == 0)
        seen = drawn if drawn.height > LEAST_DRAWN else seen.head(LOOKED_AT)  # the same few rows again and again
    seen = seen.select(pl.all().str.strip_chars().str.strip_prefix("'"))
    seen = seen.select(said_in(column, name) for column, name in names.items())
    distinct = seen.select(pl.all().drop_nulls().unique().sort().implode())
    times = seen.select(pl.all().count()).row(0, named=True)
    return {column: look_of(distinct[column][0], times[column], seen.height) for column in names}


def said_in(column: str, heading: str) -> pl.Expr:
    """Give what a column says; a heading said again and a “Total” are none of it."""
    text = pl.col(column)
    blank = (text == "") | text.str.to_lowercase().is_in(list(BLANKS))
    return pl.when(~blank & (text != heading) & ~text.str.contains(TOTAL)).then(text).alias(column)


def look_of(distinct: pl.Series, times: int, height: int) -> Look:
    """Look at up to two hundred distinct values, evenly drawn, that are said so many times."""
    return look_at(
        distinct.to_list()[:: max(1, distinct.len() // MOST_SEEN)],
        filled=times / max(height, 1),
        distinct=distinct.len(),
        repeated=times / max(distinct.len(), 1),
    )


def answered_columns(names: Mapping[str, str], profile: Profile) -> dict[Meaning, tuple[str, ...]]:
    """Turn people's answers into columns; an answer for a header this file lacks says nothing."""
    by_name = {squash(name): column for column, name in reversed(list(names.items()))}
    return {
        Meaning(meaning): (by_name[squash(header)],)
        for meaning, header in profile.columns.items()
        if squash(header) in by_name and header != NO_COLUMN
    }


def layout_columns(
    layout: KnownLayout, names: Mapping[str, str], refused: set[Meaning]
) -> tuple[dict[Meaning, tuple[str, ...]], dict[Meaning, tuple[str, ...]]]:
    """Turn a known layout's headers into this file's columns; apart, those whose first choice is not here."""
    by_name = {squash(name): column for column, name in reversed(list(names.items()))}
    wanted = {m: headers for m, headers in layout.columns.items() if m not in refused}
    found = {m: tuple(by_name[h] for h in headers if h in by_name) for m, headers in wanted.items()}
    sure = {m: columns for m, columns in found.items() if columns and layout.columns[m][0] in by_name}
    return sure, {m: columns for m, columns in found.items() if columns and m not in sure}


def allows(fixed: Mapping[Meaning, tuple[str, ...]], meaning: Meaning, layout: KnownLayout | None) -> bool:
    """Keep undecided money meanings out where a layout or an answer has decided them."""
    if meaning is Meaning.PRICE:
        return not {Meaning.UNIT_PRICE, Meaning.UNIT_COST} & fixed.keys() or layout is None
    if meaning is Meaning.TOTAL:
        return not {Meaning.PRICE_TOTAL, Meaning.COST_TOTAL} & fixed.keys()
    return True


def score_columns(
    columns: list[str], meanings: list[Meaning], names: Mapping[str, str], looks: Mapping[str, Look]
) -> dict[tuple[Meaning, str], float]:
    """Score every column for every meaning: what the header says, times how well the values suit."""
    scores: dict[tuple[Meaning, str], float] = {}
    for column in columns:
        said = said_by(names[column][:LONGEST_HEADER])
        unknown = max(said.values(), default=0.0) < FAMILIAR
        for meaning in meanings:
            alone = fit_alone(meaning, looks[column]) if unknown else 0.0
            score = max(said.get(meaning, 0.0) * fit(meaning, looks[column]), alone)
            if score > WORTH_KEEPING:
                scores[meaning, column] = score
    return best_few(scores)


def best_few(scores: dict[tuple[Meaning, str], float]) -> dict[tuple[Meaning, str], float]:
    """Keep a dozen columns a meaning, so that a sheet of thousands of columns costs no more."""
    kept: dict[tuple[Meaning, str], float] = {}
    for meaning in {m for m, _ in scores}:
        mine = sorted((-score, len(c), c) for (m, c), score in scores.items() if m is meaning)[:12]
        kept |= {(meaning, column): -score for score, _, column in mine}
    return kept


def without_false_ids(
    columns: Mapping[Meaning, tuple[str, ...]], looks: Mapping[str, Look]
) -> dict[Meaning, tuple[str, ...]]:
    """Drop a client's id or domain that is one for all clients, or another on every line of the same client."""
    client = looks[columns[Meaning.CLIENT][0]] if Meaning.CLIENT in columns else None

    def is_false(look: Look) -> bool:
        if client is None or client.distinct < SEVERAL:
            return False
        each_line = look.distinct > SEVERAL and look.repeated < ONE_A_LINE and client.repeated > ONE_A_CLIENT
        return look.distinct == 1 or each_line

    ids = (Meaning.CLIENT_ID, Meaning.DOMAIN)
    return {m: found for m, found in columns.items() if m not in ids or not is_false(looks[found[0]])}


def join_sku(
    columns: dict[Meaning, tuple[str, ...]], names: Mapping[str, str], looks: Mapping[str, Look]
) -> dict[Meaning, tuple[str, ...]]:
    """Put Microsoft's product id before a SKU id that is only its last part."""
    sku = columns.get(Meaning.SKU, ())
    used = {column for group in columns.values() for column in group}
    if len(sku) != 1 or squash(names[sku[0]]) != "skuid" or looks[sku[0]].size > LONGEST_SKU:
        return columns
    ids = [c for c, name in names.items() if squash(name) == "productid" and c not in used]
    return {**columns, Meaning.SKU: (ids[0], sku[0])} if ids else columns


def name_codes(
    columns: dict[Meaning, tuple[str, ...]], names: Mapping[str, str], looks: Mapping[str, Look]
) -> dict[Meaning, tuple[str, ...]]:
    """Call products by what describes them where that has words and the column of products has codes only."""
    product = columns.get(Meaning.PRODUCT, ())
    if len(product) != 1 or product != columns.get(Meaning.SKU) or looks[product[0]].spaced > FEW:
        return columns
    said = [c for c, name in names.items() if squash(name) == "description" and looks[c].spaced > MOST]
    return {**columns, Meaning.PRODUCT: (*said, *product)}
