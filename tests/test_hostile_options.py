"""No file a person gives beside the exports brings a stack trace: it is used, or refused in a sentence."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from months_of import STANDARD, billed, bought
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.why import find_gap, tell_why
from recon import (
    Options,
    Reading,
    RuleKind,
    Stopped,
    compare_runs,
    gaps_from_document,
    judgements_from_text,
    profiles_from_json,
    read_document,
    read_lines,
    reconcile,
    rules_from_text,
    write_document,
)

HAVE = "Customer,Product,Quantity,Unit Cost\nAcme,Visio Plan 2,12,9.50\n"
PAY = "Company,Description,Quantity,Unit Price\nAcme,Visio Plan 2,10,15.00\n"
NEVER_USABLE: dict[str, bytes] = {
    "every byte": bytes(range(256)),
    "nulls": b"\0" * 50,
    "utf-16": '[{"kind": "minimum"}]'.encode("utf-16"),
    "a workbook's first bytes": b"PK\x03\x04\x14\x00\x06\x00",
    "a gzip file's first bytes": b"\x1f\x8b\x08\x00",
    "cut off": b'[{"kind": "mini',
    "too deep": b"[" * 200_000,
    "deep objects": b'{"a":' * 100_000,
    "a number of a million digits": b"[" + b"1" * 1_000_000 + b"]",
    "a number in a list": b"[1]",
    "a text in a list": b'["x"]',
    "a list in a list": b"[[]]",
    "a web page": b"<!DOCTYPE html><title>Sign in</title>",
    "half a letter": b'[{"kind": "minimum", "client": "\\ud800", "seats": 1}]',
}
OPTIONS = ("--profile", "--judgements", "--rules", "--since")


def typed(*words: str | Path) -> tuple[int, str]:
    """Run a command: its exit code and what it complained of; an exception that is none of ours fails."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stderr


@pytest.fixture
def month(tmp_path: Path) -> tuple[Path, Path]:
    """Write a small month."""
    have, pay = tmp_path / "bought.csv", tmp_path / "billed.csv"
    have.write_text(HAVE)
    pay.write_text(PAY)
    return have, pay


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("content", NEVER_USABLE.values(), ids=list(NEVER_USABLE))
def test_a_file_that_can_not_be_meant_is_refused(month: tuple[Path, Path], option: str, content: bytes) -> None:
    given = month[0].with_name("given.json")
    given.write_bytes(content)

    code, complaint = typed("reconcile", *month, option, given)

    assert code == 2
    assert complaint.strip().endswith(".")
    assert len(complaint) < 1000


@pytest.mark.parametrize("option", OPTIONS)
def test_a_folder_or_nothing_in_its_place_is_a_sentence(month: tuple[Path, Path], option: str) -> None:
    code, complaint = typed("reconcile", *month, option, month[0].parent)

    assert code == 2
    assert complaint.startswith("I can't open ")
    if option != "--profile":  # answers not kept yet are none
        assert typed("reconcile", *month, option, "nowhere.json")[0] == 2


@pytest.mark.parametrize("content", NEVER_USABLE.values(), ids=list(NEVER_USABLE))
def test_why_refuses_what_is_no_result(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "result.json").write_bytes(content)

    code, complaint = typed("why", tmp_path / "result.json", "a")

    assert code == 2
    assert complaint.strip().endswith(".")


@pytest.mark.parametrize("content", NEVER_USABLE.values(), ids=list(NEVER_USABLE))
def test_inspect_refuses_answers_it_can_not_read(month: tuple[Path, Path], content: bytes) -> None:
    given = month[0].with_name("given.json")
    given.write_bytes(content)

    code, complaint = typed("inspect", month[0], "--profile", given, "--answer", "quantity=Quantity")

    assert code == 2
    assert complaint.strip().endswith((".", "}"))
    assert given.read_bytes() == content


