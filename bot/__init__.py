"""Listens, remembers and acts."""
