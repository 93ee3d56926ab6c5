"""All parts of the bot, joined; the only module that knows them all."""

from __future__ import annotations

import logging
import os
import secrets as chance
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from slack_bolt import App
from slack_sdk import WebClient
from sqlalchemy import Engine

from bot.jobs.aside import Aside
from bot.jobs.carrying import Carrying
from bot.jobs.engine import Call, Jobs, Pace, migrate_engine, see_client
from bot.jobs.tending import Tending
from bot.schedules import CALL, Chimes, keeping, striking
from bot.services.agreements import Agreements
from bot.services.comparing import Comparing
from bot.services.decide import Decide
from bot.services.explaining import Explaining
from bot.services.exporting import Exporting
from bot.services.failures import FAULTS, AskForAccess, Refused
from bot.services.fixes import Fixes
from bot.services.floor import Floor
from bot.services.handing import Handing
from bot.services.ids import Clock, WorkspaceId
from bot.services.inbox import Opening
from bot.services.intake import Intake
from bot.services.joining import Joining
from bot.services.keep import Keep, Way
from bot.services.looking import Looking
from bot.services.meeting import Meeting
from bot.services.outbox import Outbox
from bot.services.overhearing import Overhearing
from bot.services.owners import Owners
from bot.services.people import Workspace
from bot.services.presence import Instance, Presence, Role, enter
from bot.services.promises import Promise, PromiseKind
from bot.services.reconcile import Reconcile
from bot.services.register import Register
from bot.services.reports import Reports
from bot.services.rhythm import Rhythm
from bot.services.speak import Speak
from bot.services.thresholds import Thresholds
from bot.services.trouble import Trouble
from bot.services.undo import Undo
from bot.services.wishes import Wishes
from bot.services.wondering import Wondering
from bot.settings import Settings, missing_for_slack
from bot.slack.answering import Answering
from bot.slack.app import build_app
from bot.slack.bringing import Bringing
from bot.slack.company import Company
from bot.slack.directory import Directory, Identity
from bot.slack.downloads import Downloads
from bot.slack.exporting import Exports
from bot.slack.home import find_home
from bot.slack.inbox import recalling, write_down_first
from bot.slack.manifest import SCOPES
from bot.slack.messenger import Messenger, posting_client
from bot.slack.progressing import Progressing
from bot.slack.refusals import Disconnected
from bot.slack.room import After, Room, Services
from bot.slack.taking import Taking
from bot.store.engine import open_beside, open_engine
from bot.store.inbox import StoreInbox, open_inbox
from bot.store.instances import StoreInstances
from bot.store.ledger import StoreLedger
from bot.store.schema import current, migrate, must_be_known, newest
from bot.store.secrets import Safe
from recon import Stopped, read_month

log = logging.getLogger(__name__)
HANDS = 4  # threads for what Slack need not wait for


def now() -> datetime:
    """Say what time it is."""
    return datetime.now(UTC)


def rest() -> None:
    """Let others have the interpreter for a moment: whoever answers Slack comes before a long list."""
    time.sleep(0.01)


