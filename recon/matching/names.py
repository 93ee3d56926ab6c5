"""The forms a client's name is compared in."""

from __future__ import annotations

from functools import cache

import polars as pl

from recon.frames import engine_for
from recon.matching.words import legal_forms, legal_words, short_forms, word_list

LONGEST = 300
"""Letters of a name that are looked at; what follows never tells two clients apart."""

SEPARATED = r" *[^\p{L}\p{N} ]+[^\p{L}\p{N}]*| {2,}"
"""All that separates words but a single space, which stays as it is."""

GLUED = r"(?i)([\p{L}\p{N}]{4})((?:incorporated|inc|llc|ltd|limited|corp|company)\.?)$"
"""A legal form written in one with the word before it: `CREDITINC.`."""

CODE = r"^\s*(?:#\s*\d{2,}|c-?\d{3,}|\d{3,}\s+-\s|\d{4,}\s)\s*-?\s*"
ALSO_KNOWN = (
    r"\s(?:d\s?[/.]?\s?b\s?[/.]?\s?a|t\s?/\s?a|a\s?/?\s?k\s?/?\s?a|f\s?/?\s?k\s?/?\s?a|formerly|trading as)\.?:?\s"
)
THE = r"^the\s+|\s+the$"
SILENT = ("and", "of", "the", "for")
"""Words that give no initial."""


def plain(text: pl.Expr) -> pl.Expr:
    """Write a name in lower case without accents or punctuation."""
    return spaced(unaccented(text.str.slice(0, LONGEST)).str.to_lowercase())


def unaccented(text: pl.Expr) -> pl.Expr:
    """Drop what stands above or below letters; `ß` is `ss`."""
    return text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.replace_all("ß", "ss")


def spaced(folded: pl.Expr) -> pl.Expr:
    """Turn `j.c.g. smith's & co` into `jcg smiths and co`."""
    return (
        folded.str.replace_all(r"['’`´ʼ]", "")
        .str.replace_all(r"[&+]", " and ")
        .str.replace_all(r"\b([\p{L}\p{N}])\.", "${1}")
        .str.replace_all(SEPARATED, " ")
        .str.strip_chars()
    )


def opened(text: pl.Expr, words: pl.Series) -> pl.Expr:
    """Put spaces back where a name was written without any: `AchieveNBCInc.` is `Achieve NBC Inc.`.

    What others write as one of their words is one: `McKesson` beside `McKesson Medical`.
    """
    split = text.str.replace_all(r"(\p{Ll})(\p{Lu})", "${1} ${2}")
    split = split.str.replace_all(r"(\p{Lu}\.?)(\p{Lu}\p{Ll})", "${1} ${2}").str.replace(GLUED, "${1} ${2}")
    is_whole = text.str.contains(r"\s") | text.str.to_lowercase().is_in(words.implode())
    return pl.when(is_whole).then(text).otherwise(split)


def words_written_so(names: pl.Series) -> pl.Series:
    """List the names with a capital inside and no space that are a word of other names, written with that capital."""
    inside = names.filter(names.str.contains(r"\p{Ll}\p{Lu}"))
    has_space = inside.str.contains(r"\s")
    words = inside.filter(has_space).str.extract_all(r"[\p{L}\p{N}]+").explode()
    alone = inside.filter(~has_space)
    return alone.filter(alone.is_in(words.implode())).str.to_lowercase()


@cache
def endings() -> dict[str, str]:
    """Patterns of what may end or begin a name without being part of it."""
    notes, places = "|".join(word_list("notes")), "|".join(word_list("places"))
    legal = "|".join(sorted(legal_forms(), key=lambda word: (-len(word), word)))
    return {
        "note": rf"(?:\s*\*+|\s*\[[^\]]*\]|\s*[-(]\s*(?:{notes})\s*\)?)\s*$",
        "place": rf"(?:,\s*|\s+-\s+|\s*\(|\s+)(?:location \d+|site \d+|hq|main office)\)?\s*$"
        rf"|(?:,\s*|\s+-\s+|\s*\()(?:{places})\)?\s*$",
        "legal": rf"(?:\s+(?:and\s+)?(?:{legal}))+$",
        "legal form": rf"\s({legal})$",
        "legal first": r"^(?:ооо|оао|зао|пао|ао|ooo|oao|zao|pao|ojsc|jsc|pjsc|limited liability company)\s+",
    }


