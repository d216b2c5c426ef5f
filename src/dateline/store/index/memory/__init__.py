"""The index in memory: rows and reports as columns of numbers, what fits a query, in which order, and how many."""
