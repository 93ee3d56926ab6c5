"""Who may work on a database, and who takes over from whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from office import Times

from bot.services.failures import Refused
from bot.services.presence import STALE, Instance, Presence, Role, enter
from bot.store.engine import open_engine
from bot.store.instances import StoreInstances

BORN = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)


class Place:
    """A database, and a clock."""

    def __init__(self, url: str) -> None:
        self.engine, self.clock = open_engine(url), Times()
        self.gone: set[str] = set()
        self.names = iter("abcdefgh")

    def enters(self, role: Role = Role.UP, host: str = "one", *, one_host: bool = True) -> Presence:
        me = Instance(token=next(self.names), role=role, host=host, pid=7, since=BORN, beat_at=BORN)
        instances = StoreInstances(self.engine)
        return enter(instances, self.clock, me, is_gone=lambda one: one.token in self.gone, one_host=one_host)


@pytest.fixture
def place(database_url: str) -> Iterator[Place]:
    opened = Place(database_url)
    yield opened
    opened.engine.dispose()


def test_one_file_has_one_worker_and_may_have_others_who_only_listen(place: Place) -> None:
    first = place.enters()
    place.enters(Role.WEB)

    with pytest.raises(Refused, match=r"`gapwatch up` on one \(process 7\) already works"):
        place.enters(Role.WORKER)
    first.leave()
    assert place.enters(Role.WORKER).me.executor == "worker-1"


def test_one_file_serves_one_machine(place: Place) -> None:
    place.enters(Role.WEB)

    with pytest.raises(Refused, match="serves one machine only"):
        place.enters(Role.WEB, "two")
    place.clock.now += STALE + timedelta(seconds=1)
    assert place.enters(Role.UP, "two").me.host == "two"


def test_workers_on_a_server_have_a_number_each_and_the_next_goes_on_with_a_dead_ones(place: Place) -> None:
    first, second = (place.enters(Role.WORKER, host, one_host=False) for host in ("one", "two"))
    assert [first.me.executor, second.me.executor] == ["worker-1", "worker-2"]

    place.gone.add(first.me.token)
    heir = place.enters(Role.WORKER, "three", one_host=False)

    assert heir.me.executor == "worker-1"
    assert not first.beat()
    assert heir.living() == {"worker-1", "worker-2"}


def test_who_gives_no_sign_of_life_is_taken_for_dead(place: Place) -> None:
    silent, other = (place.enters(Role.WORKER, host, one_host=False) for host in ("one", "two"))
    place.clock.now += STALE
    other.beat()
    place.clock.now += timedelta(seconds=1)

    assert other.living() == {"worker-2"}
    assert silent.beat()
    assert other.living() == {"worker-1", "worker-2"}


def test_who_is_gone_is_forgotten_as_soon_as_somebody_comes(place: Place) -> None:
    listener = place.enters(Role.WEB)
    place.gone.add(listener.me.token)

    heir = place.enters(Role.WEB)

    assert heir.tokens() == {heir.me.token}


def test_who_was_killed_on_another_machine_is_forgotten_after_a_day(place: Place) -> None:
    place.enters(Role.WEB, "one", one_host=False)
    place.clock.now += timedelta(hours=1)
    silent = place.enters(Role.WEB, "two", one_host=False)
    place.clock.now += timedelta(hours=23, seconds=1)

    heir = place.enters(Role.WEB, "three", one_host=False)

    assert [one.token for one in heir.instances.all()] == [silent.me.token, heir.me.token]
