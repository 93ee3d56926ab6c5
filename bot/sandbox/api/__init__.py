"""The Web API: what an app may ask of Slack."""
