"""Which bought name is which billed name: how sure that is, and why."""
