"""One module per thing a person can ask for; each public method is one transaction."""
