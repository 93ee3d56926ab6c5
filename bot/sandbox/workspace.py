"""Running a Slack from outside it: its people, its clock, its bad days; and starting one in this process."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.sandbox.api.faults import How
from bot.sandbox.desk import Desk
from bot.sandbox.person import Person
from bot.sandbox.running import Start, Thread

Json = dict[str, Any]


class Workspace:
    """A running Slack, here or elsewhere."""

    def __init__(self, address: str) -> None:
        """Know where it runs, such as `http://127.0.0.1:4567`."""
        self.address = address

    @property
    def desk(self) -> Desk:
        """The way to its `/_/` addresses."""
        return Desk(self.address)

    @property
    def base_url(self) -> str:
        """The address of the Web API, for a client's `base_url`."""
        return f"{self.address}/api/"

    @property
    def bot_token(self) -> str:
        """The token of the app's bot."""
        return str(self.app()["installation"]["bot_token"])

    @property
    def bot_user(self) -> str:
        """The user that the app's bot is."""
        return str(self.app()["installation"]["bot_user"])

    @property
    def app_token(self) -> str:
        """The token with which the app opens sockets."""
        return str(self.app()["app"]["app_token"])

    @property
    def signing_secret(self) -> str:
        """The secret with which requests to the app are signed."""
        return str(self.app()["app"]["signing_secret"])

    def app(self) -> Json:
        """Read the app and its installation."""
        return self.desk.do("app")

    def new_team(self, name: str) -> tuple[str, str]:
        """Open another workspace that has the app, and tell its id and the token there."""
        made = self.desk.do("team", name=name)
        return str(made["team"]), str(made["bot_token"])

    def person(self, name: str) -> Person:
        """Act as someone."""
        return Person(self.desk, name)

    def new_person(self, name: str, real_name: str, **more: object) -> Person:
        """Let someone come: `email`, `tz`, `locale`, `is_admin`, `is_guest`, `deleted`..."""
        self.desk.do("person", name=name, real_name=real_name, **more)
        return self.person(name)

    def new_channel(self, name: str, *, by: str, members: Iterable[str] = (), **more: object) -> str:
        """Open a channel, perhaps `private` or `shared_with` other teams, and name its id."""
        made = self.desk.do("channel", name=name, members=list(members), **more, **{"as": by})
        return str(made["id"])

    def advance(self, seconds: float) -> None:
        """Move the clock on; what falls due on the way happens."""
        self.desk.do("clock", seconds=seconds)

    def stop_clock(self) -> None:
        """Let the clock stand until it is moved."""
        self.desk.do("clock", stop=True)

    def start_clock(self) -> None:
        """Let the clock run again."""
        self.desk.do("clock", go=True)

    def now(self) -> float:
        """Read the clock."""
        return float(self.desk.do("clock")["now"])

    def breaks(self, method: str, how: How, *, done: bool = False, times: int = 1, **more: object) -> None:
        """Let the next calls of a method go wrong; with `done`, after Slack did what was asked."""
        self.desk.do("fault", method=method, how=how, done=done, times=times, **more)

    def limits(self, *, on: bool = True, per_minute: dict[str, float] | None = None) -> None:
        """Turn Slack's rate limits on or off."""
        self.desk.do("limits", on=on, per_minute=per_minute or {})

    def allows(self, seconds: float) -> None:
        """Set for how long the app may take to acknowledge; the real Slack allows it three seconds."""
        self.desk.do("patience", seconds=seconds)

    def deactivates(self, name: str) -> None:
        """Close someone's account."""
        self.desk.do("deactivate", **{"as": name})

    def archives(self, channel: str, *, by: str, archived: bool = True) -> None:
        """Archive a channel, or open it again."""
        self.desk.do("archive", channel=channel, archived=archived, **{"as": by})

    def revokes(self, *, uninstall: bool = False) -> None:
        """Revoke the app's token, or remove the app."""
        self.desk.do("revoke", uninstall=uninstall)

    def grants(self, scopes: Iterable[str]) -> None:
        """Give the app these scopes, and no others."""
        self.desk.do("grant", scopes=list(scopes))

    def installs(self, manifest: Json) -> None:
        """Give the app another manifest, and install it anew: with a new token, if the old one was revoked."""
        self.desk.do("manifest", manifest=manifest)

    def listens_at(self, address: str) -> None:
        """Send everything to an address from now on, once it has proved to be the app's."""
        self.desk.do("listen", address=address)

    def refreshes_sockets(self) -> None:
        """Ask the app to open new sockets."""
        self.desk.do("refresh")

    def hangs_up(self) -> None:
        """Lose all sockets."""
        self.desk.do("hangup")

    def sends_again(self, event_type: str) -> int:
        """Send the events of a type once more, and tell how many there were."""
        return int(self.desk.do("again", type=event_type)["events"])

    def deliveries(self) -> list[Json]:
        """Read how each try to deliver an event went."""
        return list(self.desk.do("deliveries")["deliveries"])

    def events(self) -> list[Json]:
        """Read the events that were sent, in their envelopes."""
        return list(self.desk.do("deliveries")["sent"])

    def settles(self) -> None:
        """Wait until every event that can be delivered now has been."""
        self.desk.do("settle")


class Sandbox(Workspace):
    """A Slack in this process, on a thread of its own: `with Sandbox() as slack: ...`."""

    def __init__(
        self, *, data: Path | None = None, manifest: Json | None = None, port: int = 0, guide: Path | None = None
    ) -> None:
        """Know what to keep, and where; nothing runs yet."""
        super().__init__("")
        self.thread = Thread(Start(port, data, manifest, guide))

    def __enter__(self) -> Self:
        """Start it."""
        self.address = self.thread.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, where: TracebackType | None
    ) -> None:
        """Stop it."""
        self.thread.close()

    def clock(self) -> datetime:
        """Read its clock from within this process, at no cost: what runs beside it can live by the same time."""
        return datetime.fromtimestamp(self.thread.now(), UTC)

    def restarts(self) -> None:
        """Stop it and start it again, at the same address; only what is kept in a folder is still there."""
        self.thread.close()
        self.address = self.thread.open()
