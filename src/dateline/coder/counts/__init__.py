"""Numbers of people: what they count, and whose they are."""
