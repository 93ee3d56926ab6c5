"""What goes through a socket, frame by frame."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox

Json = dict[str, Any]


def new_address(slack: Sandbox) -> str:
    """Ask for a socket as an app does."""
    opened = WebClient(token=slack.app_token, base_url=slack.base_url).apps_connections_open(app_token=slack.app_token)
    return str(opened["url"])


def test_an_envelope_that_is_not_acknowledged_comes_again(slack: Sandbox, dana: Person) -> None:
    slack.allows(0.1)

    async def listen() -> tuple[Json, Json, Json]:
        async with aiohttp.ClientSession() as session, session.ws_connect(new_address(slack)) as socket:
            hello = await socket.receive_json()
            await asyncio.to_thread(dana.says, "hello", "billing")
            first, again = await socket.receive_json(), await socket.receive_json()
            await socket.send_str("not even JSON")
            await socket.send_json({"envelope_id": again["envelope_id"]})
            await asyncio.to_thread(slack.settles)
            return hello, first, again

    hello, first, again = asyncio.run(listen())

    assert (hello["type"], hello["connection_info"]["app_id"]) == ("hello", slack.app()["app"]["id"])
    assert (first["type"], first["accepts_response_payload"], first["retry_attempt"]) == ("events_api", False, 0)
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
    assert first["payload"] == again["payload"]
    assert first["envelope_id"] != again["envelope_id"]
    assert [one["failure"] for one in slack.deliveries()] == ["timeout", ""]


def test_a_socket_needs_a_ticket_that_nobody_used(slack: Sandbox) -> None:
    async def listen() -> None:
        address = new_address(slack)
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(address):
                pass
            await session.ws_connect(address)

    with pytest.raises(aiohttp.WSServerHandshakeError, match="404"):
        asyncio.run(listen())


def test_an_eleventh_socket_is_one_too_many(slack: Sandbox) -> None:
    async def listen() -> list[Json]:
        async with aiohttp.ClientSession() as session:
            sockets = [await session.ws_connect(new_address(slack)) for _ in range(11)]
            return [await socket.receive_json() for socket in sockets]

    said = asyncio.run(listen())

    assert [one["type"] for one in said] == ["hello"] * 10 + ["disconnect"]
    assert said[-1]["reason"] == "too_many_websockets"


def test_what_is_under_way_when_a_socket_is_lost_is_sent_again(slack: Sandbox, dana: Person) -> None:
    async def listen() -> Json:
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(new_address(slack)) as lost:
                await lost.receive_json()
                await asyncio.to_thread(dana.says, "hello", "billing")
                await lost.receive_json()
            async with session.ws_connect(new_address(slack)) as socket:
                await socket.receive_json()
                await asyncio.to_thread(slack.advance, 60)
                envelope: Json = await socket.receive_json()
                await socket.send_json({"envelope_id": envelope["envelope_id"]})
                await asyncio.to_thread(slack.settles)
                return envelope

    assert asyncio.run(listen())["payload"]["event"]["text"] == "hello"
    assert slack.deliveries()[0]["failure"] == "connection_failed"
