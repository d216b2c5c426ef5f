"""The verbs of collecting: sources that are watched, and the evidence that is kept."""
