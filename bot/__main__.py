"""Where `gapwatch` and `python -m bot` begin."""

import os

from bot.cli import app

ALLOCATOR = {"_RJEM_MALLOC_CONF": "muzzy_decay_ms:0"}
"""What Polars tells its allocator: memory nobody uses goes back at once, so that a large month needs less of it."""


def main() -> None:
    """Run the command line."""
    for name, value in ALLOCATOR.items():
        os.environ.setdefault(name, value)  # before anything loads Polars, which reads it once
    app()


if __name__ == "__main__":
    main()
