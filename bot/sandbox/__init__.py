"""A Slack to try an app in: it speaks HTTP and WebSocket, as the real one does."""

from bot.sandbox.acting.acts import CannotDo
from bot.sandbox.desk import NeverCame
from bot.sandbox.person import Person
from bot.sandbox.seen import Outcome, Screen, Seen
from bot.sandbox.workspace import Sandbox, Workspace

__all__ = ["CannotDo", "NeverCame", "Outcome", "Person", "Sandbox", "Screen", "Seen", "Workspace"]
