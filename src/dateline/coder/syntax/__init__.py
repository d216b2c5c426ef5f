"""A report with its syntax."""
