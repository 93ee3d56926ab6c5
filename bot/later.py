"""A command that is loaded when somebody runs it: who compares two files need not wait for Slack's libraries."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand
from typer.main import get_command


class Later(TyperCommand):
    """What `--help` tells of a command, and where the command itself stands (`module:name`)."""

    def __init__(self, name: str, place: str, summary: str) -> None:
        """Know the command by its name, before it is there."""
        super().__init__(name, help=summary)
        self.place = place

    def load(self) -> Any:  # noqa: ANN401 - Typer's own type has no public name
        """Build the command from the function, or the group, that stands there."""
        module, _, name = self.place.partition(":")
        with nothing_collected():
            found = getattr(import_module(module), name)
        if isinstance(found, typer.Typer):
            return get_command(found)
        alone = typer.Typer(add_completion=False)
        alone.command(self.name)(found)
        return get_command(alone)

    def make_context(self, *told: Any, **more: Any) -> Any:  # noqa: ANN401 - handed through
        """Go on as the command itself."""
        return self.load().make_context(*told, **more)


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Load what stays as long as the process: looking it through for garbage is a sixth of a start, and finds none."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
