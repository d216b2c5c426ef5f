"""The verbs by which a project gives what it holds to others."""
