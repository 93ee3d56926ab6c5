"""What a web or mail domain, or a place at the end of a name, says about whose it is."""

from __future__ import annotations

import polars as pl

from recon.matching.words import word_list

SUFFIX = r"(?:\.(?:co|com|org|net|gov|edu|ac|go|or|ne)\.[a-z]{2}|\.[a-z]+)$"


def clean_domain(domain: pl.Expr) -> pl.Expr:
    """Write a domain, address or mail address one way; one that anyone may have is null."""
    host = (
        domain.str.strip_chars()
        .str.to_lowercase()
        .str.replace(r"^[a-z]+://", "")
        .str.replace(r"^.*@", "")
        .str.replace(r"[/?#:;,\s].*$", "")
        .str.replace(r"^www\d?\.", "")
        .str.strip_chars(".")
    )
    usable = host.str.contains(".", literal=True) & ~host.is_in(word_list("mail_domains"))
    return pl.when(usable).then(host.str.slice(0, 253)).otherwise(None)


def site_name(domain: pl.Expr) -> pl.Expr:
    """Take the part its owner chose, letters and digits only: `acme-east.onmicrosoft.com` is `acmeeast`."""
    chosen = domain.str.replace(r"(?:\.mail)?\.onmicrosoft\.(?:com|us|de)$|\.sharepoint\.com$", "").str.replace(
        SUFFIX, ""
    )
    letters = chosen.str.extract(r"([^.]+)$").str.replace_all(r"[^\p{L}\p{N}]", "")
    return pl.when(letters == "").then(None).otherwise(letters)


def one_place() -> pl.Expr:
    """Tell which names do not end in two places."""
    mine, theirs = (pl.col(name).fill_null("") for name in ("tail", "tail_right"))
    return (mine == "") | (theirs == "") | (mine == theirs)
