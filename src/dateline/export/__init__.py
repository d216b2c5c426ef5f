"""Codings to files and pages that people read; every writer is registered as a plugin would be."""
