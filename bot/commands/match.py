"""`gapwatch match`: the name matcher alone, from two CSV files to a CSV of pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from recon import (
    NO_JUDGEMENTS,
    Judgements,
    Kind,
    Stopped,
    UnreadableFile,
    judgements_from_text,
    match_pairs,
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
    """Match two lists of names; every pair worth a look gets the chance that it is one thing."""
    try:
        pairs = match_pairs(read_names(left), read_names(right), kind=kind, judgements=read_judgements(judgements))
        pairs.with_columns(pl.col("reasons").list.join("; "), pl.col("score").round(6)).write_csv(out)
    except Stopped as stop:
        typer.echo(str(stop), err=True)
        raise typer.Exit(2) from stop
    except OSError as trouble:
        typer.echo(f"I can't write {out}: {trouble.strerror or trouble}.", err=True)
        raise typer.Exit(2) from trouble
    certain = pairs.filter(pl.col("verdict") == "certain").height
    typer.echo(f"{certain} certain, {pairs.height - certain} more worth a look, in {out}.")


def read_names(path: Path) -> pl.DataFrame:
    """Read a list of names, or say what is wrong with it."""
    try:
        table = pl.read_csv(path, infer_schema=False, encoding="utf8-lossy")
    except OSError as trouble:
        raise UnreadableFile(f"I can't open {path}: {trouble.strerror or trouble}.") from trouble
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


def read_judgements(path: Path | None) -> Judgements:
    """Read what people said, if there is a file."""
    if path is None:
        return NO_JUDGEMENTS
    try:
        return judgements_from_text(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as trouble:
        raise UnreadableFile(f"I can't read {path}: {trouble}.") from trouble
