"""The formats of codings but the page."""
