"""The verbs of who keeps a project running: copy it, back it up, restore it."""
