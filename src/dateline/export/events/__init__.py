"""A project's events in words and as a comparison of their sources."""
