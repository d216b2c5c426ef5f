"""The verbs of who keeps a project: copy it, back it up, restore it."""
