"""What people read: each module turns one kind of value into a message."""
