"""Linked events of a project as they are written: one row an event."""
