"""What is to be agreed: only what its kind needs is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.services.agreements import MAY_BE_ABOUT_ALL
from bot.slack import names
from bot.slack.blocks import Block
from bot.slack.fields import day_field, field, modal, number_field, search_field, text_field
from recon import LONGEST_GRACE, MOST_SEATS, RuleKind

TITLES = {
    RuleKind.BUNDLE: "Bundle",
    RuleKind.MINIMUM: "Minimum",
    RuleKind.INCLUDED: "Included seats",
    RuleKind.TEMPORARY: "Temporary seats",
    RuleKind.GRACE: "Days after cancelling",
    RuleKind.NOT_FOR_RESALE: "For ourselves",
    RuleKind.EXCLUSION: "Not compared",
}
COUNTED = {
    RuleKind.MINIMUM: "At least so many seats are billed",
    RuleKind.INCLUDED: "Seats that are included",
    RuleKind.TEMPORARY: "Seats that are extra for a while",
}
AS_CALLED = "As your files or people call it."
ONE_OF_BOTH = f"{AS_CALLED} Choose a client, name a product, or both."


def agreement_form(kind: RuleKind, *, about: str) -> Block:
    """Ask for what this kind needs, for whom and how long it holds."""
    return modal(
        names.AGREEMENT_FORM,
        TITLES[kind],
        [
            field(names.CLIENT, "Client", search_field("Every client", names.FIND_CLIENT), optional=True),
            *particulars(kind),
            field(names.STARTS, "From", day_field("Always"), optional=True),
            field(names.UNTIL, "Until", day_field("Until it is ended"), optional=True),
            field(names.NOTE, "Note", text_field("Why, or where it is written", most=200), optional=True),
        ],
        about=f"{about} {kind.value}",
    )


def particulars(kind: RuleKind) -> Iterator[Block]:
    """Ask for what only some kinds have."""
    if kind is RuleKind.BUNDLE:
        yield field(names.UNIT, "Bundle", text_field("Managed Workstation", most=200), hint=AS_CALLED)
        products = text_field("Microsoft 365 Business Premium", most=2000, lines=True)
        yield field(names.CONTAINS, "Each contains one each of", products, hint="One product a line.")
        return
    hint = AS_CALLED if kind in MAY_BE_ABOUT_ALL else ONE_OF_BOTH
    yield field(names.PRODUCT, "Product", text_field("Every product", most=200), hint=hint, optional=True)
    if kind in COUNTED:
        yield field(names.SEATS, COUNTED[kind], number_field("5", least=1, most=MOST_SEATS))
    if kind is RuleKind.GRACE:
        yield field(names.DAYS, "Days", number_field("30", least=1, most=LONGEST_GRACE))


def read_agreement(kind: RuleKind, values: Mapping[str, str]) -> dict[str, object]:
    """Read what was filled in."""
    told: dict[str, object] = {
        "kind": kind.value,
        "client": values.get(names.CLIENT),
        "product": values.get(names.PRODUCT, "").strip(),
        "unit": values.get(names.UNIT, "").strip(),
        "contains": [line.strip() for line in values.get(names.CONTAINS, "").splitlines() if line.strip()],
        "seats": int(values.get(names.SEATS) or 0),
        "days": int(values.get(names.DAYS) or 0),
        "start": values.get(names.STARTS),
        "end": values.get(names.UNTIL),
        "note": values.get(names.NOTE, "").strip(),
    }
    return {name: value for name, value in told.items() if value}
