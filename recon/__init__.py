"""Thinks: what was bought, what is billed, and where the two disagree."""
