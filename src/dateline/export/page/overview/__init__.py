"""The first screen of a page: what happened, in what numbers and by whose word, where and when; and what is listed."""