def without(frame: pl.LazyFrame, form: str, *patterns: str) -> pl.LazyFrame:
    """Cut one pattern after another off a form, each unless nothing would be left."""
    text, cut = pl.col(form), pl.col("cut")
    for pattern in patterns:  # a step for each: within one step, each of the cuts before would be made three times
        frame = frame.with_columns(cut=text.str.replace(pattern, "").str.strip_chars())
        frame = frame.with_columns(pl.when(cut.str.contains(r"[\p{L}\p{N}]")).then(cut).otherwise(text).alias(form))
    return frame


def name_forms(names: pl.Series) -> pl.DataFrame:
    """Give each name's forms.

    `bare` has no code, note, place, legal form or `the`; `core` has its abbreviations written out too; `joined` is
    bare without spaces; `tail` is the place cut off, `aside` what stands in brackets or after a comma, or else that
    place, `alias` what follows `dba`.
    """
    cut = endings()
    written = unaccented(opened(pl.col("name").str.slice(0, LONGEST), words_written_so(names))).str.to_lowercase()
    frame = without(pl.LazyFrame({"name": names}).with_columns(head=written), "head", CODE, cut["note"], cut["note"])
    frame = frame.with_columns(alias=pl.col("head").str.extract(ALSO_KNOWN + r"(.+)$"))
    frame = without(frame, "head", ALSO_KNOWN + r".+$").with_columns(main="head")
    frame = without(frame, "main", cut["place"], cut["note"]).with_columns(
        tail=spaced(pl.col("head").str.slice(pl.col("main").str.len_chars())),
        aside=aside(pl.col("main")),
        main=said_once(spaced(pl.col("main"))),
    )
    frame = frame.with_columns(aside=pl.coalesce("aside", pl.when(pl.col("tail") != "").then("tail")))
    frame = frame.with_columns(written=pl.col("main").str.extract(cut["legal form"]), bare="main")
    frame = frame.with_columns(
        legal=pl.col("written").replace_strict(legal_forms(), default=None),
        legal_word=pl.col("written").replace(legal_words()),
    )
    named = without(frame, "bare", cut["legal"], cut["legal first"], THE).select(*forms())
    return named.collect(engine=engine_for(names.len()))


def said_once(main: pl.Expr) -> pl.Expr:
    """Drop words that begin a name and are said again, to their end or cut short: `acme dental acme dental north`."""
    first = main.str.extract(r"^(\S{2,})")
    parts = pl.concat_str(main, pl.lit(" ")).str.splitn(pl.concat_str(pl.lit(" "), first, pl.lit(" ")), 2).struct
    said, again = parts.field("field_0"), pl.concat_str(first, pl.lit(" "), parts.field("field_1")).str.strip_chars()
    several = r"\S \S"
    return (
        pl.when(said.str.starts_with(again) & again.str.contains(several))
        .then(said)
        .when(again.str.starts_with(said) & said.str.contains(several))
        .then(again)
        .otherwise(main)
    )


def aside(main: pl.Expr) -> pl.Expr:
    """Take what stands in brackets at the end, or after the last comma, unless that is a legal form."""
    bracketed = main.str.extract(r"[(\[]([^()\[\]]+)[)\]]?\s*$")
    after = spaced(main.str.extract(r",\s*([^,()\[\]]+)$"))
    legal = pl.concat_str(pl.lit(" "), after).str.contains(endings()["legal"])
    return pl.coalesce(spaced(bracketed), pl.when(legal.not_()).then(after))


def forms() -> list[pl.Expr]:
    """Derive the forms from the bare name; a name of signs only is its own form."""
    signs = pl.col("name").str.slice(0, LONGEST).str.strip_chars()
    bare = pl.when(pl.col("bare") == "").then(signs).otherwise(pl.col("bare"))
    core = canonical(bare)
    joined = bare.str.replace_all(" ", "")
    told = {"core": core, "bare": bare, "joined": joined, "initials": initials(bare, SILENT), "same": core}
    told["letters"] = initials(bare, ())
    return [form.alias(name) for name, form in told.items()] + [pl.col("tail", "aside", "legal", "legal_word", "alias")]


def canonical(bare: pl.Expr) -> pl.Expr:
    """Write abbreviations out and drop words that say nothing: `intl svcs` is `international service`."""
    words = bare.str.split(" ").list.eval(pl.element().filter(~pl.element().is_in(SILENT[:3])).replace(short_forms()))
    said = words.list.join(" ")
    return pl.when(said == "").then(bare).otherwise(said)


def initials(bare: pl.Expr, silent: tuple[str, ...]) -> pl.Expr:
    """Take the first letter of each word but the silent ones."""
    return bare.str.split(" ").list.eval(pl.element().filter(~pl.element().is_in(silent)).str.slice(0, 1)).list.join("")
