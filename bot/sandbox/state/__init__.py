"""What this Slack knows, and how it changes."""
