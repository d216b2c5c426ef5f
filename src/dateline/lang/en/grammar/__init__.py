"""English syntax read for its sense; nothing else knows the labels of the parser."""
