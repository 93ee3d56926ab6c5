"""What holds for every test."""

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None, print_blob=True)  # a slow machine is no failed test
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person accept what messages have become."""
    parser.addoption("--golden-update", action="store_true", help="accept the messages as they are now")
