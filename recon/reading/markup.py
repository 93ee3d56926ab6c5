"""Tables written as markup: a web page that some portals call XLS, and the XML that Excel wrote in 2003."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from recon.reading.sheet import BestHeader, Sheet, cells_of

LARGEST = 10 * 1024 * 1024  # letters
MOST_COLUMNS = 128
MOST_CELLS = 20_000_000  # as a grid
HEAD_ROWS = 60
LEAST = 2.0  # what a header of lines scores at least, as in a workbook
TOKEN = re.compile(r"<(?P<ends>/?)(?:\w+:)?(?P<tag>[a-zA-Z]\w*)(?P<said>[^<>]*)>|(?P<text>[^<]+)|<")
UNSHOWN = re.compile(  # what is never closed reaches to the end, so that no letter is looked at twice
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(?P<tag>style|script)\b[^<>]*(?<!/)>.*?(?:</(?P=tag)\b[^<>]*>?|\Z)"
    r"|<!\[(?:if|endif)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
NUMBER_OF = {name: re.compile(rf"\b{name}\s*=\s*[\"']?(\d{{1,4}})", re.IGNORECASE) for name in ("colspan", "rowspan")}
MERGED, INDEX = (re.compile(rf"\b{name}\s*=\s*\"(\d{{1,4}})\"") for name in ("MergeAcross", "Index"))
WORKBOOK = re.compile(r"<(?:\w+:)?workbook\b", re.IGNORECASE)
ROWS, CELLS, BREAKS = frozenset({"tr", "row"}), frozenset({"td", "th", "cell"}), frozenset({"br", "p", "div", "li"})
Rows = list[dict[int, str]]  # of each row, column -> text


def read_markup(text: str, best_header: BestHeader) -> Sheet | None:
    """Read the table whose header speaks most of lines; none where no table does, as in a login page."""
    if len(text) > LARGEST:
        return None
    scored = [(best_header(list(row.values()) for row in rows[:HEAD_ROWS])[0], rows) for rows in tables_in(text)]
    best, rows = max(scored, key=lambda pair: pair[0], default=(0.0, []))
    width = 1 + max((column for row in rows for column in row), default=0)
    if best < LEAST or len(rows) == 1 or len(rows) * width > MOST_CELLS:
        return None
    cells = cells_of([[row.get(column) or None for column in range(width)] for row in rows])
    return Sheet(cells, "XML" if WORKBOOK.search(text[:2_000]) else "HTML")


def tables_in(text: str) -> Iterator[Rows]:
    """Cut what a browser shows into tables of rows; a table within a table is one of its own."""
    within: list[Table] = []
    for token in TOKEN.finditer(UNSHOWN.sub("", text)):
        tag = (token["tag"] or "").lower()
        if tag == "table" and not token["ends"]:
            within.append(Table())
        elif tag == "table" and within:
            yield from within.pop().read()
        elif within:
            within[-1].take(tag, token)
    for table in within:  # of a file that breaks off
        yield from table.read()


class Table:
    """A table as it is put together, token by token."""

    def __init__(self) -> None:
        """Begin without rows."""
        self.rows: list[dict[int, list[str]]] = []  # column -> the pieces of what the cell says
        self.below: dict[int, int] = {}  # column -> rows in which a cell from above still fills it
        self.free = 0  # the next column of the row
        self.open: list[str] | None = None

    def read(self) -> Iterator[Rows]:
        """Give the rows, if there are any, as text."""
        if self.rows:
            yield [{at: " ".join("".join(said).split()) for at, said in row.items()} for row in self.rows]

    def take(self, tag: str, token: re.Match[str]) -> None:
        """Begin or end a row or a cell, or add to what the open cell says."""
        if tag in ROWS:
            self.open, self.free = None, 0
            self.rows += [] if token["ends"] else [{}]
        elif tag in CELLS:
            self.open = None
            if self.rows and not token["ends"]:
                self.place(token["said"])
        elif self.open is not None and (token["text"] or tag in BREAKS):
            self.open.append(html.unescape(token["text"] or " "))

    def place(self, said: str) -> None:
        """Open a cell in its column: past merged cells beside it and above it, or where it says itself."""
        stated = INDEX.search(said)
        at = int(stated[1]) - 1 if stated else self.free
        while self.below.get(at):
            self.below[at] -= 1
            at += 1
        wide, high = (int(found[1]) if (found := NUMBER_OF[name].search(said)) else 1 for name in NUMBER_OF)
        merged = MERGED.search(said)
        self.free = at + max(wide, int(merged[1]) + 1 if merged else 1)
        if at >= MOST_COLUMNS:
            return
        if high > 1:
            self.below |= dict.fromkeys(range(at, min(self.free, MOST_COLUMNS)), high - 1)
        self.open = self.rows[-1].setdefault(at, [])
