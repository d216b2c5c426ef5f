"""The verbs that look at, make and check what dateline knows: codebooks, lists of words, of actors and of places."""
