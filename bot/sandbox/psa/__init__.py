"""A small PSA beside the Slack: what is billed, and corrections to it."""
