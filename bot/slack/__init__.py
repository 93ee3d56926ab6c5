"""Talks with people in Slack: what they said becomes what they asked for, and what happened becomes messages."""
