"""What the tables keep, a kind a module."""
