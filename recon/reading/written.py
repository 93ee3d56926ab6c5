"""How people write a day, a month, and what stands between two days."""

from __future__ import annotations

MONTH_NAME = (  # in full or as usually cut, never by its first letters alone: a Doctor is no Oct
    r"(?:jan(?:uary|uari?|v|vier)?|feb(?:ruary|ruari?)?|f[ée]v(?:r|rier)?|mar(?:ch|s)?|m[äa]rz|mär|mrz|maart"
    r"|apr(?:il)?|avr(?:il)?|ma[yi]|mei|jun[ei]?|juin|jul[yi]?|juil(?:let)?|aug(?:ust|ustus)?|ao[uû]t?"
    r"|sept?(?:ember|embre)?|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|d[eé][cz](?:ember|embre)?)"
)
UP_TO = r"(?:to|thru|through|until|till|bis|au|tot|hasta|al)"


def day_written(month: str) -> str:
    """Give the pattern of a day, in numbers or with its month's name as this pattern has it."""
    return (
        r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?[-/\s.]*{month}\.?[-/\s,]*\d{{2,4}}|{month}\.?\s+\d{{1,2}},?\s+\d{{4}})"
    )
