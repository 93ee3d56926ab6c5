"""What a month still needs before it can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.services.exports import KeptFile, Source
from bot.services.ports import Books
from recon import Month, Side

LEAST_SHARE = 0.5  # of the lines a source had last; fewer look like a file that was cut off
Expected = Mapping[tuple[Side | None, str], Source]
SAID = {Side.BOUGHT: "what was bought", Side.BILLED: "what is billed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """A month's files, and what is lacking."""

    month: Month
    files: tuple[KeptFile, ...]
    lacking: tuple[str, ...]  # without these nothing can be compared
    gone: tuple[str, ...]  # files that are past their time: what was found stays, and can't be compared again
    missing: tuple[str, ...]  # without these it can be compared, and no gap is opened or closed
    absent: tuple[Source, ...] = ()  # sources that are waited for
    short: tuple[KeptFile, ...] = ()  # files that look cut off

    @property
    def can_run(self) -> bool:
        """Say whether both sides are there, and can still be read."""
        return not self.lacking and not self.gone


def look_at_month(books: Books, month: Month) -> Readiness:
    """Say what a month has and lacks."""
    files = tuple(file for file in books.exports.of_month(month) if file.side)
    sides = {file.side for file in files}
    lacking = tuple(f"I still need {SAID[side]} in {month.name}." for side in Side if side not in sides)
    expected = _expected(books, month)
    absent, short = tuple(_absent(expected, files)), tuple(_short(expected, files))
    gone = (f"{one.name} is not there for {month.name}; its last export was for {one.month.name}." for one in absent)
    missing = (*gone, *(cut for cut, _ in short), *_unexplained(books, month))
    return Readiness(
        month=month,
        files=files,
        lacking=lacking,
        gone=tuple(_gone(books, files)),
        missing=missing,
        absent=absent,
        short=tuple(file for _, file in short),
    )


def _gone(books: Books, files: tuple[KeptFile, ...]) -> Iterator[str]:
    forgotten = books.files.forgotten(file.digest for file in files)
    for file in files:
        if file.digest in forgotten:
            yield f"{file.name} was deleted when its time was over. Hand it in again."


def _expected(books: Books, month: Month) -> Expected:
    return {(source.side, source.name): source for source in books.exports.sources() if source.month <= month}


def _absent(expected: Expected, files: tuple[KeptFile, ...]) -> Iterator[Source]:
    there = {(file.side, file.source) for file in files}
    yield from (source for place, source in expected.items() if place not in there)


def _short(expected: Expected, files: tuple[KeptFile, ...]) -> Iterator[tuple[str, KeptFile]]:
    for place, source in expected.items():
        parts = [file for file in files if (file.side, file.source) == place]
        count = sum(file.lines for file in parts)
        if parts and not any(file.is_accepted for file in parts) and count < source.lines * LEAST_SHARE:
            names, have, it = (parts[0].name, "has", "it") if len(parts) == 1 else (_and(parts), "have", "that")
            lines = f"{count:,} line{'' if count == 1 else 's'}"
            yield f"{names} {have} {lines} where {source.name} had {source.lines:,}; is {it} whole?", parts[-1]


def _and(files: Sequence[KeptFile]) -> str:
    return f"{', '.join(file.name for file in files[:-1])} and {files[-1].name}"


def _unexplained(books: Books, month: Month) -> Iterator[str]:
    for file in books.exports.asking():
        if file.month in (None, month):
            yield f"{file.name} waits for an answer."
