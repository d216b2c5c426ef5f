"""The networks that propose, what they read, and the trees that weigh it."""
