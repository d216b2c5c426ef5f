"""What people at work leave in a project: acts, states, accounts, assignments, comments, marks, and the log's chain."""
