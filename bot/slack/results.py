"""What a run found is told once, in the place of what told how far it was, and its workbook follows."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from bot.services import exports
from bot.services.ids import TICK, RunId
from bot.services.promises import Promise
from bot.services.promising import result_key, run_key
from bot.slack.messages import Message
from bot.slack.messenger import Posted
from bot.slack.places import Places
from bot.slack.progressing import subject_of_run
from bot.slack.refusals import Vanished
from bot.slack.room import Room
from bot.slack.saying import Saying, Spot
from bot.slack.views.progress import told_elsewhere
from bot.slack.views.result import run_result
from bot.slack.views.stale import with_ages


@dataclass(frozen=True, slots=True)
class Results:
    """Tells results in the channel they belong to."""

    room: Room
    places: Places

    def tell(self, promise: Promise) -> str:
        """Tell what a run found: at once to those who asked for it, in working hours where nobody did."""
        place, told = self.places.of_results(), promise.payload
        run = RunId(told["run"])
        result = run_result(self.room.showing.run(run))
        if told["because"].startswith(TICK):
            self.places.tell(place)
            result = with_ages(result, self.room.services.rhythm.stale.ages(self.room.workspace))
        posted = self._post(promise, run_key(told["month"], told["because"]), result, place.channel)
        self._mark_overtaken(run)
        self.room.services.exporting.attach_to(self.room.workspace, run, exports.Place(place.channel, posted.ts))
        return posted.ts

    def _mark_overtaken(self, run: RunId) -> None:
        """Say in the result that was told of the month before that there is a newer one."""
        before = self.room.services.looking.results_before(self.room.workspace, run)
        there = next(filter(None, (Saying(self.room).everywhere(result_key(one)) for one in before)), [])
        for posted in there:
            if not self.room.overheard(posted.channel):  # what answers changed since is in the newest run
                self.room.show(posted, run_result(replace(self.room.showing.run(before[0]), is_overtaken=True)))

    def _post(self, promise: Promise, run: str, result: Message, home: str) -> Posted:
        """Put the result where the progress stood, or post it; progress stands in the channel, whoever reads there."""
        messenger = self.room.messenger
        self._end_progress(run, home)
        known, progress = (Saying(self.room).known(one, home) for one in (promise.key, subject_of_run(run)))
        if known is None and progress is not None:
            with suppress(Vanished):
                messenger.edit(progress, result)
                self.room.services.outbox.posted(self.room.workspace, promise.key, home, progress.ts)
                return progress
        return known or Saying(self.room).say(promise, Spot(home), result)

    def _end_progress(self, run: str, home: str) -> None:
        """Say where the result is, if it is not told where its progress was."""
        progress = None if home == self.places.home else Saying(self.room).known(subject_of_run(run), self.places.home)
        if progress:
            self.room.show(progress, told_elsewhere())
