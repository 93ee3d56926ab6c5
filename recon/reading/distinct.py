"""Each distinct text of a column is read once, however often it stands there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

FEW = 2_000
"""So many texts are sooner looked up one by one than joined."""


def read_distinct(
    values: pl.Series, read: Callable[[str], object], dtype: type[pl.DataType] | pl.DataType = pl.String
) -> pl.Series:
    """Read a column of text through a function of one text; nothing stays nothing."""
    if values.null_count() == len(values):
        return pl.Series(values.name, [None], dtype=dtype).new_from_index(0, len(values))
    texts = values.unique()
    answers = [None if text is None else read(text) for text in texts.to_list()]
    return answered(values, texts, pl.Series("answer", answers, dtype=dtype))


def answered(values: pl.Series, texts: pl.Series, answers: pl.Series) -> pl.Series:
    """Put the answer to each text wherever the text stands."""
    if len(values) <= FEW:
        found = dict(zip(texts.to_list(), answers.to_list(), strict=True))
        return pl.Series(values.name, [found.get(text) for text in values.to_list()], dtype=answers.dtype)
    known = pl.DataFrame({"text": texts, "answer": answers})
    return (
        values.to_frame("text").join(known, on="text", how="left", maintain_order="left")["answer"].alias(values.name)
    )


def distinct_texts(columns: Mapping[str, pl.Series]) -> pl.DataFrame:
    """List the distinct texts of several columns, one below the other: `column`, `text`."""
    texts = [values.unique() for values in columns.values()]
    listed = pl.DataFrame({"column": list(columns), "text": texts}, {"column": pl.String, "text": pl.List(pl.String)})
    return listed.explode("text")
