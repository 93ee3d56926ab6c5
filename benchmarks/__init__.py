"""Scripts that print a ratio against a floor; none of them is a test."""
