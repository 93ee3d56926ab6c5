"""What Slack need not wait for is done by others, and never fails in silence."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.services.failures import Refused
from bot.wiring import leaving_to


def test_what_goes_wrong_after_slack_has_its_answer_is_written_down(caplog: pytest.LogCaptureFixture) -> None:
    def falter() -> None:
        raise ZeroDivisionError

    with ThreadPoolExecutor(1) as hands:
        leaving_to(hands)(falter)

    assert "what was left for later failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_what_is_refused_then_is_written_down_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    def stop() -> None:
        raise Refused("No gaps of Acme's.")

    with ThreadPoolExecutor(1) as hands:
        leaving_to(hands)(stop)

    assert "what was left for later was stopped: Refused" in caplog.text
    assert "Acme" not in caplog.text
