"""The only place that knows a table."""
