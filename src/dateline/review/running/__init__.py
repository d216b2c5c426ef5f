"""For who keeps the workspace running: whether it answers, and how much it does."""
