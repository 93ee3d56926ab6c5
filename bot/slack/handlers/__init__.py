"""What happens when people do something: acknowledge, read, ask one service, show what came of it."""
