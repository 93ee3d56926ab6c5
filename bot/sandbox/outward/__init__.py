"""What Slack tells the app, and how it gets there."""
