"""What people said about columns and names, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.services.ids import DecisionId, PersonId
from bot.store.shelf import Shelf
from bot.store.tables import judgements, profiles
from recon import Judgement, Judgements, Kind, Profiles, Said, profiles_from_json


@dataclass(frozen=True, slots=True)
class AnswersShelf:
    """The answers of a workspace."""

    shelf: Shelf

    def profiles(self, fingerprints: Iterable[str] | None = None) -> Profiles:
        """Give what was answered about some header rows, or about all."""
        where = () if fingerprints is None else (profiles.c.fingerprint.in_(sorted(set(fingerprints))),)
        known: dict[str, object] = {}
        for row in self.shelf.rows(profiles, *where, order=(profiles.c.fingerprint,)):
            known |= json.loads(row["answers"])["profiles"]
        return profiles_from_json(json.dumps({"version": 1, "profiles": known}))

    def put_profiles(self, answered: Profiles, *, by: PersonId, at: datetime) -> None:
        """Keep answers about header rows."""
        for fingerprint, profile in answered.by_fingerprint.items():
            answers = Profiles({fingerprint: profile}).to_json()
            self.shelf.put(profiles, {"fingerprint": fingerprint, "answers": answers, "by": by, "at": at})

    def judgements(self) -> Judgements:
        """Give everything that was said about names, oldest first."""
        return Judgements(
            tuple(
                Judgement(
                    Kind(row["kind"]),
                    row["bought"],
                    row["billed"],
                    Said(row["verdict"]),
                    row["by"],
                    row["at"],
                    row["scope"],
                )
                for row in self.shelf.rows(judgements, order=(judgements.c.number,))
            )
        )

    def say(self, judgement: Judgement, *, decision: DecisionId) -> None:
        """Append what someone said."""
        self.shelf.add(
            judgements,
            {
                "number": self.shelf.next_number(judgements),
                "kind": judgement.kind.value,
                "bought": judgement.bought,
                "billed": judgement.billed,
                "verdict": judgement.verdict.value,
                "by": judgement.by,
                "at": judgement.at,
                "scope": judgement.scope,
                "decision": decision,
            },
        )
