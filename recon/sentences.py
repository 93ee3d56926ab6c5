"""What is amiss with a client's seats, in one sentence a person would say."""

from __future__ import annotations

from recon.cells import Cell
from recon.gaps import GapKind, count


def say_miscounted(cell: Cell, kind: GapKind) -> str:
    """Say how many there are and how many are billed."""
    client, product, seats = cell.client, cell.product, count(cell.missing or cell.surplus)
    has, billed = f"{count(cell.seats_bought)} {product}{_say_due(cell)}", _say_billed(cell)
    are = "is" if cell.missing == 1 else "are"
    match kind:
        case GapKind.UNBILLED:
            return f"{client} has {has} and is billed for none."
        case GapKind.UNDERBILLED:
            return f"{client} has {has} and is billed for {billed}: {seats} {are} not billed."
        case GapKind.UNBOUGHT:
            where = " in bundles" if cell.bundled else ""
            return f"{client} is billed for {count(cell.seats_billed + cell.bundled)} {product}{where} and has none."
        case GapKind.DUPLICATE:
            return f"{client} has {has} and is billed for the same {seats} twice."
        case GapKind.OVERBILLED:
            return f"{client} has {has} and is billed for {billed}: {seats} too many."
        case _:
            of_client = f"{client}'" if client.endswith("s") else f"{client}'s"
            return f"{of_client} {product} changed by {seats} only lately; the next bill should show it."


def _say_due(cell: Cell) -> str:
    """Say how many are to bill, where a rule makes that another number than there are."""
    due = cell.least if cell.missing else cell.most
    return "" if due == cell.seats_bought else f" ({count(due)} to bill)"


def _say_billed(cell: Cell) -> str:
    """Say how many are billed, by themselves and in bundles."""
    if not cell.bundled:
        return count(cell.seats_billed)
    alone = f"{count(cell.seats_billed)} and " if cell.seats_billed else ""
    return f"{alone}{count(cell.bundled)} in bundles"
