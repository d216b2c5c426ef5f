"""A comparison told: as text, as JSON, as a page."""
