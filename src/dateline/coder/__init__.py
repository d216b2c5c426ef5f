"""Report to Coding: syntax, attributions, event mentions, roles, modality and counts."""
