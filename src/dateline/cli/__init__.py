"""The command line: verbs, each a few lines over the public functions."""
