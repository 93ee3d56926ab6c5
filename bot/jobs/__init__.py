"""What was promised is kept by itself, whatever dies meanwhile; the only room that knows the durable engine."""
