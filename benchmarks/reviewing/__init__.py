"""A made-up project of any size, for measurements of the workspace."""
