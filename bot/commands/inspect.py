"""`gapwatch inspect`: what a file was taken for, and how to answer what is unclear."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.commands.files import saying_what_stops, write_whole
from recon import (
    NO_PROFILES,
    Layout,
    Problem,
    Profiles,
    Question,
    Reading,
    Side,
    Stopped,
    Topic,
    profiles_from_json,
    read_lines,
)

SOME, WIDEST = 20, 80  # problems; signs of what stands in a column
FINE, UNSETTLED = 0, 1
NO_COLUMNS = ("side", "decimals", "day_order", "currency", "client_name")  # answered with something else
ANSWERS = {Topic.SIDE: "side", Topic.DECIMALS: "decimals", Topic.DAY_ORDER: "day_order", Topic.CURRENCY: "currency"}


def inspect(
    file: Annotated[Path, typer.Argument(help="An export: CSV, TSV, XLSX, also gzipped.")],
    *,
    profile: Annotated[Path | None, typer.Option(help="Answers about headers, kept as JSON.")] = None,
    side: Annotated[Side | None, typer.Option(help="Whose word the file is, if it does not tell.")] = None,
    answer: Annotated[list[str] | None, typer.Option(help="Keep an answer in the profile: quantity=Seats.")] = None,
) -> None:
    """Show what a file is taken for: columns, side, lines, problems and questions.

    Exit codes: 0 all is clear, 1 there are problems or questions, 2 the file is refused.
    """
    with saying_what_stops():
        reading = look_at(file, profile, side=side, answers=answer or [])
        Console().print(shown(reading, file, profile), crop=False)
    raise typer.Exit(UNSETTLED if reading.problems or reading.questions else FINE)


def look_at(file: Path, profile: Path | None, *, side: Side | None, answers: list[str]) -> Reading:
    """Read the file with the answers kept so far and those given now, which are kept too."""
    profiles = kept_profiles(profile)
    content = file.read_bytes()
    reading = read_lines(content, file.name, profiles=profiles, side=side)
    if not answers:
        return reading
    if profile is None:
        raise Stopped("I keep answers in a profile file. Name one: --profile answers.json")
    refuse_unknown_columns(answers, reading.layout)
    profiles = profiles.answering(reading.layout.fingerprint, *answers)
    reading = read_lines(content, file.name, profiles=profiles, side=side)
    write_whole(profile, profiles.to_json().encode())
    return reading


def refuse_unknown_columns(answers: list[str], layout: Layout) -> None:
    """Stop where an answer names a column that the file has not."""
    for answer in answers:
        about, _, said = answer.partition("=")
        if about.strip() not in NO_COLUMNS and said.strip() not in ("-", "", *layout.headers):
            seen = ", ".join(layout.headers)
            raise Stopped(f"There is no column “{said.strip()}” in {layout.name}. I see {seen}; “-” means none.")


def kept_profiles(profile: Path | None) -> Profiles:
    """Read the answers kept so far; a file that is not there yet holds none."""
    if profile is None or not profile.exists():
        return NO_PROFILES
    return profiles_from_json(profile.read_text(encoding="utf-8", errors="replace"))


def shown(reading: Reading, file: Path, profile: Path | None) -> RenderableType:
    """Lay the whole reading out, what it was taken for first."""
    parts: list[RenderableType] = [headline(reading, file.name), Text(), columns_table(reading.layout)]
    if reading.layout.not_understood:
        parts += [Text(), Text(f"Kept but not understood: {', '.join(reading.layout.not_understood)}", style="dim")]
    if reading.problems:
        parts += [Text(), problems_table(reading.problems)]
    for question in reading.questions:
        parts += [Text(), question_text(question, file, profile)]
    return Group(*parts)


def headline(reading: Reading, name: str) -> Text:
    """Say in two lines what the file is."""
    layout = reading.layout
    kind = [layout.format, layout.encoding, f"sheet “{layout.sheet}”" if layout.sheet else None]
    kind += [f"header in row {layout.header_row}", layout.month]
    source = layout.source or "an export of a system I don't know"
    text = Text.assemble((name, "bold"), f": {source}, ")
    text.append(str(layout.side or "side unknown"), style="bold green" if layout.side else "bold yellow")
    text.append(f" ({', '.join(part for part in kind if part)})\n")
    aside = reading.set_aside.height
    text.append(counted_as(reading.lines.height, "line"), style="bold")
    text.append(f", {counted_as(reading.lines['client'].n_unique(), 'client')}" if reading.lines.height else "")
    text.append(f", {counted_as(aside, 'row')} set aside" if aside else "")
    counted = reading.set_aside["reason"].value_counts().sort("reason").rows() if aside else []
    text.append(f" ({', '.join(f'{count:,} {reason}' for reason, count in counted)})" if counted else "")
    text.append(f", {counted_as(layout.blank_rows, 'blank row')}" if layout.blank_rows else "")
    return text


def counted_as(count: int, thing: str) -> str:
    """Write a number of things: 1 line, 2 lines."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def columns_table(layout: Layout) -> Table:
    """Show which column has which meaning, and what stands in it."""
    table = Table("meaning", "column", "values", "written with", box=None, header_style="bold", pad_edge=False)
    for meaning, headers in layout.columns.items():
        values = " · ".join(dict.fromkeys(value for header in headers for value in layout.samples.get(header, ())))
        style = {layout.decimals.get(header) or layout.day_orders.get(header) for header in headers} - {None, "."}
        written = ", ".join(sorted("decimal comma" if mark == "," else str(mark) for mark in style))
        table.add_row(Text(meaning.replace("_", " ")), Text(", ".join(headers)), Text(in_short(values), "dim"), written)
    return table


def in_short(values: str) -> str:
    """Cut what is too long for a table, and show that it was."""
    return values if len(values) <= WIDEST else f"{values[: WIDEST - 1].rstrip(' ·')}…"


def problems_table(problems: tuple[Problem, ...]) -> Table:
    """Show the first problems, and how many more there are."""
    table = Table("row", "problem", box=None, header_style="bold", pad_edge=False, title=None)
    for problem in problems[:SOME]:
        table.add_row(str(problem.row or ""), Text(problem.sentence))
    if len(problems) > SOME:
        table.add_row("", f"... and {len(problems) - SOME:,} more")
    return table


def question_text(question: Question, file: Path, profile: Path | None) -> Text:
    """Ask, and show what to type for each answer; a command is one line on any terminal, so that it can be copied."""
    key = ANSWERS.get(question.topic, question.about)
    text = Text.assemble((question.sentence, "bold yellow"), no_wrap=True, overflow="ignore")
    if question.samples:
        text.append(f"\n  it says: {' · '.join(question.samples)}", style="dim")
    kept = shlex.quote(str(profile or "answers.json"))
    for candidate in question.candidates:
        said = shlex.quote(f"{key}={candidate.value}")
        text.append(f"\n  {candidate.label}", style="bold")
        text.append(f"{': ' + '; '.join(candidate.reasons) if candidate.reasons else ''}\n")
        text.append(f"    gapwatch inspect {shlex.quote(str(file))} --profile {kept} --answer {said}", style="cyan")
    return text
