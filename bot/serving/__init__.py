"""What the bot answers over HTTP: Slack, and those who watch over it."""
