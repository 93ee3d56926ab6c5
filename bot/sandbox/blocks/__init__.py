"""What Slack accepts as Block Kit, and what it makes of it."""
