"""The chances of a project's coder as its own reviewed rows have them: kept in a file, and put into derived codings."""
