"""The log of a project, as people read it and check it."""
