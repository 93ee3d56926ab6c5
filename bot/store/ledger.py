"""The books of every workspace in one database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, select
from sqlalchemy.exc import OperationalError

from bot.services.audit import NOTHING_BEFORE
from bot.services.failures import NotFound, TryLater
from bot.services.ids import PersonId, WorkspaceId
from bot.services.people import Workspace
from bot.store.answers import AnswersShelf
from bot.store.audit import AuditShelf
from bot.store.cases import CasesShelf
from bot.store.clients import ClientsShelf
from bot.store.decisions import DecisionsShelf
from bot.store.engine import for_reading
from bot.store.evidence import Evidence
from bot.store.exports import ExportsShelf
from bot.store.outbox import Carry, HeardShelf, MessagesShelf, OutboxShelf, left_to_the_sweep
from bot.store.people import OwnersShelf, PeopleShelf, SettingsShelf
from bot.store.runs import RunsShelf
from bot.store.schedules import CallsShelf, SchedulesShelf
from bot.store.seals import write_seals
from bot.store.secrets import Safe, SecretsShelf
from bot.store.shelf import Shelf
from bot.store.tables import workspaces

ASKED = select(workspaces.c.workspace).where(workspaces.c.workspace == bindparam("asked"))
"""What begins all work on the books: it is built once."""
LOCKED = ASKED.with_for_update()


@dataclass(frozen=True, slots=True)
class StoreBooks:
    """One workspace's books, in one transaction."""

    shelf: Shelf
    safe: Safe
    carry: Carry = left_to_the_sweep

    @property
    def workspace(self) -> Workspace:
        """The workspace itself."""
        row = self.shelf.found(workspaces)
        assert row is not None  # noqa: S101 - books are only opened of a workspace that is there
        return Workspace(
            id=self.shelf.workspace,
            name=row["name"],
            billing_owner=PersonId(row["billing_owner"]) if row["billing_owner"] else None,
            time_zone=row["time_zone"],
        )

    def put_workspace(self, workspace: Workspace) -> None:
        """Keep what is known of the workspace by now."""
        self.shelf.change(
            workspaces,
            name=workspace.name,
            billing_owner=workspace.billing_owner,
            time_zone=workspace.time_zone,
        )

    @property
    def files(self) -> Evidence:
        """Bytes."""
        return Evidence(self.shelf)

    @property
    def people(self) -> PeopleShelf:
        """People."""
        return PeopleShelf(self.shelf)

    @property
    def owners(self) -> OwnersShelf:
        """Who answers for which client."""
        return OwnersShelf(self.shelf)

    @property
    def clients(self) -> ClientsShelf:
        """By what clients are known again."""
        return ClientsShelf(self.shelf)

    @property
    def settings(self) -> SettingsShelf:
        """What was set."""
        return SettingsShelf(self.shelf)

    @property
    def exports(self) -> ExportsShelf:
        """Files handed in."""
        return ExportsShelf(self.shelf)

    @property
    def answers(self) -> AnswersShelf:
        """What people said."""
        return AnswersShelf(self.shelf)

    @property
    def runs(self) -> RunsShelf:
        """What was compared."""
        return RunsShelf(self.shelf)

    @property
    def cases(self) -> CasesShelf:
        """Gaps."""
        return CasesShelf(self.shelf)

    @property
    def decisions(self) -> DecisionsShelf:
        """What people chose."""
        return DecisionsShelf(self.shelf)

    @property
    def outbox(self) -> OutboxShelf:
        """Promises."""
        return OutboxShelf(self.shelf, self.carry)

    @property
    def messages(self) -> MessagesShelf:
        """What was posted where."""
        return MessagesShelf(self.shelf)

    @property
    def heard(self) -> HeardShelf:
        """Events that were acted on."""
        return HeardShelf(self.shelf)

    @property
    def schedules(self) -> SchedulesShelf:
        """When things happen."""
        return SchedulesShelf(self.shelf)

    @property
    def calls(self) -> CallsShelf:
        """Whom the bot called upon."""
        return CallsShelf(self.shelf)

    @property
    def audit(self) -> AuditShelf:
        """Who did what."""
        return AuditShelf(self.shelf)

    @property
    def secrets(self) -> SecretsShelf:
        """Tokens and credentials."""
        return SecretsShelf(self.shelf, self.safe)


@dataclass(frozen=True, slots=True)
class StoreLedger:
    """Opens the books of a workspace."""

    engine: Engine
    safe: Safe = field(default_factory=Safe)
    carry: Carry = left_to_the_sweep

    def found(self, workspace: Workspace, *, at: datetime) -> bool:
        """Begin a workspace's books; say whether they are new."""
        with self._connected() as connection, connection.begin():
            return Shelf(connection, workspace.id).add_once(
                workspaces,
                {
                    "name": workspace.name,
                    "billing_owner": workspace.billing_owner,
                    "time_zone": workspace.time_zone,
                    "founded_at": at,
                    "audit_end": 0,
                    "audit_seal": NOTHING_BEFORE,
                },
            )

    def workspaces(self) -> Sequence[WorkspaceId]:
        """List the workspaces there are books of."""
        with self._connected() as connection, for_reading(connection).begin():
            asked = select(workspaces.c.workspace).order_by(workspaces.c.workspace)
            return [WorkspaceId(name) for name in connection.execute(asked).scalars()]

    @contextmanager
    def open(self, workspace: WorkspaceId) -> Iterator[StoreBooks]:
        """Write; writers of a workspace wait for one another, so that what one has read stays true until it ends."""
        with self._connected() as connection, connection.begin():
            books = self._books(connection, workspace, lock=True)
            yield books
            write_seals(books.shelf)

    @contextmanager
    def look(self, workspace: WorkspaceId) -> Iterator[StoreBooks]:
        """Read, as it all is at this moment."""
        with self._connected() as connection, for_reading(connection).begin():
            yield self._books(connection, workspace, lock=False)

    def _books(self, connection: Connection, workspace: WorkspaceId, *, lock: bool) -> StoreBooks:
        if connection.execute(LOCKED if lock else ASKED, {"asked": workspace}).first() is None:
            raise NotFound("I am not set up for this workspace yet.")
        return StoreBooks(Shelf(connection, workspace), self.safe, self.carry)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                yield connection
        except OperationalError as trouble:
            raise TryLater(f"The database does not answer: {str(trouble.orig).splitlines()[0]}.") from trouble
