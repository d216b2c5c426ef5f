"""How pages are made: templates, the files that they need, errors in words."""
