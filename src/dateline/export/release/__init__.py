"""A release: a version of a project's data that can be cited and never changes, and what changed between two."""
