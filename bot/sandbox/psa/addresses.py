"""The PSA's addresses: its additions, corrections to them, and its export."""

from dataclasses import dataclass, fields
from typing import Any

from aiohttp import web

from bot.sandbox.psa.books import Moved, Refused, Wish, add, correct, told_of
from bot.sandbox.psa.sheet import write_additions
from bot.sandbox.state.records import Addition
from bot.sandbox.state.world import World

Json = dict[str, Any]

PRINTED_FOR = "Dana Whitfield"
TAKEN = {"company", "product", "description", "quantity", "unit_price", "unit_cost", "currency", "effective"}


@dataclass(frozen=True, slots=True)
class Psa:
    """The PSA as others reach it."""

    world: World

    def routes(self) -> list[web.RouteDef]:
        """Lay out its addresses."""
        return [
            web.get("/psa/additions", self.show),
            web.post("/psa/additions", self.add),
            web.post("/psa/corrections", self.correct),
            web.get("/psa/export.csv", self.export),
        ]

    async def show(self, _: web.Request) -> web.StreamResponse:
        """List what is billed, and what was corrected."""
        corrections = list(self.world.state.corrections)
        told = [told_of(one) for one in self.world.state.additions]
        return web.json_response({"additions": told, "corrections": len(corrections)})

    async def correct(self, request: web.Request) -> web.StreamResponse:
        """Take a correction, or say why not: 409 if the world has moved, 422 if it makes no sense."""
        try:
            wish = Wish(**texts(await request.json(), {one.name for one in fields(Wish)}))
            return web.json_response(told_of(correct(self.world, wish)))
        except Moved as moved:
            return web.json_response({"error": str(moved), "now": moved.now}, status=409)
        except (Refused, ValueError, TypeError) as refused:
            return web.json_response({"error": str(refused)}, status=422)

    async def add(self, request: web.Request) -> web.StreamResponse:
        """Take a new addition."""
        try:
            given = await request.json()
            more = texts(given, {"key", "by"})
            new = addition_from(texts(given, TAKEN))
            return web.json_response(told_of(add(self.world, new, **more)))
        except (Refused, ValueError, TypeError) as refused:
            return web.json_response({"error": str(refused)}, status=422)

    async def export(self, _: web.Request) -> web.StreamResponse:
        """Give the report as a file."""
        name = f"connectwise-additions-{self.world.day():%Y-%m}.csv"
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(text=exported(self.world), content_type="text/csv", headers=disposition)


def addition_from(given: dict[str, Any]) -> Addition:
    """Make an addition of what was sent."""
    return Addition(**({"id": "", "company": "", "description": ""} | given))


def texts(given: object, wanted: set[str]) -> dict[str, str]:
    """Keep the fields that are wanted, as text."""
    if not isinstance(given, dict):
        raise Refused("Send an object.")
    return {name: str(value) for name, value in given.items() if name in wanted and value is not None}


def exported(world: World) -> str:
    """Write the report as it would be printed now."""
    return write_additions(world.state.additions, world.day(), PRINTED_FOR)
