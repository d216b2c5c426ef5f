"""The map of a page: outlines, their projection, and the places that stand on it."""
