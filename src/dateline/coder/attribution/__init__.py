"""Who says what: cues, sources, contents, and how they nest."""
