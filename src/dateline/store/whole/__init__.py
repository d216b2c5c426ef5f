"""What goes through all of a project: codings and events one after the other, in memory that stays the same."""
