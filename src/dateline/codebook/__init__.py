"""Codebooks: what may be coded, as data that people can read, edit and check."""
