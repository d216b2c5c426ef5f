"""Files that people write and dateline reads: which they were, and what stands in them line by line."""
