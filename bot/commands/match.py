"""`gapwatch match`: the name matcher alone, from two CSV files to a CSV of pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from bot.commands.files import must_be_writable, read_text, saying_what_stops, write_whole
from recon import (
    Kind,
    UnreadableFile,
    judgements_from_text,
    match_pairs,
    own_weights,
    separator_of,
    what_was_learned,
    write_pairs,
)

COLUMNS = ("domain", "stable_id", "part_number", "sku")


def match(
    left: Annotated[Path, typer.Argument(help="CSV of the bought names: id, name, and optionally domain.")],
    right: Annotated[Path, typer.Argument(help="CSV of the billed names, with the same columns.")],
    *,
    out: Annotated[Path, typer.Option(help="Where to write left_id, right_id, score, verdict, reasons.")],
    kind: Annotated[Kind, typer.Option(help="What the names are names of.")] = Kind.CLIENT,
    judgements: Annotated[Path | None, typer.Option(help="What people said: JSON or CSV.")] = None,
) -> None:
    """Match two lists of names; every pair worth a look gets the chance that it is one thing.

    Exit codes: 0 done; 2 a file or an option can't be used.
    """
    with saying_what_stops():
        must_be_writable(out, read=(left, right, judgements))
        told, names = judgements_from_text(read_text(judgements)), (read_names(left), read_names(right))
        weights = own_weights(*names, told, kind)
        pairs = match_pairs(*names, kind=kind, judgements=told, weights=weights)
        write_whole(out, write_pairs(pairs))
    certain = pairs.filter(pl.col("verdict") == "certain").height
    typer.echo(f"{certain} certain, {pairs.height - certain} more worth a look, in {out}.")
    for lesson in what_was_learned(weights) if weights else ():
        typer.echo(f"Learned from the judgements: {lesson}.")


def read_names(path: Path) -> pl.DataFrame:
    """Read a list of names, or say what is wrong with it."""
    try:
        text = read_text(path)
        table = pl.read_csv(text.encode(), infer_schema=False, separator=separator_of(text))
        table = table.rename(lambda heading: heading.strip().lower())
    except pl.exceptions.PolarsError as trouble:
        raise UnreadableFile(f"I can't read {path} as a CSV: {str(trouble).splitlines()[0]}") from trouble
    missing = [column for column in ("id", "name") if column not in table.columns]
    if missing:
        raise UnreadableFile(f"{path} has no column {missing[0]!r}; I see {', '.join(table.columns)}.")
    table = table.with_columns(pl.col("id", "name").fill_null(""))
    if table["id"].is_duplicated().any():
        twice = table.filter(pl.col("id").is_duplicated())["id"][0]
        raise UnreadableFile(f"{path} has the id {twice!r} more than once; each name needs its own.")
    return table.select("id", "name", *(column for column in COLUMNS if column in table.columns))
