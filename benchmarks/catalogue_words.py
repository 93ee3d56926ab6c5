"""Writes beside each product of the catalogue how it reads, after `product_words.json` changed.

python -m benchmarks.catalogue_words
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from recon.matching.wordings import wording

TABLE = Path(__file__).resolve().parents[1] / "recon" / "data" / "microsoft_products.csv"


def main() -> None:
    """Read every name again."""
    products = pl.read_csv(TABLE, infer_schema=False)
    keys = pl.Series("words", [wording(name).key for name in products["name"]])
    products.with_columns(keys).write_csv(TABLE)


if __name__ == "__main__":
    main()
