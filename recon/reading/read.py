"""A table becomes lines, and everything said about them."""

from __future__ import annotations

import polars as pl

from recon.errors import UnreadableFile
from recon.lines import Side, empty_lines
from recon.nearby import near_polars
from recon.questions import Problem, Question
from recon.reading.dating import is_by_invoice, months_without_year
from recon.reading.described import layout_of
from recon.reading.fees import ask_of_fees
from recon.reading.file import File, look_into
from recon.reading.groups import name_from_above
from recon.reading.meanings import DATES, MONEY, WHAT, WHO, Meaning
from recon.reading.normalise import NUMBERS, normalise
from recon.reading.odd import Sorted, none_odd, sort_rows
from recon.reading.profiles import NO_PROFILES, Profiles
from recon.reading.reading import Reading
from recon.reading.sheet import ROW, Sheet, cell_names
from recon.reading.sides import ask_side
from recon.reading.source import Source
from recon.reading.styles import Styles, Wanted, Writing, decide_styles
from recon.reading.table import read_table
from recon.reading.texts import client_in_name, tidied

LEAST_LIKE_A_NUMBER = 0.8
SEVERAL, MOST_NAMED = 2, 5
SMALL = 500_000  # bytes, which are read in an instant


def read_lines(content: bytes, name: str, *, profiles: Profiles = NO_PROFILES, side: Side | None = None) -> Reading:
    """Read an export: its lines, what could not be read, what must be asked, and what we took it for."""
    is_small = len(content) < SMALL
    return near_polars(lambda: read_sheet(read_table(content, name), name, profiles, side), is_small=is_small)


def read_sheet(sheet: Sheet, name: str, profiles: Profiles, side: Side | None) -> Reading:
    """Read the lines of a table."""
    file = look_into(sheet, name, profiles, side)
    refuse_what_has_no_lines(file)
    styles = decide_styles(writing_of(file), numbers=numbers_wanted(file), dates=dates_wanted(file))
    questions = [*file.known.questions, *side_questions(file), *styles.questions]
    if questions:
        return unanswered(file, styles, questions)
    source, carried = source_of(file, styles)
    lines, problems = normalise(source)
    questions = ask_of_fees(file, lines)
    if questions:
        return unanswered(file, styles, questions)
    found = sort_rows(lines, file.below, file.names, set(numbers_in(file)), file.columns.get(Meaning.QUANTITY, ()))
    notes = [*file_notes(file), *carried, *found.problems, *found.of_lines(problems)]
    lines = found.lines.rechunk()  # frames whose columns are cut alike can be put together without copying
    return Reading(
        lines, tuple(notes), (), layout_of(file, styles, found), table_of(file, found), found.set_aside,
        found.uncounted,
    )  # fmt: skip


def refuse_what_has_no_lines(file: File) -> None:
    """Stop where no row can become a line, saying which column is missed."""
    asked = {question.about for question in file.known.questions}
    headings = ", ".join(list(file.names.values())[:12])
    if not any(look.filled for look in file.known.looks.values()) and not says_anything(file.below):
        raise UnreadableFile(f"{file.name} has column headings ({headings}) and no lines below them. Export it again.")
    has_product = bool(set(WHAT) & file.known.columns.keys()) or Meaning.PRODUCT in asked
    counted = {Meaning.QUANTITY, *MONEY} & file.known.columns.keys() or Meaning.QUANTITY in asked
    if not has_product or not counted:
        missed = " or ".join(["a product"] * (not has_product) + ["a quantity or an amount"] * (not counted))
        how = "Export it with those columns, or tell me which column it is."
        how = how if has_product else products_beside(file) or how
        raise UnreadableFile(f"I can't find {missed} in {file.name}. I see {headings}. {how}")


def products_beside(file: File) -> str:
    """Say how to export a file that seems to have a column a product: nobody knows which columns are none."""
    used = {column for columns in file.columns.values() for column in columns}
    looks = {column: look for column, look in file.known.looks.items() if column not in used}
    counting = [file.names[column] for column, look in looks.items() if look.whole > LEAST_LIKE_A_NUMBER]
    if len(counting) < SEVERAL or not set(WHO) & file.known.columns.keys():
        return ""
    more = [f"{len(counting) - MOST_NAMED} more"] * (len(counting) > MOST_NAMED)
    named = [*(f"“{heading}”" for heading in counting[:MOST_NAMED]), *more]
    return (
        f"If {', '.join(named[:-1])} and {named[-1]} are products, export one line per client and product, "
        "with a column that names the product and one that says how many."
    )


def says_anything(rows: pl.DataFrame) -> bool:
    """Whether any cell of any row holds more than gaps."""
    return any(rows[column].str.contains(r"\S").any() for column in cell_names(rows))


