"""The tier guard: two products of one family that must never be taken for each other."""

from __future__ import annotations

from recon.matching.wordings import SIZE, Wording, families, variants, wording

EITHER = frozenset({"tier", "plan", "scope", "suite", "machine"})
"""Families in which two different words exclude each other even when one side says more."""

GRADES = frozenset({"enterprise", "professional"})
"""Grades that exclude each other wherever both are said, although one is elsewhere an edition and one a level."""

GRADES_OF = {"d365": GRADES | {"premium"}}
"""Where a suite has more of them."""

SUITES = frozenset({"m365", "o365", "w365", "d365"})


def difference(one: Wording, other: Wording) -> str | None:
    """Say why two wordings cannot be one product, or nothing when they can."""
    if one.key == other.key:
        return None
    return (
        variant_difference(one, other)
        or family_difference(one, other)
        or grade_difference(one, other)
        or size_difference(one, other)
    )


def variant_difference(one: Wording, other: Wording) -> str | None:
    """Say which variant only one of them is: no Teams, nonprofit, GCC, trial, add-on."""
    only = sorted((one.marks ^ other.marks) & variants().keys())
    return f"only one of them is {variants()[only[0]]}" if only else None


def family_difference(one: Wording, other: Wording) -> str | None:
    """E3 is never E5, Plan 1 never Plan 2, Basic never Standard, Server never Workstation."""
    known = families()
    for family in dict.fromkeys(known.values()):
        mine = {word for word in written_out(one.marks) if known.get(word) == family}
        theirs = {word for word in written_out(other.marks) if known.get(word) == family}
        if excludes(mine, theirs, family):
            return f"{spoken(mine)} is not {spoken(theirs)}"
    return None


def grade_difference(one: Wording, other: Wording) -> str | None:
    """Dynamics 365 Sales Enterprise is never Sales Professional."""
    grades = GRADES.union(*(GRADES_OF.get(mark, ()) for mark in one.marks & other.marks))
    mine, theirs = (grades & written_out(side.marks) for side in (one, other))
    return f"{spoken({*mine})} is not {spoken({*theirs})}" if mine and theirs and mine.isdisjoint(theirs) else None


def written_out(marks: frozenset[str]) -> set[str]:
    """Write `pro` as `professional`: they are one level."""
    return {"professional" if mark == "pro" else mark for mark in marks}


def excludes(mine: set[str], theirs: set[str], family: str) -> bool:
    """Tell whether what two wordings say of one family cannot both be true."""
    if not mine or not theirs:
        return False
    return mine.isdisjoint(theirs) if family in EITHER else not (mine <= theirs or theirs <= mine)


def size_difference(one: Wording, other: Wording) -> str | None:
    """`2 vCPU 4 GB` is never `2 vCPU 8 GB`; one that gives no size may be either."""
    mine, theirs = sizes(one), sizes(other)
    if not mine or not theirs or mine <= theirs or theirs <= mine:
        return None
    return f"{spoken(mine - theirs)} is not {spoken(theirs - mine)}"


def sizes(product: Wording) -> set[str]:
    """Take the numbers, with or without a unit, that name no tier."""
    return {word for word in product.marks if SIZE.fullmatch(word)}


def spoken(words: set[str]) -> str:
    """Write marks as a person would: `E3`, `Premium`, `8 GB`."""
    return " ".join(sorted(word.upper() if any(c.isdigit() for c in word) else word.capitalize() for word in words))


def sibling_products(one: str, other: str) -> str | None:
    """Say how two products of one family differ in tier or variant; nothing for one product or for strangers."""
    mine, theirs = wording(one), wording(other)
    plain_mine, plain_theirs = set(mine.said) - mine.marks, set(theirs.said) - theirs.marks
    suites = all(SUITES & side.marks for side in (mine, theirs))
    within = plain_mine <= plain_theirs or plain_theirs <= plain_mine
    related = suites or (bool(plain_mine & plain_theirs) and within)
    return difference(mine, theirs) if related else None
