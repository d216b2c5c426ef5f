"""The kind of act between two parties of a sentence."""
