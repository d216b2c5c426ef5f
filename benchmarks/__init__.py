"""Measurements: predictions for annotated data, speed, and the tables that the docs show."""
