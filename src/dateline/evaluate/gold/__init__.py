"""Codings made by hand, read from tables and JSON."""