def new_id() -> str:
    """Name something."""
    return uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The whole bot, put together and at rest; `open` lets it work."""

    settings: Settings
    engine: Engine
    ledger: StoreLedger
    services: Services
    reconcile: Reconcile
    client: WebClient
    identity: Identity
    home: str
    room: Room
    app: App
    bringing: Bringing
    jobs: Jobs
    after: ThreadPoolExecutor
    inbox: Engine

    @property
    def workspace(self) -> WorkspaceId:
        """The workspace that is served."""
        return self.identity.workspace.id

    @contextmanager
    def working(self, role: Role, on_loss: Callable[[], None] = lambda: None) -> Iterator[Presence]:
        """Take a place among the processes, act on what people did, and keep promises if that is the role."""
        presence = self._enter(role)
        inbox = StoreInbox(self.inbox, self.workspace, presence.me.token)
        opening = Opening(inbox, recalling(self.app))
        write_down_first(self.app, opening.put)
        tending = Tending(self.jobs, self.ledger, presence, inbox, now, on_loss, works=role.works)
        chimes = Chimes(self.services.rhythm.planning, striking(self.jobs.call_once), self.room.clock)
        try:
            if role.works:
                self.jobs.start(presence.me.executor)
                chimes.start()
            tending.start()
            opening.start()
            yield presence
        finally:
            opening.stop()
            tending.stop()
            chimes.stop()
            if role.works:
                self.jobs.stop(SECONDS_TO_END)
            presence.leave()

    def _enter(self, role: Role) -> Presence:
        at = now()
        me = Instance(token=new_id(), role=role, host=socket.gethostname(), pid=os.getpid(), since=at, beat_at=at)
        one_host = self.engine.dialect.name == "sqlite"
        return enter(StoreInstances(self.engine), now, me, is_gone=has_ended, one_host=one_host)

    def close(self) -> None:
        """Let go of everything."""
        self.after.shutdown(wait=True, cancel_futures=False)
        self.jobs.client.destroy()
        self.jobs.beside.dispose()
        self.inbox.dispose()
        self.engine.dispose()


SECONDS_TO_END = 10


def build_house(
    settings: Settings,
    *,
    clock: Clock = now,
    pace: Pace | None = None,
    more_ways: Mapping[PromiseKind, Way] | None = None,
    calls: Mapping[str, Call] | None = None,
) -> House:
    """Put everything together, after Slack has said whose token this is; what is missing is a sentence."""
    client = slack_client(settings)
    identity = who_am_i(client)
    pace = pace or Pace()
    url = settings.database_url.get_secret_value()
    engine = open_engine(url, synchronous=settings.sqlite_synchronous)
    must_be_migrated(engine)
    beside = open_beside(url)
    durable = see_client(beside)
    ledger = StoreLedger(engine, Safe(read_keys(settings)), Carrying(durable, clock, pace.grace))
    must_be_alone(ledger, identity.workspace)
    Meeting(ledger, clock).everyone(identity.workspace, Directory(client).everyone())
    aside = Aside()
    reconcile = Reconcile(ledger, clock, new_id, aside.work_out, aside.write_book, rest)
    rhythm = Rhythm(ledger, clock, timedelta(days=settings.keep_days))
    services = join_services(ledger, Directory(client), clock, reconcile, rhythm)
    home = find_home(client, settings.home_channel) or _billing_owners(ledger, identity, client)
    after = ThreadPoolExecutor(HANDS, "after")
    room = Room(
        workspace=identity.workspace.id,
        services=services,
        messenger=Messenger(client),
        floor=Floor(ledger, clock, pace.grace),
        downloads=Downloads(client),
        company=Company(client, identity.workspace.id, Meeting(ledger, clock), services.joining, clock),
        clock=clock,
        after=leaving_to(after),
        bot=identity.bot,
    )
    bringing = Bringing(room, home)
    ways: dict[PromiseKind, Way] = {
        **dict.fromkeys(bringing.ways, bringing.bring),
        PromiseKind.RUN: running(reconcile, Progressing(room, home)),
        **(more_ways or {}),
    }
    known = {CALL: keeping(services.rhythm.ticking), **(calls or {})}
    partings: dict[PromiseKind, Way] = {
        PromiseKind.FILE: lambda _, promise: Taking(room).give_up(promise),
        PromiseKind.ANSWER: lambda _, promise: Answering(room).give_up(promise),
        PromiseKind.EXPORT: lambda _, promise: Exports(room).give_up(promise),
    }
    keep = Keep(services.outbox, ways, pace.grace, services.trouble.tell, partings)
    jobs = Jobs(beside, durable, keep, clock, known, pace)
    return House(
        settings=settings,
        engine=engine,
        ledger=ledger,
        services=services,
        reconcile=reconcile,
        client=client,
        identity=identity,
        home=home,
        room=room,
        app=build_app(client, signing_secret(settings), room),
        bringing=bringing,
        jobs=jobs,
        after=after,
        inbox=open_inbox(url, synchronous=settings.sqlite_synchronous),
    )


def must_be_alone(ledger: StoreLedger, mine: Workspace) -> None:
    """Refuse a database that serves another workspace: its promises would be taken in hand here, and can't be kept."""
    if set(ledger.workspaces()) - {mine.id}:
        raise Refused(
            f"This database holds the books of a workspace other than {mine.name}. "
            "Give each workspace a database of its own (GAPWATCH_DATABASE_URL)."
        )


def leaving_to(hands: Executor) -> After:
    """Leave to others what Slack need not wait for; nobody waits for it, so what goes wrong is written down there."""

    def seen(work: Callable[[], None]) -> None:
        try:
            work()
        except Stopped as flaw:
            log.warning("what was left for later was stopped: %s", type(flaw).__name__)
        except FAULTS:
            log.exception("what was left for later failed")

    return lambda work: hands.submit(seen, work)


