"""How verbs talk, for people and for programs."""
