"""What people do in this Slack, and what they see."""
