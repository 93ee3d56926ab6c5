"""Product wordings: a rewrite is only looked for where its letters stand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recon.matching.wordings import folded, needed_by, rewrites, rewritten


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\bservers\b", ("servers",)),
        (r"\badd\s*-?\s*on\b", ("add",)),
        (r"\bcpus?\b", ("cpu",)),
        (r"\blicen[sc]e\b", ("lice",)),
        (r"\ba{0,2}bc\b", ("bc",)),
        (r"\bpower\s*bi\b|\bpbi\b", ("power", "pbi")),
        (r"\bteams\b(?! without)", ("teams",)),
        (r"\b(?:mdo|mde)\b", ()),
        (r"\bteams\b|\b(?:mdo|mde)\b", ()),
    ],
)
def test_letters_a_pattern_needs(pattern: str, needed: tuple[str, ...]) -> None:
    assert needed_by(pattern) == needed


@pytest.mark.parametrize(("needed", "pattern", "replacement"), rewrites())
@given(data=st.data())
@settings(max_examples=20)
def test_all_that_a_rewrite_fits_has_the_letters_it_needs(
    needed: tuple[str, ...], pattern: str, replacement: str, data: st.DataObject
) -> None:
    del replacement
    fits = data.draw(st.from_regex(re.compile(pattern)))
    assert not needed or any(letters in fits for letters in needed)


@pytest.mark.parametrize("name", ["MS NCE M365 BP 1YR", "Exchange Onl P1 (no Teams)", "S1 Singularity, 12 mo", "ÉS5"])
def test_each_rewrite_is_made_whose_letters_stand_there(name: str) -> None:
    text = folded(name)
    for _, pattern, replacement in rewrites():
        text = re.sub(pattern, replacement, text)
    assert rewritten(name) == text
