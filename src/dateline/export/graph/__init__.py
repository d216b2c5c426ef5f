"""Linked data: W3C Web Annotations, and provenance (PROV) as JSON-LD."""