def slack_client(settings: Settings) -> WebClient:
    """Make the client every call goes through."""
    token = settings.slack_bot_token
    if token is None:
        name, what = next(iter(missing_for_slack(settings).items()))
        raise AskForAccess(f"{name} is not set: {what}.")
    return posting_client(token.get_secret_value(), settings.slack_api_url)


def who_am_i(client: WebClient) -> Identity:
    """Ask Slack whose token this is, and whether it may do what is needed."""
    try:
        identity = Directory(client).identity()
    except Disconnected as flaw:
        raise AskForAccess(
            "Slack does not know the bot token (GAPWATCH_SLACK_BOT_TOKEN). Copy it from “OAuth & Permissions” in the "
            "app's settings; all that was kept is still there."
        ) from flaw
    missing = sorted(set(SCOPES) - identity.scopes) if identity.scopes else []
    if missing:
        raise AskForAccess(
            f"The app lacks {'the scope' if len(missing) == 1 else 'the scopes'} {', '.join(missing)}. Paste the "
            "manifest that `gapwatch manifest` prints into the app's settings, and install it again."
        )
    return identity


def migrate_all(engine: Engine, settings: Settings) -> None:
    """Bring the tables up to date, and those of the durable engine beside them."""
    migrate(engine)
    migrate_engine(settings.database_url.get_secret_value())


def must_be_migrated(engine: Engine) -> None:
    """Refuse to work on tables of another version."""
    stands, wanted = must_be_known(current(engine)), newest()
    if stands != wanted:
        raise Refused(f"The tables are at {stands or 'nothing'}, and should be at {wanted}. Run: gapwatch migrate")


def read_keys(settings: Settings) -> tuple[str, ...]:
    """Read the keys that seal secrets."""
    return tuple(key.get_secret_value() for key in settings.secret_keys)


def signing_secret(settings: Settings) -> str:
    """Give the secret that Slack signs with; without one nothing that comes by HTTP can be believed."""
    given = settings.slack_signing_secret
    return given.get_secret_value() if given else chance.token_hex()


def join_services(
    ledger: StoreLedger, directory: Directory, clock: Clock, reconcile: Reconcile, rhythm: Rhythm
) -> Services:
    """Put together what people can ask for."""
    told, parts, fixes = (ledger, clock), (ledger, clock, new_id), Fixes(ledger)
    return Services(
        intake=Intake(*parts),
        explaining=Explaining(*parts),
        overhearing=Overhearing(*told),
        handing=Handing(*told),
        decide=Decide(*parts),
        speak=Speak(*parts),
        wondering=Wondering(*told),
        undo=Undo(*told),
        looking=Looking(ledger),
        owners=Owners(ledger, directory, clock),
        joining=Joining(*told),
        outbox=Outbox(*told),
        thresholds=Thresholds(*parts),
        agreements=Agreements(*parts),
        fixes=fixes,
        comparing=Comparing(*parts),
        exporting=Exporting(*parts, reconcile, fixes, Register(ledger)),
        rhythm=rhythm,
        reports=Reports(*parts),
        trouble=Trouble(*told),
        wishes=Wishes(*told),
    )


def running(reconcile: Reconcile, progressing: Progressing) -> Way:
    """Keep a promise to compare a month, and tell how far it is."""

    def run(workspace: WorkspaceId, promise: Promise) -> str:
        month = read_month(promise.payload["month"])
        with progressing.told(promise, month) as say:
            report = reconcile.run(workspace, month, because=promise.payload["because"], say=say)
        if not report.is_new and report.run.because != promise.payload["because"]:
            progressing.nothing_new(promise, month)
        return report.run.id

    return run


def _billing_owners(ledger: StoreLedger, identity: Identity, client: WebClient) -> str:
    """Give the direct messages of the billing owner, where nobody has invited the bot anywhere."""
    with ledger.look(identity.workspace.id) as books:
        owner = books.workspace.billing_owner
    log.warning("I am in no channel yet: invite me with /invite, and start me again")
    return Messenger(client).direct(owner) if owner else ""


def has_ended(instance: Instance) -> bool:
    """Say whether a process of this machine has certainly ended; one that has my own number was before me."""
    if instance.host != socket.gethostname() or os.name == "nt":  # where asking after a process would end it
        return False
    if instance.pid == os.getpid():
        return True
    try:
        os.kill(instance.pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
