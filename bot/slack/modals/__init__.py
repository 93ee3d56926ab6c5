"""What people fill in: each module turns one kind of value into a modal."""
