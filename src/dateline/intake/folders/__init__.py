"""Folders of reports: which files are read, and which are not."""