def side_questions(file: File) -> list[Question]:
    """Ask whose word the file is, unless it is known."""
    return [] if file.side else [ask_side(file.name, file.fingerprint, file.below.height)]


def writing_of(file: File) -> Writing:
    """Gather what the styles of a file are decided from."""
    order = file.known.layout.day_order if file.known.layout else None
    periods = frozenset(file.columns.get(Meaning.PERIOD, ()))
    return Writing(file.below, file.names, file.fingerprint, file.profile, file.sheet.numeric, order, periods)


def numbers_in(file: File) -> list[str]:
    """List the columns read as numbers."""
    meanings = NUMBERS if file.side else (*NUMBERS, *MONEY)
    return list(dict.fromkeys(column for m in meanings for column in file.columns.get(m, ())))


def numbers_wanted(file: File) -> Wanted:
    """Every column read as numbers, and as witness every one that looks like numbers."""
    looks = file.known.looks.items()
    alike = [column for column, look in looks if look.number > LEAST_LIKE_A_NUMBER > look.date]
    return Wanted(numbers_in(file), alike)


def dates_wanted(file: File) -> Wanted:
    """Every column read as dates, and as witness every one that looks like dates."""
    meanings = (*DATES[:-1], Meaning.PERIOD, *DATES[-1:] * is_by_invoice(file.below, file.columns))
    read = list(dict.fromkeys(column for m in meanings for column in file.columns.get(m, ())))
    return Wanted(read, [column for column, look in file.known.looks.items() if look.date > LEAST_LIKE_A_NUMBER])


def source_of(file: File, styles: Styles) -> tuple[Source, list[Problem]]:
    """Gather what lines are made of, and say what names were taken from above."""
    client = None if set(WHO) & file.known.columns.keys() else client_of(file)
    used = dict.fromkeys(column for columns in file.columns.values() for column in columns)
    remarks = remarks_in(file)
    cells = tidied(file.below.select(ROW, *used, *remarks), used)
    cells, carried = name_from_above(cells, file.columns, file.names)
    source = Source(
        name=file.name,
        cells=cells,
        names=file.names,
        columns=file.columns,
        layout=file.known.layout,
        side=file.side,
        styles=styles,
        currency=file.profile.currency,
        client=client,
        remarks=remarks,
    )
    return source, [*carried, *months_without_year(file.below, file.columns, file.names)]


def remarks_in(file: File) -> tuple[str, ...]:
    """List the columns of words that we do not understand, of an export we do not know."""
    used = {column for columns in file.columns.values() for column in columns}
    looks = {} if file.known.layout else file.known.looks
    return tuple(column for column, look in looks.items() if column not in used and look.text > 0)


def client_of(file: File) -> str:
    """Whose file it is when no column says so."""
    return file.profile.client_name or client_in_name(file.name)


def file_notes(file: File) -> list[Problem]:
    """Say what had to be supposed about the file as a whole."""
    notes: list[Problem] = []
    asked = {question.about for question in file.known.questions}
    if file.sheet.damaged:
        notes.append(Problem(None, None, "", f"{file.sheet.damaged} letters are damaged; I show them as \ufffd."))
    notes += [
        Problem(None, None, other, f"Sheet “{other}” looks like lines too; I read only “{file.sheet.name}”.")
        for other in file.sheet.other_tables
    ]
    known = file.known.layout
    if known and file.side and file.side is not known.side:
        sentence = (
            f"{file.name} looks like a {known.side} file ({known.name}); I take it for {file.side}, as you said. "
        )
        notes.append(Problem(None, None, file.name, sentence + "Are the two files swapped?"))
    if not set(WHO) & file.known.columns.keys() and Meaning.CLIENT not in asked:
        taken = client_of(file)
        how = "as you told me" if file.profile.client_name else "from the file's name"
        notes.append(Problem(None, None, taken, f"No column names the client; I take “{taken}”, {how}, for all lines."))
    if Meaning.QUANTITY not in {*file.known.columns, *asked}:
        notes.append(
            Problem(
                None, None, "", "No column says how many; I take each line for an amount of money, never for seats."
            )
        )
    return notes


def unanswered(file: File, styles: Styles, questions: list[Question]) -> Reading:
    """Give a reading without lines, since a question is open."""
    nothing = none_odd(empty_lines())
    return Reading(
        nothing.lines, tuple(file_notes(file)), tuple(questions), layout_of(file, styles, nothing),
        table_of(file, nothing), nothing.set_aside,
    )  # fmt: skip


def table_of(file: File, found: Sorted) -> pl.DataFrame:
    """Show the rows below the header as the file has them, under its headings."""
    table = file.below.rename(dict(file.names))
    return table.filter(~pl.col(ROW).is_in(list(found.blank))) if found.blank else table
