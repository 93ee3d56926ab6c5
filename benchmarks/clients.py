"""Invented clients, three in ten of them written differently on the two sides."""

from __future__ import annotations

import numpy as np
import polars as pl

WRITTEN_DIFFERENTLY = 0.3
SIBLINGS = 0.03  # the same two names in another trade, right after the first
STARTS = (
    "Al Ash Bar Ben Black Brad Bram Cald Car Cher Clay Col Cran Dal Dan Dev Dun East El Fair Far Fen Gar Glen Had "
    "Hal Hart Hath Hol Inger Kel Ken Kirk Lam Lang Lin Mar Mel Mid Mor Nor Oak Ock Pem Quar Rad Raven Red Ros Ruth "
    "Salt Sel Shel Stan Sten Sun Thorn Til Un Wal War West Whit Win Wood Yar"
)
ENDS = (
    "bank borne bourne brook burn bury by cliff combe cote croft dale den don field ford gate grove ham hill holt "
    "hurst land leigh ley low man mere mond more ridge sby shaw stead stoke stone thorpe ton ville wald ward well "
    "wick wood worth"
)
TRADES = {
    "Accounting": "Acctg", "Architects": "Arch.", "Associates": "Assoc.", "Auto Body": "Autobody",
    "Builders": "Bldrs", "Chiropractic": "Chiro", "Construction": "Const.", "Dental": "Dental",
    "Distributors": "Dist.", "Electric": "Electric", "Engineering": "Engrg", "Environmental": "Env.",
    "Financial Services": "Fin. Services", "Insurance": "Ins.", "Law": "Law", "Logistics": "Logistics",
    "Manufacturing": "Mfg.", "Orthodontics": "Ortho", "Plumbing": "Plbg.", "Property Management": "Property Mgmt",
    "Roofing": "Roofing", "Veterinary Clinic": "Vet Clinic",
}  # fmt: skip
LEGAL = {"LLC": "L.L.C.", "Inc.": "Incorporated", "Corp": "Corporation", "PC": "P.C.", "": ""}


def invent_clients(count: int, chance: np.random.Generator) -> pl.DataFrame:
    """Name so many clients on both sides, with a vendor's id and a PSA's."""
    surnames = pl.Series([start + end for start in STARTS.split() for end in ENDS.split()])
    pairs = chance.choice(len(surnames) ** 2, size=count, replace=False)
    trades = chance.integers(0, len(TRADES), count)
    later = np.arange(1, count)[chance.random(count - 1) < SIBLINGS]
    pairs[later] = pairs[later - 1]
    trades[later] = (trades[later - 1] + 1) % len(TRADES)
    parts = pl.DataFrame(
        {
            "client_number": np.arange(count),
            "one": surnames.gather(pairs // len(surnames)),
            "two": surnames.gather(pairs % len(surnames)),
            "joiner": pl.Series([" & ", " ", "-"]).gather(chance.integers(0, 3, count)),
            "trade": pl.Series(list(TRADES)).gather(trades),
            "legal": pl.Series(list(LEGAL)).gather(chance.integers(0, len(LEGAL), count)),
            "letter": chance.integers(2, 5, count),
            "way": np.where(chance.random(count) < WRITTEN_DIFFERENTLY, chance.integers(0, len(_ways()), count), -1),
        }
    )
    written = _write("one", "joiner", "two", "trade", "legal")
    anew = pl.coalesce(pl.when(pl.col("way") == at).then(way) for at, way in enumerate(_ways()))
    return parts.select(
        "client_number",
        bought_client=written,
        billed_client=pl.when(anew == written).then(written.str.to_uppercase()).otherwise(pl.coalesce(anew, written)),
        company_id=pl.format("{}-5c1e-4b7a-9d20-8f4e21c07a66", pl.col("client_number").cast(pl.String).str.zfill(8)),
        identifier=pl.format("{}{}", pl.col("one").str.slice(0, 6), pl.col("client_number") + 100),
    )


def _write(*parts: str | pl.Expr) -> pl.Expr:
    one, joiner, two, trade, legal = (pl.col(part) if isinstance(part, str) else part for part in parts)
    return pl.concat_str(one, joiner, two, pl.lit(" "), trade, pl.lit(" "), legal).str.strip_chars()


def _ways() -> list[pl.Expr]:
    """List how people write a name anew: forms, abbreviations, capitals, an ampersand, a slip of the keyboard."""
    no_legal, spelled = pl.lit(""), pl.col("legal").replace(LEGAL)
    short = pl.col("trade").replace(TRADES)
    plain_and = pl.col("joiner").replace({" & ": " and ", "-": " "})
    slip = pl.col("two").str.slice(0, pl.col("letter")) + pl.col("two").str.slice(pl.col("letter") + 1)
    usual = _write("one", "joiner", "two", "trade", "legal")
    return [
        _write("one", "joiner", "two", "trade", no_legal),
        _write("one", "joiner", "two", "trade", spelled),
        _write("one", "joiner", "two", short, no_legal),
        _write("one", plain_and, "two", "trade", "legal"),
        _write("one", plain_and, "two", short, spelled),
        _write("one", "joiner", slip, "trade", "legal"),
        usual.str.to_uppercase(),
        pl.lit("The ") + usual,
    ]
