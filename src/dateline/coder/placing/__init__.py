"""Where and when each event happened, and which mentions retell it."""
