"""What reviewed rows say of a coder's chances: curves that are fitted to them, and how far each can be relied on."""
