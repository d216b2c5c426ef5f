"""Whole copies of a project: into another folder, into the other database, into one file and back."""
