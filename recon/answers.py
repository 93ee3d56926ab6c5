"""What a person writes for us, as JSON or as CSV, or a sentence why it can't be read."""

from __future__ import annotations

import json
import re
from typing import Any

from recon.errors import UnreadableAnswers

HALF_LETTER = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(text: str, what: str) -> Any:  # noqa: ANN401 - JSON is any of many things
    """Read JSON; `what` names it in the sentence that refuses it, as in “The rules are”."""
    try:
        said = json.loads(text)
        if HALF_LETTER.search(text):
            json.dumps(said, ensure_ascii=False).encode()
    except json.JSONDecodeError as flaw:
        raise UnreadableAnswers(f"{what} not JSON: {flaw.msg} in line {flaw.lineno}.") from flaw
    except RecursionError as flaw:
        raise UnreadableAnswers(f"{what} lists within lists, too deep to read.") from flaw
    except UnicodeEncodeError as flaw:
        raise UnreadableAnswers(f"{what} damaged: there is half a letter in a name.") from flaw
    except ValueError as flaw:
        raise UnreadableAnswers(f"{what} not readable: there is a number of too many digits.") from flaw
    return said


def separator_of(text: str) -> str:
    """Tell by its headings what a CSV has between its columns: a comma, or what spreadsheets elsewhere write."""
    headings = text.partition("\n")[0]
    return max(",;\t", key=headings.count)
