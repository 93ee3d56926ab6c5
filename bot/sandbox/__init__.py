"""A Slack to try an app in: it speaks HTTP and WebSocket, as the real one does.

with Sandbox() as slack:
    app = App(client=WebClient(token=slack.bot_token, base_url=slack.base_url))
    SocketModeHandler(app, slack.app_token).connect()
    slack.person("dana").types("/reconcile status", "billing")
"""

from bot.sandbox.acting.acts import CannotDo
from bot.sandbox.desk import NeverCame
from bot.sandbox.person import Person
from bot.sandbox.running import PortTaken
from bot.sandbox.seen import Outcome, Screen, Seen
from bot.sandbox.workspace import Sandbox, Workspace

__all__ = ["CannotDo", "NeverCame", "Outcome", "Person", "PortTaken", "Sandbox", "Screen", "Seen", "Workspace"]
