"""A page of the web to the blocks of its article."""
