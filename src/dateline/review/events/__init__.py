"""Events before people: the list, one event with its sources in parallel, what was decided on it, and marks."""
