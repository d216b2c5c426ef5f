"""Coreference of marked event words, for annotated data that mark them; no part of the product uses it."""
