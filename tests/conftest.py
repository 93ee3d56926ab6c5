"""What holds for every test."""

from hypothesis import settings

settings.register_profile("house", deadline=None, print_blob=True)  # a slow machine is no failed test
settings.load_profile("house")
