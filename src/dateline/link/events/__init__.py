"""What the mentions of one event say together."""