QUICK = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
SLOW = settings(QUICK, max_examples=30)
TEXT = st.text(max_size=8) | st.sampled_from(["\ud800", "\0", "=1+1", "1e999", "2026-10-01", "Acme", STANDARD])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=6
)
RULE_WORDS = st.fixed_dictionaries(
    {"kind": st.sampled_from([kind.value for kind in RuleKind])},
    optional={
        **dict.fromkeys(["client", "product", "unit", "note"], st.just(STANDARD) | TEXT | VALUES),
        "contains": st.lists(st.just(STANDARD) | TEXT, max_size=3) | VALUES,
        **dict.fromkeys(["seats", "days"], st.integers(0, 40) | st.floats() | VALUES),
        **dict.fromkeys(["start", "end"], st.just("2026-10-03") | VALUES),
    },
)
JUDGEMENT_WORDS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["client", "product", ""]),
        "verdict": st.sampled_from(["same", "different", "unsure", "taken back", "?"]),
    },
    optional=dict.fromkeys(["bought", "billed", "by", "at", "scope"], st.just(STANDARD) | st.just("Acme") | VALUES),
)
PROFILE_WORDS = st.fixed_dictionaries(
    {"version": st.just(1) | VALUES, "profiles": st.dictionaries(TEXT, VALUES, max_size=2) | VALUES}
)


@cache
def small_month() -> tuple[Reading, Reading]:
    """Read two small files once."""
    return bought({}, {"product": STANDARD, "seats": 4}), billed({}, {"product": "M365 BS", "Cancelled": "2026-10-20"})


@SLOW
@given(st.lists(RULE_WORDS, max_size=3))
def test_any_rules_are_used_or_refused(rules: list[dict[str, Any]]) -> None:
    try:
        result = reconcile(*small_month(), Options(rules=rules_from_text(json.dumps(rules))))
    except Stopped:
        return
    assert write_document(result).encode()


@SLOW
@given(st.lists(JUDGEMENT_WORDS, max_size=3))
def test_any_judgements_are_used_or_refused(judgements: list[dict[str, Any]]) -> None:
    try:
        result = reconcile(*small_month(), Options(judgements=judgements_from_text(json.dumps(judgements))))
    except Stopped:
        return
    assert write_document(result).encode()


@QUICK
@given(PROFILE_WORDS | VALUES)
def test_any_profiles_are_used_or_refused(profiles: Any) -> None:  # noqa: ANN401 - anything at all
    try:
        kept = profiles_from_json(json.dumps(profiles))
    except Stopped:
        return
    assert profiles_from_json(kept.to_json()) == kept


@QUICK
@given(
    st.dictionaries(st.sampled_from(["client", "product", "quantity", "price", "side", "decimals"]), TEXT, max_size=3)
)
def test_any_answers_about_a_file_leave_it_readable_or_are_refused(answers: dict[str, str]) -> None:
    fingerprint = read_lines(HAVE.encode(), "x.csv").layout.fingerprint
    try:
        kept = profiles_from_json(json.dumps({"version": 1, "profiles": {fingerprint: answers}}))
        read_lines(HAVE.encode(), "x.csv", profiles=kept)
    except Stopped:
        return


READERS: dict[str, Callable[[str], object]] = {
    "rules": rules_from_text,
    "judgements": judgements_from_text,
    "profiles": profiles_from_json,
    "gaps": gaps_from_document,
    "document": read_document,
}


@pytest.mark.parametrize("reader", READERS.values(), ids=list(READERS))
@QUICK
@given(st.text(alphabet=st.sampled_from('[]{}",:\n 0123456789eE+-.akindx\0é\ufeff'), max_size=200))
def test_any_text_is_used_or_refused(reader: Callable[[str], object], text: str) -> None:
    try:
        reader(text)
    except Stopped:
        return


@cache
def written_result() -> dict[str, Any]:
    """Write a month with a gap once."""
    document: dict[str, Any] = json.loads(write_document(reconcile(*small_month())))
    assert document["gaps"]
    return document


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - JSON
    """List the way to every value of a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in inner for found in places(one, (*path, key)))][path == () :]


@QUICK
@given(st.data())
def test_a_result_with_anything_changed_in_it_is_told_or_refused(data: st.DataObject) -> None:
    document = copy.deepcopy({name: written_result()[name] for name in ("schema", "gaps")})
    *way, last = data.draw(st.sampled_from(places(document)))
    inside = document
    for key in way:
        inside = inside[key]
    inside[last] = data.draw(VALUES)
    text = json.dumps(document)
    for use in (
        lambda: tell_why(find_gap(read_document(text), "")),
        lambda: compare_runs(gaps_from_document(text), ()),
    ):
        try:
            told = use()
        except Stopped:
            continue
        assert str(told).encode()
