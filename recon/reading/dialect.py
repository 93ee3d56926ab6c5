"""How a text file separates its cells."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from dataclasses import dataclass

from recon.reading.sheet import BestHeader

USUAL = ",;\t|"
SEP_LINE = re.compile(rb'"?sep=(.)"?[ \t;,]*\n', re.IGNORECASE)
HEAD = 131_072
MOST_ROWS = 200
MOST_CELL = 1_000_000

ODD_MARK = re.compile(r"""[^\w"' ./()@$€£-]""")


@dataclass(frozen=True, slots=True)
class Dialect:
    """A delimiter, a quote, and how many bytes of `sep=` line to skip."""

    delimiter: str
    quote: str = '"'
    skip: int = 0


def sniff(utf8: bytes, best_header: BestHeader) -> Dialect | None:
    """Find the delimiter that cuts the head of the file most evenly; a familiar header breaks ties."""
    if said := SEP_LINE.match(utf8):
        return Dialect(said[1].decode("ascii", "replace"), skip=said.end())
    head = head_of(utf8)
    quote = quote_in(head)
    scored = [(evenness(head, mark, quote, best_header), mark) for mark in candidates(head)]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return Dialect(best[1], quote) if best[0] > 0 else None


def head_of(utf8: bytes) -> list[str]:
    """Take whole lines from the start of the file."""
    head = utf8[:HEAD]
    lines = head.decode("utf-8", "replace").split("\n")
    return [line for line in lines[: None if len(utf8) <= HEAD or len(lines) == 1 else -1] if line.strip()][:MOST_ROWS]


def quote_in(head: list[str]) -> str:
    """Take single quotes for quotes only where nearly every line is full of them, and no double ones."""
    if any('"' in line for line in head):
        return '"'
    quoted = sum(1 for line in head if len(re.findall(r"'[^']*'(?=[,;\t|]|$)", line)) > 1)
    return "'" if quoted > 0.8 * len(head) else '"'


def candidates(head: list[str]) -> list[str]:
    """List the usual delimiters, then any other mark that stands equally often in most lines."""
    counts = [Counter(ODD_MARK.findall(line)) for line in head]
    others = {mark for count in counts[:20] for mark in count} - set(USUAL)
    steady = [
        mark for mark in sorted(others) if Counter(c[mark] for c in counts).most_common(1)[0][1] >= 0.9 * len(counts)
    ]
    return [*(mark for mark in USUAL if any(mark in line for line in head)), *steady]


def evenness(head: list[str], mark: str, quote: str, best_header: BestHeader) -> float:
    """How well a delimiter explains the head: rows of one width, wide ones, and a header we know words of."""
    rows = parse_head(head, mark, quote)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width, rows_of_it = max(widths.items(), key=lambda item: (item[1] * (item[0] - 1), item[0]))
    known, _ = best_header(rows[:60])
    usual = 1.0 if mark in USUAL else 0.6
    return usual * (rows_of_it / len(rows)) * math.log2(width + 1) + known


def parse_head(head: list[str], mark: str, quote: str) -> list[list[str]]:
    """Cut the first lines with one delimiter; a cell too long for the reader means it is the wrong one."""
    try:
        return list(csv.reader([line[:MOST_CELL] for line in head], delimiter=mark, quotechar=quote))
    except csv.Error:
        return []
