from __future__ import annotations

import polars as pl
import pytest

from recon import Kind, Said, UnreadableAnswers, find_alike, judgements_from_text
from recon.matching.told import Numbering


def test_judgements_are_read_from_csv() -> None:
    (told,) = judgements_from_text("kind,bought,billed,verdict,by\nclient,Acme,Acme Inc,same,jo\n").said

    assert (told.kind, told.bought, told.billed, told.verdict, told.by) == (
        Kind.CLIENT,
        "Acme",
        "Acme Inc",
        Said.SAME,
        "jo",
    )


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_judgements_may_come_from_any_spreadsheet(mark: str) -> None:
    text = "Kind,Bought,Billed,Verdict\r\nclient,Acme,Acme Inc,same\r\n,,,\r\n".replace(",", mark)

    (told,) = judgements_from_text(text).said

    assert (told.bought, told.billed, told.verdict) == ("Acme", "Acme Inc", Said.SAME)


@pytest.mark.parametrize("wrap", ["[{}]", '{{"judgements": [{}]}}'])
def test_judgements_are_read_from_json(wrap: str) -> None:
    row = (
        '{"kind": "product", "bought": "E3", "billed": "E5", "verdict": "different", "at": "2026-07-01T09:00:00+00:00"}'
    )
    text = wrap.replace("{}", row).replace("{{", "{").replace("}}", "}") if wrap.startswith("[") else wrap.format(row)

    (told,) = judgements_from_text(text).said

    assert told.verdict is Said.DIFFERENT
    assert told.at is not None


def test_two_names_are_found_again_however_they_are_written() -> None:
    among = [("Acme", "Zorg"), ("ACME, Ltd.", "Zörg"), ("Acme Ltd", "Zorg")]

    assert find_alike(("acme ltd", "ZORG"), among) == 1
    assert find_alike(("Zorg", "Acme Ltd"), among) is None
    assert find_alike(("Acme Ltd", "Zorg"), []) is None


def test_no_text_is_no_judgement() -> None:
    assert judgements_from_text("\ufeff \n").said == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("kind,bought,billed\nclient,A,B\n", "lack the column verdict"),
        (
            "kind,bought,billed,verdict\nclient,A,B,same\nclient,A,B,maybe\n",
            "Judgement 2 has the verdict “maybe”; I know same, different, unsure, taken back.",
        ),
        ("kind,bought,billed,verdict\ncustomer,A,B,same\n", "has the kind “customer”; I know client, product."),
        ("kind,bought,billed,verdict\nclient,A,,same\n", "does not name both sides"),
        ("[1]", "list of objects"),
        ("[{", "not JSON"),
        ("[" * 100_000, "too deep"),
        ("kind,bought,billed,verdict,at\nclient,A,B,same,yesterday\n", "Judgement 1 has “yesterday” as “at”."),
        ('kind,bought,billed,verdict\n"client,A', "as CSV"),
    ],
)
def test_an_unreadable_answer_says_which_and_why(text: str, sentence: str) -> None:
    with pytest.raises(UnreadableAnswers, match=sentence):
        judgements_from_text(text)


def test_a_name_that_happens_to_have_anothers_hash_is_not_taken_for_it() -> None:
    asked = pl.Series(["Acme", "Globex"])
    written = pl.DataFrame({"hash": asked.hash(), "name": ["Umbrella", "Globex"], "number": [0, 1]})
    numbering = Numbering(pl.Series(["umbrella", "globex"]), written.cast({"number": pl.UInt32}))

    keys, numbers = numbering.look_up(asked)

    assert keys.to_list() == ["acme", "globex"]
    assert numbers.to_list() == [None, 1]
