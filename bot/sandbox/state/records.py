"""The things a Slack workspace is made of."""

from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["public", "private", "im", "mpim"]


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in a workspace: a person, or an app's bot."""

    id: str
    team: str
    name: str
    real_name: str
    email: str = ""
    tz: str = "America/New_York"
    locale: str = "en-US"
    title: str = ""
    deleted: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_guest: bool = False
    is_bot: bool = False
    bot_id: str = ""
    app_id: str = ""
    updated: int = 0


@dataclass(frozen=True, slots=True)
class Channel:
    """A place where messages are: public, private, or between a few people."""

    id: str
    team: str
    name: str
    kind: Kind
    members: tuple[str, ...] = ()
    creator: str = ""
    created: int = 0
    archived: bool = False
    topic: str = ""
    shared_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """What was said in a channel; with `only_for`, what only one person sees."""

    channel: str
    ts: str
    user: str
    text: str
    team: str = ""
    bot_id: str = ""
    app_id: str = ""
    subtype: str = ""
    blocks: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    metadata: Json | None = None
    thread_ts: str = ""
    broadcast: bool = False
    edited: Json | None = None
    files: tuple[str, ...] = ()
    only_for: str = ""
    username: str = ""
    icons: Json | None = None
    client_msg_id: str = ""
    reactions: tuple[Json, ...] = ()

    @property
    def key(self) -> str:
        """Name this message among all."""
        return f"{self.channel}/{self.ts}"


@dataclass(frozen=True, slots=True)
class File:
    """A file; its bytes are kept beside it."""

    id: str
    team: str
    user: str
    name: str
    title: str
    size: int
    created: int
    uploaded: bool = False
    complete: bool = False
    deleted: bool = False
    shares: tuple[tuple[str, str], ...] = ()
    handed_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a home tab, as one person has it before them."""

    id: str
    team: str
    app_id: str
    person: str
    body: Json
    hash: str
    values: Json
    root: str = ""
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """What the app shows one person: modals, the topmost last, and the home tab."""

    person: str
    modals: tuple[str, ...] = ()
    home: str = ""


@dataclass(frozen=True, slots=True)
class App:
    """The app that is tried here, as its manifest describes it."""

    id: str
    name: str
    manifest: Json
    signing_secret: str
    verification_token: str
    app_token: str


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in one workspace."""

    team: str
    app_id: str
    bot_user: str
    bot_id: str
    bot_token: str
    scopes: tuple[str, ...]
    state: Literal["active", "token_revoked", "account_inactive"] = "active"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A message that is to be posted later."""

    id: str
    channel: str
    post_at: int
    message: Json


@dataclass(frozen=True, slots=True)
class Mark:
    """How far someone has read in a channel, or in one of its threads."""

    person: str
    place: str
    ts: str

    @property
    def key(self) -> str:
        """Name this mark among all."""
        return f"{self.person}/{self.place}"


@dataclass(frozen=True, slots=True)
class Tick:
    """A step of the guide that is done."""

    step: str


@dataclass(frozen=True, slots=True)
class Moment:
    """How far this Slack's clock stands from the real one."""

    id: str
    shift: float


@dataclass(frozen=True, slots=True)
class Addition:
    """One line of what the PSA bills a company; amounts are kept as they are written."""

    id: str
    company: str
    description: str
    quantity: str = "0.00"
    unit_price: str = "0.00"
    unit_cost: str = "0.00"
    currency: str = ""
    product: str = ""
    company_id: str = ""
    agreement: str = "Managed Services"
    status: str = "Active"
    cycle: str = "Monthly"
    effective: str = ""
    cancelled: str = ""
    bills: str = "Billable"
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """A change that was made in the PSA: what was believed, and what was wanted."""

    key: str
    addition: str
    field: str
    was: str
    now: str
    by: str
    at: float
