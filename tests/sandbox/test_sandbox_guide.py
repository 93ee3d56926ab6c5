import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox import CannotDo, Sandbox
from bot.sandbox.state.guides import NoGuide, read_guide

SAMPLE = Path(__file__).parents[2] / "bot" / "sample"


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(guide=SAMPLE) as running:
        yield running


def test_the_guide_says_what_to_do_and_what_is_done(slack: Sandbox) -> None:
    slack.desk.do("tick", step="owners")

    told = slack.desk.do("guide")

    assert [step["id"] for step in told["steps"] if step["done"]] == ["owners"]
    assert told["has_psa"]
    with pytest.raises(CannotDo, match="no step 'dance'"):
        slack.desk.do("tick", step="dance")


def test_a_sample_is_handed_in_as_it_lies_there(slack: Sandbox) -> None:
    dana = slack.person("dana")

    file = dana.do("sample", name="pax8-invoice-2026-10.csv")

    assert dana.reads_file(file["id"]) == (SAMPLE / "pax8-invoice-2026-10.csv").read_bytes()
    for other in ("answer-key.json", "../settings.py"):
        with pytest.raises(CannotDo, match="no file"):
            dana.do("sample", name=other)


def test_the_clock_begins_as_the_guide_says_and_a_week_passes_once(slack: Sandbox) -> None:
    begun = slack.now()
    assert 0 <= begun - read_guide(SAMPLE).begins < 60

    slack.desk.do("later", step="later")
    friday = slack.now()
    slack.desk.do("later", step="summary")
    week = slack.now()
    slack.desk.do("later", step="summary")

    assert 3.9 < (friday - begun) / 86_400 < 4.1
    assert 6.9 < (week - begun) / 86_400 < 7.1
    assert slack.now() - week < 60
    with pytest.raises(CannotDo, match="No time passes"):
        slack.desk.do("later", step="owners")


def test_without_a_guide_there_are_no_steps_and_no_psa() -> None:
    with Sandbox() as slack:
        told = slack.desk.do("guide")

        assert (told["steps"], told["has_psa"]) == ([], False)
        with pytest.raises(CannotDo, match="no guide"):
            slack.desk.do("tick", step="owners")


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("{", "I can't follow"),
        ('{"steps": []}', "I can't follow"),
        (json.dumps({"begins": "2026-11-02T09:00:00-05:00", "steps": [{"files": ["lost.csv"]}]}), "lost.csv"),
    ],
)
def test_a_guide_that_cannot_be_followed_is_refused_with_a_sentence(
    tmp_path: Path, written: str, sentence: str
) -> None:
    (tmp_path / "guide.json").write_text(written, encoding="utf-8")

    with pytest.raises(NoGuide, match=sentence):
        read_guide(tmp_path)
