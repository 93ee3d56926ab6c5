"""What people have answered about exports with one header row, so that they are never asked again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from recon.answers import read_json
from recon.errors import UnreadableAnswers
from recon.lines import Side
from recon.reading.currencies import currency_of
from recon.reading.meanings import Meaning

VERSION = 1
NO_COLUMN = "-"
"""The answer that no column has this meaning."""
KEYS = ("side", "decimals", "day_order", "currency", "client_name")
SAME = {"amount": Meaning.TOTAL.value, "charge": Meaning.CHARGE.value}  # words for meanings that people may use
DAY_ORDERS = ("D/M", "M/D")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The answers about one header row; what is not answered is None or absent."""

    columns: Mapping[str, str] = field(default_factory=dict)  # meaning -> header
    side: Side | None = None
    decimals: str | None = None  # "." or ","
    day_order: str | None = None  # "D/M" or "M/D"
    currency: str | None = None
    client_name: str | None = None  # for files of one client that do not name it

    def answering(self, answer: str) -> Profile:
        """Add one answer: `quantity=Seats`, `side=bought`, `decimals=,`, `day_order=D/M`, `client_name=Acme`."""
        key, equals, value = (part.strip() for part in answer.partition("="))
        key = key.replace(" ", "_").replace("-", "_").lower()
        if not equals or not value:
            raise UnreadableAnswers(f"“{answer}” is no answer. Write it as quantity=Seats or side=bought.")
        key = SAME.get(key, key)
        if key in set(Meaning) and not (key == Meaning.CURRENCY and currency_of(value)):
            return replace(self, columns={**self.columns, key: value})
        if key not in KEYS:
            raise UnreadableAnswers(
                f"I ask nothing called “{key}”. I know {', '.join(dict.fromkeys((*KEYS, *Meaning)))}."
            )
        fields: dict[str, Any] = {key: checked(key, value)}
        return replace(self, **fields)


NO_PROFILE = Profile()


@dataclass(frozen=True, slots=True)
class Profiles:
    """Profiles by the fingerprint of the header row they answer for."""

    by_fingerprint: Mapping[str, Profile] = field(default_factory=dict)

    def about(self, fingerprint: str) -> Profile:
        """Give the answers for one header row; none given is an empty profile."""
        return self.by_fingerprint.get(fingerprint, NO_PROFILE)

    def answering(self, fingerprint: str, *answers: str) -> Profiles:
        """Add answers about one header row."""
        profile = self.about(fingerprint)
        for answer in answers:
            profile = profile.answering(answer)
        return Profiles({**self.by_fingerprint, fingerprint: profile})

    def to_json(self) -> str:
        """Write them as `profiles_from_json` reads them, the same whatever the order they came in."""
        said = {
            fingerprint: {key: value for key, value in asdict(profile).items() if value}
            for fingerprint, profile in self.by_fingerprint.items()
        }
        return json.dumps({"version": VERSION, "profiles": said}, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


NO_PROFILES = Profiles()


def profiles_from_json(text: str) -> Profiles:
    """Read profiles, or say which answer can't be read."""
    said = read_json(text, "The profiles are")
    if not isinstance(said, dict) or said.get("version") != VERSION or not isinstance(said.get("profiles"), dict):
        raise UnreadableAnswers(
            f'The profiles are not of version {VERSION}: {{"version": {VERSION}, "profiles": {{...}}}}.'
        )
    return Profiles({str(fingerprint): profile_from(entry) for fingerprint, entry in said["profiles"].items()})


def profile_from(entry: object) -> Profile:
    """Read one profile, answer by answer."""
    columns = entry.get("columns", {}) if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(columns, dict):
        raise UnreadableAnswers("A profile must be an object of answers, its columns one of meaning and header.")
    profile = Profile()
    for key, value in [*columns.items(), *((k, v) for k, v in entry.items() if k != "columns" and v is not None)]:
        profile = profile.answering(f"{key}={value}")
    return profile


def checked(key: str, value: str) -> str | Side:
    """Refuse an answer that none of the questions has."""
    allowed = {"side": tuple(Side), "decimals": (".", ","), "day_order": DAY_ORDERS}.get(key)
    if allowed and value not in allowed:
        raise UnreadableAnswers(f"“{value}” is no answer to {key}; it is one of {', '.join(allowed)}.")
    return Side(value) if key == "side" else value.upper() if key == "currency" else value
